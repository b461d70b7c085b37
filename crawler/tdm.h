#ifndef CRAWLER_TDM_H
#define CRAWLER_TDM_H
#include "core/url.h"
#include "model/rights.h"

/* The site's part of the TDM Reservation Protocol. */

/* Where a host keeps it. */
#define TDM_PATH "/.well-known/tdmrep.json"
/* Rules that are read; real files have a handful. */
#define TDM_RULES_MAX 1000
/* Bytes that are kept of it. */
#define TDM_MAX_BYTES (64 << 10)

bool tdm_is_path(struct slice path);
/*
 * What text (a tdmrep.json) says of u: patterns of paths as in robots.txt, the
 * longest that fits counts. *r stays as it is where nothing fits or the file
 * cannot be read; slices lie in a.
 */
void tdm_read(struct slice text, const struct url *u, struct arena *a,
    struct rights *r);

#endif
