#include "store/links.h"

#include "store/sql.h"
#include "store/store.h"

#include <stdlib.h>

#define AT_ONCE 1000 /* keys in one question */

static int ask(struct db *db, struct link *links, size_t n, bool lists,
    struct err *err)
{
	int64_t hosts[AT_ONCE];
	struct hash128 keys[AT_ONCE];
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	for (size_t i = 0; i < n; i++) {
		hosts[i] = host_key_of(links[i].host);
		keys[i] = links[i].url_key;
	}
	params_ints(&p, hosts, n);
	params_hashes(&p, keys, n);
	params_bool(&p, lists);
	rc = db_query(db, SQL_PAGES_UNKNOWN, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		links[db_int(r, i, 0) - 1].unknown = true;
	db_result_free(r);
	return 0;
}

int links_known(struct db *db, struct link *links, size_t n, bool lists,
    struct err *err)
{
	for (size_t i = 0; i < n; i += AT_ONCE)
		if (ask(db, links + i, n - i < AT_ONCE ? n - i : AT_ONCE, lists,
		    err))
			return -1;
	return 0;
}

int pattern_take(struct db *db, const struct link *l, struct slice pattern,
    int64_t budget, usec_t now, bool *room, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_text(&p, pattern);
	params_int(&p, budget);
	params_time(&p, now);
	params_text(&p, l->url);
	rc = db_query(db, SQL_PATTERN_TAKE, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*room = db_bool(r, 0, 0);
	db_result_free(r);
	return 0;
}

int pattern_refuse(struct db *db, const struct link *l, struct slice pattern,
    const char *why, usec_t now, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_text(&p, pattern);
	params_time(&p, now);
	params_text(&p, l->url);
	params_text(&p, slice_of(why));
	rc = db_queue(db, SQL_PATTERN_REFUSE, &p, err);
	params_release(&p);
	return rc;
}

int front_mark(struct db *db, const struct link *l, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_hash(&p, l->url_key);
	rc = db_queue(db, SQL_PAGE_FRONT, &p, err);
	params_release(&p);
	return rc;
}

int feeds_found(struct db *db, int64_t outlet_id, struct hash128 url_key,
    int64_t *n, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, outlet_id);
	params_hash(&p, url_key);
	rc = db_query(db, SQL_FEEDS_FOUND, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*n = db_int(r, 0, 0);
	db_result_free(r);
	return 0;
}

int feed_fed(struct db *db, const struct link *l, bool entries, size_t unfit,
    usec_t now, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_hash(&p, l->url_key);
	params_time(&p, entries ? now : TIME_NONE);
	params_int(&p, (int64_t)unfit);
	rc = db_queue(db, SQL_FEED_FED, &p, err);
	params_release(&p);
	return rc;
}

int feed_unfed(struct db *db, const struct link *l, int visits,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_hash(&p, l->url_key);
	params_int(&p, visits);
	rc = db_queue(db, SQL_FEED_UNFED, &p, err);
	params_release(&p);
	return rc;
}

int feed_wake(struct db *db, const struct link *l, usec_t changed, usec_t now,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(l->host));
	params_hash(&p, l->url_key);
	params_time(&p, changed);
	params_time(&p, now);
	rc = db_queue(db, SQL_FEED_WAKE, &p, err);
	params_release(&p);
	return rc;
}
