/* What agencies put before and behind a text: notes, bylines, datelines, marks
 * of the end. */
#include "story/house.h"

#include "core/strbuf.h"
#include "core/utf8.h"

#define HEAD_TOKENS  18	  /* "By A B and C D, Associated Press Writers, PORT MORESBY, Papua New Guinea" has 15 */
#define CREDIT_BYTES 40	  /* "(Thomson Reuters Foundation)" */
#define NOTE_BYTES   500  /* "(Adds ...)", "Eds: ..." */
#define POINTS_BYTES 1500 /* a summary in points, "* Shares fall", before the dateline */
#define PLACE_LEAST  4	  /* letters of one word in capitals that is a place */
#define PLACE_MOST   3	  /* words of one */
#define TAIL_TOKENS  5
#define INITIALS_MOST 4
#define TAIL_BYTES   60

/* ---- words of a head -------------------------------------------------------------- */

static size_t after_blanks(struct slice s, size_t i)
{
	while (i < s.n && s.p[i] == ' ')
		i++;
	return i;
}

struct token {
	struct slice s; /* without the comma or colon behind it */
	size_t end;	/* of it and them, in the text */
	bool comma, colon;
};

/* The run of bytes that are no blank at or after i; false at the end. */
static bool next_token(struct slice text, size_t i, struct token *out)
{
	size_t from;

	from = i = after_blanks(text, i);
	while (i < text.n && text.p[i] != ' ')
		i++;
	if (from == i)
		return false;
	*out = (struct token){.s = slice_sub(text, from, i), .end = i};
	out->comma = out->s.p[out->s.n - 1] == ',';
	out->colon = out->s.p[out->s.n - 1] == ':';
	if (out->s.n > 1 && (out->comma || out->colon))
		out->s.n--;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

/* "LONDON", "DUBAI/PARIS", "N.Y.", "PORT-AU-PRINCE"; letters counts them. */
static bool all_capitals(struct slice s, size_t *letters)
{
	*letters = 0;
	for (size_t i = 0; i < s.n; i++) {
		if ((s.p[i] >= 'a' && s.p[i] <= 'z') || is_digit(s.p[i]))
			return false;
		*letters += is_capital(s.p[i]);
	}
	return *letters > 0;
}

static bool is_month(struct slice s)
{
	static const char *const names[] = {"january", "february", "march",
	    "april", "may", "june", "july", "august", "september", "october",
	    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul",
	    "aug", "sep", "sept", "oct", "nov", "dec", "ene", "abr", "ago",
	    "dic", "mars", "avril", "mai", "juin", "monday", "tuesday",
	    "wednesday", "thursday", "friday", "saturday", "sunday"};

	if (s.n && s.p[s.n - 1] == '.')
		s.n--;
	return slice_is_any(s, names, ARRAY_LEN(names));
}

/* "3", "3.", "1996" */
static bool is_day_or_year(struct slice s)
{
	if (s.n && s.p[s.n - 1] == '.')
		s.n--;
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n == 1 || s.n == 2 || s.n == 4;
}

/* "1996-08-20" */
static bool is_iso_day(struct slice s)
{
	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' &&
	    is_digit(s.p[0]) && is_digit(s.p[9]);
}

static bool is_link(struct slice s)
{
	static const char *const words[] = {"and", "de", "of", "la", "du",
	    "del", "et", "und", "y", "the", "in", "for", "am", "staff",
	    "agencies", "&", "-au-", "/"};

	return slice_is_any(s, words, ARRAY_LEN(words));
}

static bool is_dash(struct slice s)
{
	return slice_is(s, "-") || slice_is(s, "--") || slice_is(s, "_") ||
	    slice_is(s, "---");
}

/* ---- agencies ----------------------------------------------------------------------- */

/* Word by word as agencies sign: what stands in brackets begins with one. */
static bool is_agency(struct slice s)
{
	static const char *const names[] = {"Reuters", "Reuter", "REUTERS",
	    "REUTER", "Thomson Reuters", "AP", "Associated Press", "AFP",
	    "Agence France", "UPI", "PTI", "Press Trust", "ANI", "IANS", "UNI",
	    "dpa", "DPA", "Xinhua", "XINHUA", "Kyodo", "Yonhap", "TASS",
	    "Tass", "ITAR-TASS", "Itar-Tass", "RIA", "Interfax", "EFE", "ANSA",
	    "Bloomberg", "Bernama", "BERNAMA", "Antara", "ANTARA", "Anadolu",
	    "AA", "KUNA", "WAM", "SPA", "IRNA", "MENA", "CNA", "CNN", "CP",
	    "Canadian Press", "The Canadian Press", "PA", "AAP", "VNA", "NAN",
	    "PNA", "NHK", "BBC", "IPS", "JTA", "APA", "Dow Jones", "DJ",
	    "PRNewswire", "PR Newswire", "Business Wire", "BUSINESS WIRE",
	    "GLOBE NEWSWIRE", "Marketwire"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t n = strlen(names[i]);

		if (slice_starts(s, slice_of(names[i])) && (s.n == n ||
		    !cp_is_word((unsigned char)s.p[n])))
			return true;
	}
	return false;
}

/* "(AP)", "/TASS/": what stands in it, and *end behind it; p NULL: none. */
static struct slice bracketed(struct slice s, size_t at, size_t *end)
{
	char close = s.p[at] == '(' ? ')' : s.p[at] == '/' ? '/' : '\0';

	for (size_t i = at + 1; close && i < s.n && i - at < CREDIT_BYTES; i++)
		if (s.p[i] == close) {
			*end = i + 1;
			return slice_sub(s, at + 1, i);
		}
	return SLICE_NONE;
}

/* Behind the dash or colon that parts a dateline from the text at i; i: there
 * is none. */
static size_t after_mark(struct slice s, size_t i)
{
	static const char marks[] = ".:-_ ";
	size_t at = i;
	bool mark = false;

	while (at < s.n && strchr(marks, s.p[at])) {
		mark |= s.p[at] != ' ';
		at++;
	}
	return mark ? at : i;
}

/* ---- datelines ----------------------------------------------------------------------- */

/* What was read of one. */
struct head {
	size_t tokens, row, letters; /* row: of words in capitals, the last */
	bool by, first, place, date, comma; /* place: in capitals, before a comma */
};

/* Is it a dateline that a dash ends, without an agency? */
static bool tells_place(const struct head *h)
{
	if (!h->tokens || (!h->by && !h->first))
		return h->comma && h->date;
	if (h->comma && (h->place || h->date))
		return true;
	return h->row == 1 ? h->letters >= PLACE_LEAST :
	    h->row > 1 && (h->by || h->row <= PLACE_MOST);
}

/* "CORRECTION - ", "NOTE: " */
static bool is_label(struct slice s)
{
	static const char *const words[] = {"correction", "corrected",
	    "corrections", "repeat", "refile", "note", "update", "attention",
	    "factbox", "timeline", "analysis", "preview", "roundup", "total",
	    "editors", "refiling", "advisory", "watch", "breaking", "news"};

	return slice_is_any(s, words, ARRAY_LEN(words));
}

/* "(AP) _ ", "(Agency) - ", "(PTI) The": what is behind it, or 0. */
static size_t after_credit(struct slice s, size_t at, const struct head *h)
{
	size_t end = 0, to, letters;
	struct slice in = bracketed(s, at, &end);
	bool known = in.p && is_agency(in);
	bool place = h->place || h->row || h->date;

	if (!in.n)
		return 0;
	to = after_mark(s, end);
	if (to > end)
		return known || h->date ||
		    (place && h->first && !all_capitals(in, &letters)) ? to : 0;
	to = after_blanks(s, to);
	return known && place && to < s.n && (is_capital(s.p[to]) ||
	    is_digit(s.p[to]) || s.p[to] == '"') ? to : 0;
}

/* Takes a word of names, places and dates; false: it is none. */
static bool take(struct head *h, const struct token *t)
{
	size_t letters;
	bool capitals = all_capitals(t->s, &letters);

	if (!h->tokens) {
		h->by = slice_ieq(t->s, SLICE("by"));
		h->first = capitals && !h->by && !is_label(t->s);
	}
	h->tokens++;
	if (is_month(t->s) || is_iso_day(t->s)) {
		h->date = true;
	} else if (capitals && letters > 1) {
		h->row++;
		h->letters = letters;
	} else if (is_capital(t->s.p[0])) {
		h->place |= h->row > 0 && h->comma; /* "PORTLAND, Ore." */
		h->row = 0;
	} else if (!is_day_or_year(t->s) && !is_link(t->s) &&
	    t->s.p[0] != '[') {
		return false;
	}
	if (t->comma) {
		h->place |= h->row > 0;
		h->comma = true;
	}
	return true;
}

/* "LONDON, March 3 (Reuters) - ", with the byline before it: its bytes. */
static size_t dateline(struct slice s)
{
	struct head h = {0};
	struct token t;
	size_t at = 0;

	while (h.tokens < HEAD_TOKENS && next_token(s, at, &t)) {
		if (t.s.p[0] == '(' || t.s.p[0] == '/')
			return after_credit(s, (size_t)(t.s.p - s.p), &h);
		if (is_dash(t.s))
			return tells_place(&h) ? after_mark(s, at) : 0;
		if (!take(&h, &t))
			return 0;
		at = t.end;
		if (t.colon)
			return h.first && !h.by && tells_place(&h) ?
			    after_mark(s, at) : 0;
		if (is_iso_day(t.s) && h.first)
			return after_mark(s, at);
	}
	return 0;
}

bool house_datelined(struct slice sentence)
{
	size_t n = dateline(sentence);

	return n && n < sentence.n;
}

/* ---- bylines and notes ----------------------------------------------------------------- */

static bool is_role(struct slice s)
{
	static const char *const roles[] = {"writer", "writers", "reuters",
	    "correspondent", "correspondents", "reporter", "reporters",
	    "press", "agencies", "bureau"};

	return slice_is_any(s, roles, ARRAY_LEN(roles));
}

/* "By JANE ROE ", "By Jane Roe, Associated Press Writer ": its bytes. */
static size_t byline(struct slice s)
{
	struct head h = {0};
	struct token t;
	size_t at = 0, end = 0, letters;

	while (h.tokens < HEAD_TOKENS && next_token(s, at, &t) &&
	    take(&h, &t) && h.by && !h.date) {
		at = t.end;
		if (is_role(t.s) || (h.row > 1 && all_capitals(t.s, &letters)))
			end = at;
	}
	return end;
}

/* Where the mark behind a note ends; 0: there is none. */
static size_t note_end(struct slice s, struct slice mark)
{
	long at = slice_find(slice_sub(s, 0, NOTE_BYTES), mark, 0);

	return at < 0 ? 0 : (size_t)at + mark.n;
}

/* "(Adds details, background) ", "Eds: Updates with quotes. ", AFP's "ATTENTION -
 * ADDS quotes ///" */
static size_t note(struct slice s)
{
	static const char *const begins[] = {"(adds ", "(updates ", "(recasts",
	    "(corrects ", "(refiles ", "(repeats ", "(writes through",
	    "(releads", "(rewrites", "(new throughout", "(eds:", "(updating ",
	    "(adding ", "(with ", "(changes "};
	static const char *const lines[] = {"eds:", "^eds:", "eds: "};

	if (slice_starts_any(s, begins, ARRAY_LEN(begins)))
		return note_end(s, SLICE(")"));
	if (slice_ibegins(s, "attention - "))
		return note_end(s, SLICE("///"));
	return slice_starts_any(s, lines, ARRAY_LEN(lines)) ?
	    note_end(s, SLICE(". ")) : 0;
}

/* "* Shares fall * Sees growth (Reuters) - ": up to the dateline's end. */
static size_t points(struct slice s)
{
	struct slice head = slice_sub(s, 0, POINTS_BYTES);
	long at = slice_starts(s, SLICE("* ")) ?
	    slice_find(head, SLICE(") -"), 0) : -1;
	size_t open;

	if (at < 0)
		return 0;
	for (open = (size_t)at; open && s.p[open] != '('; open--)
		;
	return is_agency(slice_sub(s, open + 1, (size_t)at)) ?
	    after_mark(s, (size_t)at + 1) : 0;
}

struct slice house_agency(struct slice body)
{
	struct slice head = slice_sub(body, 0, house_head(body));
	size_t open = head.n, close;

	while (open && head.p[open - 1] != '(')
		open--;
	for (close = open; close < head.n && head.p[close] != ')'; close++)
		;
	head = slice_sub(head, open, close);
	return open && is_agency(head) ? head : SLICE_NONE;
}

bool house_updates(struct slice body)
{
	static const char *const others[] = {"(corrects ", "(refiles ",
	    "(repeats ", "(with "};

	return note(body) && !slice_starts_any(body, others,
	    ARRAY_LEN(others));
}

size_t house_head(struct slice body)
{
	size_t (*const parts[])(struct slice) = {note, points, dateline,
	    byline};
	size_t at = 0, n;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		at = after_blanks(body, at);
		n = parts[i](slice_sub(body, at, body.n));
		at += n;
		if (n && i == 1)
			break;
		if (n && parts[i] == dateline) {
			/* "(ANSA) - ROMA, 03 MAR - " */
			at += dateline(slice_sub(body, at, body.n));
			break;
		}
	}
	at = after_blanks(body, at);
	return at < body.n ? at : 0;
}

/* ---- the end -------------------------------------------------------------------------- */

static bool is_end(struct slice s)
{
	static const char *const alone[] = {"reuter", "reuters", "enditem",
	    "(end)", "endit", "nnnn", "-0-", "-30-", "(ends)"};

	return slice_is_any(s, alone, ARRAY_LEN(alone));
}

/* "AP-NY-03-04-87" */
static bool is_stamp(struct slice s)
{
	return slice_starts(s, SLICE("AP-")) && s.n > 8 &&
	    is_digit(s.p[s.n - 2]);
}

static bool ends_text(char c)
{
	return c == '.' || c == '"' || c == ')' || c == '!' || c == '?' ||
	    c == '\'';
}

/* Initials of who wrote and edited: "ABC XYZ", "js hs". */
static bool are_initials(struct slice s, size_t i)
{
	struct token t;
	size_t letters;

	for (; next_token(s, i, &t); i = t.end)
		if (t.s.n > INITIALS_MOST || (t.s.n == INITIALS_MOST &&
		    !all_capitals(t.s, &letters)))
			return false;
	return true;
}

/* Where the last line of the text begins, if that is no text; else n. */
static size_t last_line(struct slice s)
{
	size_t tokens = 0, i = s.n;

	while (i && tokens < TAIL_TOKENS && s.n - i < TAIL_BYTES) {
		size_t to = i;
		struct slice w;

		while (i && s.p[i - 1] != ' ')
			i--;
		w = slice_sub(s, i, to);
		tokens++;
		if (is_stamp(w) || (tokens == 1 && is_end(w)))
			return i;
		if (i < 2 || ends_text(s.p[to - 1]))
			return s.n;
		if (is_agency(w) && ends_text(s.p[i - 2]))
			return are_initials(s, to) ? i : s.n;
		i--;
	}
	return s.n;
}

size_t house_tail(struct slice body)
{
	size_t n = body.n, to;

	for (;;) {
		while (n && (body.p[n - 1] == ' ' || body.p[n - 1] == '<' ||
		    body.p[n - 1] == '='))
			n--;
		to = last_line(slice_sub(body, 0, n));
		if (to == n || !to)
			return to ? n : body.n;
		n = to;
	}
}
