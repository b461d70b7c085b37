#ifndef STORY_TERMS_H
#define STORY_TERMS_H
#include "story/counted.h"

/*
 * Inside the verdict (signals.c): what a text is about. Words weigh what they
 * tell: those that stand in every other text next to nothing.
 */

bool terms_has(const struct terms *x, uint64_t hash);

/* The weight of what both have, as a share of the lighter one's, and of all. */
struct terms_common {
	double of_less, of_all;
};
struct terms_common terms_compare(const struct terms *a,
    const struct terms *b);

/* The weight of what both have, as a share of x's; 0 where that has none. */
double terms_in(const struct terms *x, const struct terms *other);

/* What a word is: a set of enum word_sign. */
unsigned char word_signs(struct slice w);

/*
 * Of the names in c's first words, how many stand in the other text: words
 * with a capital that do not begin a sentence, or begin the text. -1: none.
 */
double names_in(const struct counted *c, const struct terms *other);

/* Of what c's first n words tell, how much the other text tells: 0 nothing, 1
 * all; 1 too where they tell nothing. */
double words_in(const struct counted *c, size_t n, const struct terms *other);

/* Does each one's headline and beginning name what the other text has nowhere? */
bool subjects_differ(const struct measured *a, const struct measured *b);

/* Does each lead begin with names that the other text has nowhere? */
bool actors_differ(const struct measured *a, const struct measured *b);

/* Figures between the same two words: 1 the same ones, -1 others, in the
 * middle where there are few or none. */
double figures_agree(const struct measured *a, const struct measured *b);

#endif
