#ifndef CLI_PAUSED_H
#define CLI_PAUSED_H
#include "store/frontier.h"

/*
 * Hosts and outlets that the operator wants left alone, for those who are at
 * work already: what is due is taken for long, and a wish shall not wait for
 * its end. Zeroed: nothing is known yet.
 */
struct paused {
	struct arena arena;
	struct paused_keys keys;
	usec_t read_at; /* monotonic; 0: never */
};

void paused_release(struct paused *p);
/* As the database said a few seconds ago at most; what it cannot say now stays
 * as it was. outlet_id 0: any. */
bool paused_is(struct paused *p, struct db *db, struct slice host,
    int64_t outlet_id);

#endif
