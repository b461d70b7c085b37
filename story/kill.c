/*
 * Kill notices. An agency that takes a story back says so in a slug (KILL-, AP's
 * ",KILL", "ADVISORY-... story withdrawn") or in a sentence to editors; either
 * way the notice is short. Headlines that begin with such a word are far more
 * often news ("KILL SWITCH FAILED", "KILLED: three miners"), so that a word alone
 * counts for nothing: it takes the form of a slug, or the sentence.
 */
#include "story/story.h"

#define NOTICE_WORDS 120 /* AP's notices with reasons have some 60 to 100 */
#define BARE_WORDS   80	 /* of one whose headline says nothing of it */
#define SENTENCE     300 /* bytes from what is withdrawn to "is withdrawn" */

static bool is_letter(struct slice s, size_t i)
{
	return i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') ||
	    (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] & 0x80));
}

/* Does the word stand at i, ending there? Case counts where upper. */
static bool word_at(struct slice s, size_t i, const char *word, bool upper)
{
	size_t n = strlen(word);
	struct slice at = slice_sub(s, i, i + n);

	return (upper ? slice_is(at, word) : slice_ieq(at, slice_of(word))) &&
	    !(i && is_letter(s, i - 1)) && !is_letter(s, i + n);
}

/* Where a whole word stands at or after from, or -1. */
static long find_word(struct slice s, const char *word, size_t from)
{
	long at = slice_ifind(s, slice_of(word), from);

	while (at >= 0 && !word_at(s, (size_t)at, word, false))
		at = slice_ifind(s, slice_of(word), (size_t)at + 1);
	return at;
}

static bool has_word(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (find_word(s, words[i], 0) >= 0)
			return true;
	return false;
}

/* Without what is no letter at both ends: brackets, stars, stops. */
static struct slice bare(struct slice s)
{
	size_t from = 0;

	while (from < s.n && !is_letter(s, from))
		from++;
	while (s.n > from && !is_letter(s, s.n - 1))
		s.n--;
	return slice_sub(s, from, s.n);
}

/* ---- what it says ------------------------------------------------------------ */

static const char *const works[] = {"story", "stories", "item", "headline",
    "alert", "snap", "dispatch", "despatch", "article", "report"};
#define SENT_BY_US 8 /* the first so many are hardly anything else's */

/* "withdrawn" behind "is", "has been" and the like, at i. */
static bool taken_back_at(struct slice s, size_t i)
{
	static const char *const verbs[] = {"is ", "are ", "was ", "has been ",
	    "have been ", "is being ", "is hereby ", "should be ", "must be "};
	static const char *const how[] = {"withdrawn", "killed", "retracted",
	    "cancelled", "canceled", "annulled", "disregarded"};

	for (size_t k = 0; k < ARRAY_LEN(verbs); k++) {
		if (!slice_istarts(slice_sub(s, i, s.n), slice_of(verbs[k])))
			continue;
		for (size_t m = 0; m < ARRAY_LEN(how); m++)
			if (word_at(s, i + strlen(verbs[k]), how[m], false))
				return true;
	}
	return false;
}

/* How a story is named between itself and the verb: "slugged X", "headlined". */
static bool is_named(struct slice s)
{
	static const char *const words[] = {"slugged", "headlined", "titled",
	    "entitled", "datelined", "numbered", "moved", "filed", "issued"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (word_at(s, 0, words[i], false))
			return true;
	return s.n && (s.p[0] == '"' || s.p[0] == '\'' || s.p[0] == '(');
}

/* "The story slugged X is withdrawn", the work's name ending before i. */
static bool goes_back(struct slice s, size_t i, bool by_us)
{
	size_t end = i + SENTENCE < s.n ? i + SENTENCE : s.n;

	if (i < s.n && s.p[i] == ' ')
		i++;
	if (by_us && taken_back_at(s, i))
		return true;
	if (!is_named(slice_sub(s, i, s.n)))
		return false;
	for (; i < end && slice_find(slice_sub(s, i, i + 2), SLICE(". "), 0) != 0;
	    i++)
		if (s.p[i] == ' ' && taken_back_at(s, i + 1))
			return true;
	return false;
}

/* A sentence that takes a story back. */
static bool takes_back(struct slice s)
{
	for (size_t k = 0; k < ARRAY_LEN(works); k++)
		for (long at = find_word(s, works[k], 0); at >= 0;
		    at = find_word(s, works[k], (size_t)at + 1))
			if (goes_back(s, (size_t)at + strlen(works[k]),
			    k < SENT_BY_US))
				return true;
	return false;
}

/* "Please disregard the story", "kindly kill our earlier item". */
static bool asks_editors(struct slice s)
{
	static const char *const asks[] = {"please kill ", "kindly kill ",
	    "please disregard ", "kindly disregard ", "please withdraw ",
	    "kindly ignore ", "please ignore ", "editors: kill "};

	for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
		long at = slice_ifind(s, slice_of(asks[i]), 0);
		size_t from = (size_t)at + strlen(asks[i]);

		if (at >= 0 && has_word(slice_sub(s, from, from + 80), works,
		    ARRAY_LEN(works)))
			return true;
	}
	return false;
}

/* What nobody says but of a kill. */
static bool is_unmistakable(struct slice s)
{
	static const char *const said[] = {"will be no substitute",
	    "no substitute story", "kill is mandatory", "mandatory kill"};

	return slice_has_any(s, said, ARRAY_LEN(said)) || asks_editors(s);
}

static bool addresses_editors(struct slice s)
{
	static const char *const begin[] = {"attention editors", "editors:",
	    "eds:", "attn editors", "note to editors", "attention subscribers",
	    "attention clients"};

	return slice_starts_any(bare(s), begin, ARRAY_LEN(begin));
}

/* ---- how its headline looks --------------------------------------------------- */

/* Behind "ADVISORY-", "BULLETIN: " and what else is no letter. */
static struct slice behind_prefixes(struct slice title)
{
	static const char *const prefixes[] = {"ADVISORY", "BULLETIN",
	    "ATTENTION", "URGENT"};
	struct slice s = bare(title);

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		size_t n = strlen(prefixes[i]);

		if (word_at(s, 0, prefixes[i], true) && s.n > n)
			return bare(slice_sub(s, n, s.n));
	}
	return s;
}

static bool has_small_letter(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
	return false;
}

/* "-Minister steps down" is a slug's; "-SWITCH FAILED" and "-joy" are a word's. */
static bool is_slug_rest(struct slice s)
{
	return s.n > 1 && s.p[0] == '-' && s.p[1] >= 'A' && s.p[1] <= 'Z' &&
	    has_small_letter(s);
}

/* "KILL-Minister steps down", "KILL - MINISTER", "KILL: ..." "KILL KILL KILL -";
 * of WITHDRAWN and KILLED the first form alone. */
static bool is_slugged(struct slice s)
{
	static const char *const others[] = {"KILLED", "WITHDRAWN"};
	size_t i = 0, words = 0;

	for (; word_at(s, i, "KILL", true); words++)
		for (i += 4; i < s.n && (s.p[i] == ' ' || s.p[i] == ',') &&
		    i + 1 < s.n && word_at(s, i + 1, "KILL", true); i++)
			;
	if (words) {
		struct slice rest = slice_sub(s, i, s.n);

		return is_slug_rest(rest) || slice_starts(rest, SLICE(":")) ||
		    slice_starts(rest, SLICE(" -")) ||
		    slice_starts(rest, SLICE("- ")) ||
		    slice_starts(rest, SLICE("--"));
	}
	for (size_t k = 0; k < ARRAY_LEN(others); k++)
		if (word_at(s, 0, others[k], true) &&
		    is_slug_rest(slice_sub(s, strlen(others[k]), s.n)))
			return true;
	return false;
}

/* AP's "BC-Halden Talks,1st Ld-Writethru,KILL", "Talks begin (KILL)". */
static bool ends_in_slug(struct slice title)
{
	struct slice s = bare(title);
	size_t i = s.n - 4;

	if (s.n < 5 || !word_at(s, i, "KILL", true))
		return false;
	while (i && s.p[i - 1] == ' ')
		i--;
	return i && strchr(",([", s.p[i - 1]) && has_small_letter(s);
}

/* "Story withdrawn", and no more; in capitals with the headline that was. Else
 * it may be news of the trade ("Story killed: how a paper dropped ..."). */
static bool is_said(struct slice s, bool and_no_more)
{
	static const char *const said[] = {"story withdrawn", "story killed",
	    "story is withdrawn", "story is killed", "kill notice",
	    "kill advisory", "mandatory kill"};

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		size_t n = strlen(said[i]);

		if (!word_at(s, 0, said[i], false))
			continue;
		if (!and_no_more || n == s.n || (strchr("-:", s.p[n]) &&
		    !has_small_letter(slice_sub(s, 0, n)) &&
		    has_small_letter(s)))
			return true;
	}
	return false;
}

static bool ends_taken_back(struct slice title)
{
	static const char *const ends[] = {"withdrawn", "killed", "retracted",
	    "kill"};
	struct slice s = bare(title);

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (s.n >= strlen(ends[i]) && word_at(s, s.n - strlen(ends[i]),
		    ends[i], false))
			return true;
	return false;
}

/* "ADVISORY-Halden talks story withdrawn" */
static bool is_advisory(struct slice title)
{
	return word_at(bare(title), 0, "ADVISORY", true) &&
	    ends_taken_back(title) && has_word(title, works, ARRAY_LEN(works));
}

/* Such a word begins or ends it: "WITHDRAWN: ...", "Talks story withdrawn". */
static bool hints(struct slice title)
{
	static const char *const tags[] = {"KILL", "KILLED", "WITHDRAWN",
	    "RETRACTED"};
	struct slice s = behind_prefixes(title);

	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		if (word_at(s, 0, tags[i], true))
			return true;
	return is_said(s, false) || ends_taken_back(title) || addresses_editors(title);
}

/* ---- both --------------------------------------------------------------------- */

/* Of normal texts, whose words stand a space apart. */
static bool is_kill(struct slice title, struct slice body)
{
	size_t words = body.n > 0;

	for (size_t i = 0; i < body.n; i++)
		words += body.p[i] == ' ';
	if (words > NOTICE_WORDS)
		return false;
	if (is_slugged(behind_prefixes(title)) || ends_in_slug(title) ||
	    is_said(behind_prefixes(title), true) || is_advisory(title))
		return true;
	if (hints(title) || addresses_editors(body))
		return takes_back(body) || is_unmistakable(body);
	return words <= BARE_WORDS && is_unmistakable(body);
}

/* Every notice has one of these words; few other texts have. */
static bool may_be_kill(struct slice s)
{
	static const char *const words[] = {"kill", "withdr", "retract",
	    "disregard", "cancel", "annul", "substitute", "ignore"};

	return slice_has_any(s, words, ARRAY_LEN(words));
}

bool text_is_kill(struct slice title, struct slice body)
{
	struct strbuf t = STRBUF_INIT, b = STRBUF_INIT;
	bool kill = false;

	/* a letter has four bytes at most, and a notice no long words */
	if (body.n <= NOTICE_WORDS * 40 &&
	    (may_be_kill(title) || may_be_kill(body))) {
		text_normal(title, &t);
		text_normal(body, &b);
		kill = is_kill(strbuf_slice(&t), strbuf_slice(&b));
	}
	strbuf_release(&t);
	strbuf_release(&b);
	return kill;
}
