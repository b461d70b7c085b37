#include "crawler/schedule.h"

/*
 * By age since the last change (first seen counts as one): young stories
 * every few minutes, old ones ever more rarely, then retired. After newsdiffs'
 * table, finer for the first hour, in which most corrections come.
 */
static const struct {
	usec_t age, interval;
} by_age[] = {
    {1 * USEC_HOUR, 5 * USEC_MINUTE},
    {6 * USEC_HOUR, 10 * USEC_MINUTE},
    {24 * USEC_HOUR, 30 * USEC_MINUTE},
    {3 * USEC_DAY, 2 * USEC_HOUR},
    {14 * USEC_DAY, 12 * USEC_HOUR},
    {40 * USEC_DAY, 1 * USEC_DAY},
    {90 * USEC_DAY, 7 * USEC_DAY},
};

#define FEED_INTERVAL                                                          \
	(10 * USEC_MINUTE)		/* a wire's feed turns over in hours   \
					 */
#define CONFIRM_MOST  (1 * USEC_HOUR)	/* held news shall not wait longer */
#define ERROR_FIRST   (5 * USEC_MINUTE) /* doubles with each failure ... */
#define ERROR_MOST    (6 * USEC_HOUR)	/* ... up to this */
#define GONE_INTERVAL (1 * USEC_DAY)	/* a page that is gone may return */
#define GONE_WEEK     (7 * USEC_DAY)

static usec_t age_interval(usec_t age)
{
	for (size_t i = 0; i < sizeof(by_age) / sizeof(by_age[0]); i++)
		if (age < by_age[i].age)
			return by_age[i].interval;
	return 0;
}

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

usec_t schedule_next(const struct schedule_input *in)
{
	usec_t last = in->changed == TIME_NONE ? in->first_seen : in->changed;
	usec_t age = last == TIME_NONE ? 0 : in->now - last, interval;

	if (in->every)
		return in->now + in->every;
	if (in->outcome == OUTCOME_HTTP_ERROR ||
	    in->outcome == OUTCOME_FETCH_ERROR ||
	    in->outcome == OUTCOME_REFUSED)
		return in->now + jitter(backoff(in->failures), in->url_key);
	if (in->feed)
		return in->now + jitter(FEED_INTERVAL, in->url_key);
	if (in->gone)
		return age > GONE_WEEK
			   ? TIME_NONE
			   : in->now + jitter(GONE_INTERVAL, in->url_key);
	interval = age_interval(age);
	if (in->confirm && (!interval || interval > CONFIRM_MOST))
		interval = CONFIRM_MOST;
	return interval ? in->now + jitter(interval, in->url_key) : TIME_NONE;
}
