#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H
#include "core/hash.h"

#include <stdint.h>

/* A sentence of a body: slice of text.body, and its XXH3-64. */
struct sentence {
	struct slice s;
	uint64_t hash;
	uint32_t words;		/* how many */
	uint32_t first_word;	/* index into text.words */
};

/* One normalised title, summary and body, known by its hash. */
struct text {
	struct hash128 hash; /* of title NUL summary NUL body, normalised */
	struct slice title, summary, body;
	struct sentence *sentences;
	size_t sentences_n;
	uint64_t *words; /* XXH3-64 of each word of the body, in order */
	struct slice *word; /* the same words as slices of body */
	size_t words_n;
};

/* Words are lower-cased, punctuation dropped. Sorted, unique hashes in a. */
struct sketch {
	uint64_t *all; /* all shingles of title-less body, sorted, unique */
	size_t all_n;
	uint64_t *kept; /* those of the sketch, sorted */
	size_t kept_n;
};

#endif
