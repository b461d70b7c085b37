#ifndef STORY_TERMS_H
#define STORY_TERMS_H
#include "story/story.h"

/*
 * Inside the verdict (signals.c): what a text is about. Words weigh what they
 * tell: those that stand in every other text next to nothing.
 */

/* The words of a side that count (sketch_words), in order. */
struct counted {
	const struct match_side *of;
	uint64_t *hash;
	struct slice *word;
	size_t *ends, n; /* ends: by sentence of the text, left out or not */
};
void counted_make(const struct match_side *side, struct counted *out);
void counted_free(struct counted *c);
/* Where its words of sentence i begin, and how many they are. */
static inline size_t counted_at(const struct counted *c, size_t i)
{
	return i ? c->ends[i - 1] : 0;
}
static inline size_t counted_in(const struct counted *c, size_t i)
{
	return c->ends[i] - counted_at(c, i);
}
/* A sentence by its words; the same in every house. */
static inline uint64_t counted_hash(const struct counted *c, size_t i)
{
	return hash64(c->hash + counted_at(c, i),
	    counted_in(c, i) * sizeof(*c->hash));
}

struct term {
	uint64_t hash;
	double weight;
};

/* A set of words: sorted by hash once terms_finish was called. */
struct terms {
	struct term *t;
	size_t n, cap;
};
/* Words of a line that was not split before: a title. */
void terms_add_line(struct terms *x, struct slice line);
void terms_add_words(struct terms *x, const struct counted *c);
void terms_finish(struct terms *x);
bool terms_has(const struct terms *x, uint64_t hash);
void terms_free(struct terms *x);

/* The weight of what both have, as a share of the lighter one's, and of all. */
struct terms_common {
	double of_less, of_all;
};
struct terms_common terms_compare(const struct terms *a,
    const struct terms *b);

bool word_is_number(struct slice w);
/* Words that say little in a title or lead. */
bool word_is_stop(struct slice w);

/*
 * Of the names in c's first words, how many stand in the other text: words
 * with a capital that do not begin a sentence, or begin the text. -1: none.
 */
double names_in(const struct counted *c, const struct terms *other);

/* Figures between the same two words: 1 the same ones, -1 others, in the
 * middle where there are few or none. */
double figures_agree(const struct counted *a, const struct counted *b);

#endif
