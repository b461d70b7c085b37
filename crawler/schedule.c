#include "crawler/schedule.h"

#include <math.h>

/* ---- when ---------------------------------------------------------------------- */

#define SOONEST	      (2 * USEC_MINUTE)	 /* a cache in front keeps that long */
#define RAREST_YOUNG  (6 * USEC_HOUR)	 /* a withdrawal is news, too: at most */
#define RAREST	      (7 * USEC_DAY)	 /* the age, between these */
#define RETIRED	      (90 * USEC_DAY)	 /* after the last change */
#define FEED_INTERVAL (5 * USEC_MINUTE)	 /* a wire's turns over in hours */
#define FRONT_MOST    (1 * USEC_HOUR)	 /* what leads to all else never retires */
/* As often as robots.txt is read (RFC 9309, 2.4); and while it cannot be. */
#define RULE_INTERVAL	 (1 * USEC_DAY)
#define UNKNOWN_INTERVAL (1 * USEC_HOUR)
#define CONFIRM_MOST  (1 * USEC_HOUR)	 /* held news shall not wait longer */
#define CONFIRM_FIRST (5 * USEC_MINUTE)	 /* nor is a fault over sooner */
#define ERROR_FIRST   (5 * USEC_MINUTE)	 /* doubles with each failure ... */
#define ERROR_MOST    (6 * USEC_HOUR)	 /* ... up to this */
#define GONE_INTERVAL (1 * USEC_DAY)	 /* a page that is gone may return */
#define GONE_WEEK     (7 * USEC_DAY)

/* Up to a tenth earlier or later, always the same for a page. */
static usec_t jitter(usec_t interval, struct hash128 key)
{
	int64_t permille = (key.b[0] << 8 | key.b[1]) % 201 - 100;

	return interval + interval / 1000 * permille;
}

static usec_t backoff(int failures)
{
	usec_t t = ERROR_FIRST;

	for (int i = 0; i < failures && t < ERROR_MOST; i++)
		t *= 2;
	return t < ERROR_MOST ? t : ERROR_MOST;
}

/* Where requests are few, the rarest are rarer. */
static usec_t rarest(const struct schedule_input *in)
{
	double most = (double)(in->now - in->past->born);

	most = fmax(most, (double)RAREST_YOUNG) *
	    fmax(1, in->threshold / SCHEDULE_THRESHOLD);
	return most < (double)RAREST ? (usec_t)most : RAREST;
}

static usec_t since_news(const struct schedule_input *in)
{
	usec_t last = in->first_seen;

	if (in->past->changed_at != TIME_NONE)
		last = in->past->changed_at;
	return last == TIME_NONE ? 0 : in->now - last;
}

static usec_t by_expectation(const struct schedule_input *in,
    enum schedule_reason *why)
{
	double of_burst;
	usec_t wait, most = rarest(in);

	if (since_news(in) >= RETIRED) {
		*why = SCHEDULE_RETIRED;
		return TIME_NONE;
	}
	wait = expect_reach(in->curve, in->past, in->now, in->now + most,
	    in->threshold > 0 ? in->threshold : SCHEDULE_THRESHOLD,
	    &of_burst) - in->now;
	*why = wait >= most ? SCHEDULE_RAREST : wait < SOONEST ?
	    SCHEDULE_SOONEST : of_burst > .5 ? SCHEDULE_BURST : SCHEDULE_LIKELY;
	return wait < SOONEST ? SOONEST : wait;
}

/* Microseconds until the next visit, or TIME_NONE. */
static usec_t waits(const struct schedule_input *in, enum schedule_reason *why)
{
	usec_t wait;

	if (in->outcome == OUTCOME_HTTP_ERROR ||
	    in->outcome == OUTCOME_FETCH_ERROR ||
	    in->outcome == OUTCOME_REFUSED) {
		*why = SCHEDULE_FAILED;
		return backoff(in->failures);
	}
	if (in->forbidden) {
		*why = SCHEDULE_FORBIDDEN;
		return in->forbidden == FORBIDDEN_BY_RULE ? RULE_INTERVAL :
		    UNKNOWN_INTERVAL;
	}
	if (in->feed) {
		*why = SCHEDULE_FEED;
		return FEED_INTERVAL;
	}
	if (in->gone) {
		bool over = since_news(in) > GONE_WEEK && !in->front;

		*why = over ? SCHEDULE_RETIRED : SCHEDULE_GONE;
		return over ? TIME_NONE : GONE_INTERVAL;
	}
	wait = by_expectation(in, why);
	if (in->front) {
		*why = SCHEDULE_FEED;
		if (wait == TIME_NONE || wait > FRONT_MOST)
			return FRONT_MOST;
		return wait < FEED_INTERVAL ? FEED_INTERVAL : wait;
	}
	if (in->confirm) {
		*why = SCHEDULE_CONFIRM;
		if (wait == TIME_NONE || wait > CONFIRM_MOST)
			return CONFIRM_MOST;
		return wait < CONFIRM_FIRST ? CONFIRM_FIRST : wait;
	}
	return wait;
}

usec_t schedule_next(const struct schedule_input *in,
    enum schedule_reason *why)
{
	usec_t wait;

	if (in->every) {
		*why = SCHEDULE_OPERATOR;
		return in->now + in->every;
	}
	wait = waits(in, why);
	return wait == TIME_NONE ? TIME_NONE :
	    in->now + jitter(wait, in->url_key);
}

/* Raised at once where requests are too many, lowered slowly: at most by half
 * in one window. */
double schedule_threshold(double threshold, double per_hour, double allowed)
{
	double x = threshold > 0 ? threshold : SCHEDULE_THRESHOLD;

	if (allowed <= 0)
		return SCHEDULE_THRESHOLD;
	x *= fmin(2, fmax(.5, per_hour / allowed));
	return fmin(1, fmax(SCHEDULE_THRESHOLD, x));
}

/* ---- in words ------------------------------------------------------------------ */

static const struct {
	const char *name, *says;
} words[] = {
    [SCHEDULE_UNSET] = {"", ""},
    [SCHEDULE_OPERATOR] = {"operator", "the operator's interval"},
    [SCHEDULE_FEED] = {"feed", "a feed, sitemap or front: every few minutes, or hourly"},
    [SCHEDULE_FAILED] = {"failed", "backs off after a failure"},
    [SCHEDULE_FORBIDDEN] = {"forbidden", "robots.txt forbids it: daily, and "
	"when that changes"},
    [SCHEDULE_CONFIRM] = {"confirm", "what the last visit showed is confirmed"},
    [SCHEDULE_GONE] = {"gone", "it is gone and may return: daily for a week"},
    [SCHEDULE_LISTED] = {"listed", "a feed or sitemap lists a newer time"},
    [SCHEDULE_LIKELY] = {"likely", "an unseen change is likely enough by then"},
    [SCHEDULE_BURST] = {"burst", "it just changed, and others often follow"},
    [SCHEDULE_SOONEST] = {"soonest", "a change is likely at any moment"},
    [SCHEDULE_RAREST] = {"rarest", "a change is unlikely; looked at all the same"},
    [SCHEDULE_RESTS] = {"rests", "it was due, but its host wants a rest"},
    [SCHEDULE_RETIRED] = {"retired", "retired: nothing changed for long"},
};

const char *schedule_reason_name(enum schedule_reason r)
{
	return words[r].name;
}

const char *schedule_reason_says(struct slice name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(name, words[i].name))
			return words[i].says;
	return "";
}
