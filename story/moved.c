/* Sentences that stand elsewhere in the other body. */
#include "story/diff.h"

#include <stdlib.h>

#define MOVED_WORDS 6 /* a shorter sentence is no moved one */
/*
 * One that changed as well keeps 3/4 of its words, in order: two reports of one
 * form ("Shares of A rose 3 pct to 45.2") have fewer in common. Each sentence is
 * compared with each: 128 on either side that found no partner take 16,384
 * comparisons (10 ms); where there are more, the text is another.
 */
#define EDITED_KEEPS(n) (((n) * 3 + 3) / 4)
#define EDITED_SPANS	128

void diff_pair(struct side *x, struct span *s, struct side *y, struct span *t,
    bool moved)
{
	s->match = t->match = 1;
	for (uint32_t i = 0; i < s->to - s->from; i++) {
		struct piece *p = &x->p[s->from + i], *q = &y->p[t->from + i];

		p->moved = q->moved = moved;
		p->settled = q->settled = true;
		if (!moved) {
			p->match = t->from + i + 1;
			q->match = s->from + i + 1;
		}
	}
}

static int cmp_spans(const void *a, const void *b)
{
	const struct span *x = *(struct span *const *)a;
	const struct span *y = *(struct span *const *)b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Long sentences that found no partner, by hash. */
static size_t lone_spans(struct side *x, struct span **out)
{
	size_t n = 0;

	for (size_t i = 0; i < x->spans_n; i++)
		if (!x->spans[i].match &&
		    x->spans[i].to - x->spans[i].from >= MOVED_WORDS)
			out[n++] = &x->spans[i];
	if (n)
		qsort(out, n, sizeof(struct span *), cmp_spans);
	return n;
}

/* What was deleted in one place and stands, whole, in another. */
static void find_whole(struct side *x, struct side *y)
{
	struct span **a = xcalloc(x->spans_n + y->spans_n + 1,
	    sizeof(struct span *));
	struct span **b = a + x->spans_n;
	size_t an = lone_spans(x, a), bn = lone_spans(y, b), i = 0, k = 0;

	while (i < an && k < bn) {
		if (a[i]->hash == b[k]->hash)
			diff_pair(x, a[i++], y, b[k++], true);
		else if (a[i]->hash < b[k]->hash)
			i++;
		else
			k++;
	}
	free(a);
}

/* ---- with words changed ------------------------------------------------------- */

/* A sentence that waits for a partner. */
struct lone {
	struct span *span;
	size_t n;	/* words */
	size_t stretch; /* which of those between sentences that stayed */
	bool taken;
};

/* Partners, by their places among the lone ones. */
struct couple {
	size_t x, y;
	size_t common;	/* words, in order */
	bool near;	/* in one stretch */
	size_t best;	/* words of the best row that ends with it */
	size_t before;	/* in that row, + 1; 0: none */
	bool stays;	/* changed where it stands: words are aligned later */
};

static uint64_t *hashes_of(const struct side *x, const struct span *s,
    uint64_t *to)
{
	for (uint32_t i = s->from; i < s->to; i++)
		to[i - s->from] = x->p[i].hash;
	return to;
}

/* In the text's order; 0 where there are too many, or too long. */
static size_t find_lone(const struct side *x, struct lone *out, size_t *words)
{
	size_t n = 0, stretch = 0;

	for (size_t i = 0; i < x->spans_n; i++) {
		struct span *s = &x->spans[i];

		if (s->match) {
			stretch += !x->p[s->from].moved;
			continue;
		}
		if (s->to - s->from < MOVED_WORDS)
			continue;
		if (n == EDITED_SPANS)
			return 0;
		*words += s->to - s->from;
		out[n++] = (struct lone){s, s->to - s->from, stretch, false};
	}
	return n;
}

static int cmp_couples(const void *a, const void *b)
{
	const struct couple *c = a, *d = b;

	if (c->common != d->common)
		return c->common > d->common ? -1 : 1;
	if (c->near != d->near)
		return c->near ? -1 : 1;
	if (c->x != d->x)
		return c->x < d->x ? -1 : 1;
	return c->y < d->y ? -1 : c->y > d->y;
}

static int cmp_places(const void *a, const void *b)
{
	const struct couple *c = a, *d = b;

	return c->x < d->x ? -1 : c->x > d->x;
}

/* All that have enough in common, each sentence in one: the most alike first, of
 * equals those that may not have moved. */
static size_t make_couples(const struct side *x, struct lone *a, size_t an,
    const struct side *y, struct lone *b, size_t bn, struct couple *out)
{
	uint64_t *h = xcalloc(x->n + y->n + 1, sizeof(*h)), *k = h + x->n;
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < an; i++) {
		hashes_of(x, a[i].span, h);
		for (size_t j = 0; j < bn; j++) {
			size_t most = a[i].n > b[j].n ? a[i].n : b[j].n;
			size_t least = a[i].n < b[j].n ? a[i].n : b[j].n;
			size_t common;

			if (least < EDITED_KEEPS(most))
				continue;
			common = text_common_words(h, a[i].n,
			    hashes_of(y, b[j].span, k), b[j].n);
			if (common >= EDITED_KEEPS(most))
				out[n++] = (struct couple){.x = i, .y = j,
				    .common = common, .near =
				    a[i].stretch == b[j].stretch};
		}
	}
	free(h);
	if (n)
		qsort(out, n, sizeof(*out), cmp_couples);
	for (size_t i = 0; i < n; i++)
		if (!a[out[i].x].taken && !b[out[i].y].taken) {
			a[out[i].x].taken = b[out[i].y].taken = true;
			out[kept++] = out[i];
		}
	return kept;
}

/* Of those in one stretch the row, in order, with the most words has not moved. */
static void find_staying(struct couple *c, size_t n)
{
	size_t last = 0;

	qsort(c, n, sizeof(*c), cmp_places);
	for (size_t i = 0; i < n; i++) {
		if (!c[i].near)
			continue;
		for (size_t j = 0; j < i; j++)
			if (c[j].y < c[i].y && c[j].best > c[i].best) {
				c[i].best = c[j].best;
				c[i].before = j + 1;
			}
		c[i].best += c[i].common;
		if (!last || c[i].best > c[last - 1].best)
			last = i + 1;
	}
	for (; last; last = c[last - 1].before)
		c[last - 1].stays = true;
}

static void pair_edited(struct side *x, struct span *s, struct side *y,
    struct span *t)
{
	size_t n = s->to - s->from, m = t->to - t->from;
	uint64_t *h = xcalloc(n + m, sizeof(*h));
	uint32_t *match = xcalloc(n, sizeof(*match));

	diff_align(hashes_of(x, s, h), n, hashes_of(y, t, h + n), m, match);
	for (size_t i = 0; i < n; i++) {
		x->p[s->from + i].settled = true;
		x->p[s->from + i].moved = match[i] > 0;
		if (match[i])
			y->p[t->from + match[i] - 1].moved = true;
	}
	for (size_t i = 0; i < m; i++)
		y->p[t->from + i].settled = true;
	s->match = t->match = 1;
	free(h);
	free(match);
}

/* What stands in another place with few words changed. */
static void find_edited(struct side *x, struct side *y)
{
	struct lone *a = xcalloc(2 * EDITED_SPANS, sizeof(*a));
	struct lone *b = a + EDITED_SPANS;
	size_t x_words = 0, y_words = 0, n;
	size_t an = find_lone(x, a, &x_words), bn = find_lone(y, b, &y_words);
	struct couple *c = NULL;

	if (!an || !bn || x_words > DIFF_CELLS / y_words)
		goto out;
	c = xcalloc(an * bn, sizeof(*c));
	n = make_couples(x, a, an, y, b, bn, c);
	if (!n)
		goto out;
	find_staying(c, n);
	for (size_t i = 0; i < n; i++)
		if (!c[i].stays)
			pair_edited(x, a[c[i].x].span, y, b[c[i].y].span);
out:
	free(a);
	free(c);
}

void diff_find_moved(struct side *x, struct side *y)
{
	find_whole(x, y);
	find_edited(x, y);
}
