/*
 * The text of a page: score.c says which element is the article, this file
 * which of its blocks are text, and what of it is title and sub-title.
 */
#include "core/hash.h"
#include "core/utf8.h"
#include "parser/blocks.h"
#include "parser/evidence.h"
#include "parser/limits.h"

#include <stdlib.h>

#define ARTICLE_WORDS 25 /* fewer are no article, but for */
#define FLASH_WORDS   8	 /* a page that says that it is one */
#define REPEATED_LEAST 80 /* bytes of a paragraph that is not said twice */
#define SHORT_LINE    25 /* bytes; see wanted() */
#define LEAD_NEAR     16 /* blocks between the title and the text */
#define LINE_MAX      250 /* bytes of a metadata line */
#define LINES_MAX     400 /* blocks in which metadata lines are looked for */

struct choosing {
	struct evidence *e;
	struct body_text *out;
	struct strbuf text;
	size_t words;
	struct slice headings[6]; /* h1 to h6: they wait for a paragraph */
	uint64_t *seen;	      /* hashes of paragraphs, a power of two of them */
	size_t mask;
	const struct block *last; /* paragraph of the article */
};

static bool same_text(struct slice a, struct slice b)
{
	return a.n && a.n == b.n && slice_ieq(a, b);
}

static void put(struct choosing *c, struct slice s, size_t words)
{
	if (c->text.n)
		strbuf_adds(&c->text, "\n\n");
	strbuf_addsl(&c->text, s);
	c->words += words;
	c->out->paragraphs_n++;
}

/* Was the paragraph there before? Pages hold copies for small screens. */
static bool repeated(struct choosing *c, struct slice s)
{
	uint64_t h;
	size_t i;

	if (s.n < REPEATED_LEAST)
		return false;
	h = hash64(s.p, s.n) | 1;
	for (i = h & c->mask; c->seen[i]; i = (i + 1) & c->mask)
		if (c->seen[i] == h)
			return true;
	c->seen[i] = h;
	return false;
}

/* A line of text that is no sentence, among paragraphs. */
static bool wanted_line(const struct block *b)
{
	if (b->flags & (EL_ITEM | EL_QUOTE))
		return true;
	return b->heading || b->node->tag == TAG_P || b->node->tag == TAG_TD ||
	    b->node->tag == TAG_TH || b->text.n >= SHORT_LINE;
}

/* Does its link lead to a place in this page? */
static bool leads_inside(const struct block *b)
{
	const struct dom_node *a = dom_find(b->node, TAG_A);

	return a && slice_starts(dom_attr(a, "href"), SLICE("#"));
}

/* "Politics: <a>Council closes terminal</a>" */
static bool is_pointer(const struct block *b)
{
	struct slice before = slice_trim(slice_sub(b->text, 0,
	    b->text.n - b->linked));

	return before.n && before.p[before.n - 1] == ':';
}

/* Text that is a link for the most part: beside the text, such are menus
 * and teasers; amid it, headings, sources and lists of an editor's. */
static bool wanted_links(const struct choosing *c, const struct block *b)
{
	size_t percent = b->linked * 100 / b->text.n;

	if (b->heading)
		return true;
	if (percent >= 95)
		return b->flags & EL_ITEM && b < c->last && leads_inside(b);
	return b->text.n >= 200 || (b < c->last && !is_pointer(b) &&
	    (b->flags & EL_ITEM || (b->sentence && b->node->tag == TAG_P)));
}

static bool wanted(const struct choosing *c, const struct block *b,
    bool lead)
{
	const struct element *el = b->node->mark;
	struct slice s = b->text;

	if (disclaimer_is(s) || boiler_is_line(s) ||
	    same_text(s, c->out->title))
		return false;
	if (b->known)
		return true;
	if (!el || (el->beside && !lead))
		return false;
	if (block_is_list(b) && !wanted_links(c, b))
		return false;
	return b->sentence || wanted_line(b);
}

/* Those of a section that has ended, or that turned out to be no text. */
static void drop_headings(struct choosing *c, size_t from)
{
	for (size_t i = from; i < ARRAY_LEN(c->headings); i++)
		c->headings[i] = SLICE_NONE;
}

static void put_headings(struct choosing *c)
{
	for (size_t i = 0; i < ARRAY_LEN(c->headings); i++)
		if (c->headings[i].n)
			put(c, c->headings[i], 0);
	drop_headings(c, 0);
}

static void choose_heading(struct choosing *c, const struct block *b)
{
	size_t level = b->node->tag - TAG_H1;

	drop_headings(c, level);
	if (!c->out->paragraphs_n && (b->node->tag == TAG_H1 ||
	    same_text(b->text, c->out->summary))) {
		if (b->node->tag == TAG_H1 && !c->out->title.n)
			c->out->title = b->text;
	} else if (wanted(c, b, false)) {
		c->headings[level] = b->text;
	}
}

/* A heading is kept when text follows it. */
static void choose(struct choosing *c, const struct block *b, bool lead)
{
	if (b->heading) {
		choose_heading(c, b);
		return;
	}
	if (c->out->paragraphs_n >= PARAGRAPH_MAX)
		return;
	if (!wanted(c, b, lead)) {
		if (block_is_list(b) || !b->words)
			drop_headings(c, 0);
		return;
	}
	if (dateline_line(c->e, b->text, c->out->paragraphs_n))
		return;
	if (same_text(b->text, c->out->summary) && c->out->paragraphs_n < 2)
		return;
	if (repeated(c, b->text))
		return;
	put_headings(c);
	put(c, b->text, b->words);
}

/* ---- title and sub-title ----------------------------------------------------- */

#define SUB_TITLE_NEAR 60 /* elements behind the heading */
#define HEADINGS_MAX   24 /* the headline is among the first */

/* The heading without the element that it begins with, if it has more. */
static struct slice without_overline(struct arena *a, struct dom_node *h1)
{
	const struct dom_node *n = h1->first;

	while (n && n->tag == TAG_NONE && !slice_trim(n->text).n)
		n = n->next;
	return n && n->tag != TAG_NONE && n->next ? blocks_text(a, h1, n) :
	    SLICE_NONE;
}

static bool is_heading(const struct dom_node *n)
{
	return n->tag >= TAG_H1 && n->tag <= TAG_H4;
}

/* Headings, for title.c: a headline may be an h2 where the h1 is the site's. */
static void claim_heading(struct evidence *e, struct dom_node *n)
{
	evidence_add(e, CLAIM_TITLE, WITNESS_BODY, n->tag == TAG_H1 ? 2 : 1,
	    blocks_text(e->arena, n, NULL), "heading");
}

/* The heading, and what stands as a sub-title in the elements behind it. */
static void find_title(struct evidence *e, const struct dom *dom,
    struct body_text *out)
{
	struct dom_node *n = dom->body, *h1 = NULL;
	int behind = 0, headings = 0;
	bool found = false;

	for (; n; n = dom_next(dom->body, n, n->tag == TAG_SCRIPT ||
	    n->tag == TAG_NAV || n->tag == TAG_FOOTER)) {
		if (is_heading(n) && headings++ < HEADINGS_MAX)
			claim_heading(e, n);
		if (n->tag == TAG_H1 && (!h1 || !out->title.n)) {
			h1 = n;
			out->title = blocks_text(e->arena, n, NULL);
			out->title_rest = without_overline(e->arena, n);
		} else if (h1 && !found && out->title.n &&
		    n->tag != TAG_NONE && ++behind <= SUB_TITLE_NEAR &&
		    boiler_is_sub_title(n)) {
			out->summary = blocks_text(e->arena, n, NULL);
			found = out->summary.n > 40 && out->summary.n < 900 &&
			    !dateline_line(e, out->summary, 99);
			if (!found)
				out->summary = SLICE_NONE;
		}
	}
}

/* ---- the whole ------------------------------------------------------------------ */

static bool is_live(const struct evidence *e, const struct dom *dom)
{
	static const char *const words[] = {"liveblog", "live-blog",
	    "live_blog"};
	struct slice class = dom_attr(dom->body, "class");
	struct slice url = slice_of(e->in->url);

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (slice_ifind(class, slice_of(words[i]), 0) >= 0 ||
		    slice_ifind(url, slice_of(words[i]), 0) >= 0)
			return true;
	return false;
}

/* This page's headline, another's in a link, or a section's. */
static bool is_headline(const struct block *b, struct slice title)
{
	return b->heading || same_text(b->text, title) || block_is_list(b);
}

/* Metadata lines may stand anywhere before the text. */
static void read_lines(struct evidence *e, const struct blocks *x,
    struct slice title)
{
	for (size_t i = 0; i < x->n && i < LINES_MAX; i++) {
		struct slice s = x->b[i].text;

		if (s.n < LINE_MAX && (is_headline(&x->b[i], title) ||
		    !dateline_note(e, s)))
			dateline_metadata(e, s, 99);
	}
}

/* Where the page's scripts would have put the text, its own copy of it. */
static void take_copy(struct choosing *c, struct slice s)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		struct slice line;

		if (i < s.n && s.p[i] != '\n')
			continue;
		line = slice_trim(slice_sub(s, from, i));
		from = i + 1;
		if (line.n && !disclaimer_is(line) &&
		    c->out->paragraphs_n < PARAGRAPH_MAX &&
		    !dateline_line(c->e, line, c->out->paragraphs_n))
			put(c, line, line.n / 6);
	}
}

/* The lead often stands under the title, outside what holds the text: where
 * it begins, or from. */
static size_t lead_before(const struct choosing *c, const struct blocks *x,
    size_t from)
{
	size_t i = from;

	while (i > 0 && from - i < LEAD_NEAR && !(x->b[i - 1].heading &&
	    same_text(x->b[i - 1].text, c->out->title)))
		i--;
	return i > 0 && from - i < LEAD_NEAR ? i : from;
}

/* Is it, or what is around it, beside the text for nothing but the name of
 * a teaser? */
static bool is_teaser(const struct dom_node *n)
{
	for (; n && n->mark && ((struct element *)n->mark)->beside; n = n->up)
		if (!boiler_is_teaser(&((struct element *)n->mark)->reasons))
			return false;
	return true;
}

static bool is_lead(const struct block *b)
{
	return b->node->mark && !b->heading && b->linked * 4 < b->text.n &&
	    b->text.n >= REPEATED_LEAST && b->sentence &&
	    !(b->flags & EL_ITEM) && is_teaser(b->node);
}

static bool is_text(const struct block *b)
{
	const struct element *el = b->node->mark;

	return el && !el->beside && block_is_paragraph(b);
}

/* Behind the last paragraph, links lead on to other pages. */
static bool is_end(const struct choosing *c, const struct block *b)
{
	return b > c->last && block_is_list(b) && !wanted(c, b, false);
}

static void choose_all(struct choosing *c, const struct blocks *x,
    size_t from, size_t to)
{
	for (c->mask = 64; c->mask < 2 * (to - from) + 2;)
		c->mask *= 2;
	c->seen = arena_zalloc(c->e->arena, c->mask, sizeof(*c->seen));
	c->mask--;
	for (size_t i = from; i < to; i++)
		if (is_text(&x->b[i]))
			c->last = &x->b[i];
	for (size_t i = lead_before(c, x, from); i < from; i++)
		if (is_lead(&x->b[i]))
			choose(c, &x->b[i], true);
	for (size_t i = from; i < to && !is_end(c, &x->b[i]); i++)
		choose(c, &x->b[i], false);
}

/*
 * Does the page say that it is one article, by when it was published? Fronts
 * have none, or one for each teaser. A flash has one sentence and more links
 * around it than any front.
 */
static bool is_dated(const struct evidence *e)
{
	static const int least[] = {[WITNESS_JSONLD] = 5, [WITNESS_META] = 5,
	    [WITNESS_LINE] = 3};
	struct slice said[ARRAY_LEN(least)] = {SLICE_NONE};
	bool several[ARRAY_LEN(least)] = {false};
	bool dated = false;

	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		size_t w = c->witness;

		if (c->field != CLAIM_CREATED || w >= ARRAY_LEN(least) ||
		    w == WITNESS_MICRO || c->weight < least[w])
			continue;
		several[w] |= said[w].n && !slice_eq(said[w], c->text);
		said[w] = c->text;
	}
	for (size_t w = 0; w < ARRAY_LEN(least); w++)
		dated |= said[w].n && !several[w];
	return dated;
}

static size_t linked_blocks(const struct blocks *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += block_is_list(&x->b[i]);
	return n;
}

void body_read(struct evidence *e, const struct dom *dom,
    struct body_text *out)
{
	struct choosing c = {.e = e, .out = out};
	struct blocks page;
	size_t from, to;
	bool dated;

	*out = (struct body_text){0};
	strbuf_init(&c.text);
	find_title(e, dom, out);
	blocks_gather(e->arena, dom->body, &page);
	read_lines(e, &page, out->title);
	score_article(&page, dom->body, e->jsonld_body, &from, &to);
	choose_all(&c, &page, from, to);
	printed_dates(e, &page, from, to, out->title);
	if (e->jsonld_body.n > 1000 && c.text.n * 3 < e->jsonld_body.n) {
		strbuf_reset(&c.text);
		c.words = out->paragraphs_n = 0;
		take_copy(&c, e->jsonld_body);
	}
	out->links_n = page.links < LINKS_MAX ? page.links : LINKS_MAX;
	dated = out->title.n && is_dated(e);
	out->list = !dated && linked_blocks(&page) > 2 * out->paragraphs_n + 5;
	out->live = is_live(e, dom);
	if (c.words >= (dated ? FLASH_WORDS : ARTICLE_WORDS))
		out->text = arena_slice(e->arena, strbuf_slice(&c.text));
	strbuf_release(&c.text);
}
