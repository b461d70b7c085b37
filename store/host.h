#ifndef STORE_HOST_H
#define STORE_HOST_H
#include "core/arena.h"
#include "model/capture.h"
#include "model/owed.h"
#include "store/db.h"

/*
 * What is kept of hosts beside robots.txt and leases: how often they were
 * asked and what they said, what their owners reserve.
 */

/* One request of a host: counts it, 304, 429 and 503 and the gap before it, and
 * keeps what it is owed then; a rest is kept when this returns. */
int host_asked(struct db *db, struct slice host, const struct asked *x,
    struct err *err) MUST_CHECK;
/* What one visit says: a refusal by robots.txt is counted; where a text came
 * the host is not broken. */
int host_visited(struct db *db, const struct capture *c, struct err *err)
    MUST_CHECK;
/* Gaps are counted by eighths of an octave of milliseconds: the place of one
 * in host.gaps (from 1; 1: unknown), and the gap that stands for a place. */
int host_gap_place(usec_t gap);
usec_t host_gap_of(int place);

/* Of its pages that carry a story and were visited since: how many are missing
 * (or answered with an error), how many showed their text. */
int host_health(struct db *db, int64_t host_key, usec_t since,
    int64_t *missing, int64_t *there, struct err *err) MUST_CHECK;
/* Marks the host as broken, from the first time on until a page of it shows a
 * text again (host_visited). */
int host_broken(struct db *db, int64_t host_key, usec_t at, struct slice why,
    struct err *err) MUST_CHECK;

/* The host's tdmrep.json, in a: 1, or 0 where none was read. */
int host_tdm_get(struct db *db, struct slice host, struct arena *a,
    struct slice *text, struct err *err) MUST_CHECK;
/* text none: it has none. */
int host_tdm_put(struct db *db, struct slice host, struct slice text,
    usec_t at, struct err *err) MUST_CHECK;

/* The ledger's row of a capture, if its owner said anything; queued, in the
 * transaction that is open. */
int rights_record(struct db *db, const struct capture *c, int64_t host_key,
    struct hash128 capture_id, usec_t at, struct err *err) MUST_CHECK;

#endif
