#include "core/json.h"

#include <stdio.h>

void jsonw_init(struct jsonw *w, struct strbuf *to)
{
	w->to = to;
	w->comma = false;
}

/* Length of the valid UTF-8 sequence at p, or 0 (RFC 3629, section 4). */
static size_t sequence(const unsigned char *p, size_t n)
{
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (n < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

static void escaped(struct strbuf *to, unsigned char c)
{
	if (c == '"' || c == '\\')
		strbuf_addf(to, "\\%c", c);
	else if (c == '\n')
		strbuf_adds(to, "\\n");
	else if (c == '\t')
		strbuf_adds(to, "\\t");
	else if (c < 0x20 || c == 0x7f)
		strbuf_addf(to, "\\u%04x", c);
	else
		strbuf_addcp(to, 0xfffd); /* no UTF-8 */
}

/* Bytes at i that stand as they are; 0 where the next one cannot. */
static size_t plain(struct slice s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
		return 0;
	return c < 0x80 ? 1 : sequence((const unsigned char *)s.p + i,
	    s.n - i);
}

static void quoted(struct strbuf *to, struct slice s)
{
	size_t from = 0, i = 0, len;

	strbuf_addc(to, '"');
	while (i < s.n) {
		len = plain(s, i);
		i += len;
		if (len)
			continue;
		strbuf_add(to, s.p + from, i - from);
		escaped(to, (unsigned char)s.p[i]);
		from = ++i;
	}
	strbuf_add(to, s.p + from, i - from);
	strbuf_addc(to, '"');
}

static void begin(struct jsonw *w, const char *key)
{
	if (w->comma)
		strbuf_adds(w->to, ", ");
	w->comma = true;
	if (key) {
		quoted(w->to, slice_of(key));
		strbuf_adds(w->to, ": ");
	}
}

void jsonw_open(struct jsonw *w, const char *key, char bracket)
{
	begin(w, key);
	strbuf_addc(w->to, bracket);
	w->comma = false;
}

void jsonw_close(struct jsonw *w, char bracket)
{
	strbuf_addc(w->to, bracket);
	w->comma = true;
}

void jsonw_str(struct jsonw *w, const char *key, struct slice s)
{
	begin(w, key);
	if (s.p)
		quoted(w->to, s);
	else
		strbuf_adds(w->to, "null");
}

void jsonw_cstr(struct jsonw *w, const char *key, const char *s)
{
	jsonw_str(w, key, slice_of(s));
}

void jsonw_int(struct jsonw *w, const char *key, int64_t v)
{
	begin(w, key);
	strbuf_addf(w->to, "%lld", (long long)v);
}

void jsonw_num(struct jsonw *w, const char *key, double v)
{
	begin(w, key);
	strbuf_addf(w->to, "%.6g", v);
}

void jsonw_bool(struct jsonw *w, const char *key, bool v)
{
	begin(w, key);
	strbuf_adds(w->to, v ? "true" : "false");
}

void jsonw_null(struct jsonw *w, const char *key)
{
	begin(w, key);
	strbuf_adds(w->to, "null");
}

void jsonw_raw(struct jsonw *w, const char *key, struct slice text)
{
	begin(w, key);
	strbuf_addsl(w->to, text);
}
