/* What pages print around names, and in their place. */
#include "parser/name.h"

#include "parser/parser.h"

/* ---- what stands around a name ----------------------------------------------- */

static const char *const starts[] = {"by ", "by: ", "von ", "par ", "por ",
    "di ", "door ", "av ", "af ", "text: ", "text ", "autor: ", "author: ",
    "written by ", "written by: ", "story by ", "reported by ", "posted by ",
    "posted by: ", "from ", "tekst: ", "redaktion: ", "edited by ",
    "erstellt von ", "geschrieben von ", "ver\xc3\xb6""ffentlicht von ",
    "verfasst von ", "publiziert von ", "ein artikel von ", "artikel von ",
    "ein beitrag von ", "beitrag von ", "eine analyse von ",
    "ein kommentar von ", "eine kolumne von ", "about the author ",
    "about the author: ", "published by ", "article by ", "authored by ",
    "created by ", "words by ", "contributed by ", "submitted by ",
    "\xc3\xa9""crit par ", "publi\xc3\xa9 par ", "auteur: ", "auteur : ",
    "escrito por ", "publicado por ", "autora: ", "scritto da ",
    "pubblicato da ", "autore: ", "a cura di ", "geschreven door ",
    "skrevet av ", "skrevet af ", "skriven av ", "autor ", "tekst ", "interview: ",
	    "interview von ", "protokoll: ", "recipe by ", "guide by ", "text und fotos: ", "fotos und text: ",
    "profile image of ", "picture of ", "reporter: ", "contributor: "};

struct slice name_without_by(struct slice s)
{
	size_t i = 0;

	while (i < ARRAY_LEN(starts)) {
		if (!slice_istarts(s, slice_of(starts[i]))) {
			i++;
			continue;
		}
		s = slice_trim(slice_sub(s, strlen(starts[i]), s.n));
		i = 0; /* "Written by: By Jane Roe" */
	}
	return s;
}

/* "Jane Roe (jro)": an editor's mark. */
struct slice name_without_mark(struct slice s)
{
	size_t i = s.n;

	while (s.n && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ':') &&
	    memchr(s.p, ' ', s.n) && s.n > 8)
		s.n--;
	if (!s.n || s.p[s.n - 1] != ')')
		return s;
	i = s.n;
	while (i > 0 && s.p[i - 1] != '(')
		i--;
	return i > 4 && s.n - i < 8 ? slice_trim(slice_sub(s, 0, i - 1)) : s;
}

/* A label that stands for itself: nobody's name. */
bool name_is_label(struct slice s)
{
	static const char *const words[] = {"by", "von", "par", "por", "di",
	    "door", "av", "af", "text", "autor", "autoren", "author", "authors",
	    "auteur", "auteurs", "autore", "foto", "image", "photo", "the author",
	    "about the author", "written by", "posted by", "published by",
	    "article by", "recipe by", "guide by", "authored by", "created by", "words by", "story by",
	    "publiziert am", "publiziert von", "geschrieben von", "artikel von",
	    "ein artikel von", "ver\xc3\xb6""ffentlicht von", "erstellt von",
	    "verfasst von", "ver\xc3\xb6""ffentlicht am", "\xc3\xa9""crit par",
	    "publi\xc3\xa9 par", "escrito por", "publicado por", "scritto da",
	    "geschreven door", "skrevet av", "contributors", "contributor",
	    "more", "mehr", "learn more", "more posts", "vom", "view posts",
	    "weitere artikel", "alle artikel", "alle beitr\xc3\xa4ge", "read more", "view profile", "profile",
	    "profil", "bio", "posts", "author posts", "all posts", "insights from",
	    "role", "specialty", "corresponding author", "google scholar",
	    "community", "read bio", "website", "view all posts",
	    "show more", "guest", "anonymous", "unknown", "none", "null",
	    "undefined", "default", "administrator", "wordpress", "webmaster",
	    "twitter", "facebook", "linkedin", "instagram", "pubmed", "email",
	    "e-mail", "mail", "kontakt", "contact", "durch", "text von",
	    "get in touch", "iniciar sesi\xc3\xb3n", "corresponsal"};

	while (s.n && (s.p[s.n - 1] == ':' || s.p[s.n - 1] == ' '))
		s.n--;
	return slice_is_any(s, words, ARRAY_LEN(words));
}

/* What a page prints near a name, or puts in its place. */
bool name_is_interface(struct slice s)
{
	static const char *const bad[] = {"admin", "correspondent", "minutes",
	    "updated", "published", "comment", "subscribe", "follow", "share",
	    "photo", "view all", "see all", "author", "reviewed", "editorial"};

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return slice_has_any(s, bad, ARRAY_LEN(bad));
}

/* A desk or a team: the byline of what has no other. */
bool name_is_desk(struct slice s)
{
	static const char *const bad[] = {"staff", "editor", "reporter", "desk",
	    "news", "newsroom", "redaktion", "redazione",
	    "redacci\xc3\xb3n", "agencies", " team"};

	return slice_has_any(s, bad, ARRAY_LEN(bad));
}

/* What people are, where a byline says so behind their names. */
static bool is_role(struct slice word)
{
	static const char *const words[] = {"writer", "director", "founder",
	    "co-founder", "manager", "coordinator", "specialist", "consultant",
	    "strategist", "officer", "ceo", "cto", "cmo", "president",
	    "journalist", "journalistin", "redakteur", "redakteurin",
	    "contributor", "columnist", "blogger", "photographer", "marketing",
	    "content", "senior", "junior", "freelance", "associate",
	    "periodista", "redactor", "redactora", "giornalista", "journaliste",
	    "autorin", "chefredakteur", "chefredakteurin", "certified",
	    "bureau", "head", "coo", "cfo", "\xea\xb8\xb0\xec\x9e\x90"};

	return slice_is_any(word, words, ARRAY_LEN(words));
}

/* "Jane Roe Founder", "Jane Roe Senior Writer": the name alone; none where a
 * role is all there is. */
struct slice name_without_role(struct slice s)
{
	size_t from = 0, words = 0;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != ' ')
			continue;
		if (is_role(slice_sub(s, from, i)))
			return words >= 2 || (words == 1 && i == s.n &&
			    (unsigned char)s.p[0] >= 0xe0) ?
			    slice_trim(slice_sub(s, 0, from)) : SLICE_NONE;
		words++;
		from = i + 1;
	}
	return s;
}

/* "Jane Roe Jane Roe": a picture's and the printed one. */
struct slice name_once(struct slice s)
{
	size_t half = s.n / 2;

	return s.n > 6 && s.n % 2 && s.p[half] == ' ' && slice_eq(
	    slice_sub(s, 0, half), slice_sub(s, half + 1, s.n)) ?
	    slice_sub(s, 0, half) : s;
}

static bool is_day_word(struct slice s)
{
	static const char *const words[] = {"on", "am", "le", "el", "at", "den",
	    "op", "il", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
	    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
	    "sunday", "-", "\xe2\x80\x93", "\xe2\x80\x94", "|", "date",
	    "updated", "published", "posted", "last", "montag", "dienstag",
	    "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"};

	while (s.n && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ':' ||
	    s.p[s.n - 1] == '.'))
		s.n--;
	return !s.n || slice_is_any(s, words, ARRAY_LEN(words));
}

/* Where the last word of s begins. */
static size_t last_word(struct slice s)
{
	while (s.n && s.p[s.n - 1] != ' ' && s.p[s.n - 1] != '|')
		s.n--;
	return s.n;
}

static bool has_year(struct slice s)
{
	size_t run = 0, most = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.p[i] >= '0' && s.p[i] <= '9' ? run + 1 : 0;
		if (run > most)
			most = run;
	}
	return most == 4;
}

/* "Jane Roe, on Dec 2, 2025 | 4 min read": what stands before the date. */
struct slice name_before_date(struct slice s)
{
	struct pubtime t;
	struct err err;
	size_t at = 0;

	if (!has_year(s) || s.n > 118 || parser_date(s, NULL, &t, &err))
		return s;
	for (size_t i = 1; i < s.n; i++)
		if ((s.p[i - 1] == ' ' || s.p[i - 1] == '|') &&
		    !parser_date(slice_sub(s, i, s.n), NULL, &t, &err))
			at = i;
	if (!at)
		return s;
	s = slice_trim(slice_sub(s, 0, at));
	while (s.n && is_day_word(slice_sub(s, last_word(s), s.n))) {
		s.n = last_word(s);
		s.n -= s.n && s.p[s.n - 1] == '|';
		s = slice_trim(s);
	}
	return s;
}

/* "Jane Roe", "Maria de la Vega", and what has no capitals by its script. */
bool name_is_whole(struct slice s)
{
	size_t words = 0, capitals = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (i && s.p[i - 1] != ' ')
			continue;
		words++;
		capitals += c >= 0x80 || (c >= 'A' && c <= 'Z');
	}
	return (unsigned char)(s.n ? s.p[0] : 0) >= 0xe0 || (words >= 2 &&
	    words <= 4 && capitals >= 2 && capitals + 2 >= words);
}

/* Who reviewed, checked or pictured it did not write it. */
bool name_is_of_others(struct slice s)
{
	static const char *const words[] = {"reviewed by", "medically reviewed",
	    "fact checked", "fact-checked", "checked by", "photos by",
	    "photo by", "fotos:", "foto:", "illustration", "expert reviewer",
	    "translated by", "edited by"};

	return slice_has_any(s, words, ARRAY_LEN(words));
}
