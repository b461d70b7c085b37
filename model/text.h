#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H
#include "core/arena.h"
#include "core/hash.h"

#include <stdint.h>

/* A sentence of a body: slice of text.body, and its XXH3-64. */
struct sentence {
	struct slice s;
	uint64_t hash;
	uint32_t words;		/* how many */
	uint32_t first_word;	/* index into text.words */
};

#define SENTENCE_TELLS 8 /* words: a shorter sentence is no sign of a story */
/* Where candidates are ranked a shared sentence is worth as many shared hashes
 * of a sketch: of 25 words' shingles 1 in 8 is kept. */
#define SENTENCE_HASHES 3

/* One normalised title, summary and body, known by its hash. */
struct text {
	struct hash128 hash; /* of title NUL summary NUL body, normalised */
	struct slice title, summary, body;
	struct sentence *sentences;
	size_t sentences_n;
	size_t opening; /* the first sentence of SENTENCE_TELLS words;
			   sentences_n: none has as many */
	uint64_t *words; /* XXH3-64 of each word of the body, in order */
	struct slice *word; /* the same words as slices of body */
	size_t words_n;
	struct arena *arena; /* that all of it lies in */
	struct counted **counted; /* what the verdict read of it (story/counted.h) */
};

/* What pages of an outlet did with a sentence. A side-bar's background and a
 * round-up bring a story's lead once more: it is no boilerplate then. */
enum carried {
	CARRIED_ONCE,  /* in one story at most */
	CARRIED_LEAD,  /* in a few, and it opens one or two of them */
	CARRIED_OFTEN, /* in several */
};
/* Stories carried in, and opened: more, and it is boilerplate. A short flash may
 * have no sentence but the outlet's line that is long enough to open it. */
#define CARRIED_FEW   8
#define CARRIED_LEADS 2
/* By the numbers of stories; more than one beyond these need not be counted. */
static inline enum carried carried_by(size_t in, size_t opened)
{
	if (in < 2)
		return CARRIED_ONCE;
	return opened && opened <= CARRIED_LEADS && in <= CARRIED_FEW ?
	    CARRIED_LEAD : CARRIED_OFTEN;
}

/* As pages of an outlet carry it. */
struct outlet_text {
	const struct text *text;
	int64_t outlet_id;
};

/* Words are lower-cased, punctuation dropped. Sorted, unique hashes in a. */
struct sketch {
	uint64_t *all; /* all shingles of title-less body, sorted, unique */
	size_t all_n;
	uint64_t *kept; /* those of the sketch, sorted */
	size_t kept_n;
};

#endif
