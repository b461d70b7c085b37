#ifndef CORE_HASH_H
#define CORE_HASH_H
#include "core/slice.h"

#include <stdint.h>

/* XXH3, 64 and 128 bits (xxHash 0.8, canonical form): identity, not safety. */

struct hash128 {
	uint8_t b[16]; /* canonical, big endian, as XXH128_canonical_t */
};

uint64_t hash64(const void *p, size_t n);
uint64_t hash64_seed(const void *p, size_t n, uint64_t seed);
struct hash128 hash128(const void *p, size_t n);

static inline bool hash128_eq(struct hash128 a, struct hash128 b)
{
	return !memcmp(a.b, b.b, sizeof(a.b));
}

static inline bool hash128_is_zero(struct hash128 a)
{
	return hash128_eq(a, (struct hash128){{0}});
}

/* Sorts hashes in place, ascending; they may be equal. */
void hashes_sort(uint64_t *v, size_t n);
/* The same, each once; how many are left. */
size_t hashes_unique(uint64_t *v, size_t n);

/* How many of the sorted hashes are less than h: where h stands, if it does. */
size_t hashes_place(const uint64_t *v, size_t n, uint64_t h);
bool hashes_have(const uint64_t *v, size_t n, uint64_t h);

/* How many of two sorted lists are in both; it stops at most. */
size_t hashes_common(const uint64_t *a, size_t an, const uint64_t *b, size_t bn,
    size_t most);

/* 32 lower-case hex digits and NUL. */
#define HASH128_HEX 33
const char *hash128_hex(struct hash128 h, char hex[HASH128_HEX]);
/* Reads 32 hex digits, hyphens between them allowed; 0, or -1. */
int hash128_parse(struct slice s, struct hash128 *h);

#endif
