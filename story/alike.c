/* Texts that fill one form: the same sentences with other names and figures. */
#include "story/signals.h"

#include <stdlib.h>

#define SENTENCE_WORDS 5  /* a shorter sentence is no sign */
#define PLAIN_WORDS    3  /* that are neither name nor figure */
#define LEAD_SENTENCES 3  /* "U.S. Treasury" may end the first */
#define FORM_SHARE     .5 /* of the shorter text's sentences */
#define REST_WORDS     20 /* of each text between what both begin and end with */
#define REST_SHARE     .1 /* of the poorer rest in the other: nothing */

enum blank { PLAIN, NAME, FIGURE };

static bool is_spelt(struct slice w)
{
	static const char *const figures[] = {"one", "two", "three", "four",
	    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};

	for (size_t i = 0; i < ARRAY_LEN(figures); i++)
		if (w.n && (w.p[0] | 32) == figures[i][0] &&
		    slice_ieq(w, slice_of(figures[i])))
			return true;
	return false;
}

static enum blank blank_of(struct slice w)
{
	if ((w.n && w.p[0] >= '0' && w.p[0] <= '9') || is_spelt(w))
		return FIGURE;
	return w.n && w.p[0] >= 'A' && w.p[0] <= 'Z' ? NAME : PLAIN;
}

static uint64_t add(uint64_t h, uint64_t word)
{
	uint64_t pair[2] = {h, word};

	return hash64(pair, sizeof(pair));
}

/* A blank is as long as it may be: "Bank of Boston Corp" has two, "Nomura
 * International" one. */
static struct form form_of(const struct counted *c, size_t sentence)
{
	struct form f = {0};
	enum blank before = PLAIN;

	for (size_t i = counted_at(c, sentence); i < c->ends[sentence]; i++) {
		enum blank b = blank_of(c->word[i]);

		if (b == PLAIN) {
			f.plain = add(f.plain, c->hash[i]);
			f.plain_n++;
		} else if (b != before) {
			f.plain = add(f.plain, b);
		}
		if (b == NAME)
			f.names = add(f.names, c->hash[i]);
		if (b == FIGURE)
			f.figures = add(f.figures, c->hash[i]);
		before = b;
	}
	return f;
}

void alike_measure(const struct counted *c, struct measured *out)
{
	size_t most = c->text->sentences_n, n = 0;

	out->forms = arena_alloc(c->text->arena, (most + 1) *
	    sizeof(*out->forms));
	for (size_t i = 0; i < most && n < FORMS_MAX; i++) {
		if (counted_in(c, i) < SENTENCE_WORDS)
			continue;
		out->forms[n] = form_of(c, i);
		n += out->forms[n].plain_n >= PLAIN_WORDS;
	}
	out->forms_n = n;
}

static bool same_plain(const struct form *x, const struct form *y)
{
	return x->plain == y->plain;
}

static bool same_whole(const struct form *x, const struct form *y)
{
	return same_plain(x, y) && x->names == y->names &&
	    x->figures == y->figures;
}

static bool stands_in(const struct form *x, const struct form *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (same_whole(x, &y[i]))
			return true;
	return false;
}

bool alike_but_figures(const struct counted *a, const struct counted *b)
{
	const struct form *x = a->measured->forms, *y = b->measured->forms;
	size_t xn = a->measured->forms_n, yn = b->measured->forms_n, i = 0;

	while (i < xn && i < yn && same_whole(&x[i], &y[i]))
		i++;
	return i < xn && i < yn && i < LEAD_SENTENCES &&
	    same_plain(&x[i], &y[i]) && x[i].names == y[i].names;
}

/* Sentences that x and y share but for what stands in the blanks. */
struct filled {
	size_t n; /* of x */
	bool names, figures;
};

/* Those of x that do not stand in y as they are. */
static size_t not_in(const struct measured *x, const struct measured *y,
    const struct form *out[FORMS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < x->forms_n; i++)
		if (!stands_in(&x->forms[i], y->forms, y->forms_n))
			out[n++] = &x->forms[i];
	return n;
}

/* What stands as it is in both is no form of what stands in one: "Raw sugar" below
 * "White sugar" is a line more. */
static struct filled filled_otherwise(const struct form *const *x, size_t xn,
    const struct form *const *y, size_t yn)
{
	struct filled r = {0};

	for (size_t i = 0; i < xn; i++) {
		const struct form *f = x[i];
		bool any = false;

		for (size_t k = 0; k < yn; k++) {
			const struct form *g = y[k];

			if (!same_plain(f, g))
				continue;
			any = true;
			r.names |= f->names != g->names;
			r.figures |= f->figures != g->figures;
		}
		r.n += any;
	}
	return r;
}

bool alike_but_blanks(const struct counted *a, const struct counted *b)
{
	const struct measured *x = a->measured, *y = b->measured;
	size_t least = x->forms_n < y->forms_n ? x->forms_n : y->forms_n;
	const struct form *mine[FORMS_MAX], *others[FORMS_MAX];
	size_t xn = not_in(x, y, mine), yn = not_in(y, x, others);
	struct filled p = filled_otherwise(mine, xn, others, yn);
	struct filled q = filled_otherwise(others, yn, mine, xn);

	return p.names && p.figures &&
	    (double)(p.n < q.n ? p.n : q.n) >= FORM_SHARE * (double)least;
}

/* ---- sentences at the ends ------------------------------------------------- */

/* The sentences that count, as numbers. */
static size_t sentences(const struct counted *c, size_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->text->sentences_n; i++)
		if (counted_in(c, i))
			out[n++] = i;
	return n;
}

static bool same_sentence(const struct counted *a, size_t i,
    const struct counted *b, size_t k)
{
	return counted_hash(a, i) == counted_hash(b, k);
}

/* What is left of c: sentences from to to of those that count. */
static size_t rest_of(const struct counted *c, const size_t *which,
    size_t from, size_t to, struct arena *a, struct sketch *out)
{
	size_t words = 0, n = c->text->sentences_n;
	bool *skip = arena_alloc(a, n + 1);

	memset(skip, true, n + 1);
	for (size_t i = from; i < to; i++) {
		skip[which[i]] = false;
		words += counted_in(c, which[i]);
	}
	sketch_make(c->text, skip, a, out);
	return words;
}

static double containment(const struct sketch *x, const struct sketch *y)
{
	size_t least = x->all_n < y->all_n ? x->all_n : y->all_n;

	return least ? (double)hashes_common(x->all, x->all_n, y->all,
	    y->all_n, SIZE_MAX) / (double)least : 0;
}

static bool rests_differ(const struct counted *a, const struct counted *b,
    struct arena *arena)
{
	size_t *p = arena_alloc(arena, (a->text->sentences_n + 1) * sizeof(*p));
	size_t *q = arena_alloc(arena, (b->text->sentences_n + 1) * sizeof(*q));
	size_t pn = sentences(a, p), qn = sentences(b, q), head = 0, tail = 0;
	size_t least = pn < qn ? pn : qn;
	struct sketch x, y;

	while (head < least && same_sentence(a, p[head], b, q[head]))
		head++;
	while (head + tail < least &&
	    same_sentence(a, p[pn - tail - 1], b, q[qn - tail - 1]))
		tail++;
	return head + tail > 0 &&
	    rest_of(a, p, head, pn - tail, arena, &x) >= REST_WORDS &&
	    rest_of(b, q, head, qn - tail, arena, &y) >= REST_WORDS &&
	    containment(&x, &y) < REST_SHARE;
}

bool alike_at_ends(const struct counted *a, const struct counted *b)
{
	struct arena arena = {0};
	bool differ = rests_differ(a, b, &arena);

	arena_release(&arena);
	return differ;
}
