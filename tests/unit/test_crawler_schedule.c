/* crawler: when a page is visited next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/attr.h"
#include "crawler/schedule.h"

#define NOW (1000 * USEC_DAY)

/* Key 00.. is a tenth early, 00c8.. (200 = 2 * 100) a tenth late, 0064.. is
 * neither: jitter is (first two octets mod 201 - 100) per mille. */
static const struct hash128 early = {{0, 0}}, late = {{0, 200}},
			    punctual = {{0, 100}};

static struct expect_curve prior(void)
{
	struct expect_sums none = {0};
	struct expect_curve c;

	expect_curve_of(&none, &c);
	return c;
}

/* A page of that age that was never seen to change, and was just visited. */
static struct expect_past quiet(usec_t age)
{
	return (struct expect_past){.born = NOW - age, .looked_at = NOW,
	    .changed_at = TIME_NONE, .changed_after = TIME_NONE};
}

static usec_t wait_why(struct schedule_input in,
    const struct expect_past *past, enum schedule_reason *why)
{
	struct expect_curve c = prior();
	usec_t next;

	in.now = NOW;
	in.past = past;
	if (!in.curve)
		in.curve = &c;
	next = schedule_next(&in, why);
	return next == TIME_NONE ? TIME_NONE : next - NOW;
}

static usec_t wait(struct schedule_input in, const struct expect_past *past)
{
	enum schedule_reason why;

	return wait_why(in, past, &why);
}

/* splitmix64: numbers of the tests' own. */
static double uniform(uint64_t *s)
{
	uint64_t z = *s += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static void special_cases(void **state)
{
	static const struct {
		const char *what;
		struct schedule_input in;
		usec_t age, wait;
		enum schedule_reason why;
	} rows[] = {
	    {"a feed", {.feed = true}, 0, 5 * USEC_MINUTE, SCHEDULE_FEED},
	    {"the operator's interval, without jitter",
		{.every = USEC_HOUR, .url_key = {{0, 200}}}, 0, USEC_HOUR,
		SCHEDULE_OPERATOR},
	    {"whatever happens",
		{.every = USEC_HOUR, .outcome = OUTCOME_HTTP_ERROR,
		    .failures = 9}, 0, USEC_HOUR, SCHEDULE_OPERATOR},
	    {"a held text of a young page", {.confirm = true, .first_seen = NOW},
		0, 5 * USEC_MINUTE, SCHEDULE_CONFIRM},
	    {"of an old one", {.confirm = true, .first_seen = 0}, NOW,
		USEC_HOUR, SCHEDULE_CONFIRM},
	    {"gone: daily ...", {.gone = true, .first_seen = NOW,
		.outcome = OUTCOME_GONE}, 0, USEC_DAY, SCHEDULE_GONE},
	    {"... for a week", {.gone = true, .outcome = OUTCOME_GONE,
		.first_seen = NOW - 8 * USEC_DAY}, 8 * USEC_DAY, TIME_NONE,
		SCHEDULE_RETIRED},
	    {"errors: 5 minutes", {.outcome = OUTCOME_FETCH_ERROR}, 0,
		5 * USEC_MINUTE, SCHEDULE_FAILED},
	    {"doubling", {.outcome = OUTCOME_HTTP_ERROR, .failures = 3}, 0,
		40 * USEC_MINUTE, SCHEDULE_FAILED},
	    {"up to 6 hours", {.outcome = OUTCOME_REFUSED,
		.failures = INT32_MAX}, 0, 6 * USEC_HOUR, SCHEDULE_FAILED},
	    {"a feed's", {.outcome = OUTCOME_HTTP_ERROR, .feed = true}, 0,
		5 * USEC_MINUTE, SCHEDULE_FAILED},
	    {"a front: an hour at most", {.front = true, .first_seen = 0}, NOW,
		USEC_HOUR, SCHEDULE_FEED},
	    {"soon while it is new", {.front = true, .first_seen = NOW}, 0,
		5 * USEC_MINUTE, SCHEDULE_FEED},
	    {"gone: daily, for ever", {.front = true, .gone = true,
		.outcome = OUTCOME_GONE, .first_seen = 0}, NOW, USEC_DAY,
		SCHEDULE_GONE},
	    {"robots.txt forbids it", {.outcome = OUTCOME_ROBOTS,
		.forbidden = FORBIDDEN_BY_RULE, .first_seen = NOW}, 0, USEC_DAY,
		SCHEDULE_FORBIDDEN},
	    {"robots.txt cannot be had", {.outcome = OUTCOME_ROBOTS,
		.forbidden = FORBIDDEN_UNKNOWN, .first_seen = NOW}, 0,
		USEC_HOUR, SCHEDULE_FORBIDDEN},
	    /* .6 an hour are expected: .0125 within 75 s */
	    {"new", {.first_seen = NOW}, 0, 2 * USEC_MINUTE, SCHEDULE_SOONEST},
	    {"nothing known: as if new", {.first_seen = TIME_NONE}, 0,
		2 * USEC_MINUTE, SCHEDULE_SOONEST},
	    /* .00003 an hour: never within the week */
	    {"old", {.first_seen = NOW - 89 * USEC_DAY}, 400 * USEC_DAY,
		7 * USEC_DAY, SCHEDULE_RAREST},
	    {"retired", {.first_seen = NOW - 90 * USEC_DAY}, 90 * USEC_DAY,
		TIME_NONE, SCHEDULE_RETIRED},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct expect_past past = quiet(rows[i].age);
		struct schedule_input in = rows[i].in;
		enum schedule_reason why;
		usec_t got;

		if (hash128_is_zero(in.url_key))
			in.url_key = punctual;
		got = wait_why(in, &past, &why);
		if (got != rows[i].wait || why != rows[i].why)
			fail_msg("%s: %lld s, %s", rows[i].what,
			    (long long)(got / USEC_SECOND),
			    schedule_reason_name(why));
	}
}

static void jitter_is_a_tenth_and_of_the_page(void **state)
{
	struct schedule_input in = {.first_seen = NOW, .feed = true};
	struct expect_past past = quiet(0);

	(void)state;
	in.url_key = early;
	assert_true(wait(in, &past) == 270 * USEC_SECOND);
	in.url_key = late;
	assert_true(wait(in, &past) == 330 * USEC_SECOND);
	assert_true(wait(in, &past) == wait(in, &past));
}

/* Visited as scheduled, never changed: each wait is at least the last. */
static void a_quiet_page_is_visited_ever_more_rarely(void **state)
{
	struct expect_curve c = prior();
	struct expect_sums none = {0};
	struct expect_past p = quiet(0);
	usec_t at = NOW, before = 0;
	int visits = 0;

	(void)state;
	for (;; visits++) {
		struct schedule_input in = {.now = at, .url_key = punctual,
		    .first_seen = NOW, .past = &p, .curve = &c};
		enum schedule_reason why;
		usec_t next = schedule_next(&in, &why);

		if (next == TIME_NONE)
			break;
		assert_true(next - at >= before - USEC_SECOND);
		before = next - at;
		at = next;
		expect_learn(&c, &p, at, false, &none);
	}
	assert_true(at - NOW >= 90 * USEC_DAY);
	assert_in_range(visits, 60, 120); /* newsdiffs: 92 */
	assert_true(before > 6 * USEC_DAY);
}

/* Of two pages with the same visits, the one that changed more is due first. */
static void more_changes_are_visited_sooner(void **state)
{
	struct expect_curve c = prior();
	struct expect_sums none = {0};
	usec_t before = INT64_MAX;

	(void)state;
	for (int changes = 0; changes <= 8; changes++) {
		struct expect_past p = quiet(3 * USEC_DAY);
		usec_t w;

		p.looked_at = p.born;
		for (int i = 1; i <= 24; i++)
			expect_learn(&c, &p, p.born + i * 3 * USEC_HOUR,
			    i <= changes, &none);
		w = wait((struct schedule_input){.url_key = punctual,
		    .first_seen = p.born}, &p);
		assert_true(w < before);
		before = w;
	}
}

static void after_a_change_others_are_expected(void **state)
{
	struct expect_past old = quiet(20 * USEC_DAY), p = old;
	struct schedule_input in = {.url_key = punctual, .first_seen = p.born};
	enum schedule_reason why;

	(void)state;
	p.changed_at = NOW;
	p.changed_after = NOW - USEC_MINUTE;
	assert_true(wait_why(in, &p, &why) <= 3 * USEC_MINUTE);
	p.changed_at = NOW - 20 * USEC_MINUTE;
	p.changed_after = NOW - 21 * USEC_MINUTE;
	assert_true(wait_why(in, &p, &why) < 20 * USEC_MINUTE);
	assert_int_equal(why, SCHEDULE_BURST);
	/* one of which we do not know when in a day it was says less */
	p.changed_after = NOW - USEC_DAY;
	assert_true(wait(in, &p) > 20 * USEC_MINUTE);
	/* and after hours it is as before */
	p.changed_at = NOW - USEC_DAY;
	assert_true(wait(in, &p) == wait(in, &old));
}

static struct expect_past random_past(uint64_t *s, struct schedule_input *in)
{
	struct expect_past p = quiet((usec_t)(exp(uniform(s) * 16) *
	    (double)USEC_SECOND));

	in->first_seen = p.born;
	in->threshold = exp(-10 * uniform(s));
	in->url_key.b[1] = (unsigned char)(uniform(s) * 200);
	p.expected = exp(12 * uniform(s) - 8);
	p.changes = uniform(s) < .3 ? 0 : p.expected * exp(8 * uniform(s) - 4);
	if (uniform(s) < .5) {
		p.changed_at = p.born + (usec_t)(uniform(s) *
		    (double)(NOW - p.born));
		p.changed_after = p.born + (usec_t)(uniform(s) *
		    (double)(p.changed_at - p.born));
	}
	return p;
}

static void never_beyond_the_bounds(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct schedule_input in = {0}, later;
		struct expect_past p = random_past(&seed, &in);
		usec_t w = wait(in, &p), last = p.changed_at == TIME_NONE ?
		    p.born : p.changed_at;

		if (NOW - last >= 90 * USEC_DAY) {
			assert_true(w == TIME_NONE);
			continue;
		}
		assert_true(w >= 108 * USEC_SECOND);
		assert_true(w <= 7 * USEC_DAY / 10 * 11);
		later = in;
		later.threshold *= 1.5;
		assert_true(wait(later, &p) >= w - USEC_SECOND * 2);
	}
}

static void what_is_expected_adds_up(void **state)
{
	struct expect_curve c = prior();
	uint64_t seed = 6;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct schedule_input in = {0};
		struct expect_past p = random_past(&seed, &in);
		usec_t a = NOW + (usec_t)(uniform(&seed) * 1e10);
		usec_t b = a + (usec_t)(uniform(&seed) * 1e11);
		double whole = expect_changes(&c, &p, NOW, b);
		double parts = expect_changes(&c, &p, NOW, a) +
		    expect_changes(&c, &p, a, b);

		assert_true(whole >= 0);
		assert_true(fabs(whole - parts) <= 1e-6 * (1 + whole));
	}
}

/* A curve without age, hours or bursts: `rate` changes an hour, always. */
static struct expect_curve flat(double rate)
{
	struct expect_curve c = {0};

	for (int i = 0; i < EXPECT_AGES; i++)
		c.by_age[i] = rate;
	for (int i = 0; i < EXPECT_HOURS; i++)
		c.by_hour[i] = 1;
	return c;
}

/*
 * A page that changes twice an hour, visited once in one to four hours, of an
 * outlet whose pages change once in two: nearly each visit finds a change, and
 * hides three or four. Four times as lively is right.
 */
static void hidden_changes_are_estimated(void **state)
{
	struct expect_curve c = flat(.5);
	struct expect_sums none = {0};
	struct expect_past p = quiet(0);
	uint64_t seed = 7;
	int found = 0;

	(void)state;
	for (int i = 0; i < 400; i++) {
		double hours = 1 + 3 * uniform(&seed);
		bool changed = uniform(&seed) > exp(-2 * hours);

		found += changed;
		expect_learn(&c, &p, p.looked_at + (usec_t)(hours *
		    (double)USEC_HOUR), changed, &none);
	}
	assert_in_range(p.changes / p.expected * 100, 320, 480);
	assert_true(found < 400 && found > 380);
}

/* An outlet that works from six to noon (UTC), on stories that change once an
 * hour in their first two hours, and then a tenth as often: its curve says so,
 * though it is visited but once in twenty minutes. */
static double truth(usec_t at, usec_t born)
{
	usec_t hour = at % USEC_DAY / USEC_HOUR;

	if (hour < 6 || hour >= 12)
		return 0;
	return at - born < 2 * USEC_HOUR ? 1 : .1;
}

static void an_outlet_teaches_its_habits(void **state)
{
	struct expect_sums sums = {0};
	struct expect_curve c;
	uint64_t seed = 8;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		struct expect_past p = quiet(0);

		p.born = p.looked_at = NOW + i * (usec_t)(.7 * USEC_HOUR);
		expect_curve_of(&sums, &c);
		for (int k = 0; k < 24; k++) {
			double r = truth(p.looked_at, p.born) / 3;

			expect_learn(&c, &p, p.looked_at + USEC_HOUR / 3,
			    uniform(&seed) > exp(-r), &sums);
		}
	}
	expect_curve_of(&sums, &c);
	for (int h = 0; h < 24; h++)
		assert_true(h >= 6 && h < 12 ? c.by_hour[h] > 2 :
		    c.by_hour[h] < .3);
	/* of pages young and old, by day */
	assert_in_range(c.by_age[3] / c.by_age[5] * 10, 60, 160);
	assert_in_range(c.by_age[2] * c.by_hour[8] * 100, 60, 140);
	/* nothing follows anything there: less than was thought */
	assert_true(c.since[2] < prior().since[2] / 2);
}

static void old_habits_fade(void **state)
{
	struct expect_sums s = {{0}}, before;

	(void)state;
	s.v[0] = 4000;
	s.v[1] = 100;
	before = s;
	expect_fade(&s);
	assert_memory_equal(&s, &before, sizeof(s));
	s.v[2] = 2000;
	expect_fade(&s);
	assert_true(s.v[0] == 2000 && s.v[1] == 50 && s.v[2] == 1000);
}

static void requests_set_the_threshold(void **state)
{
	static const struct {
		double threshold, per_hour, allowed, is;
	} rows[] = {
	    {0, 100, 0, SCHEDULE_THRESHOLD}, /* no limit */
	    {.5, 100, 0, SCHEDULE_THRESHOLD},
	    {0, 100, 1800, SCHEDULE_THRESHOLD}, /* never lower */
	    {0, 2700, 1800, SCHEDULE_THRESHOLD * 1.5},
	    {.1, 1e6, 1800, .2},
	    {.8, 1e6, 1800, 1}, /* one change is always worth a visit */
	    {.1, 900, 1800, .05},
	    {.1, 0, 1800, .05},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (fabs(schedule_threshold(rows[i].threshold,
		    rows[i].per_hour, rows[i].allowed) - rows[i].is) > 1e-12)
			fail_msg("row %zu", i);
}

static void each_reason_is_told(void **state)
{
	(void)state;
	for (int r = SCHEDULE_OPERATOR; r <= SCHEDULE_RETIRED; r++)
		assert_true(*schedule_reason_says(slice_of(
		    schedule_reason_name((enum schedule_reason)r))));
	assert_string_equal(schedule_reason_says(SLICE("unheard of")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(special_cases),
	    cmocka_unit_test(jitter_is_a_tenth_and_of_the_page),
	    cmocka_unit_test(a_quiet_page_is_visited_ever_more_rarely),
	    cmocka_unit_test(more_changes_are_visited_sooner),
	    cmocka_unit_test(after_a_change_others_are_expected),
	    cmocka_unit_test(never_beyond_the_bounds),
	    cmocka_unit_test(what_is_expected_adds_up),
	    cmocka_unit_test(hidden_changes_are_estimated),
	    cmocka_unit_test(an_outlet_teaches_its_habits),
	    cmocka_unit_test(old_habits_fade),
	    cmocka_unit_test(requests_set_the_threshold),
	    cmocka_unit_test(each_reason_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
