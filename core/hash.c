#include "core/hash.h"

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
