#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool leap_year(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

bool civil_valid(const struct civil *c)
{
	int days;

	if (c->year < 1 || c->year > 9999 || c->month < 1 || c->month > 12)
		return false;
	days = month_days[c->month - 1];
	if (c->month == 2 && leap_year(c->year))
		days++;
	return c->day >= 1 && c->day <= days && c->hour >= 0 && c->hour < 24 &&
	    c->minute >= 0 && c->minute < 60 && c->second >= 0 &&
	    c->second <= 60 && c->usec >= 0 && c->usec < 1000000;
}

/* Days since 1970-01-01 (H. Hinnant, chrono-compatible algorithms, 2013). */
static int64_t days_from_civil(int y, int m, int d)
{
	int64_t era;
	unsigned int yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = (unsigned int)(y - era * 400);
	doy = (unsigned int)((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1);
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + (int64_t)doe - 719468;
}

usec_t civil_to_usec(const struct civil *c)
{
	int64_t s = days_from_civil(c->year, c->month, c->day) * 86400 +
	    c->hour * 3600 + c->minute * 60 + c->second;

	return s * USEC_SECOND + c->usec;
}

struct civil civil_from_usec(usec_t t)
{
	int64_t days = t / USEC_DAY, rest = t % USEC_DAY, era;
	unsigned int doe, yoe, doy, mp;
	struct civil c;

	if (rest < 0) {
		rest += USEC_DAY;
		days--;
	}
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = (unsigned int)(days - era * 146097);
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)((int64_t)yoe + era * 400 + (c.month <= 2));
	c.hour = (int)(rest / USEC_HOUR);
	c.minute = (int)(rest / USEC_MINUTE % 60);
	c.second = (int)(rest / USEC_SECOND % 60);
	c.usec = (int)(rest % USEC_SECOND);
	return c;
}

int civil_weekday(const struct civil *c)
{
	int64_t d = days_from_civil(c->year, c->month, c->day);

	return (int)(((d + 4) % 7 + 7) % 7);
}

/* v in n digits, and what follows. */
static char *put(char *to, int v, int n, char then)
{
	for (int i = n; i-- > 0; v /= 10)
		to[i] = (char)('0' + v % 10);
	to[n] = then;
	return to + n + 1;
}

/* By hand, for it is asked for thousands of times a second; a year of more than
 * four digits is nobody's. */
static int print_civil(usec_t t, char *text)
{
	struct civil c = civil_from_usec(t);
	char *to = text;

	if (c.year < 0 || c.year > 9999) {
		to += snprintf(text, TIME_TEXT - 32, "%d", c.year);
		*to++ = '-';
	} else {
		to = put(to, c.year, 4, '-');
	}
	to = put(to, c.month, 2, '-');
	to = put(to, c.day, 2, 'T');
	to = put(to, c.hour, 2, ':');
	to = put(to, c.minute, 2, ':');
	to = put(to, c.second, 2, '.');
	if (c.usec)
		to = put(to, c.usec, 6, '\0');
	return (int)(to - text) - 1; /* without what follows */
}

const char *time_text(usec_t t, char text[TIME_TEXT])
{
	int n = print_civil(t, text);

	text[n] = 'Z';
	text[n + 1] = '\0';
	return text;
}

const char *time_text_local(usec_t t, int offset_s, char text[TIME_TEXT])
{
	int n = print_civil(t + offset_s * USEC_SECOND, text);
	int minutes = abs(offset_s) / 60;

	snprintf(text + n, TIME_TEXT - (size_t)n, "%c%02d:%02d",
	    offset_s < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
	return text;
}

/* Reads exactly n digits. */
static int digits(const char **p, const char *end, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++, (*p)++) {
		if (*p == end || **p < '0' || **p > '9')
			return -1;
		v = v * 10 + **p - '0';
	}
	*out = v;
	return 0;
}

static bool eat(const char **p, const char *end, char c)
{
	if (*p == end || **p != c)
		return false;
	(*p)++;
	return true;
}

static int parse_clock(const char **p, const char *end, struct civil *c)
{
	if (digits(p, end, 2, &c->hour))
		return -1;
	if (!eat(p, end, ':') || digits(p, end, 2, &c->minute))
		return -1;
	if (eat(p, end, ':') && digits(p, end, 2, &c->second))
		return -1;
	if (eat(p, end, '.') || eat(p, end, ',')) {
		int unit = 100000, n = 0;

		while (*p < end && **p >= '0' && **p <= '9') {
			c->usec += (**p - '0') * unit;
			unit /= 10;
			(*p)++;
			n++;
		}
		if (!n)
			return -1;
	}
	return 0;
}

static int parse_offset(const char **p, const char *end, int *offset_s)
{
	int sign, h, m = 0;

	if (*p == end || eat(p, end, 'Z') || eat(p, end, 'z'))
		return 0;
	if (eat(p, end, '+'))
		sign = 1;
	else if (eat(p, end, '-'))
		sign = -1;
	else
		return -1;
	if (digits(p, end, 2, &h))
		return -1;
	eat(p, end, ':');
	if (*p < end && digits(p, end, 2, &m))
		return -1;
	if (h > 15 || m > 59)
		return -1;
	*offset_s = sign * (h * 3600 + m * 60);
	return 0;
}

int time_parse(struct slice s, usec_t *t)
{
	struct civil c = {0};
	const char *p, *end;
	int offset_s = 0;
	usec_t at;

	s = slice_trim(s);
	p = s.p;
	end = s.p + s.n;
	if (digits(&p, end, 4, &c.year) || !eat(&p, end, '-') ||
	    digits(&p, end, 2, &c.month) || !eat(&p, end, '-') ||
	    digits(&p, end, 2, &c.day))
		return -1;
	if (p < end) {
		if (!eat(&p, end, 'T') && !eat(&p, end, 't') &&
		    !eat(&p, end, ' '))
			return -1;
		if (parse_clock(&p, end, &c) || parse_offset(&p, end, &offset_s))
			return -1;
	}
	if (p != end || !civil_valid(&c))
		return -1;
	at = civil_to_usec(&c) - offset_s * USEC_SECOND;
	if (at != time_within(at))
		return -1;
	*t = at;
	return 0;
}

usec_t time_within(usec_t t)
{
	return t < TIME_FIRST ? TIME_FIRST : t > TIME_LAST ? TIME_LAST : t;
}

usec_t clock_monotonic(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * USEC_SECOND + ts.tv_nsec / 1000;
}

int clock_init(struct clock *c, const char *text, struct err *err)
{
	const char *x;
	char *end = NULL;

	*c = (struct clock){0};
	if (!text || !*text)
		return 0;
	x = strrchr(text, 'x');
	if (time_parse((struct slice){text, x ? (size_t)(x - text) :
	    strlen(text)}, &c->base))
		return err_set(err, E_CONFIG,
		    "DATELINE_CLOCK \"%s\" is not TIME[xRATE]", text);
	if (x) {
		c->rate = strtod(x + 1, &end);
		if (end == x + 1 || *end || !(c->rate >= 0) || c->rate > 1e6)
			return err_set(err, E_CONFIG,
			    "DATELINE_CLOCK \"%s\": bad rate", text);
	}
	c->scripted = true;
	c->real = clock_monotonic();
	return 0;
}

usec_t clock_now(const struct clock *c)
{
	struct timespec ts;

	if (c->scripted)
		return c->base + (usec_t)((double)(clock_monotonic() - c->real) *
		    c->rate);
	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec * USEC_SECOND + ts.tv_nsec / 1000 + c->offset;
}
