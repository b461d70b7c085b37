/* Articles of small pages, for the tests of the parser. */
#ifndef TESTS_UNIT_ARTICLE_PAGE_H
#define TESTS_UNIT_ARTICLE_PAGE_H
#include "parser/parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define TEXT "<p>Ministers of two coastal states opened long awaited talks in " \
	"Port Halden over fishing rights in the disputed northern strait.</p>" \
	"<p>The delegation leader told waiting reporters that she had come with " \
	"a firm mandate to sign an agreement before the weekend.</p>"
#define LD(fields) "<script type=application/ld+json>{\"@type\":\"NewsArticle\"," \
	fields "}</script>"

static struct arena arena;

static inline int arena_setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static inline int arena_teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* Good until the next call; its slices until the teardown. */
static inline const struct article *page(const char *html)
{
	static struct article art;
	struct parse_input in = {.bytes = slice_of(html), .type = DOC_HTML,
	    .fetched_at = TIME_NONE};
	struct err err;

	assert_int_equal(parser_article(&in, &arena, &art, &err), 0);
	return &art;
}

#endif
