/* The verdict: may two texts be one story? */
#include "story/story.h"

#include "core/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * A logistic model over few signals. What each weight stands for is said
 * beside it; bench/README.md has the command that measures them.
 */
static const struct weights {
	double bias;	    /* two texts of one wire are rarely one story */
	double containment; /* share of the shorter's shingles in the longer */
	double title;	    /* words in common, of the shorter title */
	double lead;	    /* the same, of the first sentences */
	double numbers;	    /* numbers in common where both have some, -1..1 */
	double day;	    /* a day apart, up to three */
	double most;	    /* half of the shorter's sentences are the longer's */
	double exact;	    /* and what is beyond half */
	double product;	    /* FACTBOX beside news */
} weights = {-3.6, 2.0, 2.1, .7, 2.7, -2.2, 3.4, .7, -6.0};

#define EXACT_FROM    .5   /* shared background is less than this of a text */
#define EXACT_WORDS   5	   /* a shorter sentence is no sign */
#define FAR_HOURS     72.0 /* window of the sketches (timeline.md) */
#define FAR_PENALTY   12.0 /* beyond it: another story, whatever the words */
#define OWN_BONUS     4.5  /* the same page: most changes are updates */
#define LEAD_WORDS    30
#define TITLE_WORDS   40

/* ---- sets ------------------------------------------------------------------------ */

static size_t common_sorted(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn)
{
	size_t i = 0, k = 0, n = 0;

	while (i < an && k < bn) {
		if (a[i] == b[k])
			n++, i++, k++;
		else if (a[i] < b[k])
			i++;
		else
			k++;
	}
	return n;
}

static int cmp_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

struct words {
	uint64_t w[TITLE_WORDS];
	size_t n;
};

/* Words that say little in a title or lead. */
static bool is_stop(struct slice w)
{
	static const char *const stop[] = {"a", "an", "and", "as", "at", "by",
	    "for", "from", "in", "is", "it", "its", "of", "on", "or", "says",
	    "said", "the", "to", "was", "with", "he", "that", "has", "be"};

	for (size_t i = 0; i < ARRAY_LEN(stop); i++)
		if (slice_ieq(w, slice_of(stop[i])))
			return true;
	return false;
}

static void add_word(struct words *out, struct slice w)
{
	struct strbuf small = STRBUF_INIT;

	if (out->n == TITLE_WORDS || is_stop(w))
		return;
	utf8_lower(w, &small);
	out->w[out->n++] = hash64(small.p, small.n);
	strbuf_release(&small);
}

static void finish(struct words *x)
{
	size_t k = 0;

	qsort(x->w, x->n, sizeof(*x->w), cmp_u64);
	for (size_t i = 0; i < x->n; i++)
		if (!k || x->w[k - 1] != x->w[i])
			x->w[k++] = x->w[i];
	x->n = k;
}

/* Words of a line that was not split before: a title. */
static void line_words(struct slice s, struct words *out)
{
	size_t i = 0;

	out->n = 0;
	while (i < s.n) {
		size_t from = i, at = i;

		while (i < s.n && cp_is_word(utf8_next(s, &i)))
			at = i;
		if (at > from)
			add_word(out, slice_sub(s, from, at));
	}
	finish(out);
}

static void lead_words(const struct text *t, struct words *out)
{
	out->n = 0;
	for (size_t i = 0; i < t->words_n && i < LEAD_WORDS; i++)
		add_word(out, t->word[i]);
	finish(out);
}

static double share(const struct words *a, const struct words *b)
{
	size_t least = a->n < b->n ? a->n : b->n;

	if (!least)
		return 0;
	return (double)common_sorted(a->w, a->n, b->w, b->n) / (double)least;
}

/* ---- numbers ---------------------------------------------------------------------- */

static bool is_number(struct slice w)
{
	return w.n && w.p[0] >= '0' && w.p[0] <= '9';
}

#define NUMBERS_MAX 64

static size_t numbers_of(const struct text *t, uint64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->words_n && n < NUMBERS_MAX; i++)
		if (is_number(t->word[i]))
			out[n++] = t->words[i];
	if (n)
		qsort(out, n, sizeof(*out), cmp_u64);
	return n;
}

/* 1: the numbers of the poorer are all in the other; -1: none is; 0: one of
 * them has none. */
static double numbers_agree(const struct text *a, const struct text *b)
{
	uint64_t x[NUMBERS_MAX], y[NUMBERS_MAX];
	size_t xn = numbers_of(a, x), yn = numbers_of(b, y);
	size_t least = xn < yn ? xn : yn;

	double agree;

	if (!least)
		return 0;
	agree = 2.0 * (double)common_sorted(x, xn, y, yn) / (double)least - 1;
	/* one number in common is a year or a day of the month */
	return least < 3 ? agree * (double)least / 3 : agree;
}

/* ---- whole sentences ------------------------------------------------------------- */

static bool stands_in(uint64_t hash, const struct match_side *x)
{
	for (size_t i = 0; i < x->text->sentences_n; i++)
		if (x->text->sentences[i].hash == hash &&
		    !(x->skip && x->skip[i]))
			return true;
	return false;
}

/* Words of a's sentences, and of those that stand in b word for word. */
static double exact_share(const struct match_side *a,
    const struct match_side *b)
{
	size_t all = 0, same = 0;

	for (size_t i = 0; i < a->text->sentences_n; i++) {
		const struct sentence *s = &a->text->sentences[i];

		if (s->words < EXACT_WORDS || (a->skip && a->skip[i]))
			continue;
		all += s->words;
		same += stands_in(s->hash, b) ? s->words : 0;
	}
	return all ? (double)same / (double)all : 0;
}

/* ---- products -------------------------------------------------------------------- */

/* Kinds of items that stand beside the news with a lead of their own. */
static const char *product_of(struct slice title)
{
	static const char *const tags[] = {"FACTBOX", "TIMELINE", "ANALYSIS",
	    "INSTANT VIEW", "EXPLAINER", "Q&A", "Q+A", "NEWSMAKER", "PREVIEW",
	    "BREAKINGVIEWS", "COLUMN", "OPINION", "EDITORIAL", "PROFILE",
	    "CHRONOLOGY", "KEY QUOTES", "FACTS", "INTERVIEW", "ROUNDUP",
	    "WRAPUP", "SNAPSHOT", "HIGHLIGHTS", "TEXT", "BOX"};

	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		size_t n = strlen(tags[i]);

		if (slice_istarts(title, slice_of(tags[i])) && title.n > n &&
		    !cp_is_word((unsigned char)title.p[n]))
			return tags[i];
	}
	return "";
}

/* ---- the verdict ------------------------------------------------------------------- */

static double hours_apart(const struct match_side *a,
    const struct match_side *h)
{
	double x = fabs((double)(a->at - h->at)) / (double)USEC_HOUR, y;

	if (h->seen_at == TIME_NONE || a->seen_at == TIME_NONE)
		return x;
	y = fabs((double)(a->at - h->seen_at)) / (double)USEC_HOUR;
	return y < x ? y : x;
}

static void signals(const struct match_side *a, const struct match_side *h,
    struct match *m)
{
	size_t n = common_sorted(a->sketch->all, a->sketch->all_n,
	    h->sketch->all, h->sketch->all_n);
	size_t least = a->sketch->all_n < h->sketch->all_n ?
	    a->sketch->all_n : h->sketch->all_n;
	size_t all = a->sketch->all_n + h->sketch->all_n - n;
	struct words x, y;

	m->containment = least ? (double)n / (double)least : 0;
	m->jaccard = all ? (double)n / (double)all : 0;
	line_words(a->text->title, &x);
	line_words(h->text->title, &y);
	m->title = share(&x, &y);
	lead_words(a->text, &x);
	lead_words(h->text, &y);
	m->lead = share(&x, &y);
	m->numbers = numbers_agree(a->text, h->text);
	m->exact = a->text->words_n < h->text->words_n ? exact_share(a, h) :
	    exact_share(h, a);
	m->hours = hours_apart(a, h);
	m->product = strcmp(product_of(a->text->title),
	    product_of(h->text->title)) != 0;
}

static void explain(struct match *m, bool own)
{
	snprintf(m->reason, sizeof(m->reason),
	    "%s: %.0f %% of the shorter text stands in the longer, titles share "
	    "%.0f %%, leads %.0f %%, %.0f h apart%s%s",
	    m->same ? "one story" : "two stories", m->containment * 100,
	    m->title * 100, m->lead * 100, m->hours,
	    m->product ? ", products of two kinds" : "",
	    own ? ", the same page" : "");
}

void match_texts(const struct match_side *article,
    const struct match_side *held, bool own, struct match *m)
{
	double z;

	*m = (struct match){0};
	signals(article, held, m);
	z = weights.bias + weights.containment * m->containment +
	    weights.title * m->title + weights.lead * m->lead +
	    weights.numbers * m->numbers;
	if (m->exact >= EXACT_FROM)
		z += weights.most + weights.exact * (m->exact - EXACT_FROM) /
		    (1 - EXACT_FROM);
	if (own) {
		z += OWN_BONUS;
		if (m->containment < .1 && m->title < .3)
			z = -FAR_PENALTY;
	} else {
		z += weights.day * fmin(m->hours, FAR_HOURS) / 24;
		if (m->product)
			z += weights.product;
		if (m->hours > FAR_HOURS)
			z -= FAR_PENALTY;
	}
	m->score = 1 / (1 + exp(-z));
	m->same = m->score >= .5;
	explain(m, own);
}
