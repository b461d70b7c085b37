#include "crawler/robots.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define RULES_MAX 100000
#define DELAY_MAX_S 86400

/* ---- lines ----------------------------------------------------------------------- */

/* Next line; CR, LF and CRLF end one. */
static bool next_line(struct slice *text, struct slice *line)
{
	size_t n = 0;

	if (!text->n)
		return false;
	while (n < text->n && text->p[n] != '\n' && text->p[n] != '\r')
		n++;
	*line = slice_sub(*text, 0, n);
	if (n < text->n && text->p[n] == '\r' && n + 1 < text->n &&
	    text->p[n + 1] == '\n')
		n++;
	*text = slice_sub(*text, n + 1, text->n);
	return true;
}

/* "key: value # comment"; a colon that was forgotten may be a blank. */
static bool split(struct slice line, struct slice *key, struct slice *value)
{
	const char *hash = memchr(line.p, '#', line.n);
	size_t n = 0;

	if (hash)
		line.n = (size_t)(hash - line.p);
	line = slice_trim(line);
	while (n < line.n && line.p[n] != ':')
		n++;
	if (n == line.n) {
		n = 0;
		while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
			n++;
		if (n == line.n)
			return false;
	}
	*key = slice_trim(slice_sub(line, 0, n));
	*value = slice_trim(slice_sub(line, n + 1, line.n));
	return key->n > 0;
}

static bool key_is(struct slice key, const char *const *names)
{
	for (; *names; names++)
		if (slice_istarts(key, slice_of(*names)))
			return true;
	return false;
}

/* Spellings that Google's parser takes as well. */
static const char *const agent_keys[] = {"user-agent", "useragent",
    "user agent", NULL};
static const char *const allow_keys[] = {"allow", NULL};
static const char *const disallow_keys[] = {"disallow", "dissallow",
    "dissalow", "disalow", "diasllow", "disallaw", NULL};
static const char *const delay_keys[] = {"crawl-delay", "crawldelay", NULL};
static const char *const sitemap_keys[] = {"sitemap", "site-map", NULL};

/* ---- patterns ---------------------------------------------------------------------- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 9309, 2.2.2: octets beyond ASCII encoded, escapes in upper case. URLs
 * come serialised by the URL standard, so they are compared as they are. */
static struct slice plain(struct slice s, struct arena *a)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = arena_alloc(a, s.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 &&
		    hex(s.p[i + 2]) >= 0) {
			c = (unsigned char)(hex(s.p[i + 1]) * 16 +
			    hex(s.p[i + 2]));
			i += 2;
		} else if (c < 0x80) {
			p[n++] = (char)c;
			continue;
		}
		p[n++] = '%';
		p[n++] = digits[c >> 4];
		p[n++] = digits[c & 15];
	}
	p[n] = '\0';
	return (struct slice){p, n};
}

/*
 * * matches any run, $ at the end the end. The last star is retried alone:
 * what earlier stars took first is never worse, so the time is at most the
 * product of both lengths, and near their sum for real patterns.
 */
static bool matches(struct slice pattern, struct slice path)
{
	bool anchored = pattern.n && pattern.p[pattern.n - 1] == '$';
	size_t i = 0, k = 0, star = SIZE_MAX, back = 0;

	if (anchored)
		pattern.n--;
	while (k < path.n) {
		if (i < pattern.n && pattern.p[i] == '*') {
			star = ++i;
			back = k;
			if (i == pattern.n)
				return true;
		} else if (i < pattern.n && pattern.p[i] == path.p[k]) {
			i++;
			k++;
		} else if (i == pattern.n && !anchored) {
			return true;
		} else if (star != SIZE_MAX) {
			i = star;
			k = ++back;
		} else {
			return false;
		}
	}
	while (i < pattern.n && pattern.p[i] == '*')
		i++;
	return i == pattern.n;
}

/* ---- groups ------------------------------------------------------------------------- */

/* The product token at the start of a user-agent line's value. */
static struct slice token(struct slice s)
{
	size_t n = 0;

	while (n < s.n && (((s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z') ||
	    s.p[n] == '-' || s.p[n] == '_'))
		n++;
	return slice_sub(s, 0, n);
}

struct parsing {
	struct arena *a;
	struct robots *out;
	bool mine, any, naming; /* group is the agent's, everybody's */
	struct robots all; /* rules for everybody */
};

static void add_rule(struct arena *a, struct robots *r, bool allow,
    struct slice pattern)
{
	struct robots_rule *more;

	if (r->rules_n >= RULES_MAX || !pattern.n)
		return;
	if (r->rules_n == r->rules_cap) {
		r->rules_cap = r->rules_cap ? r->rules_cap * 2 : 16;
		more = arena_alloc(a, r->rules_cap * sizeof(*more));
		if (r->rules_n)
			memcpy(more, r->rules, r->rules_n * sizeof(*more));
		r->rules = more;
	}
	r->rules[r->rules_n++] = (struct robots_rule){allow, pattern,
	    plain(pattern, a)};
}

/* "Allow: /x/index.html" allows "/x/" too, as Google's parser has it. */
static void add_both(struct arena *a, struct robots *r, bool allow,
    struct slice pattern)
{
	long at = slice_find(pattern, SLICE("/index.htm"), 0);

	add_rule(a, r, allow, pattern);
	if (allow && at >= 0)
		add_rule(a, r, allow, arena_printf(a, "%.*s$", (int)at + 1,
		    pattern.p));
}

static void set_delay(struct robots *r, struct slice value)
{
	char text[32], *end;
	double v;

	snprintf(text, sizeof(text), "%.*s", SLICE_FMT(value));
	v = strtod(text, &end);
	if (end != text && v >= 0 && v <= DELAY_MAX_S)
		r->crawl_delay_ms = (int)(v * 1000);
}

static void member(struct parsing *p, struct slice key, struct slice value)
{
	if (key_is(key, allow_keys) || key_is(key, disallow_keys)) {
		bool allow = key_is(key, allow_keys);

		p->naming = false; /* a rule ends the list of agents */
		if (p->mine)
			add_both(p->a, p->out, allow, value);
		if (p->any)
			add_both(p->a, &p->all, allow, value);
	} else if (key_is(key, delay_keys)) {
		if (p->mine)
			set_delay(p->out, value);
		if (p->any)
			set_delay(&p->all, value);
	}
}

void robots_parse(struct slice text, struct slice agent, struct arena *a,
    struct robots *out)
{
	struct parsing p = {.a = a, .out = out, .all = {.crawl_delay_ms = -1}};
	struct slice line, key, value;
	bool found = false;

	*out = (struct robots){.crawl_delay_ms = -1};
	text = slice_sub(text, 0, ROBOTS_MAX_BYTES);
	if (slice_starts(text, SLICE("\xef\xbb\xbf")))
		text = slice_sub(text, 3, text.n);
	while (next_line(&text, &line)) {
		if (!split(line, &key, &value))
			continue;
		if (key_is(key, agent_keys)) {
			bool star = value.n && value.p[0] == '*' &&
			    (value.n == 1 || value.p[1] == ' ');

			if (!p.naming)
				p.mine = p.any = false;
			p.naming = true;
			p.any |= star;
			if (!star && slice_ieq(token(value), agent))
				p.mine = found = true;
		} else if (key_is(key, sitemap_keys)) {
			if (out->sitemaps_n < 32)
				out->sitemaps[out->sitemaps_n++] = value;
		} else {
			member(&p, key, value);
		}
	}
	if (found)
		return;
	out->rules = p.all.rules;
	out->rules_n = p.all.rules_n;
	out->crawl_delay_ms = p.all.crawl_delay_ms;
}

struct robots_answer robots_check(const struct robots *r, struct slice path)
{
	struct robots_answer best = {true, NULL};

	for (size_t i = 0; i < r->rules_n; i++) {
		const struct robots_rule *x = &r->rules[i];

		if (best.rule && (x->match.n < best.rule->match.n ||
		    (x->match.n == best.rule->match.n && !x->allow)))
			continue;
		if (matches(x->match, path)) {
			best.rule = x;
			best.allowed = x->allow;
		}
	}
	return best;
}
