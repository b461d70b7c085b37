/* tdmrep.json: the longest pattern that fits a path counts. */
#include "core/attr.h"
#include "crawler/tdm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define RULES "[{\"location\":\"/\",\"tdm-reservation\":1,\"tdm-policy\":\"http://a.test/p\"}," \
	"{\"location\":\"/open\",\"tdm-reservation\":0},{\"location\":\"/open/*.pdf$\"," \
	"\"tdm-reservation\":\"1\"},{\"location\":\"/q?x\",\"tdm-reservation\":0}]"

static void rules(void **state)
{
	static const struct {
		const char *text, *url;
		int want; /* -1: nothing is said */
	} rows[] = {
	    {RULES, "http://a.test/x", 1}, {RULES, "http://a.test/", 1},
	    {RULES, "http://a.test/open/x", 0}, {RULES, "http://a.test/open/x.pdf", 1},
	    {RULES, "http://a.test/open/x.pdf?y", 0}, {RULES, "http://a.test/q?xy", 0},
	    {RULES, "http://a.test/q", 1},
	    {"[{\"location\":\"/a\",\"tdm-reservation\":1}]", "http://a.test/b", -1},
	    {"[{\"location\":\"/\",\"tdm-reservation\":2}]", "http://a.test/b", -1},
	    {"[{\"location\":7},{},3,null]", "http://a.test/b", -1},
	    {"{\"location\":\"/\",\"tdm-reservation\":1}", "http://a.test/b", -1},
	    {"[", "http://a.test/b", -1}, {"", "http://a.test/b", -1}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rights r = {0};
		struct arena a;
		struct url u;

		arena_init(&a);
		assert_int_equal(url_parse(slice_of(rows[i].url), NULL, &a, &u,
		    NULL), 0);
		tdm_read(slice_of(rows[i].text), &u, &a, &r);
		assert_int_equal(r.tdm_known ? r.tdm_reserved : -1,
		    rows[i].want);
		assert_int_equal(r.sources, r.tdm_known ? RIGHTS_SITE : 0);
		arena_release(&a);
	}
}

static void policies(void **state)
{
	struct rights r = {0};
	struct arena a;
	struct url u;

	(void)state;
	arena_init(&a);
	assert_int_equal(url_parse(SLICE("http://a.test/x"), NULL, &a, &u, NULL),
	    0);
	tdm_read(SLICE(RULES), &u, &a, &r);
	assert_true(slice_is(r.tdm_policy, "http://a.test/p"));
	arena_release(&a);
	assert_true(tdm_is_path(SLICE("/.well-known/tdmrep.json")));
	assert_false(tdm_is_path(SLICE("/tdmrep.json")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rules),
	    cmocka_unit_test(policies)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
