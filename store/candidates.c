/* What the database knows in common with texts: one question for several. */
#include "store/memory.h"

#include "store/sql.h"

#include <stdlib.h>

/* ---- what is asked -------------------------------------------------------- */

/* A hash that a text of the question has. */
struct key {
	uint64_t hash;
	size_t text;
};

/* All of them, by hash; each hash is asked once. */
struct keys {
	struct key *v;
	size_t n;
	size_t *from; /* where those of the i-th hash begin, and the end */
	size_t hashes_n;
};

static int cmp_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->text < y->text ? -1 : x->text > y->text;
}

static void add_keys(struct keys *k, const uint64_t *hashes, size_t n,
    size_t text)
{
	for (size_t i = 0; i < n; i++)
		k->v[k->n++] = (struct key){hashes[i], text};
}

/* In order, each once; *p gets the hashes. */
static void finish_keys(struct keys *k, struct arena *a, struct params *p)
{
	int64_t *hashes = arena_alloc(a, (k->n + 1) * sizeof(*hashes));
	size_t n = 0;

	if (k->n)
		qsort(k->v, k->n, sizeof(*k->v), cmp_key);
	k->from = arena_alloc(a, (k->n + 1) * sizeof(*k->from));
	for (size_t i = 0; i < k->n; i++) {
		if (n && !cmp_key(&k->v[n - 1], &k->v[i]))
			continue; /* a sentence that the text has twice */
		k->v[n] = k->v[i];
		if (!n || k->v[n - 1].hash != k->v[n].hash) {
			hashes[k->hashes_n] = (int64_t)k->v[n].hash;
			k->from[k->hashes_n++] = n;
		}
		n++;
	}
	k->n = n;
	k->from[k->hashes_n] = n;
	params_ints(p, hashes, k->hashes_n);
}

static int ask_sketches(struct batch *b, const struct looked *x, size_t n,
    struct keys *k, struct err *err)
{
	struct params p = PARAMS_INIT;
	usec_t first = INT64_MAX, last = INT64_MIN;
	size_t all = 0;
	int rc;

	for (size_t i = 0; i < n; i++) {
		all += x[i].look.sketch->kept_n;
		first = x[i].look.at < first ? x[i].look.at : first;
		last = x[i].look.at > last ? x[i].look.at : last;
	}
	k->v = arena_alloc(&b->arena, (all + 1) * sizeof(*k->v));
	for (size_t i = 0; i < n; i++)
		add_keys(k, x[i].look.sketch->kept, x[i].look.sketch->kept_n,
		    i);
	finish_keys(k, &b->arena, &p);
	params_time(&p, time_within(sketch_time(first) - SKETCH_WINDOW));
	params_time(&p, time_within(sketch_time(last) + SKETCH_WINDOW));
	params_int(&p, HASH_ROWS + 1);
	rc = db_ask(b->db, SQL_LOOK_SKETCH, &p, err);
	params_release(&p);
	return rc;
}

static int ask_sentences(struct batch *b, const struct looked *x, size_t n,
    struct keys *k, struct err *err)
{
	struct params p = PARAMS_INIT;
	size_t all = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		all += x[i].sentences_n;
	k->v = arena_alloc(&b->arena, (all + 1) * sizeof(*k->v));
	for (size_t i = 0; i < n; i++)
		add_keys(k, x[i].sentences, x[i].sentences_n, i);
	finish_keys(k, &b->arena, &p);
	params_int(&p, HASH_ROWS + 1);
	params_int(&p, SENTENCE_ROWS);
	rc = db_ask(b->db, SQL_LOOK_SENTENCE, &p, err);
	params_release(&p);
	return rc;
}

/* Canonical URLs that the texts' pages name, each once. */
struct canonicals {
	struct hash128 *v;
	size_t n;
};

static bool has_canonical(const struct canonicals *c, struct hash128 h)
{
	for (size_t i = 0; i < c->n; i++)
		if (hash128_eq(c->v[i], h))
			return true;
	return false;
}

static int ask_canonicals(struct batch *b, const struct looked *x, size_t n,
    struct canonicals *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	c->v = arena_alloc(&b->arena, (n + 1) * sizeof(*c->v));
	for (size_t i = 0; i < n; i++)
		if (!hash128_is_zero(x[i].canonical) &&
		    !has_canonical(c, x[i].canonical))
			c->v[c->n++] = x[i].canonical;
	params_hashes(&p, c->v, c->n);
	params_int(&p, CANONICAL_ROWS + 1);
	rc = db_ask(b->db, SQL_LOOK_CANONICAL, &p, err);
	params_release(&p);
	return rc;
}

/* ---- what is answered ------------------------------------------------------ */

/* A text and a story have a hash in common. */
struct hit {
	size_t text;
	int64_t story;
	uint64_t hash;
};

struct hits {
	struct hit *v;
	size_t n, cap;
};

static int cmp_hit(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void add_hit(struct hits *h, struct hit x)
{
	GROW(h->v, h->n, h->cap);
	h->v[h->n++] = x;
}

/* Each once: a story has a sentence of two outlets, a sketch's hash at two times. */
static void sort_hits(struct hits *h)
{
	size_t n = 0;

	if (h->n)
		qsort(h->v, h->n, sizeof(*h->v), cmp_hit);
	for (size_t i = 0; i < h->n; i++)
		if (!n || cmp_hit(&h->v[n - 1], &h->v[i]))
			h->v[n++] = h->v[i];
	h->n = n;
}

static void add_all_found(struct looked *x, enum found_by by,
    const struct hits *h, struct arena *a)
{
	size_t least = by == FOUND_BY_SKETCH ? CANDIDATE_HASHES : 1, k;

	for (size_t i = 0; i < h->n; i = k) {
		const struct sketch *s = x[h->v[i].text].look.sketch;
		size_t worth = 0;
		struct found *f;

		for (k = i; k < h->n && h->v[k].text == h->v[i].text &&
		    h->v[k].story == h->v[i].story; k++)
			worth += sketch_worth(s, h->v[k].hash);
		if (worth < least)
			continue;
		f = add_found(&x[h->v[i].text], by, 0, h->v[i].story);
		f->hashes = arena_alloc(a, (k - i) * sizeof(*f->hashes));
		for (size_t j = i; j < k; j++)
			f->hashes[f->hashes_n++] = h->v[j].hash;
	}
}

/* Is the key its text's headline? */
static bool is_title(const struct looked *x, const struct key *k)
{
	return k->hash == x[k->text].look.sketch->title;
}

/* How many rows each headline has near its text. */
static size_t *title_rows(struct batch *b, const struct looked *x,
    const struct keys *k, const struct db_result *r)
{
	size_t *n = arena_zalloc(&b->arena, k->n + 1, sizeof(*n));

	for (size_t row = 0; row < db_rows(r); row++) {
		size_t i = (size_t)db_int(r, row, 0) - 1;
		usec_t at = db_time(r, row, 2);

		for (size_t j = k->from[i]; j < k->from[i + 1]; j++)
			n[j] += is_title(x, &k->v[j]) && sketch_is_near(at,
			    x[k->v[j].text].look.at);
	}
	return n;
}

/* Hashes that have more rows than are asked for: their texts get to know, and are
 * not found by them. */
static bool *mark_crowds(struct batch *b, struct looked *x,
    const struct keys *k, const struct db_result *r)
{
	size_t *n = arena_zalloc(&b->arena, k->hashes_n + 1, sizeof(*n));
	bool *common = arena_zalloc(&b->arena, k->hashes_n + 1, 1);

	for (size_t row = 0; row < db_rows(r); row++)
		n[db_int(r, row, 0) - 1]++;
	for (size_t i = 0; i < k->hashes_n; i++) {
		common[i] = n[i] > HASH_ROWS;
		for (size_t j = k->from[i]; common[i] && j < k->from[i + 1];
		    j++)
			add_crowd(b, &x[k->v[j].text], k->v[j].hash);
	}
	return common;
}

/* Stories that have hashes which were asked for: the number of one (1-based), the
 * story, and of a sketch's the time. */
static int read_hashes(struct batch *b, struct looked *x,
    const struct keys *k, enum found_by by, struct err *err)
{
	struct hits h = {0};
	struct db_result *r;
	size_t *titles;
	bool *common;

	if (db_answer(b->db, &r, err))
		return -1;
	titles = by == FOUND_BY_SKETCH ? title_rows(b, x, k, r) : NULL;
	common = mark_crowds(b, x, k, r);
	for (size_t row = 0; row < db_rows(r); row++) {
		size_t i = (size_t)db_int(r, row, 0) - 1;
		struct hit hit = {.story = db_int(r, row, 1)};
		usec_t at = by == FOUND_BY_SKETCH ? db_time(r, row, 2) : 0;

		if (common[i])
			continue;
		for (size_t j = k->from[i]; j < k->from[i + 1]; j++) {
			hit.text = k->v[j].text;
			hit.hash = k->v[j].hash;
			if (by == FOUND_BY_SKETCH &&
			    (titles[j] > TITLE_ROWS ||
			    !sketch_is_near(at, x[hit.text].look.at)))
				continue;
			add_hit(&h, hit);
		}
	}
	db_result_free(r);
	sort_hits(&h);
	add_all_found(x, by, &h, &b->arena);
	free(h.v);
	return 0;
}

/* Pages [from, to) name the canonical URL of x. */
static void add_canonicals(struct looked *x, const struct db_result *r,
    size_t from, size_t to)
{
	x->front = to - from > CANONICAL_ROWS;
	for (size_t row = from; row < to && !x->front; row++)
		add_found(x, FOUND_BY_CANONICAL, 0, db_int(r, row, 1))->page =
		    db_hash(r, row, 2);
}

static int read_canonicals(struct batch *b, struct looked *x, size_t n,
    const struct canonicals *c, struct err *err)
{
	struct db_result *r;
	size_t to;

	if (db_answer(b->db, &r, err))
		return -1;
	for (size_t row = 0; row < db_rows(r); row = to) {
		int64_t key = db_int(r, row, 0);

		for (to = row; to < db_rows(r) && db_int(r, to, 0) == key; to++)
			;
		for (size_t i = 0; i < n; i++)
			if (hash128_eq(x[i].canonical, c->v[key - 1]))
				add_canonicals(&x[i], r, row, to);
	}
	db_result_free(r);
	return 0;
}

/* ---- what the stories are today --------------------------------------------- */

static size_t homes_of(const struct looked *x, size_t n, int64_t *ids)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < x[i].found_n; j++)
			ids[all++] = x[i].found[j].home;
	return ids_unique(ids, all);
}

/* A story today. */
struct root {
	int64_t id; /* 0: none */
	usec_t visited;
};

/* Those without a story's row go. */
static void set_roots(struct looked *x, const int64_t *ids,
    const struct root *roots, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < x->found_n; i++) {
		const int64_t *at = bsearch(&x->found[i].home, ids, n,
		    sizeof(*ids), cmp_ids);

		x->found[k] = x->found[i];
		x->found[k].root = roots[at - ids].id;
		x->found[k].visited = roots[at - ids].visited;
		k += x->found[k].root != 0;
	}
	x->found_n = k;
}

static int find_roots(struct batch *b, struct looked *x, size_t n,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	struct root *roots;
	int64_t *ids;
	size_t k = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		k += x[i].found_n;
	if (!k)
		return 0;
	ids = arena_alloc(&b->arena, k * sizeof(*ids));
	k = homes_of(x, n, ids);
	roots = arena_zalloc(&b->arena, k, sizeof(*roots));
	params_ints(&p, ids, k);
	rc = db_query(b->db, SQL_LOOK_ROOT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t row = 0; row < db_rows(r); row++)
		roots[db_int(r, row, 0) - 1] = (struct root){
		    db_int(r, row, 1), db_time(r, row, 2)};
	db_result_free(r);
	for (size_t i = 0; i < n; i++)
		set_roots(&x[i], ids, roots, k);
	return 0;
}

int candidates_ask(struct batch *b, struct looked *x, size_t n,
    struct err *err)
{
	struct keys sketches = {0}, sentences = {0};
	struct canonicals canonicals = {0};

	if (!n)
		return 0;
	if (ask_sketches(b, x, n, &sketches, err) ||
	    ask_sentences(b, x, n, &sentences, err) ||
	    ask_canonicals(b, x, n, &canonicals, err))
		return -1;
	if (read_hashes(b, x, &sketches, FOUND_BY_SKETCH, err) ||
	    read_hashes(b, x, &sentences, FOUND_BY_SENTENCE, err) ||
	    read_canonicals(b, x, n, &canonicals, err)) {
		db_forget(b->db);
		return -1;
	}
	return find_roots(b, x, n, err);
}
