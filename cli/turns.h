#ifndef CLI_TURNS_H
#define CLI_TURNS_H
#include "cli/archive.h"
#include "cli/pipeline.h"
#include "store/store.h"

/*
 * Judging: claim the captures, read their texts, judge one after the other,
 * record each and when its page is visited next. All inside one transaction,
 * which the pipeline begins and ends.
 */
struct turns {
	struct cli *cli;
	struct db *db;
	const struct store_tools *tools;
	struct archive *archive;
	struct pipeline_stats *stats; /* are counted up */
};

/* All of a transaction but its end; the batch is the caller's in any case. */
int turns_judge(const struct turns *x, struct batch *b, struct item **items,
    size_t n, struct err *err) MUST_CHECK;
/* A line for each visit of what was committed. */
void turns_tell(const struct cli *cli, struct item *const *items, size_t n);

#endif
