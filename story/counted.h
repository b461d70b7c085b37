#ifndef STORY_COUNTED_H
#define STORY_COUNTED_H
#include "story/story.h"

/*
 * Inside the verdict: what it reads of a text. A text is compared with many
 * others, so this is worked out once and kept with the text (text->counted), for
 * each choice of what is left out. Everything lies in the text's arena.
 */

struct term {
	uint64_t hash;
	double weight; /* what the word tells: at most 1 */
};

/* A set of words, sorted by hash. */
struct terms {
	struct term *t;
	size_t n;
	double weight; /* of all */
};

#define LEAD_MOST   30
#define NUMBERS_MAX 64
#define FIGURES_MAX 64
#define SUBJECTS_MAX 16
#define ACTORS_MAX  6
/* Sentences of a text that are compared with each of the other's: of the
 * longest article that was met there are some 1,500. */
#define EXACT_MAX   4096
#define NEIGHBOUR_BITS 4096 /* of some hundred words few fall together; */
#define NEIGHBOURS_MOST 1000 /* of more words they lie in order as well */
#define FORMS_MAX   512 /* in three ways */

struct figure {
	uint64_t place; /* the words before and after */
	uint64_t hash;
};

/* A sentence that is long enough to be a sign. */
struct sentence_of {
	uint64_t exact, masked; /* by its words, and but for its figures */
};

/* A sentence by its plain words, and by what stands in its blanks. */
struct form {
	uint64_t plain, names, figures;
	size_t plain_n;
};

/* What the verdict measures of one text. */
struct measured {
	struct terms terms;   /* of title and words */
	struct terms title;   /* of the title without its tags */
	struct terms head;    /* of it and of the first words */
	struct terms names;   /* words with a capital */
	const char *product;  /* text_product */
	bool corrects;	      /* text_corrects */
	struct slice agency;  /* house_agency */
	bool updates;	      /* text_updates */
	bool victims;	      /* text_counts_victims */
	uint64_t lead[LEAD_MOST]; /* a set: of the first words, those that say something */
	uint64_t numbers[NUMBERS_MAX]; /* sorted */
	struct figure figures[FIGURES_MAX]; /* sorted by place */
	/* Names of the headline that the beginning names too: whom it is about. */
	struct subject {
		uint64_t hash;
		struct slice word;
	} subjects[SUBJECTS_MAX];
	struct subject actors[ACTORS_MAX]; /* names that the lead begins with */
	size_t lead_n, numbers_n, figures_n, subjects_n, actors_n;
	struct sentence_of *sentences;
	struct form *forms;
	size_t sentences_n, forms_n;
	uint64_t opening; /* the first sentence that counts; 0: too short */
	/* A bit for each pair of neighbours: of what has none, no pair stands in
	 * the text. */
	uint64_t neighbours[NEIGHBOUR_BITS / 64];
	uint64_t *pairs; /* sorted; NULL: a short text */
	size_t pairs_n;
};

/* What a word is, whatever stands beside it. */
enum word_sign {
	WORD_NUMBER = 1, /* it begins with a digit */
	WORD_STOP = 2,	 /* it says little in a title or lead */
	WORD_NAME = 4,	 /* it begins with a capital, and is no stop word */
};

/* The words that count (sketch_words), in order. */
struct counted {
	const struct text *text;
	const bool *skip; /* NULL: nothing is left out */
	uint64_t *hash;
	struct slice *word;
	size_t *ends, n; /* ends: by sentence of the text, left out or not */
	struct sketch sketch;
	/* NULL until counted_measured: */
	const struct measured *measured;
	unsigned char *signs; /* of each word: enum word_sign */
	struct counted *next;
};

/* Made when first asked for; of a text that text_new made. */
struct counted *counted_of(const struct text *t, const bool *skip);
/* The same, and measured. */
const struct counted *counted_measured(const struct text *t, const bool *skip);

/* Where its words of sentence i begin, and how many they are. */
static inline size_t counted_at(const struct counted *c, size_t i)
{
	return i ? c->ends[i - 1] : 0;
}
static inline size_t counted_in(const struct counted *c, size_t i)
{
	return c->ends[i] - counted_at(c, i);
}
static inline bool counted_is(const struct counted *c, size_t i,
    enum word_sign sign)
{
	return c->signs[i] & sign;
}
/* A sentence by its words; the same in every house. */
static inline uint64_t counted_hash(const struct counted *c, size_t i)
{
	return hash64(c->hash + counted_at(c, i),
	    counted_in(c, i) * sizeof(*c->hash));
}

/* Each fills its part of out: terms.c, signals.c, alike.c. */
void terms_measure(const struct counted *c, struct measured *out);
void signals_of_one(const struct counted *c, struct measured *out);
void alike_measure(const struct counted *c, struct measured *out);

#endif
