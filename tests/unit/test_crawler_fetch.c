/* What an answer's headers mean. */
#include "core/attr.h"
#include "crawler/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void an_answer_says_how_long_it_may_be_kept(void **state)
{
	static const struct {
		const char *control, *again, *age;
		int64_t seconds; /* -1: it does not say */
	} rows[] = {
	    {NULL, NULL, NULL, -1},
	    {"", NULL, NULL, -1},
	    {"public", NULL, "9", -1},
	    {"max-age=3600", NULL, NULL, 3600},
	    {"MAX-AGE=3600", NULL, NULL, 3600},
	    {"public, max-age=60, must-revalidate", NULL, NULL, 60},
	    {" max-age=60 ,public", NULL, NULL, 60},
	    {"max-age=\"60\"", NULL, NULL, 60},
	    {"max-age=0", NULL, NULL, 0},
	    {"no-cache", NULL, NULL, 0},
	    {"no-store, max-age=60", NULL, NULL, 0},
	    /* of a field alone */
	    {"no-cache=\"set-cookie\", max-age=60", NULL, NULL, 60},
	    /* for shared caches, which we are none of */
	    {"s-maxage=5, max-age=60", NULL, NULL, 60},
	    {"max-age=60, max-age=30", NULL, NULL, 30},
	    {"max-age=60", "max-age=30", NULL, 30},
	    {"public", "max-age=30", NULL, 30},
	    {"max-age=3600", NULL, "600", 3000},
	    {"max-age=60", NULL, "600", 0},
	    {"max-age=60", NULL, "soon", 60},
	    {"max-age=", NULL, NULL, -1},
	    {"max-age=-5", NULL, NULL, -1},
	    {"max-age=1h", NULL, NULL, -1},
	    {"max-age = 60", NULL, NULL, -1},
	    {"max-age=99999999999999999999999", NULL, NULL, INT32_MAX},
	    {",,,max-age=60,,", NULL, NULL, 60},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_header headers[3];
		struct http_answer a = {.headers = headers};
		usec_t want = rows[i].seconds < 0 ? -1 : rows[i].seconds *
		    USEC_SECOND;

		if (rows[i].control)
			headers[a.headers_n++] = (struct http_header){
			    SLICE("cache-control"), slice_of(rows[i].control)};
		if (rows[i].again)
			headers[a.headers_n++] = (struct http_header){
			    SLICE("Cache-Control"), slice_of(rows[i].again)};
		if (rows[i].age)
			headers[a.headers_n++] = (struct http_header){
			    SLICE("Age"), slice_of(rows[i].age)};
		if (fetch_max_age(&a) != want)
			fail_msg("%s: %lld", rows[i].control,
			    (long long)fetch_max_age(&a));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_answer_says_how_long_it_may_be_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
