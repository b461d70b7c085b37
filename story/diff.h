#ifndef STORY_DIFF_H
#define STORY_DIFF_H
/* Two bodies as words and sentences, and which of them are partners. Private to
 * diff.c and moved.c. */
#include "story/story.h"

/*
 * Cells of the table of a longest common subsequence: 16 MB, 20 ms. What is
 * longer (2,800 changed sentences, or words between two common ones) counts
 * as replaced.
 */
#define DIFF_CELLS ((size_t)8 << 20)

struct piece {
	struct slice s;	 /* a word and the white space behind it */
	uint64_t hash;	 /* of the word alone */
	uint32_t match;	 /* its index in the other body + 1; 0: none */
	bool moved;	 /* it stands, in its sentence, elsewhere in the other */
	bool settled;	 /* moved, or of a moved sentence's changed words */
	bool ends;	 /* the last of its sentence */
};

/* A sentence: pieces from..to of a body. */
struct span {
	uint64_t hash;
	uint32_t from, to;
	uint32_t match; /* as of pieces */
};

struct side {
	struct piece *p;
	size_t n;
	struct span *spans;
	size_t spans_n;
};

/* match[i] = index in b + 1 of a's i-th, or 0; returns how many are common. */
size_t diff_align(const uint64_t *a, size_t an, const uint64_t *b, size_t bn,
    uint32_t *match);

/* ---- moved.c ------------------------------------------------------------------ */

/* Matches pieces of two equal sentences, as they stand or as moved. */
void diff_pair(struct side *x, struct span *s, struct side *y, struct span *t,
    bool moved);
/* Pairs long sentences without a partner that stand elsewhere in the other: whole,
 * or with few words changed. */
void diff_find_moved(struct side *x, struct side *y);

#endif
