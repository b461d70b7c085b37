#ifndef CLI_READERS_H
#define CLI_READERS_H
#include "cli/pipeline.h"

/*
 * Threads that read what ingest brings while the one that asked is judging:
 * reading needs no database, judging is serial. Items come out in the order in
 * which they were put in. All functions are for one thread, the owner's.
 */
struct readers;

/* Reads an item and nothing else that changes; -1 and *why: refused. */
typedef int read_item(const void *with, struct item *it, struct err *why);

/* with: for read_item, borrowed. Where no thread can be had, items are read
 * when they are put in. */
struct readers *readers_start(size_t threads, const void *with);
/* Ends the threads; frees what was not taken. NULL is fine. */
void readers_stop(struct readers *r);

/* No room: one must be taken first. Bounded in items and bytes. */
bool readers_full(const struct readers *r);
/* Takes the item over; there is room. */
void readers_put(struct readers *r, struct item *it, read_item *read);

struct read {
	struct item *it; /* the taker's */
	int rc;
	struct err why;
};
/* The one that was put in first. False: there is none, or (unless wait) it is
 * not read yet. */
bool readers_take(struct readers *r, bool wait, struct read *out);

#endif
