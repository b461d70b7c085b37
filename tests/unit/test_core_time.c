/* core: civil dates, ISO times, the clock, zones, durations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/opts.h"
#include "core/zone.h"

static void iso_times(void **state)
{
	static const struct {
		const char *in, *out; /* NULL: refused */
	} rows[] = {
		{"2020-11-26T08:19:00Z", "2020-11-26T08:19:00Z"},
		{"2020-11-26T13:49:00+05:30", "2020-11-26T08:19:00Z"},
		{"2020-11-26 08:19:00.5+00", "2020-11-26T08:19:00.500000Z"},
		{"2020-11-26", "2020-11-26T00:00:00Z"},
		{"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
		{"2024-02-29", "2024-02-29T00:00:00Z"},
		{"2023-02-29", NULL}, {"2024-13-01", NULL}, {"yesterday", NULL},
		{"2024-01-01T25:00:00Z", NULL}, {"0000-00-00T00:00:00Z", NULL},
		/* the calendar's ends, and what an offset takes beyond them */
		{"0001-01-01T05:30:00+05:30", "0001-01-01T00:00:00Z"},
		{"0001-01-01T05:29:59.999999+05:30", NULL},
		{"9999-12-31T18:29:59.999999-05:30",
		    "9999-12-31T23:59:59.999999Z"},
		{"9999-12-31T18:30:00-05:30", NULL},
		{"9999-12-31T23:59:60Z", NULL},
	};
	char text[TIME_TEXT];
	usec_t t;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int rc = time_parse(slice_of(rows[i].in), &t);

		assert_int_equal(rc, rows[i].out ? 0 : -1);
		if (rows[i].out)
			assert_string_equal(time_text(t, text), rows[i].out);
	}
}

static void scripted_clock(void **state)
{
	struct clock c;
	struct err err;
	char text[TIME_TEXT];

	(void)state;
	assert_int_equal(clock_init(&c, "2026-03-10T08:00:00Z", &err), 0);
	assert_string_equal(time_text(clock_now(&c), text),
	    "2026-03-10T08:00:00Z");
	assert_int_equal(clock_init(&c, "noon", &err), -1);
	assert_int_equal(err.code, E_CONFIG);
	assert_int_equal(clock_init(&c, "2026-03-10T08:00:00Zx60", &err), 0);
	assert_true(clock_now(&c) >= c.base);
}

static void zones_know_their_seasons(void **state)
{
	static const struct {
		const char *zone, *wall, *utc;
	} rows[] = {
		{"Asia/Kolkata", "2020-11-26T14:22:00Z", "2020-11-26T08:52:00Z"},
		{"Europe/London", "2026-03-10T08:00:00Z", "2026-03-10T08:00:00Z"},
		{"Europe/London", "2026-07-10T08:00:00Z", "2026-07-10T07:00:00Z"},
		{"America/New_York", "2026-03-10T08:00:00Z", "2026-03-10T12:00:00Z"},
		{"America/New_York", "2050-01-10T08:00:00Z", "2050-01-10T13:00:00Z"},
		/* a gap: 02:30 on 8 March 2026 is not there */
		{"America/New_York", "2026-03-08T02:30:00Z", "2026-03-08T07:30:00Z"},
		/* a fold: the first of the two */
		{"America/New_York", "2026-11-01T01:30:00Z", "2026-11-01T05:30:00Z"},
		{"+05:30", "2020-01-01T05:30:00Z", "2020-01-01T00:00:00Z"},
	};
	char text[TIME_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err;
		struct zone *z = zone_load(rows[i].zone, &err);
		struct civil c;
		usec_t wall;

		assert_non_null(z);
		assert_int_equal(time_parse(slice_of(rows[i].wall), &wall), 0);
		c = civil_from_usec(wall);
		assert_string_equal(time_text(zone_to_utc(z, &c), text),
		    rows[i].utc);
		zone_free(z);
	}
	assert_null(zone_load("../../etc/passwd", NULL));
	assert_null(zone_load("Mars/Olympus", NULL));
}

static void durations(void **state)
{
	int64_t t;

	(void)state;
	assert_int_equal(duration_parse("90s", &t, NULL), 0);
	assert_int_equal(t, 90 * USEC_SECOND);
	assert_int_equal(duration_parse("250ms", &t, NULL), 0);
	assert_int_equal(t, 250000);
	assert_int_equal(duration_parse("soon", &t, NULL), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iso_times),
		cmocka_unit_test(scripted_clock),
		cmocka_unit_test(zones_know_their_seasons),
		cmocka_unit_test(durations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
