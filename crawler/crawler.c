#include "crawler/crawler.h"

#include "core/arena.h"
#include "core/url.h"
#include "crawler/robots.h"

#include <stdio.h>
#include <stdlib.h>

#define ROBOTS_TTL   (24 * USEC_HOUR) /* RFC 9309, 2.4 */
#define DELAY_MOST_MS  60000	/* of what robots.txt may ask */
#define RETRY_MOST_S   3600	/* of Retry-After */
#define RETRY_FIRST_MS 5000	/* after 429 or 503 without one */
#define IDLE_MS	       200

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_FETCHING, ROBOTS_READY };

/* A target on its way: the URL that is asked for next. */
struct job {
	struct job *next;
	struct arena arena;
	struct target target;
	struct slice url, host; /* of this hop */
	int hops;
	bool robots; /* asks for robots.txt of host */
	bool allow_private;
	usec_t fetched_at;
	struct slice robots_host; /* whose robots.txt it is, after redirects */
};

struct host {
	struct host *next;
	char *name;
	struct job *first, *last;
	bool busy;
	usec_t next_at; /* monotonic */
	int delay_ms;	/* -1: the conf's */
	enum robots_state state;
	bool deny_all;
	struct robots robots;
	struct arena arena; /* of robots */
};

struct crawler {
	struct crawler_conf conf;
	struct frontier frontier;
	struct http *http;
	struct host *hosts;
	size_t queued, flying;
};

/* ---- queues --------------------------------------------------------------------- */

static struct host *host_get(struct crawler *c, struct slice name)
{
	struct host *h;

	for (h = c->hosts; h; h = h->next)
		if (slice_is(name, h->name))
			return h;
	h = xcalloc(1, sizeof(*h));
	h->name = xmalloc(name.n + 1);
	memcpy(h->name, name.p, name.n);
	h->name[name.n] = '\0';
	h->delay_ms = -1;
	arena_init(&h->arena);
	h->next = c->hosts;
	c->hosts = h;
	return h;
}

static void push(struct crawler *c, struct host *h, struct job *j, bool front)
{
	j->next = NULL;
	if (!h->first) {
		h->first = h->last = j;
	} else if (front) {
		j->next = h->first;
		h->first = j;
	} else {
		h->last->next = j;
		h->last = j;
	}
	c->queued++;
}

static struct job *pop(struct crawler *c, struct host *h)
{
	struct job *j = h->first;

	h->first = j->next;
	if (!h->first)
		h->last = NULL;
	c->queued--;
	return j;
}

static void job_free(struct job *j)
{
	arena_release(&j->arena);
	free(j);
}

void crawler_add(struct crawler *c, const struct target *t)
{
	struct job *j = xcalloc(1, sizeof(*j));
	struct host *h = host_get(c, t->host);

	arena_init(&j->arena);
	j->target = *t;
	j->url = j->target.url = arena_slice(&j->arena, t->url);
	j->host = j->target.host = arena_slice(&j->arena, t->host);
	j->target.etag = arena_slice(&j->arena, t->etag);
	j->target.last_modified = arena_slice(&j->arena, t->last_modified);
	j->allow_private = t->allow_private;
	if (t->delay_ms >= 0)
		h->delay_ms = t->delay_ms;
	push(c, h, j, false);
}

size_t crawler_left(const struct crawler *c)
{
	return c->queued;
}

/* ---- asking ------------------------------------------------------------------------ */

static int delay_of(const struct crawler *c, const struct host *h)
{
	int ms = h->delay_ms >= 0 ? h->delay_ms : c->conf.delay_ms;

	if (h->robots.crawl_delay_ms > ms)
		ms = h->robots.crawl_delay_ms;
	return ms < DELAY_MOST_MS ? ms : DELAY_MOST_MS;
}

static void send(struct crawler *c, struct host *h, struct job *j)
{
	struct strbuf etag = STRBUF_INIT, since = STRBUF_INIT;
	const char *headers[4] = {"Accept: text/html,application/xhtml+xml,"
	    "application/xml;q=0.9,*/*;q=0.8"};
	struct http_request rq = {.url = j->url.p, .headers = headers,
	    .allow_private = j->allow_private, .tag = j};
	size_t n = 1;

	if (!j->robots && !j->hops && j->target.etag.n) {
		strbuf_addf(&etag, "If-None-Match: %.*s",
		    SLICE_FMT(j->target.etag));
		headers[n++] = etag.p;
	}
	if (!j->robots && !j->hops && j->target.last_modified.n) {
		strbuf_addf(&since, "If-Modified-Since: %.*s",
		    SLICE_FMT(j->target.last_modified));
		headers[n++] = since.p;
	}
	if (!j->hops)
		j->fetched_at = clock_now(c->conf.clock);
	h->busy = true;
	c->flying++;
	http_add(c->http, &rq);
	strbuf_release(&etag);
	strbuf_release(&since);
}

static struct slice origin_of(const struct job *j, struct arena *a)
{
	long at = slice_find(j->url, SLICE("://"), 0);
	size_t end = (size_t)at + 3;

	while (end < j->url.n && j->url.p[end] != '/')
		end++;
	return arena_printf(a, "%.*s", (int)end, j->url.p);
}

static void ask_robots(struct crawler *c, struct host *h, const struct job *by)
{
	struct job *j = xcalloc(1, sizeof(*j));

	arena_init(&j->arena);
	j->url = arena_printf(&j->arena, "%.*s/robots.txt",
	    SLICE_FMT(origin_of(by, &j->arena)));
	j->host = j->robots_host = arena_slice(&j->arena, slice_of(h->name));
	j->robots = true;
	j->allow_private = by->allow_private;
	h->state = ROBOTS_FETCHING;
	send(c, h, j);
}

/* ---- robots.txt ------------------------------------------------------------------------ */

/* What a status means (RFC 9309, 2.3.1). */
static void use_robots(struct host *h, int status, struct slice text)
{
	arena_release(&h->arena);
	h->deny_all = status == 0 || status >= 500;
	if (status < 200 || status >= 300)
		text = SLICE("");
	robots_parse(arena_slice(&h->arena, text), SLICE(CRAWLER_TOKEN),
	    &h->arena, &h->robots);
	h->state = ROBOTS_READY;
}

/* Kept ones count for a day. */
static int kept_robots(struct crawler *c, struct host *h, struct err *err)
{
	struct slice text = SLICE_NONE;
	struct arena a;
	usec_t at;
	int status, rc;

	arena_init(&a);
	rc = c->frontier.robots_get(c->frontier.self, slice_of(h->name), &a,
	    &text, &status, &at, err);
	if (rc == 1 && status >= 200 && status < 500 &&
	    clock_now(c->conf.clock) - at < ROBOTS_TTL)
		use_robots(h, status, text);
	arena_release(&a);
	return rc < 0 ? -1 : 0;
}

static int robots_came(struct crawler *c, struct job *j,
    const struct http_answer *a, struct err *err)
{
	struct host *h = host_get(c, j->robots_host);
	int status = a->err.code ? 0 : a->status;

	if (a->err.code == E_BODY_TOO_LARGE)
		status = 200; /* the first part counts */
	use_robots(h, status, strbuf_slice(&a->body));
	if (h->deny_all)
		log_warn(c->conf.log, "robots", "host=%s status=%d %s: nothing "
		    "is fetched", h->name, status, a->err.message);
	return c->frontier.robots_put(c->frontier.self, j->robots_host,
	    strbuf_slice(&a->body), status, clock_now(c->conf.clock), err);
}

/* ---- outcomes ------------------------------------------------------------------------------ */

static int give(struct crawler *c, struct job *j, struct capture *cap,
    bool noindex, struct err *err)
{
	cap->url = j->target.url;
	cap->host = j->target.host;
	cap->fetched_at = j->fetched_at ? j->fetched_at :
	    clock_now(c->conf.clock);
	if (j->hops)
		cap->final_url = j->url;
	log_info(c->conf.log, "fetch", "url=%.*s status=%d outcome=%s bytes=%zu "
	    "%s", SLICE_FMT(cap->url), cap->http_status,
	    outcome_name(cap->outcome), cap->bytes.n, cap->err.code ?
	    cap->err.message : "");
	return c->frontier.done(c->frontier.self, &j->target, cap, noindex, err);
}

static int fail(struct crawler *c, struct job *j, enum outcome o,
    enum code code, const char *why, struct err *err)
{
	struct capture cap = {.outcome = o};

	err_set(&cap.err, code, "%s", why);
	return give(c, j, &cap, false, err);
}

static enum outcome outcome_of(int status)
{
	if (status == 304)
		return OUTCOME_UNCHANGED;
	if (status == 404 || status == 410)
		return OUTCOME_GONE;
	return status >= 200 && status < 300 ? OUTCOME_ARTICLE :
	    OUTCOME_HTTP_ERROR;
}

static bool noindex_header(const struct http_answer *a)
{
	for (size_t i = 0; i < a->headers_n; i++) {
		struct slice v = a->headers[i].value;
		long colon;

		if (!slice_ieq(a->headers[i].name, SLICE("x-robots-tag")))
			continue;
		colon = slice_find(v, SLICE(":"), 0);
		if (colon > 0 && !slice_istarts(v, SLICE(CRAWLER_TOKEN)))
			continue; /* for another agent */
		if (slice_ifind(v, SLICE("noindex"), 0) >= 0 ||
		    slice_ieq(v, SLICE("none")))
			return true;
	}
	return false;
}

static int page_came(struct crawler *c, struct job *j,
    const struct http_answer *a, struct err *err)
{
	struct capture cap = {.http_status = a->status,
	    .content_type = http_header_find(a, "content-type"),
	    .etag = http_header_find(a, "etag"),
	    .last_modified = http_header_find(a, "last-modified"),
	    .duration = a->duration};

	if (a->err.code) {
		cap.outcome = OUTCOME_FETCH_ERROR;
		cap.err = a->err;
		return give(c, j, &cap, false, err);
	}
	cap.outcome = outcome_of(a->status);
	if (cap.outcome == OUTCOME_HTTP_ERROR)
		err_set(&cap.err, E_HTTP_STATUS, "status %d", a->status);
	if (cap.outcome == OUTCOME_ARTICLE) {
		cap.bytes = strbuf_slice(&a->body);
		if (a->truncated)
			cap.outcome = OUTCOME_TRUNCATED;
	}
	return give(c, j, &cap, noindex_header(a), err);
}

/* ---- redirects ------------------------------------------------------------------------------- */

static bool is_redirect(const struct http_answer *a)
{
	return !a->err.code && (a->status == 301 || a->status == 302 ||
	    a->status == 303 || a->status == 307 || a->status == 308) &&
	    http_header_find(a, "location").n;
}

static bool is_front(const struct url *u)
{
	return slice_is(u->path, "/") || !u->path.n;
}

/* The next hop: 1 queued, 0 refused with *code and *why, and the outcome. */
static int hop(struct crawler *c, struct job *j, const struct http_answer *a,
    enum outcome *o, struct err *why)
{
	struct url base, u;
	struct host *h;

	*o = OUTCOME_FETCH_ERROR;
	if (j->hops == HOPS_MAX) {
		err_set(why, E_TOO_MANY_REDIRECTS, "over %d redirects",
		    HOPS_MAX);
		return 0;
	}
	if (url_parse(j->url, NULL, &j->arena, &base, why) ||
	    url_parse(http_header_find(a, "location"), &base, &j->arena, &u,
	    why) || url_check_fetch(&u, why))
		return 0;
	if (!j->robots && is_front(&u) && !is_front(&base)) {
		*o = OUTCOME_TO_FRONT;
		why->code = E_NONE;
		return 0;
	}
	j->hops++;
	j->url = u.href;
	/* into a private range only on the host itself, or the operator's */
	if (!slice_eq(u.host, j->host))
		j->allow_private = c->frontier.is_operators(c->frontier.self,
		    u.host);
	j->host = u.host;
	h = host_get(c, u.host);
	if (j->robots) /* RFC 9309, 2.3.1.2: at once, across hosts too */
		send(c, host_get(c, j->robots_host), j);
	else
		push(c, h, j, true);
	return 1;
}

static int redirected(struct crawler *c, struct job *j,
    const struct http_answer *a, bool *kept, struct err *err)
{
	struct capture cap = {.http_status = a->status,
	    .duration = a->duration};

	*kept = hop(c, j, a, &cap.outcome, &cap.err) == 1;
	if (*kept)
		return 0;
	if (j->robots) { /* too many: as if there were none */
		use_robots(host_get(c, j->robots_host), 404, SLICE(""));
		return 0;
	}
	return give(c, j, &cap, false, err);
}

/* ---- the loop ---------------------------------------------------------------------------------- */

/* How long the host is left alone after this answer. */
static usec_t pause_after(const struct crawler *c, const struct host *h,
    const struct http_answer *a)
{
	usec_t delay = delay_of(c, h) * (usec_t)1000;
	struct slice after = http_header_find(a, "retry-after");

	if (a->status == 429 || a->status == 503) {
		usec_t wait = RETRY_FIRST_MS * (usec_t)1000;

		if (after.n && after.p[0] >= '0' && after.p[0] <= '9')
			wait = strtoll(after.p, NULL, 10) * USEC_SECOND;
		if (wait > RETRY_MOST_S * USEC_SECOND)
			wait = RETRY_MOST_S * USEC_SECOND;
		if (wait > delay)
			delay = wait;
	}
	/* a host that slows is asked more slowly */
	return delay && a->duration > delay ? a->duration : delay;
}

static int came(struct crawler *c, struct http_answer *a, struct err *err)
{
	struct job *j = a->tag;
	struct host *h = host_get(c, j->robots ? j->robots_host : j->host);
	bool kept = false;
	int rc;

	h->busy = false;
	h->next_at = clock_monotonic() + pause_after(c, h, a);
	c->flying--;
	if (is_redirect(a))
		rc = redirected(c, j, a, &kept, err);
	else if (j->robots)
		rc = robots_came(c, j, a, err);
	else
		rc = page_came(c, j, a, err);
	if (!kept)
		job_free(j);
	http_answer_free(a);
	return rc;
}

/* Path and query of the job's URL. */
static bool allowed(const struct host *h, struct job *j)
{
	struct url u;
	struct slice path;

	if (h->deny_all)
		return false;
	if (url_parse(j->url, NULL, &j->arena, &u, NULL))
		return false;
	path = u.query.p ? arena_printf(&j->arena, "%.*s?%.*s",
	    SLICE_FMT(u.path), SLICE_FMT(u.query)) : u.path;
	return robots_check(&h->robots, path).allowed;
}

/* Begins what the host may begin now. */
static int serve(struct crawler *c, struct host *h, struct err *err)
{
	struct job *j;
	int rc;

	if (h->state == ROBOTS_UNKNOWN && kept_robots(c, h, err))
		return -1;
	if (h->state == ROBOTS_UNKNOWN) {
		ask_robots(c, h, h->first);
		return 0;
	}
	if (h->state == ROBOTS_FETCHING)
		return 0;
	j = pop(c, h);
	if (allowed(h, j)) {
		send(c, h, j);
		return 0;
	}
	rc = fail(c, j, OUTCOME_ROBOTS, E_ROBOTS_DISALLOWED, h->deny_all ?
	    "robots.txt cannot be had" : "robots.txt does not allow it", err);
	job_free(j);
	return rc;
}

static int begin(struct crawler *c, int *wait_ms, struct err *err)
{
	usec_t now = clock_monotonic();

	*wait_ms = IDLE_MS;
	for (struct host *h = c->hosts; h; h = h->next) {
		if (h->busy || !h->first)
			continue;
		if (h->next_at > now) {
			usec_t ms = (h->next_at - now) / 1000 + 1;

			if (ms < *wait_ms)
				*wait_ms = (int)ms;
			continue;
		}
		if (c->flying >= (size_t)c->conf.in_flight)
			return 0;
		if (serve(c, h, err))
			return -1;
		if (!h->busy && h->first)
			*wait_ms = 0; /* it was refused: the next at once */
	}
	return 0;
}

int crawler_run(struct crawler *c, const volatile sig_atomic_t *stop,
    struct err *err)
{
	struct http_answer *a;
	int wait_ms = 0;

	while (c->flying || (c->queued && !*stop)) {
		if (!*stop && begin(c, &wait_ms, err))
			return -1;
		if (!c->flying && !c->queued)
			break;
		if (http_drive(c->http, wait_ms, err))
			return -1;
		while ((a = http_next(c->http)) != NULL)
			if (came(c, a, err))
				return -1;
	}
	return 0;
}

struct crawler *crawler_new(const struct crawler_conf *conf,
    const struct frontier *frontier, struct err *err)
{
	struct crawler *c = xcalloc(1, sizeof(*c));

	c->conf = *conf;
	c->frontier = *frontier;
	c->http = http_new(&conf->http, err);
	if (c->http)
		return c;
	free(c);
	return NULL;
}

void crawler_free(struct crawler *c)
{
	struct host *h, *next;

	if (!c)
		return;
	http_free(c->http);
	for (h = c->hosts; h; h = next) {
		next = h->next;
		while (h->first)
			job_free(pop(c, h));
		arena_release(&h->arena);
		free(h->name);
		free(h);
	}
	free(c);
}
