/* The image of a story -> rows: what is fresh or dirty, nothing else. */
#include "store/batch.h"

#include "core/json.h"
#include "store/sql.h"

/* Queues a statement and empties the parameters for the next. */
static int queue(struct batch *b, const char *sql, struct params *p,
    struct err *err)
{
	int rc = db_queue(b->db, sql, p, err);

	params_release(p);
	return rc;
}

static void add_byline(struct params *p, const struct article *art)
{
	params_texts(p, art ? art->byline : NULL, art ? art->byline_n : 0);
}

static int insert_version(struct batch *b, const struct j_version *v,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	const struct article *art = v->article;

	params_int(&p, v->home);
	params_int(&p, v->home_version);
	params_hash(&p, v->text->hash);
	params_hash(&p, v->url_key);
	params_int(&p, v->outlet_id);
	add_byline(&p, art);
	params_text(&p, art ? art->credit : SLICE_NONE);
	params_text(&p, art ? art->place : SLICE_NONE);
	params_text(&p, art ? art->language : SLICE_NONE);
	params_time(&p, v->created);
	params_time(&p, v->updated);
	params_time(&p, v->effective);
	params_time(&p, v->first);
	params_time(&p, v->last);
	params_int(&p, (int64_t)v->text->words_n);
	if (v->previous)
		params_int(&p, v->previous);
	else
		params_null(&p);
	params_text(&p, slice_of(change_kind_name(v->kind)));
	params_int(&p, (int64_t)v->words_added);
	params_int(&p, (int64_t)v->words_removed);
	params_bool(&p, v->stealth);
	params_text(&p, v->note);
	return queue(b, SQL_VERSION_INSERT, &p, err);
}

static int insert_sketch(struct batch *b, const struct j_version *v,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	if (!v->sketch || !v->sketch->kept_n)
		return 0;
	if (batch_partition(b, PART_SKETCH, v->effective, err))
		return -1;
	params_ints(&p, (const int64_t *)v->sketch->kept, v->sketch->kept_n);
	params_time(&p, v->effective);
	params_int(&p, v->home);
	params_int(&p, v->home_version);
	return queue(b, SQL_SKETCH_INSERT, &p, err);
}

static int update_version(struct batch *b, const struct j_version *v,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, v->home);
	params_int(&p, v->home_version);
	params_time(&p, v->effective);
	params_time(&p, v->first);
	params_time(&p, v->last);
	params_text(&p, slice_of(change_kind_name(v->kind)));
	params_text(&p, v->note);
	params_hash(&p, v->text->hash);
	params_int(&p, (int64_t)v->text->words_n);
	params_int(&p, (int64_t)v->words_added);
	params_int(&p, (int64_t)v->words_removed);
	return queue(b, SQL_VERSION_UPDATE, &p, err);
}

static int save_returns(struct batch *b, struct j_version *v, struct err *err)
{
	for (size_t i = 0; i < v->returns_n; i++) {
		struct params p = PARAMS_INIT;

		if (!v->returns[i].fresh)
			continue;
		params_int(&p, v->home);
		params_int(&p, v->home_version);
		params_time(&p, v->returns[i].seen);
		params_hash(&p, v->returns[i].url_key);
		params_time(&p, v->returns[i].lead);
		if (queue(b, SQL_RETURN_INSERT, &p, err))
			return -1;
		v->returns[i].fresh = false;
	}
	return 0;
}

static int save_version(struct batch *b, struct j_version *v, struct err *err)
{
	if (v->fresh ? insert_version(b, v, err) || insert_sketch(b, v, err) :
	    v->dirty && update_version(b, v, err))
		return -1;
	if (save_returns(b, v, err))
		return -1;
	v->fresh = v->dirty = false;
	return 0;
}

static int save_text(struct batch *b, int64_t home, const struct j_text *t,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, home);
	params_hash(&p, t->text->hash);
	params_int(&p, t->version->home);
	params_int(&p, t->version->home_version);
	params_text(&p, t->title.p ? t->title : SLICE(""));
	params_text(&p, t->summary);
	params_text(&p, t->body.p ? t->body : SLICE(""));
	params_int(&p, t->fresh || !t->revision ? b->tools->revision :
	    t->revision);
	return queue(b, SQL_TEXT_SAVE, &p, err);
}

static int save_posting(struct batch *b, const struct j_posting *x,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, x->home);
	params_hash(&p, x->url_key);
	params_int(&p, x->host_key);
	params_text(&p, x->url);
	params_int(&p, x->outlet_id);
	params_text(&p, x->external_id);
	params_text(&p, slice_of(posting_status_name(x->status)));
	params_times(&p, x->flips, x->flips_n);
	if (x->fresh) {
		params_double(&p, x->score);
		params_text(&p, x->reason);
	} else {
		params_null(&p);
		params_null(&p);
	}
	return queue(b, SQL_POSTING_SAVE, &p, err);
}

static int insert_sighting(struct batch *b, const struct j_posting *q,
    const struct j_sighting *x, struct err *err)
{
	const struct article *art = x->article;
	struct params p = PARAMS_INIT;

	params_int(&p, q->home);
	params_hash(&p, q->url_key);
	params_time(&p, x->first);
	params_time(&p, x->last);
	params_hash(&p, x->text->hash);
	params_int(&p, x->version->home);
	params_int(&p, x->version->home_version);
	params_double(&p, x->coverage);
	params_int(&p, x->flips);
	params_bool(&p, x->stealth);
	params_bool(&p, x->pending);
	params_time(&p, x->changed ? x->changed : TIME_NONE);
	params_text(&p, slice_of(x->rule));
	add_byline(&p, art);
	params_text(&p, art ? art->credit : SLICE_NONE);
	params_text(&p, art ? art->place : SLICE_NONE);
	params_text(&p, x->note);
	params_time(&p, art ? art->updated.at : TIME_NONE);
	params_text(&p, art ? art->updated.raw : SLICE_NONE);
	params_bool(&p, art && art->updated.zone_known);
	return queue(b, SQL_SIGHTING_INSERT, &p, err);
}

static int update_sighting(struct batch *b, const struct j_posting *q,
    const struct j_sighting *x, struct err *err)
{
	const struct article *art = x->article;
	struct params p = PARAMS_INIT;

	params_int(&p, q->home);
	params_hash(&p, q->url_key);
	params_time(&p, x->first_stored);
	params_time(&p, x->first);
	params_time(&p, x->last);
	params_hash(&p, x->text->hash);
	params_double(&p, x->coverage);
	params_int(&p, x->flips);
	params_bool(&p, x->pending);
	params_time(&p, x->changed ? x->changed : TIME_NONE);
	params_text(&p, x->note);
	params_bool(&p, art != NULL);
	add_byline(&p, art);
	params_text(&p, art ? art->credit : SLICE_NONE);
	params_text(&p, art ? art->place : SLICE_NONE);
	params_time(&p, art ? art->updated.at : TIME_NONE);
	params_text(&p, art ? art->updated.raw : SLICE_NONE);
	params_bool(&p, art && art->updated.zone_known);
	return queue(b, SQL_SIGHTING_UPDATE, &p, err);
}

/* A fresh stretch needs its text where its posting's rows lie. */
static int text_at_home(struct batch *b, const struct j_story *s,
    const struct j_posting *q, const struct j_sighting *x, struct err *err)
{
	struct j_text *t = j_text_find(s, x->text->hash);

	if (!t || q->home == (t->home ? t->home : s->id))
		return 0;
	return save_text(b, q->home, t, err);
}

static int save_sightings(struct batch *b, const struct j_story *s,
    struct j_posting *q, struct err *err)
{
	for (size_t i = 0; i < q->sightings_n; i++) {
		struct j_sighting *x = q->sightings[i];

		if (!x->dirty)
			continue;
		if (text_at_home(b, s, q, x, err))
			return -1;
		if (x->first_stored == TIME_NONE ?
		    insert_sighting(b, q, x, err) :
		    update_sighting(b, q, x, err))
			return -1;
		x->first_stored = x->first;
		x->dirty = false;
	}
	return 0;
}

static int save_spans(struct batch *b, struct j_posting *q, struct err *err)
{
	for (size_t i = 0; i < q->spans_n; i++) {
		struct j_span *x = &q->spans[i];
		struct params p = PARAMS_INIT;
		bool fresh = x->from_stored == TIME_NONE;

		if (!x->dirty)
			continue;
		params_int(&p, q->home);
		params_hash(&p, q->url_key);
		params_time(&p, fresh ? x->from : x->from_stored);
		params_time(&p, fresh ? x->to : x->from);
		if (fresh) {
			params_text(&p, SLICE("verdict"));
			params_text(&p, q->reason);
		} else {
			params_time(&p, x->to);
		}
		if (queue(b, fresh ? SQL_MEMBER_INSERT : SQL_MEMBER_UPDATE, &p,
		    err))
			return -1;
		x->from_stored = x->from;
		x->dirty = false;
	}
	return 0;
}

static int save_row(struct batch *b, struct j_story *s, struct err *err)
{
	struct params p = PARAMS_INIT;
	const struct j_version *head = j_head(s);
	usec_t first = INT64_MAX, last = TIME_NONE;

	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *q = s->postings[i];

		if (!q->sightings_n)
			continue;
		if (q->sightings[0]->first < first) {
			first = q->sightings[0]->first;
			s->first_url = q->url;
		}
		if (q->sightings[q->sightings_n - 1]->last > last)
			last = q->sightings[q->sightings_n - 1]->last;
	}
	params_int(&p, s->id);
	params_text(&p, slice_of(story_status_name(s->status)));
	params_int(&p, s->outlet_id);
	params_int(&p, s->next);
	params_int(&p, head ? head->home : 0);
	params_int(&p, head ? head->home_version : 0);
	params_time(&p, first);
	params_text(&p, s->first_url);
	params_time(&p, last);
	params_time(&p, s->visited > last ? s->visited : last);
	return queue(b, SQL_STORY_SAVE, &p, err);
}

int story_save(struct batch *b, struct j_story *s, struct err *err)
{
	if (!s->dirty && !s->fresh)
		return 0;
	if (!s->versions_n)
		return 0; /* nothing was judged into it */
	if (save_row(b, s, err))
		return -1;
	for (size_t i = 0; i < s->versions_n; i++)
		if (save_version(b, s->versions[i], err))
			return -1;
	for (size_t i = 0; i < s->texts_n; i++) {
		struct j_text *t = s->texts[i];

		if ((t->fresh || t->dirty) && save_text(b, s->id, t, err))
			return -1;
		t->fresh = t->dirty = false;
	}
	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *q = s->postings[i];

		if ((q->fresh || q->dirty) && save_posting(b, q, err))
			return -1;
		q->fresh = q->dirty = false;
		if (save_sightings(b, s, q, err) || save_spans(b, q, err))
			return -1;
	}
	s->fresh = s->dirty = false;
	return 0;
}

static void write_detail(const struct j_event *e, struct strbuf *sb)
{
	struct jsonw w;

	jsonw_init(&w, sb);
	jsonw_open(&w, NULL, '{');
	if (e->reason)
		jsonw_cstr(&w, "reason", e->reason);
	if (e->back)
		jsonw_bool(&w, "back", true);
	if (e->left)
		jsonw_int(&w, "left", e->left);
	if (e->other)
		jsonw_int(&w, "story", e->other);
	if (e->note.p)
		jsonw_str(&w, "note", e->note);
	if (e->late)
		jsonw_bool(&w, "late", true);
	if (e->stealth)
		jsonw_bool(&w, "stealth", true);
	jsonw_close(&w, '}');
}

int event_save(struct batch *b, const struct j_event *e, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	int rc;

	write_detail(e, &detail);
	params_text(&p, slice_of(e->kind));
	params_int(&p, e->story->id);
	if (e->version)
		params_int(&p, e->version);
	else
		params_null(&p);
	params_text(&p, e->page ? e->page->url : SLICE_NONE);
	if (e->page)
		params_int(&p, e->page->outlet_id);
	else
		params_null(&p);
	params_time(&p, e->occurred);
	params_time(&p, e->observed);
	params_text(&p, e->headline);
	params_text(&p, strbuf_slice(&detail));
	rc = queue(b, SQL_EVENT_INSERT, &p, err);
	strbuf_release(&detail);
	b->told = true;
	return rc;
}
