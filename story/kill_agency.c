/*
 * "Reuters has withdrawn this story": what an agency says of its own. Whether
 * it says so, or others tell of it, is seen from what stands around: a story on
 * a withdrawal has a headline that tells it, and says who said so.
 */
#include "story/kill.h"

#include "core/attr.h"
#include "story/words.h"

#define SUBJECT 60 /* bytes of who withdraws: "The Press Trust of India" */
#define OBJECT	40 /* bytes between "its" and "story" */

/* ---- who ------------------------------------------------------------------ */

/* By all its names, as a credit or a sentence has them. */
static const char *const agencies[][4] = {
	{"Associated Press", "AP"}, {"Reuters", "Thomson Reuters"},
	{"Agence France-Presse", "Agence France Presse", "AFP"},
	{"dpa", "Deutsche Presse-Agentur", "German Press Agency"},
	{"EFE", "Agencia EFE", "agencia Efe"}, {"ANSA"}, {"Lusa"}, {"APA"},
	{"Press Trust of India", "PTI"}, {"Indo-Asian News Service", "IANS"},
	{"Asian News International", "ANI"}, {"Bloomberg", "Bloomberg News"},
	{"Kyodo", "Kyodo News"}, {"Xinhua"}, {"Yonhap"}, {"TASS"},
	{"Interfax"}, {"United Press International", "UPI"},
	{"Press Association", "PA Media"}, {"Canadian Press", "CP"},
	{"Australian Associated Press", "AAP"}, {"Anadolu", "Anadolu Agency"},
	{"ANP"}, {"Belga"}, {"Ritzau"}, {"NTB"}, {"Europa Press"}, {"PAP"},
};

/* Which one; -1: none of these. */
static int agency_of(struct slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(agencies); i++)
		for (size_t k = 0; k < 4 && agencies[i][k]; k++)
			if (slice_ieq(name, slice_of(agencies[i][k])))
				return (int)i;
	return -1;
}

bool kill_is_agency(struct slice name)
{
	static const char *const kinds[] = {" News Agency", " Press Agency",
	    " News Service"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t n = strlen(kinds[i]);

		if (name.n > n && name.n < SUBJECT && slice_is(slice_sub(name,
		    name.n - n, name.n), kinds[i]) && name.p[0] >= 'A' &&
		    name.p[0] <= 'Z')
			return true;
	}
	return agency_of(name) >= 0;
}

/* ---- what it says --------------------------------------------------------- */

struct said {
	size_t from;	      /* where its sentence begins */
	struct slice subject; /* without "The" */
	bool itself;	      /* "this story" */
	struct slice rest;    /* behind "story", to the end of the sentence */
};

static size_t word_end(struct slice s, size_t i)
{
	while (i < s.n && s.p[i] != ' ')
		i++;
	return i;
}

static size_t next_word(struct slice s, size_t i)
{
	i = word_end(s, i);
	return i < s.n ? i + 1 : i;
}

/* "its earlier story", from "its" on: where that ends, or 0. Of reports, which
 * companies and boards make, no other than news ones. */
static size_t own_work(struct slice s, size_t i, bool *itself)
{
	static const char *const which[] = {"its", "this", "the", "our"};
	static const char *const works[] = {"story", "stories", "article",
	    "articles", "dispatch", "despatch"};
	static const char *const others[] = {"report", "reports", "item",
	    "alert", "snap", "bulletin"};
	static const char *const kinds[] = {"earlier", "previous", "original",
	    "news", "entire"};
	size_t n = kill_whole_any(s, i, which, ARRAY_LEN(which)), end;
	bool plain = true;

	if (!n)
		return 0;
	*itself = n == 4; /* "this" */
	end = i + n + OBJECT;
	for (i += n + 1; i < s.n && i < end; i = next_word(s, i)) {
		n = kill_whole_any(s, i, works, ARRAY_LEN(works));
		if (!n && plain)
			n = kill_whole_any(s, i, others, ARRAY_LEN(others));
		if (n)
			return i + n;
		plain &= kill_whole_any(s, i, kinds, ARRAY_LEN(kinds)) > 0;
		n = word_end(s, i);
		if (n > i && strchr(".,;:", s.p[n - 1]))
			return 0;
	}
	return 0;
}

/* Where the sentence begins in which i stands: also behind a dateline, a note's
 * colon, a bracket. */
static size_t sentence_at(struct slice s, size_t i)
{
	while (i && !(s.p[i - 1] == '(' || (i > 1 && s.p[i - 1] == ' ' &&
	    strchr(".!?:-", s.p[i - 2]))))
		i--;
	return i;
}

/* The next such sentence at or after *i, which moves behind its verb. */
static bool next_said(struct slice s, size_t *i, struct said *x)
{
	static const char *const verbs[] = {"has withdrawn", "has retracted",
	    "has killed", "has removed", "has deleted", "has taken down",
	    "is withdrawing", "is retracting", "is killing", "withdraws",
	    "retracts", "kills"};

	for (; *i < s.n; *i = next_word(s, *i)) {
		size_t n = kill_whole_any(s, *i, verbs, ARRAY_LEN(verbs)), at;
		long end;

		if (!n || !*i)
			continue;
		at = own_work(s, *i + n + 1, &x->itself);
		if (!at)
			continue;
		x->from = sentence_at(s, *i);
		x->subject = slice_sub(s, x->from, *i - 1);
		if (slice_istarts(x->subject, SLICE("the ")))
			x->subject = kill_rest(x->subject, 4);
		end = slice_find(s, SLICE(". "), at);
		x->rest = slice_sub(s, at, end < 0 ? s.n : (size_t)end);
		*i = at;
		return true;
	}
	return false;
}

/* "..., the agency said on Tuesday": in the last clause. */
static bool is_told(struct slice rest)
{
	static const char *const words[] = {"said", "says", "according",
	    "reported", "announced", "wrote"};

	for (size_t i = rest.n; i; i--)
		if (rest.p[i - 1] == ',')
			return kill_has_word(kill_rest(rest, i), words,
			    ARRAY_LEN(words));
	return false;
}

bool kill_agency_tells(struct slice s)
{
	struct said x;

	for (size_t i = 0; next_said(s, &i, &x);)
		if (kill_is_agency(x.subject) && !is_told(x.rest))
			return true;
	return false;
}

/* ---- under a headline that says nothing of it ----------------------------- */

/* Of a text that goes on below the note: the new story. */
static bool is_replaced(struct slice body)
{
	static const char *const words[] = {"follows", "replaces", "replaced",
	    "replacing", "below"};

	return kill_has_word(body, words, ARRAY_LEN(words));
}

/* A headline that tells of the withdrawal is a story's on it. */
static bool title_tells(struct slice title)
{
	static const char *const words[] = {"withdraw", "withdraws",
	    "withdrawn", "withdrew", "withdrawal", "retract", "retracts",
	    "retracted", "retraction", "pull", "pulls", "pulled", "remove",
	    "removes", "removed", "kill", "kills", "killed", "story",
	    "stories", "report", "reports", "article", "articles",
	    "apology", "apologies", "apologise", "apologises", "apologize",
	    "apologizes", "apologised", "apologized", "agency", "agencies",
	    "newsroom", "media", "press"};

	for (size_t i = 0; i < ARRAY_LEN(agencies); i++)
		if (kill_has_word(title, agencies[i], agencies[i][2] ? 3 :
		    agencies[i][1] ? 2 : 1))
			return true;
	return kill_has_word(title, words, ARRAY_LEN(words));
}

/* Why, or with what regret: so that it is a notice by its own words. */
static bool gives_reason(struct slice body)
{
	static const char *const words[] = {" because ", " in error", " error ",
	    "regret", "apolog", "erroneous", "incorrect", "will not be",
	    "no substitute", "due to ", "headlined", "slugged"};
	static const char *const news[] = {"spokes", "agency said", "it said",
	    "told "};

	return slice_has_any(body, words, ARRAY_LEN(words)) &&
	    !slice_has_any(body, news, ARRAY_LEN(news));
}

/* "PORT HALDEN (Reuters) - ": the text behind it; *by the one in brackets. */
static struct slice behind_dateline(struct slice body, int *by)
{
	long open = slice_find(body, SLICE("("), 0);
	long close = slice_find(body, SLICE(") - "), 0);

	*by = -1;
	if (open < 0 || close < open || close > SUBJECT)
		return body;
	*by = agency_of(slice_sub(body, (size_t)open + 1, (size_t)close));
	return kill_rest(body, (size_t)close + 4);
}

bool kill_agency_bare(struct slice title, struct slice body)
{
	bool noted;
	int by;
	struct slice s = behind_dateline(kill_behind_note(body, &noted), &by);
	struct said x;
	size_t i = 0;

	if (!next_said(s, &i, &x) || x.from || is_told(x.rest) ||
	    is_replaced(body))
		return false;
	if (noted && x.itself)
		return x.subject.n < SUBJECT && kill_goes_on(x.rest) &&
		    slice_find(x.subject, SLICE("\""), 0) < 0;
	if (!kill_is_agency(x.subject) ||
	    (by >= 0 && by != agency_of(x.subject)))
		return false;
	return noted || (!title_tells(title) && (x.itself ||
	    gives_reason(body)));
}
