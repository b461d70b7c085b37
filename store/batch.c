/* One judging transaction: claims, images, records, commit. */
#include "store/batch.h"

#include "core/zip.h"
#include "store/sql.h"

#include <stdlib.h>

#define WINDOW	       (72 * USEC_HOUR) /* of sketches (timeline.md) */
#define SENTENCE_WORDS 8 /* a shared shorter one is no sign of a story */
#define BODY_MAX       (64 << 20)
#define CLAIMS_AT_ONCE (DB_ASK_MAX / 2) /* each asks for its page too */

int64_t host_key_of(struct slice authority)
{
	return (int64_t)hash64(authority.p, authority.n);
}

struct arena *batch_arena(struct batch *b)
{
	return &b->arena;
}

static int set_clock(struct batch *b, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	char text[TIME_TEXT];
	int rc;

	params_text(&p, slice_of(time_text(b->now, text)));
	rc = db_query(b->db, SQL_SET_CLOCK, &p, &r, err);
	params_release(&p);
	if (!rc)
		db_result_free(r);
	return rc;
}

struct batch *batch_begin(struct db *db, const struct store_tools *tools,
    const struct clock *clock, struct err *err)
{
	struct batch *b = xcalloc(1, sizeof(*b));
	struct db_result *r;

	b->db = db;
	b->tools = tools;
	b->now = clock_now(clock);
	arena_init(&b->arena);
	if (db_begin(db, err))
		goto fail;
	if (clock->scripted && set_clock(b, err))
		goto fail;
	if (db_query(db, SQL_JUDGE_LOCK, NULL, &r, err))
		goto fail;
	db_result_free(r);
	return b;
fail:
	batch_end(b);
	return NULL;
}

int batch_commit(struct batch *b, struct err *err)
{
	struct db_result *r;

	if (b->told) {
		if (db_query(b->db, SQL_NOTIFY, NULL, &r, err))
			return -1;
		db_result_free(r);
	}
	if (db_commit(b->db, err))
		return -1;
	b->done = true;
	return 0;
}

void batch_end(struct batch *b)
{
	if (!b)
		return;
	if (!b->done)
		db_rollback(b->db);
	arena_release(&b->arena);
	free(b->stories);
	free(b->ids);
	free(b->pages);
	free(b->outlets);
	free(b);
}

int batch_partition(struct batch *b, enum partitioned what, usec_t at,
    struct err *err)
{
	static const char *const names[] = {"capture", "sketch"};
	struct civil c = civil_from_usec(at);
	int64_t month = c.year * 12 + c.month;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	for (size_t i = 0; i < b->months_n[what]; i++)
		if (b->months[what][i] == month)
			return 0;
	params_text(&p, slice_of(names[what]));
	params_time(&p, at);
	rc = db_query(b->db, SQL_PARTITION, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	db_result_free(r);
	if (b->months_n[what] < ARRAY_LEN(b->months[what]))
		b->months[what][b->months_n[what]++] = month;
	return 0;
}

int batch_fence(struct batch *b, int64_t host_key, int64_t fence,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int64_t now;
	int rc;

	params_int(&p, host_key);
	rc = db_query(b->db, SQL_FENCE, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	now = db_rows(r) ? db_int(r, 0, 0) : -1;
	db_result_free(r);
	if (now != fence)
		return err_set(err, E_CANCELLED,
		    "another worker holds the host now");
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
	    .changed_at = TIME_NONE, .kind = SLICE("page")};
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

/* ---- what judging asks ----------------------------------------------------------- */

static void remember(struct batch *b, int64_t id, struct j_story *s)
{
	if (b->stories_n == b->stories_cap) {
		b->stories_cap = b->stories_cap ? b->stories_cap * 2 : 16;
		b->stories = xrealloc(b->stories,
		    b->stories_cap * sizeof(*b->stories));
		b->ids = xrealloc(b->ids, b->stories_cap * sizeof(*b->ids));
	}
	b->stories[b->stories_n] = s;
	b->ids[b->stories_n++] = id;
}

static struct j_story *held(const struct batch *b, int64_t id)
{
	for (size_t i = 0; i < b->stories_n; i++)
		if (b->ids[i] == id)
			return b->stories[i];
	return NULL;
}

/* s was loaded as the story id; a survivor may be held already. */
static struct j_story *hold(struct batch *b, int64_t id, struct j_story *s)
{
	struct j_story *before = held(b, s->id);

	if (!before)
		remember(b, s->id, s);
	else
		s = before;
	if (s->id != id)
		remember(b, id, s);
	return s;
}

struct j_story *batch_story(void *self, int64_t id, struct err *err)
{
	struct batch *b = self;
	struct j_story *s = held(b, id);

	if (s)
		return s;
	if (story_load(b, id, &s, err))
		return NULL;
	return hold(b, id, s);
}

int batch_stories(void *self, const int64_t *ids, size_t n, struct err *err)
{
	struct batch *b = self;
	int64_t asked[DB_ASK_MAX / STORY_ASKS];
	size_t asked_n = 0;

	for (size_t i = 0; i < n && asked_n < ARRAY_LEN(asked); i++) {
		if (held(b, ids[i]))
			continue;
		if (story_ask(b, ids[i], err))
			return -1;
		asked[asked_n++] = ids[i];
	}
	for (size_t i = 0; i < asked_n; i++) {
		struct j_story *s;

		if (story_answer(b, asked[i], &s, err))
			return -1;
		if (s->id == asked[i])
			hold(b, asked[i], s);
	}
	return 0;
}

struct j_story *batch_new_story(void *self, struct err *err)
{
	struct batch *b = self;
	struct j_story *s;
	struct db_result *r;

	if (db_query(b->db, SQL_STORY_NEW_ID, NULL, &r, err))
		return NULL;
	s = arena_zalloc(&b->arena, 1, sizeof(*s));
	s->id = db_int(r, 0, 0);
	db_result_free(r);
	s->next = 1;
	s->visited = TIME_NONE;
	s->fresh = true;
	remember(b, s->id, s);
	return s;
}

/* Hashes of the text's sentences that are long enough to be told by. */
static size_t long_sentences(const struct text *t, const bool *skip,
    int64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->sentences_n; i++)
		if (t->sentences[i].words >= SENTENCE_WORDS &&
		    !(skip && skip[i]))
			out[n++] = (int64_t)t->sentences[i].hash;
	return n;
}

int batch_candidates(void *self, const struct j_page *page,
    const struct article *article, const struct text *t,
    const struct sketch *sketch, const bool *skip, usec_t at, int64_t *ids,
    size_t max, size_t *n, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int64_t *sentences = arena_alloc(&b->arena,
	    (t->sentences_n + 1) * sizeof(*sentences));
	size_t sentences_n = long_sentences(t, skip, sentences);
	int rc;

	(void)article;
	params_ints(&p, (const int64_t *)sketch->kept, sketch->kept_n);
	params_time(&p, at - WINDOW);
	params_time(&p, at + WINDOW);
	params_ints(&p, sentences, sentences_n);
	params_hash(&p, page->canonical_key);
	params_int(&p, (int64_t)max);
	rc = db_query(b->db, SQL_CANDIDATES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (*n = 0; *n < db_rows(r) && *n < max; ++*n)
		ids[*n] = db_int(r, *n, 0);
	db_result_free(r);
	return 0;
}

int batch_common(void *self, const int64_t *outlet, const uint64_t *hash,
    size_t n, bool *common, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_ints(&p, (const int64_t *)hash, n);
	params_ints(&p, outlet, n);
	rc = db_query(b->db, SQL_COMMON, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		size_t k = (size_t)db_int(r, i, 0);

		if (k >= 1 && k <= n)
			common[k - 1] = true;
	}
	db_result_free(r);
	return 0;
}

int batch_carried(void *self, const struct j_page *page,
    const struct j_story *s, const struct text *t, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	int64_t *hashes;
	int rc;

	if (!t->sentences_n)
		return 0;
	hashes = arena_alloc(&b->arena, t->sentences_n * sizeof(*hashes));
	for (size_t i = 0; i < t->sentences_n; i++)
		hashes[i] = (int64_t)t->sentences[i].hash;
	params_ints(&p, hashes, t->sentences_n);
	params_int(&p, page->outlet_id);
	params_int(&p, s->id);
	rc = db_queue(b->db, SQL_CARRIED, &p, err);
	params_release(&p);
	return rc;
}

int batch_fetches(void *self, const struct j_page *page, usec_t t, usec_t from,
    usec_t to, usec_t *before, usec_t *after, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_hash(&p, page->url_key);
	params_time(&p, t);
	params_time(&p, from);
	params_time(&p, to);
	rc = db_query(b->db, SQL_FETCHES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*before = db_time(r, 0, 0);
	*after = db_time(r, 0, 1);
	db_result_free(r);
	return 0;
}

int batch_tell(void *self, const struct j_event *e, struct err *err)
{
	return event_save(self, e, err);
}

/* ---- records ------------------------------------------------------------------------ */

static int save_page(struct batch *b, const struct j_page *g, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, g->host_key);
	params_hash(&p, g->url_key);
	params_id(&p, g->story_id);
	params_id(&p, g->bound_id);
	params_time(&p, g->updated);
	params_hash(&p, g->held_hash);
	params_time(&p, g->held_at);
	params_time(&p, g->missed_at);
	params_text(&p, g->external_id);
	rc = db_queue(b->db, SQL_PAGE_JUDGED, &p, err);
	params_release(&p);
	return rc;
}

static int save_visit(struct batch *b, const struct record *r, struct err *err)
{
	const struct capture *c = r->capture;
	bool text = c->outcome == OUTCOME_ARTICLE;
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, r->host_key);
	params_hash(&p, c->url_key);
	params_time(&p, r->at);
	params_text(&p, slice_of(outcome_name(c->outcome)));
	params_text(&p, c->err.code ? slice_of(code_name(c->err.code)) :
	    SLICE_NONE);
	params_bool(&p, r->failed);
	params_bool(&p, r->page->image->changed);
	params_time(&p, r->next_fetch);
	if (r->interval)
		params_int(&p, r->interval / USEC_SECOND);
	else
		params_null(&p);
	params_bool(&p, text || c->outcome == OUTCOME_LINKS);
	params_text(&p, c->etag);
	params_text(&p, c->last_modified);
	params_text(&p, slice_of(r->kind));
	params_hash(&p, text ? r->body_hash : (struct hash128){{0}});
	if (text)
		params_int(&p, b->tools->revision);
	else
		params_null(&p);
	params_hash(&p, r->page->image->canonical_key);
	rc = db_queue(b->db, r->scheduled ? SQL_PAGE_VISITED :
	    SQL_PAGE_INGESTED, &p, err);
	params_release(&p);
	return rc;
}

static int save_bytes(struct batch *b, const struct record *r, struct err *err)
{
	const struct capture *c = r->capture;
	struct strbuf zip = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	int rc;

	if (!c->bytes.p || hash128_is_zero(r->body_hash))
		return 0;
	zip_zstd(c->bytes, &zip);
	params_int(&p, r->host_key);
	params_hash(&p, r->body_hash);
	params_bytes(&p, strbuf_slice(&zip));
	params_int(&p, (int64_t)c->bytes.n);
	params_text(&p, c->content_type);
	rc = db_queue(b->db, SQL_BODY_INSERT, &p, err);
	params_release(&p);
	strbuf_release(&zip);
	return rc;
}

static int save_capture(struct batch *b, const struct record *r,
    struct err *err)
{
	const struct capture *c = r->capture;
	struct params p = PARAMS_INIT;
	int rc;

	if (batch_partition(b, PART_CAPTURE, r->at, err))
		return -1;
	params_int(&p, r->host_key);
	params_hash(&p, r->capture_id);
	params_hash(&p, c->url_key);
	params_time(&p, r->at);
	params_text(&p, slice_of(outcome_name(c->outcome)));
	params_id(&p, c->http_status);
	params_text(&p, c->err.code ? slice_of(code_name(c->err.code)) :
	    SLICE_NONE);
	params_int(&p, (int64_t)c->bytes.n);
	params_int(&p, c->duration / 1000);
	params_hash(&p, r->body_hash);
	params_hash(&p, r->text_hash);
	params_int(&p, b->tools->revision);
	params_text(&p, c->final_url);
	rc = db_queue(b->db, SQL_CAPTURE_INSERT, &p, err);
	params_release(&p);
	return rc;
}

int batch_record(struct batch *b, const struct record *r, struct err *err)
{
	struct j_page *g = r->page->image;

	for (size_t i = 0; i < b->stories_n; i++)
		if (story_save(b, b->stories[i], err))
			return -1;
	if (g->dirty && save_page(b, g, err))
		return -1;
	g->dirty = false;
	if (save_bytes(b, r, err) || save_capture(b, r, err) ||
	    save_visit(b, r, err))
		return -1;
	return 0;
}

int batch_due_again(struct batch *b, int64_t host_key, struct hash128 url_key,
    usec_t next, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	params_hash(&p, url_key);
	params_time(&p, next);
	rc = db_queue(b->db, SQL_PAGE_DUE_AGAIN, &p, err);
	params_release(&p);
	return rc;
}

int batch_body(struct batch *b, int64_t host_key, struct hash128 body_hash,
    struct arena *a, struct slice *bytes, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct strbuf raw = STRBUF_INIT;
	struct db_result *r;
	int rc;

	*bytes = SLICE_NONE;
	params_int(&p, host_key);
	params_hash(&p, body_hash);
	rc = db_query(b->db, SQL_BODY_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r)) {
		rc = zip_unzstd(db_bytes(r, 0, 0, a), BODY_MAX, &raw, err);
		if (!rc)
			*bytes = arena_slice(a, strbuf_slice(&raw));
	}
	strbuf_release(&raw);
	db_result_free(r);
	return rc;
}

int batch_reread(struct batch *b, struct j_story *s, struct j_posting *p,
    struct text *text, const struct article *as_printed, struct err *err)
{
	struct j_sighting *x = p->sightings[p->sightings_n - 1];
	struct j_text *t = j_text_find(s, text->hash);
	bool opened = hash128_eq(x->version->url_key, p->url_key) &&
	    hash128_eq(x->version->text->hash, x->text->hash);

	(void)err;
	if (!t) {
		t = arena_zalloc(&b->arena, 1, sizeof(*t));
		*t = (struct j_text){.text = text, .title = as_printed->title,
		    .summary = as_printed->summary, .body = as_printed->body,
		    .version = x->version, .fresh = true};
		j_add_text(&b->arena, s, t);
	}
	if (opened) {
		x->version->text = text;
		x->version->reread = true;
		x->version->dirty = true;
	}
	x->text = text;
	x->dirty = true;
	s->dirty = true;
	return 0;
}

int store_quarantine(struct db *db, const char *input, const char *stage,
    const struct err *why, struct slice bytes, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, slice_of(input));
	params_text(&p, slice_of(stage));
	params_text(&p, slice_of(code_name(why->code)));
	params_text(&p, slice_of(why->message));
	params_hash(&p, hash128(bytes.p, bytes.n));
	rc = db_query(db, SQL_QUARANTINE_INSERT, &p, &r, err);
	params_release(&p);
	if (!rc)
		db_result_free(r);
	return rc;
}
