#ifndef CLI_FIND_H
#define CLI_FIND_H
#include "cli/follow.h"
#include "parser/parser.h"

/*
 * Finding pages: what feeds, sitemaps, their indexes and fronts list is
 * enrolled, as far as it is new enough, of the same site where it has to be,
 * and within the budgets that end traps (decisions 0086, 0087).
 */

#define LINKS_READ 1000 /* of a front */

/* Of big sitemaps only what is in this window: crawl.window. Sets the item's
 * outcome and kind. */
int find_in_feed(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err) MUST_CHECK;
/* A source that is HTML: the feeds that it announces, the sitemaps that
 * robots.txt names, else the usual places, once; and where none of them
 * works, from the second visit on, what looks like an article or a section. */
int find_on_front(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err) MUST_CHECK;
/* Where feeds and sitemaps usually are; NULL past the end. */
const char *find_usual_place(size_t i);
/* A feed that gave entries and now is none (p->fed; nothing that came was one):
 * from FIND_UNFED visits in a row on that is a failure, and told. */
#define FIND_UNFED 2 /* one may be a fault amid a change of the site */
int find_unfed(struct follow *f, const struct due_page *p, struct item *it,
    struct err *err) MUST_CHECK;
/* A place that was tried and holds none is not tried again for a year. */
void find_tried(const struct due_page *p, struct item *it);

#endif
