/* "03/04/2026": the third of April, or the fourth of March. */
#include "parser/evidence.h"

#define SAME_DAY (36 * USEC_HOUR)

static size_t number(struct slice s, size_t i, int *value)
{
	size_t n = 0;

	for (*value = 0; i + n < s.n && n < 5 && s.p[i + n] >= '0' &&
	    s.p[i + n] <= '9'; n++)
		*value = *value * 10 + s.p[i + n] - '0';
	return n;
}

/* The first two numbers of a day that is printed as three; the sign between
 * them, or 0 where it is printed otherwise. */
static char numbers(struct slice s, int *a, int *b)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t n = number(s, i, a), at = i + n, m;
		int year;

		if (!n)
			continue;
		i = at;
		if (n > 2 || at >= s.n || (s.p[at] != '/' && s.p[at] != '-' &&
		    s.p[at] != '.'))
			continue;
		m = number(s, at + 1, b);
		if (m < 1 || m > 2 || at + 1 + m >= s.n ||
		    s.p[at + 1 + m] != s.p[at])
			continue;
		n = number(s, at + m + 2, &year);
		return n == 2 || n == 4 ? s.p[at] : 0;
	}
	return 0;
}

/* The other reading; TIME_NONE where there is none. */
static usec_t swapped(const struct pubtime *t)
{
	usec_t offset = t->offset_s * USEC_SECOND;
	struct civil c = civil_from_usec(t->at + offset);
	int day = c.day;

	c.day = c.month;
	c.month = day;
	return civil_valid(&c) && c.day != c.month ?
	    civil_to_usec(&c) - offset : TIME_NONE;
}

static bool is_american(struct slice host)
{
	static const char *const ends[] = {".us", ".gov", ".mil", ".edu"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);

		if (host.n > n && slice_is(slice_sub(host, host.n - n, host.n),
		    ends[i]))
			return true;
	}
	return false;
}

/* What the page's other days say of its order: 1 month first, -1 day first,
 * 0 nothing. */
static int order_of(const struct evidence *e)
{
	int months = 0, days = 0;

	for (size_t i = 0; i < e->claims_n; i++) {
		int a, b;

		if (e->claims[i].time.at == TIME_NONE ||
		    numbers(e->claims[i].text, &a, &b) != '/')
			continue;
		months += a <= 12 && b > 12;
		days += a > 12 && b <= 12;
	}
	return months && !days ? 1 : days && !months ? -1 : 0;
}

/* Does a day that can be read in one way only name t's? */
static bool is_named(const struct evidence *e, usec_t t)
{
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		int a, b;

		if (c->time.at != TIME_NONE && !numbers(c->text, &a, &b) &&
		    c->time.at > t - SAME_DAY && c->time.at < t + SAME_DAY)
			return true;
	}
	return false;
}

/*
 * parser_date reads the day first, as most of the world does. Turned round
 * where another place of the page names that day in words; where all that
 * tell put the month first; with slashes where nothing tells and the page is
 * American by its host or language; and where the day has not come yet.
 */
void days_order(struct evidence *e)
{
	const struct claim *language = NULL;
	int order = 2;

	for (size_t i = 0; i < e->claims_n; i++) {
		struct claim *c = &e->claims[i];
		char sign;
		usec_t t;
		int a, b;

		if (c->time.at == TIME_NONE || !(sign = numbers(c->text, &a,
		    &b)) || a > 12 || b > 12 || (t = swapped(&c->time)) ==
		    TIME_NONE || civil_from_usec(c->time.at).day != a)
			continue;
		if (order == 2) {
			order = order_of(e);
			language = weigh_best(e, CLAIM_LANGUAGE);
			if (!order && (is_american(weigh_host(e)) || (language &&
			    (slice_ieq(language->text, SLICE("en-US")) ||
			    slice_ieq(language->text, SLICE("en_US"))))))
				order = 1;
		}
		if (is_named(e, c->time.at))
			continue;
		if (is_named(e, t) || (order == 1 && sign == '/') ||
		    (e->in->fetched_at != TIME_NONE && t <= e->in->fetched_at &&
		    c->time.at > e->in->fetched_at + USEC_DAY))
			c->time.at = t;
	}
}
