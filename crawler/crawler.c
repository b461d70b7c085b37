/* The transfer loop: whose turn it is, what is asked. */
#include "crawler/inside.h"

#include "crawler/fetch.h"

#include <stdlib.h>

/* How long one wait lasts at most, so that a stop is heard. */
#define WAIT_MAX_MS 200
/* Targets that wait at most before the supply is asked for more: about a
 * kilobyte each. */
#define QUEUE_MAX 10000
/* After the supply had nothing it is left alone for this. */
#define SUPPLY_PAUSE (1 * USEC_SECOND)
/* A transfer that takes so many times the average of answers, within these
 * bounds, gives up its place: every host that hangs would hold one until its
 * time limit. */
#define LAG_TIMES 4
#define LAG_LEAST (USEC_SECOND / 4)
#define LAG_MOST  (2 * USEC_SECOND)
/* ... but all together are at most so many times the places. */
#define LAGGING_TIMES 8
/* All hosts have a look at least so often; between, those that something came
 * for: with thousands of hosts a look at all for each answer is most of the
 * work. */
#define SCAN_MS 50
/* Outcomes that need no network, of one host before the next's turn. */
#define ANSWERS_MAX 32
/* An ETag may lie: so often a page is asked for without conditions. */
#define UNCONDITIONAL_EVERY 10

/* A redirect's host that another worker has: between two tries to claim it, and
 * how long that is tried: a lease of a few pages ends by then. */
#define CLAIM_EVERY	  (USEC_SECOND / 2)
#define CLAIM_PATIENCE_MS 30000

#define ACCEPT_TEXT "Accept: text/plain,*/*;q=0.8"
#define ACCEPT_PAGE                                                            \
	"Accept: "                                                             \
	"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

void crawler_touch(struct crawler *c, struct host *h)
{
	if (h->touched)
		return;
	GROW(c->touched, c->touched_n, c->touched_cap);
	c->touched[c->touched_n++] = h;
	h->touched = true;
}

/* ---- targets -------------------------------------------------------- */

static struct job *job_of(const struct target *t)
{
	struct job *j = job_new();

	j->target = *t;
	j->target.url = arena_slice(&j->arena, t->url);
	j->target.host = arena_slice(&j->arena, t->host);
	j->target.etag = arena_slice(&j->arena, t->etag);
	j->target.last_modified = arena_slice(&j->arena, t->last_modified);
	j->target.validated_url = arena_slice(&j->arena, t->validated_url);
	j->target.moved_to = arena_slice(&j->arena, t->moved_to);
	j->validates = (t->etag.n || t->last_modified.n) &&
		       t->visits % UNCONDITIONAL_EVERY !=
			   UNCONDITIONAL_EVERY - 1;
	return j;
}

bool job_is_conditional(const struct job *j)
{
	struct slice of = j->target.validated_url;

	return j->validates &&
	       slice_eq(j->url.href, of.n ? of : j->target.url);
}

void job_ask_itself(struct job *j)
{
	j->url = j->page;
	j->allow_private = j->target.allow_private;
	j->for_good = true;
	j->remembered = j->cleared = false;
	j->conditional = job_is_conditional(j);
}

/* Where the page is known to lead, in place of itself. */
static void ask_moved(struct crawler *c, struct job *j)
{
	struct err ignored;
	struct url u;

	if (!j->target.moved_to.n || j->err.code ||
	    url_parse(j->target.moved_to, NULL, &j->arena, &u, &ignored) ||
	    url_check_fetch(&u, &ignored))
		return;
	j->url = u;
	j->remembered = true;
	if (!slice_eq(u.host, j->page.host))
		j->allow_private =
		    j->allow_private && c->frontier.is_operators(
					    c->frontier.self, u.host);
	j->conditional = job_is_conditional(j);
}

/* Somebody else may have asked it since; what we kept ourselves we know better,
 * by a clock that none can set. */
static void recall(struct crawler *c, struct host *h, const struct owed *o)
{
	if (o->next_at == h->kept_at)
		return;
	manners_recall(
	    &h->manners, o, clock_monotonic(), clock_now(c->conf.clock));
	if (h->manners.rests)
		err_set(&h->rest_err, o->code, "%.*s", SLICE_FMT(o->why));
}

void crawler_queue(struct crawler *c, struct job *j, bool front)
{
	struct host *h;

	j->at = hosts_get(&c->hosts, &j->url);
	h = j->at->host;
	if (h->manners.delay_ms < 0)
		h->manners.delay_ms = c->conf.delay_ms;
	if (j->robots_of)
		hosts_push_ask(&c->hosts, h, j);
	else
		hosts_push(&c->hosts, h, j, front);
	crawler_touch(c, h);
}

static struct host *add(struct crawler *c, const struct target *t)
{
	struct job *j = job_of(t);
	struct host *h;

	if (url_parse(j->target.url, NULL, &j->arena, &j->page, &j->err) ||
	    url_check_fetch(&j->page, &j->err)) /* it waits nowhere */
		j->page = (struct url){
		    .scheme = SLICE("none"), .host = j->target.host};
	job_ask_itself(j);
	j->at = hosts_get(&c->hosts, &j->page);
	h = j->home = j->at->host;
	h->targets++;
	if (!h->active)
		recall(c, h, &t->owed);
	h->manners.delay_ms = t->delay_ms >= 0 ? t->delay_ms : c->conf.delay_ms;
	ask_moved(c, j);
	hosts_activate(&c->hosts, h);
	crawler_queue(c, j, t->first);
	return h;
}

void crawler_add(struct crawler *c, const struct target *t)
{
	add(c, t);
}

void crawler_supply(struct crawler *c, const struct supply *s)
{
	c->supply = *s;
	c->dry = false;
	c->supply_at = 0;
}

size_t crawler_left(const struct crawler *c)
{
	return c->hosts.queued;
}

const struct crawler_stats *crawler_stats(const struct crawler *c)
{
	return &c->stats;
}

static int pull(struct crawler *c, struct err *err)
{
	struct target t;
	int rc = 1;

	if (!c->supply.next || clock_monotonic() < c->supply_at)
		return 0;
	while (c->hosts.queued < QUEUE_MAX) {
		t = (struct target){.delay_ms = -1, .owed = OWED_NONE};
		rc = c->supply.next(c->supply.self, &t, err);
		if (rc <= 0)
			break;
		add(c, &t)->supplied = true;
	}
	c->dry = !rc;
	if (c->dry)
		c->supply_at = clock_monotonic() + SUPPLY_PAUSE;
	return rc < 0 ? -1 : 0;
}

/* ---- asking --------------------------------------------------------- */

static const char *header(struct job *j, const char *name, struct slice v)
{
	return arena_printf(&j->arena, "%s: %.*s", name, SLICE_FMT(v)).p;
}

static void send(struct crawler *c, struct host *h, struct job *j)
{
	const char *headers[4] = {j->robots_of ? ACCEPT_TEXT : ACCEPT_PAGE};
	struct http_request rq = {.url = j->url.href.p, .headers = headers};
	size_t n = 1;

	rq.allow_private = j->allow_private;
	rq.tag = j;
	if (j->robots_of) /* of what is over, the part that came is read */
		rq.max_body_bytes = 2 * ROBOTS_MAX_BYTES;
	if (j->conditional && j->target.etag.n)
		headers[n++] = header(j, "If-None-Match", j->target.etag);
	if (j->conditional && j->target.last_modified.n)
		headers[n] = header(
		    j, "If-Modified-Since", j->target.last_modified);
	if (j->fetched_at == TIME_NONE)
		j->fetched_at = clock_now(c->conf.clock);
	j->sent_at = clock_monotonic();
	j->gap = manners_sent(&h->manners, j->sent_at);
	h->flying = j;
	h->put_off = 0;
	c->flying++;
	c->stats.requests++;
	c->stats.robots += j->robots_of != NULL;
	http_add(c->http, &rq);
}

/* Whoever waits first asks for the robots.txt of his host. */
static int ask_robots(struct crawler *c, const struct job *by, struct err *err)
{
	struct job *j = job_new();
	struct authority *at = by->at;

	j->robots_of = j->at = at;
	j->allow_private = at->asked_private = by->allow_private;
	at->state = ROBOTS_FETCHING;
	if (url_parse(
		SLICE("/robots.txt"), &by->url, &j->arena, &j->page, err)) {
		job_free(j);
		return -1;
	}
	j->url = j->page;
	send(c, at->host, j);
	return 0;
}

/* ---- hosts that redirects lead to ----------------------------------- */

/* *held: it is ours to ask. Targets' hosts are held by whom they come from. */
static int hold(struct crawler *c, struct host *h, usec_t now, bool *held,
    struct err *err)
{
	struct owed owed = OWED_NONE;
	struct arena a;
	int rc;

	*held = h->targets || h->claimed || !c->frontier.claim;
	if (*held || now < h->claim_at)
		return 0;
	arena_init(&a);
	rc = c->frontier.claim(
	    c->frontier.self, slice_of(h->name), &a, &owed, err);
	if (rc == 1) {
		h->claimed = *held = true;
		h->denied_at = h->claim_at = 0;
		recall(c, h, &owed);
	} else if (!rc) {
		h->denied_at = h->denied_at ? h->denied_at : now;
		h->claim_at = now + CLAIM_EVERY;
	}
	arena_release(&a);
	return rc < 0 ? -1 : 0;
}

/* Another worker has had the host for too long: two who wait for each other's
 * hosts would do so for ever. */
static int give_up(struct crawler *c, struct host *h, struct err *err)
{
	struct err why = {0};
	int rc = 0;

	err_set(&why, E_HOST_BUSY, "another worker has %s now", h->name);
	h->denied_at = 0;
	while (h->asks && !rc) {
		struct job *j = hosts_pop_ask(h);

		obey_wait(j->robots_of, &why);
		crawler_touch(c, j->robots_of->host);
		job_free(j);
	}
	while (h->jobs && !rc)
		rc = crawler_put_off(c, h, hosts_pop(&c->hosts, h), OBEY_WAIT, &why, err);
	return rc;
}

/* ---- turns ---------------------------------------------------------- */

/* The host rests for longer than anybody should wait. */
static bool is_away(const struct host *h, usec_t now)
{
	return h->manners.rests && h->manners.next_at - now > MANNERS_PATIENCE;
}

/* Can the first job be told its outcome without the network? It is, then. */
static int answer(
    struct crawler *c, struct host *h, usec_t now, bool *told, struct err *err)
{
	struct job *j = h->jobs;
	struct err why = j->err;

	*told = true;
	if (why.code)
		return crawler_refuse(c, hosts_pop(&c->hosts, h), &why, err);
	if (c->frontier.left_alone && c->frontier.left_alone(c->frontier.self,
	    &j->target, slice_of(h->name))) {
		err_set(&why, E_PAUSED, "%.*s or its outlet is paused",
		    SLICE_FMT(slice_of(h->name)));
		return crawler_refuse(c, hosts_pop(&c->hosts, h), &why, err);
	}
	if (obey_is_fresh(j->at, j, now)) {
		if (!j->cleared && !obey_allows(j->at, &j->url, &why)) {
			hosts_pop(&c->hosts, h);
			return j->at->waits ? crawler_put_off(c, h, j, OBEY_WAIT, &why,
						  err)
					    : crawler_refuse(c, j, &why, err);
		}
		j->cleared = true;
	}
	if (is_away(h, now))
		return crawler_put_off(c, h, hosts_pop(&c->hosts, h),
		    h->manners.next_at - now, &h->rest_err, err);
	*told = false;
	return 0;
}

static int give_back_asks(struct crawler *c, struct host *h, struct err *err)
{
	int rc = 0;

	while (h->asks && !rc) {
		struct job *j = hosts_pop_ask(h);

		rc = obey_learn(&c->obey, j->robots_of, 0, SLICE(""), -1,
		    &h->rest_err, err);
		job_free(j);
	}
	return rc;
}

/* Sends what is next, if robots.txt is known; else sends for that. */
static int send_next(
    struct crawler *c, struct host *h, usec_t now, struct err *err)
{
	struct authority *at;

	if (h->asks) {
		send(c, h, hosts_pop_ask(h));
		return 0;
	}
	if (!h->jobs || h->jobs->at->state == ROBOTS_FETCHING)
		return 0;
	at = h->jobs->at;
	if (!obey_is_fresh(at, h->jobs, now)) {
		bool known = at->state == ROBOTS_READY;

		at->state = ROBOTS_UNKNOWN;
		/* a verdict that has just run out is not looked up again */
		if (!known && obey_recall(&c->obey, at, err))
			return -1;
		return at->state == ROBOTS_READY
			   ? 0
			   : ask_robots(c, h->jobs, err);
	}
	if (h->jobs->cleared)
		send(c, h, hosts_pop(&c->hosts, h));
	return 0;
}

static bool has_place(const struct crawler *c)
{
	size_t most = (size_t)c->conf.in_flight;

	return c->flying < most ||
	       (c->flying - c->lagging < most &&
		   c->flying < most * LAGGING_TIMES);
}

static usec_t lag_limit(const struct crawler *c)
{
	usec_t limit = c->usual * LAG_TIMES;

	if (limit < LAG_LEAST)
		return LAG_LEAST;
	return limit > LAG_MOST ? LAG_MOST : limit;
}

static void count_lagging(struct crawler *c)
{
	usec_t before = clock_monotonic() - lag_limit(c);

	c->lagging = 0;
	for (size_t i = 0; i < c->hosts.active_n; i++) {
		const struct job *j = c->hosts.active[i]->flying;

		c->lagging += j && j->sent_at < before;
	}
}

/* One host's turn; lowers *wait_ms to when it wants the next. */
static int serve(
    struct crawler *c, struct host *h, int *wait_ms, struct err *err)
{
	usec_t now = clock_monotonic(), ms;
	bool held, told = true;
	int n = 0;

	if (h->asks && is_away(h, now) && give_back_asks(c, h, err))
		return -1;
	while (h->jobs && told && n++ < ANSWERS_MAX)
		if (answer(c, h, now, &told, err))
			return -1;
	if (h->flying || (!h->jobs && !h->asks))
		return 0;
	if (hold(c, h, now, &held, err))
		return -1;
	if (!held)
		return h->denied_at && now - h->denied_at >
					       c->conf.claim_patience_ms *
						   INT64_C(1000)
			   ? give_up(c, h, err)
			   : 0;
	if (h->manners.next_at <= now) {
		if (!has_place(c)) {
			c->starved = true;
			return 0;
		}
		if (send_next(c, h, now, err))
			return -1;
		if (!h->flying && h->jobs &&
		    h->jobs->at->state != ROBOTS_FETCHING)
			*wait_ms = 0; /* it goes on without the network */
		return 0;
	}
	ms = n > ANSWERS_MAX ? 0 : (h->manners.next_at - now) / 1000 + 1;
	if (ms < *wait_ms)
		*wait_ms = (int)ms;
	return 0;
}

/* Every active host has a turn, each time another one the first. */
static int serve_all(struct crawler *c, int *wait_ms, struct err *err)
{
	for (size_t i = 0; i < c->touched_n; i++)
		c->touched[i]->touched = false;
	c->touched_n = 0;
	if (hosts_retire(&c->hosts, &c->frontier, &c->supply, err))
		return -1;
	count_lagging(c);
	c->starved = false;
	c->turn++;
	for (size_t i = 0, n = c->hosts.active_n; i < n; i++)
		if (serve(c, c->hosts.active[(c->turn + i) % n], wait_ms, err))
			return -1;
	return 0;
}

/* While places are short, they go round: who has just had one waits as well. */
static int serve_starved(struct crawler *c, int *wait_ms, struct err *err)
{
	size_t n = c->hosts.active_n;

	for (size_t i = 0; i < n && has_place(c); i++)
		if (serve(c, c->hosts.active[++c->turn % n], wait_ms, err))
			return -1;
	return 0;
}

static int serve_touched(struct crawler *c, int *wait_ms, struct err *err)
{
	for (size_t i = 0; i < c->touched_n; i++) {
		struct host *h = c->touched[i];

		h->touched = false;
		if (!c->starved && h->active && serve(c, h, wait_ms, err))
			return -1;
	}
	c->touched_n = 0;
	return c->starved ? serve_starved(c, wait_ms, err) : 0;
}

/* *wait_ms: until when there is nothing to do, if nothing comes. */
static int begin(struct crawler *c, int *wait_ms, struct err *err)
{
	usec_t now = clock_monotonic(), left;
	bool all = now >= c->scan_at;
	int rc;

	*wait_ms = c->flying || c->hosts.queued ? SCAN_MS : WAIT_MAX_MS;
	rc = all ? serve_all(c, wait_ms, err) : serve_touched(c, wait_ms, err);
	if (all || now + *wait_ms * INT64_C(1000) < c->scan_at)
		c->scan_at = now + *wait_ms * INT64_C(1000);
	left = (c->scan_at - now + 999) / 1000;
	*wait_ms = (int)left;
	return rc;
}

/* ---- the loop ------------------------------------------------------- */

static bool has_more(const struct crawler *c)
{
	return c->hosts.queued || (c->supply.next && !c->dry);
}

int crawler_run(
    struct crawler *c, const volatile sig_atomic_t *stop, struct err *err)
{
	struct http_answer *a;
	int wait_ms;

	c->dry = false;
	c->supply_at = 0;
	c->scan_at = 0;
	while (c->flying || (!*stop && has_more(c))) {
		wait_ms = WAIT_MAX_MS;
		if (c->frontier.alive &&
		    c->frontier.alive(c->frontier.self, err))
			return -1;
		if (!*stop && (pull(c, err) || begin(c, &wait_ms, err)))
			return -1;
		if (!c->flying && !has_more(c))
			break;
		if (http_drive(c->http, wait_ms, err))
			return -1;
		while ((a = http_next(c->http)) != NULL)
			if (crawler_came(c, a, err))
				return -1;
	}
	return hosts_retire(&c->hosts, &c->frontier, &c->supply, err);
}

struct crawler *crawler_new(const struct crawler_conf *conf,
    const struct frontier *frontier, struct err *err)
{
	struct crawler *c = xcalloc(1, sizeof(*c));

	c->conf = *conf;
	if (c->conf.in_flight < 1)
		c->conf.in_flight = 1;
	if (!c->conf.claim_patience_ms)
		c->conf.claim_patience_ms = CLAIM_PATIENCE_MS;
	c->frontier = *frontier;
	c->obey = (struct obey){&c->frontier, conf->clock, conf->log,
	    conf->token.n ? conf->token : SLICE(CRAWLER_TOKEN)};
	if (!c->conf.http.max_connections)
		c->conf.http.max_connections =
		    c->conf.in_flight * LAGGING_TIMES;
	c->http = http_new(&c->conf.http, err);
	if (!c->http) {
		free(c);
		return NULL;
	}
	hosts_init(&c->hosts);
	return c;
}

int crawler_drop(struct crawler *c, struct err *err)
{
	http_free(c->http);
	for (size_t i = 0; i < c->touched_n; i++)
		c->touched[i]->touched = false;
	c->touched_n = 0;
	hosts_drop(&c->hosts);
	c->flying = c->lagging = 0;
	c->http = http_new(&c->conf.http, err);
	return c->http ? 0 : -1;
}

void crawler_free(struct crawler *c)
{
	if (!c)
		return;
	http_free(c->http);
	hosts_release(&c->hosts);
	free(c->touched);
	free(c);
}
