#ifndef STORY_JUDGE_H
#define STORY_JUDGE_H
#include "model/capture.h"
#include "model/event.h"
#include "story/story.h"

/*
 * What a capture does (timeline.md, "What a capture does"): judge_capture
 * changes images of a page and its story in memory and tells events. Pure:
 * who holds the images loads and saves them through struct judge_io, under
 * the judging lock. Everything lies in the arena of the batch.
 */

struct judge_io {
	void *self;
	/* The story of that id or of the one that it was merged into; NULL and
	 * *err on failure. The same image for the same story all batch long. */
	struct j_story *(*story)(void *self, int64_t id, struct err *err);
	/* Several of them are wanted soon: they may be loaded at once. */
	int (*stories)(void *self, const int64_t *ids, size_t n,
	    struct err *err);
	/* A new empty story with its id. */
	struct j_story *(*new_story)(void *self, struct err *err);
	/* Ids of stories worth judging, best first, at most max; of sketches
	 * within 72 h of at, of sentences that t shares, of pages with the
	 * same canonical URL. skip: sentences of t that do not count. */
	int (*candidates)(void *self, const struct j_page *page,
	    const struct article *article, const struct text *t,
	    const struct sketch *sketch, const bool *skip, usec_t at,
	    int64_t *ids, size_t max, size_t *n, struct err *err);
	/* What did pages of the outlet do with the sentences of the texts?
	 * text->sentences_n answers a text, one text's behind the other's. */
	int (*common)(void *self, const struct outlet_text *x, size_t n,
	    enum carried *common, struct err *err);
	/* Page carries a text: later ones are to find it. */
	int (*carried)(void *self, const struct j_page *page,
	    const struct j_carried *x, struct err *err);
	/* Times of the fetches that showed a page's text, around t, inside
	 * [from, to]: the last before and the first after, or TIME_NONE. */
	int (*fetches)(void *self, const struct j_page *page, usec_t t,
	    usec_t from, usec_t to, usec_t *before, usec_t *after,
	    struct err *err);
	/* The fetches of a page between two texts, around t. */
	int (*gap)(void *self, const struct j_page *page, usec_t t,
	    struct j_gap *out, struct err *err);
	/* The story in which the page carried a text at t; NULL: none. */
	int (*story_at)(void *self, const struct j_page *page, usec_t t,
	    struct j_story **out, struct err *err);
	/* A stretch, or one in which the posting was live, that became part of
	 * the one before; by when it began as stored. */
	void (*drop_sighting)(void *self, const struct j_posting *p, usec_t at);
	void (*drop_span)(void *self, const struct j_posting *p, usec_t at);
	int (*tell)(void *self, const struct j_event *e, struct err *err);
	/* A text of page's belongs to both stories: they become one once the
	 * capture is recorded, unless a decision by hand parts them. */
	int (*merge)(void *self, const struct j_merge *m, struct err *err);
};

/* An article's text as printed and normalised, or an outcome without text. */
struct judge_input {
	const struct capture *capture;
	struct text *text; /* NULL: none */
	usec_t at;	   /* fetched_at, or now */
};

/* What became of it: for the capture's row and the schedule. */
struct judge_result {
	struct j_story *story; /* touched, or NULL */
	const char *rule;      /* "4f", "1", "2-held", "0", "-" */
	bool held, missed;     /* a confirming visit is wanted */
};

int judge_capture(const struct judge_io *io, struct arena *a,
    struct j_page *page, const struct judge_input *in,
    struct judge_result *out, struct err *err) MUST_CHECK;

/* What is left out of a text as an outlet carries it, by sentence. */
struct left_out {
	bool *rule_4; /* timeline.md, rule 4: what several stories have */
	/* Rule 3: lines of the outlet. NULL: nothing is, since nothing would
	 * be left: a statement sent again is no boilerplate. */
	const bool *rule_3;
};
/* By what judge_io.common answered of t. In a. */
struct left_out left_out_by(const struct text *t, const enum carried *common,
    struct arena *a);

/* ---- rules.c: which version (rule 4); inside the room ------------------- */
struct rule4 {
	struct j_version *version; /* NULL: T opens the next one */
	const char *rule;
};
/* Marks of sentences: what is left out of a text as carried by an outlet. */
struct marks {
	struct mark {
		struct outlet_text of;
		struct left_out skip;
		size_t next; /* of the same place of heads, 1-based */
	} *items;
	size_t n, cap;
	size_t *heads; /* as many as cap; 0: none */
};
/* Asks io once for all texts of the story and those of the posting. */
int marks_add(struct marks *m, struct arena *a, const struct text *t,
    int64_t outlet_id);
int marks_load(struct marks *m, size_t from, const struct judge_io *io,
    struct arena *a, struct err *err) MUST_CHECK;
/* NULL: not marked. */
const struct left_out *marks_get(const struct marks *m, const struct text *t,
    int64_t outlet_id);
struct rule4 rule_4(const struct j_story *s, const struct j_posting *p,
    const struct j_sighting *last, bool live, const struct text *t,
    usec_t updated, const struct marks *m, struct arena *a);
bool j_opened(const struct j_posting *p, const struct j_sighting *x);

#endif
