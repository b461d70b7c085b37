#ifndef PARSER_PRESCAN_H
#define PARSER_PRESCAN_H
#include "core/err.h"
#include "core/strbuf.h"
#include "parser/limits.h"

/*
 * One pass over a page before Gumbo sees it. It follows the tokenizer of the
 * HTML standard (WHATWG, 13.2.5: raw text, RCDATA, script data and its
 * escapes, comments, attributes) and leaves out what Gumbo need not see: the
 * text of scripts and styles, comments, what is drawn inside <svg>, white space
 * beyond the first of a run, and all attributes that the tree does not hang on.
 * Those that have a reader are kept aside, by the place of their tag; so are
 * stretches of text, for each of which one character of private use stands
 * (Gumbo takes text character by character). JSON-LD is noted on the way.
 *
 * Elements stay, if empty: what they do to the tree around them is kept, so
 * that Gumbo's tree of the reduced page is its tree of the page less what was
 * left out (tests/fuzz/tree_diff.h). Where the tokenizer's state hangs on the
 * tree builder in a way that a scan cannot know (math, frames, raw text inside
 * select, an svg that is not plain drawing), the rest of the page is left as
 * it is: gave_up.
 */
struct prescan_tag {
	size_t at;	    /* of its '<' in html */
	struct slice attrs; /* as written; borrows the page */
};

struct prescan {
	struct strbuf html;
	struct prescan_tag *tags; /* by at; malloc */
	size_t tags_n, tags_cap;
	struct slice *texts; /* kept aside; malloc, they borrow the page */
	size_t texts_n, texts_cap;
	struct slice jsonld[JSONLD_MAX]; /* borrow the page */
	size_t jsonld_n;
	bool gave_up;
	bool ended_in_tag; /* the page ends inside a tag: cut short */
};

/* utf8 is valid UTF-8. PARSE_BUDGET where a tag has more than ATTRIBUTES_MAX
 * attributes: Gumbo compares them pair by pair. */
int prescan_read(struct slice utf8, struct prescan *out, struct err *err)
    MUST_CHECK;
void prescan_release(struct prescan *p);

/* The tag whose attributes were kept aside, by what Gumbo says is its text
 * (a slice of html), or NULL. */
const struct prescan_tag *prescan_find(const struct prescan *p,
    struct slice original);
/* The next attribute that has a reader, from *i (0 at first); value as
 * written, references and all. False at the end. */
bool prescan_attr(struct slice attrs, size_t *i, struct slice *name,
    struct slice *value);

/* Does text hold a stretch that was kept aside? */
bool prescan_is_aside(struct slice text);
/* Appends text of Gumbo's tree as the page has it. */
void prescan_text(const struct prescan *p, struct slice text,
    struct strbuf *to);

/* Does an attribute of that name have a reader? */
bool prescan_reads(struct slice name);
/* Are its attributes left in html? */
bool prescan_is_whole(struct slice element);

#endif
