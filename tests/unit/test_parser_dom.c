#include "core/arena.h"
#include "parser/dom.h"
#include "parser/limits.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

/* The tree, its budget and its walks. */

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static int parse(struct slice html, struct dom *dom, struct err *err)
{
	*err = (struct err){0};
	return dom_parse(html, TREE_BUDGET, TREE_DEADLINE, &arena, dom, err);
}

static struct dom parsed(const char *html)
{
	struct dom dom;
	struct err err;

	assert_int_equal(parse(slice_of(html), &dom, &err), 0);
	return dom;
}

/* n times unit, which may hold %zx for a number of its own. */
static struct slice repeated(const char *unit, size_t n, bool numbered)
{
	struct strbuf sb = STRBUF_INIT;
	struct slice s;

	for (size_t i = 0; i < n; i++)
		if (numbered)
			strbuf_addf(&sb, unit, i);
		else
			strbuf_adds(&sb, unit);
	s = arena_slice(&arena, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

static void makes_the_tree_of_a_page(void **state)
{
	struct dom dom = parsed("<title>T</title><p CLASS='a  b' id=c>x<br>y");
	struct dom_node *p = dom_find(dom.root, TAG_P);
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	assert_int_equal(dom.root->tag, TAG_HTML);
	assert_ptr_equal(dom.head, dom.root->first);
	assert_ptr_equal(dom.body, dom.root->last);
	assert_ptr_equal(p->up, dom.body);
	assert_true(slice_is(dom_attr(p, "class"), "a  b"));
	assert_null(dom_attr(p, "style").p);
	dom_text(p, &sb);
	assert_string_equal(sb.p, "x\ny");
	strbuf_release(&sb);
}

static void finds_words_of_a_class(void **state)
{
	static const struct {
		const char *word;
		bool found;
	} rows[] = {{"share", true}, {"box", true}, {"share-box", false},
	    {"shar", false}, {"main", true}, {"", false}};
	struct dom dom = parsed("<p class='share\tbox' id=main>");
	struct dom_node *p = dom_find(dom.root, TAG_P);

	(void)state;
	for (size_t i = 0; i + 1 < ARRAY_LEN(rows); i++)
		assert_int_equal(dom_has_class(p, rows[i].word),
		    rows[i].found);
}

static void walks_in_document_order(void **state)
{
	struct dom dom = parsed("<ul><li>1<b>2</b><li>3</ul>4");
	struct dom_node *ul = dom_find(dom.root, TAG_UL), *n = ul;
	static const enum dom_tag want[] = {TAG_UL, TAG_LI, TAG_NONE, TAG_B,
	    TAG_NONE, TAG_LI, TAG_NONE};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		assert_non_null(n);
		assert_int_equal(n->tag, want[i]);
		n = dom_next(ul, n, false);
	}
	assert_null(n);
	n = dom_next(ul, ul->first, true);
	assert_ptr_equal(n, ul->last);
	assert_null(dom_next(ul, n, true));
}

static void cuts_what_is_too_deep(void **state)
{
	struct slice deep = repeated("<div>", DOM_MAX_DEPTH + 50, false);
	struct dom dom;
	struct err err;
	size_t depth = 0;

	(void)state;
	assert_int_equal(parse(deep, &dom, &err), 0);
	assert_true(dom.cut);
	for (struct dom_node *n = dom.root; n; n = n->last)
		depth++;
	assert_true(depth <= DOM_MAX_DEPTH + 1);
	dom = parsed("<div><div><div>x");
	assert_false(dom.cut);
}

static void refuses_what_costs_too_much(void **state)
{
	struct slice many, tag;
	struct dom dom;
	struct err err;

	(void)state;
	/* 8.9 GB unguarded: every p makes all open fonts anew */
	assert_int_equal(parse(repeated("<font a%zx><p>", 7000, true), &dom,
	    &err), -1);
	assert_int_equal(err.code, E_PARSE_BUDGET);
	/* compared pair by pair: 75 s for 160,000 of them */
	many = repeated("%zx=1 ", ATTRIBUTES_MAX + 2, true);
	tag = arena_printf(&arena, "<a %.*s>x", SLICE_FMT(many));
	assert_int_equal(parse(tag, &dom, &err), -1);
	assert_int_equal(err.code, E_PARSE_BUDGET);
	/* a deadline that is over */
	assert_int_equal(dom_parse(repeated("<i>", 9000, false), TREE_BUDGET,
	    -1, &arena, &dom, &err), -1);
	assert_int_equal(err.code, E_PARSE_BUDGET);
}

static void counts_attributes_of_tags_alone(void **state)
{
	static const char *const harmless[] = {
	    "<script>var a = '<a %.*s';</script><p>x",
	    "<!-- <a %.*s> --><p>x", "<a title=\"%.*s\">x</a>", "a < b %.*s",
	    "<STYLE><a %.*s</STYLE>x", "<title><a %.*s</title>x"};
	struct slice many = repeated("w ", ATTRIBUTES_MAX + 2, false);
	struct dom dom;
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		assert_int_equal(parse(arena_printf(&arena, harmless[i],
		    SLICE_FMT(many)), &dom, &err), 0);
}

static void tells_markup_that_ends_in_a_tag(void **state)
{
	static const struct {
		const char *html;
		bool cut;
	} rows[] = {{"<p>x</p><div cla", true}, {"<p>x</", true},
	    {"<p>x</p", true}, {"<p>x</p>", false}, {"<p>a < b", false},
	    {"<p>1 <2", false}, {"x<a href=\"", true}, {"", false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(parsed(rows[i].html).ended_in_tag,
		    rows[i].cut);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(makes_the_tree_of_a_page),
	    cmocka_unit_test(finds_words_of_a_class),
	    cmocka_unit_test(walks_in_document_order),
	    cmocka_unit_test(cuts_what_is_too_deep),
	    cmocka_unit_test(refuses_what_costs_too_much),
	    cmocka_unit_test(counts_attributes_of_tags_alone),
	    cmocka_unit_test(tells_markup_that_ends_in_a_tag),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
