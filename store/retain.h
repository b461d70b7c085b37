#ifndef STORE_RETAIN_H
#define STORE_RETAIN_H
#include "store/store.h"

/*
 * retain: what is older than it need be goes: bytes, captures, sketches, WARC
 * files; never events, texts, versions. Bytes that a page which is still
 * visited shows stay, in the database if their file goes.
 */
enum retained { RETAIN_BODIES, RETAIN_CAPTURES, RETAIN_SKETCHES };
/* Removes what is from before; tells how many rows. */
int store_retain(struct db *db, enum retained what, usec_t before,
    int64_t *removed, struct err *err) MUST_CHECK;
/* A WARC file is about to go: no row names it any more. */
int store_retain_file(struct db *db, const struct store_tools *tools,
    struct slice file, struct err *err) MUST_CHECK;

#endif
