#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H
#include "core/arena.h"
#include "core/hash.h"
#include "core/utf8.h"

#include <stdint.h>

/* A sentence of a body: slice of text.body, and its XXH3-64. */
struct sentence {
	struct slice s;
	uint64_t hash;
	uint32_t words;		/* how many */
	uint32_t first_word;	/* index into text.words */
	bool disclaimer;	/* an agency's: text_is_disclaimer */
};

#define SENTENCE_TELLS 8 /* words: a shorter sentence is no sign of a story */
/*
 * Is a sentence one that a story is told by? A letter that is a word by itself
 * (Han, Thai) counts half: a line of 14 is as short as one of 7 words.
 */
static inline bool sentence_tells(const struct sentence *x)
{
	size_t lone = 0;

	if (x->words < SENTENCE_TELLS || x->words >= 2 * SENTENCE_TELLS)
		return x->words >= SENTENCE_TELLS;
	for (size_t i = 0; i < x->s.n;)
		lone += cp_is_unspaced(utf8_next(x->s, &i));
	return x->words - SENTENCE_TELLS >= lone / 2;
}
/* Where candidates are ranked a shared sentence is worth as many shared hashes
 * of a sketch: of 25 words' shingles 1 in 8 is kept. */
#define SENTENCE_HASHES 3

/* One normalised title, summary and body, known by its hash. */
struct text {
	struct hash128 hash; /* of title NUL summary NUL body, normalised */
	struct slice title, summary, body;
	struct sentence *sentences;
	size_t sentences_n;
	uint64_t *words; /* XXH3-64 of each word of the body, in order */
	struct slice *word; /* the same words as slices of body */
	size_t words_n;
	struct arena *arena; /* that all of it lies in */
	struct counted **counted; /* what the verdict read of it (story/counted.h) */
};

/* In how many stories pages of an outlet carried a sentence. */
enum carried {
	CARRIED_ONCE,  /* in one at most */
	CARRIED_FEW,   /* a lead that a round-up or a side-bar brings once more */
	CARRIED_OFTEN, /* a line of the outlet */
};
/* Stories; beyond, it is a line of the outlet. What an outlet puts on its pages
 * is soon in more; a story's own sentences, and what is told of it again, never
 * come near, so that no verdict turns on which of them came first. */
#define CARRIED_FEW_MOST 8
/* One story beyond these need not be counted. */
static inline enum carried carried_by(size_t stories)
{
	if (stories < 2)
		return CARRIED_ONCE;
	return stories <= CARRIED_FEW_MOST ? CARRIED_FEW : CARRIED_OFTEN;
}

/* As pages of an outlet carry it. */
struct outlet_text {
	const struct text *text;
	int64_t outlet_id;
};

/* Words are lower-cased, punctuation dropped. Sorted, unique hashes in a. */
struct sketch {
	uint64_t title; /* of the headline's words, one of kept; 0: none */
	uint64_t *all; /* all shingles of title-less body, sorted, unique */
	size_t all_n;
	uint64_t *kept; /* those of the sketch, sorted */
	size_t kept_n;
};

/* Three shared shingles of a sketch find every labelled true pair (design.md,
 * "What was measured"). */
#define CANDIDATE_HASHES 3
/* The same headline is worth as many: a flash of ten words may share no other one
 * with the story that it grows into. */
#define TITLE_HASHES CANDIDATE_HASHES
/* What a hash that another has too is worth to the sketch. */
static inline size_t sketch_worth(const struct sketch *s, uint64_t hash)
{
	return hash == s->title ? TITLE_HASHES : 1;
}

#endif
