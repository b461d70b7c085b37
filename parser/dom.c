#include "parser/dom.h"

#include "core/entity.h"
#include "parser/prescan.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * Gumbo 0.10.1 takes 8.9 GB for 100 kB of "<font aN><p>" and overflows the
 * stack when it destroys a deep tree (design.md). So it allocates from a
 * private heap with a budget and a deadline, is left by longjmp, and is freed
 * as a whole; it must never see NULL from its allocator.
 */
#define BLOCK_BYTES  (256 << 10)
#define ALIGN	     16
#define CHECK_EVERY  256 /* allocations between two looks at the clock */

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(ALIGN) char bytes[];
};

struct heap {
	struct block *blocks;
	size_t used, budget;
	usec_t deadline; /* monotonic */
	unsigned int n;
	jmp_buf out;
};

static void *heap_alloc(void *self, size_t n)
{
	struct heap *h = self;
	struct block *b = h->blocks;
	size_t size;

	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (n > h->budget || h->used > h->budget - n ||
	    (++h->n % CHECK_EVERY == 0 && clock_monotonic() > h->deadline))
		longjmp(h->out, 1);
	if (!b || b->size - b->used < n) {
		size = n > BLOCK_BYTES ? n : BLOCK_BYTES;
		b = xmalloc(sizeof(*b) + size);
		b->size = size;
		b->used = 0;
		b->next = h->blocks;
		h->blocks = b;
	}
	h->used += n;
	b->used += n;
	return b->bytes + b->used - n;
}

static void heap_free(void *self, void *p)
{
	(void)self;
	(void)p;
}

static void heap_release(struct heap *h)
{
	struct block *b, *next;

	for (b = h->blocks; b; b = next) {
		next = b->next;
		free(b);
	}
}

/* ---- Gumbo's nodes -> ours ------------------------------------------------------------ */

static const struct {
	GumboTag gumbo;
	enum dom_tag tag;
} tags[] = {
#define TAG(name) {GUMBO_TAG_##name, TAG_##name},
#include "parser/tags.def"
#undef TAG
};

struct converting {
	struct arena *a;
	struct dom *dom;
	const struct prescan *page;
	enum dom_tag map[GUMBO_TAG_LAST + 1];
};

static struct slice lower_case(struct arena *a, struct slice s)
{
	char *p;
	size_t i = 0;

	while (i < s.n && (s.p[i] < 'A' || s.p[i] > 'Z'))
		i++;
	if (i == s.n)
		return s;
	p = arena_copy(a, s.p, s.n);
	for (i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (struct slice){p, s.n};
}

static struct slice lower_name(struct converting *c, const GumboElement *e)
{
	const char *known = gumbo_normalized_tagname(e->tag);
	GumboStringPiece raw;

	if (known && *known)
		return slice_of(known);
	raw = e->original_tag;
	gumbo_tag_from_original_text(&raw);
	return lower_case(c->a, arena_slice(c->a, (struct slice){raw.data,
	    raw.length})); /* Gumbo's text ends with its tree */
}

/* Of Gumbo's element: what the prescan left in the page. */
static void copy_attributes(struct converting *c, const GumboElement *e,
    struct dom_node *n)
{
	n->attrs_n = e->attributes.length;
	n->attrs = arena_alloc(c->a, (n->attrs_n + 1) * sizeof(*n->attrs));
	for (size_t i = 0; i < n->attrs_n; i++) {
		const GumboAttribute *at = e->attributes.data[i];

		n->attrs[i].name = arena_slice(c->a, slice_of(at->name));
		n->attrs[i].value = arena_slice(c->a, slice_of(at->value));
	}
}

static struct slice decoded(struct arena *a, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;

	if (!s.n || !memchr(s.p, '&', s.n))
		return s;
	entity_decode(s, &sb);
	s = arena_slice(a, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

/* Of the tag as it stands in the page: they borrow it. */
static void read_attributes(struct converting *c, struct slice attrs,
    struct dom_node *n)
{
	struct slice name, value;
	size_t i = 0, count = 0;

	while (prescan_attr(attrs, &i, &name, &value))
		count++;
	n->attrs = arena_alloc(c->a, (count + 1) * sizeof(*n->attrs));
	for (i = 0; prescan_attr(attrs, &i, &name, &value); n->attrs_n++)
		n->attrs[n->attrs_n] = (struct dom_attr){lower_case(c->a, name),
		    decoded(c->a, value)};
}

static void attributes(struct converting *c, const GumboElement *e,
    struct dom_node *n)
{
	const struct prescan_tag *t = prescan_find(c->page,
	    (struct slice){e->original_tag.data, e->original_tag.length});

	if (t)
		read_attributes(c, t->attrs, n);
	else
		copy_attributes(c, e, n);
}

static struct slice text_of(struct converting *c, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;

	if (!prescan_is_aside(s))
		return arena_slice(c->a, s);
	prescan_text(c->page, s, &sb);
	s = arena_slice(c->a, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

static struct dom_node *new_node(struct converting *c, const GumboNode *g)
{
	struct dom_node *n = arena_zalloc(c->a, 1, sizeof(*n));

	c->dom->nodes_n++;
	switch (g->type) {
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
	case GUMBO_NODE_CDATA:
		n->text = text_of(c, slice_of(g->v.text.text));
		return n;
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		n->tag = c->map[g->v.element.tag];
		if (n->tag == TAG_NONE)
			n->tag = TAG_OTHER;
		n->name = lower_name(c, &g->v.element);
		attributes(c, &g->v.element, n);
		return n;
	default:
		return NULL; /* comments, the document */
	}
}

static void append(struct dom_node *up, struct dom_node *n)
{
	n->up = up;
	n->prev = up->last;
	if (up->last)
		up->last->next = n;
	else
		up->first = n;
	up->last = n;
}

/* Depth first without recursion: Gumbo's nodes know parent and index. */
static struct dom_node *convert(struct converting *c, const GumboNode *root)
{
	struct dom_node *top = new_node(c, root), *at = top;
	const GumboNode *g = root;
	size_t next = 0, depth = 0;

	while (g) {
		const GumboVector *kids = &g->v.element.children;
		const GumboNode *kid;
		struct dom_node *n;

		if (next == kids->length) {
			if (g == root)
				break;
			next = g->index_within_parent + 1;
			g = g->parent;
			at = at->up;
			depth--;
			continue;
		}
		kid = kids->data[next++];
		n = new_node(c, kid);
		if (!n)
			continue;
		append(at, n);
		if (n->tag == TAG_NONE)
			continue;
		if (depth + 1 >= DOM_MAX_DEPTH) {
			c->dom->cut = true;
			continue;
		}
		g = kid;
		at = n;
		next = 0;
		depth++;
	}
	return top;
}

/* Gumbo in its heap; html outlives the tree. */
static int parse(struct slice html, size_t budget_bytes, usec_t deadline,
    struct converting *c, struct err *err)
{
	struct heap heap = {.budget = budget_bytes,
	    .deadline = clock_monotonic() + deadline};
	GumboOptions options = kGumboDefaultOptions;
	GumboOutput *tree;

	options.allocator = heap_alloc;
	options.deallocator = heap_free;
	options.userdata = &heap;
	options.max_errors = 0;
	if (setjmp(heap.out)) {
		heap_release(&heap);
		return err_set(err, E_PARSE_BUDGET, "the tree needs more than "
		    "%zu MB or %lld ms", budget_bytes >> 20,
		    (long long)(deadline / 1000));
	}
	tree = gumbo_parse_with_options(&options, html.p ? html.p : "",
	    html.n);
	c->dom->root = convert(c, tree->root);
	heap_release(&heap);
	return 0;
}

static void keep_jsonld(const struct prescan *p, struct arena *a,
    struct dom *out)
{
	out->jsonld_n = p->jsonld_n;
	out->jsonld = arena_alloc(a, (p->jsonld_n + 1) * sizeof(*out->jsonld));
	memcpy(out->jsonld, p->jsonld, p->jsonld_n * sizeof(*out->jsonld));
}

int dom_parse(struct slice utf8, size_t budget_bytes, usec_t deadline,
    struct arena *a, struct dom *out, struct err *err)
{
	struct prescan reduced;
	struct converting c = {.a = a, .dom = out, .page = &reduced};
	int rc;

	*out = (struct dom){0};
	if (prescan_read(utf8, &reduced, err))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		c.map[tags[i].gumbo] = tags[i].tag;
	rc = parse(strbuf_slice(&reduced.html), budget_bytes, deadline, &c,
	    err);
	if (!rc) {
		out->head = dom_find(out->root, TAG_HEAD);
		out->body = dom_find(out->root, TAG_BODY);
		if (!out->body)
			out->body = out->root;
		out->ended_in_tag = reduced.ended_in_tag;
		keep_jsonld(&reduced, a, out);
	}
	prescan_release(&reduced);
	return rc;
}

/* ---- walking ---------------------------------------------------------------------------- */

struct dom_node *dom_next(const struct dom_node *top, struct dom_node *n,
    bool skip)
{
	if (!skip && n->first)
		return n->first;
	while (n != top && !n->next)
		n = n->up;
	return n == top ? NULL : n->next;
}

struct slice dom_attr(const struct dom_node *n, const char *name)
{
	struct slice w = n->attrs_n ? slice_of(name) : SLICE_NONE;

	for (size_t i = 0; i < n->attrs_n; i++)
		if (slice_eq(n->attrs[i].name, w))
			return n->attrs[i].value;
	return SLICE_NONE;
}

bool dom_has_class(const struct dom_node *n, const char *word)
{
	struct slice s = dom_attr(n, "class"), w = slice_of(word);
	long at = slice_find(s, w, 0);

	for (; at >= 0; at = slice_find(s, w, (size_t)at + 1)) {
		size_t end = (size_t)at + w.n;

		if ((!at || s.p[at - 1] <= ' ') &&
		    (end == s.n || s.p[end] <= ' '))
			return true;
	}
	return slice_eq(dom_attr(n, "id"), w);
}

void dom_text(const struct dom_node *n, struct strbuf *sb)
{
	struct dom_node *at = (struct dom_node *)n;

	for (; at; at = dom_next(n, at, at->tag == TAG_SCRIPT ||
	    at->tag == TAG_STYLE))
		if (at->tag == TAG_NONE)
			strbuf_addsl(sb, at->text);
		else if (at->tag == TAG_BR)
			strbuf_addc(sb, '\n');
}

struct dom_node *dom_find(const struct dom_node *top, enum dom_tag tag)
{
	struct dom_node *n = (struct dom_node *)top;

	for (; n; n = dom_next(top, n, false))
		if (n->tag == tag)
			return n;
	return NULL;
}
