#include "core/slice.h"

#include <strings.h>

#define LONG_NEEDLE 4 /* bytes: from there on Horspool's table pays */

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

int slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? memcmp(a.p, b.p, n) : 0;

	return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool slice_ieq(struct slice a, struct slice b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool slice_istarts(struct slice s, struct slice prefix)
{
	return s.n >= prefix.n && (!prefix.n || (lower(s.p[0]) ==
	    lower(prefix.p[0]) && slice_ieq(slice_sub(s, 0, prefix.n),
	    prefix)));
}

bool slice_ibegins(struct slice s, const char *word)
{
	size_t i = 0;

	if (!s.n || lower(s.p[0]) != lower(word[0]))
		return false;
	while (i < s.n && word[i] && lower(s.p[i]) == lower(word[i]))
		i++;
	return !word[i];
}

long slice_find(struct slice s, struct slice needle, size_t from)
{
	const char *at;

	if (from > s.n || needle.n > s.n - from)
		return -1;
	if (needle.n == 0)
		return (long)from;
	for (size_t i = from; i + needle.n <= s.n;) {
		at = memchr(s.p + i, needle.p[0], s.n - i - needle.n + 1);
		if (!at)
			return -1;
		i = (size_t)(at - s.p);
		if (!memcmp(at, needle.p, needle.n))
			return (long)i;
		i++;
	}
	return -1;
}

/* Does the needle stand at p? */
static bool ihere(const char *p, struct slice needle)
{
	size_t k = 0;

	while (k < needle.n && lower(p[k]) == lower(needle.p[k]))
		k++;
	return k == needle.n;
}

/* Horspool 1980: looks at the last byte first, and skips what cannot be. */
static long ifind_long(struct slice s, struct slice needle, size_t from)
{
	unsigned char skip[256];
	size_t n = needle.n, most = n < 255 ? n : 255;

	memset(skip, (int)most, sizeof(skip));
	for (size_t k = n - most; k + 1 < n; k++) {
		int c = lower(needle.p[k]);

		skip[c] = (unsigned char)(n - 1 - k);
		skip[c >= 'a' && c <= 'z' ? c - 32 : c] = skip[c];
	}
	while (from + n <= s.n) {
		if (ihere(s.p + from, needle))
			return (long)from;
		from += skip[(unsigned char)s.p[from + n - 1]];
	}
	return -1;
}

long slice_ifind(struct slice s, struct slice needle, size_t from)
{
	int first = needle.n ? lower(needle.p[0]) : 0;

	if (!needle.n)
		return from <= s.n ? (long)from : -1;
	if (needle.n >= LONG_NEEDLE)
		return ifind_long(s, needle, from);
	for (size_t i = from; i + needle.n <= s.n; i++) {
		size_t k = 1;

		if (lower(s.p[i]) != first)
			continue;
		while (k < needle.n && lower(s.p[i + k]) == lower(needle.p[k]))
			k++;
		if (k == needle.n)
			return (long)i;
	}
	return -1;
}

void pairs_add(struct pairs *p, struct slice text)
{
	for (size_t i = 1; i < text.n; i++)
		p->held[pairs_place(text.p[i - 1], text.p[i])] = true;
}

bool slice_has_any(struct slice s, const char *const *words, size_t n)
{
	struct pairs p = {{0}};

	pairs_add(&p, s);
	for (size_t i = 0; i < n; i++)
		if (pairs_may_hold(&p, words[i]) &&
		    slice_ifind(s, slice_of(words[i]), 0) >= 0)
			return true;
	return false;
}

bool slice_starts_any(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_ibegins(s, words[i]))
			return true;
	return false;
}

bool slice_is_any(struct slice s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_ieq(s, slice_of(words[i])))
			return true;
	return false;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice s)
{
	while (s.n && blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}
