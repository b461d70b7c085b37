/* Each limit of parser/limits.h, passed. Those of the tree (TREE_BUDGET,
 * TREE_DEADLINE, DOM_MAX_DEPTH, ATTRIBUTES_MAX) are in test_parser_dom.c. */
#include "parser/limits.h"
#include "parser/prescan.h"
#include "tests/unit/article_page.h"

#include <string.h>

static int read_html(struct slice html, struct article *art, struct err *err)
{
	struct parse_input in = {.bytes = html, .type = DOC_HTML,
	    .fetched_at = TIME_NONE};

	*err = (struct err){0};
	return parser_article(&in, &arena, art, err);
}

static void add_times(struct strbuf *sb, const char *unit, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_addf(sb, unit, i);
}

static struct article good(struct strbuf *html)
{
	struct article art;
	struct err err;

	assert_int_equal(read_html(strbuf_slice(html), &art, &err), 0);
	strbuf_release(html);
	return art;
}

static void documents(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct article art;
	struct err err;

	(void)state;
	strbuf_adds(&html, "<h1>Talks begin</h1>" TEXT "<!--");
	while (html.n < DOCUMENT_MAX)
		strbuf_addc(&html, 'x');
	assert_int_equal(read_html(strbuf_slice(&html), &art, &err), 0);
	strbuf_addc(&html, 'x');
	assert_int_equal(read_html(strbuf_slice(&html), &art, &err), -1);
	assert_int_equal(err.code, E_BODY_TOO_LARGE);
	strbuf_release(&html);
}

static size_t paragraphs(struct slice body)
{
	size_t n = 1;

	for (long at = 0; (at = slice_find(body, SLICE("\n\n"),
	    (size_t)at)) >= 0; at += 2)
		n++;
	return n;
}

static void paragraphs_and_blocks(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct article art;
	struct err err;

	(void)state;
	add_times(&html, "<p>Paragraph %zu of a text that does not end, as some "
	    "archives have them.</p>", PARAGRAPH_MAX + 500);
	art = good(&html);
	assert_true(paragraphs(art.body) <= PARAGRAPH_MAX);
	assert_true(paragraphs(art.body) > PARAGRAPH_MAX / 2);
	/* what stands behind too many blocks is not seen */
	add_times(&html, "<li>x", BLOCK_MAX);
	strbuf_adds(&html, "</li>" TEXT);
	assert_int_equal(read_html(strbuf_slice(&html), &art, &err), -1);
	assert_int_equal(err.code, E_NO_ARTICLE);
	strbuf_release(&html);
}

static void blocks_of_json_ld(void **state)
{
	struct strbuf html = STRBUF_INIT;

	(void)state;
	add_times(&html, "<script type=application/ld+json>{\"a\":%zu}</script>",
	    JSONLD_MAX - 1);
	strbuf_adds(&html, LD("\"datePublished\":\"2020-11-26T08:00:00Z\"")
	    LD("\"dateModified\":\"2020-11-26T09:00:00Z\"") TEXT);
	assert_string_equal(good(&html).created.raw.p, "2020-11-26T08:00:00Z");
	add_times(&html, "<script type=application/ld+json>{\"a\":%zu}</script>",
	    JSONLD_MAX);
	strbuf_adds(&html, LD("\"datePublished\":\"2020-11-26T08:00:00Z\"") TEXT);
	assert_null(good(&html).created.raw.p);
}

/* The first nodes of a list are read, however long it is. */
static void nodes_of_json_ld(void **state)
{
	struct strbuf html = STRBUF_INIT;

	(void)state;
	strbuf_adds(&html, "<script type=application/ld+json>[{\"@type\":"
	    "\"NewsArticle\",\"datePublished\":\"2020-11-26T08:00:00Z\"}");
	add_times(&html, ",{\"@type\":\"Thing\",\"name\":\"%zu\"}",
	    JSONLD_STACK + 10);
	strbuf_adds(&html, ",{\"@type\":\"NewsArticle\",\"dateModified\":"
	    "\"2020-11-26T09:00:00Z\"}]</script>" TEXT);
	assert_string_equal(good(&html).created.raw.p, "2020-11-26T08:00:00Z");

	/* an author beyond the nodes that are looked through */
	strbuf_adds(&html, "<script type=application/ld+json>{\"@graph\":["
	    "{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#jane\"}}");
	add_times(&html, ",{\"@type\":\"Thing\",\"name\":\"%zu\"}",
	    JSONLD_NODES);
	strbuf_adds(&html, ",{\"@id\":\"#jane\",\"name\":\"Jane Roe\"}]}"
	    "</script>" TEXT);
	assert_int_equal(good(&html).byline_n, 0);
}

static void claims(void **state)
{
	struct strbuf html = STRBUF_INIT;

	(void)state;
	add_times(&html, "<meta name=twitter:title content='T %zu'>",
	    CLAIMS_MAX - 1);
	/* the last that finds room, and one that finds none */
	strbuf_adds(&html, "<meta property=article:published_time content="
	    "2020-11-26T08:00:00Z><meta property=article:modified_time "
	    "content=2020-11-27T09:00:00Z>" TEXT);
	{
		struct article art = good(&html);

		assert_string_equal(art.created.raw.p, "2020-11-26T08:00:00Z");
		assert_int_equal(civil_from_usec(art.created.at).day, 26);
		assert_null(art.updated.raw.p);
	}
}

static void names(void **state)
{
	struct strbuf html = STRBUF_INIT;

	(void)state;
	for (int i = 0; i < BYLINE_MAX + 8; i++)
		strbuf_addf(&html, "<meta name=author content='Jane R%c%coe'>",
		    'a' + i / 26, 'a' + i % 26);
	strbuf_adds(&html, TEXT);
	assert_true(good(&html).byline_n <= BYLINE_MAX);
	/* an author element behind too many others */
	add_times(&html, "<i class=x%zu></i>", NAMED_MAX);
	strbuf_adds(&html, "<p class=author>Jane Roe</p>" TEXT);
	assert_int_equal(good(&html).byline_n, 0);
}

/* 22 s, when the text of each was gathered in full. */
static void text_in_many_nested_elements(void **state)
{
	struct strbuf html = STRBUF_INIT;
	usec_t begun;

	(void)state;
	add_times(&html, "<div class=date>", DOM_MAX_DEPTH - 20);
	add_times(&html, "Ministers opened long awaited talks %zu. ", 60000);
	strbuf_adds(&html, TEXT);
	begun = clock_monotonic();
	good(&html);
	assert_true(clock_monotonic() - begun < 10 * USEC_SECOND);
	strbuf_adds(&html, "<p class=author>Jane Roe");
	add_times(&html, "<b hidden> %zu</b>", NAMED_TEXT / 3);
	strbuf_adds(&html, "</p>" TEXT);
	assert_int_equal(good(&html).byline_n, 0);
}

static void links(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct page_links found;
	struct err err;

	(void)state;
	strbuf_adds(&html, "<h1>Talks begin</h1><article>" TEXT "</article><nav>");
	add_times(&html, "<a href=https://a.test/%zu>x</a>", LINKS_MAX + 1000);
	assert_int_equal(parser_links(&(struct parse_input){.bytes =
	    strbuf_slice(&html), .type = DOC_HTML}, LINKS_MAX + 5, &arena,
	    &found, &err), 0);
	assert_int_equal(found.links_n, LINKS_MAX);
	assert_int_equal(good(&html).links_n, LINKS_MAX);
}

/* ---- dates ------------------------------------------------------------------- */

static void dates(void **state)
{
	char text[DATE_TEXT + 2];
	struct pubtime t;
	struct err err;

	(void)state;
	memset(text, '_', sizeof text);
	memcpy(text, "2020-11-26", 10);
	assert_int_equal(parser_date((struct slice){text, DATE_TEXT}, NULL, &t,
	    &err), 0);
	assert_int_equal(parser_date((struct slice){text, DATE_TEXT + 1}, NULL,
	    &t, &err), -1);
	assert_int_equal(err.code, E_BAD_DATE);
	/* a date behind too many signs */
	memset(text, '_', DATE_TOKENS);
	memcpy(text + DATE_TOKENS, "2020-11-26", 11);
	assert_int_equal(parser_date(slice_of(text), NULL, &t, &err), -1);
}

/* ---- the prescan -------------------------------------------------------------- */

static bool gives_up(const char *before, const char *unit, size_t n,
    const char *behind)
{
	struct strbuf html = STRBUF_INIT;
	struct prescan p;
	struct err err;
	bool gave_up;

	strbuf_adds(&html, before);
	add_times(&html, unit, n);
	strbuf_adds(&html, behind);
	assert_int_equal(prescan_read(strbuf_slice(&html), &p, &err), 0);
	gave_up = p.gave_up;
	assert_true(p.texts_n <= ASIDE_MOST);
	prescan_release(&p);
	strbuf_release(&html);
	return gave_up;
}

static void drawings(void **state)
{
	(void)state;
	assert_false(gives_up("<svg>", "<g>", SVG_DEPTH / 2, "</svg>"));
	assert_true(gives_up("<svg>", "<g>", SVG_DEPTH + 1, "</svg>"));
}

static void texts_kept_aside(void **state)
{
	struct strbuf html = STRBUF_INIT;
	struct prescan p;
	struct err err;

	(void)state;
	add_times(&html, "<p>paragraph %06zu", ASIDE_MOST + 10);
	assert_int_equal(prescan_read(strbuf_slice(&html), &p, &err), 0);
	assert_int_equal(p.texts_n, ASIDE_MOST);
	/* the others stand where they stood */
	assert_true(slice_find(strbuf_slice(&p.html), SLICE("paragraph 065009"),
	    0) > 0);
	assert_true(slice_find(strbuf_slice(&p.html), SLICE("paragraph 064999"),
	    0) < 0);
	prescan_release(&p);
	strbuf_release(&html);
}

/* Names that no other attribute of the tag has; sieved by 64 bits, of which a
 * hundred names share some. */
static bool tag_stays(size_t n)
{
	struct strbuf html = STRBUF_INIT;
	struct prescan p;
	struct err err;
	bool stays;

	strbuf_adds(&html, "<p class=a ");
	add_times(&html, "data-x%zu=1 ", n);
	strbuf_adds(&html, ">x");
	assert_int_equal(prescan_read(strbuf_slice(&html), &p, &err), 0);
	stays = slice_find(strbuf_slice(&p.html), SLICE("data-x3=1"), 0) > 0;
	assert_int_equal(p.tags_n, stays ? 0 : 1);
	prescan_release(&p);
	strbuf_release(&html);
	return stays;
}

static void attributes_compared(void **state)
{
	(void)state;
	assert_false(tag_stays(COMPARED - 2));
	assert_true(tag_stays(COMPARED + 100));
}

/* ---- feeds ----------------------------------------------------------------------- */

static struct feed feed_of(struct strbuf *xml)
{
	struct parse_input in = {.type = DOC_FEED, .fetched_at = TIME_NONE};
	struct feed f;
	struct err err;

	in.bytes = strbuf_slice(xml);
	assert_int_equal(parser_feed(&in, &arena, &f, &err), 0);
	strbuf_release(xml);
	return f;
}

static void entries_of_feeds(void **state)
{
	struct strbuf xml = STRBUF_INIT;
	struct feed f;

	(void)state;
	strbuf_adds(&xml, "<rss version='2.0'><channel>");
	add_times(&xml, "<item><link>http://a.test/%zu</link></item>",
	    FEED_ENTRIES + 1);
	strbuf_adds(&xml, "</channel></rss>");
	f = feed_of(&xml);
	assert_int_equal(f.entries_n, FEED_ENTRIES);
	assert_true(f.over_limit);
	strbuf_adds(&xml, "<urlset>");
	add_times(&xml, "<url><loc>http://a.test/%zu</loc></url>",
	    SITEMAP_ENTRIES + 1);
	strbuf_adds(&xml, "</urlset>");
	f = feed_of(&xml);
	assert_int_equal(f.entries_n, SITEMAP_ENTRIES);
	assert_true(f.over_limit);
}

static void texts_of_feeds(void **state)
{
	struct strbuf xml = STRBUF_INIT;
	struct feed f;

	(void)state;
	strbuf_adds(&xml, "<rss version='2.0'><channel><title>");
	add_times(&xml, "word%02zu ", FEED_TEXT / 4);
	strbuf_adds(&xml, "</title><item><title>");
	add_times(&xml, "<b%zu>", FEED_DEPTH + 20);
	strbuf_adds(&xml, "x");
	for (size_t i = FEED_DEPTH + 20; i-- > 0;)
		strbuf_addf(&xml, "</b%zu>", i);
	strbuf_adds(&xml, "</title><link>http://a.test/1</link></item>"
	    "</channel></rss>");
	f = feed_of(&xml);
	assert_true(f.title.n <= FEED_TEXT);
	assert_int_equal(f.entries_n, 1);
	assert_true(slice_is(f.entries[0].url, "http://a.test/1"));
}

static void bytes_of_feeds(void **state)
{
	struct strbuf xml = STRBUF_INIT;
	struct parse_input in = {.type = DOC_FEED};
	struct feed f;
	struct err err;

	(void)state;
	strbuf_adds(&xml, "<urlset>");
	strbuf_grow(&xml, FEED_MAX);
	while (xml.n <= FEED_MAX)
		strbuf_addc(&xml, ' ');
	in.bytes = strbuf_slice(&xml);
	assert_int_equal(parser_feed(&in, &arena, &f, &err), -1);
	assert_int_equal(err.code, E_BODY_TOO_LARGE);
	strbuf_release(&xml);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(documents),
	    cmocka_unit_test(paragraphs_and_blocks),
	    cmocka_unit_test(blocks_of_json_ld),
	    cmocka_unit_test(nodes_of_json_ld),
	    cmocka_unit_test(claims),
	    cmocka_unit_test(names),
	    cmocka_unit_test(text_in_many_nested_elements),
	    cmocka_unit_test(links),
	    cmocka_unit_test(dates),
	    cmocka_unit_test(drawings),
	    cmocka_unit_test(texts_kept_aside),
	    cmocka_unit_test(attributes_compared),
	    cmocka_unit_test(entries_of_feeds),
	    cmocka_unit_test(texts_of_feeds),
	    cmocka_unit_test(bytes_of_feeds),
	};

	return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
