/* Claims of a batch: outlets, pages, captures that were judged before. */
#include "store/batch.h"

#include "store/sql.h"

#include <stdlib.h>

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

static void read_page(struct batch *b, const struct db_result *r, size_t i,
    struct page_row *out)
{
	struct j_page *g = out->image;

	g->url = arena_slice(&b->arena, db_str(r, i, 0));
	g->outlet_id = db_int(r, i, 1);
	g->external_id = arena_slice(&b->arena, db_str(r, i, 2));
	g->story_id = db_int(r, i, 3);
	g->bound_id = db_int(r, i, 4);
	g->updated = db_time(r, i, 5);
	g->held_hash = db_hash(r, i, 6);
	g->held_at = db_time(r, i, 7);
	g->missed_at = db_time(r, i, 8);
	out->visits = db_int(r, i, 9);
	out->changes = db_int(r, i, 10);
	out->failures = db_int(r, i, 11);
	out->enrolled_at = db_time(r, i, 12);
	out->changed_at = db_time(r, i, 13);
	out->body_hash = db_hash(r, i, 14);
	out->body_revision = (int)db_int(r, i, 15);
	out->kind = arena_slice(&b->arena, db_str(r, i, 16));
	out->forgotten = db_bool(r, i, 17);
	out->born_at = db_time(r, i, 18);
	out->looked_at = db_time(r, i, 19);
	out->changed_after = db_time(r, i, 20);
	out->expected = db_double(r, i, 21);
	out->revised = db_double(r, i, 22);
	g->seen = db_time(r, i, 23);
}

struct page_cache *page_find(const struct batch *b, int64_t host_key,
    struct hash128 url_key)
{
	for (size_t i = 0; i < b->pages_n; i++)
		if (b->pages[i]->host_key == host_key && hash128_eq(
		    b->pages[i]->row.image->url_key, url_key))
			return b->pages[i];
	return NULL;
}

/* A page as it is before its first visit. */
static struct page_cache *page_new(struct batch *b, const struct claim *claim)
{
	struct page_cache *x = arena_zalloc(&b->arena, 1, sizeof(*x));
	struct j_page *g = arena_zalloc(&b->arena, 1, sizeof(*g));
	const struct capture *c = claim->capture;

	x->host_key = claim->host_key;
	x->list = claim->list;
	*g = (struct j_page){.url_key = c->url_key, .host_key = x->host_key,
	    .url = arena_slice(&b->arena, c->url), .updated = TIME_NONE,
	    .held_at = TIME_NONE, .missed_at = TIME_NONE,
	    .seen = TIME_NONE};
	x->row = (struct page_row){.image = g, .enrolled_at = b->now,
	    .changed_at = TIME_NONE, .kind = SLICE("page"),
	    .born_at = TIME_NONE, .looked_at = TIME_NONE,
	    .changed_after = TIME_NONE};
	GROW(b->pages, b->pages_n, b->pages_cap);
	return b->pages[b->pages_n++] = x;
}

void batch_page(struct batch *b, const struct claim *c, int64_t outlet_id,
    struct slice external_id, struct page_row *out)
{
	struct page_cache *x = page_find(b, c->host_key, c->capture->url_key);

	if (!x)
		BUG("a page of no claim");
	if (!x->enrolled && !x->named) {
		x->row.image->outlet_id = outlet_id;
		x->named = true;
	}
	if (external_id.p)
		x->row.image->external_id = arena_slice(&b->arena, external_id);
	*out = x->row;
}

/* ---- claims --------------------------------------------------------------- */

/* The pages of the claims, a row each that has one. */
static int get_pages(struct batch *b, const struct claim *claims, size_t n,
    struct db_result **r, struct err *err)
{
	struct hash128 *key = arena_alloc(&b->arena, n * sizeof(*key));
	int64_t *host = arena_alloc(&b->arena, n * sizeof(*host));
	struct params p = PARAMS_INIT;
	int rc;

	for (size_t i = 0; i < n; i++) {
		host[i] = host_key_of(claims[i].capture->host);
		key[i] = claims[i].capture->url_key;
	}
	params_ints(&p, host, n);
	params_hashes(&p, key, n);
	rc = db_query(b->db, SQL_PAGE_GET, &p, r, err);
	params_release(&p);
	return rc;
}

/* Two enrolments at once, of two spellings, made two rows of one page. *any:
 * they are one now, and all is to be asked anew. */
static int fold_pages(struct batch *b, const struct claim *claims,
    const struct db_result *r, bool *any, struct err *err)
{
	*any = false;
	for (size_t i = 0; i < db_rows(r); i++) {
		struct params p = PARAMS_INIT;
		int rc;

		if (!db_bool(r, i, 26))
			continue;
		*any = true;
		params_hash(&p,
		    claims[db_int(r, i, 24) - 1].capture->url_key);
		rc = db_queue(b->db, SQL_PAGE_FOLD, &p, err);
		params_release(&p);
		if (rc)
			return -1;
	}
	return 0;
}

/* A new page is another spelling's of this batch, or its own host's. */
static int64_t new_home(const struct batch *b, const struct claim *c)
{
	for (size_t i = 0; !c->list && i < b->pages_n; i++)
		if (!b->pages[i]->list && hash128_eq(
		    b->pages[i]->row.image->url_key, c->capture->url_key))
			return b->pages[i]->host_key;
	return host_key_of(c->capture->host);
}

static void read_pages(struct batch *b, struct claim *claims, size_t n,
    const struct db_result *r)
{
	bool *known = arena_zalloc(&b->arena, n, sizeof(*known));

	for (size_t i = 0; i < db_rows(r); i++) {
		size_t k = (size_t)db_int(r, i, 24) - 1;
		struct claim *c = &claims[k];
		struct page_cache *x;

		c->host_key = db_int(r, i, 25);
		if (c->list && c->host_key != host_key_of(c->capture->host))
			continue; /* another host's */
		known[k] = true;
		x = page_find(b, c->host_key, c->capture->url_key);
		if (!x)
			x = page_new(b, c);
		if (!x->enrolled)
			read_page(b, r, i, &x->row);
		x->enrolled = true;
	}
	for (size_t i = 0; i < n; i++) {
		if (known[i])
			continue;
		claims[i].host_key = new_home(b, &claims[i]);
		if (!page_find(b, claims[i].host_key,
		    claims[i].capture->url_key))
			page_new(b, &claims[i]);
	}
}

static int find_pages(struct batch *b, struct claim *claims, size_t n,
    struct err *err)
{
	struct db_result *r;
	bool folded;

	if (get_pages(b, claims, n, &r, err))
		return -1;
	if (fold_pages(b, claims, r, &folded, err)) {
		db_result_free(r);
		return -1;
	}
	if (folded) {
		db_result_free(r);
		if (get_pages(b, claims, n, &r, err))
			return -1;
	}
	read_pages(b, claims, n, r);
	db_result_free(r);
	return 0;
}

static const struct hash128 *said_by(const struct claim *c)
{
	return hash128_is_zero(c->said) ? &c->body_hash : &c->said;
}

static int insert_claims(struct batch *b, struct claim *claims, size_t n,
    struct err *err)
{
	struct hash128 *hash = arena_alloc(&b->arena, 2 * n * sizeof(*hash));
	int64_t *host = arena_alloc(&b->arena, n * sizeof(*host));
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	for (size_t i = 0; i < n; i++) {
		host[i] = claims[i].host_key;
		hash[i] = claims[i].capture_id;
		hash[n + i] = *said_by(&claims[i]);
	}
	params_ints(&p, host, n);
	params_hashes(&p, hash, n);
	params_hashes(&p, hash + n, n);
	rc = db_query(b->db, SQL_JUDGED_INSERT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < n; i++)
		claims[i].result = CLAIM_KNOWN;
	for (size_t i = 0; i < db_rows(r); i++)
		claims[db_int(r, i, 0) - 1].result = CLAIM_NEW;
	db_result_free(r);
	return 0;
}

/* The same bytes are known, whatever another revision reads of them. */
static int compare_bytes(struct batch *b, struct claim *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, c->host_key);
	params_hash(&p, c->capture_id);
	params_time(&p, c->capture->fetched_at);
	params_hash(&p, c->body_hash);
	rc = db_query(b->db, SQL_CAPTURE_BYTES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		c->result = CLAIM_KNOWN;
	db_result_free(r);
	return 0;
}

/* With which body was it judged? Records were known by their bytes once. */
static int compare_known(struct batch *b, struct claim *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, c->host_key);
	params_hash(&p, c->capture_id);
	rc = db_query(b->db, SQL_JUDGED_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r) && !hash128_eq(db_hash(r, 0, 0), *said_by(c)) &&
	    !hash128_eq(db_hash(r, 0, 0), c->body_hash))
		c->result = CLAIM_CONFLICT;
	db_result_free(r);
	return c->result == CLAIM_CONFLICT ? compare_bytes(b, c, err) : 0;
}

int batch_claim(struct batch *b, struct claim *claims, size_t n,
    struct err *err)
{
	if (!n) /* all were another worker's */
		return 0;
	if (find_pages(b, claims, n, err) || insert_claims(b, claims, n, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (claims[i].result == CLAIM_KNOWN &&
		    compare_known(b, &claims[i], err))
			return -1;
	return 0;
}
