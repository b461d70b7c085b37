/* All claims and the text -> the article. */
#include "core/url.h"
#include "core/utf8.h"
#include "parser/evidence.h"

#include <stdlib.h>

/* Trust between witnesses for equal weight: what publishers tell machines is
 * kept up to date, what they print may be a teaser's. */
int weigh_rank(const struct claim *c)
{
	static const int trust[] = {[WITNESS_JSONLD] = 30, [WITNESS_META] = 20,
	    [WITNESS_MICRO] = 10, [WITNESS_LINE] = 12, [WITNESS_BODY] = 5,
	    [WITNESS_URL] = 0};

	return trust[c->witness] + 3 * c->weight;
}

const struct claim *weigh_best(const struct evidence *e, enum claim_field f)
{
	const struct claim *b = NULL;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == f &&
		    (!b || weigh_rank(&e->claims[i]) > weigh_rank(b)))
			b = &e->claims[i];
	return b;
}

/* ---- spaces ------------------------------------------------------------------------- */

struct slice weigh_fold(struct arena *a, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i = 0;
	bool gap = false;

	while (i < s.n) {
		size_t at = i;
		uint32_t cp = utf8_next(s, &i);

		if (cp_is_space(cp) || cp == 0x200b || cp == 0xfeff) {
			gap = true;
			continue;
		}
		if (gap && sb.n)
			strbuf_addc(&sb, ' ');
		gap = false;
		strbuf_add(&sb, s.p + at, i - at);
	}
	s = arena_slice(a, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

void weigh_squeeze(struct slice s, struct strbuf *to)
{
	struct strbuf low = STRBUF_INIT;
	size_t i = 0;

	utf8_lower(s, &low);
	while (i < low.n) {
		size_t at = i;

		if (cp_is_word(utf8_next(strbuf_slice(&low), &i)))
			strbuf_add(to, low.p + at, i - at);
	}
	strbuf_release(&low);
}

bool weigh_same(struct slice a, struct slice b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	weigh_squeeze(a, &x);
	weigh_squeeze(b, &y);
	same = x.n && slice_eq(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

struct slice weigh_host(const struct evidence *e)
{
	const struct claim *c = NULL;
	struct slice url = slice_of(e->in->url);
	size_t from, to;
	long at;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_CANONICAL &&
		    e->claims[i].witness == WITNESS_META &&
		    slice_find(e->claims[i].text, SLICE("://"), 0) > 0 &&
		    (!c || weigh_rank(&e->claims[i]) > weigh_rank(c)))
			c = &e->claims[i];
	if (!url.n && c) /* a saved page may have lost its URL */
		url = c->text;
	at = slice_find(url, SLICE("://"), 0);
	if (at < 0)
		return SLICE_NONE;
	from = to = (size_t)at + 3;
	while (to < url.n && url.p[to] != '/')
		to++;
	return slice_sub(url, from, to);
}

/* ---- the rest -------------------------------------------------------------------------- */

static struct slice choose_language(struct evidence *e)
{
	const struct claim *c = weigh_best(e, CLAIM_LANGUAGE);
	char *p;
	size_t n = 0;

	if (!c)
		return SLICE_NONE;
	p = arena_copy(e->arena, c->text.p, c->text.n);
	while (n < c->text.n && n < 12 && (p[n] == '-' || p[n] == '_' ||
	    (p[n] | 32) >= 'a')) {
		if (p[n] == '_')
			p[n] = '-';
		n++;
	}
	for (size_t i = 0; i < n && p[i] != '-'; i++)
		p[i] = (char)(p[i] | 32);
	return n >= 2 ? (struct slice){p, n} : SLICE_NONE;
}

static struct slice choose_canonical(struct evidence *e)
{
	const struct claim *c = weigh_best(e, CLAIM_CANONICAL);
	const struct claim *link = NULL;
	struct url base, u;
	struct err err;
	bool has_base;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_CANONICAL &&
		    e->claims[i].witness == WITNESS_META &&
		    (!link || weigh_rank(&e->claims[i]) > weigh_rank(link)))
			link = &e->claims[i];
	if (link)
		c = link;
	has_base = e->in->url && !url_parse(slice_of(e->in->url), NULL,
	    e->arena, &base, &err);
	if (!c || url_parse(c->text, has_base ? &base : NULL, e->arena, &u,
	    &err) || url_check_fetch(&u, &err))
		return SLICE_NONE;
	return u.href;
}

/* A sub-title that the page shows. What it tells machines alone (description)
 * is no part of the text: it changes without any reader seeing it. */
static struct slice choose_summary(struct evidence *e,
    const struct body_text *body)
{
	return body->summary.n ? weigh_fold(e->arena, body->summary) : SLICE_NONE;
}

static enum article_kind choose_kind(const struct evidence *e,
    const struct body_text *body)
{
	const struct claim *c = weigh_best(e, CLAIM_KIND);

	if (body->live || (c && slice_is(c->text, "live")))
		return KIND_LIVE;
	if (body->paragraphs_n >= 2)
		return KIND_ARTICLE;
	if (body->list || (c && slice_is(c->text, "list")))
		return KIND_LIST;
	if (c && slice_is(c->text, "video"))
		return KIND_VIDEO;
	return KIND_ARTICLE;
}

void weigh(struct evidence *e, const struct body_text *body,
    struct article *out)
{
	struct strbuf why = STRBUF_INIT;
	const struct claim *c;

	out->title = title_choose(e, body);
	out->summary = choose_summary(e, body);
	byline_choose(e, out);
	c = weigh_best(e, CLAIM_CREDIT);
	if (c)
		out->credit = c->text;
	else if (e->in->credit)
		out->credit = arena_slice(e->arena, slice_of(e->in->credit));
	c = weigh_best(e, CLAIM_PLACE);
	if (c)
		out->place = c->text;
	c = weigh_best(e, CLAIM_NOTE);
	if (c)
		out->note = weigh_fold(e->arena, c->text);
	out->language = choose_language(e);
	out->canonical_url = choose_canonical(e);
	times_choose(e, out, &why);
	out->kind = choose_kind(e, body);
	out->body = body->text;
	out->links_n = body->links_n;
	out->rights = e->rights;
	out->noindex = e->rights.noindex;
	if (e->in->url)
		out->url = arena_slice(e->arena, slice_of(e->in->url));
	if (e->in->explain)
		out->explain = arena_slice(e->arena, strbuf_slice(&why));
	strbuf_release(&why);
}
