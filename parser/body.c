/*
 * The text of a page. Blocks (runs of text between block elements) give
 * scores to the elements they lie in; the best element and what is like its
 * paragraphs beside it is the text. What news pages put between (related
 * links, share bars, captions, newsletters, notices) is known by its words,
 * its links and its elements.
 */
#include "core/utf8.h"
#include "parser/evidence.h"
#include "parser/limits.h"

#include <stdlib.h>

#define PARAGRAPH_LEAST 25 /* characters of a block that counts as text */
#define ARTICLE_WORDS	25 /* fewer are no article */
#define LINKED_PERCENT	50 /* of a block's characters: more is a list */

/* ---- what never is text -------------------------------------------------------------- */

static const bool skip_tag[TAG_COUNT] = {[TAG_SCRIPT] = true,
    [TAG_STYLE] = true, [TAG_NOSCRIPT] = true, [TAG_SVG] = true,
    [TAG_IFRAME] = true, [TAG_FORM] = true, [TAG_BUTTON] = true,
    [TAG_SELECT] = true, [TAG_TEXTAREA] = true, [TAG_INPUT] = true,
    [TAG_NAV] = true, [TAG_FOOTER] = true, [TAG_ASIDE] = true,
    [TAG_TEMPLATE] = true, [TAG_OBJECT] = true, [TAG_AUDIO] = true,
    [TAG_VIDEO] = true, [TAG_FIGCAPTION] = true, [TAG_FIGURE] = true,
    [TAG_MENU] = true, [TAG_HEAD] = true, [TAG_TITLE] = true};

/* Words in class or id of what stands between or beside the text. */
static const char *const unlikely[] = {"related", "share", "sharing", "social",
    "newsletter", "subscribe", "subscription", "signup", "sign-up", "comment",
    "disqus", "footer", "sidebar", "side-bar", "breadcrumb", "navigation",
    "navbar", "menu", "advert", "-ads", "ads-", "ad-slot", "adslot", "adsbox",
    "banner", "promo", "sponsor", "taboola", "outbrain", "recommend",
    "most-read", "mostread", "most-popular", "popular", "trending", "cookie",
    "consent", "gdpr", "paywall", "caption", "credit", "byline", "author",
    "dateline-box", "timestamp", "meta-data", "metadata", "article-meta",
    "post-meta", "entry-meta", "tags", "tag-list", "taglist", "topics",
    "keywords", "read-more", "readmore", "read-also", "also-read", "more-on",
    "morenews", "more-news", "next-article", "prev-article", "pagination",
    "pager", "toolbar", "utility", "print-", "skip-", "screen-reader",
    "visually-hidden", "sr-only", "hidden", "modal", "popup", "overlay",
    "teaser", "widget", "carousel", "slider", "gallery", "infobox", "factbox-",
    "follow-us", "followus", "app-download", "copyright", "legal",
    "disclaimer", "rating", "feedback", "poll", "quiz", "jobs", "login",
    "lightbox", "masthead", "topbar", "top-bar", "live-ticker", "stock-",
    "weather", "sticky", "toc", "inread", "in-read", "onward", "upsell",
    "donat", "support-us", "editorial-note", "bio"};
/* Words of what holds it, which save an element from the list above. */
static const char *const likely[] = {"article-body", "articlebody",
    "article__body", "article-content", "article__content", "article_body",
    "articlecontent", "story-body", "storybody", "story__body",
    "story-content", "entry-content", "post-content", "post-body",
    "postcontent", "content-body", "body-content", "main-content", "richtext",
    "rich-text", "article-text", "articletext", "story-text", "storytext",
    "news-content", "newscontent", "body-text", "bodytext", "field-body",
    "text-block", "textblock", "paragraph", "td-post-content", "article-main",
    "wysiwyg"};

static bool has_word(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; s.n && i < n; i++)
		if (slice_ifind(s, slice_of(words[i]), 0) >= 0)
			return true;
	return false;
}

/* The same, at the beginning of a word: "toc", but not "stock". */
static bool begins_word(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; s.n && i < n; i++) {
		struct slice w = slice_of(words[i]);
		long at = slice_ifind(s, w, 0);

		for (; at >= 0; at = slice_ifind(s, w, (size_t)at + 1)) {
			char before = at ? s.p[at - 1] : ' ';

			if ((before | 32) < 'a' || (before | 32) > 'z' ||
			    (s.p[at] >= 'A' && s.p[at] <= 'Z'))
				return true;
		}
	}
	return false;
}

/* What is known of an element: its share of the page's text, its points. */
struct score {
	size_t mass; /* characters of paragraphs below */
	double points;
	bool scored;
};

static bool is_likely(const struct dom_node *n)
{
	return has_word(dom_attr(n, "class"), likely, ARRAY_LEN(likely)) ||
	    has_word(dom_attr(n, "id"), likely, ARRAY_LEN(likely)) ||
	    slice_ieq(dom_attr(n, "itemprop"), SLICE("articleBody")) ||
	    slice_ieq(dom_attr(n, "property"), SLICE("articleBody"));
}

static bool is_hidden(const struct dom_node *n)
{
	struct slice style = dom_attr(n, "style");

	return slice_ifind(style, SLICE("display:none"), 0) >= 0 ||
	    slice_ifind(style, SLICE("display: none"), 0) >= 0 ||
	    dom_attr(n, "hidden").p != NULL ||
	    slice_is(dom_attr(n, "aria-hidden"), "true");
}

static bool by_role(const struct dom_node *n)
{
	static const char *const roles[] = {"navigation", "complementary",
	    "banner", "contentinfo", "dialog", "search", "menu", "alert"};
	struct slice role = dom_attr(n, "role");

	for (size_t i = 0; role.n && i < ARRAY_LEN(roles); i++)
		if (slice_ieq(role, slice_of(roles[i])))
			return true;
	return false;
}

/* An element with so much of the page's text is not beside it, whatever it
 * is called. */
#define MOST_PERCENT 40

/* Is the element, as a whole, beside the text? total: the page's mass. */
static bool beside(const struct dom_node *n, size_t total)
{
	const struct score *s = n->mark;

	if (skip_tag[n->tag] && n->tag != TAG_FORM && n->tag != TAG_ASIDE)
		return true;
	if (n->tag == TAG_BODY || n->tag == TAG_HTML || n->tag == TAG_MAIN ||
	    n->tag == TAG_ARTICLE)
		return false;
	if (s && s->mass * 100 > total * MOST_PERCENT)
		return false;
	if (skip_tag[n->tag])
		return true;
	if (!n->attrs_n)
		return false;
	if (is_hidden(n) || by_role(n))
		return true;
	if (is_likely(n))
		return false;
	return begins_word(dom_attr(n, "class"), unlikely,
	    ARRAY_LEN(unlikely)) ||
	    begins_word(dom_attr(n, "id"), unlikely, ARRAY_LEN(unlikely));
}

/* ---- blocks ------------------------------------------------------------------------------ */

static const bool inline_tag[TAG_COUNT] = {[TAG_NONE] = true, [TAG_A] = true,
    [TAG_ABBR] = true, [TAG_B] = true, [TAG_CITE] = true, [TAG_CODE] = true,
    [TAG_DEL] = true, [TAG_DFN] = true, [TAG_EM] = true, [TAG_I] = true,
    [TAG_INS] = true, [TAG_KBD] = true, [TAG_LABEL] = true, [TAG_MARK] = true,
    [TAG_Q] = true, [TAG_S] = true, [TAG_SAMP] = true, [TAG_SMALL] = true,
    [TAG_SPAN] = true, [TAG_STRONG] = true, [TAG_SUB] = true, [TAG_SUP] = true,
    [TAG_TIME] = true, [TAG_U] = true, [TAG_VAR] = true, [TAG_IMG] = true,
    [TAG_OTHER] = true};

struct block {
	struct dom_node *node; /* the block element that it lies in */
	struct slice text;     /* white space folded */
	size_t linked;	       /* characters in links */
	bool heading, item, quote, cell;
};

struct blocks {
	struct arena *a;
	struct block *b;
	size_t n, cap;
	struct strbuf text;
	size_t linked, links;
	bool gap;
	struct dom_node *at; /* block element of what is being gathered */
	int brs;
	size_t total; /* mass of the page; 0: nothing is beside by its name */
};

static struct dom_node *block_of(struct dom_node *n)
{
	while (n->up && inline_tag[n->tag])
		n = n->up;
	return n;
}

static bool is_heading(enum dom_tag t)
{
	return t >= TAG_H1 && t <= TAG_H6;
}

static bool inside(const struct dom_node *n, enum dom_tag tag)
{
	for (; n; n = n->up)
		if (n->tag == tag)
			return true;
	return false;
}

static void flush(struct blocks *x)
{
	struct slice s = slice_trim(strbuf_slice(&x->text));
	struct block *b, *more;

	if (s.n && x->at && x->n < BLOCK_MAX) {
		if (x->n == x->cap) {
			x->cap = x->cap ? x->cap * 2 : 64;
			more = arena_alloc(x->a, x->cap * sizeof(*more));
			if (x->n)
				memcpy(more, x->b, x->n * sizeof(*more));
			x->b = more;
		}
		b = &x->b[x->n++];
		*b = (struct block){.node = x->at,
		    .text = arena_slice(x->a, s), .linked = x->linked,
		    .heading = is_heading(x->at->tag),
		    .item = inside(x->at, TAG_LI),
		    .quote = inside(x->at, TAG_BLOCKQUOTE),
		    .cell = x->at->tag == TAG_TD || x->at->tag == TAG_TH};
	}
	strbuf_reset(&x->text);
	x->linked = 0;
	x->gap = false;
	x->brs = 0;
}

static void add_text(struct blocks *x, const struct dom_node *n)
{
	bool linked = inside(n, TAG_A);
	size_t i = 0;

	while (i < n->text.n) {
		size_t at = i;

		if (cp_is_space(utf8_next(n->text, &i))) {
			x->gap = true;
			continue;
		}
		x->brs = 0;
		if (x->gap && x->text.n)
			strbuf_addc(&x->text, ' ');
		x->gap = false;
		strbuf_add(&x->text, n->text.p + at, i - at);
		if (linked)
			x->linked += i - at;
	}
}

/* Gathers all blocks below top; subtrees beside the text are left out. */
static void gather(struct blocks *x, struct dom_node *top)
{
	struct dom_node *n = top, *block;
	bool skip;

	for (; n; n = dom_next(top, n, skip)) {
		skip = false;
		if (n->tag == TAG_NONE) {
			block = block_of(n->up ? n->up : n);
			if (block != x->at) {
				flush(x);
				x->at = block;
			}
			add_text(x, n);
			continue;
		}
		if (n != top && (x->total ? beside(n, x->total) :
		    skip_tag[n->tag] && n->tag != TAG_ASIDE &&
		    n->tag != TAG_FORM)) {
			skip = true;
			if (!inline_tag[n->tag])
				flush(x);
			continue;
		}
		if (n->tag == TAG_A)
			x->links++;
		if (n->tag == TAG_BR) {
			x->gap = true;
			if (++x->brs >= 2)
				flush(x);
		} else if (!inline_tag[n->tag]) {
			flush(x);
		}
	}
	flush(x);
}

/* ---- scores ---------------------------------------------------------------------------- */

static bool is_list(const struct block *b)
{
	return b->linked * 100 > b->text.n * LINKED_PERCENT;
}

static size_t commas(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == ',' || s.p[i] == '.' ||
		    (i + 2 < s.n && !memcmp(s.p + i, "\xe3\x80\x82", 3));
	return n;
}

static double points_of(const struct block *b)
{
	double p;

	if (is_list(b) || b->heading || b->text.n < PARAGRAPH_LEAST)
		return 0;
	p = 1 + (double)commas(b->text);
	p += b->text.n < 400 ? (double)b->text.n / 100 : 4;
	if (b->item)
		p *= .5;
	return p;
}

static struct score *mark(struct arena *a, struct dom_node *n)
{
	if (!n->mark)
		n->mark = arena_zalloc(a, 1, sizeof(struct score));
	return n->mark;
}

static void give(struct arena *a, struct dom_node *n, double points)
{
	struct score *s = mark(a, n);

	if (!s->scored) {
		s->scored = true;
		if (is_likely(n))
			s->points += 25;
		if (n->tag == TAG_ARTICLE)
			s->points += 10;
	}
	s->points += points;
}

/* Share of the points that elements above a block get. */
static const double shares[] = {1, .7, .4, .25, .15};

static void score(const struct blocks *x)
{
	for (size_t i = 0; i < x->n; i++) {
		double p = points_of(&x->b[i]);
		struct dom_node *n = x->b[i].node;

		if (p == 0)
			continue;
		/* the paragraph's own element says nothing */
		if (n->tag == TAG_P || n->tag == TAG_LI ||
		    n->tag == TAG_BLOCKQUOTE)
			n = n->up;
		for (size_t k = 0; n && k < ARRAY_LEN(shares); k++) {
			give(x->a, n, p * shares[k]);
			n = n->up;
		}
	}
}

static struct dom_node *winner(struct dom_node *top)
{
	struct dom_node *best = NULL;

	for (struct dom_node *n = top; n; n = dom_next(top, n, false)) {
		struct score *s = n->mark;

		if (s && s->scored && (!best || s->points >
		    ((struct score *)best->mark)->points))
			best = n;
	}
	return best;
}

/* Every element learns how much paragraph text lies below it. */
static size_t weigh_masses(const struct blocks *x)
{
	size_t total = 0;

	for (size_t i = 0; i < x->n; i++) {
		struct dom_node *n = x->b[i].node;

		if (points_of(&x->b[i]) == 0)
			continue;
		total += x->b[i].text.n;
		for (; n; n = n->up)
			mark(x->a, n)->mass += x->b[i].text.n;
	}
	return total;
}

static size_t mass(const struct dom_node *n)
{
	return n->mark ? ((const struct score *)n->mark)->mass : 0;
}

/*
 * Articles are cut into several containers (by advertisements): the parent is
 * taken while it has a good deal more text than the winner alone.
 */
static struct dom_node *widen(struct dom_node *n)
{
	size_t have = mass(n);

	for (int i = 0; i < 4 && n->up && n->up->tag != TAG_HTML; i++) {
		size_t more = mass(n->up);

		if (n->tag == TAG_ARTICLE || is_likely(n) ||
		    more * 100 < have * 125)
			break;
		n = n->up;
		have = more;
	}
	return n;
}

/* ---- which blocks are text ------------------------------------------------------------------ */

struct choosing {
	struct evidence *e;
	struct body_text *out;
	struct strbuf text;
	size_t words;
	struct slice heading; /* waits for a paragraph */
};

static size_t count_words(struct slice s)
{
	size_t n = 0, i = 0;
	bool in = false;

	while (i < s.n) {
		uint32_t cp = utf8_next(s, &i);
		bool w = cp_is_word(cp);

		n += w && (!in || cp_is_unspaced(cp));
		in = w;
	}
	return n;
}

static bool same_text(struct slice a, struct slice b)
{
	return a.n == b.n && slice_ieq(a, b);
}

static void put(struct choosing *c, struct slice s)
{
	if (c->text.n)
		strbuf_adds(&c->text, "\n\n");
	strbuf_addsl(&c->text, s);
	c->words += count_words(s);
	c->out->paragraphs_n++;
}

static bool ends_sentence(struct slice s)
{
	static const char *const ends[] = {".", "!", "?", "\"", "\xe2\x80\x9d",
	    ":", "\xe3\x80\x82", "\xe2\x80\xa6", ")", "\xc2\xbb", "'",
	    "\xe2\x80\x99", "\xe0\xa5\xa4", "\xd8\x9f", "\xdb\x94"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (s.n >= n && slice_is(slice_sub(s, s.n - n, s.n), ends[i]))
			return true;
	}
	return false;
}

static bool wanted(const struct choosing *c, const struct block *b)
{
	struct slice s = b->text;

	if (disclaimer_is(s) || same_text(s, c->out->title))
		return false;
	if (b->linked * 100 > s.n * 80 && !(b->item && s.n > 150))
		return false;
	if (is_list(b) && s.n < 200)
		return false;
	if (b->cell || b->quote)
		return true;
	/* a short line that is no sentence: a label, a caption, a button */
	if (s.n < PARAGRAPH_LEAST && !ends_sentence(s) && !b->item)
		return false;
	return true;
}

/*
 * A heading is kept when a paragraph follows it. The first ones, before any
 * text, are title and sub-title.
 */
static void choose(struct choosing *c, const struct block *b)
{
	if (b->heading) {
		if (c->out->paragraphs_n && wanted(c, b) && !is_list(b))
			c->heading = b->text;
		else if (!c->out->paragraphs_n &&
		    b->node->tag == TAG_H1 && !c->out->title.n)
			c->out->title = b->text;
		return;
	}
	if (c->out->paragraphs_n >= PARAGRAPH_MAX || !wanted(c, b))
		return;
	if (dateline_line(c->e, b->text, c->out->paragraphs_n))
		return;
	if (same_text(b->text, c->out->summary) && c->out->paragraphs_n < 2)
		return;
	if (c->heading.n) {
		put(c, c->heading);
		c->heading = SLICE_NONE;
	}
	put(c, b->text);
}

/* ---- title and sub-title -------------------------------------------------------------------- */

static struct slice block_text(struct arena *a, struct dom_node *n)
{
	struct blocks x = {.a = a, .at = n};

	strbuf_init(&x.text);
	for (struct dom_node *k = n; k; k = dom_next(n, k,
	    skip_tag[k->tag] && k != n))
		if (k->tag == TAG_NONE)
			add_text(&x, k);
		else if (k->tag == TAG_BR)
			x.gap = true;
	flush(&x);
	strbuf_release(&x.text);
	return x.n ? x.b[0].text : SLICE_NONE;
}

static const char *const sub_words[] = {"sub-title", "subtitle", "sub_title",
    "subhead", "sub-head", "standfirst", "stand-first", "deck", "dek",
    "summary", "synopsis", "excerpt", "strapline", "chapo", "kicker-text",
    "article-lead", "article__lead", "abstract"};

static bool is_sub_title(const struct dom_node *n)
{
	struct slice s = dom_attr(n, "class");

	if (n->tag != TAG_H2 && n->tag != TAG_H3 && n->tag != TAG_P &&
	    n->tag != TAG_DIV && n->tag != TAG_H4)
		return false;
	return has_word(s, sub_words, ARRAY_LEN(sub_words)) ||
	    slice_ieq(dom_attr(n, "itemprop"), SLICE("alternativeHeadline"));
}

/* The heading, and what stands as a sub-title in the blocks behind it. */
static void find_title(struct evidence *e, const struct dom *dom,
    struct body_text *out)
{
	struct dom_node *n = dom->body, *h1 = NULL;
	int behind = 0;

	for (; n; n = dom_next(dom->body, n, n->tag == TAG_SCRIPT ||
	    n->tag == TAG_NAV || n->tag == TAG_FOOTER)) {
		if (n->tag == TAG_H1 && (!h1 || !out->title.n)) {
			h1 = n;
			out->title = block_text(e->arena, n);
		} else if (h1 && out->title.n && n->tag != TAG_NONE) {
			if (++behind > 60)
				return;
			if (!is_sub_title(n))
				continue;
			out->summary = block_text(e->arena, n);
			if (out->summary.n > 40 && out->summary.n < 900)
				return;
			out->summary = SLICE_NONE;
		}
	}
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static bool is_live(const struct evidence *e, const struct dom *dom)
{
	static const char *const words[] = {"liveblog", "live-blog",
	    "live_blog"};

	if (e->in->url && has_word(slice_of(e->in->url), words,
	    ARRAY_LEN(words)))
		return true;
	return has_word(dom_attr(dom->body, "class"), words, ARRAY_LEN(words));
}

static size_t linked_blocks(const struct blocks *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += is_list(&x->b[i]);
	return n;
}

/* Metadata lines may stand anywhere before the text. */
static void read_lines(struct evidence *e, const struct blocks *x)
{
	for (size_t i = 0; i < x->n && i < 400; i++)
		if (x->b[i].text.n < 250)
			dateline_line(e, x->b[i].text, 99);
}

void body_read(struct evidence *e, const struct dom *dom,
    struct body_text *out)
{
	struct blocks page = {.a = e->arena}, all = {.a = e->arena};
	struct choosing c = {.e = e, .out = out};
	struct dom_node *top;

	*out = (struct body_text){0};
	strbuf_init(&page.text);
	strbuf_init(&all.text);
	strbuf_init(&c.text);
	find_title(e, dom, out);
	gather(&all, dom->body);
	read_lines(e, &all);
	page.total = weigh_masses(&all);
	gather(&page, dom->body);
	score(&page);
	top = winner(dom->body);
	if (top) {
		struct blocks chosen = {.a = e->arena};

		strbuf_init(&chosen.text);
		chosen.total = page.total;
		gather(&chosen, widen(top));
		for (size_t i = 0; i < chosen.n; i++)
			choose(&c, &chosen.b[i]);
		strbuf_release(&chosen.text);
	}
	out->links_n = all.links < LINKS_MAX ? all.links : LINKS_MAX;
	out->list = linked_blocks(&page) > 2 * out->paragraphs_n + 5;
	out->live = is_live(e, dom);
	if (c.words >= ARTICLE_WORDS)
		out->text = arena_slice(e->arena, strbuf_slice(&c.text));
	strbuf_release(&page.text);
	strbuf_release(&all.text);
	strbuf_release(&c.text);
}
