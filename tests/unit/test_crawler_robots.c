/* crawler: robots.txt by RFC 9309. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/clock.h"
#include "core/strbuf.h"
#include "crawler/robots.h"

static void who_may_go_where(void **state)
{
	static const struct {
		const char *text, *path;
		bool allowed;
	} rows[] = {
	    {"", "/x", true},
	    {"User-agent: *\nDisallow: /a", "/a/b", false},
	    {"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", true},
	    {"User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow:",
		"/x", true},
	    {"User-agent: Dateline\nUser-agent: Other\nDisallow: /x", "/x",
		false},
	    {"user-agent: *\rdisallow: /y\r", "/y", false},
	    {"\xef\xbb\xbfUser-agent: *\r\nDisallow: /z", "/z", false},
	    {"User-agent: *\nDisallow: /*.php$", "/a.php", false},
	    {"User-agent: *\nDisallow: /*.php$", "/a.php?x", true},
	    {"User-agent: *\nDisallow: /caf\xc3\xa9", "/caf%C3%A9", false},
	    {"<!doctype html><html>not robots</html>", "/x", true},
	    {"User-agent: *\nDisallow: /p # comment", "/p", false},
	    {"User-agent: Datelinebot\nDisallow: /", "/x", true},
	    {"User-agent: Dateline/2.1\nDisallow: /", "/x", false},
	    /* longest match, of equals the allowing one (RFC 9309, 2.2.2) */
	    {"User-agent: *\nAllow: /p\nDisallow: /", "/page", true},
	    {"User-agent: *\nDisallow: /folder\nAllow: /folder", "/folder/page",
		true},
	    {"User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page.htm",
		false},
	    /* groups of one agent are one (2.2.1) */
	    {"User-agent: dateline\nDisallow: /a\nUser-agent: x\nDisallow:"
	     " /\nUser-agent: DATELINE\nDisallow: /b",
		"/b", false},
	    {"User-agent: dateline\nDisallow: /a\nUser-agent: *\nDisallow:"
	     " /b",
		"/b", true},
	    /* rules before any agent are nobody's */
	    {"Disallow: /\nUser-agent: x\nDisallow: /y", "/", true},
	    /* other lines do not end a list of agents (2.2.4) */
	    {"User-agent: dateline\nSitemap: /s\nCrawl-delay: 3\n"
	     "User-agent: x\nDisallow: /",
		"/", false},
	    {"User-agent: *\nDisallow: /x\0y\n", "/x", false},
	    {"User-agent: *\nDisallow: /a%c3%a9", "/a%C3%A9b", false},
	    {"User-agent: *\nDisallow: /a%C3%A9", "/a%c3%a9b", false},
	    {"User-agent: *\nDisallow: /*/b*c$", "/a/bxc", false},
	    {"User-agent: *\nDisallow: /*/b*c$", "/a/bxcd", true},
	    {"User-agent: *\nDisallow: /ab*ab$", "/ab", true},
	    {"User-agent: *\nDisallow: /a$", "/a", false},
	    {"User-agent: *\nDisallow: /a$", "/aa", true},
	    {"User-agent: *\nDisallow: *", "/", false},
	    {"User-agent: *\nDisallow: /\nAllow: /x/index.html", "/x/", true},
	    {"User-agent: *\nDisallow /x", "/x", false},
	    {"User-agent: *\nDisallow /x y", "/x", true},
	    {"User-agent: *\n\n\n# c\nDisallow: /x", "/x", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct robots r;
		struct arena a;

		arena_init(&a);
		robots_parse(slice_of(rows[i].text), SLICE("Dateline"), &a, &r);
		if (robots_check(&r, slice_of(rows[i].path)).allowed !=
		    rows[i].allowed)
			fail_msg("%s: %s", rows[i].text, rows[i].path);
		arena_release(&a);
	}
}

static int delay_of(const char *text)
{
	struct robots r;
	struct arena a;

	arena_init(&a);
	robots_parse(slice_of(text), SLICE("Dateline"), &a, &r);
	arena_release(&a);
	return r.crawl_delay_ms;
}

static void delays_are_of_their_group(void **state)
{
	static const struct {
		const char *text;
		int ms;
	} rows[] = {
	    {"", -1},
	    {"User-agent: *\nCrawl-delay: 5", 5000},
	    {"User-agent: *\nCrawl-delay: 0.25", 250},
	    {"User-agent: *\nCrawl-delay: .5", -1},
	    {"User-agent: *\nCrawl-delay: soon", -1},
	    {"User-agent: *\nCrawl-delay: -1", -1},
	    {"User-agent: *\nCrawl-delay: 99999999999999999999", 86400000},
	    {"User-agent: dateline\nCrawl-delay: 1\nUser-agent: x\n"
	     "Crawl-delay: 9",
		1000},
	    {"User-agent: *\nCrawl-delay: 9\nUser-agent: dateline\n"
	     "Disallow:",
		-1},
	    {"Crawl-delay: 2\nUser-agent: x\nDisallow: /", 2000},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (delay_of(rows[i].text) != rows[i].ms)
			fail_msg(
			    "%s: %d", rows[i].text, delay_of(rows[i].text));
}

static void rules_and_sitemaps_are_named(void **state)
{
	struct robots r;
	struct robots_answer x;
	struct arena a;

	(void)state;
	arena_init(&a);
	robots_parse(
	    SLICE(
		"Sitemap: https://e.test/s.xml\nUser-agent: *\n"
		"Disallow: /caf\xc3\xa9 # tea\nsite-map: https://e.test/t.xml"),
	    SLICE("Dateline"), &a, &r);
	assert_int_equal(r.sitemaps_n, 2);
	assert_true(slice_is(r.sitemaps[1], "https://e.test/t.xml"));
	x = robots_check(&r, SLICE("/caf%C3%A9/x"));
	assert_false(x.allowed);
	assert_true(slice_is(x.rule->pattern, "/caf\xc3\xa9"));
	assert_null(robots_check(&r, SLICE("/")).rule);
	arena_release(&a);
}

/* What is over the limit is ignored, and what is under it is not. */
static void half_a_megabyte_is_read(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct robots r;
	struct arena a;

	(void)state;
	arena_init(&a);
	strbuf_adds(&sb, "User-agent: *\n");
	while (sb.n < 500 * 1024)
		strbuf_adds(&sb, "# a comment of no weight\n");
	strbuf_adds(&sb, "Disallow: /before\n");
	while (sb.n < 10 << 20)
		strbuf_adds(&sb, "Disallow: /a\n");
	strbuf_adds(&sb, "Disallow: /after\n");
	robots_parse(strbuf_slice(&sb), SLICE("Dateline"), &a, &r);
	assert_false(robots_check(&r, SLICE("/before")).allowed);
	assert_false(robots_check(&r, SLICE("/ax")).allowed);
	strbuf_reset(&sb);
	for (size_t i = 0; i < ROBOTS_LINE_MAX + 100; i++)
		strbuf_addc(&sb, '/');
	assert_true(robots_check(&r, strbuf_slice(&sb)).allowed);
	arena_release(&a);
	strbuf_release(&sb);
}

/* Time is asserted in a plain build only; these bounds have room for others. */
static void no_pattern_is_slow(void **state)
{
	static const char *const ends[] = {"*a", "a", "*", "*ab", "a*"};
	struct strbuf sb = STRBUF_INIT, path = STRBUF_INIT;
	struct robots r;
	struct arena a;
	usec_t began;

	(void)state;
	for (int i = 0; i < 2000; i++)
		strbuf_addc(&path, i ? 'a' : '/');
	strbuf_addc(&path, 'b');
	for (size_t k = 0; k < ARRAY_LEN(ends); k++) {
		strbuf_reset(&sb);
		strbuf_adds(&sb, "User-agent: *\n");
		while (sb.n < ROBOTS_MAX_BYTES) {
			strbuf_adds(&sb, "Disallow: /*");
			for (int i = 0; i < 2000; i++)
				strbuf_adds(&sb, ends[k]);
			strbuf_adds(&sb, "c$\n");
		}
		arena_init(&a);
		robots_parse(strbuf_slice(&sb), SLICE("Dateline"), &a, &r);
		began = clock_monotonic();
		assert_true(robots_check(&r, strbuf_slice(&path)).allowed);
		assert_true(clock_monotonic() - began < USEC_SECOND / 2);
		arena_release(&a);
	}
	strbuf_release(&sb);
	strbuf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_may_go_where),
	    cmocka_unit_test(delays_are_of_their_group),
	    cmocka_unit_test(rules_and_sitemaps_are_named),
	    cmocka_unit_test(half_a_megabyte_is_read),
	    cmocka_unit_test(no_pattern_is_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
