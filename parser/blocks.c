/* The page as blocks of text. */
#include "parser/blocks.h"

#include "core/utf8.h"
#include "parser/limits.h"

#define PARAGRAPH_LEAST 25 /* bytes of a block that counts as text */
#define HEADING_LONG	100 /* bytes: of a sentence, no heading */
#define HEADING_MOST	250 /* bytes: longer is no heading */
#define LINKED_PERCENT	60 /* of a block's bytes: more is a list */

struct gathering {
	struct arena *a;
	struct blocks *out;
	const struct boiler *boiler;
	size_t cap;
	struct strbuf text;
	size_t linked, words;
	bool gap, in_word;
	struct dom_node *at; /* block element of what is being gathered */
	int brs;
};

static const struct element *element(const struct dom_node *n)
{
	return n->mark;
}

bool block_is_list(const struct block *b)
{
	return b->linked * 100 > b->text.n * LINKED_PERCENT;
}

bool block_is_paragraph(const struct block *b)
{
	return !b->heading && !block_is_list(b) &&
	    b->text.n >= PARAGRAPH_LEAST && (b->sentence || b->text.n >= 80);
}

/* Ends as sentences do, in the scripts of news. */
static bool ends_sentence(struct slice s)
{
	static const char *const ends[] = {".", "!", "?", "\"", "\xe2\x80\x9d",
	    ":", "\xe3\x80\x82", "\xe2\x80\xa6", ")", "\xc2\xbb", "'",
	    "\xe2\x80\x99", "\xe0\xa5\xa4", "\xd8\x9f", "\xdb\x94",
	    "\xe2\x80\x9c", "\xef\xbc\x81", "\xef\xbc\x9f",
	    "\xe3\x80\x8d", "\xc2\xab"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (s.n >= n && !memcmp(s.p + s.n - n, ends[i], n))
			return true;
	}
	return false;
}

static struct block *add_block(struct gathering *g)
{
	struct blocks *x = g->out;
	struct block *more;

	if (x->n == g->cap) {
		g->cap = g->cap ? g->cap * 2 : 128;
		more = arena_alloc(g->a, g->cap * sizeof(*more));
		if (x->n)
			memcpy(more, x->b, x->n * sizeof(*more));
		x->b = more;
	}
	return &x->b[x->n++];
}

/* A lead is often set as a heading: it is a sentence, or long. */
static bool is_headline(const struct dom_node *n, struct slice s)
{
	if (n->tag < TAG_H1 || n->tag > TAG_H6)
		return false;
	return n->tag == TAG_H1 || s.n < HEADING_LONG ||
	    (s.n < HEADING_MOST && !ends_sentence(s));
}

static void flush(struct gathering *g)
{
	struct slice s = slice_trim(strbuf_slice(&g->text));

	if (s.n && g->at && g->out->n < BLOCK_MAX)
		*add_block(g) = (struct block){.node = g->at,
		    .text = arena_slice(g->a, s), .linked = g->linked,
		    .words = g->words,
		    .flags = g->at->mark ? element(g->at)->flags : 0,
		    .heading = is_headline(g->at, s),
		    .sentence = ends_sentence(s)};
	strbuf_reset(&g->text);
	g->linked = g->words = 0;
	g->gap = g->in_word = false;
	g->brs = 0;
}

static void add_gap(struct gathering *g, bool linked)
{
	if (!g->gap || !g->text.n)
		return;
	strbuf_addc(&g->text, ' ');
	g->linked += linked;
}

/* ASCII letters from at on, most of most texts, in one go. */
static void add_letters(struct gathering *g, struct slice s, size_t at,
    size_t *i, bool linked)
{
	while (*i < s.n && (s.p[*i] | 32) >= 'a' && (s.p[*i] | 32) <= 'z')
		++*i;
	add_gap(g, linked);
	g->words += !g->in_word || g->gap;
	g->in_word = true;
	g->gap = false;
	g->brs = 0;
	strbuf_add(&g->text, s.p + at, *i - at);
	if (linked)
		g->linked += *i - at;
}

static void add_text(struct gathering *g, struct slice s, bool linked)
{
	size_t i = 0;

	while (i < s.n) {
		size_t at = i;
		uint32_t cp = utf8_next(s, &i);
		bool word;

		if (cp < 0x80 && (cp | 32) >= 'a' && (cp | 32) <= 'z') {
			add_letters(g, s, at, &i, linked);
			continue;
		}
		if (cp_is_space(cp) || cp == 0x200b || cp == 0xfeff) {
			g->gap |= cp != 0x200b && cp != 0xfeff;
			continue;
		}
		g->brs = 0;
		add_gap(g, linked);
		word = cp_is_word(cp);
		g->words += word && (!g->in_word || g->gap ||
		    cp_is_unspaced(cp));
		g->in_word = word;
		g->gap = false;
		strbuf_add(&g->text, s.p + at, i - at);
		if (linked)
			g->linked += i - at;
	}
}

/* Flags that go down to all below. */
#define INHERITED (EL_LINK | EL_ITEM | EL_QUOTE)

static struct element *mark(struct gathering *g, struct dom_node *n)
{
	struct element *el = arena_zalloc(g->a, 1, sizeof(*el));

	el->flags = boiler_flags(g->boiler, n, &el->reasons);
	if (n->up && n->up->mark)
		el->flags |= element(n->up)->flags & INHERITED;
	n->mark = el;
	return el;
}

static struct dom_node *block_of(struct dom_node *n)
{
	while (n->up && n->mark && (element(n)->flags & EL_INLINE))
		n = n->up;
	return n;
}

static void gather_text(struct gathering *g, struct dom_node *n)
{
	struct dom_node *block = block_of(n->up);

	if (block != g->at) {
		flush(g);
		g->at = block;
	}
	add_text(g, n->text, n->up->mark &&
	    (element(n->up)->flags & EL_LINK));
}

static void gather_break(struct gathering *g)
{
	g->gap = true;
	if (++g->brs >= 2)
		flush(g);
}

/* An element; true if what is below it is left out. */
static bool gather_element(struct gathering *g, struct dom_node *n)
{
	const struct element *el = mark(g, n);

	if ((el->flags & EL_INLINE) && (el->flags & EL_HIDDEN) &&
	    n->tag != TAG_OTHER)
		return true;
	if (n->tag == TAG_A)
		g->out->links++;
	if (n->tag == TAG_BR)
		gather_break(g);
	else if (!(el->flags & EL_INLINE))
		flush(g);
	return el->flags & EL_SKIP;
}

void blocks_gather(struct arena *a, struct dom_node *top, struct blocks *out)
{
	struct boiler boiler;
	struct gathering g = {.a = a, .out = out, .boiler = &boiler};
	bool skip;

	*out = (struct blocks){0};
	boiler_begin(&boiler);
	strbuf_init(&g.text);
	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		skip = false;
		if (n->tag != TAG_NONE)
			skip = gather_element(&g, n);
		else if (n->up)
			gather_text(&g, n);
	}
	flush(&g);
	strbuf_release(&g.text);
}

struct slice blocks_text(struct arena *a, struct dom_node *top,
    const struct dom_node *but)
{
	struct blocks x = {0};
	struct gathering g = {.a = a, .out = &x, .at = top};
	bool skip;

	strbuf_init(&g.text);
	for (struct dom_node *n = top; n; n = dom_next(top, n, skip)) {
		struct reasons r;
		unsigned int f = n->tag == TAG_NONE ? 0 :
		    boiler_flags(NULL, n, &r);

		skip = n != top && (n == but || f & (EL_SKIP | EL_HIDDEN));
		if (n->tag == TAG_NONE) {
			add_text(&g, n->text, false);
			continue;
		}
		/* <span>Overline</span><span>Headline</span> are two */
		g.gap |= !(f & EL_INLINE) ||
		    (n->prev && n->prev->tag != TAG_NONE);
	}
	flush(&g);
	strbuf_release(&g.text);
	return x.n ? x.b[0].text : SLICE_NONE;
}
