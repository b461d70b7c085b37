#include "crawler/queue.h"

#include <stdlib.h>

#define BUCKETS_FIRST 64
/* Idle hosts are kept up to this many before they are swept: a day's hosts of
 * a large installation, each some hundred bytes and its robots.txt. */
#define SWEEP_FIRST 4096

struct job *job_new(void)
{
	struct job *j = xcalloc(1, sizeof(*j));

	arena_init(&j->arena);
	j->fetched_at = TIME_NONE;
	return j;
}

void job_free(struct job *j)
{
	if (!j)
		return;
	arena_release(&j->arena);
	free(j);
}

static void jobs_free(struct job *j)
{
	struct job *next;

	for (; j; j = next) {
		next = j->next;
		job_free(j);
	}
}

static void host_drop(struct host *h)
{
	jobs_free(h->asks);
	jobs_free(h->jobs);
	job_free(h->flying);
	h->asks = h->jobs = h->jobs_last = h->flying = NULL;
	for (struct authority *a = h->authorities; a; a = a->next)
		if (a->state == ROBOTS_FETCHING)
			a->state = ROBOTS_UNKNOWN;
	h->targets = 0;
	h->active = h->supplied = h->claimed = false;
	h->denied_at = h->claim_at = 0;
}

static void host_free(struct host *h)
{
	struct authority *a, *next;

	host_drop(h);
	for (a = h->authorities; a; a = next) {
		next = a->next;
		arena_release(&a->arena);
		free(a->key);
		free(a);
	}
	free(h->name);
	free(h);
}

/* ---- the table ------------------------------------------------------ */

void hosts_init(struct hosts *hs)
{
	*hs = (struct hosts){
	    .buckets_n = BUCKETS_FIRST, .sweep_at = SWEEP_FIRST};
	hs->buckets = xcalloc(hs->buckets_n, sizeof(*hs->buckets));
}

void hosts_release(struct hosts *hs)
{
	struct host *h, *next;

	for (size_t i = 0; i < hs->buckets_n; i++)
		for (h = hs->buckets[i]; h; h = next) {
			next = h->next;
			host_free(h);
		}
	free(hs->buckets);
	free(hs->active);
	*hs = (struct hosts){0};
}

void hosts_drop(struct hosts *hs)
{
	for (size_t i = 0; i < hs->buckets_n; i++)
		for (struct host *h = hs->buckets[i]; h; h = h->next)
			host_drop(h);
	hs->active_n = hs->queued = 0;
}

static struct host **bucket(const struct hosts *hs, struct slice key)
{
	return &hs->buckets[hash64(key.p, key.n) & (hs->buckets_n - 1)];
}

static void grow(struct hosts *hs)
{
	struct host **old = hs->buckets, *h, *next;
	size_t n = hs->buckets_n;

	hs->buckets_n *= 2;
	hs->buckets = xcalloc(hs->buckets_n, sizeof(*hs->buckets));
	for (size_t i = 0; i < n; i++)
		for (h = old[i]; h; h = next) {
			struct host **to = bucket(hs, slice_of(h->name));

			next = h->next;
			h->next = *to;
			*to = h;
		}
	free(old);
}

static bool asks_for_robots(const struct host *h)
{
	const struct authority *a = h->authorities;

	while (a && a->state != ROBOTS_FETCHING)
		a = a->next;
	return a != NULL;
}

/* Hosts that nothing waits for and that rest no more are forgotten. */
static void sweep(struct hosts *hs)
{
	usec_t now = clock_monotonic();

	for (size_t i = 0; i < hs->buckets_n; i++)
		for (struct host **at = &hs->buckets[i]; *at;) {
			struct host *h = *at;

			if (h->active || h->touched || asks_for_robots(h) ||
			    h->manners.next_at > now) {
				at = &h->next;
				continue;
			}
			*at = h->next;
			host_free(h);
			hs->n--;
		}
	hs->sweep_at = hs->n * 2 > SWEEP_FIRST ? hs->n * 2 : SWEEP_FIRST;
}

static char *text_of(struct slice s)
{
	char *text = xmalloc(s.n + 1);

	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return text;
}

static struct host *host_of(struct hosts *hs, struct slice name)
{
	struct host *h, **to;

	for (h = *bucket(hs, name); h; h = h->next)
		if (slice_is(name, h->name))
			return h;
	if (hs->n >= hs->sweep_at)
		sweep(hs);
	if (hs->n >= hs->buckets_n)
		grow(hs);
	h = xcalloc(1, sizeof(*h));
	h->name = text_of(name);
	h->manners.delay_ms = h->manners.crawl_delay_ms = -1;
	to = bucket(hs, name);
	h->next = *to;
	*to = h;
	hs->n++;
	return h;
}

static struct authority *authority_new(
    struct host *h, const struct url *u, struct slice key)
{
	int usual = slice_is(u->scheme, "http") ? 80 : 443;
	struct authority *a = xcalloc(1, sizeof(*a));

	a->host = h;
	a->key = text_of(key);
	a->name =
	    slice_of(u->port == usual ? h->name : strstr(a->key, "://") + 3);
	a->unreachable_since = TIME_NONE;
	a->robots.crawl_delay_ms = -1;
	arena_init(&a->arena);
	a->next = h->authorities;
	h->authorities = a;
	return a;
}

struct authority *hosts_get(struct hosts *hs, const struct url *u)
{
	struct strbuf key = STRBUF_INIT;
	struct host *h = host_of(hs, u->host);
	struct authority *a = h->authorities;

	strbuf_addf(&key, "%.*s://%.*s:%d", SLICE_FMT(u->scheme),
	    SLICE_FMT(u->host), u->port);
	while (a && strcmp(a->key, key.p))
		a = a->next;
	if (!a)
		a = authority_new(h, u, strbuf_slice(&key));
	strbuf_release(&key);
	return a;
}

/* ---- queues --------------------------------------------------------- */

void hosts_activate(struct hosts *hs, struct host *h)
{
	if (h->active)
		return;
	GROW(hs->active, hs->active_n, hs->active_cap);
	hs->active[hs->active_n++] = h;
	h->active = true;
}

static int retire(struct host *h, const struct frontier *frontier,
    const struct supply *supply, struct err *err)
{
	bool claimed = h->claimed, supplied = h->supplied;

	h->active = h->claimed = h->supplied = false;
	h->denied_at = h->claim_at = 0;
	if (supplied && supply->host_idle)
		supply->host_idle(supply->self, slice_of(h->name));
	return claimed ? frontier->let_go(
			     frontier->self, slice_of(h->name), err)
		       : 0;
}

int hosts_retire(struct hosts *hs, const struct frontier *frontier,
    const struct supply *supply, struct err *err)
{
	for (size_t i = hs->active_n; i-- > 0;) {
		struct host *h = hs->active[i];

		if (h->targets || h->jobs || h->asks || h->flying)
			continue;
		hs->active[i] = hs->active[--hs->active_n];
		if (retire(h, frontier, supply, err))
			return -1;
	}
	return 0;
}

void hosts_push(struct hosts *hs, struct host *h, struct job *j, bool front)
{
	j->next = NULL;
	if (!h->jobs) {
		h->jobs = h->jobs_last = j;
	} else if (front) {
		j->next = h->jobs;
		h->jobs = j;
	} else {
		h->jobs_last->next = j;
		h->jobs_last = j;
	}
	hs->queued++;
	hosts_activate(hs, h);
}

void hosts_push_ask(struct hosts *hs, struct host *h, struct job *j)
{
	j->next = h->asks;
	h->asks = j;
	hosts_activate(hs, h);
}

struct job *hosts_pop(struct hosts *hs, struct host *h)
{
	struct job *j = h->jobs;

	h->jobs = j->next;
	if (!h->jobs)
		h->jobs_last = NULL;
	j->next = NULL;
	hs->queued--;
	return j;
}

struct job *hosts_pop_ask(struct host *h)
{
	struct job *j = h->asks;

	h->asks = j->next;
	j->next = NULL;
	return j;
}
