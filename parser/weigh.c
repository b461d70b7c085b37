/* All claims and the text -> the article. */
#include "core/url.h"
#include "core/utf8.h"
#include "parser/evidence.h"

#include <stdlib.h>

#define FIRST_YEAR 1990 /* an earlier date needs two witnesses */

/* Trust between witnesses for equal weight: what publishers tell machines is
 * kept up to date, what they print may be a teaser's. */
static int rank(const struct claim *c)
{
	static const int trust[] = {[WITNESS_JSONLD] = 30, [WITNESS_META] = 20,
	    [WITNESS_MICRO] = 10, [WITNESS_LINE] = 12, [WITNESS_BODY] = 5,
	    [WITNESS_URL] = 0};

	return trust[c->witness] + 3 * c->weight;
}

static const struct claim *best(const struct evidence *e, enum claim_field f)
{
	const struct claim *b = NULL;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == f &&
		    (!b || rank(&e->claims[i]) > rank(b)))
			b = &e->claims[i];
	return b;
}

/* ---- spaces ------------------------------------------------------------------------- */

static struct slice folded(struct arena *a, struct slice s)
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

/* ---- title ---------------------------------------------------------------------------- */

/* Letters and digits alone, lower case: how names are compared. */
static void squeeze(struct slice s, struct strbuf *to)
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

static bool same_name(struct slice a, struct slice b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	squeeze(a, &x);
	squeeze(b, &y);
	same = x.n && slice_eq(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

/* Is the tail of a title the site's name, or in its host? */
static bool names_site(const struct evidence *e, struct slice tail)
{
	struct strbuf x = STRBUF_INIT, host = STRBUF_INIT;
	bool yes = false;

	for (size_t i = 0; i < e->claims_n && !yes; i++)
		yes = e->claims[i].field == CLAIM_SITE_NAME &&
		    (same_name(e->claims[i].text, tail) ||
		    slice_ifind(tail, e->claims[i].text, 0) >= 0);
	squeeze(tail, &x);
	if (!yes && e->in->url && x.n >= 3) {
		struct slice u = slice_of(e->in->url);
		long at = slice_find(u, SLICE("://"), 0);
		size_t from = at < 0 ? 0 : (size_t)at + 3, to = from;

		while (to < u.n && u.p[to] != '/')
			to++;
		squeeze(slice_sub(u, from, to), &host);
		yes = slice_find(strbuf_slice(&host), strbuf_slice(&x), 0) >= 0;
	}
	strbuf_release(&x);
	strbuf_release(&host);
	return yes;
}

static const char *const bars[] = {" | ", " - ", " \xe2\x80\x93 ",
    " \xe2\x80\x94 ", " \xc2\xb7 ", " :: ", " \xc2\xbb ", " / ", " \xe2\x80\xa2 "};

static bool in_page(const struct evidence *e, struct slice title, enum witness w)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    e->claims[i].witness == w &&
		    same_name(e->claims[i].text, title))
			return true;
	return false;
}

/* Without the site's suffix or prefix. */
static struct slice bare_title(const struct evidence *e, struct slice t)
{
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
			struct slice bar = slice_of(bars[i]), tail, head;
			long at = slice_find(t, bar, 0), last = -1;

			for (; at >= 0; at = slice_find(t, bar, (size_t)at + 1))
				last = at;
			if (last <= 0)
				continue;
			tail = slice_sub(t, (size_t)last + bar.n, t.n);
			head = slice_trim(slice_sub(t, 0, (size_t)last));
			if (names_site(e, tail) || in_page(e, head,
			    WITNESS_BODY) || in_page(e, head, WITNESS_JSONLD)) {
				t = head;
				again = true;
			}
		}
	}
	return t;
}

static struct slice choose_title(struct evidence *e,
    const struct body_text *body)
{
	const struct claim *b;
	struct slice t;

	if (body->title.n)
		evidence_add(e, CLAIM_TITLE, WITNESS_BODY, 2, body->title, "h1");
	/* A heading that meta or JSON-LD repeats is the title as printed. */
	for (size_t i = 0; i < e->claims_n && body->title.n; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field != CLAIM_TITLE || c->witness == WITNESS_BODY)
			continue;
		t = bare_title(e, folded(e->arena, c->text));
		if (same_name(t, body->title))
			return folded(e->arena, body->title);
	}
	b = best(e, CLAIM_TITLE);
	if (!b)
		return SLICE_NONE;
	t = bare_title(e, folded(e->arena, b->text));
	/* a shortened headline for machines: the page's own says more */
	if (body->title.n > t.n && t.n > 20 &&
	    slice_starts(body->title, slice_sub(t, 0, t.n - 4)))
		return folded(e->arena, body->title);
	return t;
}

/* ---- byline --------------------------------------------------------------------------- */

static const char *const name_ends[] = {",", ";", " and ", " und ", " et ",
    " y ", " e ", " & ", "|", " en ", "\xc2\xb7", "\xe2\x80\xa2", "/", " with "};

static struct slice strip_by(struct slice s)
{
	static const char *const starts[] = {"by ", "by: ", "von ", "par ",
	    "por ", "di ", "door ", "av ", "af ", "text: ", "text ", "autor: ",
	    "author: ", "written by ", "story by ", "reported by ", "posted by ",
	    "from ", "tekst: ", "redaktion ", "edited by "};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (slice_istarts(s, slice_of(starts[i])))
			return slice_trim(slice_sub(s, strlen(starts[i]), s.n));
	return s;
}

static bool is_name(struct slice s)
{
	static const char *const bad[] = {"@", "http", "www.", "staff", "admin",
	    "editor", "correspondent", "reporter", "desk", "news", "newsroom",
	    "minutes", "updated", "published", "comment", "subscribe", "follow",
	    "redaktion", "redazione", "redacción", "share", "photo"};
	size_t words = 1;

	if (s.n < 3 || s.n > 60)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		words += s.p[i] == ' ';
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (slice_ifind(s, slice_of(bad[i]), 0) >= 0)
			return false;
	return words <= 6;
}

/* Length of a name's end at i, or 0. */
static size_t name_end(struct slice s, size_t i)
{
	for (size_t k = 0; k < ARRAY_LEN(name_ends); k++)
		if (slice_istarts(slice_sub(s, i, s.n),
		    slice_of(name_ends[k])))
			return strlen(name_ends[k]);
	return 0;
}

static void add_name(struct evidence *e, struct article *out, struct slice s)
{
	s = folded(e->arena, strip_by(slice_trim(s)));
	if (!is_name(s) || out->byline_n == 32)
		return;
	if (credit_find(s).p && s.n < 24) {
		evidence_add(e, CLAIM_CREDIT, WITNESS_META, 2, credit_find(s),
		    "byline");
		return;
	}
	for (size_t i = 0; i < out->byline_n; i++)
		if (same_name(out->byline[i], s))
			return;
	out->byline[out->byline_n++] = s;
}

static void add_names(struct evidence *e, struct article *out, struct slice s)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.n;) {
		size_t n = i < s.n ? name_end(s, i) : 1;

		if (!n) {
			i++;
			continue;
		}
		add_name(e, out, slice_sub(s, from, i));
		i += n;
		from = i;
	}
}

/* All claims of the witness and weight that is best. */
static void choose_byline(struct evidence *e, struct article *out)
{
	int tried = 1000, top;

	out->byline = arena_zalloc(e->arena, 33, sizeof(*out->byline));
	while (!out->byline_n) {
		top = -1;
		for (size_t i = 0; i < e->claims_n; i++)
			if (e->claims[i].field == CLAIM_BYLINE &&
			    rank(&e->claims[i]) < tried &&
			    rank(&e->claims[i]) > top)
				top = rank(&e->claims[i]);
		if (top < 0)
			return;
		for (size_t i = 0, n = e->claims_n; i < n; i++)
			if (e->claims[i].field == CLAIM_BYLINE &&
			    rank(&e->claims[i]) == top)
				add_names(e, out, e->claims[i].text);
		tried = top;
	}
}

/* ---- times ----------------------------------------------------------------------------- */

static bool plausible(const struct evidence *e, const struct claim *c)
{
	usec_t t = c->time.at, most = e->in->fetched_at;
	size_t witnesses = 0;
	struct civil day = civil_from_usec(t);

	if (most != TIME_NONE && t > most + (c->time.zone_known ? 0 :
	    15 * USEC_HOUR))
		return false;
	if (day.year >= FIRST_YEAR)
		return true;
	for (size_t i = 0; i < e->claims_n; i++)
		witnesses += e->claims[i].time.at != TIME_NONE &&
		    llabs(e->claims[i].time.at - t) < USEC_DAY;
	return witnesses >= 2;
}

static const struct claim *best_time(const struct evidence *e,
    enum claim_field f)
{
	const struct claim *b = NULL;

	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		int r = rank(c) - (c->time.day_only ? 8 : 0);

		if (c->field != f || c->time.at == TIME_NONE ||
		    !plausible(e, c))
			continue;
		if (!b || r > rank(b) - (b->time.day_only ? 8 : 0))
			b = c;
	}
	return b;
}

/*
 * Machines say one wall clock with a wrong offset, the visible line names the
 * zone: the line wins where both print the same hour and minute.
 */
static const struct claim *line_says(const struct evidence *e,
    const struct claim *b)
{
	for (size_t i = 0; b && i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		usec_t wall_b, wall_c;

		if (c->field != b->field || c->witness != WITNESS_LINE ||
		    c->time.at == TIME_NONE || c->time.day_only ||
		    b->time.day_only || c == b)
			continue;
		wall_b = b->time.at + b->time.offset_s * USEC_SECOND;
		wall_c = c->time.at + c->time.offset_s * USEC_SECOND;
		if (wall_b / USEC_MINUTE == wall_c / USEC_MINUTE &&
		    b->time.at != c->time.at && plausible(e, c))
			return c;
	}
	return NULL;
}

static void choose_times(struct evidence *e, struct article *out,
    struct strbuf *why)
{
	static const enum claim_field fields[] = {CLAIM_CREATED, CLAIM_UPDATED};
	struct pubtime *const to[] = {&out->created, &out->updated};

	for (size_t i = 0; i < 2; i++) {
		const struct claim *b = best_time(e, fields[i]), *line;

		line = line_says(e, b);
		if (line) {
			strbuf_addf(why, "%s: the visible line's zone (%.*s) "
			    "wins over %s; ", i ? "updated" : "created",
			    SLICE_FMT(line->text), b->where);
			b = line;
		}
		if (!b)
			continue;
		*to[i] = b->time;
		to[i]->raw = b->text;
		strbuf_addf(why, "%s from %s; ", i ? "updated" : "created",
		    b->where);
	}
	/* what was never created cannot have been updated before */
	if (out->created.at != TIME_NONE && out->updated.at != TIME_NONE &&
	    !out->updated.day_only && !out->created.day_only &&
	    out->updated.at < out->created.at)
		out->updated = PUBTIME_NONE;
}

/* ---- the rest -------------------------------------------------------------------------- */

static struct slice choose_language(struct evidence *e)
{
	const struct claim *c = best(e, CLAIM_LANGUAGE);
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
	const struct claim *c = best(e, CLAIM_CANONICAL);
	const struct claim *link = NULL;
	struct url base, u;
	struct err err;
	bool has_base;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_CANONICAL &&
		    e->claims[i].witness == WITNESS_META &&
		    (!link || rank(&e->claims[i]) > rank(link)))
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
	return body->summary.n ? folded(e->arena, body->summary) : SLICE_NONE;
}

static enum article_kind choose_kind(const struct evidence *e,
    const struct body_text *body)
{
	const struct claim *c = best(e, CLAIM_KIND);

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

	out->title = choose_title(e, body);
	out->summary = choose_summary(e, body);
	choose_byline(e, out);
	c = best(e, CLAIM_CREDIT);
	if (c)
		out->credit = c->text;
	else if (e->in->credit)
		out->credit = arena_slice(e->arena, slice_of(e->in->credit));
	c = best(e, CLAIM_PLACE);
	if (c)
		out->place = c->text;
	c = best(e, CLAIM_NOTE);
	if (c)
		out->note = folded(e->arena, c->text);
	out->language = choose_language(e);
	out->canonical_url = choose_canonical(e);
	choose_times(e, out, &why);
	out->kind = choose_kind(e, body);
	out->body = body->text;
	out->links_n = body->links_n;
	out->noindex = e->noindex;
	if (e->in->url)
		out->url = arena_slice(e->arena, slice_of(e->in->url));
	if (e->in->explain)
		out->explain = arena_slice(e->arena, strbuf_slice(&why));
	strbuf_release(&why);
}
