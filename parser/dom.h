#ifndef PARSER_DOM_H
#define PARSER_DOM_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/strbuf.h"
#include "parser/limits.h"

/*
 * The only door of Gumbo. A tree of our own nodes in an arena, made from
 * Gumbo's of the page as prescan.c reduces it (no text of scripts, styles and
 * drawings; no attribute without a reader), under a byte budget and a deadline; Gumbo's memory is gone when
 * dom_parse returns. Walk it with first/next/up: never recurse.
 */

enum dom_tag {
	TAG_NONE, /* text node */
	TAG_OTHER, /* an element that we have no name for */
#define TAG(name) TAG_##name,
#include "parser/tags.def"
#undef TAG
	TAG_COUNT
};

struct dom_attr {
	struct slice name, value; /* name in lower case, value decoded */
};

struct dom_node {
	enum dom_tag tag;
	struct slice name; /* element's name, lower case */
	struct slice text; /* text node: decoded characters, UTF-8 */
	struct dom_attr *attrs;
	size_t attrs_n;
	struct dom_node *up, *first, *last, *next, *prev;
	void *mark; /* for whoever walks the tree (scores) */
};

struct dom {
	struct dom_node *root; /* <html> */
	struct dom_node *head, *body;
	struct slice *jsonld; /* texts of its scripts; they borrow the page */
	size_t jsonld_n;
	size_t nodes_n;
	bool cut; /* something lay deeper than DOM_MAX_DEPTH */
	bool ended_in_tag; /* the markup ended inside a tag: cut short */
};

/* utf8 is valid UTF-8 and outlives the tree: attributes borrow from it.
 * PARSE_BUDGET when over budget or deadline. */
int dom_parse(struct slice utf8, size_t budget_bytes, usec_t deadline,
    struct arena *a, struct dom *out, struct err *err) MUST_CHECK;

/* Next node in document order inside top, or NULL; skip: not its children. */
struct dom_node *dom_next(const struct dom_node *top, struct dom_node *n,
    bool skip);
/* Attribute's value, or SLICE_NONE. */
struct slice dom_attr(const struct dom_node *n, const char *name);
/* Is word one of the white-space separated words of class (or id)? */
bool dom_has_class(const struct dom_node *n, const char *word);
/* All text below n, white space as it stands, appended to sb. */
void dom_text(const struct dom_node *n, struct strbuf *sb);
/* First element with the tag below top, or NULL. */
struct dom_node *dom_find(const struct dom_node *top, enum dom_tag tag);

#endif
