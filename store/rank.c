/* Candidates: which of all that share something with a text come first. */
#include "store/memory.h"

#include <stdlib.h>

#define CANONICAL_WORTH 1000000 /* before all others */

/* Does the story go on when the text is from? Whole sentences find stories of any
 * time; one that nobody visited since is another (FAR_HOURS of story/signals.h), and
 * must not take the place of one that is near. */
static bool goes_on(const struct batch *b, const struct looked *x,
    const struct found *f)
{
	const struct j_story *s;
	usec_t visited;

	if (f->by != FOUND_BY_SENTENCE)
		return true;
	s = batch_held(b, f->root);
	visited = s ? s->visited : f->visited;
	return visited == TIME_NONE || visited >= x->look.at - SKETCH_WINDOW;
}

/* Do so many stories have the text's headline that it tells nothing? */
static bool is_column(const struct looked *x)
{
	uint64_t title = x->look.sketch->title;
	size_t n = 0;

	for (size_t i = 0; title && i < x->found_n && n <= TITLE_MOST; i++)
		n += x->found[i].by == FOUND_BY_SKETCH && hashes_have(
		    x->found[i].hashes, x->found[i].hashes_n, title);
	return n > TITLE_MOST;
}

static size_t hash_worth(const struct looked *x, bool column, uint64_t h)
{
	const struct sketch *s = x->look.sketch;

	return column && h == s->title ? 0 : sketch_worth(s, h);
}

static bool tells(const struct looked *x, bool column, const struct found *f)
{
	size_t sum = 0;

	if (f->by != FOUND_BY_SKETCH)
		return true;
	for (size_t i = 0; i < f->hashes_n; i++)
		sum += hash_worth(x, column, f->hashes[i]);
	return sum >= CANDIDATE_HASHES;
}

/* How many stories have each hash of the text, of those that tell. */
struct common {
	uint64_t *hashes; /* all of the text's, sorted, each once */
	size_t *times;
	size_t n;
	bool column; /* the headline does not count */
};

/* Memory for what the text is found by, each hash once. */
static void common_init(struct batch *b, const struct looked *x,
    struct common *out)
{
	const struct sketch *s = x->look.sketch;
	size_t n = s->kept_n + x->sentences_n;

	out->hashes = arena_alloc(&b->arena, (n + 1) * sizeof(*out->hashes));
	out->times = arena_zalloc(&b->arena, n + 1, sizeof(*out->times));
	if (s->kept_n)
		memcpy(out->hashes, s->kept, s->kept_n * sizeof(*s->kept));
	if (x->sentences_n)
		memcpy(out->hashes + s->kept_n, x->sentences,
		    x->sentences_n * sizeof(*x->sentences));
	out->n = hashes_unique(out->hashes, n);
	out->column = is_column(x);
}

static size_t *times(const struct common *c, uint64_t h)
{
	return &c->times[hashes_place(c->hashes, c->n, h)];
}

static void common_make(struct batch *b, const struct looked *x,
    struct common *out)
{
	common_init(b, x, out);
	for (size_t i = 0; i < x->found_n; i++) {
		const struct found *f = &x->found[i];

		if (!tells(x, out->column, f))
			continue;
		for (size_t k = 0; k < f->hashes_n; k++)
			++*times(out, f->hashes[k]);
	}
}

/* What many stories share, as the words of a form do, tells little: a hash is
 * worth the less the more have it. */
static double worth(const struct common *c, const struct looked *x,
    const struct found *f)
{
	double sum = 0;

	for (size_t i = 0; i < f->hashes_n; i++)
		sum += (double)hash_worth(x, c->column, f->hashes[i]) /
		    (double)*times(c, f->hashes[i]);
	switch (f->by) {
	case FOUND_BY_SENTENCE:
		return SENTENCE_HASHES * sum;
	case FOUND_BY_CANONICAL:
		return f->gone ? 0 : CANONICAL_WORTH;
	default:
		return sum;
	}
}

/* All that a story shares with the text: of each way the most that one of its
 * homes has. */
struct rank {
	int64_t root;
	double ways[FOUND_WAYS];
};

static double weight(const struct rank *r)
{
	double sum = 0;

	for (size_t i = 0; i < FOUND_WAYS; i++)
		sum += r->ways[i];
	return sum;
}

/* Best first; of equals the one with the lower id. */
static int by_rank(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;
	double p = weight(x), q = weight(y);

	if (p > q || p < q)
		return p > q ? -1 : 1;
	return x->root < y->root ? -1 : x->root > y->root;
}

static int by_root(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	return x->root < y->root ? -1 : x->root > y->root;
}

/* Those of one story become one: of each way the most. */
static size_t join_ranks(struct rank *ranks, size_t n)
{
	size_t k = 0;

	if (n)
		qsort(ranks, n, sizeof(*ranks), by_root);
	for (size_t i = 0; i < n; i++) {
		if (!k || ranks[k - 1].root != ranks[i].root) {
			ranks[k++] = ranks[i];
			continue;
		}
		for (size_t w = 0; w < FOUND_WAYS; w++)
			if (ranks[i].ways[w] > ranks[k - 1].ways[w])
				ranks[k - 1].ways[w] = ranks[i].ways[w];
	}
	return k;
}

static size_t rank_all(struct batch *b, const struct looked *x,
    struct rank *ranks)
{
	struct common c;
	size_t n = 0;

	common_make(b, x, &c);
	for (size_t i = 0; i < x->found_n; i++) {
		const struct found *f = &x->found[i];
		double y = tells(x, c.column, f) && goes_on(b, x, f) ?
		    worth(&c, x, f) : 0;

		if (y <= 0)
			continue;
		ranks[n] = (struct rank){.root = f->root};
		ranks[n++].ways[f->by] = y;
	}
	n = join_ranks(ranks, n);
	if (n)
		qsort(ranks, n, sizeof(*ranks), by_rank);
	return n;
}

size_t look_rank(struct batch *b, const struct looked *x, int64_t *ids,
    size_t max)
{
	struct rank *ranks = arena_alloc(&b->arena, (x->found_n + 1) *
	    sizeof(*ranks));
	size_t all = rank_all(b, x, ranks), n = 0;

	while (n < max && n < all) {
		ids[n] = ranks[n].root;
		n++;
	}
	return n;
}
