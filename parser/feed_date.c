/*
 * Dates as feeds and sitemaps write them. They are machines' dates: what is
 * nearly one (a clock of four parts, an offset of letters) is a fault and no
 * date, where a page's printed line may hold one beside other things.
 */
#include "parser/parser.h"

/* "DDDD-DD": a pattern of digits against the whole text, from its beginning. */
static bool fits(struct slice s, const char *pattern)
{
	size_t i = 0;

	for (; pattern[i]; i++)
		if (i >= s.n || (pattern[i] == 'D' ? s.p[i] < '0' ||
		    s.p[i] > '9' : s.p[i] != pattern[i]))
			return false;
	return i == s.n;
}

static int number(struct slice s, size_t from, size_t to)
{
	int v = 0;

	for (size_t i = from; i < to; i++)
		v = v * 10 + s.p[i] - '0';
	return v;
}

/* RFC 5322, 4.3 */
static int century(int year)
{
	return year < 50 ? 2000 + year : 1900 + year;
}

/* Day of the year to month and day. */
static void ordinal(struct civil *c, int day)
{
	usec_t t = civil_to_usec(&(struct civil){.year = c->year, .month = 1,
	    .day = 1}) + (day - 1) * USEC_DAY;

	*c = civil_from_usec(t);
}

/*
 * The reduced and truncated forms of ISO 8601:1988, which W3CDTF has in part
 * ("2003", "2003-12") and old feeds in full: "-0312", "031231", "03335". The
 * edition of 2004 has no truncated ones: nobody wrote them of later years.
 */
#define TRUNCATED_UNTIL 2004

static const struct form {
	const char *pattern;
	int year, year_n, month, day, of_year; /* offsets; -1: none */
} forms[] = {
	{"DDDD", 0, 4, -1, -1, -1}, {"DDDD-DD", 0, 4, 5, -1, -1},
	{"-DDDD", 1, 2, 3, -1, -1}, {"-DD-DD", 1, 2, 4, -1, -1},
	{"DDDDDD", 0, 2, 2, 4, -1}, {"DD-DD-DD", 0, 2, 3, 6, -1},
	{"DDDDD", 0, 2, -1, -1, 2}, {"DDDDDDD", 0, 4, -1, -1, 4},
	{"DDDD-DDD", 0, 4, -1, -1, 5},
};

static bool reduced(struct slice s, struct civil *c)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		const struct form *f = &forms[i];
		size_t y = (size_t)f->year, n = (size_t)f->year_n;

		if (!fits(s, f->pattern))
			continue;
		*c = (struct civil){.year = number(s, y, y + n), .month = 1,
		    .day = 1};
		if (n == 2)
			c->year = century(c->year);
		if (n == 2 && c->year > TRUNCATED_UNTIL)
			return false;
		if (f->month >= 0)
			c->month = number(s, (size_t)f->month,
			    (size_t)f->month + 2);
		if (f->day >= 0)
			c->day = number(s, (size_t)f->day, (size_t)f->day + 2);
		if (f->of_year >= 0)
			ordinal(c, number(s, (size_t)f->of_year,
			    (size_t)f->of_year + 3));
		return civil_valid(c);
	}
	return false;
}

static bool digit_at(struct slice s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static bool sign_at(struct slice s, size_t i)
{
	return i < s.n && (s.p[i] == '+' || s.p[i] == '-');
}

#define OFFSET_MOST 15 /* hours; UTC+14 is the furthest */

#define HOUR_MOST   23 /* the next day's 00:00 is nobody's 24:00 (RFC 3339, 5.6) */

/* What stands behind "2013-01-28": nothing, or T or a blank and a clock. */
static bool iso_tail(struct slice s)
{
	size_t i = 1;

	if (!s.n)
		return true;
	if (s.p[0] != 'T' && s.p[0] != 't' && s.p[0] != ' ')
		return false;
	if (digit_at(s, 1) && digit_at(s, 2) && number(s, 1, 3) > HOUR_MOST)
		return false;
	while (i < s.n && (digit_at(s, i) || s.p[i] == ':' || s.p[i] == '.' ||
	    s.p[i] == ','))
		i++;
	while (i < s.n && s.p[i] == ' ')
		i++;
	if (i == s.n)
		return true;
	if (s.p[i] == 'Z' || s.p[i] == 'z')
		return i + 1 == s.n;
	if (!sign_at(s, i)) /* "EST", "GMT": not ISO's, but understood */
		return s.p[i] >= 'A' && s.p[i] <= 'Z' && s.p[0] == ' ';
	if (digit_at(s, i + 1) && digit_at(s, i + 2) &&
	    number(s, i + 1, i + 3) > OFFSET_MOST)
		return false;
	for (i++; digit_at(s, i) || (i < s.n && s.p[i] == ':');)
		i++;
	return i == s.n;
}

/* A month of three digits is a known slip: "2003-012-31". */
static struct slice mended(struct slice s, char to[64])
{
	if (s.n < 11 || s.n > 60 || !fits(slice_sub(s, 0, 11), "DDDD-0DD-DD"))
		return s;
	memcpy(to, s.p, 5);
	memcpy(to + 5, s.p + 6, s.n - 6);
	return (struct slice){to, s.n - 1};
}

/* Of RFC 822: behind the clock no third colon, nor an offset of letters. */
static bool faulty_clock(struct slice s)
{
	size_t colons = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ':' && digit_at(s, i + 1) && !(colons &&
		    sign_at(s, i - 3)))
			colons++;
		if (colons && sign_at(s, i) && i && s.p[i - 1] == ' ' &&
		    (!digit_at(s, i + 1) || (i + 3 < s.n && s.p[i + 3] == ':' &&
		    !digit_at(s, i + 4))))
			return true;
	}
	return colons > 2;
}

/* Atlantic time; in a printed line "at" is a word. */
static struct slice atlantic(struct slice s, char to[64])
{
	if (s.n < 12 || s.n > 56 || !slice_is(slice_sub(s, s.n - 3, s.n), " AT"))
		return s;
	memcpy(to, s.p, s.n - 2);
	memcpy(to + s.n - 2, "-0400", 5);
	return (struct slice){to, s.n + 3};
}

int parser_feed_date(struct slice text, const struct zone *zone,
    struct pubtime *out, struct err *err)
{
	struct slice s = slice_trim(text);
	char first[64], second[64];
	struct civil c;
	int rc;

	*out = PUBTIME_NONE;
	out->raw = text;
	if (reduced(s, &c)) {
		out->at = civil_to_usec(&c);
		out->day_only = true;
		return 0;
	}
	s = atlantic(mended(s, first), second);
	if ((s.n >= 10 && fits(slice_sub(s, 0, 10), "DDDD-DD-DD") &&
	    !iso_tail(slice_sub(s, 10, s.n))) || faulty_clock(s))
		return err_set(err, E_BAD_DATE, "\"%.*s\" is no date",
		    SLICE_FMT(text));
	rc = parser_date(s, zone, out, err);
	out->raw = text;
	return rc;
}
