#ifndef CRAWLER_ROBOTS_H
#define CRAWLER_ROBOTS_H
#include "core/arena.h"

#include <stdint.h>

/*
 * robots.txt by RFC 9309, with Crawl-delay as the extension that many hosts
 * use, read for one agent. Where the RFC and Google's open parser disagree,
 * the parser wins, since site owners test with it: misspelt keys, a forgotten
 * colon and "Allow: /index.html" (which allows "/") are taken, and an escape
 * of a plain letter ("%62") is not the letter.
 */
struct robots_rule {
	struct slice pattern; /* as written, for people */
	struct slice match;   /* octets beyond ASCII and escapes made alike */
	uint32_t order;	      /* of the file's rules */
	bool allow;
};

struct robots {
	/* Of the groups that count for the agent; the first that matches
	 * decides: longest first, of equals allow. */
	struct robots_rule *rules;
	size_t rules_n, rules_cap;
	int crawl_delay_ms; /* -1: none */
	struct slice sitemaps[32];
	size_t sitemaps_n;
};

/* What is read of a file at least (RFC 9309, 2.5, asks for 500 KiB); the rest
 * is ignored. */
#define ROBOTS_MAX_BYTES (512 << 10)
/* The whole lines of a text within that limit: half of "Disallow: /a" would be
 * another rule. */
struct slice robots_part(struct slice text);
/* Of a line, as Google's parser: eight times the longest URL of browsers. */
#define ROBOTS_LINE_MAX (2083 * 8 - 1)

/*
 * agent: the product token ("Dateline"), compared without case; what follows
 * a '/' ("Dateline/1.0") is not of it. Any bytes are fine: what is no rule is
 * passed over. Slices borrow text and a.
 */
void robots_parse(
    struct slice text, struct slice agent, struct arena *a, struct robots *out);

struct robots_answer {
	bool allowed;
	const struct robots_rule *rule; /* that decided; NULL: none matches */
};
/*
 * path: path and query of a URL, "/" at least, octets beyond ASCII escaped (as
 * url_parse leaves them). Takes time in proportion to the rules' bytes and,
 * for each rule with a star, to the path.
 */
struct robots_answer robots_check(const struct robots *r, struct slice path);

/* Does a pattern fit the path from its beginning? A star takes any run, "$"
 * at the end is the end. Octets are compared as they stand. */
bool robots_matches(struct slice pattern, struct slice path);

#endif
