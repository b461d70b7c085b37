/* Who wrote it. */
#include "parser/evidence.h"
#include "parser/limits.h"
#include "parser/name.h"

#define NAME_MAX   60 /* bytes */
#define WORDS_MAX  6  /* of a name; "Maria del Carmen de la Vega" has six */
#define PRINTED_NEAR 60 /* elements, lines: names of one byline stand together */

static const char *const name_ends[] = {",", ";", " and ", " und ", " et ",
    " y ", " e ", " & ", "|", " en ", "\xc2\xb7", "\xe2\x80\xa2", " / ",
    " with ", " og ", " och ", "\xe3\x80\x81"};

/* ---- the site -------------------------------------------------------------- */

static struct slice key_of(struct evidence *e, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;

	weigh_squeeze(s, &sb);
	s = arena_slice(e->arena, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

/* The publication itself, or its home page: says nothing of who wrote. */
static bool is_site(struct evidence *e, struct slice name)
{
	struct slice key = key_of(e, name);
	struct slice host = key_of(e, weigh_host(e));

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_SITE_NAME &&
		    weigh_same(e->claims[i].text, name))
			return true;
	/* "mdr.de", "Die Furche" of furche.at */
	return key.n >= 3 && host.n && ((slice_find(name, SLICE("."), 0) > 0 &&
	    !memchr(name.p, ' ', name.n)) ||
	    slice_istarts(name, SLICE("die ")) ||
	    slice_istarts(name, SLICE("der ")) ||
	    slice_istarts(name, SLICE("the "))) &&
	    (slice_find(host, key, 0) >= 0 || (key.n > 6 &&
	    slice_find(host, slice_sub(key, 3, key.n), 0) >= 0));
}

/* "Site - Jane Roe", "Jane Roe - Site" */
static struct slice strip_site(struct evidence *e, struct slice s)
{
	long at = slice_find(s, SLICE(" - "), 0);
	struct slice a, b;

	if (at <= 0)
		return s;
	a = slice_trim(slice_sub(s, 0, (size_t)at));
	b = slice_trim(slice_sub(s, (size_t)at + 3, s.n));
	return is_site(e, a) ? b : is_site(e, b) ? a : s;
}

/* ---- names ---------------------------------------------------------------------- */

struct naming {
	struct evidence *e;
	struct article *out;
	enum witness w;
	bool desks; /* a desk will do */
	bool whole; /* a first and a last name at least */
};

/* JSON-LD's authors are believed: a desk or an agency may be one. */
static bool is_name(const struct naming *x, struct slice s)
{
	static const char *const never[] = {"@", "http", "www."};
	size_t words = 1;
	bool capital = false;

	if (s.n < (x->w == WITNESS_JSONLD ? 2 : 3) || s.n > NAME_MAX ||
	    name_is_label(s))
		return false;
	if (slice_has_any(s, never, ARRAY_LEN(never)))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		words += s.p[i] == ' ';
		capital |= (unsigned char)s.p[i] >= 0x80 ||
		    (s.p[i] >= 'A' && s.p[i] <= 'Z');
	}
	return words <= WORDS_MAX && (x->w == WITNESS_JSONLD ||
	    ((words < 3 || capital) && !name_is_interface(s) && (x->desks || !name_is_desk(s))));
}

/* Length of a name's end at i, or 0. */
static size_t name_end(struct slice s, size_t i)
{
	for (size_t k = 0; k < ARRAY_LEN(name_ends); k++)
		if (slice_ibegins(slice_sub(s, i, s.n), name_ends[k]))
			return strlen(name_ends[k]);
	return 0;
}

static void add_name(const struct naming *x, struct slice s)
{
	struct article *out = x->out;
	struct slice credit;

	s = weigh_fold(x->e->arena, slice_trim(s));
	s = name_once(strip_site(x->e, name_without_mark(name_without_by(s))));
	if (x->w != WITNESS_JSONLD && !(x->desks && name_is_desk(s)))
		s = name_without_role(s);
	if (!is_name(x, s) || out->byline_n == BYLINE_MAX ||
	    (x->whole && !name_is_whole(s)))
		return;
	credit = s.n < 40 ? credit_find(s) : SLICE_NONE;
	if (credit.p)
		evidence_add(x->e, CLAIM_CREDIT, WITNESS_META, 2, credit,
		    "byline");
	/* printed in a date line ("Reuters | Seoul") it is the credit alone */
	if (credit.p && x->w > WITNESS_META)
		return;
	for (size_t i = 0; i < out->byline_n; i++)
		if (weigh_same(out->byline[i], s))
			return;
	out->byline[out->byline_n++] = s;
}

/* Behind a bar of an element stands another name, or anything. */
static void add_names(struct naming *x, struct slice s)
{
	size_t from = 0;

	x->whole = false;
	if (x->w != WITNESS_JSONLD)
		s = name_before_date(s);
	for (size_t i = 0; i <= s.n;) {
		size_t n = i < s.n ? name_end(s, i) : 1;

		if (!n) {
			i++;
			continue;
		}
		if (x->out->byline_n && name_is_of_others(slice_sub(s, from, i)))
			return;
		add_name(x, slice_sub(s, from, i));
		x->whole = i < s.n && s.p[i] == '|' && x->out->byline_n &&
		    x->w == WITNESS_MICRO;
		i += n;
		from = i;
	}
}

/* ---- choosing --------------------------------------------------------------------- */

static bool only_site(struct evidence *e, const struct article *out)
{
	for (size_t i = 0; i < out->byline_n; i++)
		if (!is_site(e, out->byline[i]))
			return false;
	return true;
}

/* Beside persons, the site's name is no author's. */
static void drop_site(struct evidence *e, struct article *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->byline_n; i++)
		if (!is_site(e, out->byline[i]))
			out->byline[n++] = out->byline[i];
	out->byline_n = n;
}

static bool ends_with(struct slice s, struct slice tail)
{
	return s.n >= tail.n && slice_eq(slice_sub(s, s.n - tail.n, s.n), tail);
}

#define BY_MOST 20 /* bytes: "Geschrieben von " */

/* "Of rules and men": a title that begins as bylines do. */
static bool is_title(const struct evidence *e, const struct claim *c)
{
	if (c->witness != WITNESS_LINE)
		return false;
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    e->claims[i].weight > 1 && /* no heading of a box */
		    e->claims[i].text.n > c->text.n &&
		    e->claims[i].text.n < c->text.n + BY_MOST &&
		    ends_with(e->claims[i].text, c->text))
			return true;
	return false;
}

/* The highest rank below the last one tried, or -1. */
static int next_rank(const struct evidence *e, int tried)
{
	int top = -1;

	for (size_t i = 0; i < e->claims_n; i++) {
		int r = weigh_rank(&e->claims[i]);

		if (e->claims[i].field == CLAIM_BYLINE && r < tried && r > top)
			top = r;
	}
	return top;
}

/*
 * What machines are told is of this page; what is printed may be of teasers
 * or comments as well: of those, the first, and what stands beside it.
 */
static void take_rank(struct naming *x, int rank)
{
	struct evidence *e = x->e;
	size_t last = 0;

	x->out->byline_n = 0;
	for (size_t i = 0, n = e->claims_n; i < n; i++) {
		const struct claim c = e->claims[i];
		bool printed = c.witness != WITNESS_JSONLD &&
		    c.witness != WITNESS_META;

		if (c.field != CLAIM_BYLINE || weigh_rank(&c) != rank ||
		    is_title(e, &c))
			continue;
		if (printed && x->out->byline_n &&
		    c.at > last + PRINTED_NEAR)
			return;
		x->w = c.witness;
		add_names(x, c.text);
		last = c.at;
	}
}

static bool holds(const struct article *all, const struct article *some)
{
	for (size_t i = 0; i < some->byline_n; i++) {
		bool found = false;

		for (size_t k = 0; k < all->byline_n && !found; k++)
			found = weigh_same(all->byline[k], some->byline[i]);
		if (!found)
			return false;
	}
	return all->byline_n > some->byline_n;
}

#define MARKED_NEAR 20
#define LONGER_MOST 6 /* a longer list is of more than one text */

static bool is_longer(struct evidence *e, const struct article *longer,
    const struct article *out)
{
	for (size_t i = 0; i < longer->byline_n; i++)
		if (!name_is_whole(longer->byline[i]) ||
		    is_site(e, longer->byline[i]))
			return false;
	return longer->byline_n <= LONGER_MOST && holds(longer, out);
}

/*
 * Search engines are often told of the first author alone: where meta
 * elements, or elements that are marked as the author's and hold one name
 * each, name that one and others beside, all of them wrote it.
 */
static void take_longer(struct naming *x, int rank)
{
	struct article all = *x->out, *out = x->out;

	size_t last = 0;

	all.byline = arena_zalloc(x->e->arena, BYLINE_MAX, sizeof(*all.byline));
	all.byline_n = 0;
	x->out = &all;
	for (size_t i = 0, n = x->e->claims_n; i < n; i++) {
		const struct claim c = x->e->claims[i];

		if (c.field != CLAIM_BYLINE || weigh_rank(&c) >= rank ||
		    c.weight < 3 || (c.witness != WITNESS_META &&
		    (c.witness != WITNESS_MICRO || c.weight < AUTHOR_MARKED ||
		    slice_find(c.text, SLICE("|"), 0) >= 0)))
			continue;
		if (c.witness == WITNESS_META)
			all.byline_n = 0;
		else if (last && c.at > last + MARKED_NEAR)
			break;
		else
			last = c.at;
		x->w = c.witness;
		add_names(x, c.text);
		if (c.witness == WITNESS_META && is_longer(x->e, &all, out))
			break;
	}
	x->out = out;
	if (is_longer(x->e, &all, out)) {
		out->byline = all.byline;
		out->byline_n = all.byline_n;
	}
}

static bool names_person(const struct article *out)
{
	for (size_t i = 0; i < out->byline_n; i++)
		if (name_is_whole(out->byline[i]))
			return true;
	return false;
}

/* By rank; the site's own name gives way to any person's, but to no editor's
 * mark. False if nobody is named, or the site alone: *site is that rank. */
static bool take_person(struct naming *x, int *site)
{
	for (int r = next_rank(x->e, 1000); r >= 0; r = next_rank(x->e, r)) {
		take_rank(x, r);
		if (x->out->byline_n && !only_site(x->e, x->out) &&
		    (*site < 0 || names_person(x->out))) {
			take_longer(x, r);
			if (x->w != WITNESS_JSONLD)
				drop_site(x->e, x->out);
			return true;
		}
		if (x->out->byline_n && *site < 0)
			*site = r;
	}
	return false;
}

void byline_choose(struct evidence *e, struct article *out)
{
	struct naming x = {.e = e, .out = out};
	int site = -1;

	out->byline = arena_zalloc(e->arena, BYLINE_MAX, sizeof(*out->byline));
	if (take_person(&x, &site))
		return;
	x.desks = true;
	if (site < 0 && take_person(&x, &site))
		return;
	out->byline_n = 0;
	if (site >= 0)
		take_rank(&x, site);
}
