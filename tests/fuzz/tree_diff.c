#include "tests/fuzz/tree_diff.h"

#include "core/arena.h"
#include "parser/prescan.h"

#include <gumbo.h>
#include <stdlib.h>

/* Gumbo 0.10.1 forgets names of tags it drops (its own leaks, not ours): what
 * it asks for lives in an arena and ends with it, as in parser/dom.c. */
static void *arena_get(void *arena, size_t n)
{
	return arena_alloc(arena, n);
}

static void arena_put(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

static const GumboOutput *gumbo_in(struct arena *a, struct slice page)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = arena_get;
	options.deallocator = arena_put;
	options.userdata = a;
	options.max_errors = 0;
	return gumbo_parse_with_options(&options, page.p ? page.p : "",
	    page.n);
}

static struct slice name_of(const GumboElement *e)
{
	struct slice raw = {e->original_tag.data, e->original_tag.length};
	size_t from, to;

	if (e->tag != GUMBO_TAG_UNKNOWN)
		return slice_of(gumbo_normalized_tagname(e->tag));
	/* what Gumbo gives begins too early behind "</>" */
	for (from = 0; slice_starts(slice_sub(raw, from, raw.n),
	    SLICE("</>"));)
		from += 3;
	from++;
	for (to = from; to < raw.n && raw.p[to] > ' ' && raw.p[to] != '/' &&
	    raw.p[to] != '>';)
		to++;
	return slice_sub(raw, from, to);
}

/* "<s\v>" is no <s>, but Gumbo's name of its text is. */
static struct slice known_name(const GumboElement *e)
{
	return e->tag == GUMBO_TAG_UNKNOWN ? SLICE_NONE : name_of(e);
}

static void put_attributes(const GumboElement *e, bool whole,
    struct strbuf *to)
{
	for (unsigned int i = 0; i < e->attributes.length; i++) {
		const GumboAttribute *a = e->attributes.data[i];

		if (whole || prescan_reads(slice_of(a->name)))
			strbuf_addf(to, " %s=\"%s\"", a->name, a->value);
	}
}

/* Attributes that were kept aside, read by Gumbo as if in their tag. */
static void put_aside(struct slice attrs, struct strbuf *to)
{
	struct strbuf tag = STRBUF_INIT;
	struct arena a = {0};
	const GumboNode *body;

	strbuf_addf(&tag, "<body><x %.*s>", SLICE_FMT(attrs));
	body = gumbo_in(&a, strbuf_slice(&tag))->root
	    ->v.element.children.data[1];
	put_attributes(&((GumboNode *)body->v.element.children.data[0])
	    ->v.element, false, to);
	arena_release(&a);
	strbuf_release(&tag);
}

static void put_element(const GumboElement *e, const struct prescan *p,
    struct strbuf *to)
{
	const struct prescan_tag *t = p ? prescan_find(p, (struct slice){
	    e->original_tag.data, e->original_tag.length}) : NULL;

	if (t)
		put_aside(t->attrs, to);
	else
		put_attributes(e, prescan_is_whole(known_name(e)), to);
}

/* A run of white space is one. */
static void put_text(struct slice s, struct strbuf *to)
{
	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == ' ' || (s.p[i] >= '\t' &&
		    s.p[i] <= '\r' && s.p[i] != '\v');

		if (!blank)
			strbuf_addc(to, s.p[i]);
		else if (to->p[to->n - 1] != ' ')
			strbuf_addc(to, ' ');
	}
}

static bool leaves_out(const GumboElement *e)
{
	if (e->tag_namespace != GUMBO_NAMESPACE_HTML)
		return e->tag == GUMBO_TAG_SVG;
	return e->tag == GUMBO_TAG_SCRIPT || e->tag == GUMBO_TAG_STYLE;
}

static void put_node(const GumboNode *n, int depth, const struct prescan *p,
    struct strbuf *to)
{
	static const char *const spaces[] = {"html", "svg", "math"};

	if (n->type == GUMBO_NODE_COMMENT)
		return;
	strbuf_addf(to, "%*s", depth, "");
	if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) {
		struct slice name = name_of(&n->v.element);

		strbuf_addf(to, "<%s %.*s",
		    spaces[n->v.element.tag_namespace], SLICE_FMT(name));
		if (n->v.element.tag_namespace != GUMBO_NAMESPACE_SVG &&
		    !leaves_out(&n->v.element))
			put_element(&n->v.element, p, to);
		strbuf_adds(to, ">\n");
	} else {
		struct strbuf text = STRBUF_INIT;

		if (p)
			prescan_text(p, slice_of(n->v.text.text), &text);
		else
			strbuf_adds(&text, n->v.text.text);
		strbuf_addc(to, '"');
		put_text(strbuf_slice(&text), to);
		strbuf_release(&text);
		strbuf_adds(to, "\"\n");
	}
}

/* Without recursion: nodes know parent and index. */
static void put_tree(const GumboNode *root, const struct prescan *p,
    struct strbuf *to)
{
	const GumboNode *n = root;
	size_t next = 0;
	int depth = 0;

	put_node(n, depth, p, to);
	for (;;) {
		const GumboVector *kids = &n->v.element.children;

		if (leaves_out(&n->v.element) || next == kids->length) {
			if (n == root)
				return;
			next = n->index_within_parent + 1;
			n = n->parent;
			depth--;
			continue;
		}
		put_node(kids->data[next], depth + 1, p, to);
		if (((GumboNode *)kids->data[next])->type !=
		    GUMBO_NODE_ELEMENT && ((GumboNode *)kids->data[next])->type
		    != GUMBO_NODE_TEMPLATE) {
			next++;
			continue;
		}
		n = kids->data[next];
		next = 0;
		depth++;
	}
}

static void tree_of(struct slice page, const struct prescan *p,
    struct strbuf *to)
{
	struct arena a = {0};

	put_tree(gumbo_in(&a, page)->root, p, to);
	arena_release(&a);
}

enum tree_diff tree_diff(struct slice page, struct strbuf *why)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct prescan p;
	struct err err;
	bool equal;

	if (prescan_read(page, &p, &err))
		return TREES_SKIPPED;
	tree_of(page, NULL, &a);
	tree_of(strbuf_slice(&p.html), &p, &b);
	equal = slice_eq(strbuf_slice(&a), strbuf_slice(&b));
	if (!equal && why)
		strbuf_addf(why, "page:    %.*s\nreduced: %.*s\n--- tree of the "
		    "page\n%s--- tree of the reduced\n%s", SLICE_FMT(page),
		    SLICE_FMT(strbuf_slice(&p.html)), a.p, b.p);
	prescan_release(&p);
	strbuf_release(&a);
	strbuf_release(&b);
	return equal ? TREES_EQUAL : TREES_DIFFER;
}
