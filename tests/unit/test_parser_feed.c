/* Feeds and sitemaps, whole and broken (parser/feed.c, feed_xml.c,
 * feed_mend.c). What comes out is worked out from the formats' own texts:
 * RSS 2.0, RSS 1.0, RFC 4287, JSON Feed 1.1, sitemaps.org, Google News. */
#include "core/attr.h"
#include "core/utf8.h"
#include "core/zip.h"
#include "parser/feed_mend.h"
#include "parser/parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <zlib.h>

#include <cmocka.h>

#define BASE "http://f.test/dir/feed.xml"

static const char *text_of(struct slice s, struct arena *a)
{
	return s.p ? arena_printf(a, "%.*s", SLICE_FMT(s)).p : "-";
}

static const char *time_of(const struct pubtime *t, struct arena *a)
{
	char text[TIME_TEXT];

	return t->at == TIME_NONE ? "-" :
	    text_of(slice_of(pubtime_text(t, text)), a);
}

/* "kind|title|url[ partial]" and a line an entry: "url|id|title|published|updated";
 * or the code. */
static const char *read_as(struct slice bytes, const char *type,
    struct arena *a)
{
	struct parse_input in = {.bytes = bytes, .url = BASE,
	    .content_type = type, .fetched_at = TIME_NONE};
	struct strbuf sb = STRBUF_INIT;
	struct err err = {0};
	struct feed f;
	const char *out;

	if (parser_feed(&in, a, &f, &err))
		return code_name(err.code);
	strbuf_addf(&sb, "%s|%s|%s%s%s", feed_kind_name(f.kind),
	    text_of(f.title, a), text_of(f.url, a), f.news ? " news" : "",
	    f.partial ? " partial" : "");
	for (size_t i = 0; i < f.entries_n; i++) {
		const struct feed_entry *e = &f.entries[i];

		strbuf_addf(&sb, "\n%s|%s|%s|%s|%s", text_of(e->url, a),
		    text_of(e->id, a), text_of(e->title, a),
		    time_of(&e->published, a), time_of(&e->updated, a));
	}
	out = text_of(strbuf_slice(&sb), a);
	strbuf_release(&sb);
	return out;
}

struct row {
	const char *bytes, *want;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a;

		arena_init(&a);
		assert_string_equal(read_as(slice_of(rows[i].bytes), NULL, &a),
		    rows[i].want);
		arena_release(&a);
	}
}

#define RSS(items) "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'" \
	" xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>T</title>" \
	"<link>http://f.test/</link>" items "</channel></rss>"
#define HEAD "rss|T|http://f.test/"

static void rss(void **state)
{
	static const struct row rows[] = {
	    {RSS("<item><title>A</title><link>http://f.test/1</link><guid>g1"
		"</guid><pubDate>Thu, 26 Nov 2020 14:22:00 +0530</pubDate></item>"),
		HEAD "\nhttp://f.test/1|g1|A|2020-11-26T08:52:00Z|-"},
	    /* a guid is the page's address where there is no link */
	    {RSS("<item><guid>http://f.test/g</guid></item>"),
		HEAD "\nhttp://f.test/g|http://f.test/g|-|-|-"},
	    {RSS("<item><guid isPermaLink='false'>http://f.test/no</guid><link>/2"
		"</link></item>"), HEAD "\nhttp://f.test/2|http://f.test/no|-|-|-"},
	    /* a link to itself is none to a page */
	    {RSS("<atom:link rel='self' href='http://f.test/feed'/><item>"
		"<atom:link rel='alternate' href='http://f.test/b'/>"
		"<link>http://f.test/a</link></item>"),
		HEAD "\nhttp://f.test/b|-|-|-|-"},
	    {RSS("<item><link>http://proxy.test/x</link><feedburner:origLink "
		"xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>"
		"http://f.test/orig</feedburner:origLink></item>"),
		HEAD "\nhttp://f.test/orig|-|-|-|-"},
	    /* titles of pictures and podcasts are not the item's */
	    {RSS("<item xmlns:media='http://search.yahoo.com/mrss/'><media:title>no"
		"</media:title><title>yes</title><media:content><media:title>no"
		"</media:title></media:content><link>http://f.test/3</link></item>"),
		HEAD "\nhttp://f.test/3|-|yes|-|-"},
	    {RSS("<image><title>logo</title><link>http://logo.test/</link></image>"
		"<item><dc:title>D</dc:title><dc:date>2020-11-26T08:52:00Z</dc:date>"
		"<link>http://f.test/4</link></item>"), HEAD
		"\nhttp://f.test/4|-|D|2020-11-26T08:52:00Z|2020-11-26T08:52:00Z"},
	    {RSS("<item><title>A &amp;amp; B&#8217;s &lt;b&gt;c&lt;/b&gt; &amp;eacute;"
		"</title><link>http://f.test/?a=1&amp;amp;copy=2&amp;b=3</link>"
		"</item>"), HEAD
		"\nhttp://f.test/?a=1&copy=2&b=3|-|A & B\xe2\x80\x99s c \xc3\xa9|-|-"},
	    {RSS("<item><title><![CDATA[One <i>&</i> two]]></title><link><![CDATA["
		"http://f.test/?a&b]]></link></item>"),
		HEAD "\nhttp://f.test/?a&b|-|One & two|-|-"},
	    /* 0.91, with its document type */
	    {"<?xml version=\"1.0\"?>\n<!DOCTYPE rss PUBLIC \"-//Netscape "
		"Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/"
		"publish/formats/rss-0.91.dtd\"><rss version=\"0.91\"><channel>"
		"<title>Caf&eacute;</title><item><title>x</title><link>"
		"http://f.test/91</link></item></channel></rss>",
		"rss|Caf\xc3\xa9|-\nhttp://f.test/91|-|x|-|-"},
	    /* 1.0 and 0.9 */
	    {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
		"xmlns='http://purl.org/rss/1.0/'><channel rdf:about='http://f.test/'>"
		"<title>R</title><link>http://f.test/</link></channel><image "
		"rdf:about='x'><title>no</title><link>http://no.test/</link></image>"
		"<item rdf:about='http://f.test/1'><title>i</title>"
		"<link>http://f.test/1</link></item></rdf:RDF>",
		"rdf|R|http://f.test/\nhttp://f.test/1|http://f.test/1|i|-|-"},
	    /* a prefix that nobody declared, and one of their own */
	    {RSS("<item><media:title>no</media:title><n:title xmlns:n='http://x.test/'"
		">no</n:title><dcx:date>2020-01-01</dcx:date><title>ok</title>"
		"<link>http://f.test/5</link></item>"),
		HEAD "\nhttp://f.test/5|-|ok|-|-"},
	    {RSS("<item><title>no address</title></item><item/>"),
		HEAD "\n-|-|no address|-|-\n-|-|-|-|-"}};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

#define ATOM(entries) "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>" \
	"<link rel='self' href='http://f.test/atom'/><link href='http://f.test/'/>" \
	entries "</feed>"
#define AHEAD "atom|T|http://f.test/"

static void atom(void **state)
{
	static const struct row rows[] = {
	    {ATOM("<entry><id>urn:1</id><title>A</title><link rel='enclosure' "
		"href='/m.mp3'/><link rel='alternate' type='text/html' "
		"href='http://f.test/1'/><published>2020-11-26T08:52:00Z</published>"
		"<updated>2020-11-26T09:00:00Z</updated></entry>"), AHEAD
		"\nhttp://f.test/1|urn:1|A|2020-11-26T08:52:00Z|2020-11-26T09:00:00Z"},
	    /* an id is a name, not an address (4.2.6) */
	    {ATOM("<entry><id>http://f.test/id</id></entry>"),
		AHEAD "\n-|http://f.test/id|-|-|-"},
	    {ATOM("<entry><link rel='alternate' type='application/json' href='/j'/>"
		"<link rel='alternate' type='text/html' href='/h'/></entry>"),
		AHEAD "\nhttp://f.test/h|-|-|-|-"},
	    /* the source's link is another feed's (4.2.11) */
	    {ATOM("<entry><source><title>no</title><link href='http://no.test/'/>"
		"</source><title>e</title><link href='/e'/></entry>"),
		AHEAD "\nhttp://f.test/e|-|e|-|-"},
	    {ATOM("<entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'"
		">Less: <em> &lt; </em></div></title><link href='e'/></entry>"),
		AHEAD "\nhttp://f.test/dir/e|-|Less: <|-|-"},
	    {ATOM("<entry><title type='html'>&lt;p>One &amp;amp; two&lt;/p></title>"
		"<link href='?q=1&amp;r=2'/></entry>"),
		AHEAD "\nhttp://f.test/dir/feed.xml?q=1&r=2|-|One & two|-|-"},
	    /* xml:base, of the feed, of an entry and of a link */
	    {"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://b.test/x/'>"
		"<link href='front'/><entry xml:base='y/'><link href='1'/></entry>"
		"<entry><link xml:base='http://c.test/' href='2'/></entry>"
		"<entry><link href='3'/></entry></feed>",
		"atom|-|http://b.test/x/front\nhttp://b.test/x/y/1|-|-|-|-\n"
		"http://c.test/2|-|-|-|-\nhttp://b.test/x/3|-|-|-|-"},
	    {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title mode='base64'"
		">VGl0bGU=</title><entry><link rel='alternate' href='http://f.test/3'/>"
		"<issued>2003-12-13T08:29:29-04:00</issued><modified>"
		"2003-12-13T18:30:02Z</modified></entry></feed>", "atom|Title|-\n"
		"http://f.test/3|-|-|2003-12-13T12:29:29Z|2003-12-13T18:30:02Z"},
	    {"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>P</a:title>"
		"<a:entry><a:link href='http://f.test/p'/></a:entry></a:feed>",
		"atom|P|-\nhttp://f.test/p|-|-|-|-"}};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void json(void **state)
{
	static const struct row rows[] = {
	    {"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\","
		"\"home_page_url\":\"http://f.test/\",\"items\":[{\"id\":\"1\","
		"\"url\":\"http://f.test/1\",\"title\":\"A\",\"date_published\":"
		"\"2020-11-26T14:22:00+05:30\",\"date_modified\":"
		"\"2020-11-26T09:00:00Z\"},{\"id\":2,\"external_url\":"
		"\"http://x.test/\"},{\"id\":\"3\",\"url\":\"rel\"}]}",
		"jsonfeed|J|http://f.test/\n"
		"http://f.test/1|1|A|2020-11-26T08:52:00Z|2020-11-26T09:00:00Z\n"
		"http://x.test/|2|-|-|-\nhttp://f.test/dir/rel|3|-|-|-"},
	    {"\xef\xbb\xbf {\"items\":[]}", "jsonfeed|-|-"},
	    {"{\"items\":{}}", "NOT_A_FEED"}, {"{\"items\":[", "NOT_A_FEED"},
	    {"{\"items\":[1,null,\"x\",{\"url\":7}]}", "jsonfeed|-|-\n-|-|-|-|-\n"
		"-|-|-|-|-\n-|-|-|-|-\nhttp://f.test/dir/7|-|-|-|-"}};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

#define MAP "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "

static void sitemaps(void **state)
{
	static const struct row rows[] = {
	    {MAP "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "
		"xmlns:xhtml='http://www.w3.org/1999/xhtml'><url><loc>http://f.test/1"
		"</loc><lastmod>2020-11-26</lastmod><image:image><image:loc>"
		"http://f.test/1.jpg</image:loc><image:title>no</image:title>"
		"</image:image><xhtml:link rel='alternate' hreflang='de' "
		"href='http://de.test/1'/></url></urlset>",
		"sitemap|-|-\nhttp://f.test/1|-|-|-|2020-11-26"},
	    /* the picture's place before the page's */
	    {MAP "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url>"
		"<image:image><image:loc>http://f.test/no.jpg</image:loc>"
		"</image:image><loc>http://f.test/2</loc></url></urlset>",
		"sitemap|-|-\nhttp://f.test/2|-|-|-|-"},
	    {MAP "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url>"
		"<loc>http://f.test/n</loc><news:news><news:publication><news:name>"
		"P</news:name></news:publication><news:publication_date>"
		"2020-11-26T08:52:00Z</news:publication_date><news:title>N</news:title>"
		"</news:news></url></urlset>", "sitemap|-|- news\n"
		"http://f.test/n|-|N|2020-11-26T08:52:00Z|-"},
	    /* by the namespace, whatever its prefix */
	    {MAP "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url>"
		"<loc>http://f.test/n</loc><n:news><n:title>N</n:title></n:news>"
		"</url></urlset>",
		"sitemap|-|- news\nhttp://f.test/n|-|N|-|-"},
	    {"<sitemapindex><sitemap><loc> http://f.test/a.xml.gz </loc><lastmod>"
		"2020-11-26T08:52:00+00:00</lastmod></sitemap></sitemapindex>",
		"sitemapindex|-|-\nhttp://f.test/a.xml.gz|-|-|-|2020-11-26T08:52:00Z"},
	    /* no place at all is no entry */
	    {MAP "><url><lastmod>2020-11-26</lastmod></url><url><loc>ftp://f.test/"
		"</loc></url><url><loc>mailto:a@f.test</loc></url></urlset>",
		"sitemap|-|-"},
	    {"http://f.test/1\r\n\r\nhttp://f.test/2\nnot one\n",
		"sitemap|-|-\nhttp://f.test/1|-|-|-|-\nhttp://f.test/2|-|-|-|-"},
	    {"\xef\xbb\xbfhttp://f.test/1", "sitemap|-|-\nhttp://f.test/1|-|-|-|-"},
	    {"plain text", "NOT_A_FEED"}, {" \n", "EMPTY_BODY"},
	    {"<html><body>no feed</body></html>", "NOT_A_FEED"}};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void broken(void **state)
{
	static const struct row rows[] = {
	    /* bare signs are text, and break nothing that follows */
	    {RSS("<item><title>R & D <3 &amp; a < b &nosuch; &</title><link>"
		"http://f.test/?a=1&b=2&copy=3</link></item>"), HEAD
		"\nhttp://f.test/?a=1&b=2&copy=3|-|R & D <3 & a < b &nosuch; &|-|-"},
	    {RSS("<item><title>a\x01 b\x1f</title><link>http://f.test/1</link></item>"),
		HEAD "\nhttp://f.test/1|-|a b|-|-"},
	    {RSS("<item><title>&#150; &#0; &#xD800;</title></item>"), HEAD
		"\n-|-|\xe2\x80\x93 \xef\xbf\xbd \xef\xbf\xbd|-|-"},
	    /* cut short: in an end tag, in a tag, in text, in CDATA, in a comment */
	    {"<rss><channel><item><link>http://f.test/1</lin",
		"rss|-|- partial\nhttp://f.test/1|-|-|-|-"},
	    {"<rss><channel><item><link>http://f.test/1</link><title",
		"rss|-|- partial\nhttp://f.test/1|-|-|-|-"},
	    {"<rss><channel><item><title>A</title><link>http://f.test/1-cut-he",
		"rss|-|- partial\n-|-|A|-|-"},
	    {"<rss><channel><item><link>http://f.test/1</link><title><![CDATA[cut",
		"rss|-|- partial\nhttp://f.test/1|-|-|-|-"},
	    {"<rss><channel><item><link>http://f.test/1</link></item><!-- cut <item>",
		"rss|-|- partial\nhttp://f.test/1|-|-|-|-"},
	    /* tags without an end, ends without a tag, ends in the wrong order */
	    {RSS("<item><title>a<br>b</title><link>http://f.test/1</link>"
		"<description><p>x<img src=y></description></item><item><link>"
		"http://f.test/2</link></item>"), HEAD " partial\n"
		"http://f.test/1|-|ab|-|-\nhttp://f.test/2|-|-|-|-"},
	    {RSS("<item><title>A<link>http://f.test/1<pubDate>2020-11-26</pubDate>"
		"</item></b><item><link>http://f.test/2</link>"), HEAD " partial\n"
		"http://f.test/1|-|A|2020-11-26|-\nhttp://f.test/2|-|-|-|-"},
	    {RSS("<item><title><b><i>x</b></i></title><link>http://f.test/1</link>"
		"</item>"), HEAD " partial\nhttp://f.test/1|-|x|-|-"},
	    {RSS("<item><TITLE>x</title><link>http://f.test/1</LINK></item>"),
		HEAD "\nhttp://f.test/1|-|-|-|-"},
	    /* attributes without quotes, without a value, twice */
	    {"<feed><entry a b=><link href=http://f.test/1 rel=alternate/></entry>"
		"<entry><link href='http://f.test/2' href='http://f.test/3' x/>"
		"</entry></feed>",
		"atom|-|-\nhttp://f.test/1|-|-|-|-\nhttp://f.test/2|-|-|-|-"},
	    {"<feed><entry><link href = \"http://f.test/?a>b&c<d\" /></entry></feed>",
		"atom|-|-\nhttp://f.test/?a%3Eb&c%3Cd|-|-|-|-"},
	    /* what a server printed before and after */
	    {"\n<br />\n<b>Warning</b>: x in <b>f</b>\n<?xml version='1.0'?>" RSS("")
		"<!-- 3 ms --><p>bye", HEAD},
	    {"<?xml version=\"1.0\" encoding=\"utf-16\"?>" RSS(""), HEAD},
	    /* entities: one is enough to be refused, wherever it stands */
	    {"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>", "XML_ENTITY_LIMIT"},
	    {"<!DOCTYPE rss [ <!-- ' --> <!ENTITY % p SYSTEM 'file:///etc/passwd'>"
		" %p; ]><rss/>", "XML_ENTITY_LIMIT"},
	    {"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss><channel/></rss>",
		"rss|-|-"},
	    {"<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel><title>a"
		"<xi:include href='file:///etc/passwd' parse='text'/></title>"
		"</channel></rss>", "rss|a|-"}};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void encodings(void **state)
{
#define DOC(encoding, title) "<?xml version='1.0'" encoding "?><rss><channel>" \
	"<title>" title "</title></channel></rss>"
	static const struct {
		const char *bytes, *type, *want;
	} rows[] = {
	    {DOC(" encoding='iso-8859-1'", "caf\xe9"), NULL, "rss|caf\xc3\xa9|-"},
	    {DOC(" encoding='windows-1251'", "\xcc\xe8\xf0"), NULL,
		"rss|\xd0\x9c\xd0\xb8\xd1\x80|-"},
	    /* the header's word is before the document's (RFC 7303) */
	    {DOC(" encoding='windows-1251'", "caf\xe9"),
		"text/xml; charset=iso-8859-1", "rss|caf\xc3\xa9|-"},
	    /* UTF-8 whatever is declared */
	    {DOC(" encoding='iso-8859-1'", "caf\xc3\xa9"), NULL,
		"rss|caf\xc3\xa9|-"},
	    {DOC(" encoding='us-ascii'", "caf\xc3\xa9"), "text/xml; charset=us-ascii",
		"rss|caf\xc3\xa9|-"},
	    /* and what is said to be UTF-8 but is not */
	    {DOC(" encoding='utf-8'", "caf\xe9 \x93quoted\x94"), NULL,
		"rss|caf\xc3\xa9 \xe2\x80\x9cquoted\xe2\x80\x9d|-"},
	    {DOC("", "\xa4\xb3\xa4\xf3\xa4\xcb\xa4\xc1\xa4\xcf"),
		"application/rss+xml; charset=euc-jp",
		"rss|\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf|-"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a;

		arena_init(&a);
		assert_string_equal(read_as(slice_of(rows[i].bytes),
		    rows[i].type, &a), rows[i].want);
		arena_release(&a);
	}
}

static void utf16(void **state)
{
	const char *text = RSS("<item><link>http://f.test/1</link></item>");

	(void)state;
	for (int big = 0; big < 2; big++) {
		struct strbuf sb = STRBUF_INIT;
		struct arena a;

		arena_init(&a);
		strbuf_add(&sb, big ? "\xfe\xff" : "\xff\xfe", 2);
		for (const char *p = text; *p; p++) {
			strbuf_addc(&sb, big ? 0 : *p);
			strbuf_addc(&sb, big ? *p : 0);
		}
		assert_string_equal(read_as(strbuf_slice(&sb), NULL, &a),
		    HEAD "\nhttp://f.test/1|-|-|-|-");
		strbuf_release(&sb);
		arena_release(&a);
	}
}

static void gz(struct slice s, struct strbuf *to)
{
	z_stream z = {0};

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	strbuf_grow(to, s.n + 200);
	z.next_in = (unsigned char *)(uintptr_t)s.p;
	z.avail_in = (unsigned)s.n;
	z.next_out = (unsigned char *)to->p;
	z.avail_out = (unsigned)s.n + 200;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	strbuf_setlen_grown(to, z.total_out);
	deflateEnd(&z);
}

static void gzipped(void **state)
{
	static const struct row rows[] = {
	    {MAP "><url><loc>http://f.test/1</loc></url></urlset>",
		"sitemap|-|-\nhttp://f.test/1|-|-|-|-"},
	    {"http://f.test/1\nhttp://f.test/2",
		"sitemap|-|-\nhttp://f.test/1|-|-|-|-\nhttp://f.test/2|-|-|-|-"}};
	struct strbuf sb = STRBUF_INIT;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		strbuf_reset(&sb);
		gz(slice_of(rows[i].bytes), &sb);
		assert_string_equal(read_as(strbuf_slice(&sb), NULL, &a),
		    rows[i].want);
	}
	assert_string_equal(read_as(slice_sub(strbuf_slice(&sb), 0, 20), NULL,
	    &a), "TRUNCATED");
	strbuf_release(&sb);
	arena_release(&a);
}

/* What is given to the XML parser piece by piece is the same as at once. */
static void mends_in_pieces(void **state)
{
	const char *text = "<rss a='&'><!--x--><t>a & b<![CDATA[<&]]></t><u><br></u>"
	    "</v></rss><more/>";
	const char *want = "<rss a=\"&#38;\"><t>a &#38; b&#60;&#38;</t><u><br></br>"
	    "</u></rss>";

	(void)state;
	for (size_t most = 1; most < 200; most *= 3) {
		struct strbuf sb = STRBUF_INIT, piece = STRBUF_INIT;
		struct mend m;
		bool more = true;

		mend_init(&m, slice_of(text));
		while (more) {
			strbuf_reset(&piece);
			more = mend_more(&m, most, &piece);
			strbuf_addsl(&sb, strbuf_slice(&piece));
		}
		assert_string_equal(sb.p, want);
		assert_true(m.broken);
		strbuf_release(&sb);
		strbuf_release(&piece);
	}
}

/* What a crawl takes for a feed, without a word of the sender. */
static void sniffed(void **state)
{
#define WIDE(c) c "\0"
	static const char le[] = "\xff\xfe" WIDE("<") WIDE("r") WIDE("s")
	    WIDE("s") WIDE(">");
	static const char be[] = "\xfe\xff\0<\0u\0r\0l\0s\0e\0t\0>";
	static const char bare[] = WIDE("<") WIDE("?") WIDE("x") WIDE("m")
	    WIDE("l") WIDE("?") WIDE(">") WIDE("<") WIDE("f") WIDE("e")
	    WIDE("e") WIDE("d") WIDE(">");
	static const char page[] = "\xff\xfe" WIDE("<") WIDE("p") WIDE(">");
	static const struct {
		struct slice bytes;
		enum doc_type want;
	} rows[] = {
	    {{le, sizeof(le) - 1}, DOC_FEED}, {{be, sizeof(be) - 1}, DOC_FEED},
	    {{bare, sizeof(bare) - 1}, DOC_FEED},
	    {{page, sizeof(page) - 1}, DOC_HTML},
	    /* sitemaps.org, "Text file": a URL a line */
	    {SLICE("http://f.test/1\nhttps://f.test/2\n"), DOC_FEED},
	    {SLICE("\xef\xbb\xbfhttp://f.test/1\r\n\r\nhttp://f.test/2"),
		DOC_FEED},
	    {SLICE("http://f.test/1"), DOC_FEED},
	    {SLICE("http://f.test/1 tells of the port"), DOC_TEXT},
	    {SLICE("http://f.test/1\n\nThe port is closed."), DOC_TEXT},
	    {SLICE("The port is closed: http://f.test/1"), DOC_TEXT},
	    {SLICE("httpd is a server"), DOC_TEXT}, {SLICE(""), DOC_TEXT}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct parse_input in = {.bytes = rows[i].bytes,
		    .fetched_at = TIME_NONE};

		assert_int_equal(parser_sniff(&in), rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rss), cmocka_unit_test(atom),
	    cmocka_unit_test(json), cmocka_unit_test(sitemaps),
	    cmocka_unit_test(broken), cmocka_unit_test(encodings),
	    cmocka_unit_test(utf16), cmocka_unit_test(gzipped),
	    cmocka_unit_test(mends_in_pieces),
	    cmocka_unit_test(sniffed)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
