/* The image of a story -> rows: what is fresh or dirty, nothing else. */
#include "store/batch.h"

#include "core/json.h"

static void add_byline(struct params *p, const struct article *art)
{
	params_texts(p, art ? art->byline : NULL, art ? art->byline_n : 0);
}

static void insert_version(struct batch *b, const struct j_version *v)
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
	rows_add(&b->rows, ROW_VERSION, &p);
}

static void update_version(struct batch *b, const struct j_version *v)
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
	rows_add(&b->rows, ROW_VERSION_UPDATE, &p);
}

static void save_returns(struct batch *b, struct j_version *v)
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
		rows_add(&b->rows, ROW_RETURN, &p);
		v->returns[i].fresh = false;
	}
}

static void save_version(struct batch *b, struct j_version *v)
{
	if (v->fresh)
		insert_version(b, v);
	else if (v->dirty)
		update_version(b, v);
	save_returns(b, v);
	v->fresh = v->dirty = false;
}

static void save_text(struct batch *b, int64_t home, const struct j_text *t)
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
	params_bool(&p, hash128_eq(t->version->text->hash, t->text->hash));
	rows_add(&b->rows, ROW_TEXT, &p);
}

static void save_posting(struct batch *b, const struct j_posting *x)
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
	rows_add(&b->rows, ROW_POSTING, &p);
}

static void insert_sighting(struct batch *b, const struct j_posting *q,
    const struct j_sighting *x)
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
	rows_add(&b->rows, ROW_SIGHTING, &p);
}

static void update_sighting(struct batch *b, const struct j_posting *q,
    const struct j_sighting *x)
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
	rows_add(&b->rows, ROW_SIGHTING_UPDATE, &p);
}

/* A fresh stretch needs its text where its posting's rows lie. */
static void text_at_home(struct batch *b, const struct j_story *s,
    const struct j_posting *q, const struct j_sighting *x)
{
	struct j_text *t = j_text_find(s, x->text->hash);

	if (t && q->home != (t->home ? t->home : s->id))
		save_text(b, q->home, t);
}

static void save_sightings(struct batch *b, const struct j_story *s,
    struct j_posting *q)
{
	for (size_t i = 0; i < q->sightings_n; i++) {
		struct j_sighting *x = q->sightings[i];

		if (!x->dirty)
			continue;
		text_at_home(b, s, q, x);
		if (x->first_stored == TIME_NONE)
			insert_sighting(b, q, x);
		else
			update_sighting(b, q, x);
		x->first_stored = x->first;
		x->dirty = false;
	}
}

static void save_spans(struct batch *b, struct j_posting *q)
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
		rows_add(&b->rows, fresh ? ROW_MEMBER : ROW_MEMBER_UPDATE, &p);
		x->from_stored = x->from;
		x->dirty = false;
	}
}

static void save_row(struct batch *b, struct j_story *s)
{
	struct params p = PARAMS_INIT;
	const struct j_version *head = j_head(s);
	usec_t last = TIME_NONE;

	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *q = s->postings[i];

		if (q->sightings_n &&
		    q->sightings[q->sightings_n - 1]->last > last)
			last = q->sightings[q->sightings_n - 1]->last;
	}
	params_int(&p, s->id);
	params_text(&p, slice_of(story_status_name(s->status)));
	params_int(&p, s->outlet_id);
	params_int(&p, s->next);
	params_int(&p, head ? head->home : 0);
	params_int(&p, head ? head->home_version : 0);
	params_time(&p, s->first);
	params_text(&p, s->first_url);
	params_time(&p, last);
	params_time(&p, s->visited > last ? s->visited : last);
	rows_add(&b->rows, ROW_STORY, &p);
}

void story_texts(struct batch *b, struct j_story *s)
{
	for (size_t i = 0; i < s->texts_n; i++) {
		struct j_text *t = s->texts[i];

		if (t->fresh)
			save_text(b, s->id, t);
		t->fresh = false;
	}
}

void story_rows(struct batch *b, struct j_story *s)
{
	if (!s->dirty && !s->fresh)
		return;
	if (!s->versions_n)
		return; /* nothing was judged into it */
	save_row(b, s);
	for (size_t i = 0; i < s->versions_n; i++)
		save_version(b, s->versions[i]);
	for (size_t i = 0; i < s->texts_n; i++) {
		struct j_text *t = s->texts[i];

		if (t->fresh || t->dirty)
			save_text(b, s->id, t);
		t->fresh = t->dirty = false;
	}
	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *q = s->postings[i];

		if (q->fresh || q->dirty)
			save_posting(b, q);
		q->fresh = q->dirty = false;
		save_sightings(b, s, q);
		save_spans(b, q);
	}
	s->fresh = s->dirty = false;
}

int story_sketches(struct batch *b, struct j_story *s, struct err *err)
{
	for (size_t i = 0; i < s->versions_n; i++) {
		struct j_version *v = s->versions[i];

		if (!v->fresh || !v->sketch)
			continue;
		if (sketch_save(b, s, v, v->text, v->sketch, err))
			return -1;
		v->sketch = NULL;
	}
	return 0;
}

int story_save(struct batch *b, struct j_story *s, struct err *err)
{
	if (story_sketches(b, s, err))
		return -1;
	story_rows(b, s);
	return batch_settle(b, err);
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

void event_save(struct batch *b, const struct j_event *e)
{
	struct strbuf detail = STRBUF_INIT;
	struct params p = PARAMS_INIT;

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
	rows_add(&b->rows, ROW_EVENT, &p);
	strbuf_release(&detail);
	b->told = true;
}
