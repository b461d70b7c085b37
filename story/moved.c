/* Sentences that stand elsewhere in the other body. */
#include "story/diff.h"

#include <stdlib.h>

#define MOVED_WORDS 6 /* a shorter sentence is no moved one */

void diff_pair(struct side *x, struct span *s, struct side *y, struct span *t,
    bool moved)
{
	s->match = t->match = 1;
	for (uint32_t i = 0; i < s->to - s->from; i++) {
		struct piece *p = &x->p[s->from + i], *q = &y->p[t->from + i];

		p->moved = q->moved = moved;
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

void diff_find_moved(struct side *x, struct side *y)
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
