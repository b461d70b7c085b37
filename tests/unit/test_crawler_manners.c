/* crawler: how long a host is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/attr.h"
#include "crawler/manners.h"

/* RFC 9110, 5.6.7: the same moment in three forms. */
#define SUN_06_NOV_1994 (784111777 * USEC_SECOND)

static void dates_of_http(void **state)
{
	static const struct {
		const char *text;
		usec_t t; /* TIME_NONE: no date */
	} rows[] = {
	    {"Sun, 06 Nov 1994 08:49:37 GMT", SUN_06_NOV_1994},
	    {"Sunday, 06-Nov-94 08:49:37 GMT", SUN_06_NOV_1994},
	    {"Sun Nov  6 08:49:37 1994", SUN_06_NOV_1994},
	    {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228799 * USEC_SECOND},
	    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
	    /* 68 is over fifty years ahead of 1994 */
	    {"Monday, 01-Jan-68 00:00:00 GMT", -63158400 * USEC_SECOND},
	    {"Sun, 31 Feb 1994 08:49:37 GMT", TIME_NONE},
	    {"Sun, 06 Nov 1994 25:49:37 GMT", TIME_NONE},
	    {"Sun, 06 Nov 1994 08:49:37 EST", TIME_NONE},
	    {"Sun, 06 Nov 1994 08:49:37 GMT+1", TIME_NONE},
	    {"Sun, 6 Nov 1994 08:49:37 GMT", TIME_NONE},
	    {"1994-11-06T08:49:37Z", TIME_NONE},
	    {"Su", TIME_NONE},
	    {"", TIME_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		usec_t t = TIME_NONE;

		if (manners_date(slice_of(rows[i].text), SUN_06_NOV_1994, &t))
			t = TIME_NONE;
		if (t != rows[i].t)
			fail_msg("%s: %lld", rows[i].text, (long long)t);
	}
}

static void retry_after_is_seconds_or_a_date(void **state)
{
	static const struct {
		const char *text;
		usec_t wait;
	} rows[] = {
	    {"120", 120 * USEC_SECOND},
	    {"0", 0},
	    {"3601", USEC_HOUR},
	    {"999999999999999999999999", USEC_HOUR},
	    {"Sun, 06 Nov 1994 08:50:37 GMT", USEC_MINUTE},
	    {"Sun, 06 Nov 1994 08:48:37 GMT", 0},
	    {"Sun, 06 Nov 2094 08:48:37 GMT", USEC_HOUR},
	    {"-5", TIME_NONE},
	    {"1.5", TIME_NONE},
	    {"soon", TIME_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (manners_retry_after(slice_of(rows[i].text),
			SUN_06_NOV_1994) != rows[i].wait)
			fail_msg("%s", rows[i].text);
}

static void the_longer_delay_counts(void **state)
{
	static const struct {
		int ours, robots;
		usec_t delay;
	} rows[] = {
	    {1000, -1, USEC_SECOND},
	    {1000, 500, USEC_SECOND},
	    {1000, 5000, 5 * USEC_SECOND},
	    {0, -1, 0},
	    {0, 250, USEC_SECOND / 4},
	    {-1, -1, 0},
	    {1000, 86400000, USEC_MINUTE},
	    {300000, 86400000, 5 * USEC_MINUTE}, /* the operator's own */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct manners m = {
		    .delay_ms = rows[i].ours, .crawl_delay_ms = rows[i].robots};

		assert_true(manners_delay(&m) == rows[i].delay);
	}
}

/* The pause after each of some answers, from a host with a delay of 1 s. */
static void pauses_grow_with_refusals(void **state)
{
	static const struct {
		struct manners_answer a;
		usec_t pause;
	} rows[] = {
	    {{.status = 200}, USEC_SECOND},
	    /* as long as the answer took */
	    {{.status = 200, .duration = 3 * USEC_SECOND}, 3 * USEC_SECOND},
	    {{.status = 404, .duration = USEC_HOUR}, USEC_MINUTE},
	    {{.status = 429}, 5 * USEC_SECOND},
	    {{.status = 503}, 10 * USEC_SECOND},
	    {{.status = 429, .retry_after = {"30", 2}}, 30 * USEC_SECOND},
	    {{.status = 503, .retry_after = {"x", 1}}, 40 * USEC_SECOND},
	    {{.status = 304}, USEC_SECOND}, /* all is well again */
	    {{.status = 500}, USEC_SECOND},
	    {{.code = E_CONNECTION}, 2 * USEC_SECOND},
	    {{.code = E_TOO_SLOW}, 4 * USEC_SECOND},
	    {{.code = E_PROTOCOL}, USEC_SECOND}, /* it did answer */
	    {{.status = 503, .retry_after = {"0", 1}}, USEC_SECOND},
	};
	struct manners m = {.delay_ms = 1000, .crawl_delay_ms = -1};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		manners_after(&m, &rows[i].a, 77, SUN_06_NOV_1994);
		if (m.next_at - 77 != rows[i].pause)
			fail_msg(
			    "row %zu: %lld us", i, (long long)m.next_at - 77);
	}
	for (int i = 0; i < 100; i++)
		manners_after(
		    &m, &(struct manners_answer){.status = 429}, 0, 0);
	assert_true(m.next_at == 5 * USEC_MINUTE && m.rests);
}

static void what_is_owed_holds_for_the_next_who_asks(void **state)
{
	static const usec_t now = 1000 * USEC_HOUR, s = USEC_SECOND;
	static const struct {
		usec_t next, passed; /* kept, and how long ago */
		int failures;
		usec_t wait;
		bool rests;
	} rows[] = {
	    {5 * s, 0, 0, 5 * s, false},
	    {5 * s, 3 * s, 0, 2 * s, false},
	    {5 * s, 6 * s, 0, 0, false},
	    {USEC_HOUR, USEC_MINUTE, 2, 59 * USEC_MINUTE, true},
	    {USEC_HOUR, USEC_HOUR, 2, 0, false},
	    /* a clock was set back by a day */
	    {5 * s, -USEC_DAY, 1, 6 * s, true}, /* from the request on */
	    {USEC_DAY, 0, 1, MANNERS_RETRY_MAX, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct manners m = {.sent_at = 7 * s,
		    .next_at = 8 * s + rows[i].next,
		    .failures = rows[i].failures};
		struct owed o = manners_owed(&m, 8 * s, now);

		assert_int_equal(o.asked_at, now - s);
		m = (struct manners){0};
		manners_recall(&m, &o, 100 * s, now + rows[i].passed);
		assert_int_equal(m.failures, rows[i].failures);
		assert_int_equal(m.rests, rows[i].rests);
		if (m.next_at != (rows[i].wait ? 100 * s + rows[i].wait : 0))
			fail_msg("row %zu: %lld", i, (long long)m.next_at);
		if (rows[i].passed >= 0)
			assert_int_equal(
			    m.sent_at, 100 * s - s - rows[i].passed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_of_http),
	    cmocka_unit_test(retry_after_is_seconds_or_a_date),
	    cmocka_unit_test(the_longer_delay_counts),
	    cmocka_unit_test(pauses_grow_with_refusals),
	    cmocka_unit_test(what_is_owed_holds_for_the_next_who_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
