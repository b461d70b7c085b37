/* run: a crawl that stays, and outlives what breaks under it. */
#include "cli/crawl.h"

#include "cli/notify.h"
#include "cli/workers.h"

#include "core/hash.h"
#include "store/frontier.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Between two looks at what is due, when idle: a source may have been added. */
#define IDLE_LEAST_MS 250
#define IDLE_MOST_MS  5000
/* Between two tries at a database that is away; doubled with each. */
#define AGAIN_FIRST_MS 250
#define AGAIN_MOST_MS  30000
#define SLICE_MS       100 /* of a pause, so that a stop is heard */

static void pause_ms(struct crawl *w, int64_t ms)
{
	const struct timespec slice = {0, SLICE_MS * 1000000L};

	for (usec_t end = clock_monotonic() + ms * 1000;
	    !crawl_stop && clock_monotonic() < end;) {
		notify_alive(w->cli->notify, w->pl ?
		    pipeline_stats(w->pl)->judged : 0);
		nanosleep(&slice, NULL);
	}
}

static int next(void *self, struct target *out, struct err *err)
{
	struct crawl *w = self;

	notify_alive(w->cli->notify, pipeline_stats(w->pl)->judged);
	return leases_next(w->leases, out, err);
}

static void host_idle(void *self, struct slice host)
{
	leases_idle(((struct crawl *)self)->leases, host);
}

/* Until nothing is due that nobody else holds. */
static int visit_due(struct crawl *w, struct err *err)
{
	const struct frontier f = crawl_frontier(w);
	const struct supply s = {w, next, host_idle};

	if (!w->crawler)
		w->crawler = crawler_new(&w->conf, &f, err);
	if (!w->crawler)
		return -1;
	/* twice the connections: while one host rests another has its turn */
	if (!w->leases)
		w->leases = leases_new(w->pl, &w->cli->clock,
		    2 * (size_t)w->conf.in_flight);
	crawler_supply(w->crawler, &s);
	if (crawler_run(w->crawler, &crawl_stop, err))
		return -1;
	return leases_turn(w->leases, true, err);
}

/* Until something is due, as far as we know. */
static int wait_for_due(struct crawl *w, struct err *err)
{
	const struct clock *c = &w->cli->clock;
	double ms = IDLE_MOST_MS;
	char text[TIME_TEXT];
	usec_t at, now = clock_now(c);

	if (frontier_next(w->db, &at, err))
		return -1;
	notify_send(w->cli->notify, "STATUS=%zu judged; next visit %s",
	    pipeline_stats(w->pl)->judged, at == TIME_NONE ? "never" :
	    time_text(at, text));
	if (at != TIME_NONE && (at <= now || !c->scripted || c->rate > 0))
		ms = (double)(at - now) / 1000 /
		    (c->scripted && c->rate > 0 ? c->rate : 1);
	pause_ms(w, ms < IDLE_LEAST_MS ? IDLE_LEAST_MS : ms > IDLE_MOST_MS ?
	    IDLE_MOST_MS : (int64_t)ms);
	return 0;
}

/* What was under way is given up; nothing of it was acknowledged. */
static int give_up(struct crawl *w, struct err *err)
{
	leases_free(w->leases);
	w->leases = NULL;
	if (!w->pl)
		return 0;
	follow_release(&w->follow); /* what it takes for enrolled may be lost */
	w->follow = (struct follow){0};
	follow_init(&w->follow, w->cli, w->db);
	if (db_session(w->db) == w->session) /* else it is a new one already */
		w->lost = true;
	pipeline_drop(w->pl);
	return w->crawler ? crawler_drop(w->crawler, err) : 0;
}

/* One turn of a worker's life; -1: something failed. */
static int live(struct crawl *w, struct err *err)
{
	if (!w->pl) {
		if (crawl_open_database(w, err))
			return -1;
		notify_send(w->cli->notify, "READY=1\nSTATUS=at work");
	}
	if (w->lost && cli_reconnect(w->cli, w->db, err))
		return -1;
	w->lost = false;
	w->session = db_session(w->db);
	return visit_due(w, err);
}

/* Is it worth another try? A daemon outlives all but a wrong installation;
 * before it ever had a database, also a database that will not do. */
static bool is_passing(const struct crawl *w, const struct err *err)
{
	if (!w->pl)
		return db_err_is_passing(err);
	return err->code == E_DB_CONNECT || err->code == E_DB_QUERY ||
	    err->code == E_DB_CLUSTER || err->code == E_IO;
}

/* Half to all of a time that doubles: many workers shall not come at once. */
static int64_t again_ms(int failures)
{
	struct { usec_t t; long pid; } seed = {clock_monotonic(), getpid()};
	int64_t ms = AGAIN_FIRST_MS;

	while (--failures > 0 && ms < AGAIN_MOST_MS)
		ms *= 2;
	if (ms > AGAIN_MOST_MS)
		ms = AGAIN_MOST_MS;
	return ms / 2 + (int64_t)(hash64(&seed, sizeof(seed)) %
	    (uint64_t)(ms / 2 + 1));
}

static int tries_again(struct crawl *w, int failures, struct err *err)
{
	int64_t ms = again_ms(failures);

	if (!is_passing(w, err))
		return -1;
	log_warn(&w->cli->log, "db", "%s: %s%s; trying again in %lld ms",
	    code_name(err->code), err->sqlstate[0] ? err->sqlstate : "",
	    err->message, (long long)ms);
	notify_send(w->cli->notify, "EXTEND_TIMEOUT_USEC=%lld\n"
	    "STATUS=waits for the database: %s",
	    (long long)(2 * AGAIN_MOST_MS * (USEC_SECOND / 1000)), err->message);
	*err = (struct err){0};
	if (give_up(w, err))
		return -1;
	pause_ms(w, ms);
	return 0;
}

struct running {
	struct cli *cli;
	const char *contact;
	char **none; /* no URLs */
};

/* One worker, until it is asked to stop. */
static int keep_crawling(void *self)
{
	struct running *r = self;
	struct err err = {0};
	struct crawl w;
	int rc = crawl_open(&w, r->cli, r->contact, r->none, &err);
	size_t before;
	int failures = 0;

	while (!rc && !crawl_stop) {
		err = (struct err){0};
		before = w.fetched;
		rc = live(&w, &err);
		if (!rc) {
			failures = 0;
			/* what was found meanwhile is due at once */
			if (!crawl_stop && w.fetched == before)
				rc = wait_for_due(&w, &err);
		}
		if (rc)
			rc = tries_again(&w, ++failures, &err);
	}
	notify_send(r->cli->notify, "STOPPING=1");
	if (w.pl)
		crawl_report(&w, w.crawler ? crawler_left(w.crawler) : 0);
	if (rc)
		rc = cli_fail(r->cli, &err);
	crawl_close(&w);
	return rc;
}

int cmd_run(struct cli *cli, int argc, char **argv)
{
	const char *contact = NULL, *warc_dir = NULL;
	int64_t workers = 1;
	const struct opt table[] = {
		{"contact", OPT_STRING, &contact, "ADDRESS",
		    "that site owners can reach"},
		{"workers", OPT_INT, &workers, "N",
		    "processes; a host is with one of them at a time"},
		{"warc-dir", OPT_STRING, &warc_dir, "DIR",
		    "for WARC files"}, {0}};
	struct err err = {0};
	struct running r = {.cli = cli};
	struct notify notify;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0 || crawl_set_warc_dir(cli, warc_dir, &err))
		return cli_fail(cli, &err);
	if (argc > 1 || workers < 1 || workers > WORKERS_MAX) {
		err_set(&err, E_USAGE, "run [--workers 1..%d]", WORKERS_MAX);
		return cli_fail(cli, &err);
	}
	r.contact = contact;
	r.none = argv + argc;
	notify_open(&notify);
	cli->notify = &notify;
	rc = workers == 1 ? keep_crawling(&r) : workers_run((size_t)workers,
	    keep_crawling, &r, cli);
	notify_close(&notify);
	return rc;
}
