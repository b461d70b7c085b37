#ifndef CORE_STRBUF_H
#define CORE_STRBUF_H
#include "core/attr.h"
#include "core/slice.h"

/*
 * A growing string. Invariants: p is never NULL and p[n] is NUL, so p is a C
 * string at any time. Start with STRBUF_INIT, end with strbuf_release.
 */
struct strbuf {
	char *p;
	size_t n;   /* length without the NUL */
	size_t cap; /* bytes owned; 0 while p is the shared empty string */
};

extern char strbuf_empty[1];
#define STRBUF_INIT {strbuf_empty, 0, 0}

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
/* Length 0, memory kept. */
void strbuf_reset(struct strbuf *sb);
/* Room for extra more bytes. */
void strbuf_grow(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *p, size_t n);
void strbuf_adds(struct strbuf *sb, const char *cstr);
void strbuf_addsl(struct strbuf *sb, struct slice s);
void strbuf_addc(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A code point as UTF-8 (surrogates and beyond U+10FFFF as U+FFFD). */
void strbuf_addcp(struct strbuf *sb, unsigned int codepoint);
/* n bytes were written behind the end, into room from strbuf_grow. */
void strbuf_setlen_grown(struct strbuf *sb, size_t n);
/* Shortens to n bytes; n must not be over the length. */
void strbuf_setlen(struct strbuf *sb, size_t n);

static inline struct slice strbuf_slice(const struct strbuf *sb)
{
	return (struct slice){sb->p, sb->n};
}

#endif
