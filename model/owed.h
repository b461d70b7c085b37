#ifndef MODEL_OWED_H
#define MODEL_OWED_H
#include "core/clock.h"
#include "core/slice.h"

/*
 * What a host is owed between two requests, whoever sends them: kept with the
 * host, so that it outlives the process. Times are the program's clock's.
 */
struct owed {
	usec_t asked_at; /* the last request; TIME_NONE: none is known */
	usec_t next_at;	 /* not before; TIME_NONE: at once */
	int failures;	 /* refusals and faults in a row; over 0: until next_at
			  * it rests, because of ... */
	enum code code;
	struct slice why;
};
#define OWED_NONE                                                              \
	(struct owed) { .asked_at = TIME_NONE, .next_at = TIME_NONE }

/* Did a robots.txt that came with this status (0: none came) say what holds, or
 * that there is none? RFC 9309, 2.3.1.3 counts all of 4xx as the latter; but "too
 * many requests" says nothing of the file. */
static inline bool robots_reached(int status)
{
	return status >= 200 && status < 500 && status != 429;
}

/* One request of a host, answered or not. */
struct asked {
	usec_t gap; /* since the one before; 0: the first */
	bool unchanged, throttled; /* 304; 429 or 503 */
	struct owed owed;	   /* from now on */
};

#endif
