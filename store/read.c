#include "store/read.h"

#include "store/sql.h"
#include "store/store.h"

const char *const READ_STORY = SQL_READ_STORY;
const char *const READ_STORIES = SQL_READ_STORIES;
const char *const READ_STORY_EVENTS = SQL_READ_STORY_EVENTS;
const char *const READ_STORY_LEFT = SQL_READ_STORY_LEFT;
const char *const READ_VERSIONS = SQL_READ_VERSIONS;
const char *const READ_POSTINGS = SQL_READ_POSTINGS;
const char *const READ_SEARCH = SQL_READ_SEARCH;
const char *const READ_STATUS = SQL_READ_STATUS;
const char *const READ_OUTLETS = SQL_READ_OUTLETS;
const char *const READ_FAILING = SQL_READ_FAILING;
const char *const READ_PAGE = SQL_READ_PAGE;
const char *const READ_HOST = SQL_READ_HOST;
const char *const READ_REST = SQL_READ_REST;
const char *const READ_MANNERS = SQL_READ_MANNERS;
const char *const READ_TRAPS = SQL_READ_TRAPS;
const char *const READ_QUARANTINE = SQL_READ_QUARANTINE;
const char *const READ_SOURCES = SQL_READ_SOURCES;
const char *const READ_STORY_OF_PAGE = SQL_READ_STORY_OF_PAGE;
const char *const READ_PAGE_EVENTS = SQL_READ_PAGE_EVENTS;
const char *const READ_PAGE_CAPTURES = SQL_READ_PAGE_CAPTURES;
const char *const READ_HOST_EVENTS = SQL_READ_HOST_EVENTS;
const char *const READ_HOST_PAGES = SQL_READ_HOST_PAGES;
const char *const DOCTOR_SERVER = SQL_DOCTOR_SERVER;
const char *const DOCTOR_LEASES = SQL_DOCTOR_LEASES;
const char *const DOCTOR_PAGES = SQL_DOCTOR_PAGES;
const char *const DOCTOR_HOSTS = SQL_DOCTOR_HOSTS;
const char *const READ_PAUSED = SQL_READ_PAUSED;
const char *const DOCTOR_FEEDS = SQL_DOCTOR_FEEDS;
const char *const DOCTOR_WARC = SQL_DOCTOR_WARC;

static int query(struct db *db, const char *sql, struct params *p,
    struct db_result **r, struct err *err)
{
	int rc = db_query(db, sql, p, r, err);

	params_release(p);
	return rc;
}

int read_all(struct db *db, const char *sql, struct db_result **r,
    struct err *err)
{
	return db_query(db, sql, NULL, r, err);
}

int read_by_id(struct db *db, const char *sql, int64_t id,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, id);
	return query(db, sql, &p, r, err);
}

int read_by_key(struct db *db, const char *sql, struct hash128 key,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_hash(&p, key);
	return query(db, sql, &p, r, err);
}

int read_by_text(struct db *db, const char *sql, struct slice text,
    int64_t limit, struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_text(&p, text);
	params_int(&p, limit);
	return query(db, sql, &p, r, err);
}

int read_events(struct db *db, int64_t after, int64_t limit,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, after);
	params_int(&p, limit);
	return query(db, SQL_READ_EVENTS, &p, r, err);
}

int read_texts(struct db *db, int64_t story, struct hash128 page, int64_t limit,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, story);
	params_hash(&p, page);
	params_int(&p, limit);
	return query(db, SQL_READ_TEXTS_OF_STORY, &p, r, err);
}

int read_joined(struct db *db, int64_t a, int64_t b, struct db_result **r,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, a);
	params_int(&p, b);
	return query(db, SQL_READ_JOINED, &p, r, err);
}

int read_common(struct db *db, const int64_t *hashes, const int64_t *outlets,
    size_t n, struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_ints(&p, hashes, n);
	params_ints(&p, outlets, n);
	return query(db, SQL_COMMON, &p, r, err);
}

static int add_outlet(struct db *db, const struct source *s, usec_t now,
    int64_t *id, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_text(&p, s->name.p ? s->name : s->host);
	params_text(&p, s->host);
	params_text(&p, s->zone);
	params_text(&p, s->credit);
	params_id(&p, s->every_s);
	params_bool(&p, true);
	params_time(&p, now);
	if (query(db, SQL_OUTLET_INSERT, &p, &r, err))
		return -1;
	*id = db_int(r, 0, 0);
	db_result_free(r);
	return 0;
}

static int add_host(struct db *db, const struct source *s, int64_t outlet,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(s->host));
	params_text(&p, s->host);
	params_int(&p, outlet);
	params_bool(&p, true);
	rc = db_queue(db, SQL_HOST_INSERT, &p, err);
	params_release(&p);
	return rc;
}

int source_add(struct db *db, const struct source *s, usec_t now,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int64_t outlet;
	int rc = -1;

	if (db_begin(db, err))
		return -1;
	if (add_outlet(db, s, now, &outlet, err) ||
	    add_host(db, s, outlet, err))
		goto out;
	params_int(&p, host_key_of(s->host));
	params_hash(&p, s->url_key);
	params_text(&p, s->url);
	params_int(&p, outlet);
	params_time(&p, now);
	rc = db_queue(db, SQL_SOURCE_INSERT, &p, err);
	params_release(&p);
	if (!rc)
		rc = db_commit(db, err);
out:
	if (rc)
		db_rollback(db);
	return rc;
}

static int one_row(struct db_result *r, struct err *err)
{
	size_t n = db_rows(r);

	db_result_free(r);
	return n ? 0 : err_set(err, E_NOT_FOUND, "the URL is no source");
}

int source_pause(struct db *db, struct hash128 url_key, bool paused,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_hash(&p, url_key);
	params_bool(&p, paused);
	if (query(db, SQL_SOURCE_PAUSE, &p, &r, err))
		return -1;
	return one_row(r, err);
}

static int pause_rows(struct db *db, const char *sql, struct params *p,
    bool paused, bool *found, struct err *err)
{
	struct db_result *r;

	params_bool(p, paused);
	if (query(db, sql, p, &r, err))
		return -1;
	*found = db_rows(r) > 0;
	db_result_free(r);
	return 0;
}

int source_pause_all(struct db *db, struct slice name, struct slice host,
    bool paused, struct pausing *out, struct err *err)
{
	struct params outlet = PARAMS_INIT, of_host = PARAMS_INIT;

	*out = (struct pausing){0};
	params_text(&outlet, name);
	if (pause_rows(db, SQL_OUTLET_PAUSE, &outlet, paused, &out->outlet,
	    err))
		return -1;
	params_int(&of_host, host_key_of(host));
	if (pause_rows(db, SQL_HOST_PAUSE, &of_host, paused, &out->host, err))
		return -1;
	return out->outlet || out->host ? 0 : err_set(err, E_NOT_FOUND,
	    "no outlet or host is called %.*s", SLICE_FMT(name));
}

int source_remove(struct db *db, struct hash128 url_key, struct err *err)
{
	struct db_result *r;

	if (read_by_key(db, SQL_SOURCE_REMOVE, url_key, &r, err))
		return -1;
	return one_row(r, err);
}
