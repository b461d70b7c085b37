/* What the batch wrote since the database was asked for candidates. */
#include "store/memory.h"

#include <stdlib.h>

void wrote_sketch(struct batch *b, const struct j_story *s,
    const struct j_version *v, const struct sketch *sketch)
{
	struct memory *m = b->memory;

	GROW(m->sketches, m->sketches_n, m->sketches_cap);
	m->sketches[m->sketches_n++] = (struct fresh_sketch){s, v->home,
	    sketch_time(v->effective), sketch->kept, sketch->kept_n};
}

/* Marks those of n sorted hashes that f has. */
static void mark_told(const struct fresh_sketch *f, const uint64_t *hashes,
    size_t n, bool *told)
{
	size_t i = 0, k = 0;

	while (i < n && k < f->n) {
		told[i] |= hashes[i] == f->kept[k];
		if (hashes[i] < f->kept[k])
			i++;
		else
			k++;
	}
}

size_t sketch_untold(struct batch *b, const struct j_version *v,
    const struct sketch *sketch, int64_t *out)
{
	const struct memory *m = b->memory;
	bool *told = arena_zalloc(&b->arena, sketch->kept_n + 1, sizeof(*told));
	usec_t at = sketch_time(v->effective);
	size_t n = 0;

	for (size_t k = 0; k < m->sketches_n; k++)
		if (m->sketches[k].home == v->home && m->sketches[k].at == at)
			mark_told(&m->sketches[k], sketch->kept,
			    sketch->kept_n, told);
	for (size_t i = 0; i < sketch->kept_n; i++)
		if (!told[i])
			out[n++] = (int64_t)sketch->kept[i];
	return n;
}

/* ---- what a text has in common with it --------------------------------------- */

/* A hash that the text shares with what the batch wrote of a story. */
struct shared {
	enum found_by by;
	int64_t root, home;
	uint64_t hash;
};

struct shares {
	struct shared *v;
	size_t n, cap;
};

static int cmp_shared(const void *a, const void *b)
{
	const struct shared *x = a, *y = b;

	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	if (x->home != y->home)
		return x->home < y->home ? -1 : 1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void add_shared(struct shares *all, struct shared x)
{
	GROW(all->v, all->n, all->cap);
	all->v[all->n++] = x;
}

/* Do too many stories that the database knows have it? */
static bool is_crowd(const struct looked *x, uint64_t hash)
{
	return hashes_have(x->crowd, x->crowd_n, hash);
}

/* What it shares with a sketch that the batch wrote. */
static void share_sketch(struct shares *all, const struct looked *x,
    const struct fresh_sketch *f)
{
	const struct sketch *s = x->look.sketch;
	size_t i = 0, k = 0;

	while (i < s->kept_n && k < f->n) {
		if (s->kept[i] == f->kept[k] && !is_crowd(x, s->kept[i]))
			add_shared(all, (struct shared){FOUND_BY_SKETCH,
			    f->story->id, f->home, s->kept[i]});
		if (s->kept[i] < f->kept[k])
			i++;
		else
			k++;
	}
}

static void share_sketches(struct shares *all, const struct memory *m,
    const struct looked *x)
{
	for (size_t i = 0; i < m->sketches_n; i++)
		if (sketch_is_near(m->sketches[i].at, x->look.at))
			share_sketch(all, x, &m->sketches[i]);
}

static void share_sentences(struct shares *all, const struct memory *m,
    const struct looked *x)
{
	for (size_t i = 0; i < x->sentences_n; i++) {
		struct of_outlet of = {.hash = x->sentences[i]};

		if (is_crowd(x, of.hash))
			continue;
		for (const struct entry *e = table_chain(&m->told, &of); e;
		    e = e->next) {
			int64_t id = ((const struct carried_now *)e)->story->id;

			if (e->of.hash == of.hash)
				add_shared(all, (struct shared){
				    FOUND_BY_SENTENCE, id, id, of.hash});
		}
	}
}

/* What home shares with the text in this way, of today's story root. */
static struct found *of_home(struct looked *x, const struct shared *s)
{
	for (size_t i = 0; i < x->found_n; i++)
		if (x->found[i].home == s->home && x->found[i].by == s->by)
			return &x->found[i];
	return add_found(x, s->by, s->root, s->home);
}

/* n more, both sorted; each once. An answer that was asked ahead stays as it is. */
static void add_hashes(struct batch *b, struct found *f, const struct shared *s,
    size_t n)
{
	uint64_t *all = arena_alloc(&b->arena, (f->hashes_n + n) *
	    sizeof(*all));
	size_t i = 0, k = 0, all_n = 0;

	while (i < f->hashes_n || k < n) {
		uint64_t h = k == n || (i < f->hashes_n &&
		    f->hashes[i] <= s[k].hash) ? f->hashes[i++] : s[k++].hash;

		if (!all_n || all[all_n - 1] != h)
			all[all_n++] = h;
	}
	f->hashes = all;
	f->hashes_n = all_n;
}

void add_shares(struct batch *b, struct looked *x)
{
	struct shares all = {0};
	size_t to;

	share_sketches(&all, b->memory, x);
	share_sentences(&all, b->memory, x);
	if (all.n)
		qsort(all.v, all.n, sizeof(*all.v), cmp_shared);
	for (size_t i = 0; i < all.n; i = to) {
		for (to = i; to < all.n && all.v[to].by == all.v[i].by &&
		    all.v[to].home == all.v[i].home; to++)
			;
		add_hashes(b, of_home(x, &all.v[i]), all.v + i, to - i);
	}
	free(all.v);
}
