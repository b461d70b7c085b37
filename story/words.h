#ifndef STORY_WORDS_H
#define STORY_WORDS_H
/* Whole words in a text: what is a letter is what cp_is_word says. Private to
 * what looks for signs (signs.c, kill.c). */
#include "core/slice.h"

/* Is the character before, or at, i one of a word? */
bool word_before(struct slice s, size_t i);
bool word_at(struct slice s, size_t i);
/* \bword\b at i, ASCII case-insensitive. */
bool whole_word(struct slice s, size_t i, const char *word);
/* Where that stands first, at or after from; -1: nowhere. */
long find_whole_word(struct slice s, const char *word, size_t from);
/* Without what is no letter at both ends: brackets, stars, stops. */
struct slice words_bare(struct slice s);
/* Any of a to z? What is in capitals has none. */
bool has_small_letter(struct slice s);

#endif
