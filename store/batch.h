#ifndef STORE_BATCH_H
#define STORE_BATCH_H
#include "store/db.h"
#include "store/store.h"

/* Inside the store: one judging transaction. */
struct batch {
	struct db *db;
	const struct store_tools *tools;
	struct arena arena;
	usec_t now;
	bool done; /* committed */
	bool told; /* an event was */
	struct j_story **stories; /* images loaded, by id */
	int64_t *ids;
	size_t stories_n, stories_cap;
	struct page_cache {
		int64_t host_key;
		struct page_row row;
		bool enrolled; /* has a row, or will when what is queued
				  was sent */
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
};

enum partitioned { PART_CAPTURE, PART_SKETCH };
/* Makes the month's partition if this batch has not yet. */
int batch_partition(struct batch *b, enum partitioned what, usec_t at,
    struct err *err) MUST_CHECK;

/* load.c. story_ask sends a story's questions, STORY_ASKS of them;
 * story_answer reads what one story_ask asked: several stories come in one
 * round trip. Of a merged story it gives the survivor's id and no more;
 * story_load gives the survivor. */
#define STORY_ASKS 7
int story_ask(struct batch *b, int64_t id, struct err *err) MUST_CHECK;
int story_answer(struct batch *b, int64_t id, struct j_story **out,
    struct err *err) MUST_CHECK;
int story_load(struct batch *b, int64_t id, struct j_story **out,
    struct err *err) MUST_CHECK;
/* save.c: writes everything fresh or dirty of the story. */
int story_save(struct batch *b, struct j_story *s, struct err *err) MUST_CHECK;
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
int event_save(struct batch *b, const struct j_event *e, struct err *err)
    MUST_CHECK;

#endif
