/* What a page is headed, without the site's name. */
#include "core/utf8.h"
#include "parser/evidence.h"

#define CANDIDATES_MAX 24

static struct slice squeezed(struct arena *a, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;

	weigh_squeeze(s, &sb);
	s = arena_slice(a, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}

/* ---- the site's name ----------------------------------------------------- */

/* Is the tail of a title the site's name, or in its host? */
static bool names_site(const struct evidence *e, struct slice tail)
{
	struct slice x;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_SITE_NAME &&
		    (weigh_same(e->claims[i].text, tail) ||
		    slice_ifind(tail, e->claims[i].text, 0) >= 0))
			return true;
	x = squeezed(e->arena, tail);
	return x.n >= 3 && slice_find(squeezed(e->arena, weigh_host(e)), x,
	    0) >= 0;
}

static const char *const bars[] = {" | ", " - ", " \xe2\x80\x93 ",
    " \xe2\x80\x94 ", " \xc2\xb7 ", " :: ", " \xc2\xbb ", " / ", " \xe2\x80\xa2 ",
    " \xc2\xab ", " : ", " \xc7\x80 ", " \xe2\x8b\x86 ", "\xef\xbd\x9c",
    " > "};

static bool is_heading(const struct evidence *e, struct slice title)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    (e->claims[i].witness == WITNESS_BODY ||
		    e->claims[i].witness == WITNESS_JSONLD) &&
		    weigh_same(e->claims[i].text, title))
			return true;
	return false;
}

/* Where the last bar of its kind stands, or -1. */
static long last_bar(struct slice t, struct slice bar)
{
	long at = slice_find(t, bar, 0), last = -1;

	for (; at >= 0; at = slice_find(t, bar, (size_t)at + 1))
		last = at;
	return last;
}

/* Without what stands behind its last bar, if that is the site's. */
static bool cut_tail(const struct evidence *e, struct slice bar,
    struct slice *t)
{
	long last = last_bar(*t, bar);
	struct slice head;

	if (last <= 0)
		return false;
	head = slice_trim(slice_sub(*t, 0, (size_t)last));
	if (!is_heading(e, head) && !names_site(e,
	    slice_sub(*t, (size_t)last + bar.n, t->n)))
		return false;
	*t = head;
	return true;
}

/* "Site: Title", "Site | Title". */
static bool cut_head(const struct evidence *e, struct slice bar,
    struct slice *t)
{
	long at = slice_find(*t, bar, 0);
	struct slice rest;

	if (at <= 0)
		return false;
	rest = slice_trim(slice_sub(*t, (size_t)at + bar.n, t->n));
	if (!is_heading(e, rest) || !names_site(e,
	    slice_sub(*t, 0, (size_t)at)))
		return false;
	*t = rest;
	return true;
}

/* "08.11.2021 | Title" */
static struct slice without_day(struct slice t)
{
	size_t n = 0, digits = 0;

	while (n < t.n && ((t.p[n] >= '0' && t.p[n] <= '9') || t.p[n] == '.' ||
	    t.p[n] == '/'))
		digits += t.p[n++] >= '0';
	if (digits < 4 || digits > 8 || n < digits + 2)
		return t;
	for (size_t i = 0; i < ARRAY_LEN(bars); i++)
		if (slice_starts(slice_sub(t, n, t.n), slice_of(bars[i])))
			return slice_trim(slice_sub(t, n + strlen(bars[i]),
			    t.n));
	return t;
}

static struct slice bare_title(const struct evidence *e, struct slice t)
{
	size_t i = 0;

	t = without_day(t);
	while (i < ARRAY_LEN(bars))
		i = cut_tail(e, slice_of(bars[i]), &t) ||
		    cut_head(e, slice_of(bars[i]), &t) ? 0 : i + 1;
	return t;
}

/* ---- votes ------------------------------------------------------------------ */

/*
 * What readers see (h1) and what publishers keep for machines (JSON-LD's
 * headline) are edited together. og:title, twitter:title, the title element
 * and their kin are mostly one field, written for sharing and searching: they
 * add little to each other. Equal ones add their votes.
 */
struct candidate {
	struct slice text, key;
	size_t words;
	int votes;
	bool meta; /* one of og:title's kin has voted */
};

struct ballot {
	struct candidate c[CANDIDATES_MAX];
	size_t n;
};

#define H1_VOTES     10
#define JSONLD_VOTES 12
#define MICRO_VOTES  6
#define STRANGER_VOTES 4 /* less than any that machines are told */
#define LABEL_WORDS  2	 /* "News", "Press releases" */
#define WORD_LEAST   4	 /* bytes; a shorter word says nothing */

static int votes_of(const struct claim *c, bool again)
{
	if (c->witness == WITNESS_JSONLD)
		return c->weight >= 6 ? JSONLD_VOTES : 2;
	if (c->witness == WITNESS_MICRO)
		return MICRO_VOTES;
	if (again)
		return 1;
	return c->weight >= 5 ? 7 : 5;
}

static size_t words_of(struct slice s)
{
	size_t i = 0, n = 0;
	bool in = false;

	while (i < s.n) {
		bool word = cp_is_word(utf8_next(s, &i));

		n += word && !in;
		in = word;
	}
	return n;
}

static struct candidate *candidate(struct evidence *e, struct ballot *b,
    struct slice text)
{
	struct slice t = weigh_fold(e->arena, text);
	struct slice key = squeezed(e->arena, t);
	size_t words = words_of(t);

	for (size_t i = 0; i < b->n; i++) {
		if (!slice_eq(b->c[i].key, key))
			continue;
		if (words > b->c[i].words) { /* glued together elsewhere */
			b->c[i].words = words;
			b->c[i].text = t;
		}
		return &b->c[i];
	}
	if (!key.n || b->n == CANDIDATES_MAX)
		return NULL;
	b->c[b->n] = (struct candidate){t, key, words, 0, false};
	return &b->c[b->n++];
}

static bool ends_with(struct slice s, struct slice tail)
{
	return s.n > tail.n && slice_eq(slice_sub(s, s.n - tail.n, s.n), tail);
}

/*
 * "Overline Headline" where others write "Something: Headline": an overline is
 * not the title. Where any of them has the overline as well, it is.
 */
static bool has_overline(struct evidence *e, const struct body_text *body)
{
	struct slice whole = squeezed(e->arena, body->title);
	struct slice rest = squeezed(e->arena, body->title_rest);
	struct slice overline;
	bool found = false;

	if (!rest.n || !ends_with(whole, rest))
		return false;
	overline = slice_sub(whole, 0, whole.n - rest.n);
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		struct slice key;

		if (c->field != CLAIM_TITLE || c->witness > WITNESS_META)
			continue;
		key = squeezed(e->arena, bare_title(e, weigh_fold(e->arena,
		    c->text)));
		if (slice_find(key, overline, 0) >= 0)
			return false;
		found |= slice_eq(key, rest) || ends_with(key, rest);
	}
	return found;
}

/* What is said for a longer one that ends with it: other overlines. */
static int support(const struct ballot *b, const struct candidate *x)
{
	int n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (ends_with(b->c[i].key, x->key))
			n += b->c[i].votes;
	return n;
}

/* Where the first bar at from or behind it stands, or title's end; *n: its
 * length. */
static size_t next_bar(struct slice title, size_t from, size_t *n)
{
	for (size_t k = from; k < title.n; k++)
		for (size_t i = 0; i < ARRAY_LEN(bars); i++)
			if (slice_starts(slice_sub(title, k, title.n),
			    slice_of(bars[i]))) {
				*n = strlen(bars[i]);
				return k;
			}
	*n = 1;
	return title.n;
}

/* Is key what stands behind a bar, up to the next? */
static bool is_tail(struct evidence *e, struct slice title, struct slice key)
{
	size_t bar, at = next_bar(title, 0, &bar);

	while (at < title.n) {
		size_t from = at + bar, end = next_bar(title, from, &bar);

		if (slice_eq(squeezed(e->arena, slice_sub(title, from, end)),
		    key) || slice_eq(squeezed(e->arena, slice_sub(title, from,
		    title.n)), key))
			return true;
		at = end;
	}
	return false;
}

/* "example.org" */
static bool is_domain(struct slice s)
{
	long dot = slice_find(s, SLICE("."), 0);

	return dot > 0 && (size_t)dot + 2 < s.n && !memchr(s.p, ' ', s.n) &&
	    s.p[s.n - 1] >= 'a' && s.p[s.n - 1] <= 'z';
}

/* Do those who write for sharing and searching say so? */
static bool is_told(struct evidence *e, struct slice key)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    (e->claims[i].witness == WITNESS_META ||
		    e->claims[i].witness == WITNESS_JSONLD) &&
		    e->claims[i].weight >= 3 &&
		    slice_eq(squeezed(e->arena, e->claims[i].text), key))
			return true;
	return false;
}

/* Blogs head every page with their own name. */
static bool is_site(struct evidence *e, struct slice h1)
{
	struct slice key = squeezed(e->arena, h1);

	if (names_site(e, h1) || is_domain(h1))
		return true;
	if (is_told(e, key))
		return false;
	for (size_t i = 0; key.n && i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    e->claims[i].witness == WITNESS_META &&
		    is_tail(e, e->claims[i].text, key))
			return true;
	return false;
}

static void vote(struct evidence *e, struct ballot *b, const struct claim *c)
{
	struct candidate *x = candidate(e, b, bare_title(e,
	    weigh_fold(e->arena, c->text)));

	if (!x)
		return;
	x->votes += votes_of(c, x->meta);
	x->meta |= c->witness == WITNESS_META;
}

/* A heading that is not the first h1 counts where it is what others say. */
static void vote_headings(struct evidence *e, struct ballot *b,
    const struct candidate *but)
{
	for (size_t i = 0; i < b->n; i++) {
		bool found = &b->c[i] == but;

		for (size_t k = 0; k < e->claims_n && !found; k++)
			found = e->claims[k].field == CLAIM_TITLE &&
			    e->claims[k].witness == WITNESS_BODY &&
			    slice_eq(squeezed(e->arena, e->claims[k].text),
			    b->c[i].key);
		if (found && &b->c[i] != but)
			b->c[i].votes += H1_VOTES;
	}
}

/* A word of some length that both have? */
static bool share_word(struct slice a, struct slice b)
{
	size_t from = 0;

	for (size_t i = 0; i <= a.n; i++) {
		if (i < a.n && a.p[i] != ' ')
			continue;
		if (i - from >= WORD_LEAST && slice_ifind(b, slice_sub(a,
		    from, i), 0) >= 0)
			return true;
		from = i + 1;
	}
	return false;
}

/* Has the h1 nothing in common with what the page is called elsewhere? */
static bool is_stranger(const struct ballot *b, const struct candidate *x)
{
	bool others = false;

	for (size_t i = 0; i < b->n; i++) {
		const struct candidate *c = &b->c[i];

		if (c == x || !c->meta)
			continue;
		others = true;
		if ((unsigned char)c->text.p[0] >= 0xe0 ||
		    share_word(x->text, c->text) ||
		    share_word(c->text, x->text))
			return false;
	}
	return others;
}

struct slice title_choose(struct evidence *e, const struct body_text *body)
{
	struct ballot b = {.n = 0};
	bool overline = has_overline(e, body);
	struct slice h1 = overline ? body->title_rest : body->title;
	struct candidate *x = NULL;
	size_t top = 0;

	if (overline)
		evidence_add(e, CLAIM_TITLE, WITNESS_BODY, 2, h1, "h1");
	if (!is_site(e, h1))
		x = candidate(e, &b, without_day(h1)); /* first: it wins a tie */
	if (x)
		x->votes = H1_VOTES;
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    e->claims[i].witness != WITNESS_BODY)
			vote(e, &b, &e->claims[i]);
	/* a section's heading or a box's, where the page has its own as well */
	if (!x || x->votes == H1_VOTES || x->words <= LABEL_WORDS)
		vote_headings(e, &b, x);
	if (x && x->votes == H1_VOTES && is_stranger(&b, x))
		x->votes = STRANGER_VOTES;
	if (x && overline)
		x->votes += support(&b, x);
	for (size_t i = 1; i < b.n; i++)
		if (b.c[i].votes > b.c[top].votes)
			top = i;
	return b.n ? b.c[top].text : SLICE_NONE;
}
