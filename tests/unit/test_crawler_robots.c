/* crawler: robots.txt by RFC 9309, and the schedule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/strbuf.h"
#include "crawler/robots.h"
#include "crawler/schedule.h"

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

static void stars_are_linear(void **state)
{
	struct strbuf sb = STRBUF_INIT, path = STRBUF_INIT;
	struct robots r;
	struct arena a;
	usec_t began;

	(void)state;
	strbuf_adds(&sb, "User-agent: *\nDisallow: /");
	for (int i = 0; i < 2000; i++)
		strbuf_adds(&sb, "*a");
	strbuf_adds(&sb, "$\nCrawl-delay: 2.5\n");
	for (int i = 0; i < 2000; i++)
		strbuf_adds(&path, "/a");
	strbuf_addc(&path, 'b');
	arena_init(&a);
	robots_parse(strbuf_slice(&sb), SLICE("Dateline"), &a, &r);
	assert_int_equal(r.crawl_delay_ms, 2500);
	began = clock_monotonic();
	assert_true(robots_check(&r, strbuf_slice(&path)).allowed);
	assert_true(clock_monotonic() - began < USEC_SECOND / 2);
	arena_release(&a);
	strbuf_release(&sb);
	strbuf_release(&path);
}

static void young_pages_are_visited_more_often(void **state)
{
	struct schedule_input in = {.changed = TIME_NONE,
	    .outcome = OUTCOME_ARTICLE};
	usec_t last = 0;

	(void)state;
	for (usec_t age = 0; age < 80 * USEC_DAY; age += USEC_HOUR) {
		usec_t gap;

		in.now = age;
		gap = schedule_next(&in) - age;
		assert_true(gap > 0 && gap >= last);
		last = gap;
	}
	in.now = 100 * USEC_DAY;
	assert_true(schedule_next(&in) == TIME_NONE);
	in.every = USEC_HOUR;
	assert_true(schedule_next(&in) == in.now + USEC_HOUR);
	in.every = 0;
	in.outcome = OUTCOME_HTTP_ERROR;
	in.failures = 50;
	assert_true(schedule_next(&in) - in.now < 7 * USEC_HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_go_where),
		cmocka_unit_test(stars_are_linear),
		cmocka_unit_test(young_pages_are_visited_more_often),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
