#ifndef TESTS_TREE_DIFF_H
#define TESTS_TREE_DIFF_H
#include "core/strbuf.h"

/*
 * Gumbo's tree of a page less what parser/prescan.h leaves out (text of
 * scripts and styles, what is inside svg, attributes without a reader, white
 * space beyond the first of a run), with what it kept aside, written as text: equal before and after the prescan, or it is wrong.
 */
enum tree_diff { TREES_EQUAL, TREES_DIFFER, TREES_SKIPPED };

/* SKIPPED: a tag with too many attributes. Where they differ, why holds both
 * trees. */
enum tree_diff tree_diff(struct slice page, struct strbuf *why);

#endif
