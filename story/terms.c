/* What a text is about: words that few texts have, names, figures. */
#include "story/terms.h"

#include "story/house.h"
#include "core/utf8.h"

#include <endian.h>
#include <stdlib.h>

#define COMMON_MOST 16 /* bytes of a common word and its NUL */
#define NAMES_WORDS 40 /* of a text's beginning, where names are looked for */
#define SUBJECT_WEIGHT 1 /* a rare word's: "police" and "shares" begin sentences */
#define ACTOR_WORDS 6  /* of a lead: who does what it tells */
#define HEAD_WORDS  80 /* of a beginning: the first two or three paragraphs */

struct common {
	char word[COMMON_MOST];
	unsigned char weight; /* hundredths of a rare word's */
};

#include "story/common_words.h"

/* ---- words ----------------------------------------------------------------------- */

static char lower_of(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static void lower(struct slice w, char *to)
{
	for (size_t i = 0; i < w.n; i++)
		to[i] = lower_of(w.p[i]);
}

#define STOP_LONGEST 4
static bool is_stop(struct slice w)
{
	static const char stop[][STOP_LONGEST] = {"a", "an", "and", "as", "at",
	    "by", "for", "from", "in", "is", "it", "its", "of", "on", "or",
	    "says", "said", "the", "to", "was", "with", "he", "that", "has",
	    "be"};
	char small[STOP_LONGEST] = {0};

	if (w.n > STOP_LONGEST)
		return false;
	lower(w, small);
	for (size_t i = 0; i < ARRAY_LEN(stop); i++)
		if (!memcmp(small, stop[i], STOP_LONGEST))
			return true;
	return false;
}

unsigned char word_signs(struct slice w)
{
	unsigned char signs = 0;
	size_t i = 0;

	if (!w.n)
		return 0;
	if (w.p[0] >= '0' && w.p[0] <= '9')
		signs |= WORD_NUMBER;
	if (is_stop(w))
		signs |= WORD_STOP;
	else if (cp_is_upper(utf8_next(w, &i)))
		signs |= WORD_NAME;
	return signs;
}

/* The order of common_words, padded with NUL: 16 letters as two numbers. */
static int cmp_spelt(const char *a, const char *b)
{
	uint64_t x[2], y[2];

	memcpy(x, a, sizeof(x));
	memcpy(y, b, sizeof(y));
	for (size_t i = 0; i < ARRAY_LEN(x); i++)
		if (x[i] != y[i])
			return be64toh(x[i]) < be64toh(y[i]) ? -1 : 1;
	return 0;
}

/* What a word (any case) tells, at most 1. */
static double weight_of(struct slice w)
{
	char small[COMMON_MOST] = {0};
	size_t low = 0, high = ARRAY_LEN(common_words);

	if (!w.n || w.n >= sizeof(small))
		return 1;
	lower(w, small);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = cmp_spelt(small, common_words[mid].word);

		if (!d)
			return common_words[mid].weight / 100.0;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return 1;
}

/* ---- sets ------------------------------------------------------------------------ */

static int cmp_term(const void *a, const void *b)
{
	uint64_t x = ((const struct term *)a)->hash;
	uint64_t y = ((const struct term *)b)->hash;

	return x < y ? -1 : x > y;
}

/* The sets of a text that a word belongs to. */
enum set { ALL = 1, TITLE = 2, HEAD = 4, NAMES = 8, HEAD_NAMES = 16,
	ACTORS = 32 };

/* A word where it stands. */
struct placed {
	uint64_t hash;
	double weight;
	struct slice word;
	unsigned char in;
};

struct words {
	struct placed *v;
	size_t n;
};

static void add(struct words *x, uint64_t hash, struct slice w, int in)
{
	x->v[x->n++] = (struct placed){hash, weight_of(w), w,
	    (unsigned char)in};
}

/* Is the letter at i a word (text_is_lone)? */
static bool lone_at(struct slice s, size_t i)
{
	return i < s.n && s.p[i] < 0 && text_is_lone(utf8_next(s, &i));
}

/* Where the word at i ends, i if there is none; letters that are words count
 * in pairs, as in sketches. *next: where to go on. */
static size_t word_of_line(struct slice s, size_t i, size_t *next)
{
	size_t from = i, at = i;

	if (lone_at(s, i)) {
		*next = text_lone_end(s, i);
		return lone_at(s, *next) ? text_lone_end(s, *next) : *next;
	}
	while (at < s.n && !lone_at(s, at)) {
		uint32_t cp = utf8_next(s, &at);

		if (!cp_is_word(cp) && !(cp_is_mark(cp) && i > from))
			break;
		i = at;
	}
	*next = at;
	return i;
}

/* Words of a line that was not split before: a title. */
static void add_line(struct words *x, struct slice line, int in)
{
	size_t i = 0;

	while (i < line.n) {
		size_t from = i, at = word_of_line(line, i, &i);
		struct slice w;

		if (at == from)
			continue;
		w = slice_sub(line, from, at);
		house_word(&w, 1, &w);
		add(x, house_hash(w), w, in);
	}
}

/* Each word once, sorted. Of two that are spelt as one ("U.S", "us") the rarer
 * counts. */
static void merge_words(struct words *x)
{
	uint64_t *hashes = xmalloc((x->n + 1) * sizeof(*hashes));
	struct placed *once;
	size_t n;

	for (size_t i = 0; i < x->n; i++)
		hashes[i] = x->v[i].hash;
	n = hashes_unique(hashes, x->n);
	once = xcalloc(n + 1, sizeof(*once));
	for (size_t i = 0; i < x->n; i++) {
		struct placed *to = &once[hashes_place(hashes, n,
		    x->v[i].hash)];

		to->hash = x->v[i].hash;
		to->in |= x->v[i].in;
		to->word = x->v[i].word;
		if (x->v[i].weight > to->weight)
			to->weight = x->v[i].weight;
	}
	free(hashes);
	free(x->v);
	*x = (struct words){once, n};
}

/* Those of a set; they are sorted. */
static struct terms terms_of(const struct words *x, enum set set,
    struct arena *a)
{
	struct terms out = {0};
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += (x->v[i].in & set) != 0;
	out.t = arena_alloc(a, (n + 1) * sizeof(*out.t));
	for (size_t i = 0; i < x->n; i++) {
		if (!(x->v[i].in & set))
			continue;
		out.t[out.n++] = (struct term){x->v[i].hash, x->v[i].weight};
		out.weight += x->v[i].weight;
	}
	return out;
}

static const struct term *find_term(const struct terms *x, uint64_t hash)
{
	struct term want = {hash, 0};

	return x->n ? bsearch(&want, x->t, x->n, sizeof(want), cmp_term) :
	    NULL;
}

bool terms_has(const struct terms *x, uint64_t hash)
{
	return find_term(x, hash);
}

static double weight_of_both(const struct terms *a, const struct terms *b)
{
	double both = 0;
	size_t i = 0, k = 0;

	while (i < a->n && k < b->n) {
		if (a->t[i].hash == b->t[k].hash)
			both += a->t[i].weight, i++, k++;
		else if (a->t[i].hash < b->t[k].hash)
			i++;
		else
			k++;
	}
	return both;
}

struct terms_common terms_compare(const struct terms *a, const struct terms *b)
{
	double x = a->weight, y = b->weight, both = weight_of_both(a, b);
	double less = x < y ? x : y;

	return (struct terms_common){less > 0 ? both / less : 0,
	    less > 0 ? both / (x + y - both) : 0};
}

double terms_in(const struct terms *x, const struct terms *other)
{
	return x->weight > 0 ? weight_of_both(x, other) / x->weight : 0;
}

/* ---- names ----------------------------------------------------------------------- */

double names_in(const struct counted *c, const struct terms *other)
{
	size_t at = 0, n = 0, found = 0, sentences = c->text->sentences_n;

	for (size_t i = 0; i < sentences && at < NAMES_WORDS; i++) {
		for (size_t k = at ? at + 1 : 0; k < c->ends[i] &&
		    k < NAMES_WORDS; k++) {
			if (!counted_is(c, k, WORD_NAME))
				continue;
			n++;
			found += terms_has(other, c->hash[k]);
		}
		at = c->ends[i];
	}
	return n ? (double)found / (double)n : -1;
}

double words_in(const struct counted *c, size_t n, const struct terms *other)
{
	double all = 0, found = 0;

	for (size_t i = 0; i < n; i++) {
		/* its own words are all there */
		double w = find_term(&c->measured->terms, c->hash[i])->weight;

		all += w;
		if (terms_has(other, c->hash[i]))
			found += w;
	}
	return all > 0 ? found / all : 1;
}

/* Rare words that are in all of the sets in; how many, at most. */
static size_t rare_in(const struct words *x, unsigned char in,
    struct subject *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n && n < most; i++)
		if ((x->v[i].in & in) == in && x->v[i].weight >= SUBJECT_WEIGHT)
			out[n++] = (struct subject){x->v[i].hash, x->v[i].word};
	return n;
}

static bool has_digit(struct slice w)
{
	for (size_t i = 0; i < w.n; i++)
		if (w.p[i] >= '0' && w.p[i] <= '9')
			return true;
	return false;
}

/* "Kiev" and "Kyiv", "Mueller" and "Müller": all but two bytes of the longer are what
 * both begin and end with. "A4" and "A9" are two roads. */
static bool spelt_alike(struct slice a, struct slice b)
{
	size_t least = a.n < b.n ? a.n : b.n, most = a.n < b.n ? b.n : a.n;
	size_t head = 0, tail = 0;

	while (head < least && lower_of(a.p[head]) == lower_of(b.p[head]))
		head++;
	while (head + tail < least && lower_of(a.p[a.n - tail - 1]) ==
	    lower_of(b.p[b.n - tail - 1]))
		tail++;
	return head + tail + 2 >= most && !has_digit(a) && !has_digit(b);
}

static bool differ_in(const struct measured *a, const struct subject *p,
    size_t pn, const struct measured *b, const struct subject *q, size_t qn)
{
	bool differ = false;

	for (size_t i = 0; i < pn; i++) {
		const struct subject *x = &p[i];

		if (terms_has(&b->terms, x->hash))
			continue;
		for (size_t k = 0; k < qn; k++) {
			const struct subject *y = &q[k];

			if (terms_has(&a->terms, y->hash))
				continue;
			if (spelt_alike(x->word, y->word))
				return false;
			differ = true;
		}
	}
	return differ;
}

bool subjects_differ(const struct measured *a, const struct measured *b)
{
	return differ_in(a, a->subjects, a->subjects_n, b, b->subjects,
	    b->subjects_n);
}

bool actors_differ(const struct measured *a, const struct measured *b)
{
	return differ_in(a, a->actors, a->actors_n, b, b->actors, b->actors_n);
}

/* ---- figures --------------------------------------------------------------------- */

static int cmp_figure(const void *a, const void *b)
{
	uint64_t x = ((const struct figure *)a)->place;
	uint64_t y = ((const struct figure *)b)->place;

	return x < y ? -1 : x > y;
}

/* A word beside a figure; figures are all one there. */
static uint64_t neighbour(const struct counted *c, size_t i)
{
	if (i >= c->n) /* before the first, after the last */
		return 1;
	return counted_is(c, i, WORD_NUMBER) ? 2 : c->hash[i];
}

static void figures_of(const struct counted *c, struct measured *out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && n < FIGURES_MAX; i++) {
		uint64_t beside[2];

		if (!counted_is(c, i, WORD_NUMBER))
			continue;
		beside[0] = neighbour(c, i - 1);
		beside[1] = neighbour(c, i + 1);
		out->figures[n++] = (struct figure){
		    hash64(beside, sizeof(beside)), c->hash[i]};
	}
	if (n)
		qsort(out->figures, n, sizeof(*out->figures), cmp_figure);
	out->figures_n = n;
}

/* How many of the sorted figures from i on stand in one place. */
static size_t in_place(const struct figure *f, size_t n, size_t i)
{
	size_t k = i;

	while (k < n && f[k].place == f[i].place)
		k++;
	return k - i;
}

static bool any_same(const struct figure *a, size_t an, const struct figure *b,
    size_t bn)
{
	for (size_t i = 0; i < an; i++)
		for (size_t k = 0; k < bn; k++)
			if (a[i].hash == b[k].hash)
				return true;
	return false;
}

double figures_agree(const struct measured *a, const struct measured *b)
{
	const struct figure *x = a->figures, *y = b->figures;
	size_t xn = a->figures_n, yn = b->figures_n, i = 0, k = 0;
	double same = 0, other = 0;

	while (i < xn && k < yn) {
		size_t p = in_place(x, xn, i), q = in_place(y, yn, k);

		if (x[i].place == y[k].place) {
			if (any_same(x + i, p, y + k, q))
				same++;
			else
				other++;
			i += p, k += q;
		} else if (x[i].place < y[k].place) {
			i += p;
		} else {
			k += q;
		}
	}
	return (same - other) / (same + other + 1);
}

/* ---- one text ------------------------------------------------------------------ */

/* One of the names that the lead begins with; each sentence's first word has a capital:
 * it is a name if the next one is. */
static bool is_actor(const struct counted *c, size_t i)
{
	return i < ACTOR_WORDS &&
	    (i || (c->n > 1 && counted_is(c, 1, WORD_NAME)));
}

static struct words words_of(const struct counted *c)
{
	struct slice title = c->text->title, untagged = text_untagged(title);
	struct words x = {xmalloc((title.n + c->n + 2) * sizeof(*x.v)), 0};

	if (untagged.n < title.n)
		add_line(&x, title, ALL);
	add_line(&x, untagged, ALL | TITLE | HEAD);
	for (size_t i = 0; i < c->n; i++) {
		int head = i < HEAD_WORDS ? HEAD : 0;
		int name = counted_is(c, i, WORD_NAME) ? NAMES : 0;

		add(&x, c->hash[i], c->word[i], ALL | head | name |
		    (head && name ? HEAD_NAMES : 0) |
		    (name && is_actor(c, i) ? ACTORS : 0));
	}
	return x;
}

void terms_measure(const struct counted *c, struct measured *out)
{
	struct arena *a = c->text->arena;
	struct words x = words_of(c);

	merge_words(&x);
	out->terms = terms_of(&x, ALL, a);
	out->title = terms_of(&x, TITLE, a);
	out->head = terms_of(&x, HEAD, a);
	out->names = terms_of(&x, NAMES, a);
	/* names of the headline, and of the lead's first words */
	out->subjects_n = rare_in(&x, TITLE | HEAD_NAMES, out->subjects,
	    SUBJECTS_MAX);
	out->actors_n = rare_in(&x, ACTORS, out->actors, ACTORS_MAX);
	free(x.v);
	figures_of(c, out);
}
