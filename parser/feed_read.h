#ifndef PARSER_FEED_READ_H
#define PARSER_FEED_READ_H
#include "core/strbuf.h"
#include "core/url.h"
#include "parser/limits.h"
#include "parser/parser.h"

/* What feed.c and feed_xml.c share. */

/* How good a witness of an entry's address is; the better one stays. */
enum url_rank {
	URL_NONE,
	URL_ID,	       /* a guid that is no permanent link, but a URL */
	URL_GUID,      /* RSS: a guid is one, unless it says otherwise */
	URL_ALTERNATE, /* Atom's link, of another type than HTML */
	URL_LINK,      /* Atom's link; RSS's; a sitemap's loc */
	URL_HREF,      /* RSS's link, written as Atom's: gofeed's choice */
	URL_ORIGINAL,  /* what FeedBurner puts a link of its own before */
};

/* An entry being read, as it stands in the feed. */
struct feed_draft {
	struct slice url, guid, title, published, updated;
	enum url_rank rank;
	struct url *base; /* where url stood; NULL: unknown */
};

struct feed_reading {
	const struct parse_input *in;
	struct arena *a;
	struct feed *out;
	size_t cap, most;
	struct url *base; /* of the feed, or NULL */
	bool known, entities, stop;
};

/* Markup out, references decoded, white space folded. */
struct slice feed_clean(struct arena *a, struct slice s);
/* An address: references out, no white space at its ends. */
struct slice feed_address(struct arena *a, struct slice s);
struct slice feed_absolute(struct feed_reading *r, const struct url *base,
    struct slice s);
/* Empty drafts are entries of feeds, not of sitemaps. */
void feed_add(struct feed_reading *r, const struct feed_draft *d);
/* feed_xml.c: utf8 is read through mend. */
void feed_xml(struct feed_reading *r, struct slice utf8);

#endif
