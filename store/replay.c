#include "store/replay.h"

#include "store/batch.h"
#include "store/sql.h"

int replay_list(struct db *db, const struct store_tools *tools, bool any,
    const struct replay_item *after, const struct hash128 *pages,
    size_t pages_n, struct arena *a, struct replay_item **out, size_t *n,
    struct err *err)
{
	struct hash128 none = {{0}};
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, tools->revision);
	params_bool(&p, any);
	params_hash(&p, after ? after->url_key : none);
	params_time(&p, after ? after->first : TIME_NONE);
	if (pages)
		params_hashes(&p, pages, pages_n);
	else
		params_null(&p);
	rc = db_query(db, SQL_REPLAY_CAPTURES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*n = db_rows(r);
	*out = arena_zalloc(a, *n + 1, sizeof(**out));
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct replay_item){db_hash(r, i, 0),
		    db_hash(r, i, 1), db_hash(r, i, 3), db_int(r, i, 2),
		    db_time(r, i, 4), db_time(r, i, 9), db_time(r, i, 10),
		    arena_slice(a, db_str(r, i, 5)),
		    arena_slice(a, db_str(r, i, 6)),
		    arena_slice(a, db_str(r, i, 7)),
		    arena_slice(a, db_str(r, i, 8))};
	db_result_free(r);
	return 0;
}

int replay_shown(struct db *db, const struct replay_item *it,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_hash(&p, it->url_key);
	params_hash(&p, it->text_hash);
	params_time(&p, it->first);
	rc = db_query(db, SQL_REPLAY_SHOWN, &p, r, err);
	params_release(&p);
	return rc;
}

int replay_record(struct batch *b, const struct replay_item *it,
    struct hash128 text, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_hash(&p, it->url_key);
	params_hash(&p, it->text_hash);
	params_hash(&p, text);
	params_int(&p, b->tools->revision);
	params_time(&p, it->first);
	params_time(&p, it->last);
	rc = db_queue(b->db, SQL_REPLAY_READ, &p, err);
	params_release(&p);
	if (rc)
		return -1;
	params_hash(&p, it->url_key);
	params_hash(&p, it->body_hash);
	params_int(&p, b->tools->revision);
	rc = db_queue(b->db, SQL_REPLAY_PAGE, &p, err);
	params_release(&p);
	return rc;
}

int replay_pages(struct db *db, int64_t story, struct arena *a,
    struct hash128 **pages, size_t *n, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, story);
	rc = db_query(db, SQL_PAGES_OF_STORY, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*n = db_rows(r);
	*pages = arena_zalloc(a, *n + 1, sizeof(**pages));
	for (size_t i = 0; i < *n; i++)
		(*pages)[i] = db_hash(r, i, 1);
	db_result_free(r);
	return 0;
}
