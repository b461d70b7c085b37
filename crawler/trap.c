#include "crawler/trap.h"

#include "core/attr.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* The next segment of a path, without its slashes. */
static bool next(struct slice *path, struct slice *segment)
{
	size_t n = 0;

	while (path->n && path->p[0] == '/')
		*path = slice_sub(*path, 1, path->n);
	while (n < path->n && path->p[n] != '/')
		n++;
	*segment = slice_sub(*path, 0, n);
	*path = slice_sub(*path, n, path->n);
	return n > 0;
}

/* ---- days ---------------------------------------------------------------------- */

static int number(struct slice s, size_t at, size_t n)
{
	int v = 0;

	for (size_t i = at; i < at + n; i++) {
		if (i >= s.n || !is_digit(s.p[i]))
			return -1;
		v = v * 10 + s.p[i] - '0';
	}
	return at + n < s.n && is_digit(s.p[at + n]) ? -1 : v;
}

static size_t past_mark(struct slice s, size_t i)
{
	return i < s.n && strchr("/-_.", s.p[i]) ? i + 1 : i;
}

/* A year at i, with a month and perhaps a day. */
static usec_t day_at(struct slice s, size_t i)
{
	struct civil c = {.day = 1};
	size_t at;
	int day;

	c.year = number(s, i, 4);
	at = past_mark(s, i + 4);
	if (at == i + 4) { /* 20260310 */
		c.year = i + 8 <= s.n ? number(slice_sub(s, i, i + 4), 0, 4) : -1;
		c.month = number(slice_sub(s, i + 4, i + 6), 0, 2);
		c.day = number(s, i + 6, 2);
	} else {
		c.month = number(s, at, 2);
		day = number(s, past_mark(s, at + 2), 2);
		if (past_mark(s, at + 2) == at + 2 || day < 1)
			c.day = 28; /* a month: near its end */
		else
			c.day = day;
	}
	if (c.year < 1990 || c.year > 2200 || !civil_valid(&c))
		return TIME_NONE;
	return civil_to_usec(&c);
}

usec_t trap_day(struct slice path)
{
	for (size_t i = 0; i + 6 <= path.n; i++) {
		usec_t t;

		if (!is_digit(path.p[i]) || (i && (is_digit(path.p[i - 1]) ||
		    is_letter(path.p[i - 1]))))
			continue;
		t = day_at(path, i);
		if (t != TIME_NONE)
			return t;
	}
	return TIME_NONE;
}

/* ---- shapes --------------------------------------------------------------------- */

static size_t parameters(struct slice query)
{
	size_t n = query.n > 0;

	for (size_t i = 0; i < query.n; i++)
		n += query.p[i] == '&';
	return n;
}

static bool repeats(struct slice path, struct slice segment)
{
	struct slice s;
	int n = 0;

	while (next(&path, &s))
		n += slice_eq(s, segment);
	return n >= TRAP_REPEATS;
}

const char *trap_depth(int depth, bool children)
{
	return depth + children > TRAP_NESTED ?
	    "it lies within too many lists" : NULL;
}

const char *trap_shape(const struct url *u, usec_t now)
{
	struct slice path = u->path, s;
	usec_t day = trap_day(u->path);
	size_t n = 0;

	while (next(&path, &s)) {
		if (++n > TRAP_SEGMENTS)
			return "its path is too deep";
		if (repeats(u->path, s))
			return "its path repeats itself";
	}
	if (parameters(u->query) > TRAP_QUERIES)
		return "it has too many parameters";
	if (day != TIME_NONE && day > now + 366 * USEC_DAY)
		return "its day is over a year ahead";
	return NULL;
}

/* ---- patterns -------------------------------------------------------------------- */

/* A number, an id, a slug, or the word itself. */
static void segment_pattern(struct slice s, struct strbuf *to)
{
	size_t digits = 0, letters = 0, dashes = 0, others = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		digits += is_digit(c);
		letters += is_letter(c);
		dashes += c == '-' || c == '_' || c == '+';
		others += c == '%' || c == '=' || (unsigned char)c >= 0x80;
	}
	if (digits && digits + dashes == s.n)
		strbuf_addc(to, 'N');
	else if (dashes >= 2 || others >= 3 || s.n > 40)
		strbuf_addc(to, 'S');
	else if (digits && (letters == 0 || digits >= 3 || s.n >= 16))
		strbuf_addc(to, 'I');
	else
		strbuf_addsl(to, s);
}

static void query_pattern(struct slice query, struct strbuf *to)
{
	size_t from = 0;

	for (size_t i = 0; i <= query.n; i++) {
		struct slice name;
		const char *eq;

		if (i < query.n && query.p[i] != '&')
			continue;
		name = slice_sub(query, from, i);
		eq = name.n ? memchr(name.p, '=', name.n) : NULL;
		strbuf_addc(to, from ? '&' : '?');
		if (eq)
			name = slice_sub(name, 0, (size_t)(eq - name.p));
		segment_pattern(name, to);
		from = i + 1;
	}
}

void trap_pattern(const struct url *u, struct strbuf *to)
{
	struct slice path = u->path, s;

	if (path.n <= 1)
		strbuf_addc(to, '/');
	while (next(&path, &s)) {
		strbuf_addc(to, '/');
		segment_pattern(s, to);
	}
	if (u->query.n)
		query_pattern(u->query, to);
}

/* ---- links ------------------------------------------------------------------------- */

/* First segments of what is no article. */
static const char *const not_articles[] = {"tag", "tags", "topic", "topics",
    "author", "authors", "category", "categories", "search", "login", "account",
    "about", "contact", "video", "videos", "gallery", "photos", "podcast",
    "podcasts", "newsletters", "privacy", "terms", "subscribe", "page", "user",
    "wp-content", "wp-admin", "cart", "shop", "jobs", "events", "calendar"};

enum link_kind trap_link_kind(const struct url *u)
{
	struct slice path = u->path, s, last = SLICE_NONE;
	size_t n = 0, dashes = 0, digits = 0;

	while (next(&path, &s)) {
		for (size_t i = 0; !n && i < ARRAY_LEN(not_articles); i++)
			if (slice_ieq(s, slice_of(not_articles[i])))
				return LINK_OTHER;
		last = s;
		n++;
	}
	for (size_t i = 0; i < last.n; i++) {
		dashes += last.p[i] == '-' || last.p[i] == '_';
		digits += is_digit(last.p[i]);
	}
	if (!n)
		return LINK_OTHER;
	if (dashes >= 3 || digits >= 5 || (dashes >= 2 && digits) ||
	    (n > 1 && digits >= 3) || trap_day(u->path) != TIME_NONE)
		return LINK_ARTICLE;
	return n <= 2 && !u->query.n && !digits && !dashes &&
	    !memchr(last.p, '.', last.n) ? LINK_SECTION : LINK_OTHER;
}
