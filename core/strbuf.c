#include "core/strbuf.h"

#include "core/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

char strbuf_empty[1];

void strbuf_init(struct strbuf *sb)
{
	sb->p = strbuf_empty;
	sb->n = sb->cap = 0;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap)
		free(sb->p);
	strbuf_init(sb);
}

void strbuf_reset(struct strbuf *sb)
{
	strbuf_setlen(sb, 0);
}

void strbuf_grow(struct strbuf *sb, size_t extra)
{
	size_t want = sb->n + extra + 1;

	if (want < extra)
		BUG("strbuf_grow by %zu bytes", extra);
	if (want <= sb->cap)
		return;
	if (want < sb->cap * 2)
		want = sb->cap * 2;
	if (want < 64)
		want = 64;
	sb->p = xrealloc(sb->cap ? sb->p : NULL, want);
	sb->cap = want;
	sb->p[sb->n] = '\0';
}

void strbuf_add(struct strbuf *sb, const void *p, size_t n)
{
	if (!n)
		return;
	if (n >= sb->cap - sb->n) /* cap is 0, or over n */
		strbuf_grow(sb, n);
	memcpy(sb->p + sb->n, p, n);
	sb->n += n;
	sb->p[sb->n] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *cstr)
{
	strbuf_add(sb, cstr, strlen(cstr));
}

void strbuf_addsl(struct strbuf *sb, struct slice s)
{
	strbuf_add(sb, s.p, s.n);
}

void strbuf_addc(struct strbuf *sb, char c)
{
	if (sb->n + 1 >= sb->cap)
		strbuf_grow(sb, 1);
	sb->p[sb->n++] = c;
	sb->p[sb->n] = '\0';
}

void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	strbuf_grow(sb, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(sb->p + sb->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	sb->n += (size_t)n;
}

void strbuf_addcp(struct strbuf *sb, unsigned int c)
{
	char b[4];
	size_t n;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x80) {
		b[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		b[0] = (char)(0xc0 | c >> 6);
		b[1] = (char)(0x80 | (c & 63));
		n = 2;
	} else if (c < 0x10000) {
		b[0] = (char)(0xe0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 63));
		b[2] = (char)(0x80 | (c & 63));
		n = 3;
	} else {
		b[0] = (char)(0xf0 | c >> 18);
		b[1] = (char)(0x80 | (c >> 12 & 63));
		b[2] = (char)(0x80 | (c >> 6 & 63));
		b[3] = (char)(0x80 | (c & 63));
		n = 4;
	}
	strbuf_add(sb, b, n);
}

void strbuf_setlen(struct strbuf *sb, size_t n)
{
	if (n > sb->n)
		BUG("strbuf_setlen %zu over %zu", n, sb->n);
	sb->n = n;
	if (sb->cap)
		sb->p[n] = '\0';
}

void strbuf_setlen_grown(struct strbuf *sb, size_t n)
{
	if (sb->n + n >= sb->cap)
		BUG("strbuf_setlen_grown %zu over %zu", sb->n + n, sb->cap);
	sb->n += n;
	sb->p[sb->n] = '\0';
}
