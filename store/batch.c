/* One judging transaction: begin, records, commit. What comes before judging is
 * in claim.c, what judging asks in ask.c. */
#include "store/memory.h"

#include "core/utf8.h"
#include "core/zip.h"
#include "store/sql.h"
#include "store/texts.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Whatever statistics say or lack, each statement of a batch is a handful of
 * lookups by index: of the other plans one is good on a young database at most,
 * and is kept for as long as the session lasts. */
static const char begin[] = "BEGIN; SET LOCAL enable_seqscan = off; "
    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
    "SET LOCAL plan_cache_mode = force_generic_plan";

struct batch *batch_begin(struct db *db, const struct store_tools *tools,
    const struct clock *clock, struct err *err)
{
	struct batch *b = xcalloc(1, sizeof(*b));
	struct db_result *r;

	b->db = db;
	b->tools = tools;
	b->now = clock_now(clock);
	arena_init(&b->arena);
	rows_init(&b->rows);
	b->memory = memory_new();
	if (db_exec(db, begin, err))
		goto fail;
	if (clock->scripted && set_clock(b, err))
		goto fail;
	if (db_query(db, SQL_JUDGE_LOCK, NULL, &r, err)) {
		if (db_err_is_timeout(err)) /* others took too long, not it */
			snprintf(err->sqlstate, sizeof(err->sqlstate),
			    "55P03"); /* lock_not_available */
		goto fail;
	}
	db_result_free(r);
	return b;
fail:
	batch_end(b);
	return NULL;
}

/* ---- pages ------------------------------------------------------------------------ */

/* What judging remembers of a page. */
static void add_image(struct params *p, const struct j_page *g)
{
	params_id(p, g->story_id);
	params_id(p, g->bound_id);
	params_time(p, g->updated);
	params_hash(p, g->held_hash);
	params_time(p, g->held_at);
	params_time(p, g->missed_at);
}

static void add_interval(struct params *p, const struct visits *v)
{
	if (v->scheduled && v->interval)
		params_int(p, v->interval / USEC_SECOND);
	else
		params_null(p);
}

static void add_body(struct params *p, const struct batch *b,
    const struct page_cache *x)
{
	params_hash(p, x->canonical);
	params_hash(p, x->visits.body);
	if (x->visits.text)
		params_int(p, b->tools->revision);
	else
		params_null(p);
}

static struct slice of_cstr(const char *s)
{
	return s ? slice_of(s) : SLICE_NONE;
}

static void add_past(struct params *p, const struct page_row *row,
    const struct visits *v)
{
	params_time(p, row->born_at);
	params_time(p, row->looked_at);
	params_time(p, row->changed_after);
	params_double(p, row->expected);
	params_double(p, row->revised);
	params_text(p, of_cstr(v->reason));
	params_text(p, v->message);
}

static void new_page_row(struct batch *b, const struct page_cache *x)
{
	const struct j_page *g = x->row.image;
	const struct visits *v = &x->visits;
	struct params p = PARAMS_INIT;

	params_int(&p, x->host_key);
	params_hash(&p, g->url_key);
	params_text(&p, g->url);
	params_int(&p, g->outlet_id);
	params_text(&p, g->external_id);
	params_text(&p, slice_of(v->kind ? v->kind : "page"));
	params_time(&p, b->now);
	params_time(&p, v->last);
	params_text(&p, of_cstr(v->outcome));
	params_text(&p, of_cstr(v->code));
	params_int(&p, v->n);
	params_int(&p, v->failures);
	params_int(&p, v->changes);
	params_time(&p, v->changed);
	params_time(&p, v->scheduled ? v->next : TIME_NONE);
	add_interval(&p, v);
	params_text(&p, v->validated ? v->etag : SLICE_NONE);
	params_text(&p, v->validated ? v->last_modified : SLICE_NONE);
	add_body(&p, b, x);
	add_image(&p, g);
	add_past(&p, &x->row, v);
	params_text(&p, v->validated ? v->validated_url : SLICE_NONE);
	rows_add(&b->rows, ROW_PAGE, &p);
}

static void page_row(struct batch *b, const struct page_cache *x)
{
	const struct j_page *g = x->row.image;
	const struct visits *v = &x->visits;
	struct params p = PARAMS_INIT;

	params_int(&p, x->host_key);
	params_hash(&p, g->url_key);
	params_text(&p, g->external_id);
	params_text(&p, of_cstr(v->kind));
	params_time(&p, v->last);
	params_text(&p, of_cstr(v->outcome));
	params_text(&p, of_cstr(v->code));
	params_int(&p, v->n);
	params_int(&p, v->failures);
	params_bool(&p, v->all_failed);
	params_int(&p, v->changes);
	params_time(&p, v->changed);
	params_bool(&p, v->scheduled);
	params_time(&p, v->next);
	add_interval(&p, v);
	params_bool(&p, v->validated);
	params_text(&p, v->etag);
	params_text(&p, v->last_modified);
	add_body(&p, b, x);
	add_image(&p, g);
	add_past(&p, &x->row, v);
	params_text(&p, v->validated_url);
	params_text(&p, v->moved);
	rows_add(&b->rows, ROW_PAGE_UPDATE, &p);
}

/* What its visits since the last time left. */
static void page_rows(struct batch *b, struct page_cache *x)
{
	if (!x->visits.n)
		return;
	if (x->enrolled)
		page_row(b, x);
	else
		new_page_row(b, x);
	x->enrolled = true;
	x->visits = (struct visits){0};
}

/* What the schedule knows of the page; later visits of the batch go on from
 * there. */
static void keep_past(struct page_row *row, const struct page_row *learnt)
{
	row->born_at = learnt->born_at;
	row->looked_at = learnt->looked_at;
	row->changed_after = learnt->changed_after;
	row->expected = learnt->expected;
	row->revised = learnt->revised;
}

/* It may quote a robots.txt or a server: valid, and of one line. */
static struct slice message_of(const struct capture *c, struct arena *a)
{
	struct strbuf sb = STRBUF_INIT;
	struct slice s;

	utf8_clean(slice_of(c->err.message), &sb);
	for (size_t i = 0; i < sb.n; i++)
		if ((unsigned char)sb.p[i] < 0x20 || sb.p[i] == 0x7f)
			sb.p[i] = ' ';
	s = sb.n ? arena_slice(a, strbuf_slice(&sb)) : SLICE_NONE;
	strbuf_release(&sb);
	return s;
}

/* One more visit, as if each had been written on its own. */
static void add_visit(struct batch *b, struct page_cache *x,
    const struct record *r)
{
	const struct capture *c = r->capture;
	bool text = c->outcome == OUTCOME_ARTICLE;
	struct visits *v = &x->visits;

	if (!v->n++)
		*v = (struct visits){.n = 1, .all_failed = true,
		    .last = r->at, .changed = TIME_NONE, .next = TIME_NONE};
	v->last = r->at > v->last ? r->at : v->last;
	if (r->at > x->row.image->seen)
		x->row.image->seen = r->at;
	v->outcome = outcome_name(c->outcome);
	v->code = c->err.code ? code_name(c->err.code) : NULL;
	v->message = message_of(c, &b->arena);
	v->all_failed = v->all_failed && r->failed;
	v->failures = r->failed ? v->failures + 1 : 0;
	v->changes += x->row.image->changed;
	if (x->row.image->changed)
		v->changed = r->at;
	if (r->scheduled) {
		v->scheduled = true;
		v->next = r->next_fetch;
		v->interval = r->interval;
		v->reason = r->reason;
		keep_past(&x->row, r->page);
	}
	if (text || c->outcome == OUTCOME_LINKS) {
		v->validated = true;
		v->etag = arena_slice(&b->arena, c->etag);
		v->last_modified = arena_slice(&b->arena, c->last_modified);
		v->validated_url = arena_slice(&b->arena, c->final_url);
	}
	if (c->led == LED_NOWHERE)
		v->moved = SLICE("");
	else if (c->led == LED_FOR_GOOD)
		v->moved = arena_slice(&b->arena, c->final_url);
	v->kind = r->kind ? r->kind : v->kind;
	if (text) {
		v->text = true;
		x->row.body_revision = b->tools->revision;
	}
	if (text && !hash128_is_zero(r->body_hash))
		v->body = x->row.body_hash = r->body_hash;
	if (!hash128_is_zero(x->row.image->canonical_key))
		x->canonical = x->row.image->canonical_key;
	x->recorded = true;
}

/* ---- the end ---------------------------------------------------------------------- */

static int say_drawn(struct batch *b, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, b->drawn_id);
	rc = db_queue(b->db, SQL_STORY_DRAWN_ID, &p, err);
	params_release(&p);
	return rc;
}

int batch_settle(struct batch *b, struct err *err)
{
	for (size_t i = 0; b->judged && i < b->stories_n; i++)
		story_rows(b, b->stories[i]);
	for (size_t i = 0; i < b->pages_n; i++)
		page_rows(b, b->pages[i]);
	if (b->drawn_id && say_drawn(b, err))
		return -1;
	b->drawn_id = 0;
	return rows_queue(&b->rows, b->db, err);
}

int batch_write(struct batch *b, struct err *err)
{
	static const enum row_kind kinds[] = {ROW_BODY, ROW_CAPTURE, ROW_EVENT,
	    ROW_TEXT, ROW_SKETCH, ROW_SENTENCE};

	for (size_t i = 0; i < b->stories_n; i++)
		story_texts(b, b->stories[i]);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (rows_queue_kind(&b->rows, kinds[i], b->db, err))
			return -1;
	return db_push(b->db, err);
}

int batch_send(struct batch *b, struct err *err)
{
	static const char commit[] = "COMMIT";

	if (batch_settle(b, err))
		return -1;
	if (b->told && db_queue(b->db, SQL_NOTIFY, NULL, err))
		return -1;
	if (db_queue(b->db, commit, NULL, err) || db_send(b->db, err))
		return -1;
	b->sent = true;
	return 0;
}

int batch_commit(struct batch *b, struct err *err)
{
	if (!b->sent && batch_send(b, err))
		return -1;
	if (db_flush(b->db, err))
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
	texts_trim(b->tools->texts); /* nothing borrows of it any more */
	arena_release(&b->arena);
	rows_release(&b->rows);
	memory_free(b->memory);
	free(b->stories);
	free(b->ids);
	free(b->pages);
	free(b->outlets);
	free(b->bridges);
	free(b->bodies);
	zip_work_free(b->zip);
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

/* ---- records ------------------------------------------------------------------------ */

static int save_capture(struct batch *b, const struct record *r,
    struct err *err)
{
	const struct capture *c = r->capture;
	struct params p = PARAMS_INIT;

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
	params_text(&p, r->warc.file);
	if (r->warc.file.p)
		params_int(&p, r->warc.offset);
	else
		params_null(&p);
	rows_add(&b->rows, ROW_CAPTURE, &p);
	return 0;
}

int batch_record(struct batch *b, const struct record *r, struct err *err)
{
	struct page_cache *x = page_find(b, r->host_key, r->capture->url_key);

	b->judged = true;
	for (size_t i = 0; i < b->stories_n; i++)
		if ((b->stories[i]->dirty || b->stories[i]->fresh) &&
		    story_sketches(b, b->stories[i], err))
			return -1;
	add_visit(b, x, r);
	if (body_save(b, r, err) || save_capture(b, r, err))
		return -1;
	return batch_bridge(b, err);
}

void batch_due_again(struct batch *b, int64_t host_key, struct hash128 url_key,
    usec_t at, usec_t next)
{
	struct params p = PARAMS_INIT;

	params_int(&p, host_key);
	params_hash(&p, url_key);
	params_time(&p, next);
	params_time(&p, at);
	rows_add(&b->rows, ROW_PAGE_DUE, &p);
}

int batch_reread(struct batch *b, struct j_story *s, struct j_posting *p,
    struct text *text, const struct article *as_printed, struct err *err)
{
	(void)err;
	batch_reread_one(b, s, p, p->sightings[p->sightings_n - 1], text,
	    as_printed);
	return 0;
}

void batch_reread_one(struct batch *b, struct j_story *s,
    const struct j_posting *p, struct j_sighting *x, struct text *text,
    const struct article *as_printed)
{
	struct j_text *t = j_text_find(s, text->hash);
	bool opened = hash128_eq(x->version->url_key, p->url_key) &&
	    hash128_eq(x->version->text->hash, x->text->hash);

	if (!t) {
		t = arena_zalloc(&b->arena, 1, sizeof(*t));
		*t = (struct j_text){.text = text, .title = as_printed->title,
		    .summary = as_printed->summary, .body = as_printed->body,
		    .version = x->version, .fresh = true};
		j_add_text(&b->arena, s, t);
	}
	if (opened) {
		t->dirty = true; /* it opens a version from now on */
		x->version->text = text;
		x->version->reread = true;
		x->version->dirty = true;
	}
	x->text = text;
	x->dirty = true;
	s->dirty = true;
}

int batch_save(struct batch *b, struct err *err)
{
	for (size_t i = 0; i < b->stories_n; i++)
		if (story_save(b, b->stories[i], err))
			return -1;
	return 0;
}
