#include "model/note.h"

#include "core/strbuf.h"

#define NOTE_MAX   600 /* bytes; a longer line is text */
#define LABEL_MAX  50  /* "Correction (March 1, 2024):" has 27 */
#define ERROR_MAX  200 /* of a note's beginning, where it says what was wrong */
#define BEFORE_MAX 48  /* "This Wednesday, September 30, 2020, story" has 41 */

/* ---- words ----------------------------------------------------------------- */

static bool letter_at(struct slice s, size_t i)
{
	unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';

	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static bool begins(struct slice s, const char *word)
{
	return slice_ibegins(s, word) && !letter_at(s, strlen(word));
}

static struct slice from(struct slice s, size_t i)
{
	return slice_trim(slice_sub(s, i, s.n));
}

/* The words of a list that s begins with, whole; their length, or 0. */
static size_t begins_any(struct slice s, const char *const *words, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (begins(s, words[k]))
			return strlen(words[k]);
	return 0;
}
#define BEGINS_ANY(s, words) begins_any(s, words, ARRAY_LEN(words))

/* Where one of them stands whole; *n is its length. -1: nowhere. */
static long find_any(struct slice s, const char *const *words, size_t words_n,
    size_t *n)
{
	for (size_t i = 0; i < s.n; i++) {
		if (i && letter_at(s, i - 1))
			continue;
		*n = begins_any(slice_sub(s, i, s.n), words, words_n);
		if (*n)
			return (long)i;
	}
	return -1;
}

static bool has_any(struct slice s, const char *const *words, size_t words_n)
{
	size_t n;

	return find_any(s, words, words_n, &n) >= 0;
}
#define HAS_ANY(s, words) has_any(s, words, ARRAY_LEN(words))

bool note_mark_at(struct slice s, size_t i)
{
	static const char *const marks[] = {":", "-", "/", ")", "]",
	    "\xe3\x80\x91", "(", "*", "\xe2\x80\x93", "\xe2\x80\x94",
	    "\xef\xbc\x9a"};

	if (i < s.n && s.p[i] == ' ')
		i++;
	return slice_starts_any(slice_sub(s, i, s.n), marks, ARRAY_LEN(marks));
}

size_t note_word_abroad(struct slice s)
{
	/* accented letters in both cases */
	static const char *const words[] = {"korrektur", "berichtigung",
	    "korrigiert", "berichtigt", "correctif", "rectificatif",
	    "corrig\xc3\xa9", "CORRIG\xc3\x89", "correcci\xc3\xb3n",
	    "CORRECCI\xc3\x93N", "correccion", "corregido", "corregida",
	    "rectificaci\xc3\xb3n", "RECTIFICACI\xc3\x93N", "fe de errores",
	    "fe de erratas", "corre\xc3\xa7\xc3\xa3o",
	    "CORRE\xc3\x87\xc3\x83O", "corrigido", "corrigida",
	    "retifica\xc3\xa7\xc3\xa3o", "RETIFICA\xc3\x87\xc3\x83O",
	    "errata corrige", "errata", "rettifica", "correzione",
	    "rectificatie", "correctie", "rettelse", "r\xc3\xa4ttelse",
	    "R\xc3\x84TTELSE", "oikaisu", "sprostowanie", "d\xc3\xbczeltme",
	    "D\xc3\x9cZELTME", "Уточнение", "УТОЧНЕНИЕ", "Исправление",
	    "ИСПРАВЛЕНИЕ", "更正", "訂正", "정정", "تصحيح"};

	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		if (slice_istarts(s, slice_of(words[k])) &&
		    note_mark_at(s, strlen(words[k])))
			return strlen(words[k]);
	return 0;
}

/* ---- what notes are about --------------------------------------------------- */

/* What a text is called. */
static const char *const texts[] = {"story", "article", "report", "item",
    "dispatch", "version", "headline", "caption", "post", "column", "review",
    "obituary", "newsletter", "graphic", "chart", "map", "photo", "page",
    "piece", "blog", "interview", "profile", "alert", "essay", "file",
    "transcript", "podcast", "video", "factbox", "table"};

/* Names where in the text, or how it was and is: "in paragraph 3", "to read",
 * "twelve sted eleven". */
static bool names_place(struct slice s)
{
	static const char *const places[] = {"paragraph", "paragraphs", "para",
	    "paras", "graf", "grafs", "headline", "headlines", "byline",
	    "dateline", "caption", "captions", "lede", "slug", "typo", "typos",
	    "spelling", "misspelling", "misspelled", "typographical", "sted",
	    "instead of", "to read", "to say", "to show", "to make clear",
	    "to clarify", "to fix", "to correct", "to reflect", "dropped word",
	    "dropped words", "extraneous", "first reference",
	    "second reference", "last sentence", "first sentence"};

	return HAS_ANY(s, places);
}

/* Somebody says it: ", says minister". */
static bool is_said(struct slice s)
{
	static const char *const said[] = {"says", "said", "say", "tells",
	    "told", "warns"};
	size_t n;
	long at = find_any(s, said, ARRAY_LEN(said), &n);

	return at > 1 && s.p[at - 1] == ' ' && (s.p[at - 2] == ',' ||
	    !letter_at(s, (size_t)at - 2) || (size_t)at + n == s.n);
}

/* Idioms of the news: "corrects course". */
static bool is_idiom(struct slice s)
{
	static const char *const idioms[] = {"course", "itself", "himself",
	    "herself", "themselves", "the record", "record", "lower", "higher",
	    "sharply", "after", "for"};

	return BEGINS_ANY(s, idioms) > 0;
}

/* ---- how they begin ----------------------------------------------------------- */

/* "Corrects number in paragraph 3", "Fixes typo in headline". framed: it stands in
 * brackets or behind "Eds:", where "Corrects company's name" is enough. */
static enum note_kind by_verb(struct slice s, bool framed)
{
	static const char *const strong[] = {"corrects", "refiles"};
	static const char *const enough[] = {"corrects", "refiles",
	    "correcting"};
	static const char *const past[] = {"corrected", "correct",
	    "refiled", "refiling", "fixes", "fixing", "removes", "deletes",
	    "drops", "amends", "restores"};
	size_t n = BEGINS_ANY(s, strong);

	if (n && names_place(s))
		return NOTE_CORRECTION;
	if (!framed)
		return NOTE_NONE;
	n = BEGINS_ANY(s, enough);
	if (n)
		return is_said(s) || is_idiom(from(s, n)) || from(s, n).n < 3 ?
		    NOTE_NONE : NOTE_CORRECTION;
	if (BEGINS_ANY(s, past) && names_place(s))
		return NOTE_CORRECTION;
	return begins(s, "clarifies") && names_place(s) ? NOTE_EDITORS :
	    NOTE_NONE;
}

/* "(Adds quotes, corrects number in paragraph 3)" */
static enum note_kind by_verb_within(struct slice s)
{
	static const char *const verbs[] = {"corrects", "refiles"};
	size_t n;
	long at = find_any(s, verbs, ARRAY_LEN(verbs), &n);

	return at > 1 && names_place(slice_sub(s, (size_t)at, s.n)) ?
	    NOTE_CORRECTION : NOTE_NONE;
}

/* "has been corrected to fix ...": not by a parliament, nor for inflation. */
static bool put_right(struct slice s)
{
	static const char *const been[] = {"has been", "has since been",
	    "has also been", "was", "have been", "is"};
	static const char *const right[] = {"corrected", "amended", "refiled",
	    "updated to correct", "changed to correct", "edited to correct",
	    "updated to fix", "revised to correct", "modified to correct"};
	static const char *const others[] = {"by", "for"};
	size_t n = BEGINS_ANY(s, been);

	if (!n)
		return false;
	s = from(s, n);
	n = BEGINS_ANY(s, right);
	return n && !BEGINS_ANY(from(s, n), others);
}

/* "This story was corrected to ...", "This Nov. 26 story corrects paragraph 4". */
static enum note_kind by_text(struct slice s, bool framed)
{
	static const char *const verbs[] = {"corrects", "refiles", "fixes"};
	struct slice before = slice_sub(s, 0, BEFORE_MAX);
	size_t n, at = 0;

	if (!begins(s, "this") && !begins(s, "the story") &&
	    !begins(s, "the headline"))
		return NOTE_NONE;
	for (;;) { /* "This photo caption": the last of them counts */
		long k = find_any(slice_sub(before, at, before.n), texts,
		    ARRAY_LEN(texts), &n);

		if (k < 0)
			return NOTE_NONE;
		at += (size_t)k + n;
		if (put_right(from(s, at)))
			return NOTE_CORRECTION;
		if (BEGINS_ANY(from(s, at), verbs))
			return names_place(s) || (framed && !is_said(s)) ?
			    NOTE_CORRECTION : NOTE_NONE;
	}
}

/* "An earlier version of this article ...", whatever it then says. */
static enum note_kind by_version(struct slice s)
{
	static const char *const versions[] = {"an earlier version of",
	    "a previous version of", "the original version of",
	    "a prior version of", "earlier versions of",
	    "previous versions of"};
	static const char *const which[] = {"this", "the", "our", "an", "a"};
	static const char *const errors[] = {"because of an", "due to an"};
	size_t n = BEGINS_ANY(s, errors), of;

	if (n) {
		long comma = slice_find(slice_sub(s, 0, 80), SLICE(","), 0);

		if (comma < 0 || slice_ifind(slice_sub(s, 0, (size_t)comma),
		    SLICE("error"), 0) < 0)
			return NOTE_NONE;
		s = from(s, (size_t)comma + 1);
	}
	if (begins(s, "in"))
		s = from(s, 2);
	n = BEGINS_ANY(s, versions);
	s = from(s, n);
	of = n ? BEGINS_ANY(s, which) : 0;
	return of && has_any(slice_sub(s, of, BEFORE_MAX), texts,
	    ARRAY_LEN(texts)) ? NOTE_EDITORS : NOTE_NONE;
}

/* "In a story March 1, The Associated Press erroneously reported ...": of itself. */
static enum note_kind by_error(struct slice s)
{
	static const char *const stories[] = {"in a story", "in stories",
	    "in some versions of a story", "in an article", "in a dispatch",
	    "in a news item", "in a headline", "in a photo caption"};
	static const char *const agencies[] = {"the associated press", "the ap",
	    "reuters", "agence france-presse", "afp", "bloomberg news",
	    "bloomberg", "united press international", "upi", "dpa", "we"};
	static const char *const errors[] = {"erroneously", "incorrectly",
	    "mistakenly", "reported erroneously", "reported incorrectly",
	    "misidentified", "misstated", "misspelled", "misattributed",
	    "misquoted"};
	struct slice first = slice_sub(s, 0, ERROR_MAX);
	size_t n;
	long at = BEGINS_ANY(s, stories) ? find_any(first, agencies,
	    ARRAY_LEN(agencies), &n) : -1;

	return at > 0 && BEGINS_ANY(from(s, (size_t)at + n), errors) ?
	    NOTE_CORRECTION : NOTE_NONE;
}

/* "Diese Meldung wurde korrigiert", "Cet article a été corrigé" */
static enum note_kind by_text_abroad(struct slice s)
{
	static const char *const these[] = {"diese meldung wurde",
	    "dieser artikel wurde", "dieser text wurde", "dieser beitrag wurde",
	    "cet article a \xc3\xa9t\xc3\xa9",
	    "cette d\xc3\xa9p\xc3\xaa" "che a \xc3\xa9t\xc3\xa9",
	    "este art\xc3\xad" "culo ha sido", "esta nota ha sido",
	    "esta noticia ha sido", "esta reportagem foi", "este texto foi",
	    "questo articolo \xc3\xa8 stato", "dit artikel is"};
	static const char *const roots[] = {"korrigiert", "berichtigt",
	    "corrig", "rectifi", "correg", "corret", "gecorrigeerd",
	    "gerectificeerd"};

	return slice_starts_any(s, these, ARRAY_LEN(these)) &&
	    slice_has_any(slice_sub(s, 0, 100), roots, ARRAY_LEN(roots)) ?
	    NOTE_CORRECTION : NOTE_NONE;
}

/* Where a label that may hold a date ends: "Correction (March 1):", or 0. */
static size_t label_end(struct slice s, size_t n)
{
	size_t i = n;

	if (i < s.n && s.p[i] == ' ')
		i++;
	if (i < s.n && (s.p[i] == '(' || s.p[i] == ',' || s.p[i] == '['))
		while (i < s.n && i < LABEL_MAX && s.p[i] != ':')
			i++;
	if (i < s.n && i < LABEL_MAX && s.p[i] == ':')
		return i + 1;
	return n < s.n && s.p[n] == ' ' && note_mark_at(s, n) &&
	    !strchr("/)](*", s.p[n + 1]) ? n + 2 : 0;
}

/* "Correction: ...", "Corrections & Clarifications: ..." */
static enum note_kind by_label(struct slice s)
{
	static const struct {
		const char *label;
		enum note_kind kind;
	} labels[] = {
		{"corrections & clarifications", NOTE_CORRECTION},
		{"corrections and clarifications", NOTE_CORRECTION},
		{"correction & clarification", NOTE_CORRECTION},
		{"correction and clarification", NOTE_CORRECTION},
		{"correction", NOTE_CORRECTION},
		{"corrections", NOTE_CORRECTION},
		{"corrected", NOTE_CORRECTION}, {"refile", NOTE_CORRECTION},
		{"erratum", NOTE_CORRECTION}, {"clarification", NOTE_EDITORS},
		{"clarifications", NOTE_EDITORS},
	};

	for (size_t k = 0; k < ARRAY_LEN(labels); k++)
		if (begins(s, labels[k].label) &&
		    label_end(s, strlen(labels[k].label)))
			return labels[k].kind;
	return note_word_abroad(s) ? NOTE_CORRECTION : NOTE_NONE;
}

/* ---- what stands around them ---------------------------------------------------- */

/* "*", "_", "^" and "///" that editors and Markdown set around a line. */
static struct slice unmarked(struct slice s)
{
	s = slice_trim(s);
	while (s.n && strchr("*_^", s.p[0]))
		s = from(s, 1);
	while (s.n && strchr("*_/", s.p[s.n - 1]))
		s = slice_trim(slice_sub(s, 0, s.n - 1));
	return s;
}

/* Takes brackets away that hold the whole line. */
static bool bracketed(struct slice *s)
{
	size_t n = s->n, depth = 0;

	if (n && s->p[n - 1] == '.')
		n--;
	if (n < 2 || !strchr("([", s->p[0]) || !strchr(")]", s->p[n - 1]))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (strchr("([", s->p[i]))
			depth++;
		else if (strchr(")]", s->p[i]) && --depth == 0 && i + 1 < n)
			return false;
	}
	*s = slice_trim(slice_sub(*s, 1, n - 1));
	return true;
}

/* Takes "Eds: " away. */
static bool for_editors(struct slice *s)
{
	static const char *const labels[] = {"eds:", "editors:",
	    "attention editors:", "attn editors:", "note to editors:",
	    "eds. note:", "desk:", "attention -", "note:"};

	for (size_t k = 0; k < ARRAY_LEN(labels); k++)
		if (slice_ibegins(*s, labels[k])) {
			*s = from(*s, strlen(labels[k]));
			return true;
		}
	return false;
}

/* Takes "Editor's note:" away. */
static bool by_editor(struct slice *s)
{
	static const char *const labels[] = {"editor's note",
	    "editors' note", "editor\xe2\x80\x99s note",
	    "editors\xe2\x80\x99 note", "ed. note", "ed note"};
	size_t n = BEGINS_ANY(*s, labels);

	if (!n)
		return false;
	*s = from(*s, n);
	while (s->n && strchr(":- ", s->p[0]))
		*s = from(*s, 1);
	return true;
}

/* "UPDATE: This story was corrected to ..." */
static struct slice without_update(struct slice s)
{
	return begins(s, "update:") ? from(s, strlen("update:")) : s;
}

enum note_kind note_kind(struct slice line)
{
	struct slice s;
	bool framed, eds, editor;
	enum note_kind kind;

	if (line.n > NOTE_MAX)
		return NOTE_NONE;
	s = unmarked(line);
	framed = bracketed(&s);
	eds = for_editors(&s);
	editor = by_editor(&s);
	framed |= eds || editor;
	kind = by_label(s);
	if (!kind)
		kind = by_verb(s, framed);
	if (!kind && framed)
		kind = by_verb_within(s);
	if (!kind)
		kind = by_text(without_update(s), framed);
	if (!kind)
		kind = by_version(without_update(s));
	if (!kind)
		kind = by_error(s);
	if (!kind)
		kind = by_text_abroad(s);
	return !kind && editor ? NOTE_EDITORS : kind;
}

bool note_is_no_headline(struct slice line)
{
	struct slice s = unmarked(line);

	return note_kind(line) && (bracketed(&s) || for_editors(&s) ||
	    by_text(without_update(s), false) ||
	    by_version(without_update(s)) || by_error(s));
}

/* ---- in a body ---------------------------------------------------------------- */

#define ENDS 4 /* lines at the top and the end: below a note stand those who wrote */

struct line {
	struct slice s;	  /* trimmed */
	size_t from, to;  /* in the body, with the blank lines behind it */
	bool opens, ends; /* what is before it has ended; so has it */
};

/* Is it the end of what was said? Bodies may be wrapped, and then a line is not. */
static bool is_ended(struct slice s)
{
	return s.n && strchr(".!?\"')]*_", s.p[s.n - 1]);
}

/* The line of the body that begins at x->to; false behind the last. */
static bool next_line(struct slice body, struct line *x)
{
	size_t i = x->to, feeds = 0, at;

	x->opens = x->ends;
	x->from = i;
	while (i < body.n && body.p[i] != '\n')
		i++;
	x->s = slice_trim(slice_sub(body, x->from, i));
	for (at = i; i < body.n && strchr("\n\r\t ", body.p[i]); i++)
		if (body.p[i] == '\n') {
			feeds++;
			at = i + 1;
		}
	x->ends = is_ended(x->s) || feeds != 1 || i > at; /* indented */
	x->to = i == body.n ? i : at;
	return x->from < body.n;
}

static size_t count_lines(struct slice body)
{
	struct line x = {.ends = true};
	size_t n = 0;

	while (next_line(body, &x))
		n++;
	return n;
}

/* The article's own headline, or what may be it where it has none. */
static bool is_headline(const struct article *art, size_t i, struct slice s)
{
	return slice_ieq(s, art->title) ||
	    (!i && !art->title.n && !note_is_no_headline(s));
}

void note_take(struct article *art, struct arena *a)
{
	struct slice body = slice_trim(art->body), note = SLICE_NONE;
	struct strbuf kept = STRBUF_INIT;
	enum note_kind best = NOTE_NONE;
	size_t n = count_lines(body);
	struct line x = {.ends = true};

	for (size_t i = 0; !art->note.n && next_line(body, &x); i++) {
		bool near = i < ENDS || i + ENDS >= n;
		enum note_kind kind = near && x.opens && x.ends &&
		    !is_headline(art, i, x.s) ? note_kind(x.s) : NOTE_NONE;

		if (!kind)
			strbuf_addsl(&kept, slice_sub(body, x.from, x.to));
		if (kind > best) {
			note = x.s;
			best = kind;
		}
	}
	if (best && slice_trim(strbuf_slice(&kept)).n) {
		art->note = arena_slice(a, note);
		art->body = arena_slice(a, slice_trim(strbuf_slice(&kept)));
	}
	strbuf_release(&kept);
}
