#ifndef CRAWLER_OBEY_H
#define CRAWLER_OBEY_H
#include "core/log.h"
#include "core/strbuf.h"
#include "crawler/queue.h"

/*
 * What a robots.txt that was or was not had means for its host (RFC 9309,
 * 2.3.1 and 2.4), and what is kept of it in the frontier.
 */
struct obey {
	const struct frontier *frontier;
	const struct clock *clock;
	const struct log *log;
	struct slice token;
};

/* RFC 9309, 2.4: kept for a day at most; for less where Cache-Control says so,
 * but not asked for with every page. */
#define OBEY_KEEP	(24 * USEC_HOUR)
#define OBEY_KEEP_LEAST (10 * USEC_MINUTE)
/* RFC 9309, 2.3.1.4: a host that gave none for so long is taken to have none.
 */
#define OBEY_UNREACHABLE_MAX (30 * USEC_DAY)
/* A host that gave none is asked again after this, if somebody waits. */
#define OBEY_RETRY (5 * USEC_MINUTE)

/* Uses the kept one where it is fresh: then the state is ROBOTS_READY. */
int obey_recall(
    const struct obey *o, struct authority *x, struct err *err) MUST_CHECK;
/*
 * One came: 2xx is read, other statuses under 500 mean that there is none.
 * status 0 (why says why) and from 500: nothing is allowed. It is kept: for
 * max_age (of fetch_max_age), within the bounds above.
 */
int obey_learn(const struct obey *o, struct authority *x, int status,
    struct slice text, usec_t max_age, const struct err *why,
    struct err *err) MUST_CHECK;
/* It cannot be asked for just now, which says nothing of it: nothing is allowed
 * for OBEY_WAIT, and waits is set meanwhile. */
#define OBEY_WAIT (1 * USEC_MINUTE)
void obey_wait(struct authority *x, const struct err *why);
/* Does the state hold for this job, now? Else it has to be asked for. */
bool obey_is_fresh(const struct authority *x, const struct job *j, usec_t mono);
/* May the URL be asked for? Else *why says why not: E_ROBOTS_DISALLOWED, or
 * what kept us from robots.txt. Only in state ROBOTS_READY. */
bool obey_allows(const struct authority *x, const struct url *u, struct err *why);

#endif
