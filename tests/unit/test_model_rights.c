/* Robots directives as Google's documentation and the headers of news sites
 * have them; TDM Reservation Protocol (final report, sections 4 to 6). */
#include "core/strbuf.h"
#include "model/rights.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *show(const struct rights *r, struct strbuf *sb)
{
	strbuf_reset(sb);
	strbuf_addf(sb, "%u%s%s%s%s%s", r->sources, r->noindex ? " noindex" : "",
	    r->noarchive ? " noarchive" : "", r->nosnippet ? " nosnippet" : "",
	    r->noai ? " noai" : "", r->noimageai ? " noimageai" : "");
	if (r->max_snippet_known)
		strbuf_addf(sb, " max=%d", r->max_snippet);
	if (r->unavailable_after.n)
		strbuf_addf(sb, " until=%.*s", SLICE_FMT(r->unavailable_after));
	if (r->tdm_known)
		strbuf_addf(sb, " tdm=%d", r->tdm_reserved);
	if (r->tdm_policy.n)
		strbuf_addf(sb, " policy=%.*s", SLICE_FMT(r->tdm_policy));
	return sb->p;
}

static void headers(void **state)
{
	static const struct {
		const char *name, *value, *want;
	} rows[] = {
	    {"X-Robots-Tag", "noindex", "1 noindex"},
	    {"x-robots-tag", "NONE", "1 noindex"},
	    {"X-Robots-Tag", "noindex, noarchive , NOSNIPPET",
		"1 noindex noarchive nosnippet"},
	    {"X-Robots-Tag", "otherbot: noindex, nofollow", "1"},
	    {"X-Robots-Tag", "otherbot: noindex, dateline: noarchive", "1 noarchive"},
	    {"X-Robots-Tag", "Dateline: noai, noimageai", "1 noai noimageai"},
	    {"X-Robots-Tag", "datelinebot: noindex", "1"},
	    {"X-Robots-Tag", "max-snippet:50, max-image-preview:large", "1 max=50"},
	    {"X-Robots-Tag", "max-snippet: -1", "1 max=-1"},
	    {"X-Robots-Tag", "max-snippet: many", "1"},
	    {"X-Robots-Tag", "unavailable_after: Thu, 26 Nov 2020 08:00:00 GMT, "
		"noarchive", "1 noarchive until=Thu, 26 Nov 2020 08:00:00 GMT"},
	    {"X-Robots-Tag", "dateline: unavailable_after: 25 Jun 2010 15:00:00 PST",
		"1 until=25 Jun 2010 15:00:00 PST"},
	    {"X-Robots-Tag", "dateline: max-snippet: 9, otherbot: max-snippet: 1",
		"1 max=9"},
	    {"X-Robots-Tag", "noindexer, indexnot", "1"},
	    {"X-Robots-Tag", "", "1"}, {"X-Robots-Tag", ",:,:,", "1"},
	    {"tdm-reservation", "1", "1 tdm=1"}, {"TDM-Reservation", " 0 ", "1 tdm=0"},
	    {"tdm-reservation", "yes", "0"}, {"tdm-reservation", "", "0"},
	    {"tdm-policy", "http://a.test/p", "1 policy=http://a.test/p"},
	    {"Robots", "noindex", "0"}};
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rights r = {0};

		rights_header(&r, slice_of(rows[i].name), slice_of(rows[i].value));
		assert_string_equal(show(&r, &sb), rows[i].want);
	}
	strbuf_release(&sb);
}

static void elements(void **state)
{
	static const struct {
		const char *name, *content, *want;
	} rows[] = {
	    {"robots", "noindex,follow", "2 noindex"},
	    {"ROBOTS", "none, noarchive", "2 noindex noarchive"},
	    {"dateline", "nosnippet", "2 nosnippet"},
	    {"googlebot", "noindex", "0"},
	    {"robots", "dateline: noindex", "2"}, /* no agents here */
	    {"robots", "max-snippet:-1, max-image-preview:large", "2 max=-1"},
	    {"tdm-reservation", "1", "2 tdm=1"}, {"description", "noindex", "0"}};
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rights r = {0};

		rights_meta(&r, slice_of(rows[i].name), slice_of(rows[i].content));
		assert_string_equal(show(&r, &sb), rows[i].want);
	}
	strbuf_release(&sb);
}

/* The stricter directive; of mining rights, the nearer word. */
static void added(void **state)
{
	struct rights a = {.sources = RIGHTS_SITE, .tdm_known = true,
	    .tdm_reserved = true, .max_snippet_known = true, .max_snippet = -1};
	struct rights b = {.sources = RIGHTS_HEADER, .tdm_known = true,
	    .noarchive = true, .max_snippet_known = true, .max_snippet = 20};
	struct rights c = {.sources = RIGHTS_META, .max_snippet_known = true,
	    .max_snippet = 30};
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	rights_add(&a, &b);
	rights_add(&a, &c);
	assert_string_equal(show(&a, &sb), "7 noarchive max=20 tdm=0");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(headers),
	    cmocka_unit_test(elements), cmocka_unit_test(added)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
