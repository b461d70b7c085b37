#ifndef CRAWLER_SCHEDULE_H
#define CRAWLER_SCHEDULE_H
#include "crawler/expect.h"
#include "model/capture.h"

/*
 * When a page is visited next: pure functions of what is known of it. The
 * operator's interval goes before everything, and to the microsecond; all else
 * is up to a tenth earlier or later, always the same for one page.
 *
 * A page is visited when an unseen change has become likely enough: when as
 * many changes are expected since the last visit (crawler/expect.h) as the
 * outlet's threshold says. The threshold follows the requests that the outlet
 * allows, so that they are spent where they show the most.
 */

enum schedule_reason {
	SCHEDULE_UNSET,
	SCHEDULE_OPERATOR, /* the operator's interval */
	SCHEDULE_FEED,	   /* a feed, sitemap or front */
	SCHEDULE_FAILED,   /* backs off */
	SCHEDULE_FORBIDDEN, /* by robots.txt */
	SCHEDULE_CONFIRM,  /* held news is looked at again */
	SCHEDULE_GONE,	   /* may return */
	SCHEDULE_LISTED,   /* a feed lists a newer time (store/frontier.h) */
	SCHEDULE_LIKELY,   /* a change is likely by then */
	SCHEDULE_BURST,	   /* the same, most of it for a change just seen */
	SCHEDULE_SOONEST,  /* likely before, but not more often */
	SCHEDULE_RAREST,   /* not likely, but not more rarely */
	SCHEDULE_RESTS,	   /* its host wants a rest (store/frontier.h) */
	SCHEDULE_RETIRED   /* never by itself */
};
/* A word for the database, and what it says to an operator. */
const char *schedule_reason_name(enum schedule_reason r);
const char *schedule_reason_says(struct slice name);

struct schedule_input {
	usec_t now;		/* of the visit that ended */
	struct hash128 url_key; /* jitter is a function of it */
	usec_t every;		/* the operator's interval; 0: by age */
	bool feed;		/* it lists what is new: every few minutes */
	bool front;		/* the operator's source, which is none */
	usec_t first_seen; /* TIME_NONE: now */
	const struct expect_past *past; /* after expect_learn */
	const struct expect_curve *curve; /* of the outlet */
	double threshold; /* expected changes; 0: SCHEDULE_THRESHOLD */
	int failures;	/* in a row, before this visit */
	enum outcome outcome;
	enum schedule_forbidden {
		FORBIDDEN_NOT,
		FORBIDDEN_BY_RULE, /* whose change makes it due */
		FORBIDDEN_UNKNOWN  /* robots.txt could not be had */
	} forbidden;
	bool confirm; /* a confirming visit is wanted (timeline.md, 0 and 2) */
	bool gone;    /* confirmed; past->changed_at is then when it went */
};

#define SCHEDULE_THRESHOLD EXPECT_USUAL

/* TIME_NONE: never by itself. */
usec_t schedule_next(const struct schedule_input *in,
    enum schedule_reason *why);

/*
 * The outlet's threshold after an hour or more in which it had per_hour
 * requests an hour, where `allowed` are (0: no limit): never under
 * SCHEDULE_THRESHOLD.
 */
double schedule_threshold(double threshold, double per_hour, double allowed);

#endif
