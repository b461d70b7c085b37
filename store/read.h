#ifndef STORE_READ_H
#define STORE_READ_H
#include "store/db.h"

/*
 * What verbs show: one function a query of store/sql/read_*.sql, whose file
 * says which columns there are. Free results with db_result_free.
 */
struct db_result;

/* By a number, no number (0), or a page's key. */
int read_by_id(struct db *db, const char *sql, int64_t id,
    struct db_result **r, struct err *err) MUST_CHECK;
int read_by_key(struct db *db, const char *sql, struct hash128 key,
    struct db_result **r, struct err *err) MUST_CHECK;
int read_by_text(struct db *db, const char *sql, struct slice text,
    int64_t limit, struct db_result **r, struct err *err) MUST_CHECK;
int read_events(struct db *db, int64_t after, int64_t limit,
    struct db_result **r, struct err *err) MUST_CHECK;
/* read_texts_of_story.sql: of a story, those of page (may be zero) first. */
int read_texts(struct db *db, int64_t story, struct hash128 page, int64_t limit,
    struct db_result **r, struct err *err) MUST_CHECK;
/* read_joined.sql: merges and splits of and between two stories. */
int read_joined(struct db *db, int64_t a, int64_t b, struct db_result **r,
    struct err *err) MUST_CHECK;
/* common.sql: in which stories pages of the outlets carried n sentences; a row a
 * story: which of them (1-based), the story. */
int read_common(struct db *db, const int64_t *hashes, const int64_t *outlets,
    size_t n, struct db_result **r, struct err *err) MUST_CHECK;
int read_all(struct db *db, const char *sql, struct db_result **r,
    struct err *err) MUST_CHECK;

/* The queries, as the constants that read_* take. */
extern const char *const READ_STORY, *const READ_STORIES,
    *const READ_STORY_EVENTS, *const READ_STORY_LEFT,
    *const READ_VERSIONS, *const READ_POSTINGS,
    *const READ_SEARCH, *const READ_STATUS, *const READ_OUTLETS,
    *const READ_FAILING, *const READ_PAGE, *const READ_HOST,
    *const READ_REST,
    *const READ_QUARANTINE, *const READ_SOURCES, *const READ_STORY_OF_PAGE,
    *const READ_MANNERS, *const READ_TRAPS, *const READ_PAGE_EVENTS,
    *const READ_PAGE_CAPTURES, *const READ_HOST_EVENTS,
    *const READ_HOST_PAGES, *const DOCTOR_SERVER, *const DOCTOR_LEASES,
    *const DOCTOR_PAGES, *const DOCTOR_HOSTS, *const READ_PAUSED,
    *const DOCTOR_FEEDS, *const DOCTOR_WARC;

/* Sources: the operator's feeds, sitemaps, fronts. */
struct source {
	struct slice url, host;
	struct hash128 url_key;
	struct slice name, zone, credit; /* p NULL: not given */
	int64_t every_s;		 /* 0: by age */
};
int source_add(struct db *db, const struct source *s, usec_t now,
    struct err *err) MUST_CHECK;
/* E_NOT_FOUND where the URL is no source. */
int source_pause(struct db *db, struct hash128 url_key, bool paused,
    struct err *err) MUST_CHECK;
/* Whatever lies on that host, and whatever is of an outlet of that name, is
 * left alone, or no longer. host may be SLICE_NONE. E_NOT_FOUND: neither. */
struct pausing {
	bool outlet, host; /* told: which it was */
};
int source_pause_all(struct db *db, struct slice name, struct slice host,
    bool paused, struct pausing *out, struct err *err) MUST_CHECK;
int source_remove(struct db *db, struct hash128 url_key, struct err *err)
    MUST_CHECK;

#endif
