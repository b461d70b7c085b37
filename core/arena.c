#include "core/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first block holds what a URL needs, since thousands of targets have one
 * each; every next is twice as large, so that an article fits in a few. Less
 * malloc's own words. */
#define FIRST_BYTES (1024 - 64)
#define BLOCK_BYTES (16 * 1024 - 64)
#define ALIGN	    alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

static void *or_die(void *p)
{
	if (!p) {
		fputs("dateline: out of memory\n", stderr);
		exit(5);
	}
	return p;
}

void *xmalloc(size_t n)
{
	return or_die(malloc(n ? n : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return or_die(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t n)
{
	return or_die(realloc(p, n ? n : 1));
}

char *xstrdup(const char *s)
{
	return or_die(strdup(s));
}

void arena_init(struct arena *a)
{
	a->blocks = NULL;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	struct arena_block *b, *next;

	for (b = a->blocks; b; b = next) {
		next = b->next;
		free(b);
	}
	arena_init(a);
}

void *arena_alloc(struct arena *a, size_t n)
{
	struct arena_block *b = a->blocks;
	size_t size;
	void *p;

	if (n > SIZE_MAX / 2)
		BUG("arena_alloc of %zu bytes", n);
	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (!b || b->size - b->used < n) {
		size = b ? b->size * 2 : FIRST_BYTES;
		size = size > BLOCK_BYTES ? BLOCK_BYTES : size;
		size = n > size ? n : size;
		b = xmalloc(sizeof(*b) + size);
		b->size = size;
		b->used = 0;
		b->next = a->blocks;
		a->blocks = b;
	}
	p = b->bytes + b->used;
	b->used += n;
	a->used += n;
	return p;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / 2 / size)
		BUG("arena_zalloc of %zu * %zu bytes", count, size);
	p = arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *arena_copy(struct arena *a, const void *p, size_t n)
{
	char *to = arena_alloc(a, n + 1);

	if (n)
		memcpy(to, p, n);
	to[n] = '\0';
	return to;
}

struct slice arena_slice(struct arena *a, struct slice s)
{
	if (!s.p)
		return s;
	return (struct slice){arena_copy(a, s.p, s.n), s.n};
}

struct slice arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct slice){p, (size_t)n};
}
