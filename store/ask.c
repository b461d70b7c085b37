/* What judging asks of the database: struct judge_io of story/judge.h. */
#include "store/memory.h"

#include "store/sql.h"

#include <stdlib.h>

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

struct j_story *batch_held(const struct batch *b, int64_t id)
{
	for (size_t i = 0; i < b->stories_n; i++)
		if (b->ids[i] == id)
			return b->stories[i];
	return NULL;
}

/* s was loaded as the story id; a survivor may be held already. */
static struct j_story *hold(struct batch *b, int64_t id, struct j_story *s)
{
	struct j_story *before = batch_held(b, s->id);

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
	struct j_story *s = batch_held(b, id);

	if (s)
		return s;
	if (story_load(b, id, &s, err))
		return NULL;
	return hold(b, id, s);
}

int cmp_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

size_t ids_unique(int64_t *ids, size_t n)
{
	size_t k = 0;

	if (n)
		qsort(ids, n, sizeof(*ids), cmp_ids);
	for (size_t i = 0; i < n; i++)
		if (!k || ids[k - 1] != ids[i])
			ids[k++] = ids[i];
	return k;
}

/* Those of ids that are not held, ascending, each once. */
static size_t missing(const struct batch *b, const int64_t *ids, size_t n,
    int64_t *out)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		if (!batch_held(b, ids[i]))
			out[all++] = ids[i];
	return ids_unique(out, all);
}

static int common_of(struct batch *b, struct j_story *const *stories, size_t n,
    struct err *err);

int batch_stories(void *self, const int64_t *ids, size_t n, struct err *err)
{
	struct batch *b = self;
	int64_t *asked = arena_alloc(&b->arena, (n + 1) * sizeof(*asked));
	struct j_story **got;
	size_t k = 0;

	n = missing(b, ids, n, asked);
	if (!n)
		return 0;
	got = arena_alloc(&b->arena, n * sizeof(*got));
	if (stories_load(b, asked, n, got, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (got[i]->id == asked[i])
			got[k++] = hold(b, asked[i], got[i]);
	return common_of(b, got, k, err);
}

/* What a batch drew is spent even if it fails: the sequence's setval is not undone,
 * and stories' ids have gaps. An id that a reader may have heard of is never
 * another story's. */
static int next_id(struct batch *b, int64_t *id, struct err *err)
{
	struct db_result *r;

	if (!b->next_id) {
		if (db_query(b->db, SQL_STORY_NEW_ID, NULL, &r, err))
			return -1;
		b->next_id = b->own_from = db_int(r, 0, 0);
		db_result_free(r);
	}
	*id = b->drawn_id = b->next_id++;
	return 0;
}

struct j_story *batch_new_story(void *self, struct err *err)
{
	struct batch *b = self;
	struct j_story *s = arena_zalloc(&b->arena, 1, sizeof(*s));

	if (next_id(b, &s->id, err))
		return NULL;
	s->next = 1;
	s->first = s->visited = TIME_NONE;
	s->fresh = true;
	remember(b, s->id, s);
	return s;
}

/* ---- sentences ---------------------------------------------------------------- */

static bool same_of(const struct of_outlet *x, const struct of_outlet *y)
{
	return x->hash == y->hash && x->outlet_id == y->outlet_id;
}

static struct known *known_find(const struct memory *m,
    const struct of_outlet *x)
{
	struct entry *e = table_chain(&m->known, x);

	while (e && !same_of(&e->of, x))
		e = e->next;
	return (struct known *)e;
}

/* What is asked for the first time, as columns of common.sql. */
static size_t unknown(struct batch *b, const struct outlet_text *x, size_t n,
    struct known **out, struct strbuf *hashes, struct strbuf *outlets)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < x[i].text->sentences_n; s++) {
			struct of_outlet of = {x[i].text->sentences[s].hash,
			    x[i].outlet_id};

			if (known_find(b->memory, &of))
				continue;
			out[k] = arena_zalloc(&b->arena, 1, sizeof(**out));
			out[k]->entry.of = of;
			table_add(&b->memory->known, &out[k++]->entry);
			item_int(hashes, (int64_t)of.hash);
			item_int(outlets, of.outlet_id);
		}
	return k;
}

/* One more, if it is not there and there is room. */
static void add_story(int64_t *stories, size_t most, int64_t story)
{
	size_t i = 0;

	while (i < most && stories[i] && stories[i] != story)
		i++;
	if (i < most)
		stories[i] = story;
}

static size_t count_stories(const int64_t *stories, size_t most)
{
	size_t n = 0;

	while (n < most && stories[n])
		n++;
	return n;
}

static void read_known(const struct db_result *r, size_t row, struct known *k)
{
	add_story(k->in, ARRAY_LEN(k->in), db_int(r, row, 1));
}

int common_ask(struct batch *b, const struct outlet_text *x, size_t n,
    struct err *err)
{
	struct strbuf hashes = STRBUF_INIT, outlets = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	struct known **asked;
	struct db_result *r;
	size_t k = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		k += x[i].text->sentences_n;
	asked = arena_alloc(&b->arena, (k + 1) * sizeof(struct known *));
	k = unknown(b, x, n, asked, &hashes, &outlets);
	if (!k)
		return 0;
	strbuf_addc(&hashes, '}');
	strbuf_addc(&outlets, '}');
	params_take(&p, &hashes);
	params_take(&p, &outlets);
	rc = db_query(b->db, SQL_COMMON, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		size_t at = (size_t)db_int(r, i, 0);

		if (at >= 1 && at <= k)
			read_known(r, i, asked[at - 1]);
	}
	db_result_free(r);
	return 0;
}

/* With what the batch itself carried. */
static enum carried carried_of(const struct memory *m,
    const struct of_outlet *x)
{
	struct known k = *known_find(m, x);

	for (const struct entry *e = table_chain(&m->carried, x); e; e = e->next)
		if (same_of(&e->of, x))
			add_story(k.in, ARRAY_LEN(k.in),
			    ((const struct carried_now *)e)->story->id);
	return carried_by(count_stories(k.in, ARRAY_LEN(k.in)));
}

int batch_common(void *self, const struct outlet_text *x, size_t n,
    enum carried *common, struct err *err)
{
	struct batch *b = self;

	if (common_ask(b, x, n, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < x[i].text->sentences_n; s++)
			*common++ = carried_of(b->memory, &(struct of_outlet){
			    x[i].text->sentences[s].hash, x[i].outlet_id});
	return 0;
}

struct outlet_texts {
	struct outlet_text *items; /* NULL: they are counted */
	size_t n;
};

static void add_text(struct outlet_texts *x, const struct text *t,
    int64_t outlet_id)
{
	if (x->items)
		x->items[x->n] = (struct outlet_text){t, outlet_id};
	x->n++;
}

static void texts_of_posting(struct outlet_texts *x, const struct j_posting *p)
{
	size_t n = p->sightings_n;

	for (size_t i = n > STORY_TEXTS_MAX ? n - STORY_TEXTS_MAX : 0; i < n; i++)
		add_text(x, p->sightings[i]->text, p->outlet_id);
	if (n)
		add_text(x, p->sightings[n - 1]->version->text, p->outlet_id);
}

/* Of a story that is on thousands of pages few are compared: the last ones, and
 * the page's own. */
static void texts_of(const struct batch *b, struct outlet_texts *x,
    const struct j_story *s)
{
	for (size_t i = 0; i < s->versions_n; i++)
		add_text(x, s->versions[i]->text, s->versions[i]->outlet_id);
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_posting *p = s->postings[i];

		if (s->postings_n - i <= STORY_TEXTS_MAX ||
		    page_find(b, p->host_key, p->url_key))
			texts_of_posting(x, p);
	}
}

/* What judging will ask of texts that the stories carry. */
static int common_of(struct batch *b, struct j_story *const *stories, size_t n,
    struct err *err)
{
	struct outlet_texts x = {0};

	for (size_t i = 0; i < n; i++)
		texts_of(b, &x, stories[i]);
	x.items = arena_alloc(&b->arena, (x.n + 1) * sizeof(*x.items));
	x.n = 0;
	for (size_t i = 0; i < n; i++)
		texts_of(b, &x, stories[i]);
	return common_ask(b, x.items, x.n, err);
}

/* One more, unless the story has it: a page may say one thing without end. */
static bool add_carried(struct batch *b, struct table *t,
    const struct of_outlet *of, const struct j_story *s)
{
	struct carried_now *c;

	for (const struct entry *e = table_chain(t, of); e; e = e->next)
		if (same_of(&e->of, of) &&
		    ((const struct carried_now *)e)->story == s)
			return false;
	c = arena_alloc(&b->arena, sizeof(*c));
	*c = (struct carried_now){{*of, NULL}, s};
	table_add(t, &c->entry);
	return true;
}

int batch_carried(void *self, const struct j_page *page,
    const struct j_carried *x, struct err *err)
{
	struct batch *b = self;
	struct strbuf hashes = STRBUF_INIT;
	struct params p = PARAMS_INIT;

	for (size_t i = 0; i < x->text->sentences_n; i++) {
		struct of_outlet of = {x->text->sentences[i].hash,
		    page->outlet_id};

		if (!add_carried(b, &b->memory->carried, &of, x->story))
			continue;
		item_int(&hashes, (int64_t)of.hash);
		of.outlet_id = 0;
		add_carried(b, &b->memory->told, &of, x->story);
	}
	if (hashes.n) {
		strbuf_addc(&hashes, '}');
		params_take(&p, &hashes);
		params_int(&p, page->outlet_id);
		params_int(&p, x->story->id);
		params_bool(&p, story_is_own(b, x->story->id));
		rows_add(&b->rows, ROW_SENTENCE, &p);
	}
	return !x->sketch ? 0 : sketch_save(b, x->story, x->version, x->text,
	    x->sketch, err);
}

/* What the database has of a page around t; more: further times that are asked
 * with. */
static int ask_page(struct batch *b, const char *sql, const struct j_page *page,
    usec_t t, const usec_t *more, size_t more_n, struct db_result **r,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_hash(&p, page->url_key);
	params_time(&p, t);
	for (size_t i = 0; i < more_n; i++)
		params_time(&p, more[i]);
	rc = db_query(b->db, sql, &p, r, err);
	params_release(&p);
	return rc;
}

int batch_fetches(void *self, const struct j_page *page, usec_t t, usec_t from,
    usec_t to, usec_t *before, usec_t *after, struct err *err)
{
	struct batch *b = self;
	struct db_result *r;

	/* fetches of this batch count */
	if (rows_queue_kind(&b->rows, ROW_CAPTURE, b->db, err) ||
	    ask_page(b, SQL_FETCHES, page, t, (usec_t[]){from, to}, 2, &r, err))
		return -1;
	*before = db_time(r, 0, 0);
	*after = db_time(r, 0, 1);
	db_result_free(r);
	return 0;
}

int batch_gap(void *self, const struct j_page *page, usec_t t,
    struct j_gap *out, struct err *err)
{
	struct batch *b = self;
	struct db_result *r;

	/* fetches of this batch count */
	if (rows_queue_kind(&b->rows, ROW_CAPTURE, b->db, err) ||
	    ask_page(b, SQL_GAP, page, t, NULL, 0, &r, err))
		return -1;
	*out = (struct j_gap){.before = db_time(r, 0, 0),
	    .after = db_time(r, 0, 1), .before_text = db_hash(r, 0, 3),
	    .after_text = db_hash(r, 0, 4),
	    /* and one that the judge adds */
	    .misses = arena_alloc(&b->arena, (db_rows(r) + 1) *
	    sizeof(*out->misses))};
	for (size_t i = 0; i < db_rows(r); i++)
		if (db_time(r, i, 2) != TIME_NONE)
			out->misses[out->misses_n++] = db_time(r, i, 2);
	db_result_free(r);
	return 0;
}

int batch_story_at(void *self, const struct j_page *page, usec_t t,
    struct j_story **out, struct err *err)
{
	struct batch *b = self;
	struct db_result *r;
	int64_t id = 0;

	*out = NULL;
	/* stretches of this batch count */
	if (batch_settle(b, err) ||
	    ask_page(b, SQL_STORY_AT, page, t, NULL, 0, &r, err))
		return -1;
	if (db_rows(r))
		id = db_int(r, 0, 0);
	db_result_free(r);
	if (!id)
		return 0;
	*out = batch_story(b, id, err);
	return *out ? 0 : -1;
}

static void drop(struct batch *b, enum row_kind kind,
    const struct j_posting *q, usec_t at)
{
	struct params p = PARAMS_INIT;

	if (at == TIME_NONE) /* it was never written */
		return;
	params_int(&p, q->home);
	params_hash(&p, q->url_key);
	params_time(&p, at);
	rows_add(&b->rows, kind, &p);
}

void batch_drop_sighting(void *self, const struct j_posting *p, usec_t at)
{
	drop(self, ROW_SIGHTING_DROP, p, at);
}

void batch_drop_span(void *self, const struct j_posting *p, usec_t at)
{
	drop(self, ROW_MEMBER_DROP, p, at);
}

int batch_tell(void *self, const struct j_event *e, struct err *err)
{
	(void)err;
	event_save(self, e);
	return 0;
}
