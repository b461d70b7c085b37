/* Claims of a batch: outlets, pages, captures that were judged before. */
#include "store/batch.h"

#include "store/sql.h"

#include <stdlib.h>

#define CLAIMS_AT_ONCE (DB_ASK_MAX / 2) /* each asks for its page too */

static int ask_fences(struct batch *b, struct fence *fences, size_t n,
    struct err *err)
{
	struct db_result *r;

	for (size_t i = 0; i < n; i++) {
		struct params p = PARAMS_INIT;
		int rc;

		params_int(&p, fences[i].host_key);
		rc = db_ask(b->db, SQL_FENCE, &p, err);
		params_release(&p);
		if (rc)
			return -1;
	}
	for (size_t i = 0; i < n; i++) {
		if (db_answer(b->db, &r, err))
			return -1;
		fences[i].holds = db_rows(r) &&
		    db_int(r, 0, 0) == fences[i].number;
		db_result_free(r);
	}
	return 0;
}

int batch_fences(struct batch *b, struct fence *fences, size_t n,
    struct err *err)
{
	for (size_t i = 0; i < n; i += DB_ASK_MAX)
		if (ask_fences(b, fences + i, n - i < DB_ASK_MAX ? n - i :
		    DB_ASK_MAX, err))
			return -1;
	return 0;
}

/* ---- outlets and pages -------------------------------------------------------- */

static int outlet_row(struct batch *b, struct slice name, struct slice host,
    int64_t *id, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, name);
	rc = db_query(b->db, SQL_OUTLET_BY_NAME, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (!db_rows(r)) {
		db_result_free(r);
		params_text(&p, name);
		params_text(&p, host);
		params_null(&p);
		params_null(&p);
		params_null(&p);
		params_bool(&p, false);
		params_time(&p, b->now);
		rc = db_query(b->db, SQL_OUTLET_INSERT, &p, &r, err);
		params_release(&p);
		if (rc)
			return -1;
	}
	*id = db_int(r, 0, 0);
	db_result_free(r);
	return 0;
}

int batch_outlet(struct batch *b, struct slice name, struct slice host,
    int64_t *id, struct err *err)
{
	for (size_t i = 0; i < b->outlets_n; i++)
		if (slice_eq(b->outlets[i].name, name)) {
			*id = b->outlets[i].id;
			return 0;
		}
	if (outlet_row(b, name, host, id, err))
		return -1;
	GROW(b->outlets, b->outlets_n, b->outlets_cap);
	b->outlets[b->outlets_n].name = arena_slice(&b->arena, name);
	b->outlets[b->outlets_n++].id = *id;
	return 0;
}

static int enrol(struct batch *b, const struct capture *c, int64_t host_key,
    int64_t outlet_id, struct slice external_id, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	params_hash(&p, c->url_key);
	params_text(&p, c->url);
	params_int(&p, outlet_id);
	params_text(&p, external_id);
	params_text(&p, SLICE("page"));
	params_time(&p, b->now);
	params_time(&p, TIME_NONE);
	rc = db_queue(b->db, SQL_PAGE_INSERT, &p, err);
	params_release(&p);
	return rc;
}

static void read_page(struct batch *b, const struct db_result *r,
    struct page_row *out)
{
	struct j_page *g = out->image;

	g->url = arena_slice(&b->arena, db_str(r, 0, 0));
	g->outlet_id = db_int(r, 0, 1);
	g->external_id = arena_slice(&b->arena, db_str(r, 0, 2));
	g->story_id = db_int(r, 0, 3);
	g->bound_id = db_int(r, 0, 4);
	g->updated = db_time(r, 0, 5);
	g->held_hash = db_hash(r, 0, 6);
	g->held_at = db_time(r, 0, 7);
	g->missed_at = db_time(r, 0, 8);
	out->visits = db_int(r, 0, 9);
	out->changes = db_int(r, 0, 10);
	out->failures = db_int(r, 0, 11);
	out->enrolled_at = db_time(r, 0, 12);
	out->changed_at = db_time(r, 0, 13);
	out->body_hash = db_hash(r, 0, 14);
	out->body_revision = (int)db_int(r, 0, 15);
	out->kind = arena_slice(&b->arena, db_str(r, 0, 16));
	out->forgotten = db_bool(r, 0, 17);
	out->born_at = db_time(r, 0, 18);
	out->looked_at = db_time(r, 0, 19);
	out->changed_after = db_time(r, 0, 20);
	out->expected = db_double(r, 0, 21);
	out->revised = db_double(r, 0, 22);
}

static struct page_cache *page_find(struct batch *b, int64_t host_key,
    struct hash128 url_key)
{
	for (size_t i = 0; i < b->pages_n; i++)
		if (b->pages[i]->host_key == host_key && hash128_eq(
		    b->pages[i]->row.image->url_key, url_key))
			return b->pages[i];
	return NULL;
}

/* A page as it is before its first visit. */
static struct page_cache *page_new(struct batch *b, const struct capture *c)
{
	struct page_cache *x = arena_zalloc(&b->arena, 1, sizeof(*x));
	struct j_page *g = arena_zalloc(&b->arena, 1, sizeof(*g));

	x->host_key = host_key_of(c->host);
	*g = (struct j_page){.url_key = c->url_key, .host_key = x->host_key,
	    .url = arena_slice(&b->arena, c->url), .updated = TIME_NONE,
	    .held_at = TIME_NONE, .missed_at = TIME_NONE};
	x->row = (struct page_row){.image = g, .enrolled_at = b->now,
	    .changed_at = TIME_NONE, .kind = SLICE("page"),
	    .born_at = TIME_NONE, .looked_at = TIME_NONE,
	    .changed_after = TIME_NONE};
	GROW(b->pages, b->pages_n, b->pages_cap);
	return b->pages[b->pages_n++] = x;
}

int batch_page(struct batch *b, const struct capture *c, int64_t outlet_id,
    struct slice external_id, struct page_row *out, struct err *err)
{
	struct page_cache *x = page_find(b, host_key_of(c->host), c->url_key);
	int rc = 0;

	if (!x)
		BUG("a page of no claim");
	if (!x->enrolled) {
		x->row.image->outlet_id = outlet_id;
		rc = enrol(b, c, x->host_key, outlet_id, external_id, err);
		x->enrolled = true;
	}
	if (external_id.p)
		x->row.image->external_id = arena_slice(&b->arena, external_id);
	*out = x->row;
	return rc;
}

/* ---- claims --------------------------------------------------------------- */

static int ask_claim(struct batch *b, const struct claim *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(c->capture->host));
	params_hash(&p, c->capture_id);
	params_hash(&p, c->body_hash);
	rc = db_ask(b->db, SQL_JUDGED_INSERT, &p, err);
	params_release(&p);
	if (rc)
		return -1;
	params_int(&p, host_key_of(c->capture->host));
	params_hash(&p, c->capture->url_key);
	rc = db_ask(b->db, SQL_PAGE_GET, &p, err);
	params_release(&p);
	return rc;
}

static int answer_claim(struct batch *b, struct claim *c, struct err *err)
{
	int64_t host_key = host_key_of(c->capture->host);
	struct page_cache *x;
	struct db_result *r;

	if (db_answer(b->db, &r, err))
		return -1;
	c->result = db_rows(r) ? CLAIM_NEW : CLAIM_KNOWN;
	db_result_free(r);
	if (db_answer(b->db, &r, err))
		return -1;
	x = page_find(b, host_key, c->capture->url_key);
	if (!x) {
		x = page_new(b, c->capture);
		x->enrolled = db_rows(r) > 0;
		if (x->enrolled)
			read_page(b, r, &x->row);
	}
	db_result_free(r);
	return 0;
}

/* With which body was it judged? */
static int compare_known(struct batch *b, struct claim *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, host_key_of(c->capture->host));
	params_hash(&p, c->capture_id);
	rc = db_query(b->db, SQL_JUDGED_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r) && !hash128_eq(db_hash(r, 0, 0), c->body_hash))
		c->result = CLAIM_CONFLICT;
	db_result_free(r);
	return 0;
}

int batch_claim(struct batch *b, struct claim *claims, size_t n,
    struct err *err)
{
	for (size_t i = 0; i < n; i += CLAIMS_AT_ONCE) {
		size_t to = n - i < CLAIMS_AT_ONCE ? n : i + CLAIMS_AT_ONCE;

		for (size_t k = i; k < to; k++)
			if (ask_claim(b, &claims[k], err))
				return -1;
		for (size_t k = i; k < to; k++)
			if (answer_claim(b, &claims[k], err))
				return -1;
	}
	for (size_t i = 0; i < n; i++)
		if (claims[i].result == CLAIM_KNOWN &&
		    compare_known(b, &claims[i], err))
			return -1;
	return 0;
}

/* ---- stories ahead of their captures ------------------------------------- */

#define AHEAD_MAX (DB_ASK_MAX / STORY_ASKS) /* of one batch_stories */

static bool has(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

int batch_ahead(struct batch *b, const struct claim *claims, size_t n,
    struct err *err)
{
	int64_t ids[AHEAD_MAX];
	size_t ids_n = 0;

	for (size_t i = 0; i < n; i++) {
		const struct capture *c = claims[i].capture;
		const struct page_cache *x;
		int64_t id;

		if (claims[i].result != CLAIM_NEW)
			continue;
		x = page_find(b, host_key_of(c->host), c->url_key);
		id = x ? x->row.image->story_id : 0;
		if (!id || has(ids, ids_n, id))
			continue;
		ids[ids_n++] = id;
		if (ids_n < AHEAD_MAX)
			continue;
		if (batch_stories(b, ids, ids_n, err))
			return -1;
		ids_n = 0;
	}
	return ids_n ? batch_stories(b, ids, ids_n, err) : 0;
}
