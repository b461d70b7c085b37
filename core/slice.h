#ifndef CORE_SLICE_H
#define CORE_SLICE_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A view of bytes that somebody else owns; not NUL-terminated. p == NULL is
 * "unknown"; n == 0 with p set is "known to be empty".
 */
struct slice {
	const char *p;
	size_t n;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_NONE     ((struct slice){NULL, 0})
/* For "%.*s". */
#define SLICE_FMT(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct slice slice_of(const char *cstr)
{
	return (struct slice){cstr, cstr ? strlen(cstr) : 0};
}

static inline bool slice_eq(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || !memcmp(a.p, b.p, a.n));
}

/* By bytes, as memcmp: less than, equal to or more than 0. */
int slice_cmp(struct slice a, struct slice b);

static inline bool slice_is(struct slice a, const char *cstr)
{
	return slice_eq(a, slice_of(cstr));
}

/* s[from..to), clipped to s. */
static inline struct slice slice_sub(struct slice s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct slice){s.p ? s.p + from : NULL, to - from};
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 ||
	    !memcmp(s.p, prefix.p, prefix.n));
}

/* ASCII case-insensitive equality. */
bool slice_ieq(struct slice a, struct slice b);
bool slice_istarts(struct slice s, struct slice prefix);
/* The same for a word that is not empty; where its first byte is not that of
 * s, as with most words of a list, nothing else is looked at. */
bool slice_ibegins(struct slice s, const char *word);
/* Offset of the first needle at or after from, or -1. */
long slice_find(struct slice s, struct slice needle, size_t from);
/* The same, ASCII case-insensitive. */
long slice_ifind(struct slice s, struct slice needle, size_t from);
/* Is one of the n words in s, at its beginning, or all of it? ASCII
 * case-insensitive. */
bool slice_has_any(struct slice s, const char *const *words, size_t n);
bool slice_starts_any(struct slice s, const char *const *words, size_t n);
bool slice_is_any(struct slice s, const char *const *words, size_t n);
/* Without ASCII white space at both ends. */
struct slice slice_trim(struct slice s);

/*
 * The pairs of bytes that stand side by side in a text, letters in either case
 * as one: a word with a pair that the text has not is not in the text. One
 * pass over a text spares a search for nearly all words of a list.
 */
struct pairs {
	bool held[1024]; /* of ASCII letters, each pair has its own place */
};

static inline size_t pairs_place(char a, char b)
{
	return (((unsigned char)a | 32u) ^ ((unsigned char)b | 32u) << 5) &
	    1023;
}

/* Starts with {0}. */
void pairs_add(struct pairs *p, struct slice text);
/* False: word is not in the text, in whatever case. */
static inline bool pairs_may_hold(const struct pairs *p, const char *word)
{
	for (; word[0] && word[1]; word++)
		if (!p->held[pairs_place(word[0], word[1])])
			return false;
	return true;
}

#endif
