#ifndef CRAWLER_INSIDE_H
#define CRAWLER_INSIDE_H
#include "crawler/crawler.h"
#include "crawler/obey.h"
#include "crawler/queue.h"

/*
 * Inside the crawler: crawler.c gives the hosts their turns and sends, came.c
 * says what became of a job. Functions that return int give -1 and *err where
 * the frontier failed.
 */
struct crawler {
	struct crawler_conf conf;
	struct frontier frontier;
	struct supply supply;
	struct obey obey;
	struct http *http;
	struct hosts hosts;
	size_t flying, turn;
	size_t lagging; /* of the flying, as of the last round of turns */
	usec_t scan_at; /* monotonic: when all hosts have their turn again */
	bool starved;	/* a host could send, but had no place */
	struct host **touched;
	size_t touched_n, touched_cap;
	usec_t usual;	/* how long an answer takes on average; 0: unknown */
	usec_t supply_at; /* monotonic */
	bool dry;	  /* the supply had nothing when last asked */
	struct crawler_stats stats;
};

/* crawler.c */
/* Something came for an active host. */
void crawler_touch(struct crawler *c, struct host *h);
/* Where its URL is to be asked for. */
void crawler_queue(struct crawler *c, struct job *j, bool front);
/* The page's own URL is the next to be asked. */
void job_ask_itself(struct job *j);
/* Do its validators hold here? Another URL's ETag says nothing. */
bool job_is_conditional(const struct job *j);

/* came.c */
int crawler_came(struct crawler *c, struct http_answer *a, struct err *err);
/* An outcome without a request; the job ends. */
int crawler_refuse(
    struct crawler *c, struct job *j, const struct err *why, struct err *err);
/* Not asked for, which is no outcome. of: who is to be asked in wait; those
 * that wait for it come one by one then. */
int crawler_put_off(struct crawler *c, struct host *of, struct job *j,
    usec_t wait, const struct err *why, struct err *err);

#endif
