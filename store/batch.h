#ifndef STORE_BATCH_H
#define STORE_BATCH_H
#include "store/rows.h"
#include "store/store.h"

/* What a page's captures left, one after the other. */
struct visits {
	int n, failures, changes; /* failures: since the last that was none */
	bool all_failed;
	usec_t last, changed, next, interval;
	const char *outcome, *code, *kind, *reason; /* reason: of next */
	struct slice message; /* of the last one, or none */
	bool text;
	bool scheduled, validated; /* next and interval, etag and ... count */
	struct slice etag, last_modified, validated_url;
	struct slice moved; /* "": nowhere; none: it was not told */
	struct hash128 body; /* zero: as it was */
};

/* Inside the store: one judging transaction. */
struct batch {
	struct db *db;
	const struct store_tools *tools;
	struct arena arena;
	usec_t now;
	bool sent; /* all of it, and the commit */
	bool done; /* committed */
	bool told;   /* an event was */
	bool judged; /* images are to be written */
	struct j_story **stories; /* images loaded, by id */
	int64_t *ids;
	size_t stories_n, stories_cap;
	struct page_cache {
		int64_t host_key;
		struct page_row row;
		bool list;     /* of a claim that is one; of new pages */
		bool enrolled; /* has a row */
		bool named;    /* its outlet is known */
		bool recorded; /* a capture of this batch was */
		struct hash128 canonical; /* that they named; zero: none */
		struct visits visits; /* since it was last written */
	} **pages;
	size_t pages_n, pages_cap;
	struct {
		struct slice name;
		int64_t id;
	} *outlets;
	size_t outlets_n, outlets_cap;
	/* Merges by the verdict that wait until the capture is recorded. */
	struct bridge {
		int64_t a, b;
		usec_t at;
		double score;
		struct slice reason;
	} *bridges;
	size_t bridges_n, bridges_cap;
	int64_t months[2][64]; /* partitions made: capture, sketch */
	size_t months_n[2];
	bool asked_forgotten, any_forgotten;
	struct {
		int64_t host_key;
		struct hash128 hash;
		bool in_warc;
	} *bodies; /* that were saved */
	size_t bodies_n, bodies_cap;
	struct zip_work *zip; /* made for the first body that is kept here */
	struct rows rows; /* that wait */
	struct memory *memory; /* ask.c: answers, and what they miss */
	size_t asked_anew;     /* how often they were forgotten */
	int64_t next_id, drawn_id; /* of stories: the next, and if any was drawn */
	int64_t own_from; /* stories from this id on are of this batch, and what
			     it told of them is in memory; 0: none */
};

/* The image of that story, if it was loaded. */
struct j_story *batch_held(const struct batch *b, int64_t id);
/* For qsort and bsearch; and sorts ids, each once: how many are left. */
int cmp_ids(const void *x, const void *y);
size_t ids_unique(int64_t *ids, size_t n);

/* look.c: after a merge within the batch, all being settled, what is known of
 * candidates is asked anew; images that are not today's are the caller's. */
void batch_ask_anew(struct batch *b);

enum partitioned { PART_CAPTURE, PART_SKETCH };
/* Makes the month's partition if this batch has not yet. */
int batch_partition(struct batch *b, enum partitioned what, usec_t at,
    struct err *err) MUST_CHECK;

/* claim.c: the page of a claim, or NULL. */
struct page_cache *page_find(const struct batch *b, int64_t host_key,
    struct hash128 url_key);
/* load.c: the images of stories, ids ascending. Of a merged story it gives the
 * survivor's id and no more; story_load gives the survivor. */
int stories_load(struct batch *b, const int64_t *ids, size_t n,
    struct j_story **out, struct err *err) MUST_CHECK;
int story_load(struct batch *b, int64_t id, struct j_story **out,
    struct err *err) MUST_CHECK;
/* save.c: everything fresh or dirty of the story becomes rows that wait; its
 * sketches do so at once, with the time that they have now. */
void story_rows(struct batch *b, struct j_story *s);
/* Of these, texts that have no row yet. */
void story_texts(struct batch *b, struct j_story *s);
int story_sketches(struct batch *b, struct j_story *s, struct err *err)
    MUST_CHECK;
/* Both, queued behind all that waited. */
int story_save(struct batch *b, struct j_story *s, struct err *err) MUST_CHECK;
void event_save(struct batch *b, const struct j_event *e);
/* bodies.c: the bytes of a capture, or where they are. */
int body_save(struct batch *b, const struct record *r, struct err *err)
    MUST_CHECK;
/* merge.c: y's family becomes x's, x being the older; reason p NULL: by hand. */
int story_merge(struct batch *b, int64_t x, int64_t y, struct slice status,
    const struct bridge *why, struct err *err) MUST_CHECK;
/* The survivors of both, the older first, with the other's status; *one: they
 * are one already. */
int story_order(struct batch *b, int64_t *x, int64_t *y, struct slice *status,
    bool *one, struct err *err) MUST_CHECK;
/* bridge.c: does what waits. */
int batch_bridge(struct batch *b, struct err *err) MUST_CHECK;
/* wrote.c: a sketch of the story was written that the database does not know yet:
 * v's own, or of another text that carries it. */
void wrote_sketch(struct batch *b, const struct j_story *s,
    const struct j_version *v, const struct sketch *sketch);

/* Has the database no row that is not in the batch's memory of it? */
static inline bool story_is_own(const struct batch *b, int64_t id)
{
	return b->own_from && id >= b->own_from;
}

/* The hashes that the batch has not told of v's home and step yet; how many. */
size_t sketch_untold(struct batch *b, const struct j_version *v,
    const struct sketch *sketch, int64_t *out);

/* sketches.c. A hash that a story tells again within a step of time is one row. */
#define SKETCH_STEP (6 * USEC_HOUR)
static inline usec_t sketch_time(usec_t t)
{
	usec_t over = t % SKETCH_STEP;

	return t - (over < 0 ? over + SKETCH_STEP : over);
}
/* Rows that wait: what the sketch of t, which opened v or carries it, has. */
int sketch_save(struct batch *b, const struct j_story *s,
    const struct j_version *v, const struct text *t,
    const struct sketch *sketch, struct err *err) MUST_CHECK;
/* All that the story's texts have, once rows that some of them shared with
 * others are gone. */
int sketch_again(struct batch *b, int64_t story, struct err *err) MUST_CHECK;

#endif
