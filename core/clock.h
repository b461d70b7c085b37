#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H
#include "core/err.h"
#include "core/slice.h"

#include <stdint.h>

/*
 * Times are microseconds since 1970-01-01T00:00:00Z, leap seconds ignored, in
 * the proleptic Gregorian calendar. TIME_NONE is "unknown".
 */
typedef int64_t usec_t;
#define TIME_NONE   INT64_MIN
#define USEC_SECOND INT64_C(1000000)
#define USEC_MINUTE (60 * USEC_SECOND)
#define USEC_HOUR   (60 * USEC_MINUTE)
#define USEC_DAY    (24 * USEC_HOUR)
/* The first and last that can be written: years 1 to 9999. */
#define TIME_FIRST (INT64_C(-62135596800) * USEC_SECOND)
#define TIME_LAST  (INT64_C(253402300800) * USEC_SECOND - 1)

/* A civil date and time, without a zone. */
struct civil {
	int year;  /* 1..9999 */
	int month; /* 1..12 */
	int day;   /* 1..31 */
	int hour, minute, second, usec;
};

/* False for what is not in the calendar (30 February, hour 24, second 61). */
bool civil_valid(const struct civil *c);
/* As if in UTC. c must be valid; second 60 is the next minute's first. */
usec_t civil_to_usec(const struct civil *c);
struct civil civil_from_usec(usec_t t);
/* 0 = Sunday .. 6 = Saturday. */
int civil_weekday(const struct civil *c);

/* "2020-11-26T08:19:00Z"; with six digits of a second where it has some. */
#define TIME_TEXT 40
const char *time_text(usec_t t, char text[TIME_TEXT]);
/* "2020-11-26T13:49:00+05:30": t as the wall clock at offset_s from UTC. */
const char *time_text_local(usec_t t, int offset_s, char text[TIME_TEXT]);
/* ISO 8601 / RFC 3339 with a zone, or without (then UTC). 0, or -1; so for a time
 * that its offset takes beyond TIME_FIRST or TIME_LAST. */
int time_parse(struct slice s, usec_t *t);
/* t, or the end of what can be written that lies nearer. */
usec_t time_within(usec_t t);

/*
 * The program's clock. Unscripted, it is the system's. DATELINE_CLOCK =
 * TIME[xRATE] fixes it at TIME (rate 0, the default) or lets it run from TIME
 * at RATE seconds a second. offset is what the database's clock is ahead.
 */
struct clock {
	bool scripted;
	usec_t base; /* scripted: the time at start */
	double rate; /* scripted: seconds of ours a real second */
	usec_t real; /* scripted: monotonic time at start */
	usec_t offset;
};

/* text NULL or "": the system's clock. Refuses what is not TIME[xRATE]. */
int clock_init(struct clock *c, const char *text, struct err *err) MUST_CHECK;
usec_t clock_now(const struct clock *c);
/* Never scripted, never steps back: for deadlines and durations. */
usec_t clock_monotonic(void);

#endif
