#include "crawler/robots.h"

#include "core/strbuf.h"

#include <stdlib.h>

/* Longest delay that is believed, a day: more is a slip of the pen. */
#define DELAY_MAX_S 86400

/* ---- lines ---------------------------------------------------------- */

/* Next line; CR, LF and CRLF end one. */
static bool next_line(struct slice *text, struct slice *line)
{
	size_t n = 0;

	if (!text->n)
		return false;
	while (n < text->n && text->p[n] != '\n' && text->p[n] != '\r')
		n++;
	*line = slice_sub(*text, 0, n < ROBOTS_LINE_MAX ? n : ROBOTS_LINE_MAX);
	if (n + 1 < text->n && text->p[n] == '\r' && text->p[n + 1] == '\n')
		n++;
	*text = slice_sub(*text, n + 1, text->n);
	return true;
}

struct slice robots_part(struct slice text)
{
	size_t n = ROBOTS_MAX_BYTES;

	if (text.n <= n)
		return text;
	while (n && text.p[n - 1] != '\n' && text.p[n - 1] != '\r')
		n--;
	return slice_sub(text, 0, n);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t blank_at(struct slice s)
{
	size_t n = 0;

	while (n < s.n && !is_blank(s.p[n]))
		n++;
	return n;
}

/* "key: value # comment". A colon that was forgotten may be a blank, where the
 * line has two words and no more. */
static bool split(struct slice line, struct slice *key, struct slice *value)
{
	const char *end = memchr(line.p, '#', line.n);
	size_t n;

	if (end)
		line.n = (size_t)(end - line.p);
	line = slice_trim(line);
	if (!line.n)
		return false;
	end = memchr(line.p, ':', line.n);
	n = end ? (size_t)(end - line.p) : blank_at(line);
	if (n == line.n)
		return false;
	*key = slice_trim(slice_sub(line, 0, n));
	*value = slice_trim(slice_sub(line, n + 1, line.n));
	return key->n && (end || blank_at(*value) == value->n);
}

/* ---- keys ----------------------------------------------------------- */

enum key {
	KEY_OTHER,
	KEY_AGENT,
	KEY_ALLOW,
	KEY_DISALLOW,
	KEY_DELAY,
	KEY_SITEMAP
};

/* A key is known by its beginning; the misspelt ones are Google's list. */
static enum key key_of(struct slice s)
{
	static const struct {
		const char *name;
		enum key key;
	} keys[] = {
	    {"user-agent", KEY_AGENT},
	    {"useragent", KEY_AGENT},
	    {"user agent", KEY_AGENT},
	    {"allow", KEY_ALLOW},
	    {"disallow", KEY_DISALLOW},
	    {"dissallow", KEY_DISALLOW},
	    {"dissalow", KEY_DISALLOW},
	    {"disalow", KEY_DISALLOW},
	    {"diasllow", KEY_DISALLOW},
	    {"disallaw", KEY_DISALLOW},
	    {"crawl-delay", KEY_DELAY},
	    {"crawldelay", KEY_DELAY},
	    {"sitemap", KEY_SITEMAP},
	    {"site-map", KEY_SITEMAP},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (slice_istarts(s, slice_of(keys[i].name)))
			return keys[i].key;
	return KEY_OTHER;
}

/* ---- patterns ------------------------------------------------------- */

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* RFC 9309, 2.2.2: octets beyond ASCII are escaped, and %c3 is %C3. */
static struct slice alike(struct slice s, struct arena *a)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p = arena_alloc(a, s.n * 3 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) &&
		    is_hex(s.p[i + 2])) {
			p[n++] = '%';
			p[n++] = upper(s.p[++i]);
			p[n++] = upper(s.p[++i]);
		} else if (c >= 0x80) {
			p[n++] = '%';
			p[n++] = digits[c >> 4];
			p[n++] = digits[c & 15];
		} else {
			p[n++] = (char)c;
		}
	}
	p[n] = '\0';
	return (struct slice){p, n};
}

static bool same(const char *p, struct slice piece)
{
	return !piece.n || !memcmp(p, piece.p, piece.n);
}

/*
 * A star takes any run, $ at the end is the end. What stands between two stars
 * is taken where it is found first, which is never worse than later; so each
 * byte of the path is looked at about once.
 */
bool robots_matches(struct slice pattern, struct slice path)
{
	bool end = pattern.n && pattern.p[pattern.n - 1] == '$';
	bool first = true;
	size_t at = 0;

	if (end)
		pattern.n--;
	for (;;) {
		const char *star = memchr(pattern.p, '*', pattern.n);
		struct slice piece = {
		    pattern.p, star ? (size_t)(star - pattern.p) : pattern.n};
		size_t left = path.n - at;
		const char *hit = path.p + at;

		if (piece.n > left)
			return false;
		if (!star && end)
			return (!first || piece.n == left) &&
			       same(path.p + path.n - piece.n, piece);
		if (first && !same(hit, piece))
			return false;
		if (!first && piece.n)
			hit = memmem(hit, left, piece.p, piece.n);
		if (!hit)
			return false;
		if (!star)
			return true;
		at = (size_t)(hit - path.p) + piece.n;
		pattern = slice_sub(pattern, piece.n + 1, pattern.n);
		first = false;
	}
}

/* ---- groups --------------------------------------------------------- */

/* The product token at the start of a user-agent line's value. */
static struct slice token(struct slice s)
{
	size_t n = 0;

	while (n < s.n && (((s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z') ||
			      s.p[n] == '-' || s.p[n] == '_'))
		n++;
	return slice_sub(s, 0, n);
}

/* Whose lines these are: a list of agents ends with the first line of what it
 * is a list for. */
struct group {
	bool mine, all; /* names the agent, names everybody */
	bool open;	/* more names may come */
};

struct parsing {
	struct arena *a;
	struct slice agent;
	struct robots mine, all;
	/* Crawl-delay ends a list for itself alone: lines that are not of the
	 * standard must not interfere with the rules (RFC 9309, 2.2.4). */
	struct group rules, delays;
	bool found; /* a group names the agent */
	uint32_t order;
};

static void add_name(struct group *g, bool mine, bool all)
{
	if (!g->open)
		*g = (struct group){.open = true};
	g->mine |= mine;
	g->all |= all;
}

static void add_agent(struct parsing *p, struct slice value)
{
	bool all = value.n && value.p[0] == '*' &&
		   (value.n == 1 || is_blank(value.p[1]));
	bool mine = !all && p->agent.n && slice_ieq(token(value), p->agent);

	p->found |= mine;
	add_name(&p->rules, mine, all);
	add_name(&p->delays, mine, all);
}

static void push(
    struct arena *a, struct robots *r, const struct robots_rule *rule)
{
	if (r->rules_n == r->rules_cap) {
		size_t cap = r->rules_cap ? r->rules_cap * 2 : 16;
		struct robots_rule *more = arena_alloc(a, cap * sizeof(*more));

		if (r->rules_n)
			memcpy(more, r->rules, r->rules_n * sizeof(*more));
		r->rules = more;
		r->rules_cap = cap;
	}
	r->rules[r->rules_n++] = *rule;
}

static void add_rule(struct parsing *p, bool allow, struct slice pattern)
{
	struct robots_rule rule = {
	    .pattern = pattern, .order = p->order++, .allow = allow};

	if (!pattern.n) /* "Disallow:" disallows nothing */
		return;
	rule.match = alike(pattern, p->a);
	if (p->rules.mine)
		push(p->a, &p->mine, &rule);
	if (p->rules.all)
		push(p->a, &p->all, &rule);
}

/* "Allow: /x/index.html" allows "/x/" too, as Google's parser has it. */
static void add_line(struct parsing *p, bool allow, struct slice value)
{
	const char *slash = value.n ? memrchr(value.p, '/', value.n) : NULL;
	size_t at = slash ? (size_t)(slash - value.p) : 0;

	p->rules.open = p->delays.open = false;
	if (!p->rules.mine && !p->rules.all)
		return;
	add_rule(p, allow, value);
	if (allow && slash &&
	    slice_starts(slice_sub(value, at, value.n), SLICE("/index.htm")))
		add_rule(
		    p, true, arena_printf(p->a, "%.*s$", (int)at + 1, value.p));
}

/* "5", "0.5": seconds. */
static void add_delay(struct parsing *p, struct slice value)
{
	int64_t ms = 0, unit = 1000;
	size_t i = 0;

	p->delays.open = false;
	for (; i < value.n && value.p[i] >= '0' && value.p[i] <= '9'; i++)
		if (ms <= DELAY_MAX_S * 1000LL)
			ms = ms * 10 + (value.p[i] - '0') * 1000;
	if (!i)
		return;
	if (i < value.n && value.p[i] == '.')
		while (++i < value.n && value.p[i] >= '0' && value.p[i] <= '9')
			ms += (value.p[i] - '0') * (unit /= 10);
	if (ms > DELAY_MAX_S * 1000LL)
		ms = DELAY_MAX_S * 1000LL;
	if (p->delays.mine)
		p->mine.crawl_delay_ms = (int)ms;
	if (p->delays.all)
		p->all.crawl_delay_ms = (int)ms;
}

static int by_precedence(const void *a, const void *b)
{
	const struct robots_rule *x = a, *y = b;

	if (x->match.n != y->match.n)
		return x->match.n > y->match.n ? -1 : 1;
	if (x->allow != y->allow)
		return x->allow ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void robots_parse(
    struct slice text, struct slice agent, struct arena *a, struct robots *out)
{
	struct parsing p = {.a = a,
	    .mine.crawl_delay_ms = -1,
	    .all.crawl_delay_ms = -1,
	    /* a delay before any agent is everybody's, as rep-cpp reads it */
	    .delays.all = true};
	struct slice line, key, value, sitemaps[ARRAY_LEN(out->sitemaps)];
	const char *slash = agent.n ? memchr(agent.p, '/', agent.n) : NULL;
	size_t n = 0;

	p.agent = slash ? slice_sub(agent, 0, (size_t)(slash - agent.p))
			: agent;
	text = robots_part(text);
	if (slice_starts(text, SLICE("\xef\xbb\xbf")))
		text = slice_sub(text, 3, text.n);
	while (next_line(&text, &line)) {
		if (!split(line, &key, &value))
			continue;
		switch (key_of(key)) {
		case KEY_AGENT:
			add_agent(&p, value);
			break;
		case KEY_ALLOW:
			add_line(&p, true, value);
			break;
		case KEY_DISALLOW:
			add_line(&p, false, value);
			break;
		case KEY_DELAY:
			add_delay(&p, value);
			break;
		case KEY_SITEMAP:
			if (n < ARRAY_LEN(sitemaps))
				sitemaps[n++] = value;
			break;
		case KEY_OTHER:
			break;
		}
	}
	*out = p.found ? p.mine : p.all;
	if (out->rules_n)
		qsort(out->rules, out->rules_n, sizeof(*out->rules),
		    by_precedence);
	out->sitemaps_n = n;
	memcpy(out->sitemaps, sitemaps, n * sizeof(*sitemaps));
}

/* ---- asking --------------------------------------------------------- */

static struct slice escapes_upper(struct slice s, struct strbuf *to)
{
	strbuf_addsl(to, s);
	for (size_t i = 0; i + 2 < to->n; i++)
		if (to->p[i] == '%' && is_hex(to->p[i + 1]) &&
		    is_hex(to->p[i + 2])) {
			to->p[i + 1] = upper(to->p[i + 1]);
			to->p[i + 2] = upper(to->p[i + 2]);
			i += 2;
		}
	return strbuf_slice(to);
}

struct robots_answer robots_check(const struct robots *r, struct slice path)
{
	struct robots_answer answer = {true, NULL};
	struct strbuf sb = STRBUF_INIT;

	if (memchr(path.p, '%', path.n))
		path = escapes_upper(path, &sb);
	for (size_t i = 0; i < r->rules_n && !answer.rule; i++)
		if (robots_matches(r->rules[i].match, path)) {
			answer.rule = &r->rules[i];
			answer.allowed = r->rules[i].allow;
		}
	strbuf_release(&sb);
	return answer;
}
