#ifndef CRAWLER_ROBOTS_H
#define CRAWLER_ROBOTS_H
#include "core/arena.h"

/*
 * robots.txt by RFC 9309, with Crawl-delay as the extension that many hosts
 * use. Parsed once for one agent; slices borrow the text.
 */
struct robots_rule {
	bool allow;
	struct slice pattern; /* as written, for people */
	struct slice match;   /* percent-encoding made plain */
};

struct robots {
	struct robots_rule *rules; /* of the groups that count for the agent */
	size_t rules_n, rules_cap;
	int crawl_delay_ms;	/* -1: none */
	struct slice sitemaps[32];
	size_t sitemaps_n;
};

/* What is read of a file at least (RFC 9309, 2.5); the rest is ignored. */
#define ROBOTS_MAX_BYTES (512 << 10)

/* agent: the product token ("Dateline"), compared without case. */
void robots_parse(struct slice text, struct slice agent, struct arena *a,
    struct robots *out);

struct robots_answer {
	bool allowed;
	const struct robots_rule *rule; /* that decided; NULL: none matches */
};
/* path: path and query of a URL, "/" at least. */
struct robots_answer robots_check(const struct robots *r, struct slice path);

#endif
