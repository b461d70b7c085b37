/* How the headline of a kill notice looks (kill.c). */
#include "story/kill.h"

#include "core/attr.h"
#include "story/words.h"

enum place { BEGINS, ENDS };
enum beside { /* what stands behind it; before it, where it ends a headline */
	NOTHING,
	ANYTHING,
	MARK, /* "KILL-Minister steps down", "KILL - MINISTER", "KILL: ..."; at
	       * the end AP's ",KILL" and "(KILL)" */
	NAME,  /* "-Minister steps down"; not ": two drugs", not "-joy" */
	TITLE, /* "STORY KILLED: Minister steps down" */
	SLUG,  /* "STORY REMOVED: BC-EU--Talks"; all of it: "BC-Talks-KILL" */
	WORD   /* "Halden-Talks-KILL", without a blank */
};
/* Words, where they stand, whether in capitals alone, what stands beside them, and
 * what that is worth. Of news of the trade ("Story killed: how a paper dropped
 * ...") and of deaths ("KILLED: three miners") the form makes a hint. */
static const struct form {
	enum place place;
	bool upper;
	enum beside beside;
	enum kill_weight weight;
	const char *words[9];
} forms[] = {
	{BEGINS, true, MARK, KILL_ENOUGH, {"KILL"}},
	{BEGINS, true, NAME, KILL_ENOUGH, {"KILLED", "WITHDRAWN"}},
	{BEGINS, true, TITLE, KILL_ENOUGH, {"STORY WITHDRAWN", "STORY KILLED",
	    "KILL STORY", "KILL NOTICE", "KILL ADVISORY"}},
	{BEGINS, false, NOTHING, KILL_ENOUGH, {"story withdrawn", "story killed",
	    "story is withdrawn", "story is killed", "kill notice",
	    "kill advisory", "mandatory kill"}},
	{BEGINS, false, SLUG, KILL_ENOUGH, {"story withdrawn", "story killed",
	    "story removed", "story retracted", "story deleted"}},
	{ENDS, true, MARK, KILL_ENOUGH, {"KILL"}},
	{ENDS, true, SLUG, KILL_ENOUGH, {"KILL"}},
	{ENDS, true, WORD, KILL_HINT, {"KILL"}},
	{BEGINS, true, ANYTHING, KILL_HINT, {"KILL", "KILLED", "WITHDRAWN",
	    "RETRACTED"}},
	{BEGINS, true, MARK, KILL_HINT, {"MANDATORY KILL"}},
	{BEGINS, false, ANYTHING, KILL_HINT, {"story withdrawn", "story killed",
	    "story is withdrawn", "story is killed", "kill notice",
	    "kill advisory"}},
	{BEGINS, false, MARK, KILL_HINT, {"story removed", "story retracted",
	    "story deleted"}},
	{ENDS, false, ANYTHING, KILL_HINT, {"story withdrawn", "story killed",
	    "story retracted", "story kill", "story is withdrawn",
	    "story is killed", "stories withdrawn", "headline withdrawn",
	    "headlines withdrawn"}},
};

/* "-Minister steps down" is a slug's; "-SWITCH FAILED" and "-joy" are a word's. */
static bool is_name(struct slice s)
{
	return s.n > 1 && s.p[0] == '-' && s.p[1] >= 'A' && s.p[1] <= 'Z' &&
	    has_small_letter(s);
}

static bool is_mark(struct slice s)
{
	static const char *const marks[] = {":", " -", "- ", "--", ")", "]"};

	return is_name(s) || slice_starts_any(s, marks, ARRAY_LEN(marks));
}

/* "BC-EU--Talks": what a slug of an agency's begins with. */
static bool is_slug(struct slice s)
{
	return slice_starts(s, SLICE("BC-")) && word_at(s, 3);
}

static bool stands_beside(enum beside beside, struct slice s)
{
	switch (beside) {
	case NOTHING:
		return !s.n;
	case ANYTHING:
		return true;
	case MARK:
		return is_mark(s);
	case NAME:
		return is_name(s);
	case TITLE:
		return is_mark(s) && has_small_letter(s);
	case SLUG:
		return is_slug(words_bare(s));
	case WORD:
		break;
	}
	return false;
}

/* Behind "KILL KILL KILL", which is said once or thrice. */
static size_t said_again(struct slice s, size_t i, const char *word)
{
	size_t at = i;

	while (whole_word(s, at, word)) {
		i = at += strlen(word);
		while (at < s.n && strchr(" ,", s.p[at]))
			at++;
	}
	return i;
}

static bool begins(struct slice s, const char *word, const struct form *f)
{
	return whole_word(s, 0, word) &&
	    (!f->upper || slice_starts(s, slice_of(word))) &&
	    stands_beside(f->beside, kill_rest(s, said_again(s, 0, word)));
}

static bool ends(struct slice s, const char *word, const struct form *f)
{
	size_t i = s.n - strlen(word);

	if (s.n < strlen(word) || !whole_word(s, i, word))
		return false;
	if (f->beside == ANYTHING)
		return true;
	if (f->beside == SLUG || f->beside == WORD)
		return slice_is(kill_rest(s, i), word) && i &&
		    s.p[i - 1] == '-' && (f->beside == SLUG ? is_slug(s) :
		    has_small_letter(s) && slice_find(s, SLICE(" "), 0) < 0);
	while (i && s.p[i - 1] == ' ')
		i--;
	return slice_is(kill_rest(s, s.n - strlen(word)), word) && i &&
	    strchr(",([", s.p[i - 1]) && has_small_letter(s);
}

/* Behind "ADVISORY-", "BULLETIN: " and what else is no letter. */
static struct slice behind_prefixes(struct slice title)
{
	static const char *const prefixes[] = {"ADVISORY", "BULLETIN",
	    "ATTENTION", "URGENT"};
	struct slice s = words_bare(title);
	size_t n;

	while ((n = kill_whole_any(s, 0, prefixes, ARRAY_LEN(prefixes))) &&
	    !has_small_letter(slice_sub(s, 0, n)) && n < s.n)
		s = words_bare(kill_rest(s, n));
	return s;
}

bool kill_looks(struct slice title, enum kill_weight weight)
{
	struct slice whole = words_bare(title), rest = behind_prefixes(title);

	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		for (size_t k = 0; k < ARRAY_LEN(forms[i].words) &&
		    forms[i].words[k] && forms[i].weight == weight; k++)
			if (forms[i].place == BEGINS ?
			    begins(rest, forms[i].words[k], &forms[i]) :
			    ends(whole, forms[i].words[k], &forms[i]))
				return true;
	return false;
}

bool kill_is_advisory(struct slice title)
{
	static const char *const how[] = {"withdrawn", "killed", "retracted",
	    "kill"};
	static const char *const ours[] = {KILL_OURS};
	static const struct form f = {ENDS, false, ANYTHING, KILL_ENOUGH, {0}};
	struct slice s = words_bare(title);

	if (!slice_starts(s, SLICE("ADVISORY")) || word_at(s, 8) ||
	    !kill_has_word(s, ours, ARRAY_LEN(ours)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(how); i++)
		if (ends(s, how[i], &f))
			return true;
	return false;
}
