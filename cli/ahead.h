#ifndef CLI_AHEAD_H
#define CLI_AHEAD_H
#include "cli/pipeline.h"
#include "store/store.h"

/* A capture that will be judged in this batch. */
struct turn {
	const struct item *item;
	struct text *text; /* NULL: none */
	struct page_row row;
};

/* Loads what judging them will ask, in a few round trips for all of them:
 * stories of known pages, what is common on an outlet, candidates of pages
 * that are new. Judging asks by itself for what is missing. */
int ahead(struct batch *b, const struct turn *turns, size_t n, struct err *err)
    MUST_CHECK;

#endif
