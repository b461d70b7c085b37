/* What traps look like, what looks alike, what looks like an article. */
#include "core/attr.h"
#include "crawler/trap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static struct url url(const char *text)
{
	struct url u;

	assert_int_equal(url_parse(slice_of(text), NULL, &arena, &u, NULL), 0);
	return u;
}

static void shapes(void **state)
{
	static const struct {
		const char *path;
		bool trap;
	} rows[] = {
	    {"/news/2026/03/10/talks-begin", false},
	    {"/calendar/2031/05/12", true}, {"/calendar/2026/05/12", false},
	    {"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", true},
	    {"/x/y/x/y/x/y", true}, {"/news/news/talks", false},
	    {"/p?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9", true},
	    {"/p?a=1&b=2", false}, {"/", false}, {"/20990101", true},
	    {"/news/12345678901", false}};

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice s = arena_printf(&arena, "http://t.test%s",
		    rows[i].path);
		struct url u = url(s.p);
		usec_t now = civil_to_usec(&(struct civil){.year = 2026,
		    .month = 3, .day = 10});

		assert_int_equal(trap_shape(&u, now) != NULL, rows[i].trap);
	}
	arena_release(&arena);
}

static void patterns(void **state)
{
	static const struct {
		const char *url, *want;
	} rows[] = {
	    {"http://t.test/", "/"}, {"http://t.test/news/42", "/news/N"},
	    {"http://t.test/news/talks-begin-in-port", "/news/S"},
	    {"http://t.test/2026/03/10/x", "/N/N/N/x"},
	    {"http://t.test/p?sid=8f3a&page=2", "/p?sid&page"},
	    {"http://t.test/s/8f3a9c2b", "/s/I"},
	    {"http://t.test/idUSKBN28612", "/I"},
	    {"http://t.test/world/asia", "/world/asia"},
	    {"http://t.test/b2b", "/b2b"}, {"http://t.test/2026-03-10", "/N"}};
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct url u = url(rows[i].url);

		strbuf_reset(&sb);
		trap_pattern(&u, &sb);
		assert_string_equal(sb.p, rows[i].want);
	}
	strbuf_release(&sb);
	arena_release(&arena);
}

static void links(void **state)
{
	static const struct {
		const char *url;
		enum link_kind want;
	} rows[] = {
	    {"http://t.test/", LINK_OTHER}, {"http://t.test/world", LINK_SECTION},
	    {"http://t.test/world/asia/", LINK_SECTION},
	    {"http://t.test/world/talks-begin-in-the-port", LINK_ARTICLE},
	    {"http://t.test/2026/03/10/talks", LINK_ARTICLE},
	    {"http://t.test/news/1001-talks-begin", LINK_ARTICLE},
	    {"http://t.test/article/123456", LINK_ARTICLE},
	    {"http://t.test/tag/talks-in-the-port-today", LINK_OTHER},
	    {"http://t.test/login", LINK_OTHER}, {"http://t.test/a.pdf", LINK_OTHER},
	    {"http://t.test/world?page=2", LINK_OTHER}};

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct url u = url(rows[i].url);

		assert_int_equal(trap_link_kind(&u), rows[i].want);
	}
	arena_release(&arena);
}

static void days(void **state)
{
	static const struct {
		const char *path;
		int year, month, day;
	} rows[] = {
	    {"/2026/03/10/x", 2026, 3, 10}, {"/x/2026-03-10-talks", 2026, 3, 10},
	    {"/sitemap-2019-07.xml", 2019, 7, 28}, {"/20260310", 2026, 3, 10},
	    {"/sitemap_2019.xml", 0, 0, 0}, {"/news/123456", 0, 0, 0},
	    {"/2026/13/10", 0, 0, 0}, {"/p2026/03/10", 0, 0, 0}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		usec_t want = rows[i].year ? civil_to_usec(&(struct civil){
		    .year = rows[i].year, .month = rows[i].month,
		    .day = rows[i].day}) : TIME_NONE;

		assert_true(trap_day(slice_of(rows[i].path)) == want);
	}
}

/* The operator's index may list indexes, and these sitemaps, no more. */
static void depths(void **state)
{
	(void)state;
	assert_null(trap_depth(0, true));
	assert_null(trap_depth(1, true));
	assert_null(trap_depth(2, false));
	assert_non_null(trap_depth(2, true));
	assert_non_null(trap_depth(3, false));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(shapes),
	    cmocka_unit_test(patterns), cmocka_unit_test(links),
	    cmocka_unit_test(days), cmocka_unit_test(depths)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
