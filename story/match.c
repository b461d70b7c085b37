/* The verdict: may two texts be one story? */
#include "story/signals.h"

#include <math.h>

/*
 * Boosted trees of two questions each over a few signals; every signal but
 * length is held to one direction: more in common never parts, more hours
 * never join (up to 72: decision 0122). bench/fit_match.py fits them to labelled pairs and writes
 * story/match_model.h (bench/README.md has the commands and the figures).
 */
struct tree {
	unsigned char root, low, high; /* signals */
	double at, low_at, high_at;    /* x <= at: the low side */
	double leaf[4];		       /* low low, low high, high low, ... */
};

#include "story/match_model.h"

#define WHOLE	    2.0	 /* the shorter has no sentence of its own: by hand,
			    as far as the longer has none either */
#define MOVED	    2.0	 /* nor the longer, nearly: paragraphs moved: by hand */
#define MOVED_LEAST .9	 /* Jaccard */
#define OPENING	    2.0	 /* same first sentence, own headline: by hand */
#define PRODUCT	    -12.0 /* FACTBOX beside news: by hand, whatever it holds of it */
#define COPIED	    .6	 /* Jaccard: a copy of the factbox is the factbox */
#define UNTAGGED    .5	 /* whole sentences of the shorter: so is this, */
#define UNTAGGED_LEAST 2.9 /* of three at least */
#define FORM	    -6.0 /* one form for another firm, or another day: by hand */
#define OTHERS	    -2.0 /* this week's table and last week's: by hand */
#define OTHERS_PLACES -.7 /* figures: three places at least, */
#define OTHERS_ALL  -.9	  /* numbers: of three or more none in common */
#define SUBJECTS    -8.0 /* they are about others: by hand, whatever the words */
#define ACTORS_LEAD .5	 /* of the leads, and other names begin them */
#define ACTORS_TITLE .9	 /* unless the headlines are the same, */
#define ACTORS_TEXT .85	 /* or the texts */
#define FIGURES_MOST .7	 /* in common: a name was misspelt */
#define PERIOD	    12.0 /* hours: a report that comes each day */
#define BESIDE	    -4.0 /* the other stands below a lead of its own: by hand */
#define ROUNDUP_TEXT .6 /* containment, where no sentence is whole */
#define UPDATES_HOURS 12.0 /* the longer says that it updates: its lead is new */
#define BESIDE_MOST .7	 /* Jaccard: beyond it the lead is a copy's line */
#define CORRECTS    4.0	 /* and says so; of the same names, by hand */
#define CORRECTS_TEXT .4  /* containment, */
#define CORRECTS_HEAD .5  /* title or lead, */
#define CORRECTS_NAMES .6 /* all names, at least */
#define KEPT_FORM   .3	 /* sentences that are the same but for figures, at most */
#define LINES	    -12.0 /* the outlet's lines alone, whatever they are worth */
#define LINES_TITLE .2	  /* in common: less, and the headlines say no more */
#define LINES_HEADLINE .4 /* of one, told where the other begins: a lead's, not lines */
#define BACKGROUND  .25	 /* of words in common: by hand */
#define BARE_TEXT   .05	 /* containment, */
#define BARE_LEAD   .4	 /* words of the lead, less: the headline is all: by hand */
#define FAR_PENALTY 12.0 /* beyond it: another story, whatever the words */
#define OWN_BONUS   4.5	 /* the same page: most changes are updates */
#define OWN_LEAST   .1	 /* containment, and */
#define OWN_TITLE   .5	 /* title: below both, another story on the page */
#define OWN_LATE    .3	 /* containment, past 72 h */
#define OWN_EXACT   .2	 /* of the sentences, at most: a form filled anew */
#define OWN_FORM    .5	 /* sentences the same but for figures, at least: the next */
#define OWN_NUMBERS .5	 /* report, with yesterday's price and a few more numbers */
#define OWN_RUBRIC  .9	 /* both titles: a rubric's */

static double ask(const struct tree *t, const double *x)
{
	if (x[t->root] <= t->at)
		return t->leaf[x[t->low] <= t->low_at ? 0 : 1];
	return t->leaf[x[t->high] <= t->high_at ? 2 : 3];
}

static double weigh_signals(const double *x)
{
	double z = MATCH_BIAS;

	for (size_t i = 0; i < ARRAY_LEN(match_trees); i++)
		z += ask(&match_trees[i], x);
	return z;
}

/*
 * A side-bar, factbox or digest that holds the other: below a lead that says
 * what the other does not, under a headline that has no word of its. An update
 * says in its lead what it updates.
 */
static bool is_beside(const double *x)
{
	return x[SIGNAL_OPENINGS] < .2 && x[SIGNAL_TITLE_ALL] < .2 &&
	    x[SIGNAL_JACCARD] < BESIDE_MOST &&
	    (x[SIGNAL_OPENING] >= .8 || x[SIGNAL_EXACT] >= .5);
}

/*
 * A round-up that holds the other, whatever its headline names: what stands
 * before it says nothing of it. The new lead of an update does.
 */
static bool is_roundup(const double *x, const struct counted *a,
    const struct counted *b)
{
	return x[SIGNAL_OPENINGS] < .2 && x[SIGNAL_JACCARD] < BESIDE_MOST &&
	    (x[SIGNAL_OPENING] >= .8 || x[SIGNAL_EXACT] >= .5 ||
	    x[SIGNAL_CONTAINMENT] >= ROUNDUP_TEXT) && signals_other_lead(a, b);
}

/* Neither headline nor lead, and of the shorter text less than a quarter:
 * background that two stories share. */
static bool is_background(const double *x)
{
	return x[SIGNAL_TITLE] < BACKGROUND && x[SIGNAL_LEAD] < BACKGROUND &&
	    x[SIGNAL_CONTAINMENT] < BACKGROUND && x[SIGNAL_EXACT] < 1;
}

/* "Talks open", and of the texts nothing, not even of the leads: a headline that many
 * days and many rubrics have. A flash's lead says what its headline does. */
static bool is_bare(const double *x)
{
	return x[SIGNAL_CONTAINMENT] < BARE_TEXT &&
	    x[SIGNAL_LEAD] < BARE_LEAD && x[SIGNAL_EXACT] <= 0 &&
	    x[SIGNAL_TITLE] >= BACKGROUND;
}

/*
 * What of the shorter text is kept, at least, and the weight: by hand (decisions 0109,
 * 0123, 0136). Less of the text does where it is one stretch, the figures are the same
 * and one lead stands in the other: side-bars and the next development quote as much,
 * below their own; where each lead has something of the other, though figures change;
 * until the next morning, where all numbers are the other's; where whole sentences
 * stand in it.
 */
#define ANEW_LEAD .8 /* more, and the lead is not new */
#define KEPT_MOST 8
static const struct kept {
	double hours, form; /* at most; form: sentences the same but for figures */
	double weight;
	bool anew; /* told anew by another house, or by one that says it updates */
	struct least {
		enum signal of;
		double least;
	} has[KEPT_MOST];
} kept[] = {
    {12, KEPT_FORM, 4, false, {{SIGNAL_CONTAINMENT, .7}, {SIGNAL_NAMES_ALL, .8},
	{SIGNAL_FIGURES, .5}}},
    {12, KEPT_FORM, 3, false, {{SIGNAL_CONTAINMENT, .6}, {SIGNAL_RUN, .6},
	{SIGNAL_NAMES_ALL, .6}, {SIGNAL_LEAD, .1}, {SIGNAL_OPENING, .3},
	{SIGNAL_FIGURES, .6}}},
    {12, KEPT_FORM, 3, false, {{SIGNAL_CONTAINMENT, .6}, {SIGNAL_RUN, .6},
	{SIGNAL_NAMES_ALL, .6}, {SIGNAL_LEAD, .1}, {SIGNAL_OPENING, .3},
	{SIGNAL_OPENINGS, .2}, {SIGNAL_HEADLINE, .4}, {SIGNAL_FIGURES, 0}}},
    {20, KEPT_FORM, 4, true, {{SIGNAL_CONTAINMENT, .6}, {SIGNAL_RUN, .6},
	{SIGNAL_NAMES_ALL, .6}, {SIGNAL_HEADLINE, .4}, {SIGNAL_NUMBERS, .7}}},
    {12, KEPT_FORM, 5, true, {{SIGNAL_CONTAINMENT, .6}, {SIGNAL_EXACT, .2},
	{SIGNAL_NAMES_ALL, .5}, {SIGNAL_LEAD, .1}, {SIGNAL_HEADLINES, .1},
	{SIGNAL_TERMS, .35}, {SIGNAL_NUMBERS, 0}}},
    {12, KEPT_FORM, 5, true, {{SIGNAL_CONTAINMENT, .5}, {SIGNAL_EXACT, .2},
	{SIGNAL_NAMES_ALL, .8}, {SIGNAL_LEAD, .1}, {SIGNAL_JACCARD, .3},
	{SIGNAL_NUMBERS, 0}}},
    {20, KEPT_FORM, 3, true, {{SIGNAL_CONTAINMENT, .5}, {SIGNAL_EXACT, .4},
	{SIGNAL_NAMES_ALL, .5}, {SIGNAL_NUMBERS, .7}, {SIGNAL_FIGURES, .3}}},
};

/* Nothing but a toll changed, in a few hours: a form's sentences, too. */
static const struct kept toll = {6, 1, 4, false, {{SIGNAL_CONTAINMENT, .6},
    {SIGNAL_EXACT, .3}, {SIGNAL_NAMES_ALL, .9}, {SIGNAL_TITLE, .5},
    {SIGNAL_LEAD, .7}}};

static bool is_kept(const struct kept *k, const struct match *m)
{
	bool all = m->hours <= k->hours && m->x[SIGNAL_TEMPLATE] <= k->form &&
	    (!k->anew || ((m->elsewhere || m->updates) &&
	    m->x[SIGNAL_LEAD] < ANEW_LEAD));

	for (size_t i = 0; i < KEPT_MOST && all; i++)
		all = m->x[k->has[i].of] >= k->has[i].least;
	return all;
}

/* A copy: */
#define COPY_TEXT    .85 /* Jaccard, */
#define COPY_RUN     .9
#define COPY_NAMES   .9
#define COPY_WEIGHT  6.0
#define EXCERPT_FIRST .9 /* of the first sentences, */
#define EXCERPT_TITLE .9 /* of both headlines; two sentences, and so many */
#define EXCERPT_WORDS 30 /* words: fewer are a rubric's */

/*
 * An update behind a new lead, a flash grown into a story, a cut from the middle:
 * most of the shorter text within half a day or one, with its names, and no other
 * figures. A form filled anew has others; and what holds all sentences
 * of the other below its own lead, or any below another's, is beside it. Returns
 * the weight, or 0.
 */
static double kept_weight(const struct match *m)
{
	if ((m->beside && m->x[SIGNAL_EXACT] >= 1) || m->roundup ||
	    m->subjects || m->form)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (is_kept(&kept[i], m))
			return kept[i].weight;
	return m->toll && is_kept(&toll, m) ? toll.weight : 0;
}

/*
 * The whole text in one stretch with its names and figures, within the days that a
 * story is looked for: a line that an outlet sets above the lead ("By Anna Berg") runs
 * into its first sentence, and another headline makes it no other story. Or sentences of
 * it in any order, whole, under its own headline.
 */
static bool is_copy(const struct match *m)
{
	const double *x = m->x;

	return (m->excerpt || (x[SIGNAL_JACCARD] >= COPY_TEXT &&
	    x[SIGNAL_RUN] >= COPY_RUN)) &&
	    x[SIGNAL_NAMES_ALL] >= COPY_NAMES && x[SIGNAL_FIGURES] >= 0 &&
	    !m->subjects && !m->form && x[SIGNAL_TEMPLATE] <= KEPT_FORM;
}

/* What a rule adds, kept for those who ask why. */
static double add(struct match *m, enum match_rule r, double weight)
{
	m->rule[r] = weight;
	return weight;
}

/* The model's sum, and what a rule adds. */
static double weigh(struct match *m)
{
	double z = weigh_signals(m->x);

	if (m->x[SIGNAL_EXACT] >= 1) {
		z += add(m, RULE_WHOLE, WHOLE * m->x[SIGNAL_JACCARD]);
		if (m->x[SIGNAL_JACCARD] >= MOVED_LEAST)
			z += add(m, RULE_MOVED, MOVED);
	}
	/* a periodic series has the same headline too */
	if (m->opening && !m->product)
		z += add(m, RULE_OPENING, OPENING * (1 - m->x[SIGNAL_TITLE]));
	return z;
}

/* Tomorrow's weather under today's headline: no figure is where it was. And a form whose
 * sentences stay the same but for their figures, a toll's apart. */
static bool is_next_report(const struct match *m)
{
	const double *x = m->x;

	return (x[SIGNAL_TITLE_ALL] >= OWN_RUBRIC && x[SIGNAL_FIGURES] < 0 &&
	    x[SIGNAL_NUMBERS] < 0 && x[SIGNAL_CONTAINMENT] < OWN_LATE) ||
	    (x[SIGNAL_TEMPLATE] >= OWN_FORM &&
	    x[SIGNAL_NUMBERS] < OWN_NUMBERS && !m->victims);
}

/*
 * Nearly nothing of the page's text is left: under another headline; under one that a
 * rubric has, and a report that comes each day or week, filled anew, later than half a
 * day (the running reports of one day are one story); after the days of a story, less
 * than an update keeps.
 */
static bool is_replaced(const struct match *m)
{
	const double *x = m->x;

	if (x[SIGNAL_CONTAINMENT] < OWN_LEAST && x[SIGNAL_TITLE] < OWN_TITLE)
		return true;
	if (x[SIGNAL_EXACT] > OWN_EXACT)
		return false;
	if (m->hours > FAR_HOURS && x[SIGNAL_CONTAINMENT] < OWN_LATE)
		return true;
	return m->hours > PERIOD &&
	    (is_bare(x) || m->form || is_next_report(m));
}

/* On its own page a text is an update, unless nearly nothing is left. */
static double weigh_own(struct match *m)
{
	double z, all;

	if (is_replaced(m)) {
		/* whatever the signals say */
		add(m, RULE_REPLACED, -FAR_PENALTY - weigh_signals(m->x));
		return -FAR_PENALTY;
	}
	z = weigh(m);
	all = fmax(z + OWN_BONUS, OWN_BONUS / 10);
	add(m, RULE_PAGE, all - z);
	return all;
}

static double weigh_other(struct match *m)
{
	double z = weigh(m);

	if (m->product && m->x[SIGNAL_JACCARD] < COPIED)
		z += add(m, RULE_PRODUCT, PRODUCT);
	if (m->form)
		z += add(m, RULE_FORM, FORM);
	if (m->x[SIGNAL_FIGURES] <= OTHERS_PLACES &&
	    m->x[SIGNAL_NUMBERS] <= OTHERS_ALL)
		z += add(m, RULE_FIGURES, OTHERS);
	if (m->subjects)
		z += add(m, RULE_SUBJECTS, SUBJECTS);
	if (m->corrects)
		z += add(m, RULE_CORRECTS, CORRECTS);
	z += add(m, RULE_KEPT, fmax(kept_weight(m), is_copy(m) ? COPY_WEIGHT :
	    0));
	if (m->lines)
		z += add(m, RULE_LINES, LINES);
	if (m->beside || m->background)
		z += add(m, m->beside ? RULE_BESIDE : RULE_BACKGROUND, BESIDE);
	else if (is_bare(m->x))
		z += add(m, RULE_HEADLINE, BESIDE);
	if (m->x[SIGNAL_HOURS] > FAR_HOURS)
		z += add(m, RULE_FAR, -FAR_PENALTY);
	return z;
}

double match_usual(enum signal s)
{
	return match_neutral[s];
}

/* The signals that a tree asks, each once. */
static size_t asked_by(const struct tree *t, unsigned char f[3])
{
	size_t n = 0;

	f[n++] = t->root;
	if (t->low != t->root)
		f[n++] = t->low;
	if (t->high != t->root && t->high != t->low)
		f[n++] = t->high;
	return n;
}

/* Adds each signal's part of what parts the tree's answer from the usual one. */
static void share_tree(const struct tree *t, struct match *m)
{
	/* Shapley: of n signals, k of which have the pair's values before */
	static const double share[3][3] = {{1}, {1 / 2., 1 / 2.},
	    {1 / 3., 1 / 6., 1 / 3.}};
	static const size_t ones[8] = {0, 1, 1, 2, 1, 2, 2, 3};
	double x[SIGNALS_N], z[8];
	unsigned char f[3];
	size_t n = asked_by(t, f);

	memcpy(x, match_neutral, sizeof(x));
	for (size_t set = 0; set < (size_t)1 << n; set++) {
		for (size_t i = 0; i < n; i++)
			x[f[i]] = set >> i & 1 ? m->x[f[i]] :
			    match_neutral[f[i]];
		z[set] = ask(t, x);
	}
	for (size_t set = 0; set < (size_t)1 << n; set++)
		for (size_t i = 0; i < n; i++)
			if (!(set >> i & 1))
				m->effect[f[i]] += share[n - 1][ones[set]] *
				    (z[set | (size_t)1 << i] - z[set]);
}

void match_effects(struct match *m)
{
	m->usual = weigh_signals(match_neutral);
	memset(m->effect, 0, sizeof(m->effect));
	for (size_t i = 0; i < ARRAY_LEN(match_trees); i++)
		share_tree(&match_trees[i], m);
}

/*
 * Bonds, ratings, sales, debts: what fills a form for another firm has other
 * names and figures; what fills it for another day, other figures.
 */
static bool is_form(const struct match *m, const struct counted *a,
    const struct counted *b)
{
	if (m->x[SIGNAL_NUMBERS_ALL] < FIGURES_MOST && alike_but_blanks(a, b))
		return true;
	return m->hours > PERIOD && alike_but_figures(a, b);
}

/*
 * Most side-bars have a lead of their own: with the same one, and half of the
 * shorter's sentences, it is a copy whose tag was cut off; a sentence or two may be
 * the news that it is about. A round-up may begin as its first item does. sentences: of
 * the text with fewer words.
 */
static bool of_two_kinds(const char *a, const char *b, size_t sentences,
    const struct match *m)
{
	if (!strcmp(a, b))
		return false;
	if ((text_product_lists(a) || text_product_lists(b)) &&
	    m->x[SIGNAL_EXACT] * (double)sentences < UNTAGGED_LEAST)
		return true;
	return !m->opening || m->x[SIGNAL_EXACT] < UNTAGGED ||
	    !strcmp(a, "ROUNDUP") || !strcmp(b, "ROUNDUP");
}

/* It itself, or the note beside it, says that something was put right. */
static bool says_so(const struct match_side *s, const struct counted *c)
{
	return c->measured->corrects || text_note_corrects(s->note);
}

/* A figure put right looks like a form filled anew: the text itself says which, but
 * not of what day's report. */
static bool is_correction(const struct match *m, bool says)
{
	const double *x = m->x;

	return says && !m->subjects && x[SIGNAL_CONTAINMENT] >= CORRECTS_TEXT &&
	    m->hours <= PERIOD &&
	    x[SIGNAL_NAMES_ALL] >= CORRECTS_NAMES &&
	    fmax(x[SIGNAL_TITLE], x[SIGNAL_LEAD]) >= CORRECTS_HEAD;
}

/* "Sun said it raised the price", "Unocal said it raised the price", whatever their
 * headlines are. Where all the rest is the same they are names of one: "Scotland Yard"
 * and "The Metropolitan Police". */
static bool is_of_others(const double *x, const struct counted *a,
    const struct counted *b)
{
	return x[SIGNAL_LEAD] >= ACTORS_LEAD && x[SIGNAL_TITLE] < ACTORS_TITLE &&
	    x[SIGNAL_CONTAINMENT] < ACTORS_TEXT &&
	    actors_differ(a->measured, b->measured);
}

/* Whole sentences of the longer, its first among them, under its own headline. */
static bool is_excerpt(const struct match *m, const struct counted *shorter)
{
	const double *x = m->x;

	return x[SIGNAL_EXACT] >= 1 && x[SIGNAL_OPENINGS] >= EXCERPT_FIRST &&
	    x[SIGNAL_TITLE_ALL] >= EXCERPT_TITLE && !m->beside &&
	    shorter->measured->sentences_n > 1 && shorter->n >= EXCERPT_WORDS;
}

static bool of_one_outlet(const struct match_side *p, const struct match_side *q)
{
	return p->outlet_id && p->outlet_id == q->outlet_id;
}

/* One outlet's, or signed by one agency: it does not tell an item anew without saying
 * that it updates. */
static bool of_one_house(const struct match_side *p, const struct match_side *q,
    const struct counted *a, const struct counted *b)
{
	return of_one_outlet(p, q) || (a->measured->agency.n &&
	    slice_ieq(a->measured->agency, b->measured->agency));
}

void match_texts(const struct match_side *article,
    const struct match_side *held, bool own, struct match *m)
{
	const struct counted *a = counted_measured(article->text,
	    article->skip);
	const struct counted *b = counted_measured(held->text, held->skip);
	bool says;

	*m = (struct match){.measured = true, .own = own};
	signals_measure(article, held, m->x);
	m->hours = signals_hours(article, held);
	m->opening = signals_same_opening(a, b);
	m->tag[0] = a->measured->product;
	m->tag[1] = b->measured->product;
	m->product = of_two_kinds(m->tag[0], m->tag[1],
	    (a->n < b->n ? a : b)->measured->sentences_n, m);
	says = says_so(article, a) || says_so(held, b);
	m->actors = !says && is_of_others(m->x, a, b);
	m->subjects = m->actors || subjects_differ(a->measured, b->measured);
	m->corrects = is_correction(m, says);
	m->form = !m->corrects && is_form(m, a, b);
	m->updates = m->hours <= UPDATES_HOURS &&
	    (a->n < b->n ? b : a)->measured->updates;
	m->victims = a->measured->victims && b->measured->victims;
	m->toll = (m->victims || m->updates) && alike_but_figures(a, b);
	m->elsewhere = !of_one_house(article, held, a, b);
	m->roundup = is_roundup(m->x, a, b);
	m->beside = m->roundup || (!m->updates && is_beside(m->x));
	m->background = is_background(m->x);
	m->within = a->n <= b->n && m->x[SIGNAL_EXACT] >= 1 &&
	    !signals_begin_alike(a, b);
	m->excerpt = is_excerpt(m, a->n < b->n ? a : b);
	m->lines = of_one_outlet(article, held) &&
	    m->x[SIGNAL_TITLE] < LINES_TITLE &&
	    m->x[SIGNAL_HEADLINE] < LINES_HEADLINE && alike_at_ends(a, b);
	m->sum = own ? weigh_own(m) : weigh_other(m);
	m->score = 1 / (1 + exp(-m->sum));
	m->same = m->score >= .5;
}

bool match_is_filled(const struct match_side *a, const struct match_side *b)
{
	struct match m;

	match_texts(a, b, false, &m);
	return m.form || m.corrects;
}
