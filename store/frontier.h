#ifndef STORE_FRONTIER_H
#define STORE_FRONTIER_H
#include "core/arena.h"
#include "model/owed.h"
#include "store/db.h"

/*
 * What is due, and who may visit it. A host belongs to one worker at a time:
 * a session-level advisory lock, which the server frees when its holder dies,
 * and a fencing number that the judging transaction checks (batch_fences).
 */
struct due_page {
	struct slice url, host;
	struct hash128 url_key;
	int64_t host_key, fence, outlet_id;
	struct slice outlet, zone, credit; /* of the outlet; zone may be none */
	usec_t every;			   /* 0: by age */
	int delay_ms;			   /* -1: the default */
	struct slice etag, last_modified, validated_url; /* none: url's */
	struct slice moved_to; /* asked in its place; or none */
	int64_t visits;
	int depth; /* lists between it and what the operator added */
	bool waits; /* a held text or a miss: fetch without conditions */
	bool source;
	bool policy; /* the site's tdmrep.json */
	bool origin; /* the operator's source */
	bool found;  /* a feed or front that was found */
	bool fed;    /* it was a feed that gave entries ... */
	int unfed;   /* ... and none at so many visits since, in a row */
	bool operators; /* host was added by the operator */
	struct owed owed; /* by its host, when it was claimed */
};

struct due_list {
	struct due_page *pages;
	size_t n, cap;
	int64_t *hosts; /* locked for this list */
	size_t hosts_n, hosts_cap;
};

/* Claims hosts that nobody holds and lists what is due on them, in a. */
int frontier_due(struct db *db, usec_t now, bool sources, struct arena *a,
    struct due_list *out, struct err *err) MUST_CHECK;
/* One page, if it is due by then (TIME_NONE: due or not); its host is claimed,
 * or E_HOST_BUSY while another worker holds it. host is as the URL is spelt:
 * a page is asked as it is kept, which may be under another spelling's. */
int frontier_one(struct db *db, struct slice host, struct hash128 url_key,
    usec_t due, struct arena *a, struct due_list *out, struct err *err) MUST_CHECK;
/*
 * Host by host, for who goes on while others are under way: claims at most max
 * hosts (keys in out) that nobody holds, the longest due first; held are what
 * this session has. Then, of each, what is due, under a new fence; and back.
 */
int frontier_claim(struct db *db, usec_t now, const int64_t *held,
    size_t held_n, size_t max, int64_t *out, size_t *n, struct err *err)
    MUST_CHECK;
int frontier_take(struct db *db, int64_t host_key, usec_t now, struct arena *a,
    struct due_list *out, struct err *err) MUST_CHECK;
/* Queued; flush before, so that the next holder sees what was kept. */
int frontier_give_back(struct db *db, int64_t host_key, struct err *err)
    MUST_CHECK;
/* A host that nothing is due on, for a redirect to it: 1, with what it is owed
 * (in a), 0 while another session holds it. Its row is made. Locks are counted:
 * each is given back by itself. */
int frontier_hold(struct db *db, struct slice host, struct arena *a,
    struct owed *out, struct err *err) MUST_CHECK;
/* A page that was due and not asked for: due again at `until`, and no visit. */
int frontier_put_off(struct db *db, int64_t host_key, struct hash128 url_key,
    usec_t until, struct err *err) MUST_CHECK;
/* A sign of life, which fails where the session has ended. */
int frontier_beat(struct db *db, struct err *err) MUST_CHECK;
/* When something is due next, whoever holds it; TIME_NONE: never. */
int frontier_next(struct db *db, usec_t *at, struct err *err) MUST_CHECK;
/* Hosts and outlets that are left alone: keys in a. */
struct paused_keys {
	int64_t *hosts, *outlets;
	size_t hosts_n, outlets_n;
};
int frontier_paused(struct db *db, struct arena *a, struct paused_keys *out,
    struct err *err) MUST_CHECK;
/* Gives the hosts back; frees the list. */
void frontier_release(struct db *db, struct due_list *l);

/* Enrols a page, due at `now`, unless it is known, by whatever spelling of its
 * host; the row of the host that it is asked at is made. outlet_id 0: by name. A
 * page that is known is due at once if `listed`, the time that a feed or
 * sitemap gives it, is newer than what is known of it. */
struct enrolment {
	struct slice url, host, outlet;
	struct hash128 url_key;
	int64_t outlet_id;
	int depth; /* struct due_page */
	bool feed, operators;
	bool policy; /* the site's tdmrep.json */
	usec_t now, listed; /* listed: TIME_NONE if no time is given */
};
int frontier_enrol(struct db *db, const struct enrolment *e, struct err *err)
    MUST_CHECK;

/* robots.txt of a host: 1, 0 (none is kept), -1. */
struct host_robots {
	struct slice text;
	int status;
	usec_t at, keep; /* keep: from at; 0: not known */
};
int frontier_robots_get(struct db *db, struct slice host, struct arena *a,
    struct host_robots *out, struct err *err) MUST_CHECK;
int frontier_robots_put(struct db *db, struct slice host,
    const struct host_robots *h, struct err *err) MUST_CHECK;
bool frontier_is_operators(struct db *db, struct slice host);

#endif
