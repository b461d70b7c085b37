#include "parser/evidence.h"

#include "parser/limits.h"

#include <stdlib.h>

void evidence_add(struct evidence *e, enum claim_field f, enum witness w,
    int weight, struct slice text, const char *where)
{
	text = slice_trim(text);
	if (!text.n || e->claims_n >= CLAIMS_MAX)
		return;
	GROW(e->claims, e->claims_n, e->claims_cap);
	e->claims[e->claims_n++] = (struct claim){f, w, weight,
	    arena_slice(e->arena, text), PUBTIME_NONE, where, e->at};
}

void evidence_add_time(struct evidence *e, enum claim_field f, enum witness w,
    int weight, struct slice text, const char *where)
{
	struct pubtime t;
	struct err err;

	text = slice_trim(text);
	if (parser_date(text, e->in->zone, &t, &err))
		return;
	evidence_add(e, f, w, weight, text, where);
	if (!e->claims_n)
		return;
	t.raw = e->claims[e->claims_n - 1].text;
	e->claims[e->claims_n - 1].time = t;
}

void evidence_release(struct evidence *e)
{
	free(e->claims);
	e->claims = NULL;
	e->claims_n = e->claims_cap = 0;
}
