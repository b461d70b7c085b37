/* Dates: of feeds (parser/feed_date.c), and what pages print (times.c). */
#include "tests/unit/article_page.h"

#include <stdio.h>

static const char *feed_date(const char *text, char out[TIME_TEXT])
{
	struct pubtime t;
	struct err err;

	if (parser_feed_date(slice_of(text), NULL, &t, &err))
		return "none";
	return pubtime_text(&t, out);
}

static void reads_dates_of_feeds(void **state)
{
	/* worked out from RFC 822, W3CDTF and ISO 8601:1988 */
	static const struct {
		const char *text, *want;
	} rows[] = {
	    {"Thu, 26 Nov 2020 14:22:00 +0530", "2020-11-26T08:52:00Z"},
	    {"26 Nov 20 14:22 GMT", "2020-11-26T14:22:00Z"},
	    {"Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T06:57:00Z"},
	    {"Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z"},
	    {"2020-11-26T14:22:00Z", "2020-11-26T14:22:00Z"},
	    {"2003", "2003-01-01"}, {"2003-12", "2003-12-01"},
	    {"-0312", "2003-12-01"}, {"-03-12", "2003-12-01"},
	    {"031231", "2003-12-31"}, {"03-12-31", "2003-12-31"},
	    {"03335", "2003-12-01"}, {"2003-335", "2003-12-01"},
	    {"2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z"},
	    {"2003-12-31T25:14:55Z", "none"}, {"2003-12-31 24:00", "none"},
	    {"220101", "none"}, {"2003-13", "none"}, {"", "none"},
	    {"2013-01-27-01", "none"}, {"2013-01-28T09:xx:00Z", "none"},
	    {"2013-01-28T09:00:00+00:xx", "none"},
	    {"2013-01-28T09:00:00-99:99", "none"},
	    {"2013-01-28T11:30:00-06:00Textra", "none"},
	    {"Sun, 16 Dec 2012 1:2:3:4 GMT", "none"},
	    {"Sun, 16 Dec 2012 11:47:32 +zz:00", "none"}};
	char out[TIME_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(feed_date(rows[i].text, out),
		    rows[i].want);
}

/* ---- pages -------------------------------------------------------------------- */

static void at(const struct pubtime *t, const char *want, int offset_min)
{
	char out[TIME_TEXT];

	assert_string_equal(t->at == TIME_NONE ? "none" : pubtime_text(t, out),
	    want);
	assert_int_equal(t->offset_s, offset_min * 60);
}

static void takes_the_offset_from_a_printed_clock(void **state)
{
	(void)state;
	at(&page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2020-02-25T02:25:54Z\"") "<p>February 24, 2020 | 9:25pm</p>"
	    TEXT)->created, "2020-02-25T02:25:54Z", -300);
	/* 20 minutes apart: another time, not another zone */
	at(&page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2020-02-25T02:25:54Z\"") "<p>February 25, 2020 | 2:05am</p>"
	    TEXT)->created, "2020-02-25T02:25:54Z", 0);
}

static void keeps_an_update_that_two_places_state(void **state)
{
	(void)state;
	at(&page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2020-11-26T08:00:00Z\",\"dateModified\":\"2020-11-26T08:00:00Z\"")
	    TEXT)->updated, "2020-11-26T08:00:00Z", 0);
	at(&page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2020-11-26T08:00:00Z\",\"dateModified\":\"2020-11-26T07:00:00Z\"")
	    TEXT)->updated, "none", 0);
	at(&page("<meta property=article:modified_time content="
	    "2020-11-26T07:00:00Z><h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2020-11-26T08:00:00Z\",\"dateModified\":\"2020-11-26T07:00:00Z\"")
	    TEXT)->updated, "2020-11-26T07:00:00Z", 0);
}

static void reads_dates_that_a_page_prints(void **state)
{
	(void)state;
	at(&page("<h1>Talks begin</h1><div>Von Jane Roe am 03.05.2013, 11:51 | 0 "
	    "Meinungen</div>" TEXT)->created, "2013-05-03T11:51:00Z", 0);
	at(&page("<h1>Talks begin</h1>" TEXT "<div>Letzte \xc3\x84nderung: "
	    "31.10.2023 Erschienen am: 01.11.2023</div>")->created,
	    "2023-11-01", 0);
	/* the day in a permanent link is that of the first publication */
	at(&page("<link rel=canonical href=https://a.test/2017/07/12/talks>"
	    LD("\"datePublished\":\"2019-06-17T18:28:00Z\"")
	    "<h1>Talks begin</h1>" TEXT)->created, "2017-07-12", 0);
}

static void day_of_the_clock(const char *line, const char *want)
{
	char html[2000], day[TIME_TEXT] = "";
	const struct pubtime *t;

	snprintf(html, sizeof html, "<h1>Talks begin</h1>"
	    LD("\"datePublished\":\"2020-11-26T03:10:00Z\"") "<p>%s</p>" TEXT,
	    line);
	t = &page(html)->created;
	at(t, "2020-11-26T03:10:00Z", 0);
	if (t->local_known)
		time_text(t->local_day, day);
	day[day[0] ? 10 : 0] = '\0';
	assert_string_equal(day, want);
}

static void takes_the_day_from_a_printed_day(void **state)
{
	(void)state;
	/* 22:10 the evening before, west of the Atlantic */
	day_of_the_clock("November 25, 2020", "2020-11-25");
	day_of_the_clock("November 26, 2020", "");
	/* no zone has the 27th at 03:10 UTC of the 26th */
	day_of_the_clock("November 27, 2020", "");
}

static void believes_the_day_that_readers_see(void **state)
{
	(void)state;
	/* the record was moved; its date line and its URL were not */
	at(&page("<link rel=canonical href=https://a.test/2015-03-10/talks>"
	    "<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2019-06-17T18:28:00Z\"") "<p>March 10, 2015</p>" TEXT)->created,
	    "2015-03-10", 0);
	/* one against one: the machine's */
	at(&page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2019-06-17T18:28:00Z\"") "<p>March 10, 2015</p>" TEXT)->created,
	    "2019-06-17T18:28:00Z", 0);
}

static void tells_the_update_from_the_publication(void **state)
{
	const struct article *a;

	(void)state;
	/* the label stands behind the first day */
	a = page("<h1>Talks begin</h1><p>August 16, 2019 - Updated July 9, "
	    "2025</p>" TEXT);
	at(&a->created, "2019-08-16", 0);
	at(&a->updated, "2025-07-09", 0);
	/* the class says that it holds a date, the text which */
	a = page("<h1>Talks begin</h1>" TEXT "<div class=date>Updated June 16, "
	    "2025</div><div class=date>May 1, 2024</div>");
	at(&a->created, "2024-05-01", 0);
	at(&a->updated, "2025-06-16", 0);
	/* the one day that the page prints */
	a = page("<h1>Talks begin</h1><p>Updated: June 16, 2025</p>" TEXT);
	at(&a->created, "2025-06-16", 0);
	a = page("<h1>Talks begin</h1>" TEXT "<ul><li>This page was last "
	    "edited on 25 October 2020, at 12:40</ul>");
	at(&a->created, "2020-10-25T12:40:00Z", 0);
	/* what machines alone are told is no such day */
	a = page("<h1>Talks begin</h1><meta name=lastmod content=2025-06-16>"
	    TEXT);
	assert_true(a->created.at == TIME_NONE);
	/* one field for both, told as a day: what readers see is earlier */
	a = page("<h1>Talks begin</h1>" LD("\"datePublished\":\"Nov 05, 2025\","
	    "\"dateModified\":\"Nov 05, 2025\"") "<p>January 31, 2024</p>"
	    TEXT);
	at(&a->created, "2024-01-31", 0);
	at(&a->updated, "2025-11-05", 0);
	/* not where the page's days are those of many texts */
	a = page("<h1>Talks begin</h1>" LD("\"datePublished\":\"Nov 05, 2025\","
	    "\"dateModified\":\"Nov 05, 2025\"") "<div class=date>January 31, "
	    "2024</div><div class=date>March 3, 2023</div>" TEXT);
	at(&a->created, "2025-11-05", 0);
	a = page("<h1>Talks begin</h1>" LD("\"datePublished\":"
	    "\"2025-11-05T08:00Z\",\"dateModified\":\"2025-11-05T08:00Z\"")
	    "<p>January 31, 2024</p>" TEXT);
	at(&a->created, "2025-11-05T08:00:00Z", 0);
}

static void takes_days_from_the_lead_and_the_title(void **state)
{
	(void)state;
	at(&page("<h1>Talks begin</h1><p>Pressemitteilung vom 25. Januar 2022 | "
	    "Ministers of two coastal states opened talks.</p>" TEXT)->created,
	    "2022-01-25", 0);
	at(&page("<h1>Talks begin</h1><p>Port Halden, 18 January 2018 - "
	    "Ministers of two coastal states opened talks.</p>" TEXT)->created,
	    "2018-01-18", 0);
	at(&page("<title>08.11.2021 | Talks begin</title><h1>Talks begin</h1>"
	    TEXT)->created, "2021-11-08", 0);
}

static void orders_numbers_as_the_page_does(void **state)
{
	(void)state;
	/* day first, where nothing tells */
	at(&page("<h1>Talks begin</h1><p>03/04/2026</p>" TEXT)->created,
	    "2026-04-03", 0);
	/* another place names the day in words */
	at(&page("<meta property=article:published_time content=03-09-2026>"
	    "<h1>Talks begin</h1><p>March 9, 2026</p>" TEXT)->created,
	    "2026-03-09", 0);
	/* another day of the page can be read in one way only */
	at(&page("<h1>Talks begin</h1><p>Posted: 03/04/2026</p><p>Updated: "
	    "03/25/2026</p>" TEXT)->created, "2026-03-04", 0);
	at(&page("<html lang=en-US><h1>Talks begin</h1><p>Posted: 03/04/2026"
	    "</p><p>Updated: 25/04/2026</p>" TEXT)->created, "2026-04-03", 0);
	/* its language, or its host */
	at(&page("<html lang=en-US><h1>Talks begin</h1><p>03/04/2026</p>" TEXT)
	    ->created, "2026-03-04", 0);
	at(&page("<link rel=canonical href=https://port.gov/x><h1>Talks begin"
	    "</h1><p>03/04/2026</p>" TEXT)->created, "2026-03-04", 0);
	/* no American writes points */
	at(&page("<html lang=en-US><h1>Talks begin</h1><p>03.04.2026</p>" TEXT)
	    ->created, "2026-04-03", 0);
}

static void reads_days_in_many_languages(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	    {"26 Desember 2020", "2020-12-26"},
	    {"26 \u0433\u0440\u0443\u0434\u043d\u044f 2020", "2020-12-26"},
	    {"26 \u0646\u0648\u0641\u0645\u0628\u0631 2020", "2020-11-26"},
	    {"2020\u5e7411\u670826\u65e5", "2020-11-26"},
	    {"2020\ub144 11\uc6d4 26\uc77c", "2020-11-26"},
	    {"26|11|2020", "2020-11-26"},
	    {"November 26, 2020 at noon", "2020-11-26T12:00:00Z"},
	    {"Nov 26, 2020, 12 noon", "2020-11-26T12:00:00Z"},
	    {"26 Nov 2020 at 25:14:55", "2020-11-26"}};
	char out[TIME_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pubtime t;
		struct err err;

		assert_int_equal(parser_date(slice_of(rows[i].text), NULL, &t,
		    &err), 0);
		assert_string_equal(pubtime_text(&t, out), rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_dates_of_feeds),
	    cmocka_unit_test(takes_the_offset_from_a_printed_clock),
	    cmocka_unit_test(keeps_an_update_that_two_places_state),
	    cmocka_unit_test(reads_dates_that_a_page_prints),
	    cmocka_unit_test(takes_the_day_from_a_printed_day),
	    cmocka_unit_test(believes_the_day_that_readers_see),
	    cmocka_unit_test(tells_the_update_from_the_publication),
	    cmocka_unit_test(takes_days_from_the_lead_and_the_title),
	    cmocka_unit_test(orders_numbers_as_the_page_does),
	    cmocka_unit_test(reads_days_in_many_languages),
	};

	return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
