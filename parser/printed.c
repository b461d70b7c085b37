/*
 * Dates that a page prints for its readers where no attribute names them: in
 * a short line beside the title or behind the text, or in the URL.
 */
#include "parser/blocks.h"
#include "parser/evidence.h"

#define BEFORE_TITLE 4	 /* blocks */
#define BEHIND_TEXT  6
#define LINE_MAX     160 /* bytes; a longer one is text */
#define DATE_MAX     118 /* bytes that parser_date reads */
#define SHORT_LINE   48	 /* a date and little else */
#define BEHIND_TITLE 24	 /* blocks */
#define FAR	     -1	 /* weight of a date anywhere in the page */
#define FAR_BLOCKS   600
#define FAR_LINE     80
#define DAY_LEAST    8	 /* bytes: "1.1.2020" */
#define LEAD_BYTES   70	 /* "Press release of 26 November 2020, Port Halden |" */
#define FIRST_BYTES  30	 /* "Wednesday, 26 November 2020" and a bullet */

static bool says_updated(struct slice s)
{
	static const char *const words[] = {"updat", "aktualis", "last ",
	    "letzt", "zuletzt", "ndert", "edited", "modif", "mis \xc3\xa0 jour",
	    "actualiz", "aggiorn", "atualiz", "bijgewerkt", "ppdater",
	    "redigert", "revis"};

	return slice_has_any(s, words, ARRAY_LEN(words));
}

/* What is quoted, cited, or about others has dates of its own. */
static bool says_other(struct slice s)
{
	static const char *const words[] = {"abgerufen", "retrieved", "accessed",
	    "born", "geboren", "valid", "joined", "deadline", "until", " bis ", " bis:", "verf\xc3\xbcgbar",
	    "n\xc3\xa4""chste", "findet"};

	return slice_has_any(s, words, ARRAY_LEN(words));
}

static bool has_digits(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] >= '0' && s.p[i] <= '9';
	return n >= 4;
}

/* Whole characters of the first bytes. */
static struct slice beginning(struct slice s)
{
	size_t n = s.n < DATE_MAX ? s.n : DATE_MAX;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return slice_sub(s, 0, n);
}

/* "Last changed: 31.10.2023, 14:49 Published: 01.11.2023", "August 16, 2019
 * (updated July 9, 2025)": one line may hold both. */
static bool labelled_dates(struct evidence *e, enum witness w, struct slice s,
    int weight)
{
	static const struct {
		const char *word;
		enum claim_field field;
	} labels[] = {{"erschienen am", CLAIM_CREATED},
	    {"ver\xc3\xb6""ffentlicht", CLAIM_CREATED},
	    {"published", CLAIM_CREATED}, {"posted", CLAIM_CREATED},
	    {"created", CLAIM_CREATED}, {"publi\xc3\xa9", CLAIM_CREATED},
	    {"publicado", CLAIM_CREATED}, {"pubblicato", CLAIM_CREATED},
	    {"erstellt", CLAIM_CREATED}, {"datum", CLAIM_CREATED},
	    {"letzte \xc3\xa4nderung", CLAIM_UPDATED},
	    {"updated", CLAIM_UPDATED}, {"aktualisier", CLAIM_UPDATED}};
	size_t before = e->claims_n;
	bool created = false;
	long first = -1;

	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		long at = slice_ifind(s, slice_of(labels[i].word), 0);

		if (at < 0)
			continue;
		created |= labels[i].field == CLAIM_CREATED;
		first = first < 0 || at < first ? at : first;
		evidence_add_time(e, labels[i].field, w, weight,
		    beginning(slice_sub(s, (size_t)at + strlen(labels[i].word),
		    s.n)), "printed date");
	}
	if (!created && first >= DAY_LEAST)
		evidence_add_time(e, CLAIM_CREATED, w, weight, beginning(
		    slice_sub(s, 0, (size_t)first)), "printed date");
	return e->claims_n > before;
}

void printed_marked(struct evidence *e, struct slice s, bool updated)
{
	size_t before = e->claims_n;

	if (!updated)
		labelled_dates(e, WITNESS_MICRO, s, 1);
	if (e->claims_n == before)
		evidence_add_time(e, updated || says_updated(s) ?
		    CLAIM_UPDATED : CLAIM_CREATED, WITNESS_MICRO, 1, s,
		    "date element");
}

/* What stands before a word of comments or rights: "May 3, 2011 | 5 comments"
 * says when the page was published, "5 comments | May 3, 2011" does not. */
static struct slice before_others(struct slice s)
{
	static const char *const words[] = {"copyright", "\xc2\xa9", "comment",
	    "kommentar"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		long at = slice_ifind(s, slice_of(words[i]), 0);

		if (at >= 0)
			s = slice_sub(s, 0, (size_t)at);
	}
	return s;
}

/* "This entry was posted on Tuesday, May 3rd, 2011 at 10:00 and is filed under
 * ...": a sentence of templates, as long as its list of topics. */
static struct slice of_template(struct slice s)
{
	static const char *const words[] = {"this entry was", "this post was",
	    "this article was", "dieser beitrag wurde", "dieser artikel wurde",
	    "dieser eintrag wurde"};

	return slice_starts_any(s, words, ARRAY_LEN(words)) ? beginning(s) : s;
}

/* weight: of the claim, where the line is no longer than a date. */
static bool line(struct evidence *e, struct slice s, int weight)
{
	size_t before = e->claims_n;

	s = of_template(before_others(s));
	if (s.n < 6 || s.n > LINE_MAX || !has_digits(s) || says_other(s))
		return false;
	if (!labelled_dates(e, WITNESS_LINE, s, weight)) {
		s = beginning(s);
		evidence_add_time(e, says_updated(s) ? CLAIM_UPDATED :
		    CLAIM_CREATED, WITNESS_LINE, weight - (s.n > SHORT_LINE),
		    s, "printed date");
	}
	return e->claims_n > before;
}

/* "Datum: 22.12.2012, Rubrik: USA" */
static bool labelled(struct slice s)
{
	static const char *const words[] = {"date", "datum", "publi", "posted",
	    "erschienen", "ver\xc3\xb6""ffentlicht", "vom ", "stand", "fecha",
	    "data", "on ", "am ", "le ", "this page was last",
	    "diese seite wurde zuletzt", "cette page a", "page last",
	    "last modified", "last edited", "last updated", "zuletzt"};

	return slice_starts_any(s, words, ARRAY_LEN(words));
}

static size_t title_at(const struct blocks *x, size_t from,
    struct slice title)
{
	for (size_t i = 0; title.n && i <= from && i < x->n; i++)
		if (x->b[i].heading && slice_eq(x->b[i].text, title))
			return i;
	return from;
}

/* Does anything but the page's farther lines say when it was published? */
static bool dated(const struct evidence *e)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_CREATED &&
		    e->claims[i].time.at != TIME_NONE &&
		    e->claims[i].weight > FAR)
			return true;
	return false;
}

/* Is there a date in its first bytes? */
static bool date_first(struct slice s)
{
	struct pubtime t;
	struct err err;
	size_t n = s.n < FIRST_BYTES ? s.n : FIRST_BYTES;

	while (n > 0 && n < s.n && s.p[n] != ' ')
		n--;
	return !parser_date(slice_sub(s, 0, n), NULL, &t, &err);
}

/* A page with no other date: one before its title's words, else the first
 * line with a label, else the first that is a date and little else. */
static void anywhere(struct evidence *e, const struct blocks *x,
    struct slice title)
{
	if (date_first(title) && line(e, beginning(title), FAR))
		return;
	for (size_t i = 0, n = e->claims_n; i < n; i++)
		if (e->claims[i].field == CLAIM_TITLE &&
		    e->claims[i].witness == WITNESS_META &&
		    date_first(e->claims[i].text) &&
		    line(e, beginning(e->claims[i].text), FAR))
			return;
	for (size_t i = 0; i < x->n && i < FAR_BLOCKS; i++)
		if (labelled(x->b[i].text) && x->b[i].text.n <= FAR_LINE &&
		    line(e, x->b[i].text, FAR))
			return;
	for (size_t i = 0; i < x->n && i < FAR_BLOCKS; i++)
		if ((x->b[i].text.n <= SHORT_LINE || date_first(x->b[i].text)) &&
		    line(e, x->b[i].text, FAR))
			return;
}

/* "(18.01.2018) Ministers of two coastal states ...", "Port Halden, 18 January
 * 2018 - Ministers ..." */
static void lead_date(struct evidence *e, struct slice s)
{
	static const char *const signs[] = {" | ", " \xe2\x80\x93 ",
	    " \xe2\x80\x94 ", " - "};
	long end = slice_find(slice_sub(s, 0, SHORT_LINE), SLICE(")"), 0);

	if (end > 0 && s.p[0] == '(') {
		line(e, slice_sub(s, 1, (size_t)end), 1);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		end = slice_find(slice_sub(s, 0, LEAD_BYTES),
		    slice_of(signs[i]), 0);
		if (end > 0 && line(e, slice_sub(s, 0, (size_t)end), 1))
			return;
	}
}

void printed_dates(struct evidence *e, const struct blocks *x, size_t from,
    size_t to, struct slice title)
{
	size_t at = title_at(x, from, title), i;

	for (i = at > BEFORE_TITLE ? at - BEFORE_TITLE : 0; i < x->n &&
	    i <= from + 1 && i <= at + BEHIND_TITLE; i++)
		if (!block_is_list(&x->b[i]) && i != at)
			line(e, x->b[i].text, 2);
	for (i = at; i < x->n && i <= from + 1 && i <= at + BEHIND_TITLE; i++)
		if (x->b[i].text.n <= LINE_MAX && !x->b[i].heading)
			dateline_byline(e, x->b[i].text, i + 1 < x->n ?
			    x->b[i + 1].text : SLICE_NONE);
	for (i = at; i < x->n && i < from + 3; i++)
		if (i >= from || i <= at + BEHIND_TITLE)
			lead_date(e, x->b[i].text);
	for (i = to > 3 ? to - 3 : 0; i < x->n && i < to + BEHIND_TEXT; i++)
		if (!block_is_list(&x->b[i]) && i > from + 1)
			line(e, x->b[i].text, 1);
	if (!dated(e))
		anywhere(e, x, title);
}

/* ---- URL ------------------------------------------------------------------------ */

static size_t number(struct slice s, size_t i, int *value)
{
	size_t n = 0;

	for (*value = 0; i + n < s.n && n < 9 && s.p[i + n] >= '0' &&
	    s.p[i + n] <= '9'; n++)
		*value = *value * 10 + s.p[i + n] - '0';
	return n;
}

/* "/29-10-2021" */
static size_t day_first(struct slice s, size_t i, struct civil *c)
{
	size_t from = i, n = number(s, i, &c->day);

	i += n;
	if (n != 2 || i >= s.n || s.p[i] != '-')
		return 0;
	n = number(s, i + 1, &c->month);
	i += 1 + n;
	if (n != 2 || i >= s.n || s.p[i] != '-')
		return 0;
	n = number(s, i + 1, &c->year);
	return n == 4 ? i + 1 + n - from : 0;
}

/* "/2020/02/24/", "-2020-02-24", "/20200224/": bytes of it, or 0. */
static size_t url_date(struct slice s, size_t i, struct civil *c)
{
	size_t from = i, n = number(s, i, &c->year);
	char bar;

	if (n == 8) {
		c->day = c->year % 100;
		c->month = c->year / 100 % 100;
		c->year /= 10000;
		return n;
	}
	i += n;
	if (n != 4 || i >= s.n || (s.p[i] != '/' && s.p[i] != '-'))
		return 0;
	bar = s.p[i];
	n = number(s, i + 1, &c->month);
	i += 1 + n;
	if (n < 1 || n > 2 || i >= s.n || s.p[i] != bar)
		return 0;
	n = number(s, i + 1, &c->day);
	i += 1 + n;
	if (n < 1 || n > 2 || (i < s.n && s.p[i] >= '0' && s.p[i] <= '9'))
		return 0;
	return i - from;
}

void printed_url(struct evidence *e)
{
	struct slice s = slice_of(e->in->url);

	/* a saved page may have lost its URL, and names it itself */
	for (size_t i = 0; !s.n && i < e->claims_n; i++)
		if (e->claims[i].field == CLAIM_CANONICAL &&
		    e->claims[i].witness == WITNESS_META)
			s = e->claims[i].text;
	for (size_t i = 1; i < s.n; i++) {
		struct civil c = {.year = 0};
		size_t n;

		if (s.p[i - 1] != '/' && s.p[i - 1] != '-' && s.p[i - 1] != '_')
			continue;
		n = url_date(s, i, &c);
		if (!n)
			n = day_first(s, i, &c);
		if (!n || !civil_valid(&c) || c.year < 1990 || c.year > 2100)
			continue;
		evidence_add_time(e, CLAIM_CREATED, WITNESS_URL, 3,
		    slice_sub(s, i, i + n), "URL");
		return;
	}
}
