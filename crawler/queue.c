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

static void host_free(struct host *h)
{
	jobs_free(h->asks);
	jobs_free(h->jobs);
	job_free(h->flying);
	arena_release(&h->arena);
	free(h->key);
	free(h);
}

static void host_drop(struct host *h)
{
	jobs_free(h->asks);
	jobs_free(h->jobs);
	job_free(h->flying);
	h->asks = h->jobs = h->jobs_last = h->flying = NULL;
	if (h->state == ROBOTS_FETCHING)
		h->state = ROBOTS_UNKNOWN;
	h->targets = 0;
	h->active = h->supplied = false;
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
			struct host **to = bucket(hs, slice_of(h->key));

			next = h->next;
			h->next = *to;
			*to = h;
		}
	free(old);
}

/* Hosts that nothing waits for and that rest no more are forgotten. */
static void sweep(struct hosts *hs)
{
	usec_t now = clock_monotonic();

	for (size_t i = 0; i < hs->buckets_n; i++)
		for (struct host **at = &hs->buckets[i]; *at;) {
			struct host *h = *at;

			if (h->active || h->touched ||
			    h->state == ROBOTS_FETCHING ||
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

static struct host *host_new(const struct url *u, struct slice key)
{
	int usual = slice_is(u->scheme, "http") ? 80 : 443;
	struct host *h = xcalloc(1, sizeof(*h));

	h->key = xmalloc(key.n + 1);
	memcpy(h->key, key.p, key.n);
	h->key[key.n] = '\0';
	h->name = slice_sub(slice_of(h->key), u->scheme.n + 3, key.n);
	h->host_n = u->host.n;
	if (u->port == usual)
		h->name.n = h->host_n;
	h->manners.delay_ms = h->manners.crawl_delay_ms = -1;
	h->unreachable_since = TIME_NONE;
	arena_init(&h->arena);
	return h;
}

struct host *hosts_get(struct hosts *hs, const struct url *u)
{
	struct strbuf key = STRBUF_INIT;
	struct host *h;

	strbuf_addf(&key, "%.*s://%.*s:%d", SLICE_FMT(u->scheme),
	    SLICE_FMT(u->host), u->port);
	for (h = *bucket(hs, strbuf_slice(&key)); h; h = h->next)
		if (!strcmp(h->key, key.p))
			break;
	if (!h) {
		struct host **to;

		if (hs->n >= hs->sweep_at)
			sweep(hs);
		if (hs->n >= hs->buckets_n)
			grow(hs);
		h = host_new(u, strbuf_slice(&key));
		to = bucket(hs, strbuf_slice(&key));
		h->next = *to;
		*to = h;
		hs->n++;
	}
	strbuf_release(&key);
	return h;
}

/* ---- queues --------------------------------------------------------- */

static void activate(struct hosts *hs, struct host *h)
{
	if (h->active)
		return;
	GROW(hs->active, hs->active_n, hs->active_cap);
	hs->active[hs->active_n++] = h;
	h->active = true;
}

/* Host names are claimed, not ports: is another port of it busy? */
static bool is_claimed(const struct hosts *hs, struct slice name)
{
	for (size_t i = 0; i < hs->active_n; i++) {
		const struct host *h = hs->active[i];

		if (h->supplied &&
		    slice_eq(slice_sub(h->name, 0, h->host_n), name))
			return true;
	}
	return false;
}

void hosts_retire(struct hosts *hs, const struct supply *supply)
{
	for (size_t i = hs->active_n; i-- > 0;) {
		struct host *h = hs->active[i];
		struct slice name = slice_sub(h->name, 0, h->host_n);

		if (h->targets || h->jobs || h->asks || h->flying)
			continue;
		h->active = false;
		hs->active[i] = hs->active[--hs->active_n];
		if (h->supplied && supply->host_idle && !is_claimed(hs, name))
			supply->host_idle(supply->self, name);
		h->supplied = false;
	}
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
	activate(hs, h);
}

void hosts_push_ask(struct hosts *hs, struct host *h, struct job *j)
{
	j->next = h->asks;
	h->asks = j;
	activate(hs, h);
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
