/* What an article says beside its text, and why. */
#include "tests/unit/article_page.h"

#include "core/utf8.h"

#include <string.h>

#define NOV_26 1606400000 /* 2020-11-26T14:13:20Z */
#define PRINTED "<h1>Talks begin</h1><p>Updated: 26-11-2020 14:22 IST</p>" TEXT

/* Good until the next call. */
static const struct article *read_page(const char *html, const char *url,
    const char *zone)
{
	static struct article art;
	struct parse_input in = {.bytes = slice_of(html), .type = DOC_HTML,
	    .fetched_at = NOV_26 * USEC_SECOND + USEC_DAY, .url = url,
	    .explain = true};
	struct zone *z = NULL;
	struct err err;

	if (zone) {
		z = zone_load(zone, &err);
		assert_non_null(z);
	}
	in.zone = z;
	assert_int_equal(parser_article(&in, &arena, &art, &err), 0);
	zone_free(z);
	return &art;
}

static void ist_is_of_the_outlet(void **state)
{
	static const struct {
		const char *url, *zone, *lang, *want;
		bool known;
	} rows[] = {
	    {NULL, "Asia/Kolkata", "", "2020-11-26T08:52:00Z", true},
	    {NULL, "Asia/Jerusalem", "", "2020-11-26T12:22:00Z", true},
	    {NULL, "Europe/Dublin", "", "2020-11-26T14:22:00Z", true},
	    /* the outlet's zone before its host's country */
	    {"https://a.ie/x", "Asia/Kolkata", "", "2020-11-26T08:52:00Z", true},
	    {"https://news.a.in/x", NULL, "", "2020-11-26T08:52:00Z", true},
	    {"https://www.a.co.il/x", NULL, "", "2020-11-26T12:22:00Z", true},
	    {"https://a.ie/x", NULL, "hi", "2020-11-26T14:22:00Z", true},
	    {"https://a.com/x", NULL, "en-IE", "2020-11-26T14:22:00Z", true},
	    {"https://a.com/x", NULL, "he", "2020-11-26T12:22:00Z", true},
	    {"https://a.com/x", NULL, "hi", "2020-11-26T08:52:00Z", true},
	    /* nobody tells: India's, and not known */
	    {NULL, NULL, "en", "2020-11-26T08:52:00Z", false},
	    {"https://a.info/x", NULL, "", "2020-11-26T08:52:00Z", false},
	    /* it is no time of London's */
	    {NULL, "Europe/London", "", "2020-11-26T08:52:00Z", false},
	    {"https://a.co.uk/x", NULL, "", "2020-11-26T08:52:00Z", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf html = STRBUF_INIT;
		const struct article *art;
		char text[TIME_TEXT];

		strbuf_addf(&html, "<html lang='%s'>%s", rows[i].lang, PRINTED);
		art = read_page(html.p, rows[i].url, rows[i].zone);
		assert_string_equal(pubtime_text(&art->updated, text),
		    rows[i].want);
		assert_int_equal(art->updated.zone_known, rows[i].known);
		assert_true(slice_is(art->updated.raw, "26-11-2020 14:22 IST"));
		strbuf_release(&html);
	}
}

static void created(const char *fields, const char *want)
{
	struct strbuf html = STRBUF_INIT;
	const struct article *art;
	char text[TIME_TEXT];

	strbuf_addf(&html, "<h1>Talks begin</h1><script type=application/ld+json>"
	    "{\"@type\":\"NewsArticle\",%s}</script>" TEXT, fields);
	art = read_page(html.p, NULL, NULL);
	assert_string_equal(art->created.at == TIME_NONE ? "none" :
	    pubtime_text(&art->created, text), want);
	strbuf_release(&html);
}

static void no_date_lies_after_the_fetch_or_long_ago(void **state)
{
	(void)state;
	/* fetched at 2020-11-27T14:13:20Z */
	created("\"datePublished\":\"2020-11-27T14:13:20Z\"",
	    "2020-11-27T14:13:20Z");
	created("\"datePublished\":\"2020-11-27T14:13:21Z\"", "none");
	created("\"datePublished\":\"2030-01-01\"", "none");
	created("\"datePublished\":\"2020-11-29T08:00:00\"", "none");
	created("\"datePublished\":\"1989-12-31T10:00:00Z\"", "none");
	created("\"datePublished\":\"1970-01-01T00:00:00Z\"", "none");
	created("\"datePublished\":\"1990-01-01T10:00:00Z\"",
	    "1990-01-01T10:00:00Z");
	/* two witnesses */
	created("\"datePublished\":\"1969-07-21T10:00:00Z\",\"dateModified\":"
	    "\"1969-07-21T10:00:00Z\"", "1969-07-21T10:00:00Z");
}

static void tells_what_kind_of_page(void **state)
{
	static const struct {
		const char *html;
		enum article_kind kind;
	} rows[] = {
	    {"<h1>Talks begin</h1>" TEXT, KIND_ARTICLE},
	    {"<script type=application/ld+json>{\"@type\":\"LiveBlogPosting\","
		"\"headline\":\"Talks\"}</script><h1>Talks begin</h1>" TEXT,
		KIND_LIVE},
	    {"<meta property=og:type content=video.other><h1>Talks begin</h1><p>"
		"Ministers of two coastal states opened long awaited talks in "
		"Port Halden over fishing rights in the disputed northern "
		"strait, and the delegation leader told waiting reporters that "
		"she had come with a firm mandate to sign.</p>", KIND_VIDEO},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(page(rows[i].html)->kind, rows[i].kind);
}

static void notes_links_and_robots(void **state)
{
	const struct article *art = page("<meta name=robots content='NOINDEX, "
	    "follow'><h1>Talks begin</h1>" TEXT "<p>Correction: An earlier "
	    "version of this article misstated the day of the talks.</p>"
	    "<a href=/1>one</a> <a href=/2>two</a> <nav><a href=/3>three"
	    "</a></nav> <a name=no-link>four</a>");

	(void)state;
	assert_true(art->noindex);
	assert_int_equal(art->links_n, 3);
	assert_true(slice_find(art->note, SLICE("misstated the day"), 0) >= 0);
	art = page("<meta name=robots content='index, max-snippet:-1'>"
	    "<h1>Talks begin</h1>" TEXT "<p>Editor's note: This story has been "
	    "updated to add the name of the harbour.</p>");
	assert_false(art->noindex);
	assert_true(slice_find(art->note, SLICE("name of the harbour"), 0) >= 0);
	assert_false(page("<h1>Talks begin</h1>" TEXT)->note.n);
}

static void gives_utf8_without_nul(void **state)
{
	static const char html[] = "<title>a\0b</title><h1>Ta\0lks \xff</h1>"
	    "<p>caf\xe9 \xed\xa0\x80 &#0; &#xD800; &#x110000; \xf4\x90\x80\x80 "
	    "Ministers of two coastal states opened long awaited talks in Port "
	    "Halden over fishing rights in the disputed northern strait on "
	    "Tuesday, and she said that she had come to sign.</p>";
	struct parse_input in = {.bytes = {html, sizeof(html) - 1},
	    .content_type = "text/html; charset=utf-8", .type = DOC_HTML,
	    .fetched_at = TIME_NONE, .explain = true};
	struct strbuf line = STRBUF_INIT;
	struct article art;
	struct err err;

	(void)state;
	assert_int_equal(parser_article(&in, &arena, &art, &err), 0);
	assert_null(memchr(art.body.p, 0, art.body.n));
	assert_null(memchr(art.title.p, 0, art.title.n));
	article_write(&art, &line);
	assert_true(utf8_valid(strbuf_slice(&line)));
	assert_null(strstr(line.p, "\\u0000"));
	assert_non_null(strstr(line.p, "bytes replaced"));
	strbuf_release(&line);
}

static void explains_what_won(void **state)
{
	const struct article *art = read_page("<html lang=en>"
	    "<meta property=og:title content='Talks begin - The Gazette'>"
	    "<meta property=og:site_name content='The Gazette'>"
	    LD("\"headline\":\"Talks begin\",\"author\":\"Jane Roe\","
	    "\"datePublished\":\"2020-11-26T13:22:00Z\"")
	    "<h1>Talks begin</h1><p>26 Nov 2020 13:22 CET</p>" TEXT,
	    "https://a.test/x", NULL);

	(void)state;
	assert_non_null(strstr(art->explain.p, "title from headline"));
	assert_non_null(strstr(art->explain.p, "byline from author"));
	assert_non_null(strstr(art->explain.p, "language from html lang"));
	/* the wall clock with a wrong offset: the line's zone, and why */
	assert_non_null(strstr(art->explain.p, "created: the visible line's "
	    "zone (26 Nov 2020 13:22 CET) wins over datePublished"));
	assert_int_equal(art->created.offset_s, 3600);
	/* a page that says one thing and is another */
	art = read_page("<meta charset=shift_jis><h1>Gr\xc3\xbc\xc3\x9f"
	    "e</h1>" TEXT, NULL, NULL);
	assert_non_null(strstr(art->explain.p,
	    "text is UTF-8 though Shift_JIS is declared"));
}

/* What page and printed text hold of a note; a headline is none. */
static void headlines_are_no_notes(void **state)
{
#define FIXED "(This March 1 story has been corrected to fix the number of " \
	"sailors in paragraph 3)"
	static const struct {
		const char *html, *note; /* "": none */
	} rows[] = {
		{"<h1>CORRECTED: Talks begin</h1>" TEXT, ""},
		{"<h1>Correction: Talks begin</h1>" TEXT, ""},
		{"<h1>REFILE-Talks begin</h1>" TEXT, ""},
		{"<title>Correction: Talks begin</title><p class=headline>"
		    "Correction: Talks begin</p><h1>Correction: Talks begin"
		    "</h1>" TEXT, ""},
		{"<h1>Talks begin</h1>" TEXT "<h3>Correction: Dam opens</h3>"
		    "<p><a href=/2>Correction: Ferry aground off Halden</a></p>",
		    ""},
		{"<h1>Talks begin</h1><p>" FIXED "</p>" TEXT, FIXED},
		{"<h1>CORRECTED-Talks begin</h1><p><em>" FIXED "</em></p>" TEXT,
		    FIXED},
		{"<h1>Talks begin</h1><p>Editor's note: The map is new.</p>"
		    TEXT "<p>Correction: It was nine cutters.</p>",
		    "Correction: It was nine cutters."},
		{"<h1>Talks begin</h1><p>Eds: CORRECTS day in 2nd graf to "
		    "Friday sted Monday.</p>" TEXT,
		    "Eds: CORRECTS day in 2nd graf to Friday sted Monday."},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice note = page(rows[i].html)->note;

		if (!slice_is(note, rows[i].note))
			fail_msg("%zu: \"%.*s\"", i, SLICE_FMT(note));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ist_is_of_the_outlet),
	    cmocka_unit_test(no_date_lies_after_the_fetch_or_long_ago),
	    cmocka_unit_test(tells_what_kind_of_page),
	    cmocka_unit_test(notes_links_and_robots),
	    cmocka_unit_test(headlines_are_no_notes),
	    cmocka_unit_test(gives_utf8_without_nul),
	    cmocka_unit_test(explains_what_won),
	};

	return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
