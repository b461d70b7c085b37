#ifndef PARSER_PRESCAN_H
#define PARSER_PRESCAN_H
#include "core/err.h"
#include "core/strbuf.h"
#include "parser/limits.h"

/*
 * One pass over a page before Gumbo sees it. It follows the tokenizer of the
 * HTML standard (WHATWG, 13.2.5: raw text, RCDATA, script data and its
 * escapes, comments, attributes) and leaves out what no reader of the tree
 * looks at: the text of scripts and styles, comments, what is drawn inside
 * <svg>, and attributes that have no reader. JSON-LD is noted on the way.
 *
 * Elements stay, if empty: what they do to the tree around them is kept, so
 * that Gumbo's tree of the reduced page is its tree of the page less what was
 * left out (tests/unit/test_parser_prescan.c, tests/fuzz/prescan_diff.c). Where
 * the tokenizer's state hangs on the tree builder in a way that a scan cannot
 * know (math, frames, raw text inside select, an svg that is not plain
 * drawing), the rest of the page is left as it is: gave_up.
 */
struct prescan {
	struct strbuf html;
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

/* Is the attribute kept on elements other than meta, link, formatting ones?
 * For the test that compares trees. */
bool prescan_keeps(struct slice element, struct slice name,
    struct slice value);

#endif
