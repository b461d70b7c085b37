/* What two texts have in common, as numbers. */
#include "story/signals.h"

#include <math.h>
#include <stdlib.h>

#define EXACT_WORDS   5	 /* a shorter sentence is no sign */
#define OPENING_WORDS 8	 /* a shorter first sentence may be a label */
#define FIRST_WORDS   6	 /* as may this, which is weighed */
#define FIRST_MOST    60 /* words of it that are compared */
#define SUBJECT_WORDS 4	 /* "Unocal Corp said it": who the lead is about */
#define RUN_MOST      40 /* words; a longer common stretch tells no more */
#define FEW_NUMBERS   3	 /* one in common is a year or a day of the month */
#define NO_TITLE      .4 /* what the titles share where one has none, */
#define NO_TITLE_ALL  .3 /* and of all words: not known */
#define NO_HEADLINE   .7 /* what a headline shares with the other's beginning */
#define NO_NAMES      .5
#define AHEAD_WORDS   20 /* shorter, and what stands before is a flash's lead
			    told anew, or a line */
#define AHEAD_MOST    .1 /* of what it tells, in the other text: the leads of
			    round-ups have .00 to .08, of updates .1 to .6 */
#define AHEAD_TITLE   .3 /* of the other's headline, told there: it is about both */

/* ---- words ----------------------------------------------------------------------- */

/* The first words but those that say little, as a set. */
static void lead_of(const struct counted *c, struct measured *out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && i < LEAD_MOST; i++)
		if (!counted_is(c, i, WORD_STOP))
			out->lead[n++] = c->hash[i];
	out->lead_n = hashes_unique(out->lead, n);
}

static double leads_share(const struct measured *a, const struct measured *b)
{
	size_t least = a->lead_n < b->lead_n ? a->lead_n : b->lead_n;

	if (!least)
		return 0;
	return (double)hashes_common(a->lead, a->lead_n, b->lead,
	    b->lead_n, SIZE_MAX) / (double)least;
}

/* ---- numbers ---------------------------------------------------------------------- */

static void numbers_of(const struct counted *c, struct measured *out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && n < NUMBERS_MAX; i++)
		if (counted_is(c, i, WORD_NUMBER))
			out->numbers[n++] = c->hash[i];
	hashes_sort(out->numbers, n);
	out->numbers_n = n;
}

/* 1: the numbers of the poorer are all in the other; -1: none is; 0: one of
 * them has none. *all: of all numbers, how many both have; .5 (not known) where
 * one of them has none. */
static double numbers_agree(const struct measured *a, const struct measured *b,
    double *all)
{
	size_t xn = a->numbers_n, yn = b->numbers_n;
	size_t least = xn < yn ? xn : yn;
	size_t n = hashes_common(a->numbers, xn, b->numbers, yn,
	    SIZE_MAX);
	double agree;

	*all = least ? (double)n / (double)(xn + yn - n) : .5;
	if (!least)
		return 0;
	agree = 2.0 * (double)n / (double)least - 1;
	return least < FEW_NUMBERS ? agree * (double)least / FEW_NUMBERS :
	    agree;
}

/* ---- who and what the beginning is about ------------------------------------------ */

static bool has_word(const struct counted *c, uint64_t hash, struct slice w)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->hash[i] == hash)
			return true;
	return slice_ifind(c->text->title, w, 0) >= 0;
}

/* Of the first words of a that mean something, how many stand in b. */
static double subject_in(const struct counted *a, const struct counted *b)
{
	size_t n = 0, found = 0;

	for (size_t i = 0; i < a->n && n < SUBJECT_WORDS; i++) {
		if (counted_is(a, i, WORD_NUMBER | WORD_STOP))
			continue;
		n++;
		found += has_word(b, a->hash[i], a->word[i]);
	}
	return n ? (double)found / (double)n : 1;
}

/* How many words of the text that counts are its first sentence. */
static size_t first_sentence(const struct counted *c)
{
	size_t at = 0;

	for (size_t i = 0; i < c->text->sentences_n && at < FIRST_WORDS;
	    i++)
		at = c->ends[i];
	return at < FIRST_MOST ? at : FIRST_MOST;
}

/* Its bit in measured.neighbours. */
static size_t neighbour_bit(const uint64_t *pair)
{
	return (pair[0] ^ pair[1] * 3) % NEIGHBOUR_BITS;
}

static void neighbours_of(const struct counted *c, struct measured *out)
{
	for (size_t i = 0; i + 1 < c->n; i++) {
		size_t bit = neighbour_bit(&c->hash[i]);

		out->neighbours[bit / 64] |= UINT64_C(1) << bit % 64;
	}
	if (c->n <= NEIGHBOURS_MOST)
		return;
	out->pairs = arena_alloc(c->text->arena, c->n * sizeof(*out->pairs));
	for (size_t i = 0; i + 1 < c->n; i++)
		out->pairs[out->pairs_n++] = hash64(&c->hash[i],
		    2 * sizeof(*c->hash));
	out->pairs_n = hashes_unique(out->pairs, out->pairs_n);
}

static bool are_neighbours(const struct counted *c, const uint64_t *pair)
{
	size_t bit = neighbour_bit(pair);

	if (!(c->measured->neighbours[bit / 64] >> bit % 64 & 1))
		return false;
	if (c->measured->pairs)
		return hashes_have(c->measured->pairs, c->measured->pairs_n,
		    hash64(pair, 2 * sizeof(*pair)));
	for (size_t i = 0; i + 1 < c->n; i++)
		if (pair[0] == c->hash[i] && pair[1] == c->hash[i + 1])
			return true;
	return false;
}

/* The share of the pairs of neighbours in a's first n words that are
 * neighbours in b. */
static double pairs_in(const struct counted *a, size_t n,
    const struct counted *b)
{
	size_t found = 0;

	for (size_t i = 0; i + 1 < n; i++)
		found += are_neighbours(b, &a->hash[i]);
	return n > 1 ? (double)found / (double)(n - 1) : 0;
}

/* ---- whole sentences ------------------------------------------------------------- */

/* A sentence whose figures are left out. */
static uint64_t masked(const struct counted *c, size_t i)
{
	uint64_t h = 0;

	for (size_t k = counted_at(c, i); k < c->ends[i]; k++) {
		uint64_t pair[2] = {h, counted_is(c, k, WORD_NUMBER) ? 0 :
		    c->hash[k]};

		h = hash64(pair, sizeof(pair));
	}
	return h;
}

struct in_other {
	double exact;  /* the share of a's sentences that stand in b, */
	double masked; /* and of those that do but for their figures */
};

/* Those that are a sign. */
static void sentences_of(const struct counted *c, struct measured *out)
{
	size_t most = c->text->sentences_n;

	out->sentences = arena_alloc(c->text->arena, (most + 1) *
	    sizeof(*out->sentences));
	for (size_t i = 0; i < most && out->sentences_n < EXACT_MAX; i++)
		if (counted_in(c, i) >= EXACT_WORDS)
			out->sentences[out->sentences_n++] =
			    (struct sentence_of){counted_hash(c, i),
			    masked(c, i)};
}

static struct in_other sentences_in(const struct measured *a,
    const struct measured *b)
{
	const struct sentence_of *x = a->sentences, *y = b->sentences;
	size_t xn = a->sentences_n, yn = b->sentences_n, same = 0, alike = 0;

	for (size_t i = 0; i < xn; i++) {
		bool exact = false, but_figures = false;

		for (size_t k = 0; k < yn && !exact; k++) {
			exact = x[i].exact == y[k].exact;
			but_figures |= x[i].masked == y[k].masked;
		}
		same += exact;
		alike += !exact && but_figures;
	}
	if (!xn)
		return (struct in_other){0, 0};
	return (struct in_other){(double)same / (double)xn,
	    (double)alike / (double)xn};
}

/* The first sentence that is not left out, if it is long enough; else 0. */
static uint64_t opening_of(const struct counted *c)
{
	for (size_t i = 0; i < c->text->sentences_n; i++)
		if (counted_in(c, i))
			return counted_in(c, i) >= OPENING_WORDS ?
			    counted_hash(c, i) : 0;
	return 0;
}

bool signals_same_opening(const struct counted *a, const struct counted *b)
{
	uint64_t x = a->measured->opening;

	return x && x == b->measured->opening;
}

bool signals_begin_alike(const struct counted *a, const struct counted *b)
{
	return a->n >= OPENING_WORDS && b->n >= OPENING_WORDS &&
	    !memcmp(a->hash, b->hash, OPENING_WORDS * sizeof(*a->hash));
}

/* Where the first sentence begins that is mostly b's, in words of a. A dateline
 * inside of it, or a word put right, changes nothing. */
static size_t words_before(const struct counted *a, const struct counted *b)
{
	for (size_t i = 0; i < a->text->sentences_n; i++) {
		size_t n = counted_in(a, i), at = counted_at(a, i), found = 0;

		if (n < EXACT_WORDS)
			continue;
		for (size_t k = 0; k + 1 < n; k++)
			found += are_neighbours(b, &a->hash[at + k]);
		if (2 * found >= n - 1)
			return at;
	}
	return a->n;
}

/* Of a headline, what is told in c's first n words. */
static double headline_in(const struct terms *title, const struct counted *c,
    size_t n)
{
	double found = 0;

	for (size_t i = 0; i < title->n; i++)
		for (size_t k = 0; k < n; k++)
			if (c->hash[k] == title->t[i].hash) {
				found += title->t[i].weight;
				break;
			}
	return title->weight > 0 ? found / title->weight : 0;
}

bool signals_other_lead(const struct counted *a, const struct counted *b)
{
	const struct counted *large = a->n > b->n ? a : b;
	const struct counted *small = a->n > b->n ? b : a;
	size_t n = words_before(large, small);

	return n >= AHEAD_WORDS && words_in(large, n,
	    &small->measured->terms) <= AHEAD_MOST &&
	    headline_in(&small->measured->title, large, n) <= AHEAD_TITLE;
}

/* ---- all of them ------------------------------------------------------------------- */

static double hours_between(usec_t a, usec_t b)
{
	return fabs((double)(a - b)) / (double)USEC_HOUR;
}

double signals_hours(const struct match_side *article,
    const struct match_side *held)
{
	return hours_between(article->at, held->at);
}

/*
 * By the texts' own times. Visits hang on who came first; they count where the
 * story would else have ended: it goes on as long as somebody looks at it.
 */
static double hours_apart(const struct match_side *a,
    const struct match_side *h)
{
	double x = hours_between(a->at, h->at);

	if (x > FAR_HOURS && h->seen_at != TIME_NONE &&
	    a->seen_at != TIME_NONE)
		x = fmin(x, hours_between(a->at, h->seen_at));
	return x;
}

static void measure_sets(const struct sketch *a, const struct sketch *b,
    double *x)
{
	size_t n = hashes_common(a->all, a->all_n, b->all, b->all_n,
	    SIZE_MAX);
	size_t least = a->all_n < b->all_n ? a->all_n : b->all_n;
	size_t all = a->all_n + b->all_n - n;

	x[SIGNAL_CONTAINMENT] = least ? (double)n / (double)least : 0;
	x[SIGNAL_JACCARD] = all ? (double)n / (double)all : 0;
}

static void measure_titles(const struct terms *a, const struct terms *b,
    double *x)
{
	struct terms_common c = terms_compare(a, b);

	x[SIGNAL_TITLE] = a->n && b->n ? c.of_less : NO_TITLE;
	x[SIGNAL_TITLE_ALL] = a->n && b->n ? c.of_all : NO_TITLE_ALL;
}

/* Under a headline of its own a copy tells in its lead what the other's
 * headline tells. */
static void measure_headlines(const struct measured *a,
    const struct measured *b, double *x)
{
	double y = a->title.n ? terms_in(&a->title, &b->head) : NO_HEADLINE;
	double z = b->title.n ? terms_in(&b->title, &a->head) : NO_HEADLINE;

	x[SIGNAL_HEADLINE] = fmax(y, z);
	x[SIGNAL_HEADLINES] = fmin(y, z);
}

static void measure_beginnings(const struct counted *a,
    const struct counted *b, double *x)
{
	double y = pairs_in(a, first_sentence(a), b);
	double z = pairs_in(b, first_sentence(b), a);

	x[SIGNAL_LEAD] = leads_share(a->measured, b->measured);
	x[SIGNAL_SUBJECT] = fmin(subject_in(a, b), subject_in(b, a));
	x[SIGNAL_OPENINGS] = fmin(y, z);
	x[SIGNAL_OPENING] = fmax(y, z);
}

static void measure_terms(const struct counted *a, const struct counted *b,
    double *x)
{
	const struct terms *p = &a->measured->terms, *q = &b->measured->terms;
	double y = names_in(a, q), z = names_in(b, p);

	x[SIGNAL_TERMS] = terms_compare(p, q).of_all;
	x[SIGNAL_NAMES] = y < 0 && z < 0 ? NO_NAMES : y < 0 ? z : z < 0 ? y :
	    fmin(y, z);
	x[SIGNAL_NAMES_ALL] = a->measured->names.n && b->measured->names.n ?
	    terms_compare(&a->measured->names, &b->measured->names).of_less :
	    NO_NAMES;
}

void signals_measure(const struct match_side *article,
    const struct match_side *held, double x[SIGNALS_N])
{
	const struct counted *a = counted_measured(article->text,
	    article->skip);
	const struct counted *b = counted_measured(held->text, held->skip);
	const struct measured *p = a->measured, *q = b->measured;
	bool shorter = a->n != b->n ? a->n < b->n :
	    memcmp(a->text->hash.b, b->text->hash.b, sizeof(a->text->hash.b)) < 0;
	const struct counted *small = shorter ? a : b, *large = shorter ? b : a;
	size_t run = small->n < RUN_MOST ? small->n : RUN_MOST;
	struct in_other s = sentences_in(small->measured, large->measured);

	measure_sets(&a->sketch, &b->sketch, x);
	measure_titles(&p->title, &q->title, x);
	measure_headlines(p, q, x);
	measure_beginnings(a, b, x);
	measure_terms(a, b, x);
	x[SIGNAL_FIGURES] = figures_agree(p, q);
	x[SIGNAL_NUMBERS] = numbers_agree(p, q, &x[SIGNAL_NUMBERS_ALL]);
	x[SIGNAL_EXACT] = s.exact;
	x[SIGNAL_TEMPLATE] = s.masked;
	x[SIGNAL_LENGTH] = log((double)(large->n + 20) /
	    (double)(small->n + 20));
	x[SIGNAL_RUN] = run ? (double)sketch_run(small->hash, small->n,
	    &large->sketch, run) / (double)run : 0;
	x[SIGNAL_HOURS] = hours_apart(article, held);
}

void signals_of_one(const struct counted *c, struct measured *out)
{
	lead_of(c, out);
	numbers_of(c, out);
	sentences_of(c, out);
	neighbours_of(c, out);
	out->opening = opening_of(c);
}
