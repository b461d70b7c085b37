#ifndef PARSER_PARSER_H
#define PARSER_PARSER_H
#include "core/zone.h"
#include "model/article.h"

/*
 * The parser's facade: bytes -> article | links. Pure: no network, no
 * database, no clock; what it needs to know of the world stands in the input.
 */

enum doc_type { DOC_AUTO, DOC_HTML, DOC_TEXT, DOC_FEED, DOC_OTHER };

struct parse_input {
	struct slice bytes;
	enum doc_type type;	   /* DOC_AUTO: sniffed */
	const char *url;	   /* of the page, or NULL */
	const char *content_type;  /* header's value, or NULL */
	usec_t fetched_at;	   /* no date lies after it; TIME_NONE: no bound */
	const struct zone *zone;   /* the outlet's, or NULL: unknown */
	const char *credit;	   /* the outlet's usual agency, or NULL */
	size_t max_bytes;	   /* 0: 8 MiB (BODY_TOO_LARGE) */
	size_t budget_bytes;	   /* memory of the tree; 0: 64 MiB */
	usec_t deadline;	   /* for the tree, microseconds; 0: 1 s */
	bool explain;		   /* fill article.explain */
};

/* Raised when a rule of the extraction or of normalising changes what comes
 * out of the same bytes: stored texts know which revision read them. */
#define PARSER_REVISION 5
int parser_revision(void); /* PARSER_REVISION, or DATELINE_TEST_REVISION */

/* What the bytes are, by magic bytes, markup and content type. */
enum doc_type parser_sniff(const struct parse_input *in);

/* The encoding's name by the WHATWG rules (BOM, header, meta, detection). */
const char *charset_label(const struct parse_input *in);

/*
 * An HTML page, or a page that a scraper left as plain text. All slices of
 * *out lie in a. Refusals: EMPTY_BODY, NOT_HTML, NO_ARTICLE, PARSE_BUDGET,
 * CHARSET_UNKNOWN, BODY_TOO_LARGE. A page that seems to be cut short is not
 * refused: out->truncated. With NO_ARTICLE *out still holds canonical_url,
 * title, kind, noindex.
 */
int parser_article(const struct parse_input *in, struct arena *a,
    struct article *out, struct err *err) MUST_CHECK;

/*
 * Does a page that came with status 200 say that it is not there (SOFT_GONE:
 * "Page not found", "This story has been removed") or that the site is in
 * trouble ("Service unavailable", "Are you a robot?")? By its title and its
 * few words; English.
 */
enum soft_error { SOFT_NONE, SOFT_GONE, SOFT_TROUBLE };
enum soft_error parser_soft_error(const struct article *a);

enum feed_kind { FEED_RSS, FEED_ATOM, FEED_RDF, FEED_JSON, FEED_SITEMAP,
	FEED_SITEMAPINDEX };
const char *feed_kind_name(enum feed_kind k);

#define FEED_UNFIT 20 /* enough to see what is wrong with a feed */

struct feed_entry {
	struct slice url; /* absolute */
	struct slice id, title;
	struct pubtime published, updated;
};

struct feed {
	enum feed_kind kind;
	struct slice title, url;
	struct feed_entry *entries;
	size_t entries_n;
	bool partial;	  /* broken: what it held before the break is here */
	bool over_limit; /* more entries than the limit; the first are here */
	bool news;	 /* a sitemap of Google's kind for news */
	struct feed_unfit { /* addresses that may not be fetched: the first */
		struct slice url; /* as it stands there */
		enum code code;
	} unfit[FEED_UNFIT];
	size_t unfit_n; /* of all, also of those that are not here */
};

/* Limits: feeds 10,000 entries, sitemaps 50,000 (sitemaps.org), 50 MB. */
/* RSS, Atom, RDF, JSON Feed, sitemap, sitemap index, gzipped or not.
 * NOT_A_FEED, XML_ENTITY_LIMIT, BODY_TOO_LARGE, EMPTY_BODY. */
int parser_feed(const struct parse_input *in, struct arena *a,
    struct feed *out, struct err *err) MUST_CHECK;

/*
 * A date as people and machines print it (parser/date.c): RFC 822, W3CDTF,
 * ISO 8601, asctime, "26-11-2020 14:22 IST", "Nov. 26, 2020 2:22 p.m. ET",
 * Unix seconds. zone (may be NULL) is that of a time printed without one, and
 * decides what IST means. 0, or -1 with E_BAD_DATE.
 */
int parser_date(struct slice text, const struct zone *zone,
    struct pubtime *out, struct err *err) MUST_CHECK;

/* The same for what feeds and sitemaps write (parser/feed_date.c): also the
 * reduced forms of ISO 8601 ("2003-12", "-0312", "03335"); what is nearly a
 * date of a machine is none. */
int parser_feed_date(struct slice text, const struct zone *zone,
    struct pubtime *out, struct err *err) MUST_CHECK;

/* Links of a page for discovery: feeds that it announces (link rel=alternate),
 * and absolute http(s) hrefs, at most max. Same refusals as parser_article. */
struct page_links {
	struct slice *feeds;
	size_t feeds_n;
	struct slice *links;
	size_t links_n;
};
int parser_links(const struct parse_input *in, size_t max, struct arena *a,
    struct page_links *out, struct err *err) MUST_CHECK;

#endif
