/* crawler: when a page is visited next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/attr.h"
#include "crawler/schedule.h"

#define NOW (1000 * USEC_DAY)

/* Key 00.. is a tenth early, 00c8.. (200 = 2 * 100) a tenth late, 0064.. is
 * neither: jitter is (first two octets mod 201 - 100) per mille. */
static const struct hash128 early = {{0, 0}}, late = {{0, 200}},
			    punctual = {{0, 100}};

static usec_t wait(struct schedule_input in)
{
	usec_t next;

	in.now = NOW;
	next = schedule_next(&in);
	return next == TIME_NONE ? TIME_NONE : next - NOW;
}

static void the_older_the_rarer(void **state)
{
	static const struct {
		usec_t age, wait;
	} rows[] = {
	    {0, 5 * USEC_MINUTE},
	    {59 * USEC_MINUTE, 5 * USEC_MINUTE},
	    {1 * USEC_HOUR, 10 * USEC_MINUTE},
	    {6 * USEC_HOUR, 30 * USEC_MINUTE},
	    {24 * USEC_HOUR, 2 * USEC_HOUR},
	    {3 * USEC_DAY, 12 * USEC_HOUR},
	    {14 * USEC_DAY, 1 * USEC_DAY},
	    {39 * USEC_DAY, 1 * USEC_DAY},
	    {40 * USEC_DAY, 7 * USEC_DAY},
	    {89 * USEC_DAY, 7 * USEC_DAY},
	    {90 * USEC_DAY, TIME_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct schedule_input in = {.url_key = punctual,
		    .first_seen = NOW - rows[i].age,
		    .changed = TIME_NONE};

		assert_true(wait(in) == rows[i].wait);
		/* a change makes an old page young */
		in.first_seen = 0;
		in.changed = NOW - rows[i].age;
		assert_true(wait(in) == rows[i].wait);
	}
}

static void special_cases(void **state)
{
	static const struct {
		struct schedule_input in;
		usec_t wait;
	} rows[] = {
	    {{.url_key = {{0, 100}},
		 .feed = true,
		 .first_seen = 0,
		 .changed = TIME_NONE},
		10 * USEC_MINUTE},
	    /* the operator's interval, whatever happens, without jitter */
	    {{.every = USEC_HOUR, .changed = TIME_NONE}, USEC_HOUR},
	    {{.every = USEC_HOUR,
		 .outcome = OUTCOME_HTTP_ERROR,
		 .failures = 9,
		 .changed = TIME_NONE},
		USEC_HOUR},
	    /* a held text or a first 404 is looked at soon */
	    {{.url_key = {{0, 100}},
		 .confirm = true,
		 .first_seen = NOW,
		 .changed = TIME_NONE},
		5 * USEC_MINUTE},
	    {{.url_key = {{0, 100}},
		 .confirm = true,
		 .first_seen = 0,
		 .changed = TIME_NONE},
		USEC_HOUR},
	    /* gone: daily for a week */
	    {{.url_key = {{0, 100}},
		 .gone = true,
		 .changed = NOW,
		 .outcome = OUTCOME_GONE},
		USEC_DAY},
	    {{.url_key = {{0, 100}},
		 .gone = true,
		 .changed = NOW - 8 * USEC_DAY,
		 .outcome = OUTCOME_GONE},
		TIME_NONE},
	    /* errors: 5 minutes, doubling up to 6 hours */
	    {{.url_key = {{0, 100}},
		 .outcome = OUTCOME_FETCH_ERROR,
		 .changed = NOW},
		5 * USEC_MINUTE},
	    {{.url_key = {{0, 100}},
		 .outcome = OUTCOME_HTTP_ERROR,
		 .failures = 3,
		 .changed = NOW},
		40 * USEC_MINUTE},
	    {{.url_key = {{0, 100}},
		 .outcome = OUTCOME_REFUSED,
		 .failures = INT32_MAX,
		 .changed = NOW},
		6 * USEC_HOUR},
	    {{.url_key = {{0, 100}},
		 .outcome = OUTCOME_HTTP_ERROR,
		 .feed = true,
		 .changed = NOW},
		5 * USEC_MINUTE},
	    /* nothing known: as if new */
	    {{.url_key = {{0, 100}},
		 .first_seen = TIME_NONE,
		 .changed = TIME_NONE},
		5 * USEC_MINUTE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (wait(rows[i].in) != rows[i].wait)
			fail_msg("row %zu: %lld s", i,
			    (long long)(wait(rows[i].in) / USEC_SECOND));
}

static void jitter_is_a_tenth_and_of_the_page(void **state)
{
	struct schedule_input in = {.first_seen = NOW, .changed = TIME_NONE};

	(void)state;
	in.url_key = early;
	assert_true(wait(in) == 270 * USEC_SECOND);
	in.url_key = late;
	assert_true(wait(in) == 330 * USEC_SECOND);
	assert_true(wait(in) == wait(in));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_older_the_rarer),
	    cmocka_unit_test(special_cases),
	    cmocka_unit_test(jitter_is_a_tenth_and_of_the_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
