/* A verdict in words: signals, rules, and the line that each posting keeps. */
#include "story/story.h"

#include <stdio.h>

static const struct {
	const char *name, *meaning;
} signals[SIGNALS_N] = {
	[SIGNAL_CONTAINMENT] = {"containment",
	    "of the shorter text's runs of three words, in the longer"},
	[SIGNAL_JACCARD] = {"jaccard",
	    "of all runs of three words, in both"},
	[SIGNAL_TITLE] = {"title",
	    "of the shorter headline's words, in the other"},
	[SIGNAL_TITLE_ALL] = {"title, all", "of both headlines' words, in both"},
	[SIGNAL_HEADLINE] = {"headline",
	    "of one headline, told where the other text begins"},
	[SIGNAL_HEADLINES] = {"headlines", "the same, of the other one"},
	[SIGNAL_LEAD] = {"lead", "of the first 30 words, in both"},
	[SIGNAL_SUBJECT] = {"subject",
	    "of the lead's first words, in the other text"},
	[SIGNAL_OPENING] = {"opening",
	    "of one first sentence, in the other text"},
	[SIGNAL_OPENINGS] = {"openings", "the same, of the other one"},
	[SIGNAL_NUMBERS] = {"numbers",
	    "1: all of the poorer's in the other, -1: none; 0: it has none"},
	[SIGNAL_NUMBERS_ALL] = {"numbers, all", "of both texts' numbers, in both"},
	[SIGNAL_EXACT] = {"exact",
	    "of the shorter's sentences, whole in the longer"},
	[SIGNAL_TEMPLATE] = {"template",
	    "of them, the same but for figures"},
	[SIGNAL_RUN] = {"run",
	    "longest stretch of words in both, of 40"},
	[SIGNAL_LENGTH] = {"length",
	    "log of how many times longer: .7 is twice"},
	[SIGNAL_TERMS] = {"terms", "of both texts' telling words, in both"},
	[SIGNAL_NAMES] = {"names",
	    "of one beginning's names, in the other text"},
	[SIGNAL_NAMES_ALL] = {"names, all",
	    "of the names of the text with fewer, in the other"},
	[SIGNAL_FIGURES] = {"figures",
	    "between the same words: 1: the same, -1: others, 0: none"},
	[SIGNAL_HOURS] = {"hours apart", "between their times"},
};

static const char *const rules[RULES_N] = {
	[RULE_WHOLE] = "the longer has every sentence of the shorter",
	[RULE_MOVED] = "and hardly anything else: sentences moved at most",
	[RULE_OPENING] = "both open with the same sentence",
	[RULE_PRODUCT] = "products of two kinds, as a factbox beside the news",
	[RULE_FORM] = "one form, filled with other names and figures",
	[RULE_FIGURES] = "figures in the same places, and all of them others",
	[RULE_SUBJECTS] = "each headline or lead tells of what the other text has "
	    "nowhere",
	[RULE_CORRECTS] = "one says that it corrects what the other says",
	[RULE_KEPT] = "as much of the text, with its names, as an update keeps",
	[RULE_LINES] = "on one outlet, nothing in common but how they begin or "
	    "end",
	[RULE_BESIDE] = "one holds the other below a lead of its own",
	[RULE_BACKGROUND] = "only background in common",
	[RULE_HEADLINE] = "only the headline in common",
	[RULE_FAR] = "past 72 h nothing joins",
	[RULE_PAGE] = "the same page: most changes are updates",
	[RULE_REPLACED] = "the same page, of whose text nearly nothing is left",
};

const char *signal_name(enum signal s)
{
	return signals[s].name;
}

const char *signal_meaning(enum signal s)
{
	return signals[s].meaning;
}

const char *rule_meaning(enum match_rule r)
{
	return rules[r];
}

/* ---- the line that is kept ---------------------------------------------------- */

/* Under an hour hours say nothing: a flash and its copy. */
static void tell_hours(double hours, char out[32])
{
	if (hours < 1)
		snprintf(out, 32, "%.0f min apart", hours * 60);
	else
		snprintf(out, 32, "%.0f h apart", hours);
}

/* Both tags, or the one that stands beside untagged news. */
static void tell_products(const struct match *m, char out[64])
{
	const char *a = m->tag[0], *b = m->tag[1];

	out[0] = '\0';
	if (!m->rule[RULE_PRODUCT])
		return;
	snprintf(out, 64, ", %s beside %s", *a ? a : b, *a && *b ? b :
	    "the news");
}

/* What parts two texts that no rule parts: the signals that speak most against one
 * story, of those that say the same thing. */
#define AGAINST_LEAST -1.0 /* of the model's sum */
static const char *against(const struct match *m)
{
	static const struct {
		const char *what;
		enum signal of[4];
	} groups[] = {
		{"other figures", {SIGNAL_NUMBERS, SIGNAL_NUMBERS_ALL,
		    SIGNAL_FIGURES, SIGNAL_TEMPLATE}},
		{"the time between them", {SIGNAL_HOURS}},
		{"other names", {SIGNAL_NAMES, SIGNAL_NAMES_ALL}},
		{"other headlines", {SIGNAL_TITLE, SIGNAL_TITLE_ALL}},
		{"headlines that the other text does not tell",
		    {SIGNAL_HEADLINE, SIGNAL_HEADLINES}},
		{"other leads", {SIGNAL_LEAD, SIGNAL_SUBJECT, SIGNAL_OPENING,
		    SIGNAL_OPENINGS}},
		{"little text in common", {SIGNAL_JACCARD, SIGNAL_EXACT,
		    SIGNAL_RUN, SIGNAL_TERMS}},
	};
	const char *what = "";
	double most = AGAINST_LEAST;
	struct match with = *m;

	match_effects(&with);
	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		double sum = 0;

		/* the first signal of all pads a group: its share of the text is
		 * told in any case */
		for (size_t k = 0; k < ARRAY_LEN(groups[i].of); k++)
			if (groups[i].of[k])
				sum += with.effect[groups[i].of[k]];
		if (sum < most) {
			most = sum;
			what = groups[i].what;
		}
	}
	return what;
}

/* Do rules, which are named, part them? */
static bool rules_part(const struct match *m)
{
	double sum = 0;

	for (size_t i = 0; i < RULES_N; i++)
		sum += m->rule[i];
	return sum < 0;
}

const char *match_reason(const struct match *m, char out[MATCH_REASON])
{
	const double *x = m->x;
	const char *why = "";
	char apart[32], products[64];

	out[0] = '\0';
	if (!m->measured)
		return out;
	tell_hours(x[SIGNAL_HOURS], apart);
	tell_products(m, products);
	if (!m->same && !rules_part(m))
		why = against(m);
	snprintf(out, MATCH_REASON,
	    "%s: %.0f %% of the shorter text stands in the longer, titles share "
	    "%.0f %%, leads %.0f %%, %s%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s",
	    m->same ? "one story" : "two stories",
	    x[SIGNAL_CONTAINMENT] * 100, x[SIGNAL_TITLE] * 100,
	    x[SIGNAL_LEAD] * 100, apart,
	    m->rule[RULE_FAR] ? ": past 72 h nothing joins" : "",
	    m->rule[RULE_OPENING] ? ", the same first sentence" : "",
	    x[SIGNAL_TEMPLATE] >= .5 ? ", the same but for figures" : "",
	    m->rule[RULE_FORM] ? ", one form filled otherwise" : "",
	    m->rule[RULE_FIGURES] ? ", all figures others" : "",
	    !m->rule[RULE_SUBJECTS] ? "" :
	    m->actors ? ", their leads begin with others" :
	    ", their headlines name others",
	    m->rule[RULE_BESIDE] ? ", one holds the other below its own lead" :
	    m->rule[RULE_BACKGROUND] ? ", only background in common" :
	    m->rule[RULE_HEADLINE] ? ", only the headline in common" : "",
	    products,
	    m->rule[RULE_CORRECTS] ? ", one says that it corrects the other" :
	    "",
	    m->same && m->sum < m->rule[RULE_KEPT] ?
	    ", as much as an update keeps" : "",
	    *why ? ", mostly for " : "", why,
	    m->rule[RULE_LINES] ? ", only how they begin or end in common" : "",
	    m->rule[RULE_REPLACED] ? ", nearly nothing of the page's text is left"
	    : "", m->own ? ", the same page" : "");
	return out;
}
