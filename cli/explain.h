#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H
#include "cli/show.h"

#include "story/judge.h"

/*
 * Inside `explain A B`: cmd_explain.c is the verb and the verdict's table,
 * explain_texts.c what pages of both stories showed, compared as the judge
 * does, explain_record.c what the record says, explain_links.c what links two
 * texts that are not alike.
 * Everything is read; the judging lock is not taken.
 */

/* One text on a page, for a stretch of time. */
struct shown {
	int64_t home; /* the story whose row it is; */
	int64_t root; /* that story today */
	int64_t version, outlet_id;
	int64_t bound; /* the page's story by hand; 0: none */
	/* The page began home, or was judged to be of it; neither: others told of
	 * it, or a hand brought it. */
	bool began, came;
	bool asked;    /* on the page that was asked for */
	bool opened, head; /* it opened its version; that is the story's head */
	struct slice url, outlet;
	struct slice rule; /* of timeline.md, that gave it its version: "4d" */
	bool judged; /* score and reason of the page's posting are there */
	double score;
	struct slice reason;
	usec_t first, last, effective, said; /* said: by the publisher */
	int64_t event; /* that told of it when it came; 0: none did */
	struct slice note;
	struct text *text;
	const bool *skip; /* sentences that the judge leaves out, or NULL */
};

/* All that is compared, in the order of their first sight. */
struct texts {
	struct shown **v;
	size_t n, cap;
};

/* ---- explain_texts.c ------------------------------------------------------- */

/* Adds what pages of the story arg, or of the page arg's, showed; *side is the
 * page's last text, the head, or the last of a story that is merged into another. In
 * a; release t with free(t->v). */
int explain_load(struct db *db, const char *arg, struct arena *a,
    struct texts *t, const struct shown **side, struct err *err) MUST_CHECK;
/* Where arg is a story's number and s lies in another story: the last text of its own,
 * or s. */
const struct shown *explain_own(const struct texts *t, const char *arg,
    const struct shown *s);
/* Marks the outlets' own lines, as far as they are known today, and sorts. */
int explain_mark(struct db *db, struct texts *t, struct arena *a,
    struct err *err) MUST_CHECK;
/* How many sentences of it are left out. */
size_t explain_left_out(const struct shown *s);
/* Was it erased by forget? Nothing can be said of it then. */
bool explain_forgotten(const struct shown *s);
/* The first text of the page in that story. */
const struct shown *explain_first(const struct texts *t,
    const struct shown *s);
/* The verdict on the later of two, at its first sight, against the other. */
void explain_match(const struct texts *t, const struct shown *x,
    const struct shown *y, struct match *m);

/* ---- explain_record.c ------------------------------------------------------ */

/* How each came to its story, what joined or parted the stories. */
int explain_record(struct db *db, const struct texts *t,
    const struct shown *a, const struct shown *b, struct err *err) MUST_CHECK;
/* "version 3 on http://..." */
void explain_name(const struct shown *s);

/* ---- explain_links.c ------------------------------------------------------- */

/* What links two texts of one story that are none by themselves. */
void explain_chain(const struct texts *t, const struct shown *a,
    const struct shown *b);
/* What two stories have that is nearest, where it is not a and b. */
void explain_nearest(const struct texts *t, const struct shown *a,
    const struct shown *b);

#endif
