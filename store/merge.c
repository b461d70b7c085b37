/* Two stories are one (timeline.md, "Merge and split"). */
#include "store/merge.h"

#include "store/sql.h"

int merge_run(struct batch *b, const char *sql, const int64_t *v, size_t n,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	for (size_t i = 0; i < n; i++)
		params_int(&p, v[i]);
	rc = db_queue(b->db, sql, &p, err);
	params_release(&p);
	return rc;
}

static void add_why(struct params *p, const struct bridge *why)
{
	params_text(p, why ? why->reason : SLICE_NONE);
	if (why)
		params_double(p, why->score);
	else
		params_null(p);
}

/* Arrays of numbers, in the text form of bigint[]; or null. */
static void add_split(struct params *p, const struct split_told *s)
{
	if (!s) {
		for (int i = 0; i < 6; i++)
			params_null(p);
		return;
	}
	params_texts(p, s->urls, s->urls_n);
	params_text(p, s->from);
	params_text(p, s->to);
	params_ints(p, s->gone, s->gone_n);
	params_ints(p, s->gone_to, s->gone_n);
	params_text(p, s->keeps);
}

int merge_tell(struct batch *b, const struct j_story *story, int64_t other,
    const struct bridge *why, const struct split_told *split,
    int64_t *event_id, struct err *err)
{
	const struct j_version *head = j_head(story);
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, split ? SLICE("split") : SLICE("merged"));
	params_int(&p, story->id);
	params_time(&p, why ? why->at : b->now);
	params_text(&p, head ? head->text->title : SLICE_NONE);
	params_int(&p, other);
	add_why(&p, why);
	add_split(&p, split);
	params_time(&p, b->now);
	rc = db_query(b->db, SQL_MERGE_EVENT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*event_id = db_int(r, 0, 0);
	db_result_free(r);
	b->told = true;
	return 0;
}

int merge_survivor(struct batch *b, int64_t *id, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, *id);
	rc = db_query(b->db, SQL_STORY_OF, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		*id = db_int(r, 0, 0);
	else
		rc = err_set(err, E_NOT_FOUND, "no story %lld",
		    (long long)*id);
	db_result_free(r);
	return rc;
}

int merge_decided(struct batch *b, int64_t story, const struct hash128 *pages,
    size_t n, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, story);
	if (n)
		params_hashes(&p, pages, n);
	else
		params_null(&p);
	rc = db_queue(b->db, SQL_DECIDED, &p, err);
	params_release(&p);
	return rc;
}

/* ---- merge ------------------------------------------------------------------ */

int story_order(struct batch *b, int64_t *x, int64_t *y, struct slice *status,
    bool *one, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	if (merge_survivor(b, x, err) || merge_survivor(b, y, err))
		return -1;
	*one = *x == *y;
	if (*one)
		return 0;
	params_int(&p, *x);
	params_int(&p, *y);
	rc = db_query(b->db, SQL_STORY_ORDER, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*x = db_int(r, 0, 0);
	*y = db_int(r, 1, 0);
	*status = arena_slice(&b->arena, db_str(r, 1, 1));
	db_result_free(r);
	return 0;
}

/* Coverage of the sightings that took the survivor's version. */
static int cover(struct batch *b, const struct j_story *into,
    const struct j_story *from, int64_t merge, struct err *err)
{
	for (size_t i = 0; i < from->postings_n; i++) {
		const struct j_posting *q = from->postings[i];

		for (size_t k = 0; k < q->sightings_n; k++) {
			const struct j_sighting *x = q->sightings[k];
			const struct j_text *t = j_text_find(into,
			    x->text->hash);
			struct params p = PARAMS_INIT;
			int rc;

			if (!t)
				continue;
			params_int(&p, q->home);
			params_hash(&p, q->url_key);
			params_time(&p, x->first_stored);
			params_int(&p, merge);
			params_double(&p, b->tools->coverage(x->text,
			    t->version->text));
			rc = db_queue(b->db, SQL_SIGHTING_COVERS, &p, err);
			params_release(&p);
			if (rc)
				return -1;
		}
	}
	return 0;
}

static int insert_merge(struct batch *b, int64_t from, int64_t merge,
    int64_t into, struct slice status, const struct bridge *why,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, from);
	params_int(&p, merge);
	params_int(&p, into);
	params_text(&p, status);
	params_text(&p, slice_of(why ? "verdict" : "hand"));
	add_why(&p, why);
	rc = db_queue(b->db, SQL_MERGE_INSERT, &p, err);
	params_release(&p);
	return rc;
}

int merge_refresh(struct batch *b, int64_t id, struct err *err)
{
	struct j_story *s;

	if (story_load(b, id, &s, err))
		return -1;
	s->dirty = true;
	return story_save(b, s, err);
}

/* Pages follow their story; by hand it binds them. */
static int move_pages(struct batch *b, int64_t from, int64_t into, bool binds,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, from);
	params_int(&p, into);
	params_bool(&p, binds);
	rc = db_queue(b->db, SQL_MERGE_PAGES, &p, err);
	params_release(&p);
	return rc;
}

int story_merge(struct batch *b, int64_t x, int64_t y, struct slice status,
    const struct bridge *why, struct err *err)
{
	struct j_story *into, *from;
	int64_t id;

	if (story_load(b, x, &into, err) || story_load(b, y, &from, err))
		return -1;
	if (merge_tell(b, into, y, why, NULL, &id, err) ||
	    insert_merge(b, y, id, x, status, why, err) ||
	    RUN(b, SQL_MERGE_SIGHTINGS, err, y, x, id) ||
	    cover(b, into, from, id, err) ||
	    RUN(b, SQL_MERGE_VERSIONS, err, y, x, into->next, id) ||
	    RUN(b, SQL_MERGE_CURRENT, err, id) ||
	    move_pages(b, y, x, !why, err) ||
	    (!why && merge_decided(b, y, NULL, 0, err)) ||
	    RUN(b, SQL_MERGE_STORY, err, y, x))
		return -1;
	into->next += (int)from->versions_n;
	into->dirty = true;
	if (story_save(b, into, err))
		return -1;
	return merge_refresh(b, x, err);
}

int store_merge(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t x, int64_t y, int64_t *into,
    int64_t *other, struct err *err)
{
	struct batch *b = batch_begin(db, tools, clock, err);
	struct slice status = SLICE_NONE;
	bool one = false;
	int rc = -1;

	if (b && !story_order(b, &x, &y, &status, &one, err)) {
		if (one)
			err_set(err, E_USAGE, "both are story %lld already",
			    (long long)x);
		else if (!story_merge(b, x, y, status, NULL, err))
			rc = batch_commit(b, err);
	}
	batch_end(b);
	*into = x;
	*other = y;
	return rc;
}
