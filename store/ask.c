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

static int cmp_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

/* Those of ids that are not held, ascending, each once. */
static size_t missing(const struct batch *b, const int64_t *ids, size_t n,
    int64_t *out)
{
	size_t all = 0, k = 0;

	for (size_t i = 0; i < n; i++)
		if (!batch_held(b, ids[i]))
			out[all++] = ids[i];
	if (all)
		qsort(out, all, sizeof(*out), cmp_ids);
	for (size_t i = 0; i < all; i++)
		if (!k || out[k - 1] != out[i])
			out[k++] = out[i];
	return k;
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

static int next_id(struct batch *b, int64_t *id, struct err *err)
{
	struct db_result *r;

	if (!b->next_id) {
		if (db_query(b->db, SQL_STORY_NEW_ID, NULL, &r, err))
			return -1;
		b->next_id = db_int(r, 0, 0);
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
	s->visited = TIME_NONE;
	s->fresh = true;
	remember(b, s->id, s);
	return s;
}

/* ---- sentences ---------------------------------------------------------------- */

static struct known *known_find(const struct memory *m, uint64_t hash,
    int64_t outlet)
{
	struct known *k = m->known[hash % MEMORY_BUCKETS];

	while (k && (k->hash != hash || k->outlet != outlet))
		k = k->next;
	return k;
}

/* What is asked for the first time, as columns of common.sql. */
static size_t unknown(struct batch *b, const int64_t *outlet,
    const uint64_t *hash, size_t n, struct known **out, struct strbuf *hashes,
    struct strbuf *outlets)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		struct known **head = &b->memory->known[hash[i] %
		    MEMORY_BUCKETS];

		if (known_find(b->memory, hash[i], outlet[i]))
			continue;
		out[k] = arena_zalloc(&b->arena, 1, sizeof(**out));
		*out[k] = (struct known){.hash = hash[i],
		    .outlet = outlet[i], .next = *head};
		*head = out[k++];
		item_int(hashes, (int64_t)hash[i]);
		item_int(outlets, outlet[i]);
	}
	return k;
}

static int ask_common(struct batch *b, const int64_t *outlet,
    const uint64_t *hash, size_t n, struct err *err)
{
	struct known **asked = arena_alloc(&b->arena, (n + 1) *
	    sizeof(struct known *));
	struct strbuf hashes = STRBUF_INIT, outlets = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	size_t k = unknown(b, outlet, hash, n, asked, &hashes, &outlets);
	int rc;

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
		size_t x = (size_t)db_int(r, i, 0);

		if (x < 1 || x > k)
			continue;
		asked[x - 1]->root = db_int(r, i, 1);
		asked[x - 1]->two = db_bool(r, i, 2);
	}
	db_result_free(r);
	return 0;
}

/* With what the batch itself carried: in two stories or more? */
static bool is_common(const struct memory *m, uint64_t hash, int64_t outlet)
{
	const struct known *k = known_find(m, hash, outlet);
	int64_t root = k->root;

	if (k->two)
		return true;
	for (const struct carried *c = m->carried[hash % MEMORY_BUCKETS]; c;
	    c = c->next) {
		if (c->hash != hash || c->outlet != outlet)
			continue;
		if (root && c->story->id != root)
			return true;
		root = c->story->id;
	}
	return false;
}

int batch_common(void *self, const int64_t *outlet, const uint64_t *hash,
    size_t n, bool *common, struct err *err)
{
	struct batch *b = self;

	if (ask_common(b, outlet, hash, n, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		common[i] = is_common(b->memory, hash[i], outlet[i]);
	return 0;
}

struct outlet_pairs {
	int64_t *outlet;
	uint64_t *hash;
	size_t n;
};

/* Counts without room for them. */
static void add_pairs(struct outlet_pairs *x, const struct text *t, int64_t outlet)
{
	for (size_t i = 0; x->hash && i < t->sentences_n; i++) {
		x->outlet[x->n + i] = outlet;
		x->hash[x->n + i] = t->sentences[i].hash;
	}
	x->n += t->sentences_n;
}

static void pairs_of(struct outlet_pairs *x, const struct j_story *s)
{
	for (size_t i = 0; i < s->versions_n; i++)
		add_pairs(x, s->versions[i]->text, s->versions[i]->outlet_id);
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_posting *p = s->postings[i];
		const struct j_sighting *last;

		if (!p->sightings_n)
			continue;
		last = p->sightings[p->sightings_n - 1];
		add_pairs(x, last->text, p->outlet_id);
		add_pairs(x, last->version->text, p->outlet_id);
	}
}

/* What judging will ask of texts that the stories carry. */
static int common_of(struct batch *b, struct j_story *const *stories, size_t n,
    struct err *err)
{
	struct outlet_pairs x = {0};

	for (size_t i = 0; i < n; i++)
		pairs_of(&x, stories[i]);
	x.outlet = arena_alloc(&b->arena, (x.n + 1) * sizeof(*x.outlet));
	x.hash = arena_alloc(&b->arena, (x.n + 1) * sizeof(*x.hash));
	x.n = 0;
	for (size_t i = 0; i < n; i++)
		pairs_of(&x, stories[i]);
	return ask_common(b, x.outlet, x.hash, x.n, err);
}

int batch_carried(void *self, const struct j_page *page,
    const struct j_story *s, const struct text *t, struct err *err)
{
	struct batch *b = self;
	struct strbuf hashes = STRBUF_INIT;
	struct params p = PARAMS_INIT;

	(void)err;
	for (size_t i = 0; i < t->sentences_n; i++) {
		uint64_t h = t->sentences[i].hash;
		struct carried *c = arena_alloc(&b->arena, sizeof(*c));
		struct carried **head = &b->memory->carried[h %
		    MEMORY_BUCKETS];

		*c = (struct carried){h, page->outlet_id, s, *head};
		*head = c;
		item_int(&hashes, (int64_t)h);
	}
	if (!t->sentences_n)
		return 0;
	strbuf_addc(&hashes, '}');
	params_take(&p, &hashes);
	params_int(&p, page->outlet_id);
	params_int(&p, s->id);
	rows_add(&b->rows, ROW_SENTENCE, &p);
	return 0;
}

int batch_fetches(void *self, const struct j_page *page, usec_t t, usec_t from,
    usec_t to, usec_t *before, usec_t *after, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	if (rows_queue_kind(&b->rows, ROW_CAPTURE, b->db, err))
		return -1; /* fetches of this batch count */
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
	(void)err;
	event_save(self, e);
	return 0;
}
