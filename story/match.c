/* The verdict: may two texts be one story? */
#include "story/story.h"

#include "core/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * A logistic model over few signals. What each weight stands for is said
 * beside it; bench/fit_match.py fitted all but the last to labelled pairs
 * (bench/README.md has the commands and the figures).
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
	double subject;	    /* first words of each lead are in the other */
	double run;	    /* longest stretch of words in common */
	double product;	    /* FACTBOX beside news: by hand */
	double whole;	    /* neither has a sentence of its own: by hand */
	double opening;	    /* same first sentence, own headline: by hand */
} weights = {-4.43, 0.84, 1.25, 0.51, 2.43, -2.02, 1.3, 1.22,
    1.47, 2.41, -6.0, 2.0, 2.0};

#define EXACT_FROM    .5   /* shared background is less than this of a text */
#define EXACT_WORDS   5	   /* a shorter sentence is no sign */
#define OPENING_WORDS 8	   /* a shorter first sentence may be a label */
#define FAR_HOURS     72.0 /* window of the sketches (timeline.md) */
#define FAR_PENALTY   12.0 /* beyond it: another story, whatever the words */
#define OWN_BONUS     4.5  /* the same page: most changes are updates */
#define OWN_LEAST     .1  /* containment, and */
#define OWN_TITLE     .5  /* title: below both, another story on the page */
#define LEAD_WORDS    30
#define TITLE_WORDS   40
#define SUBJECT_WORDS 4  /* "Unocal Corp said it": who the lead is about */
#define RUN_MOST      40 /* words; a longer common stretch tells no more */

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

/* ---- subject ---------------------------------------------------------------------- */

static bool has_word(const struct text *t, struct slice w)
{
	for (size_t i = 0; i < t->words_n; i++)
		if (slice_ieq(t->word[i], w))
			return true;
	return slice_ifind(t->title, w, 0) >= 0;
}

/* Of the first words of a that mean something, how many stand in b. */
static double subject_in(const struct text *a, const struct text *b)
{
	size_t n = 0, found = 0;

	for (size_t i = 0; i < a->words_n && n < SUBJECT_WORDS; i++) {
		if (is_number(a->word[i]) || is_stop(a->word[i]))
			continue;
		n++;
		found += has_word(b, a->word[i]);
	}
	return n ? (double)found / (double)n : 1;
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

/* The share of a's sentences that stand in b word for word. */
static double exact_share(const struct match_side *a,
    const struct match_side *b)
{
	size_t all = 0, same = 0;

	for (size_t i = 0; i < a->text->sentences_n; i++) {
		const struct sentence *s = &a->text->sentences[i];

		if (s->words < EXACT_WORDS || (a->skip && a->skip[i]))
			continue;
		all++;
		same += stands_in(s->hash, b);
	}
	return all ? (double)same / (double)all : 0;
}

/* The first sentence that is not left out, if it is long enough. */
static const struct sentence *opening_of(const struct match_side *x)
{
	for (size_t i = 0; i < x->text->sentences_n; i++)
		if (!(x->skip && x->skip[i]))
			return x->text->sentences[i].words >= OPENING_WORDS ?
			    &x->text->sentences[i] : NULL;
	return NULL;
}

/* Background is shared further down: who copies the opening copies the story. */
static bool same_opening(const struct match_side *a,
    const struct match_side *b)
{
	const struct sentence *x = opening_of(a), *y = opening_of(b);

	return x && y && x->hash == y->hash;
}

/* ---- products -------------------------------------------------------------------- */

/* What agencies put before a tag: "UPDATE 2-", "REFILE-". */
static struct slice without_prefix(struct slice title)
{
	static const char *const prefixes[] = {"UPDATE", "CORRECTED",
	    "CORRECTION", "REFILE", "REPEAT", "RPT"};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		size_t n = strlen(prefixes[i]);

		if (!slice_istarts(title, slice_of(prefixes[i])))
			continue;
		while (n < title.n && (title.p[n] == ' ' ||
		    (title.p[n] >= '0' && title.p[n] <= '9')))
			n++;
		if (n < title.n && title.p[n] == '-') {
			title = slice_trim(slice_sub(title, n + 1, title.n));
			i = SIZE_MAX; /* they may stand in a row */
		}
	}
	return title;
}

/* "FACTBOX-", "Analysis: ", "INSTANT VIEW 2-": the tag ends so. */
static bool ends_tag(struct slice s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || (s.p[i] >= '0' && s.p[i] <= '9')))
		i++;
	return i < s.n && (s.p[i] == '-' || s.p[i] == ':' || s.p[i] == '|');
}

/* Kinds of items that stand beside the news with a lead of their own. */
static const char *product_of(struct slice title)
{
	static const char *const tags[] = {"FACTBOX", "TIMELINE", "ANALYSIS",
	    "INSTANT VIEW", "EXPLAINER", "Q&A", "Q+A", "NEWSMAKER", "PREVIEW",
	    "BREAKINGVIEWS", "COLUMN", "COMMENTARY", "OPINION", "EDITORIAL",
	    "PROFILE", "CHRONOLOGY", "KEY QUOTES", "FACTS", "INTERVIEW",
	    "ROUNDUP", "WRAPUP", "SNAPSHOT", "HIGHLIGHTS", "TEXT", "BOX",
	    "REACTION"};

	title = without_prefix(title);
	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		size_t n = strlen(tags[i]);

		if (slice_istarts(title, slice_of(tags[i])) &&
		    ends_tag(slice_sub(title, n, title.n)))
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
	const struct match_side *small = a, *large = h;
	struct words x, y;

	if (a->text->words_n >= h->text->words_n) {
		small = h;
		large = a;
	}
	m->containment = least ? (double)n / (double)least : 0;
	m->jaccard = all ? (double)n / (double)all : 0;
	line_words(a->text->title, &x);
	line_words(h->text->title, &y);
	m->title = share(&x, &y);
	lead_words(a->text, &x);
	lead_words(h->text, &y);
	m->lead = share(&x, &y);
	m->numbers = numbers_agree(a->text, h->text);
	m->exact = exact_share(small, large);
	m->opening = same_opening(a, h);
	m->run = (double)sketch_run(small->text, small->skip, large->sketch,
	    RUN_MOST) / RUN_MOST;
	m->subject = fmin(subject_in(a->text, h->text),
	    subject_in(h->text, a->text));
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

/* The model's sum, time and products apart. */
static double weigh(const struct match *m)
{
	double z = weights.bias + weights.containment * m->containment +
	    weights.title * m->title + weights.lead * m->lead +
	    weights.numbers * m->numbers + weights.subject * m->subject +
	    weights.run * m->run;

	if (m->exact >= EXACT_FROM)
		z += weights.most + weights.exact * (m->exact - EXACT_FROM) /
		    (1 - EXACT_FROM);
	if (m->exact >= 1 && m->jaccard >= 1)
		z += weights.whole;
	/* a periodic series has the same headline too */
	if (m->opening)
		z += weights.opening * (1 - m->title);
	return z;
}

/* On its own page a text is an update, unless nearly nothing is left. */
static double weigh_own(const struct match *m)
{
	if (m->containment < OWN_LEAST && m->title < OWN_TITLE)
		return -FAR_PENALTY;
	return fmax(weigh(m) + OWN_BONUS, OWN_BONUS / 10);
}

static double weigh_other(const struct match *m)
{
	double z = weigh(m) + weights.day * fmin(m->hours, FAR_HOURS) / 24;

	if (m->product)
		z += weights.product;
	if (m->hours > FAR_HOURS)
		z -= FAR_PENALTY;
	return z;
}

void match_texts(const struct match_side *article,
    const struct match_side *held, bool own, struct match *m)
{
	*m = (struct match){0};
	signals(article, held, m);
	m->score = 1 / (1 + exp(-(own ? weigh_own(m) : weigh_other(m))));
	m->same = m->score >= .5;
	explain(m, own);
}
