/* Who wrote it. */
#include "parser/evidence.h"

#define NAMES_MAX 32
#define NAME_MAX  60 /* bytes */

static const char *const name_ends[] = {",", ";", " and ", " und ", " et ",
    " y ", " e ", " & ", "|", " en ", "\xc2\xb7", "\xe2\x80\xa2", " / ",
    " with ", " og ", " och ", "\xe3\x80\x81"};

static struct slice strip_by(struct slice s)
{
	static const char *const starts[] = {"by ", "by: ", "von ", "par ",
	    "por ", "di ", "door ", "av ", "af ", "text: ", "text ", "autor: ",
	    "author: ", "written by ", "story by ", "reported by ", "posted by ",
	    "from ", "tekst: ", "redaktion: ", "edited by "};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (slice_istarts(s, slice_of(starts[i])))
			return slice_trim(slice_sub(s, strlen(starts[i]), s.n));
	return s;
}

/* "Jane Roe (jro)": an editor's mark. */
static struct slice strip_mark(struct slice s)
{
	size_t i = s.n;

	if (!s.n || s.p[s.n - 1] != ')')
		return s;
	while (i > 0 && s.p[i - 1] != '(')
		i--;
	return i > 4 && s.n - i < 8 ? slice_trim(slice_sub(s, 0, i - 1)) : s;
}

static bool is_by_word(struct slice s)
{
	static const char *const words[] = {"by", "von", "par", "por", "di",
	    "door", "av", "af", "text", "autor", "author", "foto", "image",
	    "photo"};

	while (s.n && s.p[s.n - 1] == ':')
		s.n--;
	return slice_is_any(s, words, ARRAY_LEN(words));
}

/* What a page prints near a name, or puts in its place. */
static bool is_interface(struct slice s)
{
	static const char *const bad[] = {"staff", "admin", "editor",
	    "correspondent", "reporter", "desk", "news", "newsroom", "minutes",
	    "updated", "published", "comment", "subscribe", "follow",
	    "redaktion", "redazione", "redacci\xc3\xb3n", "share", "photo", "agencies"};

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return slice_has_any(s, bad, ARRAY_LEN(bad));
}

/* JSON-LD's authors are believed: a desk or an agency may be one. */
static bool is_name(struct slice s, enum witness w)
{
	static const char *const never[] = {"@", "http", "www."};
	size_t words = 1;

	if (s.n < (w == WITNESS_JSONLD ? 2 : 3) || s.n > NAME_MAX ||
	    is_by_word(s))
		return false;
	if (slice_has_any(s, never, ARRAY_LEN(never)))
		return false;
	for (size_t i = 0; i < s.n; i++)
		words += s.p[i] == ' ';
	return words <= 6 && (w == WITNESS_JSONLD || !is_interface(s));
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

static void add_name(struct evidence *e, struct article *out, struct slice s,
    enum witness w)
{
	struct slice credit;

	s = weigh_fold(e->arena, strip_mark(strip_by(slice_trim(s))));
	if (!is_name(s, w) || out->byline_n == NAMES_MAX)
		return;
	credit = s.n < 40 ? credit_find(s) : SLICE_NONE;
	if (credit.p)
		evidence_add(e, CLAIM_CREDIT, WITNESS_META, 2, credit,
		    "byline");
	/* printed in a date line ("Reuters | Seoul") it is the credit alone */
	if (credit.p && w > WITNESS_META)
		return;
	for (size_t i = 0; i < out->byline_n; i++)
		if (weigh_same(out->byline[i], s))
			return;
	out->byline[out->byline_n++] = s;
}

static void add_names(struct evidence *e, struct article *out, struct slice s,
    enum witness w)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.n;) {
		size_t n = i < s.n ? name_end(s, i) : 1;

		if (!n) {
			i++;
			continue;
		}
		add_name(e, out, slice_sub(s, from, i), w);
		i += n;
		from = i;
	}
}

/* The publication itself, or its home page: says nothing of who wrote. */
static bool is_site(const struct evidence *e, struct slice name)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_SITE_NAME &&
		    weigh_same(e->claims[i].text, name))
			return true;
	return false;
}

static bool only_site(const struct evidence *e, const struct article *out)
{
	for (size_t i = 0; i < out->byline_n; i++)
		if (!is_site(e, out->byline[i]))
			return false;
	return true;
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

static void take_rank(struct evidence *e, struct article *out, int rank)
{
	out->byline_n = 0;
	for (size_t i = 0, n = e->claims_n; i < n; i++)
		if (e->claims[i].field == CLAIM_BYLINE &&
		    weigh_rank(&e->claims[i]) == rank)
			add_names(e, out, e->claims[i].text,
			    e->claims[i].witness);
}

/* All claims of the witness and weight that is best; the site's own name
 * gives way to any person's. */
void byline_choose(struct evidence *e, struct article *out)
{
	int site = -1;

	out->byline = arena_zalloc(e->arena, NAMES_MAX, sizeof(*out->byline));
	for (int r = next_rank(e, 1000); r >= 0; r = next_rank(e, r)) {
		take_rank(e, out, r);
		if (out->byline_n && !only_site(e, out))
			return;
		if (out->byline_n && site < 0)
			site = r;
	}
	out->byline_n = 0;
	if (site >= 0)
		take_rank(e, out, site);
}
