/* Titles and bylines: what several witnesses of a page say together. */
#include "tests/unit/article_page.h"

#define MANY "<p><b></b></p><p><b></b></p><p><b></b></p><p><b></b></p>" \
	"<p><b></b></p><p><b></b></p><p><b></b></p><p><b></b></p>"
#define OG(title) "<meta property=og:title content='" title "'>"

static void chooses_titles(void **state)
{
	static const struct {
		const char *html, *want;
	} rows[] = {
	    /* one witness alone loses to two that agree */
	    {OG("Fish talks: live updates") LD("\"headline\":\"Talks begin\"")
	    "<h1>Talks begin</h1>" TEXT, "Talks begin"},
	    {OG("Talks open at last") LD("\"headline\":\"Talks open at last\"")
	    "<h1>Ministers meet</h1>" TEXT, "Talks open at last"},
	    /* the site's name goes, before or behind */
	    {"<title>Talks begin | Wire A</title>"
	    "<meta property=og:site_name content='Wire A'>" TEXT, "Talks begin"},
	    {"<title>Talks begin - Wire A</title><h1>Talks begin</h1>" TEXT,
	    "Talks begin"},
	    /* an h1 that is the site's name is no title; the h2 is */
	    {"<title>Talks begin | Harbour Blog</title><h1>Harbour Blog</h1>"
	    "<h2>Talks begin</h2>" TEXT, "Talks begin"},
	    /* an overline goes where others do not have it, and stays else */
	    {OG("Strait: Talks begin in Port Halden") "<h1><span>Fishing</span> "
	    "<span>Talks begin in Port Halden</span></h1>" TEXT,
	    "Talks begin in Port Halden"},
	    {OG("Fishing / Talks begin") "<h1><span>Fishing</span>"
	    "<span>Talks begin</span></h1>" TEXT, "Fishing Talks begin"},
	    /* the h1 of a box, while another heading is what others say */
	    {OG("Talks begin in Port Halden") "<h1>Visit our harbours</h1>"
	    "<h1>Talks begin in Port Halden</h1>" TEXT,
	    "Talks begin in Port Halden"},
	    {OG("Talks begin in Port Halden") "<title>News - Wire A</title>"
	    "<meta property=og:site_name content='Wire A'><h1>News</h1>"
	    "<h2>Talks begin in Port Halden</h2>" TEXT,
	    "Talks begin in Port Halden"},
	    /* an h1 that has no word of what others say */
	    {OG("Talks begin in Port Halden") "<h1>Quick links</h1>" TEXT,
	    "Talks begin in Port Halden"},
	    /* but a rewritten headline stays: readers see it */
	    {OG("Talks begin in Port Halden")
	    "<h1>Fishing: first talks in Port Halden</h1>" TEXT,
	    "Fishing: first talks in Port Halden"},
	    /* the site's name by its canonical URL; a domain as the h1 */
	    {"<link rel=canonical href='https://www.wirea.example/x'>"
	    "<title>Talks begin | Wire A</title>" TEXT, "Talks begin"},
	    {"<title>Talks begin</title><h1>wire.example</h1>" TEXT,
	    "Talks begin"},
	    /* "Site | Title" beside an og:title that says which is which */
	    {OG("Talks begin") "<title>Wire A | Talks begin</title>"
	    "<h1>Talks begin</h1>" TEXT, "Talks begin"},
	    /* a day before the title */
	    {"<h1>08.11.2021 | Talks begin</h1>" TEXT, "Talks begin"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct article *a = page(rows[i].html);
		char got[200] = "";

		assert_in_range(a->title.n, 1, sizeof(got) - 1);
		memcpy(got, a->title.p, a->title.n);
		assert_string_equal(got, rows[i].want);
	}
}

static void chooses_bylines(void **state)
{
	static const struct {
		const char *html, *want; /* names, parted by "; " */
	} rows[] = {
	    {LD("\"author\":{\"name\":\"Jane Roe\"}") TEXT, "Jane Roe"},
	    {LD("\"author\":[{\"name\":\"Jane Roe\"},{\"@type\":\"Organization\","
	    "\"name\":\"dpa\"}]") TEXT, "Jane Roe; dpa"},
	    {LD("\"author\":{\"name\":\"Jane Roe und John Doe, dpa\"}") TEXT,
	    "Jane Roe; John Doe; dpa"},
	    {LD("\"author\":{\"name\":\"Jane Roe (jro)\"}") TEXT, "Jane Roe"},
	    /* a node of the graph */
	    {"<script type=application/ld+json>{\"@graph\":[{\"@type\":"
	    "\"NewsArticle\",\"author\":{\"@id\":\"#p\"}},{\"@type\":\"Person\","
	    "\"@id\":\"#p\",\"name\":\"Jane Roe\"}]}</script>" TEXT, "Jane Roe"},
	    /* the site's own name gives way to a person */
	    {"<meta property=og:site_name content='Wire A'>" LD("\"author\":"
	    "{\"name\":\"Wire A\"}") "<div class=byline>By Jane Roe</div>" TEXT,
	    "Jane Roe"},
	    {"<div class=byline>By <a href=/a>Jane Roe</a> <a href=/b>John Doe</a>"
	    "</div>" TEXT, "Jane Roe; John Doe"},
	    /* a page's interface is nobody's name */
	    {"<div class=byline>Updated 3 minutes</div>" TEXT, ""},
	    /* labels, roles and dates are no part of a name */
	    {"<div class=author>Written by: <a href=/a>Jane Roe</a></div>" TEXT,
	    "Jane Roe"},
	    {"<div class=author><b>Jane Roe</b><i>Senior Writer</i></div>" TEXT,
	    "Jane Roe"},
	    {"<div class=author>Erstellt von Jane Roe</div>" TEXT, "Jane Roe"},
	    {"<div class=byline>By <a href=/a>Jane Roe</a> on December 2, 2025 "
	    "<a href=/b>Fishing</a></div>" TEXT, "Jane Roe"},
	    {"<div class=author>Jane Roe <p>Reviewed by</p><p>John Doe</p>"
	    "</div>" TEXT, "Jane Roe"},
	    /* elements side by side hold one name each */
	    {"<div class=byline><span>Jane Roe</span> <span>John Doe</span>"
	    "</div>" TEXT, "Jane Roe; John Doe"},
	    {"<div class=author-box__name>Jane Roe</div>" TEXT, "Jane Roe"},
	    {"<div class=post-title__author>Jane Roe</div>" TEXT, "Jane Roe"},
	    /* a teaser's author, far below, is not the page's */
	    {"<h1>Talks begin</h1><div class=author>Jane Roe</div>" TEXT
	    MANY MANY MANY MANY "<div class=author>John Doe</div>", "Jane Roe"},
	    /* a link to the author's page */
	    {"<h1>Talks begin</h1><a href=/author/jroe>Jane Roe</a>" TEXT,
	    "Jane Roe"},
	    {"<h1>Talks begin</h1><a href=/jroe rel='author noopener'>Jane Roe"
	    "</a>" TEXT, "Jane Roe"},
	    /* a printed line beside the title, or in the one below its label */
	    {"<h1>Talks begin</h1><p>By Jane Roe | 4 min</p>" TEXT, "Jane Roe"},
	    {"<h1>Talks begin</h1><p>Written by</p><p>Jane Roe</p>" TEXT,
	    "Jane Roe"},
	    {"<h1>Talks begin</h1><p><span>By</span><span>Jane Roe</span></p>"
	    TEXT, "Jane Roe"},
	    /* what WordPress tells Twitter */
	    {"<meta name=twitter:label1 content='Written by'>"
	    "<meta name=twitter:data1 content='Jane Roe'>" TEXT, "Jane Roe"},
	    /* search engines are told of the first one alone */
	    {LD("\"author\":{\"name\":\"Jane Roe\"}")
	    "<meta name=author content='Jane Roe, John Doe'>" TEXT,
	    "Jane Roe; John Doe"},
	    {LD("\"author\":{\"name\":\"Jane Roe\"}")
	    "<b rel=author>Jane Roe</b><b rel=author>John Doe</b>" TEXT,
	    "Jane Roe; John Doe"},
	    /* whom the text cites did not write it */
	    {"<meta name=dc.creator content='Jane Roe'><ul><li>"
	    "<meta itemprop=author content='A. Cited'></ul>" TEXT, "Jane Roe"},
	    /* the site, by its host; an editor's mark is no person */
	    {"<link rel=canonical href='https://wirea.example/x'>"
	    "<meta name=author content=wirea.example>"
	    "<div class=byline>By Jane Roe</div>" TEXT, "Jane Roe"},
	    {"<meta property=og:site_name content='Wire A'>" LD("\"author\":"
	    "{\"name\":\"Wire A\"}") "<div class=byline>jro</div>" TEXT,
	    "Wire A"},
	    {"<meta property=og:site_name content='Wire A'>"
	    "<meta name=author content='Wire A - Jane Roe'>" TEXT, "Jane Roe"},
	    /* nor an author beside persons */
	    {"<meta property=og:site_name content='Wire A'>"
	    "<div class=byline>By Jane Roe, Wire A</div>" TEXT, "Jane Roe"},
	    {"<div class=author>Interview: Jane Roe</div>" TEXT, "Jane Roe"},
	    /* a title that begins as bylines do */
	    {"<h1>Von Sprachregeln, Fischern und Ministern</h1>" TEXT, ""},
	    /* a desk, where nobody else is named */
	    {"<div class=byline>By Harbour Staff</div>" TEXT, "Harbour Staff"},
	    {"<div class=byline>By Harbour Staff</div><div class=byline>"
	    "By Jane Roe</div>" TEXT, "Jane Roe"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct article *a = page(rows[i].html);
		struct strbuf got = STRBUF_INIT;

		for (size_t k = 0; k < a->byline_n; k++) {
			strbuf_adds(&got, k ? "; " : "");
			strbuf_addsl(&got, a->byline[k]);
		}
		assert_string_equal(got.p ? got.p : "", rows[i].want);
		strbuf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(chooses_titles),
	    cmocka_unit_test(chooses_bylines),
	};

	return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
