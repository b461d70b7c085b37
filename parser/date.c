/* Dates as people and machines print them. */
#include "core/utf8.h"
#include "parser/limits.h"
#include "parser/parser.h"

#include <stdio.h>
#include <stdlib.h>


enum token_kind { NUMBER, WORD, SIGN };

struct token {
	enum token_kind kind;
	struct slice s;
	int value, digits; /* of a number */
	bool tight;	   /* nothing stands before it */
};

struct reading {
	struct token t[DATE_TOKENS];
	size_t n;
	struct civil c;
	bool has_date, has_time, has_zone;
	bool ambiguous;	/* IST, CST, BST: the outlet's zone decides */
	struct slice abbr; /* if so */
	const char *named; /* zone by a region's two letters: "ET" */
	int offset_s;
	int half; /* 0: none, 1: a.m., 2: p.m. */
};

/* ---- tokens -------------------------------------------------------------------- */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

static void tokenize(struct slice s, struct reading *r)
{
	size_t i = 0;

	while (i < s.n && r->n < DATE_TOKENS) {
		struct token *t = &r->t[r->n];
		size_t from = i;

		*t = (struct token){.tight = i > 0 && s.p[i - 1] != ' '};
		if (digit(s.p[i])) {
			while (i < s.n && digit(s.p[i])) {
				if (i - from < 9)
					t->value = t->value * 10 + s.p[i] - '0';
				i++;
			}
			t->digits = (int)(i - from);
		} else if (letter(s.p[i])) {
			t->kind = WORD;
			while (i < s.n && letter(s.p[i]))
				i++;
		} else {
			t->kind = SIGN;
			i++;
			if (s.p[from] == ' ')
				continue;
		}
		t->s = slice_sub(s, from, i);
		r->n++;
	}
}

static bool is_sign(const struct reading *r, size_t i, char c)
{
	return i < r->n && r->t[i].kind == SIGN && r->t[i].s.p[0] == c;
}

static bool is_number(const struct reading *r, size_t i, int least, int most)
{
	return i < r->n && r->t[i].kind == NUMBER && r->t[i].digits >= least &&
	    r->t[i].digits <= most;
}

static bool is_word(const struct reading *r, size_t i, const char *word)
{
	return i < r->n && r->t[i].kind == WORD &&
	    slice_ieq(r->t[i].s, slice_of(word));
}

/* ---- months ------------------------------------------------------------------------ */

/* English, and the names that European news pages print; by month. */
static const char *const months[12][22] = {
	{"january", "jan", "januar", "janvier", "janv", "enero", "ene",
	    "gennaio", "gen", "janeiro", "januari", "stycznia", "января",
	    "leden", "ledna", "ocak", "jänner", "січня", "يناير"},
	{"february", "feb", "februar", "février", "févr", "febrero",
	    "febbraio", "fevereiro", "fev", "februari", "lutego", "февраля",
	    "února", "şubat", "fevrier", "лютого", "فبراير"},
	{"march", "mar", "märz", "mär", "mars", "marzo", "março", "maart", "mrt",
	    "marca", "марта", "března", "mart", "maerz", "marts", "maret",
	    "березня", "مارس"},
	{"april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia",
	    "апреля", "dubna", "nisan", "квітня", "أبريل", "ابريل"},
	{"may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maja", "мая",
	    "května", "mayıs", "maj", "травня", "مايو"},
	{"june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho",
	    "czerwca", "июня", "června", "haziran", "червня", "يونيو"},
	{"july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug",
	    "julho", "lipca", "июля", "července", "temmuz", "липня", "يوليو"},
	{"august", "aug", "août", "aout", "agosto", "ago", "augustus",
	    "sierpnia", "августа", "srpna", "ağustos", "augusti", "agustus",
	    "серпня", "أغسطس", "اغسطس"},
	{"september", "sept", "sep", "septembre", "septiembre", "settembre",
	    "set", "setembro", "września", "сентября", "září", "eylül",
	    "вересня", "سبتمبر"},
	{"october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre",
	    "ott", "outubro", "out", "października", "октября", "října", "ekim",
	    "жовтня", "أكتوبر", "اكتوبر"},
	{"november", "nov", "novembre", "noviembre", "novembro", "listopada",
	    "ноября", "listopadu", "kasım", "листопада", "نوفمبر"},
	{"december", "dec", "dezember", "dez", "décembre", "déc", "diciembre",
	    "dic", "dicembre", "dezembro", "grudnia", "декабря", "prosince",
	    "aralık", "decembre", "desember", "грудня", "ديسمبر"},
};

static int month_of(struct slice w)
{
	struct strbuf low = STRBUF_INIT;
	int found = 0;

	utf8_lower(w, &low);
	for (int m = 0; m < 12 && !found; m++)
		for (size_t k = 0; k < ARRAY_LEN(months[m]) && months[m][k];
		    k++)
			if (months[m][k][0] == low.p[0] &&
			    !strcmp(months[m][k], low.p))
				found = m + 1;
	strbuf_release(&low);
	return found;
}

/* ---- times and zones ------------------------------------------------------------------ */

/* "a.m.", "PM" at i: tokens taken. */
static size_t read_half(struct reading *r, size_t i)
{
	struct slice s;
	char c;

	if (i >= r->n || r->t[i].kind != WORD)
		return 0;
	s = r->t[i].s;
	c = (char)(s.p[0] | 32);
	if (c != 'a' && c != 'p')
		return 0;
	if (s.n == 2 && (s.p[1] | 32) == 'm') {
		r->half = c == 'a' ? 1 : 2;
		return 1;
	}
	if (s.n == 1 && is_sign(r, i + 1, '.') && is_word(r, i + 2, "m")) {
		r->half = c == 'a' ? 1 : 2;
		return is_sign(r, i + 3, '.') ? 4 : 3;
	}
	return 0;
}

static int fraction(struct slice s)
{
	int v = 0, unit = 100000;

	for (size_t i = 0; i < s.n && i < 6; i++, unit /= 10)
		v += (s.p[i] - '0') * unit;
	return v;
}

/* "14:22[:05[.123]] [pm]", "2 p.m.", "14h22", "14.22": tokens taken. */
static size_t read_clock(struct reading *r, size_t i)
{
	size_t from = i, half;

	if (r->has_date && is_word(r, i, "noon")) {
		r->c.hour = 12;
		r->has_time = true;
		return 1;
	}
	/* nor in the midst of a clock that is none: "25:14:55" */
	if (!is_number(r, i, 1, 2) || r->t[i].value > 23 || (i > 1 &&
	    is_sign(r, i - 1, ':') && is_number(r, i - 2, 1, 2) &&
	    r->t[i].tight && r->t[i - 1].tight))
		return 0;
	r->c.hour = r->t[i].value;
	r->c.minute = r->c.second = r->c.usec = 0;
	if ((is_sign(r, i + 1, ':') || is_word(r, i + 1, "h") ||
	    (is_sign(r, i + 1, '.') && r->has_date)) &&
	    is_number(r, i + 2, 2, 2) && r->t[i + 2].tight) {
		r->c.minute = r->t[i + 2].value;
		i += 3;
		if (is_sign(r, i, ':') && is_number(r, i + 1, 1, 2) &&
		    r->t[i + 1].tight) {
			r->c.second = r->t[i + 1].value;
			i += 2;
			if ((is_sign(r, i, '.') || is_sign(r, i, ',')) &&
			    is_number(r, i + 1, 1, 9) && r->t[i + 1].tight) {
				r->c.usec = fraction(r->t[i + 1].s);
				i += 2;
			}
		}
		i += read_half(r, i);
	} else {
		half = read_half(r, i + 1);
		if (!half)
			return 0;
		i += 1 + half;
	}
	if (r->half && (r->c.hour > 12 || r->c.hour == 0)) {
		if (r->c.hour > 23)
			return 0;
		r->half = 0; /* "14:22 PM": the hour says enough */
	}
	if (r->half)
		r->c.hour = r->c.hour % 12 + (r->half == 2 ? 12 : 0);
	r->has_time = true;
	return i - from;
}

/* "+05:30", "-0800", "+5": tokens taken. */
static size_t read_offset(struct reading *r, size_t i)
{
	int sign, h, m = 0;
	size_t taken = 2;

	if (!is_sign(r, i, '+') && !is_sign(r, i, '-'))
		return 0;
	if (!is_number(r, i + 1, 1, 4) || !r->t[i + 1].tight)
		return 0;
	sign = is_sign(r, i, '-') ? -1 : 1;
	h = r->t[i + 1].value;
	if (r->t[i + 1].digits > 2) {
		m = h % 100;
		h /= 100;
	} else if (is_sign(r, i + 2, ':') && is_number(r, i + 3, 2, 2)) {
		m = r->t[i + 3].value;
		taken = 4;
	}
	if (h > 15 || m > 59)
		return 0;
	r->offset_s = sign * (h * 3600 + m * 60);
	r->has_zone = true;
	r->ambiguous = false;
	return taken;
}

/* US and others by region: the name of the zone that knows the season. */
static const struct {
	const char *name, *zone;
} regions[] = {{"ET", "America/New_York"}, {"CT", "America/Chicago"},
    {"MT", "America/Denver"}, {"PT", "America/Los_Angeles"},
    {"AET", "Australia/Sydney"}, {"UK", "Europe/London"}};

static size_t read_zone(struct reading *r, size_t i)
{
	const struct zone_abbr *z;
	size_t taken;

	if (i < r->n && r->t[i].kind == SIGN && (r->t[i].s.p[0] == '(' ||
	    r->t[i].s.p[0] == ','))
		i++;
	if (i >= r->n)
		return 0;
	taken = read_offset(r, i);
	if (taken || r->t[i].kind != WORD)
		return taken;
	for (size_t k = 0; k < ARRAY_LEN(regions); k++)
		if (slice_is(r->t[i].s, regions[k].name)) {
			r->named = regions[k].zone;
			r->has_zone = true;
			return 1;
		}
	z = zone_abbr_find(r->t[i].s);
	if (!z)
		return 0;
	r->offset_s = z->offset_s;
	r->has_zone = true;
	r->ambiguous = z->ambiguous;
	r->abbr = r->t[i].s;
	/* "GMT+5:30" */
	return 1 + (!z->offset_s ? read_offset(r, i + 1) : 0);
}

/* ---- dates --------------------------------------------------------------------------- */

static int full_year(const struct token *t)
{
	if (t->digits == 4)
		return t->value;
	/* RFC 822 has two digits; RFC 5322, 4.3: 00..49 are 20xx */
	return t->value < 50 ? 2000 + t->value : 1900 + t->value;
}

static bool separates(const struct reading *r, size_t i)
{
	return is_sign(r, i, '-') || is_sign(r, i, '/') || is_sign(r, i, '.') ||
	    is_sign(r, i, '|');
}

static bool begins_word(const struct reading *r, size_t i, const char *a,
    const char *b)
{
	return i < r->n && r->t[i].kind == WORD &&
	    (slice_starts(r->t[i].s, slice_of(a)) ||
	    slice_starts(r->t[i].s, slice_of(b)));
}

/* What may stand behind the year, and behind the month: a sign, or the word
 * of Chinese, Japanese and Korean. */
static bool year_ends(const struct reading *r, size_t i)
{
	return separates(r, i) || begins_word(r, i, "年", "년");
}

static bool month_ends(const struct reading *r, size_t i)
{
	return separates(r, i) || begins_word(r, i, "月", "월");
}

/* "2020-11-26", "2020/11/26", "20201126", "2020年11月26日". */
static size_t year_first(struct reading *r, size_t i)
{
	if (is_number(r, i, 8, 8)) {
		r->c.year = r->t[i].value / 10000;
		r->c.month = r->t[i].value / 100 % 100;
		r->c.day = r->t[i].value % 100;
		return 1;
	}
	if (!is_number(r, i, 4, 4) || !year_ends(r, i + 1) ||
	    !is_number(r, i + 2, 1, 2) || !month_ends(r, i + 3) ||
	    !is_number(r, i + 4, 1, 2))
		return 0;
	r->c.year = r->t[i].value;
	r->c.month = r->t[i + 2].value;
	r->c.day = r->t[i + 4].value;
	return 5;
}

/*
 * "26-11-2020", "26.11.2020", "11/26/2020". Day first, as most of the world;
 * with slashes and an American zone month first; where only one order is in
 * the calendar, that one.
 */
static size_t numbers_only(struct reading *r, size_t i, bool american)
{
	int a, b;

	if (!is_number(r, i, 1, 2) || !separates(r, i + 1) ||
	    !is_number(r, i + 2, 1, 2) || !separates(r, i + 3) ||
	    !(is_number(r, i + 4, 4, 4) || is_number(r, i + 4, 2, 2)))
		return 0;
	a = r->t[i].value;
	b = r->t[i + 2].value;
	r->c.year = full_year(&r->t[i + 4]);
	r->c.day = a;
	r->c.month = b;
	if (b > 12 || (a <= 12 && is_sign(r, i + 1, '/') && american)) {
		r->c.day = b;
		r->c.month = a;
	}
	return 5;
}

/* "st", "nd", "of", "de", ".", ",": between a day and its month. */
static size_t filler(const struct reading *r, size_t i)
{
	static const char *const words[] = {"st", "nd", "rd", "th", "of", "de",
	    "o", "er", "del", "."};
	size_t from = i;

	for (;;) {
		size_t was = i;

		if (is_sign(r, i, '.') || is_sign(r, i, ',') ||
		    is_sign(r, i, '-') || is_sign(r, i, '/'))
			i++;
		for (size_t k = 0; k < ARRAY_LEN(words); k++)
			if (is_word(r, i, words[k]))
				i++;
		if (i == was)
			return i - from;
	}
}

/* "26 November 2020", "26-Nov-20". */
static size_t day_month(struct reading *r, size_t i)
{
	size_t from = i;
	int m;

	if (!is_number(r, i, 1, 2))
		return 0;
	r->c.day = r->t[i++].value;
	i += filler(r, i);
	if (i >= r->n || r->t[i].kind != WORD || !(m = month_of(r->t[i].s)))
		return 0;
	r->c.month = m;
	i++;
	i += filler(r, i);
	if (!is_number(r, i, 4, 4) && !(is_number(r, i, 2, 2) &&
	    !is_sign(r, i + 1, ':')))
		return 0;
	r->c.year = full_year(&r->t[i]);
	return i + 1 - from;
}

/* "Nov. 26, 2020"; asctime has the time between: "Nov 26 14:22:05 2020". */
static size_t month_day(struct reading *r, size_t i)
{
	size_t from = i, time;
	int m;

	if (i >= r->n || r->t[i].kind != WORD || !(m = month_of(r->t[i].s)))
		return 0;
	i++;
	i += filler(r, i);
	if (!is_number(r, i, 1, 2))
		return 0;
	r->c.month = m;
	r->c.day = r->t[i++].value;
	i += filler(r, i);
	if (is_number(r, i, 4, 4)) {
		r->c.year = r->t[i].value;
		return i + 1 - from;
	}
	time = read_clock(r, i);
	if (!time)
		return 0;
	i += time;
	i += read_zone(r, i);
	if (!is_number(r, i, 4, 4))
		return 0;
	r->c.year = r->t[i].value;
	return i + 1 - from;
}

static size_t read_day(struct reading *r, size_t i, bool american)
{
	struct civil none = r->c;
	bool had_time = r->has_time;
	size_t n;

	if ((n = year_first(r, i)) || (n = day_month(r, i)) ||
	    (n = month_day(r, i)) || (n = numbers_only(r, i, american)))
		return n;
	r->c = none;
	r->has_time = had_time;
	return 0;
}

/* "142205" or "1422" behind a basic date and T. */
static size_t basic_clock(struct reading *r, size_t i)
{
	int v;

	if (!is_number(r, i, 4, 4) && !is_number(r, i, 6, 6))
		return 0;
	v = r->t[i].value;
	if (r->t[i].digits == 4)
		v *= 100;
	r->c.hour = v / 10000;
	r->c.minute = v / 100 % 100;
	r->c.second = v % 100;
	r->has_time = true;
	return 1;
}

static void read_tokens(struct reading *r, bool american)
{
	for (size_t i = 0; i < r->n;) {
		size_t n = 0;

		if (!r->has_date && (n = read_day(r, i, american))) {
			r->has_date = true;
			i += n;
			if (is_word(r, i, "T") && (n = basic_clock(r, i + 1)))
				i += 1 + n;
		} else if (!r->has_time && (n = read_clock(r, i))) {
			i += n;
		} else {
			i++;
			continue;
		}
		if (r->has_time && !r->has_zone)
			i += read_zone(r, i);
	}
	/* "14:22 (IST)" at the end, behind a date that came after the time */
	for (size_t i = 0; r->has_time && !r->has_zone && i < r->n; i++)
		if (r->t[i].kind == WORD && r->t[i].s.n >= 2)
			read_zone(r, i);
}

/* ---- the whole ------------------------------------------------------------------------ */

/* Seconds or milliseconds since 1970, of this century. */
static bool unix_time(struct slice s, usec_t *t)
{
	int64_t v = 0;

	if (s.n != 10 && s.n != 13)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!digit(s.p[i]))
			return false;
		v = v * 10 + s.p[i] - '0';
	}
	*t = s.n == 10 ? v * USEC_SECOND : v * 1000;
	return true;
}

/* Is the outlet's zone one in which the ambiguous abbreviation is used? IST in
 * India, Israel, Ireland. Elsewhere it tells of another place. */
static bool zone_decides(const struct zone *zone, struct slice abbr)
{
	static const struct {
		const char *zone, *abbr;
	} known[] = {{"Asia/Kolkata", "IST"}, {"Asia/Calcutta", "IST"},
	    {"Asia/Jerusalem", "IST"}, {"Asia/Tel_Aviv", "IST"},
	    {"Europe/Dublin", "IST"}, {"Asia/Shanghai", "CST"},
	    {"Asia/Taipei", "CST"}, {"America/Chicago", "CST"},
	    {"Europe/London", "BST"}, {"Asia/Dhaka", "BST"},
	    {"Asia/Dubai", "GST"}, {"Asia/Manila", "PST"},
	    {"America/Los_Angeles", "PST"}, {"America/Denver", "MST"},
	    {"America/Phoenix", "MST"}, {"America/Halifax", "AST"}};

	for (size_t i = 0; zone && i < ARRAY_LEN(known); i++)
		if (!strcmp(zone_name(zone), known[i].zone) &&
		    slice_is(abbr, known[i].abbr))
			return true;
	return false;
}

static void place_in_time(const struct reading *r, const struct zone *zone,
    struct pubtime *out)
{
	struct zone *named = NULL;
	struct err err;

	if (r->named)
		named = zone_load(r->named, &err);
	if (named || !r->has_zone || (r->ambiguous &&
	    zone_decides(zone, r->abbr))) {
		const struct zone *z = named ? named : zone;

		out->at = z ? zone_to_utc(z, &r->c) : civil_to_usec(&r->c);
		out->offset_s = z ? zone_offset(z, out->at) : 0;
		out->zone_known = z != NULL;
	} else {
		out->at = civil_to_usec(&r->c) - r->offset_s * USEC_SECOND;
		out->offset_s = r->offset_s;
		out->zone_known = !r->ambiguous;
	}
	zone_free(named);
}

static bool american(const struct zone *zone)
{
	return zone && !strncmp(zone_name(zone), "America/", 8);
}

int parser_date(struct slice text, const struct zone *zone,
    struct pubtime *out, struct err *err)
{
	struct reading r = {.n = 0};
	struct slice s = slice_trim(text);

	*out = PUBTIME_NONE;
	out->raw = text;
	if (!s.n || s.n > DATE_TEXT)
		return err_set(err, E_BAD_DATE, "no date has %zu bytes", s.n);
	if (unix_time(s, &out->at)) {
		out->zone_known = true;
		return 0;
	}
	tokenize(s, &r);
	read_tokens(&r, american(zone));
	if (!r.has_date || !civil_valid(&r.c))
		return err_set(err, E_BAD_DATE, "\"%.*s\" is no date",
		    SLICE_FMT(s));
	if (!r.has_time) {
		r.c.hour = r.c.minute = r.c.second = r.c.usec = 0;
		out->at = civil_to_usec(&r.c);
		out->day_only = true;
		return 0;
	}
	place_in_time(&r, zone, out);
	return 0;
}
