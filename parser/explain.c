/* Which evidence won, for extract --verbose; of times see times.c. */
#include "parser/evidence.h"

/* Does the claim say what was chosen? Titles lose the site's name, bylines
 * hold several names: what holds it says it. */
static bool says(const struct claim *c, struct slice chosen)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool found;

	weigh_squeeze(c->text, &x);
	weigh_squeeze(chosen, &y);
	found = y.n && slice_find(strbuf_slice(&x), strbuf_slice(&y), 0) >= 0;
	strbuf_release(&x);
	strbuf_release(&y);
	return found;
}

static const char *where(const struct claim *c)
{
	return c->where ? c->where : "the page";
}

static void field(const struct evidence *e, enum claim_field f,
    const char *name, struct slice chosen, const char *otherwise,
    struct strbuf *why)
{
	const struct claim *won = NULL, *lost = NULL;
	size_t agree = 0, all = 0;

	for (size_t i = 0; chosen.n && i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		const struct claim **best;

		if (c->field != f)
			continue;
		all++;
		best = says(c, chosen) ? &won : &lost;
		agree += best == &won;
		if (!*best || weigh_rank(c) > weigh_rank(*best))
			*best = c;
	}
	if (!chosen.n)
		return;
	strbuf_addf(why, "%s from %s", name, won ? where(won) : otherwise);
	if (all > 1)
		strbuf_addf(why, ", %zu of %zu say so", agree, all);
	if (lost)
		strbuf_addf(why, ", not %s", where(lost));
	strbuf_adds(why, "; ");
}

void explain(const struct evidence *e, const char *encoding, size_t errors,
    struct article *out)
{
	const char *declared = charset_label(e->in);
	struct strbuf why = STRBUF_INIT;

	strbuf_addf(&why, "text is %s", encoding);
	if (strcmp(declared, encoding))
		strbuf_addf(&why, " though %s is declared", declared);
	if (errors)
		strbuf_addf(&why, ", %zu bytes replaced", errors);
	strbuf_adds(&why, "; ");
	field(e, CLAIM_TITLE, "title", out->title, "the heading", &why);
	field(e, CLAIM_SUMMARY, "summary", out->summary, "the page", &why);
	if (out->byline_n)
		field(e, CLAIM_BYLINE, "byline", out->byline[0], "the page",
		    &why);
	field(e, CLAIM_CREDIT, "credit", out->credit, "the outlet", &why);
	field(e, CLAIM_PLACE, "place", out->place, "the page", &why);
	field(e, CLAIM_LANGUAGE, "language", out->language, "the page", &why);
	field(e, CLAIM_CANONICAL, "canonical_url", out->canonical_url,
	    "a relative link", &why);
	field(e, CLAIM_NOTE, "note", out->note, "the page", &why);
	strbuf_addf(&why, "kind %s; ", article_kind_name(out->kind));
	if (out->noindex)
		strbuf_adds(&why, "robots: noindex; ");
	if (out->truncated)
		strbuf_adds(&why, "ends inside a tag; ");
	strbuf_addsl(&why, out->explain);
	out->explain = arena_slice(e->arena, strbuf_slice(&why));
	strbuf_release(&why);
}
