#include "core/hash.h"

#include "core/arena.h"

#include <stdlib.h>
#include <xxhash.h>

uint64_t hash64(const void *p, size_t n)
{
	return XXH3_64bits(n ? p : "", n);
}

uint64_t hash64_seed(const void *p, size_t n, uint64_t seed)
{
	return XXH3_64bits_withSeed(n ? p : "", n, seed);
}

struct hash128 hash128(const void *p, size_t n)
{
	struct hash128 h;
	XXH128_canonical_t c;

	XXH128_canonicalFromHash(&c, XXH3_128bits(n ? p : "", n));
	memcpy(h.b, c.digest, sizeof(h.b));
	return h;
}

/* ---- sorting --------------------------------------------------------------- */

#define FEW	16 /* that are sorted by inserting */
#define BUCKETS 256 /* by the first bits: hashes are spread evenly */
#define MANY	256 /* fewer than so many fill a quarter of the buckets */

static int cmp_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* What somebody chose to fall into one bucket costs n log n, no more. */
static void sort_bucket(uint64_t *v, size_t n)
{
	if (n > FEW) {
		qsort(v, n, sizeof(*v), cmp_hash);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t k = i;

		for (; k && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

void hashes_sort(uint64_t *v, size_t n)
{
	size_t from[BUCKETS + 1] = {0}, at[BUCKETS];
	size_t buckets = n < MANY ? BUCKETS / 4 : BUCKETS;
	int shift = n < MANY ? 58 : 56;
	uint64_t *copy;

	if (n <= FEW) {
		sort_bucket(v, n);
		return;
	}
	copy = xmalloc(n * sizeof(*v));
	memcpy(copy, v, n * sizeof(*v));
	for (size_t i = 0; i < n; i++)
		from[(copy[i] >> shift) + 1]++;
	for (size_t i = 0; i < buckets; i++) {
		from[i + 1] += from[i];
		at[i] = from[i];
	}
	for (size_t i = 0; i < n; i++)
		v[at[copy[i] >> shift]++] = copy[i];
	for (size_t i = 0; i < buckets; i++)
		sort_bucket(v + from[i], from[i + 1] - from[i]);
	free(copy);
}

size_t hashes_unique(uint64_t *v, size_t n)
{
	size_t k = 0;

	hashes_sort(v, n);
	for (size_t i = 0; i < n; i++)
		if (!k || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}

size_t hashes_place(const uint64_t *v, size_t n, uint64_t h)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v[mid] < h)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool hashes_have(const uint64_t *v, size_t n, uint64_t h)
{
	size_t at = hashes_place(v, n, h);

	return at < n && v[at] == h;
}

size_t hashes_common(const uint64_t *a, size_t an, const uint64_t *b, size_t bn,
    size_t most)
{
	size_t i = 0, k = 0, n = 0;

	while (i < an && k < bn && n < most) {
		if (a[i] == b[k])
			n++, i++, k++;
		else if (a[i] < b[k])
			i++;
		else
			k++;
	}
	return n;
}

/* ---- hex --------------------------------------------------------------------- */

const char *hash128_hex(struct hash128 h, char hex[HASH128_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < sizeof(h.b); i++) {
		hex[2 * i] = digits[h.b[i] >> 4];
		hex[2 * i + 1] = digits[h.b[i] & 15];
	}
	hex[32] = '\0';
	return hex;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int hash128_parse(struct slice s, struct hash128 *h)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int d = digit(s.p[i]);

		if (s.p[i] == '-')
			continue;
		if (d < 0 || n == 32)
			return -1;
		if (n % 2)
			h->b[n / 2] = (uint8_t)(h->b[n / 2] | d);
		else
			h->b[n / 2] = (uint8_t)(d << 4);
		n++;
	}
	return n == 32 ? 0 : -1;
}
