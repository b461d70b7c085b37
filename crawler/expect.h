#ifndef CRAWLER_EXPECT_H
#define CRAWLER_EXPECT_H
#include "core/clock.h"

/*
 * How many changes of a page are to be expected: pure functions of what its
 * outlet's pages taught and of its own past. Expected are (docs/decisions/0075)
 *
 *	the page's liveliness x what the outlet's stories of that age do x what
 *	the outlet does at that hour + what follows a change within hours
 *
 * A visit tells only that there was a change or none: how many one visit hides
 * is estimated (Cho and Garcia-Molina, "Estimating Frequency of Change", ACM
 * TOIT 3(3), 2003: looks at uneven intervals).
 */

/* Bins of age, of the hour (UTC) and of the time since a change. */
enum { EXPECT_AGES = 14, EXPECT_HOURS = 24, EXPECT_SINCE = 6 };
enum { EXPECT_SUMS = 2 * (EXPECT_AGES + EXPECT_HOURS + EXPECT_SINCE) };

/* What visits of an outlet's pages taught: of each bin, changes, then how
 * long it was watched (hours) or how many were expected. Zeroed: nothing. They
 * add up: sums of two batches are their sum. */
struct expect_sums {
	double v[EXPECT_SUMS];
};

/* Rates: what is known beforehand, and the sums. */
struct expect_curve {
	double by_age[EXPECT_AGES];   /* an hour, of a page like most */
	double by_hour[EXPECT_HOURS]; /* times this */
	double since[EXPECT_SINCE];   /* an hour, after a change */
};
/* An outlet's habits change: of thousands of changes the older weigh less. */
void expect_fade(struct expect_sums *s);
void expect_curve_of(const struct expect_sums *s, struct expect_curve *out);

/* What a page's own past says. */
struct expect_past {
	usec_t born;	  /* published, as far as it is known; else first seen */
	usec_t looked_at; /* last visit that would have shown a change, or
			   * TIME_NONE */
	usec_t changed_at; /* the last change lies before, or TIME_NONE ... */
	usec_t changed_after; /* ... and after this */
	double expected; /* changes of a page like most while we looked, ... */
	double changes;	 /* ... and this page's: as far as looks could tell */
};

/* A visit at `at` that shows whether there was a change: the past takes it in,
 * the sums too. The first one teaches nothing. */
void expect_learn(const struct expect_curve *c, struct expect_past *p,
    usec_t at, bool changed, struct expect_sums *sums);
/* Changes that are expected in (from, to], from being the last look. */
double expect_changes(const struct expect_curve *c,
    const struct expect_past *p, usec_t from, usec_t to);
/* So many are enough for a visit where requests are not few: about as many
 * visits as newsdiffs' table makes (make bench-schedule). */
#define EXPECT_USUAL .0125
/* When the changes expected after `from`, the last look, reach `full`, a change
 * that waits for long counting more; at most `to`. *of_burst is the part of
 * `full` that follows the last change. */
usec_t expect_reach(const struct expect_curve *c, const struct expect_past *p,
    usec_t from, usec_t to, double full, double *of_burst);

#endif
