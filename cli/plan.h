#ifndef CLI_PLAN_H
#define CLI_PLAN_H
#include "cli/pipeline.h"
#include "store/store.h"
#include "story/judge.h"

/*
 * The schedule's part in a batch: what each visit teaches of its page and its
 * outlet, and when the page is visited next. An outlet's habit is read once a
 * batch and written with it, so that what was rolled back taught nothing.
 */
struct plan;

/* b is borrowed. */
struct plan *plan_new(struct batch *b);
void plan_free(struct plan *p);
/* Sets the record's next_fetch, interval and reason, and what its page's row
 * says of the past. */
int plan_next(struct plan *p, const struct item *it,
    const struct judge_result *res, struct record *rec, struct err *err)
    MUST_CHECK;
/* Queues the outlets' habits: before batch_commit. */
int plan_save(struct plan *p, struct err *err) MUST_CHECK;

#endif
