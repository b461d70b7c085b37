#ifndef MODEL_RIGHTS_H
#define MODEL_RIGHTS_H
#include "core/arena.h"
#include "core/clock.h"

/*
 * What a page's owner says of its use: robots directives of X-Robots-Tag and
 * meta elements, and the TDM Reservation Protocol (header, meta, the site's
 * /.well-known/tdmrep.json). It is kept with each capture that says anything.
 */
enum rights_source {
	RIGHTS_HEADER = 1,
	RIGHTS_META = 2,
	RIGHTS_SITE = 4, /* tdmrep.json */
};

struct rights {
	unsigned int sources; /* enum rights_source; 0: nothing was said */
	bool noindex;	      /* or none */
	bool noarchive;	      /* no copy of the bytes */
	bool nosnippet, noai, noimageai;
	bool max_snippet_known;
	int max_snippet;		/* characters; -1: no limit */
	struct slice unavailable_after; /* as written, or none */
	bool tdm_known;
	bool tdm_reserved; /* text and data mining rights are reserved */
	struct slice tdm_policy; /* URL, or none */
};

/* The name by which owners may address us alone, in any case. */
#define RIGHTS_AGENT "dateline"

/* A meta element's name and content; others than these rights' are passed
 * over. Slices of *r borrow from content. */
void rights_meta(struct rights *r, struct slice name, struct slice content);
/* A header's; values of X-Robots-Tag may name an agent ("otherbot: noindex,
 * dateline: none"). */
void rights_header(struct rights *r, struct slice name, struct slice value);
/* What `more` says beyond *r; where both know the same, the stricter robots
 * directive, and of TDM more's. */
void rights_add(struct rights *r, const struct rights *more);
#define RIGHTS_WHO 64
/* Who said it, for people: "header and tdmrep.json". */
const char *rights_who(const struct rights *r, char text[RIGHTS_WHO]);
/* Slices into a. */
void rights_copy(struct rights *r, struct arena *a);

#endif
