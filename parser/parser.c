#include "parser/parser.h"

#include "core/url.h"
#include "core/zip.h"
#include "parser/evidence.h"
#include "parser/limits.h"
#include "parser/plain.h"

#include <stdlib.h>

int parser_revision(void)
{
	const char *test = getenv("DATELINE_TEST_REVISION");

	return test ? (int)strtol(test, NULL, 10) : PARSER_REVISION;
}

/* ---- what the bytes are --------------------------------------------------------------- */

/* mimesniff.spec.whatwg.org: what is surely none of ours. */
static const struct {
	const char *bytes;
	size_t n;
} others[] = {{"\x89PNG\r\n", 6}, {"%PDF-", 5}, {"GIF8", 4},
    {"\xff\xd8\xff", 3}, {"PK\x03\x04", 4}, {"\x1f\x8b\x08", 3},
    {"RIFF", 4}, {"OggS", 4}, {"\x00\x00\x00\x18" "ftyp", 8}, {"ID3", 3},
    {"BM", 2}, {"wOFF", 4}, {"wOF2", 4}, {"\x7f" "ELF", 4}, {"MZ", 2}};

static struct slice beginning(struct slice s)
{
	if (slice_starts(s, SLICE("\xef\xbb\xbf")))
		s = slice_sub(s, 3, s.n);
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s.p++, s.n--;
	return s;
}

static bool is_other(struct slice s)
{
	size_t control = 0, n = s.n < 512 ? s.n : 512;

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (others[i].n > 2 && s.n >= others[i].n &&
		    !memcmp(s.p, others[i].bytes, others[i].n))
			return true;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		control += (c < 8 && c) || (c > 13 && c < 27) || c == 127;
	}
	return control * 10 > n;
}

static bool is_feed(struct slice s)
{
	static const char *const roots[] = {"<rss", "<feed", "<rdf:RDF",
	    "<urlset", "<sitemapindex"};

	s = slice_sub(beginning(s), 0, 2048);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		long at = slice_ifind(s, slice_of(roots[i]), 0);

		if (at >= 0 && slice_ifind(slice_sub(s, 0, (size_t)at),
		    SLICE("<html"), 0) < 0)
			return true;
	}
	return s.n && s.p[0] == '{' && slice_find(s,
	    SLICE("jsonfeed.org/version"), 0) >= 0;
}

#define SNIFFED 4096 /* of a text, to tell what it is */

/* sitemaps.org, "Text file": a URL a line and nothing else. What the window
 * cuts is not looked at. */
static bool is_url_list(struct slice s)
{
	bool cut = s.n > SNIFFED, any = false;
	size_t from = 0;

	s = slice_sub(beginning(s), 0, SNIFFED);
	for (size_t i = 0; i <= s.n; i++) {
		struct slice line;

		if (i < s.n ? s.p[i] != '\n' && s.p[i] != '\r' : cut && any)
			continue;
		line = slice_trim(slice_sub(s, from, i));
		from = i + 1;
		if (!line.n)
			continue;
		if ((!slice_istarts(line, SLICE("http://")) &&
		    !slice_istarts(line, SLICE("https://"))) ||
		    memchr(line.p, ' ', line.n) || memchr(line.p, '\t', line.n))
			return false;
		any = true;
	}
	return any;
}

/* The beginning of a text in UTF-16 as ASCII, '?' for what is none, in to;
 * or s as it is. Told by byte order mark, or by its first tag. */
static struct slice narrowed(struct slice s, char to[SNIFFED])
{
	bool big = slice_starts(s, SLICE("\xfe\xff")) ||
	    slice_starts(s, SLICE("\0<"));
	size_t n = 0, from = s.n && (unsigned char)s.p[0] >= 0xfe ? 2 : 0;

	if (!big && !slice_starts(s, SLICE("\xff\xfe")) &&
	    !slice_starts(s, SLICE("<\0")))
		return s;
	for (size_t i = from; i + 1 < s.n && n < SNIFFED; i += 2)
		to[n++] = s.p[big ? i : i + 1] ? '?' : s.p[big ? i + 1 : i];
	return (struct slice){to, n};
}

static bool is_html(struct slice s)
{
	static const char *const tags[] = {"<!doctype html", "<html", "<head",
	    "<body", "<title", "<meta", "<div", "<p>", "<p ", "<article",
	    "<script", "<h1", "<!--", "<br", "<table", "<a ", "<font",
	    "<section", "<span", "<dl", "<base"};

	s = slice_sub(beginning(s), 0, 4096);
	return slice_has_any(s, tags, ARRAY_LEN(tags));
}

enum doc_type parser_sniff(const struct parse_input *in)
{
	struct slice type = slice_of(in->content_type);
	char narrow[SNIFFED];

	if (in->type != DOC_AUTO)
		return in->type;
	if (zip_is_gzip(in->bytes))
		return DOC_FEED; /* a sitemap, or what inspecting it will tell */
	if (is_other(in->bytes))
		return DOC_OTHER;
	if (is_feed(narrowed(in->bytes, narrow)) || is_url_list(in->bytes))
		return DOC_FEED;
	if (is_html(in->bytes) || slice_istarts(type, SLICE("text/html")) ||
	    slice_istarts(type, SLICE("application/xhtml")))
		return DOC_HTML;
	if (slice_find(slice_sub(in->bytes, 0, 512), SLICE("\0<"), 0) >= 0 ||
	    slice_find(slice_sub(in->bytes, 0, 512), SLICE("<\0"), 0) >= 0)
		return DOC_HTML; /* UTF-16 */
	return DOC_TEXT;
}

/* ---- an article ------------------------------------------------------------------------- */

static int check(const struct parse_input *in, struct err *err)
{
	size_t most = in->max_bytes ? in->max_bytes : DOCUMENT_MAX;
	struct slice s = beginning(in->bytes);

	if (!s.n)
		return err_set(err, E_EMPTY_BODY, "the document is empty");
	if (in->bytes.n > most)
		return err_set(err, E_BODY_TOO_LARGE,
		    "%zu bytes; %zu are the limit", in->bytes.n, most);
	return 0;
}

/* All of the page, also of menus that body.c does not look at. */
static size_t count_links(const struct dom *dom)
{
	struct dom_node *n = dom->root;
	size_t links = 0;

	for (; n && links < LINKS_MAX; n = dom_next(dom->root, n, false))
		links += n->tag == TAG_A && dom_attr(n, "href").n;
	return links;
}

static int parse_html(struct evidence *e, struct slice utf8,
    struct body_text *body, bool *cut, struct err *err)
{
	const struct parse_input *in = e->in;
	struct dom dom;

	if (dom_parse(utf8, in->budget_bytes ? in->budget_bytes : TREE_BUDGET,
	    in->deadline ? in->deadline : TREE_DEADLINE, e->arena, &dom, err))
		return -1;
	e->language = dom_attr(dom.root, "lang");
	jsonld_read(e, &dom);
	meta_read(e, &dom);
	body_read(e, &dom, body);
	body->links_n = count_links(&dom);
	printed_url(e);
	*cut = dom.ended_in_tag;
	return 0;
}

/* A rule changed for a test: what a better extractor would do. */
static struct slice test_rule(struct slice body)
{
	long at;

	if (parser_revision() == PARSER_REVISION)
		return body;
	at = slice_find(body, SLICE("\n\n"), 0);
	return at < 0 ? body : slice_sub(body, (size_t)at + 2, body.n);
}

int parser_article(const struct parse_input *in, struct arena *a,
    struct article *out, struct err *err)
{
	struct evidence e = {.arena = a, .in = in};
	struct body_text body;
	struct slice utf8;
	const char *label;
	size_t errors;
	bool cut = false;
	enum doc_type type;
	int rc = -1;

	article_init(out);
	if (check(in, err))
		return -1;
	type = parser_sniff(in);
	if (type == DOC_OTHER || type == DOC_FEED)
		return err_set(err, E_NOT_HTML, "the document is %s",
		    type == DOC_FEED ? "a feed or compressed" : "no page");
	if (charset_decode(in, a, &utf8, &label, &errors, err))
		return -1;
	if (type == DOC_TEXT)
		plain_read(&e, utf8, &body);
	else if (parse_html(&e, utf8, &body, &cut, err))
		goto out;
	body.text = test_rule(body.text);
	weigh(&e, &body, out);
	out->truncated = cut;
	if (in->explain)
		explain(&e, label, errors, out);
	if (!out->body.n) {
		err_set(err, E_NO_ARTICLE, "the page holds no article text");
		goto out;
	}
	rc = 0;
out:
	evidence_release(&e);
	return rc;
}

/* ---- links --------------------------------------------------------------------------------- */

static bool is_feed_type(struct slice type)
{
	return slice_ifind(type, SLICE("rss"), 0) >= 0 ||
	    slice_ifind(type, SLICE("atom"), 0) >= 0 ||
	    slice_ifind(type, SLICE("feed+json"), 0) >= 0;
}

static bool absolute(struct slice href, const struct url *base,
    struct arena *a, struct slice *out)
{
	struct url u;
	struct err err;

	if (!href.n || url_parse(href, base, a, &u, &err) ||
	    url_check_fetch(&u, &err))
		return false;
	*out = u.href;
	return true;
}

int parser_links(const struct parse_input *in, size_t max, struct arena *a,
    struct page_links *out, struct err *err)
{
	struct slice utf8, href;
	struct url base;
	const char *label;
	struct dom dom;
	size_t errors;
	bool has_base;

	*out = (struct page_links){0};
	if (max > LINKS_MAX)
		max = LINKS_MAX;
	if (check(in, err) || charset_decode(in, a, &utf8, &label, &errors,
	    err) || dom_parse(utf8, TREE_BUDGET, TREE_DEADLINE, a, &dom, err))
		return -1;
	has_base = in->url && !url_parse(slice_of(in->url), NULL, a, &base, err);
	out->feeds = arena_alloc(a, (max + 1) * sizeof(*out->feeds));
	out->links = arena_alloc(a, (max + 1) * sizeof(*out->links));
	for (struct dom_node *n = dom.root; n; n = dom_next(dom.root, n, false)) {
		bool feed = n->tag == TAG_LINK && slice_ifind(dom_attr(n,
		    "rel"), SLICE("alternate"), 0) >= 0 &&
		    is_feed_type(dom_attr(n, "type"));

		if ((!feed && n->tag != TAG_A) || !absolute(dom_attr(n,
		    "href"), has_base ? &base : NULL, a, &href))
			continue;
		if (feed && out->feeds_n < max)
			out->feeds[out->feeds_n++] = href;
		else if (!feed && out->links_n < max)
			out->links[out->links_n++] = href;
	}
	return 0;
}
