#ifndef CRAWLER_FRONTIER_H
#define CRAWLER_FRONTIER_H
#include "core/arena.h"
#include "model/capture.h"
#include "model/owed.h"

/*
 * What the crawler needs of the database, as functions that cli/ fills from
 * store/. All are called from crawler_run's thread. Functions that return int
 * give -1 and err where the database fails; crawler_run ends with that.
 */

/* A page to visit. */
struct target {
	struct slice url, host; /* href; host as the URL has it, no port */
	struct slice etag, last_modified; /* of the last text, or none ... */
	struct slice validated_url; /* ... and whose they are; none: url's */
	/* Where url has led for so long that it is asked in its place; what is
	 * no text there is no outcome: url is asked then. Or none. */
	struct slice moved_to;
	bool allow_private;		  /* the operator added the host */
	bool first;	/* before what waits for the host (named URLs) */
	int delay_ms;	/* between requests to the host; -1: the conf's */
	int64_t visits; /* so far: every tenth is without conditions */
	struct owed owed; /* as it was when the host was taken */
	void *tag;	/* the caller's */
};

/* A robots.txt, or that none could be had (status 0, or from 500). */
struct robots_kept {
	struct slice text;
	int status;
	usec_t at;   /* fetched; where it could not be had: when it was last
		      * reached, or first not */
	usec_t keep; /* for how long from then */
};

/* What is kept of hosts, and where outcomes go. */
struct frontier {
	void *self;
	/*
	 * The kept robots.txt of a host ("example.com", with ":port" where it
	 * is not the scheme's own): 1 if there is one, its text in a; 0: none.
	 * out->keep stays as it is where nothing is known of it.
	 */
	int (*robots_get)(void *self, struct slice host, struct arena *a,
	    struct robots_kept *out, struct err *err);
	int (*robots_put)(void *self, struct slice host,
	    const struct robots_kept *k, struct err *err);
	/* Did the operator add this host? For redirects into private ranges. */
	bool (*is_operators)(void *self, struct slice host);
	/*
	 * The outcome of a target, once for each. The capture's slices live
	 * until it returns; url_key is not set; OUTCOME_ARTICLE stands for "to
	 * be read"; what X-Robots-Tag says to all or to us is its rights'.
	 */
	int (*done)(void *self, struct target *t, const struct capture *c,
	    struct err *err);
	/* One request of a host (a target's, no port), of any kind. NULL is
	 * fine: then nothing is kept of it. */
	int (*asked)(void *self, struct slice host, const struct asked *x,
	    struct err *err);
	/*
	 * A host that a redirect leads to, before it is asked: 1: it is this
	 * process's until let_go, and *out is what it is owed (why in a); 0:
	 * another process visits it now. Targets' own hosts are claimed by
	 * whom they come from. Both NULL is fine: nobody else is about.
	 */
	int (*claim)(void *self, struct slice host, struct arena *a,
	    struct owed *out, struct err *err);
	int (*let_go)(void *self, struct slice host, struct err *err);
	/*
	 * In place of done: the target was not asked for, since its host (or
	 * one that it leads to) rests or is another process's; it may be asked
	 * for at `until`. NULL: done is told of an OUTCOME_FETCH_ERROR.
	 */
	int (*unasked)(void *self, struct target *t, usec_t until,
	    const struct err *why, struct err *err);
	/* Before requests are sent, several times a second: -1: the hosts are
	 * not ours any more, and nothing is sent. NULL is fine. */
	int (*alive)(void *self, struct err *err);
	/* Is the target, or the host that it leads to, to be left alone now?
	 * Then its outcome is E_PAUSED. NULL: nobody is. */
	bool (*left_alone)(void *self, const struct target *t,
	    struct slice host);
};

/*
 * Where targets come from while the crawler runs, so that a host that is slow
 * keeps no other waiting until the next round. Optional: crawler_add does for
 * a list that is at hand.
 */
struct supply {
	void *self;
	/* 1: *out is a page that is due, on a host that this process holds; it
	 * is copied before the next call. 0: none now. */
	int (*next)(void *self, struct target *out, struct err *err);
	/* Nothing waits for that host (a target's) and nothing is under way:
	 * it may be given back. NULL is fine. */
	void (*host_idle)(void *self, struct slice host);
};

#endif
