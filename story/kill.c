/*
 * Kill notices. An agency that takes a story back says so in a slug (KILL-, AP's
 * ",KILL", "ADVISORY-... story withdrawn") or in a sentence to editors; readers
 * find "This story has been removed", or that the agency has withdrawn it
 * (kill_agency.c). Whichever way, the notice is short. Such
 * words are far more often news ("KILLED: three miners", "The alert was
 * cancelled"), so that a word alone counts for nothing: it takes the form of a
 * slug, or the sentence; and what is withdrawn is a story, not what others
 * issue, report and recall.
 */
#include "story/story.h"

#include "story/kill.h"
#include "story/words.h"

#define NOTICE_WORDS 120 /* AP's notices with reasons have some 60 to 100 */
#define BARE_WORDS   80	 /* of one whose headline says nothing of it */
#define SENTENCE     300 /* bytes from what is withdrawn to "is withdrawn" */
#define ASKED_WITHIN 80	 /* bytes from "please disregard" to "the story" */

/* ---- what it says ------------------------------------------------------------ */

static const char *const ours[] = {KILL_OURS};
static const char *const anybodys[] = {KILL_ANYBODYS};

/* Behind "is withdrawn": by whom, or who said so, makes it news. */
static bool is_told(struct slice s)
{
	long end = slice_find(s, SLICE(". "), 0);

	if (end >= 0)
		s = slice_sub(s, 0, (size_t)end);
	return slice_istarts(s, SLICE(" by ")) || (slice_starts(s, SLICE(",")) &&
	    find_whole_word(s, "said", 0) >= 0);
}

/* "withdrawn" behind "is", "has been" and the like, at i. */
static bool taken_back_at(struct slice s, size_t i, bool in_the_past)
{
	static const char *const verbs[] = {"is ", "are ", "has been ",
	    "have been ", "is being ", "is hereby ", "should be ", "must be ",
	    "was ", "were "};
	static const char *const how[] = {"withdrawn", "killed", "retracted",
	    "cancelled", "canceled", "annulled", "disregarded"};

	for (size_t k = 0; k < ARRAY_LEN(verbs) - (in_the_past ? 0 : 2); k++) {
		size_t at = i + strlen(verbs[k]), n;

		if (!slice_istarts(kill_rest(s, i), slice_of(verbs[k])))
			continue;
		n = kill_whole_any(s, at, how, ARRAY_LEN(how));
		if (n)
			return !is_told(kill_rest(s, at + n));
	}
	return false;
}

/* How a story is named between itself and the verb: as agencies name theirs; as
 * whatever has a title is named. */
static bool is_named(struct slice s, bool as_ours)
{
	static const char *const words[] = {"slugged", "headlined", "datelined",
	    "titled", "entitled", "numbered", "moved", "sent", "filed",
	    "transmitted", "issued"};

	if (kill_whole_any(s, 0, words, as_ours ? 3 : ARRAY_LEN(words)))
		return true;
	return !as_ours && s.n && strchr("\"'(", s.p[0]);
}

/* "a bill that is withdrawn": not the story. */
static bool is_of_another(struct slice before)
{
	static const char *const words[] = {" that", " which", " who"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t n = strlen(words[i]);

		if (before.n > n && slice_ieq(slice_sub(before, before.n - n,
		    before.n), slice_of(words[i])))
			return true;
	}
	return false;
}

/* "slugged X is withdrawn", to the end of the sentence. */
static bool goes_back_named(struct slice s)
{
	size_t end = s.n < SENTENCE ? s.n : SENTENCE;

	for (size_t i = 0; i < end; i++) {
		if (s.p[i] != ' ')
			continue;
		if (i && s.p[i - 1] == '.')
			return false;
		if (taken_back_at(s, i + 1, true))
			return !is_of_another(slice_sub(s, 0, i));
	}
	return false;
}

/* "An alert", of which nobody has heard, up to i. */
static bool is_any(struct slice s, size_t i)
{
	s = slice_sub(s, 0, i ? i - 1 : 0);
	return (s.n && whole_word(s, s.n - 1, "a")) ||
	    (s.n > 1 && whole_word(s, s.n - 2, "an"));
}

/* A sentence that takes one of these works back: "The story slugged X is
 * withdrawn"; loosely: also "The item is withdrawn". */
static bool takes_back(struct slice s, const char *const *works, size_t n,
    bool loosely)
{
	for (size_t k = 0; k < n; k++)
		for (long at = find_whole_word(s, works[k], 0); at >= 0;
		    at = find_whole_word(s, works[k], (size_t)at + 1)) {
			struct slice rest = kill_rest(s, (size_t)at +
			    strlen(works[k]) + 1);

			bool told = loosely && !is_any(s, (size_t)at);

			if ((told && taken_back_at(rest, 0, false)) ||
			    (is_named(rest, !told) && goes_back_named(rest)))
				return true;
		}
	return false;
}

/* What is asked for, behind "please disregard" and the like: to the end of what
 * may name it. From *i on, which moves; none: SLICE_NONE. */
static struct slice next_asked(struct slice s, size_t *i)
{
	static const char *const words[] = {"please ", "kindly ", "editors: "};
	static const char *const what[] = {"kill", "disregard", "withdraw",
	    "ignore", "cancel", "annul", "do not use"};

	for (; *i < s.n; ++*i)
		for (size_t k = 0; k < ARRAY_LEN(words); k++) {
			size_t n = strlen(words[k]), verb;

			if (!slice_ibegins(kill_rest(s, *i), words[k]))
				continue;
			verb = kill_whole_any(s, *i + n, what, ARRAY_LEN(what));
			if (!verb)
				continue;
			*i += n + verb;
			return slice_sub(s, *i, *i + ASKED_WITHIN);
		}
	return SLICE_NONE;
}

/* "Please do not use the story before ..." */
static bool is_embargo(struct slice asked)
{
	static const char *const embargo[] = {"before", "until", "till",
	    "ahead of"};

	return kill_has_word(asked, embargo, ARRAY_LEN(embargo));
}

/* "the third paragraph of", "the photo sent with" */
static bool is_part(struct slice s)
{
	static const char *const parts[] = {"paragraph", "paragraphs", "para",
	    "paras", "graf", "grafs", "line", "lines", "sentence",
	    "sentences", "quote", "quotes", "byline", "photo", "photos",
	    "picture", "pictures", "image", "images", "caption", "captions",
	    "graphic", "graphics", "chart", "video", "table", "version"};

	return kill_has_word(s, parts, ARRAY_LEN(parts));
}

/* Behind "please disregard": " the story", " our earlier item". */
static bool is_work(struct slice asked, const char *const *works, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		long at = find_whole_word(asked, works[k], 0);

		if (at >= 0 && !is_part(slice_sub(asked, 0, (size_t)at)))
			return !is_embargo(asked);
	}
	return false;
}

/* " BC-Talks", " HALDEN-TALKS": a slug; not "BC-Talks photo". */
static bool is_slug(struct slice asked)
{
	size_t i = 1, capitals = 0;

	while (i < asked.n && asked.p[i] >= 'A' && asked.p[i] <= 'Z')
		i++, capitals++;
	if (capitals < 2 || i == asked.n || asked.p[i] != '-')
		return false;
	while (i < asked.n && asked.p[i] != ' ')
		i++;
	return !is_part(kill_rest(asked, i)) && !is_embargo(asked);
}

/* "Please disregard the story", "kindly kill our earlier item", "kill BC-Talks". */
static bool asks(struct slice s, const char *const *works, size_t n)
{
	struct slice x;

	for (size_t i = 0; (x = next_asked(s, &i)).p;)
		if (is_work(x, works, n) || is_slug(x))
			return true;
	return false;
}

/* "Please kill the story headlined ...": at the beginning, to nobody. */
static bool asks_named(struct slice s)
{
	static const char *const begin[] = {"please kill ", "kindly kill ",
	    "please withdraw ", "kindly withdraw ", "please do not use ",
	    "kindly do not use ", "please disregard ", "kindly disregard "};
	struct slice x;
	size_t i = 0;

	if (!slice_starts_any(s, begin, ARRAY_LEN(begin)))
		return false;
	x = next_asked(s, &i);
	for (size_t k = 0; x.p && k < ARRAY_LEN(ours); k++) {
		long at = find_whole_word(x, ours[k], 0);

		if (at >= 0 && !is_part(slice_sub(x, 0, (size_t)at)) &&
		    is_named(kill_rest(x, (size_t)at + strlen(ours[k]) + 1),
		    true))
			return !is_embargo(kill_rest(s, i));
	}
	return false;
}

/* "We are withdrawing the story" */
static bool we_take_back(struct slice s)
{
	static const char *const we[] = {"we are withdrawing",
	    "we are retracting", "we have withdrawn", "we have retracted"};
	static const char *const which[] = {"the", "this", "our", "that"};

	for (size_t i = 0; i < ARRAY_LEN(we); i++) {
		long at = find_whole_word(s, we[i], 0);
		size_t from = (size_t)at + strlen(we[i]) + 1, n;

		if (at < 0)
			continue;
		n = kill_whole_any(s, from, which, ARRAY_LEN(which));
		if (n && kill_whole_any(s, from + n + 1, ours, ARRAY_LEN(ours)))
			return true;
	}
	return false;
}

/* Said of kills, and of sport and schools: it counts where a story is taken back
 * besides. */
static bool is_final(struct slice s)
{
	static const char *const said[] = {"will be no substitute",
	    "no substitute story", "no replacement story",
	    "kill is mandatory"};

	return slice_has_any(s, said, ARRAY_LEN(said));
}

/* ---- to whom ------------------------------------------------------------------ */

/* The sentences that are said to editors at a text's beginning: a story of its own
 * may follow them. None: SLICE_NONE. */
static struct slice to_editors(struct slice text)
{
	static const char *const begin[] = {"attention editors",
	    "attention subscribers", "attention clients", "attn editors",
	    "note to editors", "note to subscribers", "note to clients",
	    "editors:", "eds:"};
	struct slice s = words_bare(text);
	size_t sentences;
	long end = 0;

	if (!slice_starts_any(s, begin, ARRAY_LEN(begin)))
		return SLICE_NONE;
	/* "Eds: Adds quotes." stands before any story */
	sentences = slice_ibegins(s, "ed") ? 1 : 2;
	for (; sentences && end >= 0; sentences--)
		end = slice_find(s, SLICE(". "), (size_t)end + 1);
	return end < 0 ? s : slice_sub(s, 0, (size_t)end + 1);
}

struct slice kill_behind_note(struct slice s, bool *noted)
{
	static const char *const notes[] = {"editor's note", "editors' note",
	    "editors\" note", "editors note", "note"};
	size_t i = 0, n;

	while (i < s.n && strchr("([*_ ", s.p[i]))
		i++;
	n = kill_whole_any(s, i, notes, ARRAY_LEN(notes));
	if (n)
		for (i += n; i < s.n && strchr(":- ", s.p[i]); i++)
			;
	*noted = n > 0;
	return kill_rest(s, i);
}

bool kill_goes_on(struct slice s)
{
	/* not "from history books", not "from behind our paywall" */
	static const char *const then[] = {".", ",", ";", ":", ")", " -",
	    " because ", " due to ", " after ", " as ", " at ", " pending ",
	    " following ", " while ", " owing to ", " over ", " by ",
	    " from our ", " from this ", " from the site",
	    " from the website", " from publication", " for legal ",
	    " for editorial reasons"};

	return !s.n || slice_starts_any(s, then, ARRAY_LEN(then));
}

/* "This story has been removed because ...": what a page says of itself, before
 * all else. */
static bool is_of_itself(struct slice body)
{
	static const char *const begin[] = {"this story has been ",
	    "this story was ", "this story is ", "this article has been ",
	    "this article was ", "this article is ", "we have "};
	static const char *const how[] = {"removed", "withdrawn", "retracted",
	    "taken down", "deleted", "unpublished", "killed"};
	static const char *const this[] = {"this story", "this article"};
	bool noted;
	struct slice s = kill_behind_note(body, &noted);
	size_t i = 0, k = 0, n;

	while (k < ARRAY_LEN(begin) && !slice_ibegins(s, begin[k]))
		k++;
	if (k == ARRAY_LEN(begin))
		return false;
	i = strlen(begin[k]);
	n = kill_whole_any(s, i, how, ARRAY_LEN(how));
	i += n;
	if (n && k == ARRAY_LEN(begin) - 1) { /* "We have removed this story" */
		n = kill_whole_any(s, i + 1, this, ARRAY_LEN(this));
		i += n + 1;
	}
	return n && kill_goes_on(kill_rest(s, i));
}

/* ---- both --------------------------------------------------------------------- */

/* What is said to editors takes back whatever it names. */
static bool tells_editors(struct slice s)
{
	return takes_back(s, anybodys, ARRAY_LEN(anybodys), true) ||
	    asks(s, anybodys, ARRAY_LEN(anybodys)) ||
	    kill_agency_tells(s);
}

/* "BC-Strait Talks, KILL EDITORS: ...": from "EDITORS" on. */
#define SLUG_BYTES 80
static struct slice behind_slug(struct slice body)
{
	long at = slice_find(slice_sub(body, 0, SLUG_BYTES), SLICE("KILL "), 0);

	if (at < 1 || !strchr(" -,", body.p[at - 1]) ||
	    !slice_istarts(slice_sub(body, (size_t)at + 5, body.n),
	    SLICE("EDITORS:")))
		return body;
	return slice_sub(body, (size_t)at + 5, body.n);
}

/* Of normal texts, whose words stand a space apart. */
static bool is_kill(struct slice title, struct slice body)
{
	static const char *const please[] = {"please ", "kindly "};
	struct slice editors = to_editors(body);
	size_t words = body.n > 0;
	bool back;

	for (size_t i = 0; i < body.n; i++)
		words += body.p[i] == ' ';
	if (words > NOTICE_WORDS)
		return false;
	if (kill_abroad(title, body, words <= BARE_WORDS) ||
	    kill_looks(title, KILL_ENOUGH) || kill_is_advisory(title) ||
	    tells_editors(editors) ||
	    (words <= BARE_WORDS && is_of_itself(body)))
		return true;
	back = takes_back(body, ours, ARRAY_LEN(ours), true) ||
	    takes_back(body, anybodys, ARRAY_LEN(anybodys), false);
	if (to_editors(title).n || editors.n || (kill_looks(title, KILL_HINT) &&
	    slice_starts_any(body, please, ARRAY_LEN(please))))
		back |= asks(body, ours, ARRAY_LEN(ours));
	if (kill_looks(title, KILL_HINT) || to_editors(title).n)
		back |= kill_agency_tells(body);
	if (kill_looks(title, KILL_HINT) || to_editors(title).n || editors.n)
		return back || we_take_back(body);
	return words <= BARE_WORDS && ((back && is_final(body)) ||
	    asks_named(body) || asks_named(title) ||
	    kill_agency_bare(title, body));
}

/* Every notice has one of these words; few other texts have. */
static bool may_be_kill(struct slice s)
{
	static const char *const words[] = {"kill", "withdr", "retract",
	    "disregard", "cancel", "annul", "substitute", "ignore", "removed",
	    "taken down", "deleted", "unpublished", "do not ", KILL_ABROAD};

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
		kill = is_kill(strbuf_slice(&t), behind_slug(
		    strbuf_slice(&b)));
	}
	strbuf_release(&t);
	strbuf_release(&b);
	return kill;
}
