/* What links two texts of a story, and what two stories have in common. */
#include "cli/explain.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- a chain of texts ------------------------------------------------------------ */

#define CHAIN_MAX 64 /* texts among which one is looked for */

struct chain {
	struct link {
		const struct shown *s;
		size_t from;  /* the link before it */
		size_t steps; /* from the first; SIZE_MAX: not reached */
		struct match m;
	} v[CHAIN_MAX];
	size_t n;
};

static void add_link(struct chain *c, const struct shown *s)
{
	if (explain_forgotten(s))
		return;
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].s == s || (slice_eq(c->v[i].s->url, s->url) &&
		    hash128_eq(c->v[i].s->text->hash, s->text->hash)))
			return;
	if (c->n < CHAIN_MAX)
		c->v[c->n++] = (struct link){.s = s, .steps = SIZE_MAX};
}

/* The two first, though they were one text; then what opened versions, then
 * copies. */
static void gather(struct chain *c, const struct texts *t,
    const struct shown *a, const struct shown *b)
{
	c->v[c->n++] = (struct link){.s = a, .steps = SIZE_MAX};
	if (b != a)
		c->v[c->n++] = (struct link){.s = b, .steps = SIZE_MAX};
	for (int opened = 1; opened >= 0; opened--)
		for (size_t i = t->n; i-- > 0;)
			if (t->v[i]->root == a->root &&
			    t->v[i]->opened == opened)
				add_link(c, t->v[i]);
}

/* Reaches what is one story with a text that was reached a step before: the
 * fewest steps, each from the likest. How many are new. */
static size_t reach(struct chain *c, const struct texts *t, size_t steps)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct link *x = &c->v[i];

		if (x->steps != SIZE_MAX)
			continue;
		for (size_t k = 0; k < c->n; k++) {
			struct match m;

			if (c->v[k].steps != steps)
				continue;
			explain_match(t, c->v[k].s, x->s, &m);
			if (m.same && (x->steps == SIZE_MAX ||
			    m.score > x->m.score)) {
				n += x->steps == SIZE_MAX;
				x->steps = steps + 1;
				x->from = k;
				x->m = m;
			}
		}
	}
	return n;
}

static void print_chain(const struct chain *c)
{
	size_t path[CHAIN_MAX], n = 0;
	char why[MATCH_REASON];

	for (size_t i = 1; i; i = c->v[i].from)
		path[n++] = i;
	printf("what links them, step by step:\n  A      ");
	explain_name(c->v[0].s);
	putchar('\n');
	while (n--) {
		printf("  %.3f  %s", c->v[path[n]].m.score, n ? "" : "B: ");
		explain_name(c->v[path[n]].s);
		printf(": %s\n", match_reason(&c->v[path[n]].m, why));
	}
}

void explain_chain(const struct texts *t, const struct shown *a,
    const struct shown *b)
{
	struct chain *c;

	if (a == b)
		return;
	c = xcalloc(1, sizeof(*c));
	gather(c, t, a, b);
	c->v[0].steps = 0;
	for (size_t i = 0; c->v[1].steps == SIZE_MAX && reach(c, t, i); i++)
		;
	if (c->v[1].steps != SIZE_MAX)
		print_chain(c);
	else
		printf("no likeness links them, through any of the %zu texts "
		    "of the story that were looked at\n", c->n);
	free(c);
}

/* ---- two stories ------------------------------------------------------------------ */

/* Did a page have the later of them only after it had come to its story? Then
 * the verdict that it came by knew another text. */
static bool came_later(const struct texts *t, const struct shown *x,
    const struct shown *y)
{
	const struct shown *late = x->first < y->first ? y : x;

	return explain_first(t, late) != late;
}

/* One form filled otherwise, or put right (story/verdict.c). */
static bool is_filled(const struct texts *t, const struct shown *a,
    const struct shown *b)
{
	struct match m;

	explain_match(t, a, b, &m);
	return m.form || m.corrects;
}

/* Do two of their texts fill one form? Not what x, or y, which are nearest, stands
 * beside in its own story. */
static bool form_parts(const struct texts *t, const struct chain *p,
    const struct chain *q, const struct shown *x, const struct shown *y)
{
	struct match m;

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < q->n; k++) {
			explain_match(t, p->v[i].s, q->v[k].s, &m);
			if (m.form && !m.own && !is_filled(t, x, p->v[i].s) &&
			    !is_filled(t, y, q->v[k].s))
				return true;
		}
	return false;
}

/* What two texts share of the hashes that stories are found by; a whole sentence is
 * as good as all that are needed. */
static size_t shared(const struct shown *x, const struct shown *y)
{
	const struct sketch *a = text_sketch(x->text, x->skip);
	const struct sketch *b = text_sketch(y->text, y->skip);
	size_t n = 0;

	for (size_t i = 0; i < a->kept_n; i++)
		if (hashes_have(b->kept, b->kept_n, a->kept[i]))
			n += sketch_worth(a, a->kept[i]);
	for (size_t i = 0; i < x->text->sentences_n; i++)
		for (size_t k = 0; k < y->text->sentences_n; k++)
			if (x->text->sentences[i].hash ==
			    y->text->sentences[k].hash &&
			    sentence_tells(&x->text->sentences[i]))
				n += CANDIDATE_HASHES;
	return n;
}

/* Was neither ever compared with the other (store/look.c)? *most: that any two of
 * their texts share. */
static bool never_met(const struct chain *p, const struct chain *q,
    size_t *most)
{
	*most = 0;
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < q->n; k++) {
			size_t n = shared(p->v[i].s, q->v[k].s);

			*most = n > *most ? n : *most;
		}
	return *most < CANDIDATE_HASHES;
}

void explain_nearest(const struct texts *t, const struct shown *a,
    const struct shown *b)
{
	const struct shown *x = NULL, *y = NULL;
	struct chain *p = xcalloc(1, sizeof(*p)), *q = xcalloc(1, sizeof(*q));
	char why[MATCH_REASON];
	struct match m, best = {0};
	size_t most;

	gather(p, t, a, a);
	gather(q, t, b, b);
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < q->n; k++) {
			explain_match(t, p->v[i].s, q->v[k].s, &m);
			if (x && m.score <= best.score)
				continue;
			x = p->v[i].s;
			y = q->v[k].s;
			best = m;
		}
	if (x != a || y != b) {
		printf("nearest texts of the two stories: ");
		explain_name(x);
		printf(" and ");
		explain_name(y);
		printf(", score %.3f: %s\n", best.score,
		    match_reason(&best, why));
	}
	if (best.same && form_parts(t, p, q, x, y))
		puts("two of their texts are one form filled otherwise: that "
		    "parts the stories, whatever else joins them");
	else if (best.same && !a->bound && !b->bound && never_met(p, q, &most))
		printf("neither was compared with the other: a story is looked "
		    "up by hashes of three words in a row or of the headline, "
		    "of which they share %zu where %d are needed\n", most,
		    CANDIDATE_HASHES);
	else if (best.same && !a->bound && !b->bound && came_later(t, x, y))
		puts("nothing by hand parts them: each was judged when it "
		    "came, by the texts of that day");
	free(p);
	free(q);
}
