/* How houses spell units and figures. */
#include "story/house.h"

#include "core/hash.h"
#include "core/utf8.h"

/* By length, which most words do not pass. */
#define SPELLING_LONGEST 6
static const struct spelling {
	const char *word, *house;
} spellings[SPELLING_LONGEST + 1][18] = {
	[2] = {{"mn", "million"}, {"bn", "billion"}, {"vs", "versus"},
	    {"yr", "year"}},
	[3] = {{"mln", "million"}, {"bln", "billion"}, {"tln", "trillion"},
	    {"dlr", "dollar"}, {"pct", "percent"}, {"cts", "cents"},
	    {"stg", "sterling"}, {"qtr", "quarter"}, {"shr", "share"},
	    {"1st", "first"}, {"2nd", "second"}, {"3rd", "third"},
	    {"4th", "fourth"}, {"two", "2"}, {"six", "6"}, {"ten", "10"}},
	[4] = {{"dlrs", "dollars"}, {"mths", "months"}, {"shrs", "shares"},
	    {"revs", "revenue"}, {"govt", "government"}, {"four", "4"},
	    {"five", "5"}, {"nine", "9"}},
	[5] = {{"gov't", "government"}, {"three", "3"}, {"seven", "7"},
	    {"eight", "8"}},
	[6] = {{"eleven", "11"}, {"twelve", "12"}},
};
#define SPELT_MOST 64 /* bytes of a word that is looked at */

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool house_drops(struct slice w)
{
	static const char *const units[] = {"percent", "dollar", "dollars"};

	return (w.n == 6 || w.n == 7) && slice_is_any(w, units,
	    ARRAY_LEN(units));
}

size_t house_word(const struct slice *words, size_t n, struct slice *out)
{
	struct slice w = words[0];

	if (w.n > 2 && w.p[w.n - 2] == '\'' && small(w.p[w.n - 1]) == 's')
		w.n -= 2;
	*out = w;
	if (w.n > SPELLING_LONGEST || w.n < 2)
		return 1;
	if (w.n == 3 && n > 1 && slice_ieq(w, SLICE("per")) &&
	    slice_ieq(words[1], SLICE("cent"))) {
		*out = SLICE("percent");
		return 2;
	}
	for (const struct spelling *x = spellings[w.n]; x->word; x++)
		if (x->word[0] == small(w.p[0]) &&
		    slice_ieq(w, (struct slice){x->word, w.n}))
			*out = slice_of(x->house);
	return 1;
}

/* "5m", "12bn", "3pc": bytes of the figure. */
static size_t figure(struct slice w)
{
	static const char *const units[] = {"m", "mn", "bn", "b", "k", "pc",
	    "tn"};
	size_t i = w.n;

	while (i && !(w.p[i - 1] >= '0' && w.p[i - 1] <= '9'))
		i--;
	return slice_is_any(slice_sub(w, i, w.n), units, ARRAY_LEN(units)) ? i :
	    w.n;
}

/* "U.S" -> "us", "1,750" -> "1750", "5bn" -> "5"; 0: not in so many bytes,
 * or more than ASCII. */
static size_t spell(struct slice w, char out[SPELT_MOST])
{
	bool number = w.p[0] >= '0' && w.p[0] <= '9';
	char drop = number ? ',' : '.';
	size_t n = 0;

	if (w.n > SPELT_MOST)
		return 0;
	if (number)
		w.n = figure(w);
	for (size_t i = 0; i < w.n; i++) {
		if ((unsigned char)w.p[i] >= 0x80)
			return 0;
		if (w.p[i] != drop)
			out[n++] = small(w.p[i]);
	}
	return n;
}

uint64_t house_hash(struct slice w)
{
	char spelt[SPELT_MOST];
	size_t n = spell(w, spelt);
	struct strbuf lower = STRBUF_INIT;
	uint64_t hash;

	if (n)
		return hash64(spelt, n);
	utf8_lower(w, &lower);
	hash = hash64(lower.p, lower.n);
	strbuf_release(&lower);
	return hash;
}
