/* Longest common subsequence of two word lists. */
#include "story/story.h"

#include <stdlib.h>

/*
 * Hyyro, "Bit-parallel LCS-length computation revisited" (2004): a row of
 * bits of a for each word of b. An article of 20,000 words is a book: what is
 * longer, once its equal ends are taken off, is compared block by block, which
 * answers a lower bound. Blocks shrink so that all of them together take no
 * more steps than LCS_STEPS (0.2 s), until they hold 4,096 words.
 */
#define LCS_MAX	  20000
#define LCS_LEAST 4096
#define LCS_STEPS ((size_t)128 << 20)

struct slot {
	uint64_t word;
	uint32_t index; /* of its bit row, from 1; 0: empty */
};

static uint32_t *find_slot(struct slot *table, size_t mask, uint64_t word)
{
	size_t i = (size_t)(word * 0x9e3779b97f4a7c15u >> 20) & mask;

	while (table[i].index && table[i].word != word)
		i = (i + 1) & mask;
	if (!table[i].index)
		table[i].word = word; /* the caller may take the place */
	return &table[i].index;
}

/* Bits left in row are words of a that are not matched. */
static size_t count_zeros(const uint64_t *row, size_t n, size_t bits)
{
	size_t zeros = 0;

	for (size_t k = 0; k < n; k++) {
		uint64_t used = k + 1 < n || bits % 64 == 0 ? ~UINT64_C(0) :
		    (UINT64_C(1) << bits % 64) - 1;

		zeros += (size_t)__builtin_popcountll(~row[k] & used);
	}
	return zeros;
}

/* row = (row + (row & m)) | (row - (row & m)), over n words of 64 bits. */
static void step(uint64_t *row, const uint64_t *m, size_t n)
{
	uint64_t carry = 0;

	for (size_t k = 0; k < n; k++) {
		uint64_t u = row[k] & m[k];
		uint64_t sum = row[k] + u;
		uint64_t with = sum + carry;

		carry = (sum < row[k]) | (with < sum);
		row[k] = with | (row[k] & ~m[k]);
	}
}

static size_t common_of_block(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn)
{
	size_t n, cap = 16, rows = 0, common;
	struct slot *table;
	uint64_t *bits, *row;

	if (!an || !bn)
		return 0;
	while (cap < an * 2)
		cap *= 2;
	n = (an + 63) / 64;
	table = xcalloc(cap, sizeof(*table));
	for (size_t i = 0; i < an; i++) {
		uint32_t *index = find_slot(table, cap - 1, a[i]);

		if (!*index)
			*index = (uint32_t)++rows;
	}
	bits = xcalloc(rows * n + n, sizeof(*bits));
	row = bits + rows * n;
	for (size_t i = 0; i < an; i++)
		bits[(*find_slot(table, cap - 1, a[i]) - 1) * n + i / 64] |=
		    UINT64_C(1) << i % 64;
	memset(row, 0xff, n * sizeof(*row));
	for (size_t i = 0; i < bn; i++) {
		uint32_t index = *find_slot(table, cap - 1, b[i]);

		if (index)
			step(row, bits + (index - 1) * n, n);
	}
	common = count_zeros(row, n, an);
	free(bits);
	free(table);
	return common;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many words are the same from the beginning. */
static size_t common_prefix(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn)
{
	size_t n = 0, most = least(an, bn);

	while (n < most && a[n] == b[n])
		n++;
	return n;
}

/* A block of a takes block / 64 steps for each word of b's. */
static size_t block_of(size_t an, size_t bn)
{
	size_t n = an > bn ? an : bn;
	size_t block = n <= LCS_MAX ? n : LCS_STEPS / n * 64;

	return block < LCS_LEAST ? LCS_LEAST : least(block, LCS_MAX);
}

size_t text_common_words(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn)
{
	size_t common = 0, n, x, y, block;

	while (an && bn && a[an - 1] == b[bn - 1]) {
		an--, bn--;
		common++;
	}
	for (block = block_of(an, bn); an && bn; a += x, b += y, an -= x,
	    bn -= y) {
		n = common_prefix(a, an, b, bn);
		common += n;
		x = n + least(an - n, block);
		y = n + least(bn - n, block);
		common += common_of_block(a + n, x - n, b + n, y - n);
	}
	return common;
}

double text_coverage(const struct text *t, const struct text *v)
{
	if (!v->words_n)
		return 1.0;
	return (double)text_common_words(v->words, v->words_n, t->words,
	    t->words_n) / (double)v->words_n;
}
