/*
 * Which element is the article. Every block is worth its text, less for links
 * and for what is no sentence; an element is worth its blocks together. The
 * best element holds all that is worth something and little that costs:
 * containers that advertisements cut in two come together in their parent,
 * lists of links keep the page's frame out.
 */
#include "parser/blocks.h"

#include "core/utf8.h"

#include <stdlib.h>

#define PARAGRAPH_WORTH 600 /* bytes; one long paragraph is no article */
#define LINE_COST	30  /* a label, a button, a link of a menu */
#define INSIDE_COST	.25 /* of that, inside the article */
#define MOST_PERCENT	40  /* of the page's mass: never beside the text */
#define LIKELY_PERCENT 15 /* in elements called the article's body: likewise */
#define MARKED_PERCENT 20 /* of the mass in elements marked as the article */
#define ARTICLE_LEAST 300 /* bytes of one of several articles in a page */
#define CARD_MAX	600 /* bytes of a teaser */
/* An element is narrowed to a part that holds so much of its value ... */
#define NARROW_PERCENT 88
/* ... or, where the part is called the article's body, so much. */
#define NARROW_LIKELY_PERCENT 70
#define BODY_LEAST  300	  /* bytes of an articleBody that can be relied on */
#define BODY_PERCENT 60	  /* of the best element's mass; shorter: a teaser */
#define BODY_MOST   65536 /* bytes of it that are looked at */
#define KNOWN_BLOCKS 1500 /* blocks that are looked for in it */
#define PROBE	    32	  /* bytes at both ends of a block */

static struct element *element(const struct dom_node *n)
{
	return n->mark;
}

/* ---- mass, beside, cards --------------------------------------------------------------- */

/* What a page's paragraphs weigh, and how much of it falls to each reason. */
struct weights {
	size_t total;
	size_t judged; /* of these, by what reasons are judged */
	size_t by[REASONS];
};

static void weigh_masses(const struct blocks *x, struct weights *w)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct dom_node *n = x->b[i].node;
		size_t mass = x->b[i].text.n;
		bool likely = false;

		if (!block_is_paragraph(&x->b[i]))
			continue;
		w->total += mass;
		for (; n && n->mark; n = n->up) {
			likely |= element(n)->flags & EL_LIKELY;
			element(n)->mass += mass;
			element(n)->likely += likely ? mass : 0;
		}
	}
}

/* Is it what the page itself marks as its article? */
static bool is_marked(const struct dom_node *n)
{
	return (element(n)->flags & EL_LIKELY) || n->tag == TAG_ARTICLE ||
	    n->tag == TAG_MAIN;
}

/* The lowest bit of b, the word k of reasons. */
static size_t bit_of(size_t k, uint64_t b)
{
	return k * 64 + (size_t)__builtin_ctzll(b);
}

/*
 * Reasons are judged by the paragraphs that the page marks as its article's,
 * where it marks a good part, else by all.
 */
static void weigh_reasons(const struct blocks *x, struct weights *w)
{
	size_t all[REASONS] = {0}, marked_total = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct dom_node *n = x->b[i].node;
		struct reasons r = {{0}};
		size_t mass = x->b[i].text.n;
		bool marked = false;

		if (!block_is_paragraph(&x->b[i]))
			continue;
		for (; n && n->mark; n = n->up) {
			marked |= is_marked(n);
			for (size_t k = 0; k < ARRAY_LEN(r.bits); k++)
				r.bits[k] |= element(n)->reasons.bits[k];
		}
		marked_total += marked ? mass : 0;
		for (size_t k = 0; k < ARRAY_LEN(r.bits); k++)
			for (uint64_t b = r.bits[k]; b; b &= b - 1) {
				size_t bit = bit_of(k, b);

				w->by[bit] += marked ? mass : 0;
				all[bit] += mass;
			}
	}
	w->judged = marked_total;
	if (marked_total * 100 < w->total * MARKED_PERCENT) {
		w->judged = w->total;
		memcpy(w->by, all, sizeof(all));
	}
}

/* Does the link lead to another page, not to a place in this one? */
static bool leads_away(const struct dom_node *heading)
{
	const struct dom_node *n = heading->up;
	struct dom_node *a = dom_find(heading, TAG_A);
	struct slice href;

	while (!a && n && n->tag != TAG_A)
		n = n->up;
	href = a ? dom_attr(a, "href") : n ? dom_attr(n, "href") : SLICE_NONE;
	return href.n && href.p[0] != '#' &&
	    slice_find(href, SLICE("#"), 0) < 0;
}

/*
 * A heading that links elsewhere heads a teaser: the widest element around it
 * with no more text than a teaser has is one.
 */
static void find_cards(const struct blocks *x, size_t total)
{
	for (size_t i = 0; i < x->n; i++) {
		struct dom_node *n = x->b[i].node, *card = NULL;

		if (!x->b[i].heading || !block_is_list(&x->b[i]) ||
		    n->tag == TAG_H1 || !leads_away(n))
			continue;
		for (int up = 0; up < 4; up++) {
			n = n->up;
			if (!n || !n->mark || n->tag == TAG_BODY ||
			    element(n)->mass > CARD_MAX ||
			    element(n)->mass * 100 > total * MOST_PERCENT)
				break;
			card = n;
		}
		if (card)
			element(card)->reasons.bits[0] |= 1 << REASON_CARD;
	}
}

/* Does one of the reasons hold on this page? */
static bool holds(const struct reasons *r, const struct weights *w)
{
	for (size_t k = 0; k < ARRAY_LEN(r->bits); k++)
		for (uint64_t b = r->bits[k]; b; b &= b - 1) {
			size_t bit = bit_of(k, b);

			if (w->by[bit] * 100 <= w->judged * boiler_most(bit))
				return true;
		}
	return false;
}

static void settle(const struct weights *w, struct dom_node *top)
{
	bool skip;

	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		struct element *el = n->mark;

		skip = !el;
		if (!el)
			continue;
		if (n->up && n->up->mark && element(n->up)->beside)
			el->beside = true;
		else if (el->likely * 100 < w->total * LIKELY_PERCENT)
			el->beside = holds(&el->reasons, w);
	}
}

/* ---- what the page says its text is ----------------------------------------------------- */

/* Letters and digits alone: spaces and quotes differ between copies. */
static void bare(struct slice s, size_t most, struct strbuf *to)
{
	size_t i = 0;

	while (i < s.n && to->n < most) {
		size_t at = i;

		if (cp_is_word(utf8_next(s, &i)))
			strbuf_add(to, s.p + at, i - at);
	}
}

static bool stands_in(struct slice text, struct slice s)
{
	if (s.n <= 2 * PROBE)
		return s.n >= 12 && memmem(text.p, text.n, s.p, s.n);
	return memmem(text.p, text.n, s.p, PROBE) &&
	    memmem(text.p, text.n, s.p + s.n - PROBE, PROBE);
}

/* Marks the blocks that stand in body; how many of its bytes they are. */
static size_t find_known(struct blocks *x, struct slice body)
{
	struct strbuf text = STRBUF_INIT, s = STRBUF_INIT;
	size_t found = 0;

	bare(body, BODY_MOST, &text);
	for (size_t i = 0; i < x->n && i < KNOWN_BLOCKS; i++) {
		strbuf_reset(&s);
		bare(x->b[i].text, SIZE_MAX, &s);
		x->b[i].known = stands_in(strbuf_slice(&text),
		    strbuf_slice(&s));
		if (x->b[i].known)
			found += s.n;
	}
	found = text.n ? found * 100 / text.n : 0;
	strbuf_release(&text);
	strbuf_release(&s);
	return found;
}

/* ---- value --------------------------------------------------------------------------------- */

/* What a block is worth; what costs, costs less inside the article. */
static double value_of(const struct block *b, bool inside)
{
	double v, cost = inside ? INSIDE_COST : 1;

	if (b->node->mark && element(b->node)->beside)
		return 0;
	if (block_is_list(b))
		return -cost * (LINE_COST +
		    (b->linked < 100 ? (double)b->linked : 100));
	if (b->heading)
		return 0;
	if (!block_is_paragraph(b))
		return b->flags & EL_ITEM || b->node->tag == TAG_TD ||
		    b->node->tag == TAG_TH ? 0 : -cost * LINE_COST;
	v = b->text.n < PARAGRAPH_WORTH ? (double)b->text.n : PARAGRAPH_WORTH;
	v *= 1 - 1.5 * (double)b->linked / (double)b->text.n;
	return b->flags & EL_ITEM ? v * .6 : v;
}

static bool inside_article(const struct dom_node *n, size_t total)
{
	for (; n && n->mark; n = n->up)
		if ((element(n)->flags & EL_LIKELY || n->tag == TAG_ARTICLE) &&
		    element(n)->mass * 100 >= total * MOST_PERCENT)
			return true;
	return false;
}

static void give_values(const struct blocks *x, size_t total)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct dom_node *n = x->b[i].node;
		double v = value_of(&x->b[i], inside_article(n, total));

		for (; v != 0 && n && n->mark; n = n->up)
			element(n)->value += v;
	}
}

static struct dom_node *best(struct dom_node *top)
{
	struct dom_node *b = NULL;
	bool skip;

	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		skip = !n->mark || element(n)->beside;
		if (!skip && element(n)->value > 0 &&
		    (!b || element(n)->value >= element(b)->value))
			b = n;
	}
	return b;
}

static struct dom_node *best_child(struct dom_node *n)
{
	struct dom_node *b = NULL;

	for (n = n->first; n; n = n->next)
		if (n->mark && !element(n)->beside &&
		    (!b || element(n)->value > element(b)->value))
			b = n;
	return b;
}

/* The smallest part that holds nearly all of it. */
static struct dom_node *narrow(struct dom_node *n)
{
	double all = element(n)->value;
	struct dom_node *found = n;

	while ((n = best_child(n))) {
		double percent = element(n)->value * 100 / all;

		if (n->tag == TAG_P || percent < NARROW_LIKELY_PERCENT)
			break;
		if (percent >= NARROW_PERCENT ||
		    (element(n)->flags & EL_LIKELY))
			found = n;
	}
	return found;
}

/* ---- the article ------------------------------------------------------------------------------ */

static bool in_part(const struct dom_node *n)
{
	while (n && n->mark && !element(n)->part)
		n = n->up;
	return n && n->mark;
}

/*
 * Pages that load the next article below the first: where several <article>
 * with a title of their own hold text, the first of them is the page's.
 */
static struct dom_node *first_of_several(struct dom_node *n)
{
	struct dom_node *first = NULL;
	size_t several = 0;
	bool skip;

	for (struct dom_node *k = n; k; k = dom_next(n, k, skip)) {
		skip = k != n && k->tag == TAG_ARTICLE;
		if (k->tag != TAG_ARTICLE || k == n || !k->mark ||
		    element(k)->mass < ARTICLE_LEAST || !dom_find(k, TAG_H1))
			continue;
		if (!first)
			first = k;
		several++;
	}
	return several > 1 ? first : n;
}

/* Is it a part of the same article as n, by the name that both have? */
static bool is_like(const struct dom_node *k, const struct dom_node *n)
{
	struct slice name = dom_attr(n, "class");

	return k->tag == n->tag && n->tag != TAG_ARTICLE && name.n &&
	    element(k)->value > 0 && slice_eq(dom_attr(k, "class"), name);
}

/* Marks n and the parts of the same text that lie beside it. */
static void mark_parts(struct dom_node *n)
{
	struct dom_node *k;

	if (n->tag == TAG_P && n->up && n->up->mark &&
	    element(n->up)->mass == element(n)->mass)
		n = n->up; /* a part of one paragraph */
	element(n)->part = true;
	for (int back = 0; back < 2; back++)
		for (k = n; (k = back ? k->prev : k->next);) {
			if (!k->mark || element(k)->beside || !element(k)->mass)
				continue;
			if (!is_like(k, n))
				break;
			element(k)->part = true;
		}
}

/* The one element that the page says to be the article's body, or NULL. */
static struct dom_node *marked_body(struct dom_node *top, size_t total)
{
	struct dom_node *found = NULL;
	bool skip;

	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		skip = !n->mark || element(n)->beside;
		if (skip || !(element(n)->flags & EL_BODY_PROP) ||
		    element(n)->mass < CARD_MAX)
			continue;
		if (found)
			return NULL;
		found = n;
		skip = true;
	}
	return found && element(found)->value > 0 &&
	    element(found)->mass * 100 >= total * MARKED_PERCENT ? found : NULL;
}

static bool is_within(const struct dom_node *n, const struct dom_node *of)
{
	while (n && n != of)
		n = n->up;
	return n;
}

/*
 * A page without a paragraph: figures of a company, results, in short lines.
 * The innermost element that is called what holds the text, if there is one
 * and not two beside each other.
 */
static struct dom_node *called_text(struct dom_node *top)
{
	struct dom_node *found = NULL;
	bool skip;

	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		skip = !n->mark || element(n)->beside;
		if (skip || (n->tag != TAG_ARTICLE &&
		    !(element(n)->flags & (EL_BODY_PROP | EL_LIKELY))))
			continue;
		if (found && !is_within(n, found))
			return NULL;
		found = n;
	}
	return found;
}

struct dom_node *score_article(struct blocks *x, struct dom_node *top,
    struct slice body, size_t *from, size_t *to)
{
	struct weights w = {0};
	struct dom_node *n;
	size_t first = x->n, last = 0;

	weigh_masses(x, &w);
	find_cards(x, w.total);
	weigh_reasons(x, &w);
	settle(&w, top);
	give_values(x, w.total);
	n = marked_body(top, w.total);
	if (!n)
		n = best(top);
	*from = *to = 0;
	if (n && body.n >= BODY_LEAST &&
	    body.n * 100 >= element(n)->mass * BODY_PERCENT &&
	    find_known(x, body) >= 50) {
		for (size_t i = 0; i < x->n; i++)
			if (x->b[i].known && block_is_paragraph(&x->b[i])) {
				first = i < first ? i : first;
				last = i + 1;
			}
		*from = first;
		*to = last;
		return n;
	}
	if (n) {
		n = narrow(first_of_several(n));
		mark_parts(n);
	} else {
		n = called_text(top);
		if (!n)
			return NULL;
		element(n)->part = true;
	}
	for (size_t i = 0; i < x->n; i++)
		if (in_part(x->b[i].node)) {
			first = i < first ? i : first;
			last = i + 1;
		}
	*from = first;
	*to = last;
	return n;
}
