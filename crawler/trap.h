#ifndef CRAWLER_TRAP_H
#define CRAWLER_TRAP_H
#include "core/clock.h"
#include "core/strbuf.h"
#include "core/url.h"

/*
 * Traps are sites that have no end: calendars, session ids, paths that grow,
 * parameters in every order. What is known by its shape is not enrolled; the
 * rest ends by budgets for what looks alike. Pure.
 */

#define TRAP_SEGMENTS 16 /* of a path; the deepest of news sites have 9 */
#define TRAP_REPEATS  3	 /* of one segment in a path */
#define TRAP_QUERIES  8	 /* parameters; news sites' pages have up to 3 */

#define TRAP_NESTED	 2   /* lists between a list and the operator's */
#define TRAP_CHILDREN	 50  /* of an index, a visit */
#define TRAP_LISTS	 200 /* that are new, of a host, a day: ten times what we
			      * saw a site begin with */

/* Why a list so deep, 0 being the operator's, is not followed, or NULL.
 * children: so much for what it lists, being an index. sitemaps.org has
 * indexes list sitemaps alone; sites have an index of indexes. */
const char *trap_depth(int depth, bool children);
/* Why the URL's shape is a trap's, or NULL. now: days of a calendar that lie
 * over a year ahead are. */
const char *trap_shape(const struct url *u, usec_t now);
/*
 * What URLs that look alike have in common: numbers are N, ids I, words joined
 * by dashes S, of parameters the names: "/news/N/S?page". Appended.
 */
void trap_pattern(const struct url *u, struct strbuf *to);

/* How a link on a front looks. */
enum link_kind { LINK_OTHER, LINK_ARTICLE, LINK_SECTION };
enum link_kind trap_link_kind(const struct url *u);
/* The day that a path names ("/2026/03/10/", "sitemap-2026-03.xml": its
 * last), or TIME_NONE. */
usec_t trap_day(struct slice path);

#endif
