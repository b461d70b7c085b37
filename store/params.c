/* Parameters of statements, in their text form. */
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>

static struct param *add(struct params *p)
{
	if (p->n == ARRAY_LEN(p->items))
		BUG("more than %zu parameters", ARRAY_LEN(p->items));
	p->items[p->n] = (struct param){0};
	return &p->items[p->n++];
}

void params_take(struct params *p, struct strbuf *sb)
{
	struct param *x = add(p);

	strbuf_grow(sb, 0);
	x->value = sb->p;
	x->n = sb->n;
	strbuf_init(sb);
}

void params_release(struct params *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->items[i].value);
	p->n = 0;
	p->bad = false;
}

void params_null(struct params *p)
{
	add(p);
}

/* libpq's text parameters end silently at NUL (design.md): refuse it. */
void params_text(struct params *p, struct slice s)
{
	struct param *x = add(p);

	if (!s.p)
		return;
	if (memchr(s.p, 0, s.n))
		p->bad = true;
	x->value = xmalloc(s.n + 1);
	if (s.n)
		memcpy(x->value, s.p, s.n);
	x->value[s.n] = '\0';
	x->n = s.n;
}

/* Digits of v end at end; where they begin. */
static char *digits(int64_t v, char *end)
{
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		*--end = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		*--end = '-';
	return end;
}

void params_int(struct params *p, int64_t v)
{
	char text[24], *end = text + sizeof(text);
	char *from = digits(v, end);

	params_text(p, (struct slice){from, (size_t)(end - from)});
}

void item_int(struct strbuf *sb, int64_t v)
{
	char text[24], *end = text + sizeof(text);
	char *from = digits(v, end);

	strbuf_addc(sb, sb->n ? ',' : '{');
	strbuf_add(sb, from, (size_t)(end - from));
}

void params_id(struct params *p, int64_t v)
{
	if (v)
		params_int(p, v);
	else
		params_null(p);
}

void params_double(struct params *p, double v)
{
	char text[40];

	snprintf(text, sizeof(text), "%.17g", v);
	params_text(p, slice_of(text));
}

void params_bool(struct params *p, bool v)
{
	params_text(p, v ? SLICE("t") : SLICE("f"));
}

void params_time(struct params *p, usec_t t)
{
	char text[TIME_TEXT];

	if (t == TIME_NONE)
		params_null(p);
	else
		params_text(p, slice_of(time_text(t, text)));
}

void params_hash(struct params *p, struct hash128 h)
{
	char hex[HASH128_HEX];

	if (hash128_is_zero(h))
		params_null(p);
	else
		params_text(p, slice_of(hash128_hex(h, hex)));
}

void params_bytes(struct params *p, struct slice s)
{
	struct param *x = add(p);

	x->binary = true;
	if (!s.p)
		return;
	x->value = xmalloc(s.n);
	if (s.n)
		memcpy(x->value, s.p, s.n);
	x->n = s.n;
}

static void begin_array(struct strbuf *sb, size_t i)
{
	strbuf_addc(sb, i ? ',' : '{');
}

static void end_array(struct params *p, struct strbuf *sb, size_t n)
{
	strbuf_adds(sb, n ? "}" : "{}");
	params_take(p, sb);
}

void params_ints(struct params *p, const int64_t *v, size_t n)
{
	struct strbuf sb = STRBUF_INIT;

	for (size_t i = 0; i < n; i++)
		item_int(&sb, v[i]);
	end_array(p, &sb, n);
}

void params_times(struct params *p, const usec_t *v, size_t n)
{
	struct strbuf sb = STRBUF_INIT;
	char text[TIME_TEXT];

	for (size_t i = 0; i < n; i++) {
		begin_array(&sb, i);
		strbuf_adds(&sb, time_text(v[i], text));
	}
	end_array(p, &sb, n);
}

void params_texts(struct params *p, const struct slice *v, size_t n)
{
	struct strbuf sb = STRBUF_INIT;

	for (size_t i = 0; i < n; i++) {
		begin_array(&sb, i);
		strbuf_addc(&sb, '"');
		for (size_t k = 0; k < v[i].n; k++) {
			if (v[i].p[k] == '"' || v[i].p[k] == '\\')
				strbuf_addc(&sb, '\\');
			if (!v[i].p[k])
				p->bad = true;
			strbuf_addc(&sb, v[i].p[k]);
		}
		strbuf_addc(&sb, '"');
	}
	end_array(p, &sb, n);
}

void params_hashes(struct params *p, const struct hash128 *v, size_t n)
{
	struct strbuf sb = STRBUF_INIT;
	char hex[HASH128_HEX];

	for (size_t i = 0; i < n; i++) {
		begin_array(&sb, i);
		strbuf_adds(&sb, hash128_is_zero(v[i]) ? "NULL" :
		    hash128_hex(v[i], hex));
	}
	end_array(p, &sb, n);
}

/* Of an array's items only these need no quotes: digits and the like. */
static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' ||
	    (c >= 'a' && c <= 'f');
}

void param_item(const struct param *x, struct strbuf *sb)
{
	size_t done = 0, i = 0;

	if (!x->value) {
		strbuf_add(sb, "NULL", 4);
		return;
	}
	while (i < x->n && is_plain(x->value[i]))
		i++;
	if (i && i == x->n) {
		strbuf_add(sb, x->value, x->n);
		return;
	}
	strbuf_addc(sb, '"');
	for (i = 0; i < x->n; i++) {
		if (x->value[i] != '"' && x->value[i] != '\\')
			continue;
		strbuf_add(sb, x->value + done, i - done);
		strbuf_addc(sb, '\\');
		done = i;
	}
	strbuf_add(sb, x->value + done, x->n - done);
	strbuf_addc(sb, '"');
}
