#ifndef MODEL_CAPTURE_H
#define MODEL_CAPTURE_H
#include "core/hash.h"
#include "model/article.h"

/*
 * Capture: what one fetch (or one ingested record) brought back. An outcome
 * of the world is data: 304, 404, a robots refusal are outcomes, not errors.
 */
enum outcome {
	OUTCOME_ARTICLE,     /* article text: enters a story */
	OUTCOME_UNCHANGED,   /* 304: the text of the last fetch, seen again */
	OUTCOME_GONE,	     /* 404, 410 */
	OUTCOME_KILLED,	     /* a kill notice */
	OUTCOME_EMPTIED,     /* 200, and no article where there was one */
	OUTCOME_NOINDEX,     /* robots meta or X-Robots-Tag: noindex */
	OUTCOME_NO_ARTICLE,  /* a page without article text; lists, videos */
	OUTCOME_LINKS,	     /* a feed or sitemap */
	OUTCOME_REDIRECT,    /* ends on another page */
	OUTCOME_TO_FRONT,    /* redirect to the front page */
	OUTCOME_TRUNCATED,   /* suspected to be cut short: held */
	OUTCOME_ROBOTS,	     /* not allowed by robots.txt */
	OUTCOME_HTTP_ERROR,  /* 403, 429, 5xx, ... */
	OUTCOME_FETCH_ERROR, /* nothing usable came: see err */
	OUTCOME_REFUSED,     /* came, but cannot be read: see err; quarantine */
};
const char *outcome_name(enum outcome o); /* "article", "http_error" */

/* Where the page's own URL led, as far as the visit tells. */
enum led {
	LED_UNKNOWN, /* it was not asked, or nothing usable came */
	LED_NOWHERE, /* it answered, or leads on for now (302, 303, 307) */
	LED_FOR_GOOD, /* to final_url, by 301 and 308 alone */
};

struct capture {
	struct slice url;	/* href of the page */
	struct slice host;	/* of url */
	struct hash128 url_key; /* identity of the page */
	struct slice final_url; /* after redirects, if another */
	enum led led;
	usec_t fetched_at;	/* TIME_NONE: none was given (ingest) */
	enum outcome outcome;
	int http_status; /* 0: none */
	struct slice content_type, etag, last_modified, location;
	struct slice bytes; /* the body as kept; p NULL if none */
	/* for WARC: status and header lines, the body as received, the peer */
	struct slice head, wire, address;
	usec_t duration;
	struct err err;		     /* for *_ERROR and REFUSED */
	struct rights rights;	     /* what its owner says of its use */
	bool unasked;	/* no request was made for it */
	bool forbidden; /* ROBOTS: by a rule, nor was a request made */
	bool unkept; /* no copy of the bytes may be kept; their hash is */
	const struct article *article; /* for ARTICLE, TRUNCATED; else NULL */
};

/* XXH3-128 of (url_key, fetched_at in microseconds); without a fetched_at of
 * its own the hash of the bytes stands in its place (timeline.md). */
struct hash128 capture_id(const struct capture *c);

#endif
