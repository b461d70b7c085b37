#include "parser/parser.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

/* What of a page is text. A, B, C: paragraphs as news have them. */
#define A "The harbour council voted on Tuesday to close the old ferry " \
	"terminal after forty years of service to the islands."
#define B "Residents said that they had not been asked, and that the new " \
	"quay lies an hour away by bus from the nearest village."
#define C "A final decision is expected in March, when the ministry of " \
	"transport publishes its plan for the northern coast."

static const struct {
	const char *what, *html, *body;
} rows[] = {
	{"white space is folded, words stay apart",
	    "<p>" A "</p><p>One\n <b>bold</b>\t<i>and</i>&nbsp;more, <a href=x>"
	    "linked</a>. Un<b>bro</b>ken word, and it goes on for a while."
	    "</p><p>" B "</p>",
	    A "\n\nOne bold and more, linked. Unbroken word, and it goes on "
	    "for a while.\n\n" B},
	{"two line breaks end a paragraph, one does not",
	    "<div>" A "<br> <br>" B "<br>" C "</div>", A "\n\n" B " " C},
	{"scripts, styles, forms and navigation are no text",
	    "<nav><a href=/>Home</a></nav><p>" A "</p><script>var x = \"" C
	    "\";</script><style>p { color: red }</style><p>" B "</p><form>"
	    "<label>Your address, please, so that we can write to you.</label>"
	    "</form>", A "\n\n" B},
	{"what is called related, share or newsletter stands between",
	    "<article><p>" A "</p><div class='c-related-posts'><p>Ferries, a "
	    "long story of islands and those who wait for them.</p></div>"
	    "<div id=ShareTools><p>Tell your friends about this story.</p>"
	    "</div><p>" B "</p></article>", A "\n\n" B},
	{"a name that most of the text falls to says nothing",
	    "<div class=widget><p>" A "</p></div><div class=widget><p>" B
	    "</p></div><div class=widget><p>" C "</p></div>",
	    A "\n\n" B "\n\n" C},
	{"the last word of a name says what it is",
	    "<div class=article-body><p>" A "</p><div class="
	    "article-body__newsletter><p>Every morning we send what matters "
	    "to those who are up early.</p></div><p>" B "</p><p>" C
	    "</p></div>", A "\n\n" B "\n\n" C},
	{"a text cut in two by an advertisement is one",
	    "<main><div class=x1><p>" A "</p></div><div class=ad>Buy now</div>"
	    "<div class=x2><p>" B "</p><p>" C "</p></div></main>",
	    A "\n\n" B "\n\n" C},
	{"headings inside the text stay, those of lists of links go",
	    "<article><h1>Old terminal closes</h1><p>" A "</p><h2>Nobody "
	    "asked</h2><p>" B "</p><h3>Elsewhere</h3><ul><li><a href=/1>"
	    "Ministry plans bridge to the islands</a></li><li><a href=/2>Bus "
	    "line to the coast is cut</a></li></ul></article>",
	    A "\n\nNobody asked\n\n" B},
	{"lists and quotes stay",
	    "<article><p>" A "</p><ul><li>two ferries</li><li>nine crew</li>"
	    "</ul><blockquote>We were never asked</blockquote><p>" B
	    "</p></article>",
	    A "\n\ntwo ferries\n\nnine crew\n\nWe were never asked\n\n" B},
	{"teasers of other pages go",
	    "<main><div><p>" A "</p><p>" B "</p><p>" C "</p></div><div><div>"
	    "<h3><a href=/b>Bridge delayed</a></h3><p>The bridge to the outer "
	    "islands will be late by two years, engineers said.</p></div><div>"
	    "<h3><a href=/c>Bus line cut</a></h3><p>The line to the northern "
	    "coast will be cut in autumn, the company said.</p></div></div>"
	    "</main>", A "\n\n" B "\n\n" C},
	{"captions and credits of pictures go",
	    "<article><p>" A "</p><figure><img src=x><figcaption>The terminal "
	    "on a quiet day in autumn.</figcaption></figure><p>The quay, seen "
	    "from the sea. Photo: A. Name</p><p>" B "</p></article>",
	    A "\n\n" B},
	{"what is hidden is not read",
	    "<article><p>" A "</p><p style='display:none'>For machines that "
	    "count words, nobody else sees this sentence.</p><p>" B "</p><p "
	    "hidden>And neither does anybody see this one, we hope.</p>"
	    "</article>", A "\n\n" B},
	{"a paragraph for small screens is not said twice",
	    "<article><p>" A "</p><p>" A "</p><p>" B "</p></article>",
	    A "\n\n" B},
	{"of two articles in a page the first is the page's",
	    "<main><article><h1>Terminal</h1><p>" A "</p><p>" B "</p><p>" C
	    " " A " " B " " C "</p></article><article><h1>Next</h1><p>Other "
	    C "</p><p>Other " A "</p><p>Other " B " " A " " C "</p></article>"
	    "</main>", A "\n\n" B "\n\n" C " " A " " B " " C},
	{"the article's body, where the page marks it",
	    "<div><p>Cookies help us to show what you like, and to count who "
	    "comes back on which day of the week.</p></div><div itemprop="
	    "articleBody><p>" A "</p><p>" B "</p><p>" C " " A " " B " " C
	    "</p></div>", A "\n\n" B "\n\n" C " " A " " B " " C},
	{"headings of two levels both stand over their text",
	    "<article><p>" A "</p><h2>Nobody asked</h2><h3>On the islands"
	    "</h3><p>" B "</p></article>",
	    A "\n\nNobody asked\n\nOn the islands\n\n" B},
	{"a heading of a section without text goes with it",
	    "<article><p>" A "</p><h3>Timetable</h3><h2>Nobody asked</h2><p>" B
	    "</p></article>", A "\n\nNobody asked\n\n" B},
	{"a heading over the first paragraph stays",
	    "<h1>Old terminal closes</h1><article><h2>A vote at night</h2><p>"
	    A "</p><p>" B "</p></article>",
	    "A vote at night\n\n" A "\n\n" B},
	{"an id made of a heading's text is no name",
	    "<article><p>" A "</p><h2 id=comment-of-the-mayor>Comment of the "
	    "mayor</h2><p>" B "</p></article>",
	    A "\n\nComment of the mayor\n\n" B},
	{"a lead that is set as a heading is text",
	    "<h1>Old terminal closes</h1><h2>" C "</h2><div class=x><p>" A
	    "</p><p>" B "</p></div>", C "\n\n" A "\n\n" B},
	{"a lead that is called a teaser is text",
	    "<h1>Old terminal closes</h1><p class=teaser>" C "</p><div "
	    "class=x><p>" A "</p><p>" B "</p></div>",
	    C "\n\n" A "\n\n" B},
	{"a teaser inside an aside is none",
	    "<h1>Old terminal closes</h1><aside><p class=teaser>" C "</p>"
	    "</aside><div class=x><p>" A "</p><p>" B "</p></div>",
	    A "\n\n" B},
	{"a lead may link",
	    "<h1>Old terminal closes</h1><div><p>The <a href=/q>quay</a> of "
	    "the islands, says the council, will not be missed by anybody who "
	    "lives there.</p><a href=/1>Bus line to the northern coast is cut"
	    "</a></div><div class=x><p>" A "</p><p>" B "</p></div>",
	    "The quay of the islands, says the council, will "
	    "not be missed by anybody who lives there.\n\n" A "\n\n" B},
	{"quotes and tables in a figure are no pictures",
	    "<article><p>" A "</p><figure><blockquote>We were never asked."
	    "</blockquote></figure><figure><table><tr><td>Ferries</td><td>two"
	    "</td></tr></table></figure><figure>The quay in autumn, seen from "
	    "the sea.</figure><p>" B "</p></article>",
	    A "\n\nWe were never asked.\n\nFerries\n\ntwo\n\n" B},
	{"items that link amid the text stay, pointers elsewhere go",
	    "<article><p>" A "</p><ul><li><a href=/q>Old quay</a>, built in "
	    "1902</li><li><a href=#b>The quay</a></li><li>Politics: <a href=/p>"
	    "Council closes terminal</a></li><li><a href=/n>New quay opens"
	    "</a></li></ul><p>" B "</p></article>",
	    A "\n\nOld quay, built in 1902\n\nThe quay\n\n" B},
	{"behind the last paragraph the first list of links ends the text",
	    "<article><p>" A "</p><p>" B "</p><div><a href=/1>Bus line to the "
	    "coast is cut</a></div><p>13 January</p></article>",
	    A "\n\n" B},
	{"who wrote, and notes at the end, by their roles",
	    "<article><p>" A "</p><p>" B "</p><div itemprop=author><p>Ann Name "
	    "writes about harbours, and has done so for twenty years.</p></div>"
	    "<section role=doc-endnotes><p>The ferry carried nine crew, as "
	    "the register of the port tells.</p></section></article>",
	    A "\n\n" B},
	{"comments that outweigh the article",
	    "<main><p>" A "</p><p>" B "</p><div class=comment-list><p>I " C
	    "</p><p>You " C "</p><p>He " C "</p><p>She " C "</p></div></main>",
	    A "\n\n" B},
	{"parts of one name lie side by side",
	    "<div><a href=/1>One of the many links of the page</a></div><div>"
	    "<div class=part><p>" A " " B " " C "</p></div><div class=part><p>"
	    C "</p></div><div><a href=/2>Bus line to the northern coast is cut"
	    "</a></div><div><a href=/3>Bridge to the outer islands delayed</a>"
	    "</div></div>", A " " B " " C "\n\n" C},
	{"a disclaimer of syndication is no text",
	    "<article><p>" A "</p><p>" B "</p><p>(This story has not been "
	    "edited by Wire A staff and is auto-generated from a syndicated "
	    "feed.)</p></article>", A "\n\n" B},
};

static int read_page(struct arena *a, const char *html, struct article *out,
    struct err *err)
{
	struct slice page = arena_printf(a, "<!doctype html><html><body>%s"
	    "</body></html>", html);
	struct parse_input in = {.bytes = page, .type = DOC_HTML};

	*err = (struct err){0};
	return parser_article(&in, a, out, err);
}

static void takes_the_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct article art;
		struct arena a;
		struct err err;
		int rc;

		arena_init(&a);
		rc = read_page(&a, rows[i].html, &art, &err);
		if (rc || !slice_is(art.body, rows[i].body))
			fail_msg("%s: %s\n%.*s\nwant\n%s", rows[i].what,
			    rc ? err.message : "", SLICE_FMT(art.body),
			    rows[i].body);
		arena_release(&a);
	}
}

static void sets_title_and_sub_title_apart(void **state)
{
	static const char *const pages[] = {
	    "<h1>Old terminal closes</h1><h2 class=sub-title>" C "</h2><div "
	    "class=text><p>" A "</p><p>" B "</p></div>",
	    "<article><h1>Old terminal closes</h1><p class=standfirst>" C
	    "</p><p>" A "</p><p>" B "</p></article>",
	    "<header><h1><span>Old terminal</span> closes</h1><div class="
	    "c-subtitle>" C "</div></header><main><p>" A "</p><p>" B
	    "</p></main>"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct article art;
		struct arena a;
		struct err err;

		arena_init(&a);
		assert_int_equal(read_page(&a, pages[i], &art, &err), 0);
		assert_true(slice_is(art.title, "Old terminal closes"));
		assert_true(slice_is(art.summary, C));
		assert_true(slice_is(art.body, A "\n\n" B));
		arena_release(&a);
	}
}

static void a_lead_outside_its_container_is_text(void **state)
{
	struct article art;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_int_equal(read_page(&a, "<div class=top><h1>Old terminal closes"
	    "</h1><p>" A "</p></div><div class=article-body><p>" B "</p><p>" C
	    " " B "</p><p>" C " " A "</p></div>", &art, &err), 0);
	assert_true(slice_starts(art.body, SLICE(A "\n\n" B)));
	arena_release(&a);
}

static void refuses_pages_without_an_article(void **state)
{
	static const char *const pages[] = {"", "<nav><a href=/>Home</a></nav>",
	    "<p>Not found.</p>",
	    "<ul><li><a href=/1>Ferries to the islands are late again today"
	    "</a></li><li><a href=/2>Council votes on the terminal next "
	    "Tuesday</a></li><li><a href=/3>Bus line to the northern coast is "
	    "cut in autumn</a></li><li><a href=/4>Bridge to the outer islands "
	    "delayed by two years</a></li></ul>"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct article art;
		struct arena a;
		struct err err;

		arena_init(&a);
		assert_int_equal(read_page(&a, pages[i], &art, &err), -1);
		assert_int_equal(err.code, E_NO_ARTICLE);
		arena_release(&a);
	}
}

static void takes_the_page_s_own_copy_where_scripts_make_the_text(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct article art;
	struct arena a;
	struct err err;
	struct slice page;

	(void)state;
	arena_init(&a);
	for (int i = 0; i < 4; i++)
		strbuf_adds(&text, A " " B " " C "\\n\\n");
	page = arena_printf(&a, "<script type='application/ld+json'>{\"@type\":"
	    "\"NewsArticle\",\"articleBody\":\"%s\"}</script><div id=app>"
	    "Loading...</div>", text.p);
	strbuf_release(&text);
	assert_int_equal(read_page(&a, page.p, &art, &err), 0);
	assert_true(slice_starts(art.body, SLICE(A " " B " " C "\n\n" A)));
	arena_release(&a);
}

static void tells_live_pages(void **state)
{
	struct parse_input in = {.type = DOC_HTML,
	    .bytes = SLICE("<body class='page liveblog'><p>" A "</p><p>" B),
	    .url = "http://wire-a.test/1"};
	struct article art;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_int_equal(parser_article(&in, &a, &art, &err), 0);
	assert_int_equal(art.kind, KIND_LIVE);
	in.bytes = SLICE("<p>" A "</p><p>" B);
	assert_int_equal(parser_article(&in, &a, &art, &err), 0);
	assert_int_equal(art.kind, KIND_ARTICLE);
	arena_release(&a);
}

#define TEASER "<div class=card><a href=/x>Bridge to the outer islands is " \
	"delayed by two years</a></div>"
#define FRAME TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER TEASER \
	TEASER TEASER TEASER

/* A flash has one sentence and more links around it than it has words; that
 * it is no front is told by its one time of publication. */
static void tells_a_flash_from_a_front(void **state)
{
	static const struct {
		const char *html;
		bool article;
	} pages[] = {
	    {"<meta property=article:published_time content="
	    "2026-03-10T08:00:00Z><h1>Terminal to close</h1><div class="
	    "article-body><p>Council votes to close the old ferry terminal in "
	    "May.</p></div>" FRAME, true},
	    {"<h1>Terminal to close</h1><div class=date-line>Created: "
	    "26-11-2020 13:49 IST</div><div class=story><p>" A "</p></div>"
	    FRAME, true},
	    {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
	    "\"datePublished\":\"2026-03-10T08:00:00Z\"}</script><h1>Ferries "
	    "Inc. 1st quarter</h1><article><p>Oper shr 52 cts vs 26 cts</p><p>"
	    "Oper net 36.0 mln vs 41.1 mln</p></article>" FRAME, true},
	    {"<h1>News</h1><p>" A " " B "</p>" FRAME, false},
	    {"<script type='application/ld+json'>[{\"@type\":\"NewsArticle\","
	    "\"datePublished\":\"2026-03-10T08:00:00Z\"},{\"@type\":"
	    "\"NewsArticle\",\"datePublished\":\"2026-03-09T08:00:00Z\"}]"
	    "</script><h1>News</h1><p>" A " " B "</p>" FRAME, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct article art;
		struct arena a;
		struct err err;

		arena_init(&a);
		assert_int_equal(read_page(&a, pages[i].html, &art, &err), 0);
		assert_int_equal(art.kind, pages[i].article ? KIND_ARTICLE :
		    KIND_LIST);
		arena_release(&a);
	}
}

/* Many blocks, links, equal paragraphs: linear, and within their limits. */
static void bears_large_pages(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct article art;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	for (int i = 0; i < 12000; i++)
		strbuf_addf(&html, "<p>Paragraph %d of a text that does not "
		    "end, as some archives have them.</p>", i);
	assert_int_equal(read_page(&a, html.p, &art, &err), 0);
	assert_true(art.body.n > 100000 && art.body.n < 500000);
	strbuf_release(&html);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_the_text),
	    cmocka_unit_test(sets_title_and_sub_title_apart),
	    cmocka_unit_test(a_lead_outside_its_container_is_text),
	    cmocka_unit_test(refuses_pages_without_an_article),
	    cmocka_unit_test(
		takes_the_page_s_own_copy_where_scripts_make_the_text),
	    cmocka_unit_test(tells_live_pages),
	    cmocka_unit_test(tells_a_flash_from_a_front),
	    cmocka_unit_test(bears_large_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
