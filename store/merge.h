#ifndef STORE_MERGE_H
#define STORE_MERGE_H
#include "store/batch.h"

/*
 * What merge.c and split.c share. All of it is queued in, or asked of, the
 * batch's transaction.
 */

/* One statement whose rows nobody wants, with n numbers. */
int merge_run(struct batch *b, const char *sql, const int64_t *v, size_t n,
    struct err *err) MUST_CHECK;
#define RUN(b, sql, err, ...)                                                  \
	merge_run((b), (sql), (const int64_t[]){__VA_ARGS__},                  \
	    sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (err))

/* What the event of a split tells. */
struct split_told {
	struct slice *urls; /* of the pages that went */
	size_t urls_n;
	/* versions that they took along: numbers in the one story and in the
	 * other, in the text form of bigint[]; SLICE_NONE: none */
	struct slice from, to;
	/* versions of the other that pages which stay carry: their numbers in
	 * the one, in the same form */
	struct slice keeps;
	/* those that no page carries there any more, and what they are in the
	 * other one, 0: nothing */
	int64_t *gone, *gone_to;
	size_t gone_n;
};
/* Tells that story and other are one (split NULL), or two; why NULL: by hand.
 * The event's id names the merge. */
int merge_tell(struct batch *b, const struct j_story *story, int64_t other,
    const struct bridge *why, const struct split_told *split,
    int64_t *event_id, struct err *err) MUST_CHECK;
/* *id becomes the story that it shows in; E_NOT_FOUND: there is none. */
int merge_survivor(struct batch *b, int64_t *id, struct err *err) MUST_CHECK;
/* The image anew, after its rows changed; its head and times are saved. */
int merge_refresh(struct batch *b, int64_t id, struct err *err) MUST_CHECK;
/* Postings of the story (n 0: all) say that a hand put them there. */
int merge_decided(struct batch *b, int64_t story, const struct hash128 *pages,
    size_t n, struct err *err) MUST_CHECK;

#endif
