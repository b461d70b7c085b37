#ifndef STORE_LINKS_H
#define STORE_LINKS_H
#include "core/arena.h"
#include "store/db.h"

/* Links that are found: which are known, what is full. */
struct link {
	struct slice url, host; /* href; host without port */
	struct hash128 url_key;
	usec_t listed; /* by what lists it; TIME_NONE: no time */
	bool unknown; /* links_known: it is no page yet */
};
/* lists: they are feeds or sitemaps, each host's own; a page is one whatever the
 * host that it is spelt with. */
int links_known(struct db *db, struct link *links, size_t n, bool lists,
    struct err *err) MUST_CHECK;

/* One more page of a pattern of a host: *room false where the day's budget is
 * used up; the refusal is counted. */
int pattern_take(struct db *db, const struct link *l, struct slice pattern,
    int64_t budget, usec_t now, bool *room, struct err *err) MUST_CHECK;
/* A URL that is refused for its shape. */
int pattern_refuse(struct db *db, const struct link *l, struct slice pattern,
    const char *why, usec_t now, struct err *err) MUST_CHECK;

/* A source turned out to be a front: a page of HTML. */
int front_mark(struct db *db, const struct link *l, struct err *err) MUST_CHECK;
/* How many feeds and sitemaps of an outlet work, besides url_key. */
int feeds_found(struct db *db, int64_t outlet_id, struct hash128 url_key,
    int64_t *n, struct err *err) MUST_CHECK;
/* A source was a feed (entries: not an empty one; unfit: so many that nobody may
 * fetch), or not, at so many visits in a row: struct due_page. */
int feed_fed(struct db *db, const struct link *l, bool entries, size_t unfit,
    usec_t now, struct err *err) MUST_CHECK;
int feed_unfed(struct db *db, const struct link *l, int visits,
    struct err *err) MUST_CHECK;
/* A known sitemap was changed: it is due now, if it was not read since. */
int feed_wake(struct db *db, const struct link *l, usec_t changed, usec_t now,
    struct err *err) MUST_CHECK;

#endif
