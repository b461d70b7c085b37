/* One judging transaction: begin, records, commit. What comes before judging is
 * in claim.c, what judging asks in ask.c. */
#include "store/batch.h"

#include "store/sql.h"

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
	free(b->bridges);
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
	if (r->scheduled) {
		params_time(&p, r->page->born_at);
		params_time(&p, r->page->looked_at);
		params_time(&p, r->page->changed_after);
		params_double(&p, r->page->expected);
		params_double(&p, r->page->revised);
		params_text(&p, slice_of(r->reason));
	}
	rc = db_queue(b->db, r->scheduled ? SQL_PAGE_VISITED :
	    SQL_PAGE_INGESTED, &p, err);
	params_release(&p);
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
	params_text(&p, r->warc.file);
	if (r->warc.file.p)
		params_int(&p, r->warc.offset);
	else
		params_null(&p);
	rc = db_queue(b->db, SQL_CAPTURE_INSERT, &p, err);
	params_release(&p);
	return rc;
}

int batch_record(struct batch *b, const struct record *r, struct err *err)
{
	struct j_page *g = r->page->image;

	if (batch_save(b, err))
		return -1;
	if (g->dirty && save_page(b, g, err))
		return -1;
	g->dirty = false;
	if (body_save(b, r, err) || save_capture(b, r, err) ||
	    save_visit(b, r, err))
		return -1;
	return batch_bridge(b, err);
}

int batch_due_again(struct batch *b, int64_t host_key, struct hash128 url_key,
    usec_t at, usec_t next, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	params_hash(&p, url_key);
	params_time(&p, next);
	params_time(&p, at);
	rc = db_queue(b->db, SQL_PAGE_DUE_AGAIN, &p, err);
	params_release(&p);
	return rc;
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
