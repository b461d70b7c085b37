#include "parser/evidence.h"

#include "core/url.h"
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

/* ---- where an ambiguous zone is at home --------------------------------------- */

/* By the end of the host, by the region of the page's language, by the
 * language: English is spoken in all of them. */
static const struct {
	const char *host, *region, *languages, *zone;
} homes[] = {
	{".in", "-in", "hi bn ta te mr gu kn ml pa or as", "Asia/Kolkata"},
	{".il", "-il", "he iw", "Asia/Jerusalem"},
	{".ie", "-ie", "ga", "Europe/Dublin"},
	{".uk", "-gb", "", "Europe/London"},
	{".bd", "-bd", "", "Asia/Dhaka"},
};

static bool ends_in(struct slice s, const char *end)
{
	size_t n = strlen(end);

	return s.n >= n && slice_ieq(slice_sub(s, s.n - n, s.n), slice_of(end));
}

static const char *home_zone(const struct evidence *e)
{
	struct slice l = slice_trim(e->language), word;
	struct err err;
	struct url u;

	if (e->in->url && !url_parse(slice_of(e->in->url), NULL, e->arena, &u,
	    &err))
		for (size_t i = 0; i < ARRAY_LEN(homes); i++)
			if (ends_in(u.host, homes[i].host))
				return homes[i].zone;
	for (size_t i = 0; i < ARRAY_LEN(homes); i++)
		if (ends_in(l, homes[i].region))
			return homes[i].zone;
	word = slice_sub(l, 0, 2);
	if (l.n < 2 || (l.n > 2 && l.p[2] != '-' && l.p[2] != '_'))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(homes); i++)
		if (slice_ifind(slice_of(homes[i].languages), word, 0) >= 0)
			return homes[i].zone;
	return NULL;
}

/* Where the outlet's zone is not told. A zone that does not use the
 * abbreviation changes nothing (date.c). */
static void at_home(const struct evidence *e, struct slice text,
    struct pubtime *t)
{
	const char *name;
	struct zone *zone;
	struct pubtime home;
	struct err err;

	if (e->in->zone || t->zone_known || t->day_only || !t->offset_s ||
	    !(name = home_zone(e)) || !(zone = zone_load(name, &err)))
		return;
	if (!parser_date(text, zone, &home, &err) && home.zone_known)
		*t = home;
	zone_free(zone);
}

void evidence_add_time(struct evidence *e, enum claim_field f, enum witness w,
    int weight, struct slice text, const char *where)
{
	size_t before = e->claims_n;
	struct pubtime t;
	struct err err;

	text = slice_trim(text);
	if (parser_date(text, e->in->zone, &t, &err))
		return;
	at_home(e, text, &t);
	evidence_add(e, f, w, weight, text, where);
	if (e->claims_n == before)
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
