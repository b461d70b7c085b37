/* Words that mark disclaimers, corrections and their notes (timeline.md). */
#include "story/story.h"

#include "core/utf8.h"
#include "model/note.h"
#include "story/house.h"
#include "story/words.h"

static bool starts_at(struct slice s, size_t i, const char *what)
{
	return slice_istarts(slice_sub(s, i, s.n), slice_of(what));
}

static bool has(struct slice s, const char *what)
{
	return slice_ifind(s, slice_of(what), 0) >= 0;
}

/* ---- disclaimers --------------------------------------------------------------- */

/* "not been edited by NDTV staff": the name has at most 40 characters. */
static bool not_edited(struct slice s)
{
	static const char *const who[] = {"staff", "team", "desk"};
	long at = slice_ifind(s, SLICE("not been edited by "), 0);

	while (at >= 0) {
		size_t i = (size_t)at + 19, chars = 0;

		for (; i <= s.n && chars <= 40; chars++) {
			for (size_t k = 0; k < ARRAY_LEN(who); k++)
				if (starts_at(s, i, who[k]))
					return true;
			if (i == s.n)
				break;
			utf8_next(s, &i);
		}
		at = slice_ifind(s, SLICE("not been edited by "),
		    (size_t)at + 1);
	}
	return false;
}

/* "Reporting by A and B." to the end of the sentence. */
static bool signs_off(struct slice s, size_t i)
{
	static const char *const verbs[] = {"reporting by ", "writing by ",
	    "editing by ", "compiled by "};

	for (size_t k = 0; k < ARRAY_LEN(verbs); k++) {
		size_t at = i + strlen(verbs[k]);

		if (!starts_at(s, i, verbs[k]))
			continue;
		while (at < s.n && s.p[at] != '.')
			at++;
		while (at < s.n && (s.p[at] == '.' || s.p[at] == ')'))
			at++;
		if (at == s.n)
			return true;
	}
	return false;
}

/* What a disclaimer begins with, after brackets and the like. */
static bool begins_disclaimer(struct slice s, size_t i)
{
	static const char *const words[] = {"with input from ",
	    "with inputs from ", "with agency input from ",
	    "with agency inputs from ", "our standards: ", "copyright ",
	    "\xc2\xa9 ", "(c) "};

	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		if (starts_at(s, i, words[k]))
			return true;
	return signs_off(s, i);
}

/* "Published from a syndicated feed" and the like. */
static bool names_feed(struct slice s)
{
	static const char *const feeds[] = {"published from a syndicated feed",
	    "published from an syndicated feed", "published from an agency feed",
	    "published from a agency feed", "generated from a syndicated feed",
	    "generated from an syndicated feed", "generated from an agency feed",
	    "generated from a agency feed"};

	if (!has(s, " feed")) /* hardly a sentence has */
		return false;
	for (size_t k = 0; k < ARRAY_LEN(feeds); k++)
		if (has(s, feeds[k]))
			return true;
	return false;
}

bool text_is_disclaimer(struct slice s)
{
	size_t i = 0;

	for (;;) {
		if (begins_disclaimer(s, i))
			return true;
		if (i >= s.n || word_at(s, i))
			break;
		utf8_next(s, &i);
	}
	return names_feed(s) || (has(s, "not be") && /* hardly a sentence has */
	    (has(s, "may not be published, broadcast, rewritten") ||
	    not_edited(s)));
}

/* ---- corrections ------------------------------------------------------------------ */

/* Where the title's first letter stands, behind brackets and the like. */
static size_t first_letter(struct slice s)
{
	size_t i = 0;

	while (i < s.n && !word_at(s, i))
		utf8_next(s, &i);
	return i;
}

static const char *const corrections[] = {"corrected", "correction",
    "corrective", "refile"};

/* The tag in capitals at i, or in any letters; SLICE_NONE. */
static struct slice tag_at(struct slice s, size_t i, bool capitals)
{
	for (size_t k = 0; k < ARRAY_LEN(corrections); k++)
		if (whole_word(s, i, corrections[k]) && !(capitals &&
		    has_small_letter(slice_sub(s, i, i + strlen(corrections[k])))))
			return slice_of(corrections[k]);
	return SLICE_NONE;
}

/* The tag that a title begins with. "Corrective" is a word of the news too, as is
 * "refiled": they are tags with a tag's mark. */
static struct slice leading_tag(struct slice title)
{
	struct slice s = slice_sub(title, first_letter(title), title.n);
	struct slice tag = tag_at(s, 0, false);

	if (whole_word(s, 0, "refiled") && note_mark_at(s, 7) &&
	    !has_small_letter(slice_sub(s, 0, 7)))
		return SLICE("refile");
	if (slice_is(tag, "corrective") && !slice_starts(slice_sub(s, tag.n,
	    s.n), SLICE(":")) && !(tag_at(s, 0, true).p &&
	    note_mark_at(s, tag.n) && has_small_letter(s)))
		return SLICE_NONE;
	if (!tag.p && note_word_abroad(s))
		return SLICE("correction");
	return tag;
}

/* "UPDATE 1-CORRECTED-", "RPT-UPDATE 2-CORRECTED (OFFICIAL)-": behind other
 * tags, all in capitals. */
#define TAGS_WITHIN 40 /* bytes; "RPT-WRAPUP 3-UPDATE 2-" has 22 */
static struct slice tag_behind_others(struct slice title)
{
	for (size_t i = 1; i < title.n && i < TAGS_WITHIN &&
	    !has_small_letter(slice_sub(title, i - 1, i)); i++) {
		size_t end = i - (title.p[i - 1] == ' ');
		struct slice tag = end && strchr("-:/", title.p[end - 1]) ?
		    tag_at(title, i, true) : SLICE_NONE;
		size_t n;

		if (tag.p && note_mark_at(title, i + tag.n))
			return tag;
		n = end && strchr("-:/", title.p[end - 1]) ?
		    note_word_abroad(slice_sub(title, i, title.n)) : 0;
		if (n && !has_small_letter(slice_sub(title, i, i + n)))
			return SLICE("correction");
	}
	return SLICE_NONE;
}

/* "Talks begin (CORRECTED)". A "(correction)" within a sentence is the market's:
 * it is a tag where the title ends, but for an outlet's name behind a mark, or in
 * capitals that the rest is not in. small: the title has small letters. */
static bool in_brackets(struct slice title, size_t i, struct slice tag,
    bool small)
{
	size_t end = i + tag.n;

	if (!strchr("([", title.p[i - 1]) || end >= title.n ||
	    !strchr(")]", title.p[end]))
		return false;
	end++;
	return !slice_is(tag, "correction") || end == title.n ||
	    note_mark_at(title, end) || starts_at(title, end, " |") ||
	    (small && tag_at(title, i, true).p);
}

/* " - correction", " -- corrected": apart, in any letters. "Corrective" and a comma
 * are the news' own. i: behind the blanks, at: before them. */
static bool set_apart(struct slice title, size_t i, size_t at, struct slice tag)
{
	return at < i && at > 1 && title.p[at - 1] == '-' &&
	    strchr(" -", title.p[at - 2]) && !slice_is(tag, "corrective");
}

/* So, or "Talks begin - CORRECTED", in capitals that the rest is not in. */
static struct slice tag_behind(struct slice title)
{
	bool small = has_small_letter(title);

	for (size_t i = 1; i < title.n; i++) {
		struct slice tag = tag_at(title, i, false);
		size_t end = i + tag.n, at = i;

		if (!tag.p)
			continue;
		if (in_brackets(title, i, tag, small))
			return tag;
		while (at && title.p[at - 1] == ' ')
			at--;
		if (end == title.n && at && strchr(",-", title.p[at - 1]) &&
		    small && (tag_at(title, i, true).p ||
		    set_apart(title, i, at, tag)))
			return tag;
	}
	return SLICE_NONE;
}

/* Where the last \bcorrect stands, or 0. */
static size_t last_correct(struct slice s)
{
	long at = slice_ifind(s, SLICE("correct"), 0);
	size_t last = 0;

	for (; at >= 0; at = slice_ifind(s, SLICE("correct"), (size_t)at + 1))
		if (!word_before(s, (size_t)at))
			last = (size_t)at;
	return last;
}

struct slice text_correction_tag(struct slice title)
{
	struct slice tag = leading_tag(title);
	size_t correct = last_correct(title);

	if (tag.p)
		return tag;
	for (size_t i = 0; i < title.n; i++) {
		if (whole_word(title, i, "corrects"))
			return SLICE("corrects");
		if (i < correct && whole_word(title, i, "writethru"))
			return SLICE("writethru");
	}
	tag = tag_behind_others(title);
	return tag.p ? tag : tag_behind(title);
}

/* "An earlier version of this article misstated the number": newspapers' way. */
static bool tells_of_error(struct slice note)
{
	static const char *const versions[] = {"earlier version",
	    "previous version", "original version"};
	static const char *const wrong[] = {"incorrect", "inaccurate", "error",
	    "wrong", "mistake", "should have "};
	static const char *const texts[] = {"this article", "this story",
	    "this report", "the article", "the story", "the headline",
	    "the caption"};
	static const char *const misstated[] = {" misstated", " misspelled",
	    " misidentified", " misquoted", " misattributed", " incorrectly ",
	    " inaccurately ", " erroneously ", " mistakenly ", " wrongly "};
	bool version = slice_has_any(note, versions, ARRAY_LEN(versions));

	return (version && slice_has_any(note, wrong, ARRAY_LEN(wrong))) ||
	    ((version || slice_has_any(note, texts, ARRAY_LEN(texts))) &&
	    slice_has_any(note, misstated, ARRAY_LEN(misstated))) ||
	    has(note, " to correct ") || find_whole_word(note, "typo", 0) >= 0 ||
	    note_word_abroad(slice_sub(note, first_letter(note), note.n));
}

bool text_note_corrects(struct slice note)
{
	static const char *const words[] = {"corrects", "corrected",
	    "correction", "corrections", "refile", "refiles", "refiled"};

	for (size_t i = 0; i < note.n; i++)
		for (size_t k = 0; k < ARRAY_LEN(words); k++)
			if (whole_word(note, i, words[k]))
				return true;
	return tells_of_error(note) || note_kind(note) == NOTE_CORRECTION;
}

/* "(Corrects number of rooms in final paragraph)", in the beginning. */
#define NOTE_WITHIN 400 /* bytes */
static bool note_corrects(struct slice body)
{
	static const char *const words[] = {"corrects", "correct", "correcting",
	    "corrected", "correction"};
	struct slice s = slice_sub(body, 0, NOTE_WITHIN);
	bool within = false;

	if (!has(s, "correct"))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		within = s.p[i] == '(' || (within && s.p[i] != ')');
		for (size_t k = 0; within && k < ARRAY_LEN(words); k++)
			if (whole_word(s, i, words[k]))
				return true;
	}
	return false;
}

/* "CORRECT: ...", "... (corrected)". */
static bool title_corrects(struct slice title)
{
	static const char *const words[] = {"correct", "corrected",
	    "correction"};

	if (!has(title, "correct") && !has(title, "refile"))
		return false; /* a writethru corrects only if it says so */
	if (text_correction_tag(title).p)
		return true;
	for (size_t k = 0; k < ARRAY_LEN(words); k++) {
		size_t n = strlen(words[k]);

		if (slice_istarts(title, slice_of(words[k])) && n < title.n &&
		    (title.p[n] == ':' || title.p[n] == '-'))
			return true;
		for (size_t i = 1; i < title.n; i++)
			if (title.p[i - 1] == '(' &&
			    whole_word(title, i, words[k]))
				return true;
	}
	return false;
}

bool text_corrects(struct slice title, struct slice body)
{
	return title_corrects(title) || note_corrects(body) ||
	    has(body, "earlier version of this") ||
	    has(body, "place of our earlier") || has(body, "was misstated") ||
	    has(body, "were misstated");
}

/* ---- updates --------------------------------------------------------------------- */

/* "UPDATE 2-Talks open", "AM-Talks, 1st Ld-Writethru", "Talks open (Third Lead)" */
static bool title_updates(struct slice title)
{
	static const char *const leads[] = {"Ld-Writethru", "writethru",
	    " Lead)", "(Lead)", "-lead)"};

	if (starts_at(title, 0, "UPDATE ") && title.n > 7 &&
	    title.p[7] >= '0' && title.p[7] <= '9')
		return true;
	return slice_has_any(title, leads, ARRAY_LEN(leads));
}

bool text_updates(struct slice title, struct slice body)
{
	return title_updates(title) || house_updates(body);
}

bool text_counts_victims(struct slice title)
{
	static const char *const words[] = {"killed", "kill", "kills", "dead",
	    "die", "dies", "died", "deaths", "toll", "injured", "wounded",
	    "hurt", "missing", "feared", "victims", "casualties", "tote",
	    "toten", "verletzte", "opfer", "morts", "bless\xc3\xa9s",
	    "tu\xc3\xa9s", "muertos", "fallecidos", "heridos", "morti",
	    "feriti", "mortos", "feridos"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (find_whole_word(title, words[i], 0) >= 0)
			return true;
	return false;
}

/* ---- products -------------------------------------------------------------------- */

/* What agencies put before a tag: "UPDATE 2-", "REFILE-". */
struct slice text_untagged(struct slice title)
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

/* The title's last word, without its stop, and what stands before it. */
static struct slice last_word(struct slice title, struct slice *before)
{
	size_t n = title.n, from;

	while (n && strchr(" .:;,!", title.p[n - 1]))
		n--;
	for (from = n; from && title.p[from - 1] != ' '; from--)
		;
	*before = slice_sub(title, 0, from);
	return slice_sub(title, from, n);
}

/* "Business roundup", "WORLD BRIEFS": what of all there is, and in what form. A
 * round-up of cattle, or of suspects, is news. */
static bool ends_as_digest(struct slice title)
{
	static const char *const forms[] = {"roundup", "round-up", "summary",
	    "highlights", "digest", "briefs", "headlines", "schedule"};
	static const char *const whats[] = {"news", "world", "business",
	    "sports", "sport", "national", "international", "regional",
	    "state", "local", "foreign", "economic", "financial", "political",
	    "morning", "midday", "evening", "night", "daily", "weekly",
	    "weekend", "week's", "day's", "today's", "top", "main"};
	struct slice before, rest, what;

	if (!slice_is_any(last_word(title, &before), forms, ARRAY_LEN(forms)))
		return false;
	what = last_word(before, &rest);
	return slice_is_any(what, whats, ARRAY_LEN(whats));
}

/* "World news roundup", "TOP STORIES AT 4 GMT": a headline of no news, over
 * what other items begin with. */
static bool is_digest(struct slice title)
{
	static const char *const begin[] = {"TOP STORIES", "TOP NEWS",
	    "NEWS HIGHLIGHTS", "NEWS SUMMARY", "NEWS DIGEST", "NEWS IN BRIEF",
	    "HEADLINES AT ", "MORNING BRIEFING", "EVENING BRIEFING",
	    "NEWSLETTER: "};
	static const char *const in[] = {"AT A GLANCE", "THINGS TO KNOW TODAY",
	    "THINGS TO KNOW ON ", "THINGS TO KNOW THIS ", "THINGS TO KNOW FOR ",
	    "TOP NEWS AT ", "NEWSBRIEF", "NEWS BRIEF", "NEWS IN BRIEF",
	    "WHAT YOU MISSED"};

	for (size_t i = 0; i < ARRAY_LEN(begin); i++)
		if (slice_istarts(title, slice_of(begin[i])))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		if (slice_ifind(title, slice_of(in[i]), 0) >= 0)
			return true;
	return ends_as_digest(title);
}

#define DIGEST_PLACES 2 /* datelines, beside the first */

/* A wire item has one dateline, where it begins. */
bool text_is_digest(const struct text *t)
{
	size_t n = 0;

	for (size_t i = 1; i < t->sentences_n && n < DIGEST_PLACES; i++)
		n += house_datelined(t->sentences[i].s);
	return n == DIGEST_PLACES;
}

/* Kinds of items that stand beside the news with a lead of their own. lists: that
 * tell the news in a sentence or two before they list what they are for. alone: the
 * word is no news anywhere, so that it is a tag in brackets and at the end as well. */
static const struct product {
	const char *tag;
	bool lists, alone;
} products[] = {
	{"FACTBOX", true, true}, {"FACT BOX", true, true},
	{"TIMELINE", true, true}, {"ANALYSIS", false, true},
	{"INSTANT VIEW", true, true}, {"EXPLAINER", true, true},
	{"EXPLAINED", true, true}, {"AP EXPLAINS", true, false},
	{"BACKGROUNDER", true, true}, {"Q&A", true, true},
	{"Q+A", true, true}, {"QUOTEBOX", true, true},
	{"SIDEBAR", true, true}, {"CHRONOLOGY", true, true},
	{"NEWSMAKER", false, true}, {"PREVIEW", false, false},
	{"BREAKINGVIEWS", false, true}, {"COLUMN", false, false},
	{"COMMENTARY", false, true}, {"OPINION", false, true},
	{"EDITORIAL", false, true}, {"PROFILE", false, false},
	{"KEY QUOTES", true, false}, {"QUOTES", true, false},
	{"KEY FACTS", true, false}, {"KEY POINTS", true, false},
	{"TAKEAWAYS", true, false}, {"KEY TAKEAWAYS", true, false},
	{"WHAT WE KNOW", true, false}, {"WHAT TO KNOW", true, false},
	{"IN NUMBERS", true, false}, {"BY THE NUMBERS", true, false},
	{"FACTS", true, false}, {"FACT CHECK", false, true},
	{"INTERVIEW", false, false}, {"ROUNDUP", false, false},
	{"WRAPUP", false, false}, {"SNAPSHOT", true, false},
	{"HIGHLIGHTS", true, false}, {"TEXT", true, false},
	{"BOX", true, false}, {"REACTION", true, false},
	{"LIST", true, false},
};

/* "[FACTBOX] Talks", "Talks - factbox", "Talks (TIMELINE)", "Talks | Explained". */
static bool set_aside(struct slice title, struct slice tag)
{
	size_t n = title.n, from;

	if (title.n > tag.n + 2 && strchr("[(", title.p[0]) &&
	    starts_at(title, 1, tag.p) && strchr("])", title.p[tag.n + 1]))
		return true;
	if (n && strchr("])", title.p[n - 1]))
		n--;
	if (n < tag.n + 2 || !slice_ieq(slice_sub(title, n - tag.n, n), tag))
		return false;
	from = n - tag.n;
	/* ": analysis" tells of one */
	return strchr("[(", title.p[from - 1]) || (title.p[from - 1] == ' ' &&
	    strchr("-|", title.p[from - 2]));
}

static bool is_number(struct slice w)
{
	static const char *const words[] = {"two", "three", "four", "five",
	    "six", "seven", "eight", "nine", "ten", "twelve"};

	return (w.n && w.p[0] >= '0' && w.p[0] <= '9') ||
	    slice_is_any(w, words, ARRAY_LEN(words));
}

/* "Timeline of the talks", "Five things to know about the talks" */
static bool is_list(struct slice title)
{
	static const char *const begin[] = {"TIMELINE OF ", "CHRONOLOGY OF ",
	    "FACTBOX ON ", "KEY DATES IN "};
	static const char *const in[] = {" THINGS TO KNOW ", " KEY FACTS ABOUT ",
	    " FACTS ABOUT ", " QUESTIONS ABOUT ", " KEY TAKEAWAYS FROM ",
	    " TAKEAWAYS FROM "};
	size_t word = 0;

	for (size_t i = 0; i < ARRAY_LEN(begin); i++)
		if (slice_istarts(title, slice_of(begin[i])))
			return true;
	while (word < title.n && title.p[word] != ' ')
		word++;
	if (!is_number(slice_sub(title, 0, word)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		if (starts_at(title, word, in[i]))
			return true;
	return false;
}

const char *text_product(struct slice title)
{
	title = text_untagged(title);
	for (size_t i = 0; i < ARRAY_LEN(products); i++) {
		struct slice tag = slice_of(products[i].tag);

		if (slice_istarts(title, tag) &&
		    ends_tag(slice_sub(title, tag.n, title.n)))
			return products[i].tag;
		if (products[i].alone && set_aside(title, tag))
			return products[i].tag;
	}
	if (is_digest(title))
		return "ROUNDUP";
	return is_list(title) ? "LIST" : "";
}

bool text_product_lists(const char *tag)
{
	for (size_t i = 0; i < ARRAY_LEN(products); i++)
		if (!strcmp(tag, products[i].tag))
			return products[i].lists;
	return false;
}
