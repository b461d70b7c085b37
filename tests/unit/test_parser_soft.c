/* Pages that say in words what their status should have said, and articles
 * about such words. */
#include "core/attr.h"
#include "core/strbuf.h"
#include "parser/parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static enum soft_error of(const char *title, const char *body, size_t times)
{
	struct strbuf sb = STRBUF_INIT;
	struct article a;
	enum soft_error e;

	article_init(&a);
	for (size_t i = 0; i < times; i++)
		strbuf_adds(&sb, body);
	a.title = slice_of(title);
	a.body = strbuf_slice(&sb);
	e = parser_soft_error(&a);
	strbuf_release(&sb);
	return e;
}

static void pages(void **state)
{
	static const struct {
		const char *title, *body;
		size_t times;
		enum soft_error want;
	} rows[] = {
	    {"Page not found", "Try the search. ", 5, SOFT_GONE},
	    {"404: Not Found", "", 0, SOFT_GONE},
	    {"Daily News - Page Not Found", "", 0, SOFT_GONE},
	    {"Oops!", "Something is missing here. ", 3, SOFT_GONE},
	    {NULL, "The page you requested is not here. ", 1, SOFT_GONE},
	    {"Minister steps down", "This story has been removed. ", 1, SOFT_GONE},
	    {"Service Unavailable", "Back soon. ", 2, SOFT_TROUBLE},
	    {"Access Denied", "You have no permission. ", 4, SOFT_TROUBLE},
	    {"Just a moment...", "", 0, SOFT_TROUBLE},
	    {"502 Bad Gateway", "nginx", 1, SOFT_TROUBLE},
	    /* articles: long, or about something else */
	    {"Page not found: how sites lose their past", "A long report on "
		"broken links. ", 40, SOFT_NONE},
	    {"Minister steps down", "She said that the page you are looking for "
		"is history. ", 30, SOFT_NONE},
	    {"Rail maintenance delays trains", "Trains are late. ", 5, SOFT_NONE},
	    {"503 people evacuated", "The river rose by a metre at night. ", 4,
		SOFT_NONE},
	    {"404 people evacuated", "The river rose by a metre at night. ", 4,
		SOFT_NONE},
	    {"Talks begin", "Ministers met. ", 3, SOFT_NONE}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(of(rows[i].title, rows[i].body, rows[i].times),
		    rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(pages)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
