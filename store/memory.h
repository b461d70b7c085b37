#ifndef STORE_MEMORY_H
#define STORE_MEMORY_H
#include "store/batch.h"

/*
 * What a batch knows of candidates: answers of the database, asked for many
 * texts at once, and what the batch itself has written since and the database
 * has not seen. Together they are what the database would answer if every
 * capture of the batch had been written at once.
 */

/* A sentence of an outlet; outlet 0: of any. */
struct of_outlet {
	uint64_t hash;
	int64_t outlet_id;
};

/* What a table holds begins with it. */
struct entry {
	struct of_outlet of;
	struct entry *next; /* of the same chain */
};

/*
 * Entries by hash and outlet, in chains that stay short however many there are: a
 * page has two sentences or a million, and a sentence one outlet or thousands.
 * Pages choose their hashes, but not odd, by which they fall into chains. Entries
 * are the caller's; their order has no meaning.
 */
struct table {
	struct entry **heads;
	size_t n;
	int bits; /* of the number of chains, which is 0 without heads */
	uint64_t odd, odd_outlet;
};
/* The chain of x, in which others stand too; NULL: it has none. */
struct entry *table_chain(const struct table *t, const struct of_outlet *x);
void table_add(struct table *t, struct entry *e);
void table_release(struct table *t);

/* Was the sentence carried by the outlet's pages? */
struct known {
	struct entry entry;
	int64_t in[CARRIED_FEW_MOST + 1]; /* in these stories; 0: no more */
};

/* Carried in this batch: once a story, by the outlet or (told) by any. */
struct carried_now {
	struct entry entry;
	const struct j_story *story;
};

/* Of a text that this batch recorded; at as its rows have it. */
struct fresh_sketch {
	const struct j_story *story;
	int64_t home;
	usec_t at;
	const uint64_t *kept;
	size_t n;
};

/* A story that shares something with a text: hashes of its texts' sketches, whole
 * sentences, a canonical URL. */
enum found_by { FOUND_BY_SKETCH, FOUND_BY_SENTENCE, FOUND_BY_CANONICAL,
	FOUND_WAYS };
struct found {
	int64_t root, home;
	enum found_by by;
	uint64_t *hashes; /* sorted, each once */
	size_t hashes_n;
	bool gone;	     /* its page names another canonical URL by now */
	usec_t visited;	     /* the story, as the database has it */
	struct hash128 page; /* zero, or whose canonical URL is the same */
};

struct looked {
	struct look look;
	const uint64_t *sentences; /* long enough to be told by; sorted, each once */
	size_t sentences_n;
	struct hash128 canonical;
	bool front; /* too many pages name canonical: it tells nothing */
	uint64_t *crowd; /* hashes that too many stories have; sorted */
	size_t crowd_n;
	struct found *found;
	size_t found_n, found_cap;
};
/* One of the text's hashes more that tells nothing. */
void add_crowd(struct batch *b, struct looked *x, uint64_t hash);
/* Valid until the next one. */
struct found *add_found(struct looked *x, enum found_by by, int64_t root,
    int64_t home);

#define SKETCH_WINDOW (72 * USEC_HOUR) /* either way (timeline.md) */
static inline bool sketch_is_near(usec_t row, usec_t at)
{
	return row >= sketch_time(at) - SKETCH_WINDOW &&
	    row <= sketch_time(at) + SKETCH_WINDOW;
}
/* A headline that more stories within the window have is a column's or a site's
 * name: it tells nothing. Rows: a story may have some. */
#define TITLE_MOST 16
#define TITLE_ROWS (4 * TITLE_MOST)
/* A shingle or sentence that has more rows is of a form that is filled again and
 * again, or of all that an outlet prints: it would be worth a five-hundredth of one
 * that one story has. Of 1,500 stories of a wire the most frequent shingle has 97
 * rows, the most frequent sentence 437 stories. */
#define HASH_ROWS 512
/* Rows of one sentence that are read for its stories: as many outlets have it a few
 * times each. What stands behind them is not found by it. */
#define SENTENCE_ROWS (8 * HASH_ROWS)
/* A canonical URL that more pages name is a site's front page. A story on as many
 * outlets that name the agency's is found by its words. */
#define CANONICAL_ROWS 512

/* candidates.c: what the database has in common with n texts, near one another
 * in time. */
int candidates_ask(struct batch *b, struct looked *x, size_t n, struct err *err)
    MUST_CHECK;

/* ask.c: which stories' pages carried the texts' sentences, for batch_common. */
int common_ask(struct batch *b, const struct outlet_text *x, size_t n,
    struct err *err) MUST_CHECK;

struct memory {
	struct table known, carried, told;
	struct fresh_sketch *sketches;
	size_t sketches_n, sketches_cap;
	struct looked *looked;
	size_t looked_n, looked_cap;
};

/* wrote.c: adds what the text shares with what this batch wrote. */
void add_shares(struct batch *b, struct looked *x);

/* rank.c: stories that x found, best first, at most max; how many. */
size_t look_rank(struct batch *b, const struct looked *x, int64_t *ids,
    size_t max);

struct memory *memory_new(void);
void memory_free(struct memory *m);

#endif
