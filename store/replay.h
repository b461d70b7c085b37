#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H
#include "store/db.h"
#include "store/store.h"

/* replay: stretches whose text an older revision read, to be read again. */
struct replay_item {
	struct hash128 url_key, text_hash, body_hash;
	int64_t host_key;
	usec_t fetched_at, first, last; /* the capture; the stretch */
	struct slice url, zone, credit, content_type; /* in the arena */
};
/*
 * The next up to 500 stretches of pages (NULL: of all), behind *after (NULL: from
 * the first), that were read by another revision than tools', or by any.
 */
int replay_list(struct db *db, const struct store_tools *tools, bool any,
    const struct replay_item *after, const struct hash128 *pages,
    size_t pages_n, struct arena *a, struct replay_item **out, size_t *n,
    struct err *err) MUST_CHECK;
/* Columns: see store/sql/replay_shown.sql. */
int replay_shown(struct db *db, const struct replay_item *it,
    struct db_result **r, struct err *err) MUST_CHECK;
/* The captures, and the page, take the new reading: in b's transaction. */
int replay_record(struct batch *b, const struct replay_item *it,
    struct hash128 text, struct err *err) MUST_CHECK;
/* The pages of a story and its family. */
int replay_pages(struct db *db, int64_t story, struct arena *a,
    struct hash128 **pages, size_t *n, struct err *err) MUST_CHECK;

#endif
