#ifndef CLI_LEASE_H
#define CLI_LEASE_H
#include "cli/pipeline.h"
#include "crawler/frontier.h"
#include "store/frontier.h"

/*
 * The hosts that a worker holds while it goes on without rounds: claimed as
 * there is room, each with what is due on it, and given back when all of that
 * was judged. A host that is slow keeps no other waiting. What they come from
 * and go to is the crawler's supply.
 *
 * A lease is the session's: when the connection was lost, all are, and the
 * next call fails with DB_CONNECT. A process that stands still (stopped, its
 * machine frozen) loses it: the server ends a session that is silent.
 */
struct leases;

/* For how long a session that holds hosts may be silent: many times what any
 * wait for the server takes. DATELINE_TEST_SILENT_MS sets it. Signs of life are
 * given ten times as often. */
usec_t lease_silent_most(void);

/* pl and clock are borrowed; at most max hosts are held. */
struct leases *leases_new(struct pipeline *pl, const struct clock *clock,
    size_t max);
/* Gives back what the session still holds, as far as it can. */
void leases_free(struct leases *ls);

/* What is asked for a due page, which is the target's tag. Of those that
 * leases_next gives, the page is valid until leases_turn has judged its
 * capture. */
void leases_target(struct due_page *p, struct target *t);

/*
 * To be called often: judges what waits if it has waited for long enough (or
 * now), then gives back the hosts of which nothing is left.
 */
int leases_turn(struct leases *ls, bool now, struct err *err) MUST_CHECK;

/* For struct supply; self is the leases. */
int leases_next(void *self, struct target *out, struct err *err);
void leases_idle(void *self, struct slice host);

#endif
