#ifndef CORE_ARENA_H
#define CORE_ARENA_H
#include "core/attr.h"
#include "core/slice.h"

#include <stddef.h>

/*
 * Memory of one lifetime: handed out piece by piece, given back as a whole.
 * Out of memory ends the process (as in git and curl's tool): every size that
 * comes from outside is bounded before it gets here.
 */
struct arena_block;
struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used;		    /* bytes handed out since init or reset */
};

void arena_init(struct arena *a);
/* Frees all; the arena may be used again. A zeroed arena is fine. */
void arena_release(struct arena *a);

/* n bytes, aligned for any type, not zeroed; never NULL, n may be 0. */
void *arena_alloc(struct arena *a, size_t n);
/* count * size bytes, zeroed. */
void *arena_zalloc(struct arena *a, size_t count, size_t size);
/* Copies with a NUL behind; the result is a C string as well. */
char *arena_copy(struct arena *a, const void *p, size_t n);
struct slice arena_slice(struct arena *a, struct slice s);
struct slice arena_printf(struct arena *a, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* malloc and friends that end the process where there is no memory. */
void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);

/*
 * Grows an array by doubling: GROW(items, n, cap) makes room for items[n].
 * The array is the caller's, from malloc.
 */
#define GROW(items, n, cap)                                                    \
	do {                                                                   \
		if ((n) >= (cap)) {                                            \
			(cap) = (cap) ? (cap) * 2 : 8;                         \
			(items) = xrealloc((items), (cap) * sizeof(*(items))); \
		}                                                              \
	} while (0)

#endif
