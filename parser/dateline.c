/* Visible lines that say who, where, when: metadata, not text. */
#include "core/utf8.h"
#include "model/note.h"
#include "parser/evidence.h"

#define LINE_MAX 400 /* bytes; a longer line is text */
#define PLACE_MAX 60
#define ANYWHERE 1     /* weights of a byline */
#define BESIDE_TITLE 2
#define EARLY	 4 /* the first paragraphs, in which a dateline may lead */

/* ---- parts of a line ---------------------------------------------------------------- */

struct parts {
	struct slice s[16];
	size_t n;
};

/* Length of a separator at i ("|", "·", "•", " - ", " / ", newline), or 0. */
static size_t separator(struct slice s, size_t i)
{
	static const char *const marks[] = {"|", "\xc2\xb7", "\xe2\x80\xa2",
	    "\n", " \xe2\x80\x93 ", " \xe2\x80\x94 "};
	static const bool can_part[256] = {['|'] = true, ['\n'] = true,
	    [0xc2] = true, [0xe2] = true, [' '] = true};

	if (!can_part[(unsigned char)s.p[i]] || (s.p[i] == ' ' &&
	    i + 1 < s.n && s.p[i + 1] != '\xe2'))
		return 0;
	for (size_t k = 0; k < ARRAY_LEN(marks); k++)
		if (marks[k][0] == s.p[i] &&
		    slice_starts(slice_sub(s, i, s.n), slice_of(marks[k])))
			return strlen(marks[k]);
	return 0;
}

static void split(struct slice s, struct parts *p)
{
	size_t from = 0;

	p->n = 0;
	for (size_t i = 0; i <= s.n && p->n < ARRAY_LEN(p->s);) {
		size_t n = i < s.n ? separator(s, i) : 1;
		struct slice x;

		if (!n) {
			i++;
			continue;
		}
		x = slice_trim(slice_sub(s, from, i));
		if (x.n)
			p->s[p->n++] = x;
		i += n;
		from = i;
	}
}

/* ---- labels ---------------------------------------------------------------------------- */

static const struct {
	const char *label;
	enum claim_field field;
} labels[] = {
	{"last updated", CLAIM_UPDATED}, {"updated", CLAIM_UPDATED},
	{"update", CLAIM_UPDATED}, {"last modified", CLAIM_UPDATED},
	{"modified", CLAIM_UPDATED}, {"aktualisiert", CLAIM_UPDATED},
	{"mis à jour", CLAIM_UPDATED}, {"actualizado", CLAIM_UPDATED},
	{"aggiornato", CLAIM_UPDATED}, {"atualizado", CLAIM_UPDATED},
	{"bijgewerkt", CLAIM_UPDATED}, {"uppdaterad", CLAIM_UPDATED},
	{"created", CLAIM_CREATED}, {"published", CLAIM_CREATED},
	{"first published", CLAIM_CREATED}, {"publication", CLAIM_CREATED},
	{"posted", CLAIM_CREATED}, {"issued", CLAIM_CREATED},
	{"date", CLAIM_CREATED}, {"publié", CLAIM_CREATED},
	{"veröffentlicht", CLAIM_CREATED}, {"publicado", CLAIM_CREATED},
	{"pubblicato", CLAIM_CREATED}, {"gepubliceerd", CLAIM_CREATED},
	{"publicerad", CLAIM_CREATED},
};

/* The label that s begins with; *rest is what follows it. */
static bool labelled(struct slice s, enum claim_field *field,
    struct slice *rest)
{
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		size_t n;

		if (!slice_ibegins(s, labels[i].label))
			continue;
		n = strlen(labels[i].label);
		if (s.n == n)
			continue;
		*field = labels[i].field;
		*rest = slice_trim(slice_sub(s, n, s.n));
		while (rest->n && (rest->p[0] == ':' || rest->p[0] == ' '))
			rest->p++, rest->n--;
		return true;
	}
	return false;
}

static bool is_date(const struct evidence *e, struct slice s)
{
	struct pubtime t;
	struct err err;

	return s.n >= 6 && s.n < 80 && !parser_date(s, e->in->zone, &t, &err);
}

/* "Published: Nov 26, 2020", "Updated 14:22 IST, 26 Nov 2020", a bare date. */
static bool date_part(struct evidence *e, struct slice s)
{
	enum claim_field field;
	struct slice rest;

	if (labelled(s, &field, &rest) && is_date(e, rest)) {
		evidence_add_time(e, field, WITNESS_LINE, 3, rest, "date line");
		return true;
	}
	if (s.p[0] >= '0' && s.p[0] <= '9' && is_date(e, s)) {
		/* anywhere in the page: printed.c knows which is near */
		evidence_add_time(e, CLAIM_CREATED, WITNESS_LINE, -4, s,
		    "date line");
		return true;
	}
	return false;
}

/* ---- bylines ---------------------------------------------------------------------------- */

static const char *const by_words[] = {"by ", "by: ", "von ", "par ", "por ",
    "di ", "door ", "av ", "af ", "story by ", "written by ", "reported by ",
    "words by ", "posted by ", "author: ", "autor: ", "auteur: ", "written by: ",
    "text: ", "\xc3\xa9""crit par ", "escrito por ", "geschreven door ",
    "geschrieben von ", "verfasst von ", "ver\xc3\xb6""ffentlicht von ",
    "contributors: ", "contributor: ", "reporter: ", "article by "};

static bool looks_like_names(struct slice s)
{
	size_t words = 1, capitals = 0;

	if (!s.n || s.n > 120)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool starts = !i || s.p[i - 1] == ' ';

		words += s.p[i] == ' ';
		if (starts && ((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
		    (unsigned char)s.p[i] >= 0xc3))
			capitals++;
		if (s.p[i] == '.' && i + 1 == s.n && words > 4)
			return false;
	}
	return capitals * 2 >= words && words <= 14;
}

static bool by_part(struct evidence *e, struct slice s, int weight)
{
	for (size_t i = 0; i < ARRAY_LEN(by_words); i++) {
		struct slice rest;

		if (!slice_ibegins(s, by_words[i]))
			continue;
		rest = slice_trim(slice_sub(s, strlen(by_words[i]), s.n));
		if (!looks_like_names(rest))
			return false;
		evidence_add(e, CLAIM_BYLINE, WITNESS_LINE, weight, rest,
		    "byline");
		return true;
	}
	return false;
}

void dateline_byline(struct evidence *e, struct slice line,
    struct slice next)
{
	struct parts p;
	struct slice word = line;

	split(line, &p);
	for (size_t i = 0; i < p.n; i++)
		if (by_part(e, p.s[i], BESIDE_TITLE))
			return;
	/* "<span>By</span><span>Jane Roe</span>" */
	if (line.n > 3 && slice_starts(line, SLICE("By")) && line.p[2] >= 'A' &&
	    line.p[2] <= 'Z') {
		word = slice_sub(p.s[0], 2, p.s[0].n);
		if (looks_like_names(word))
			evidence_add(e, CLAIM_BYLINE, WITNESS_LINE,
			    BESIDE_TITLE, word, "byline");
		return;
	}
	while (word.n && (word.p[word.n - 1] == ':' ||
	    word.p[word.n - 1] == ' '))
		word.n--;
	for (size_t i = 0; i < ARRAY_LEN(by_words); i++) {
		struct slice w = slice_trim(slice_of(by_words[i]));

		if (slice_ieq(word, w) && looks_like_names(next)) {
			evidence_add(e, CLAIM_BYLINE, WITNESS_LINE,
			    BESIDE_TITLE, next, "byline");
			return;
		}
	}
}

/* ---- notes ------------------------------------------------------------------------------- */

bool dateline_note(struct evidence *e, struct slice line)
{
	enum note_kind kind = note_kind(line);

	if (kind)
		evidence_add(e, CLAIM_NOTE, WITNESS_LINE,
		    kind == NOTE_CORRECTION ? 4 : 3, slice_trim(line), "note");
	return kind != NOTE_NONE;
}

/* ---- datelines that lead the text ----------------------------------------------------- */

/* "SEOUL" -> "Seoul"; "Seoul" as it is. */
static struct slice proper_case(struct arena *a, struct slice s)
{
	char *p = arena_copy(a, s.p, s.n);
	bool lower = false;

	for (size_t i = 0; i < s.n; i++)
		lower |= p[i] >= 'a' && p[i] <= 'z';
	for (size_t i = 1; !lower && i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z' && p[i - 1] != ' ' &&
		    p[i - 1] != '-' && p[i - 1] != '.')
			p[i] = (char)(p[i] + 32);
	return (struct slice){p, s.n};
}

/* Where the dash or colon of a dateline ends its first words, or -1. */
static long dateline_end(struct slice s)
{
	static const char *const ends[] = {") -", ") \xe2\x80\x94",
	    ") \xe2\x80\x93", "): ", ")- ", ") \xe2\x80\x92"};
	long best = -1;

	s = slice_sub(s, 0, 100);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		long at = slice_find(s, slice_of(ends[i]), 0);

		if (at >= 0 && (best < 0 || at < best))
			best = at;
	}
	return best;
}

/* "SEOUL, Nov 26 (Reuters) -": place before the first comma or bracket. */
static void leading_dateline(struct evidence *e, struct slice s)
{
	long end = dateline_end(s);
	struct slice head, place, credit;
	const char *open;
	size_t n = 0;

	if (end < 0)
		return;
	head = slice_sub(s, 0, (size_t)end);
	open = memchr(head.p, '(', head.n);
	if (!open)
		return;
	credit = credit_find(slice_sub(head, (size_t)(open - head.p), head.n));
	if (!credit.p)
		return;
	evidence_add(e, CLAIM_CREDIT, WITNESS_LINE, 3, credit, "dateline");
	while (n < head.n && head.p[n] != ',' && head.p[n] != '(')
		n++;
	place = slice_trim(slice_sub(head, 0, n));
	if (place.n && place.n <= PLACE_MAX && place.p[0] >= 'A')
		evidence_add(e, CLAIM_PLACE, WITNESS_LINE, 3,
		    proper_case(e->arena, place), "dateline");
}

/* ---- the line ------------------------------------------------------------------------------ */

/* A part that is an agency's name and little else. */
static bool credit_part(struct evidence *e, struct slice s)
{
	struct slice c = s.n <= 40 ? credit_find(s) : SLICE_NONE;

	if (!c.p)
		return false;
	evidence_add(e, CLAIM_CREDIT, WITNESS_LINE, 2, c, "metadata line");
	return true;
}

/* Beside an agency and a date, a short capitalised part is the place. */
static void place_part(struct evidence *e, struct slice s)
{
	if (s.n < 2 || s.n > 40 || s.p[0] < 'A' ||
	    slice_find(s, SLICE(":"), 0) >= 0)
		return;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return;
	evidence_add(e, CLAIM_PLACE, WITNESS_LINE, 2, proper_case(e->arena, s),
	    "metadata line");
}

static bool metadata_line(struct evidence *e, struct slice line)
{
	struct parts p;
	size_t dates = 0, credits = 0, names = 0;
	bool used[ARRAY_LEN(p.s)] = {false};

	split(line, &p);
	for (size_t i = 0; i < p.n; i++) {
		if (date_part(e, p.s[i]))
			dates++;
		else if (by_part(e, p.s[i], ANYWHERE))
			names++;
		else if (p.n > 1 && credit_part(e, p.s[i]))
			credits++;
		else
			continue;
		used[i] = true;
	}
	if (dates && p.n > 1 && p.n <= 6)
		for (size_t i = 0; i < p.n; i++)
			if (!used[i] && credits)
				place_part(e, p.s[i]);
	return (dates && p.n <= 8) || (names && p.n <= 4);
}

bool dateline_metadata(struct evidence *e, struct slice line, size_t index)
{
	line = slice_trim(line);
	if (!line.n)
		return true;
	if (index < EARLY)
		leading_dateline(e, line);
	if (line.n > LINE_MAX)
		return false;
	return metadata_line(e, line);
}

bool dateline_line(struct evidence *e, struct slice line, size_t index)
{
	return dateline_note(e, line) || dateline_metadata(e, line, index);
}
