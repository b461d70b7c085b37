#include "core/resolve.h"

#include "core/arena.h"
#include "core/clock.h"
#include "core/hash.h"

#include <ares.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#define BUCKETS 4096
/* Names that are kept, about half a kilobyte each. */
#define KEPT_MAX 10000
/* Names asked for at once: each has a socket or two. Others wait. */
#define RUNNING_MAX 256
#define TIMEOUT_MS  10000
/* c-ares: the first try, doubled with each; fits in TIMEOUT_MS. */
#define TRY_MS 2000
#define TRIES  2
/* With one family's addresses at hand the other's are waited for so long:
 * servers that are silent about AAAA exist. RFC 8305, 3 has 50 ms, for people
 * who wait. */
#define OTHER_FAMILY (300 * INT64_C(1000))
/* How long an answer holds, whatever its TTL says. A floor, since an address
 * that changes with every question is more often a trick than a need; a
 * ceiling, so that a site that moves is found within the hour. */
#define TTL_LEAST (10 * USEC_SECOND)
#define TTL_MOST  (1 * USEC_HOUR)
/* RFC 2308, 5 and 7: no such name; and servers that fail (5 minutes at most) */
#define TTL_NONE   (1 * USEC_MINUTE)
#define TTL_FAILED (15 * USEC_SECOND)
/* c-ares has no timers of its own: so often it is given the time. */
#define TICK_MS	   20
#define EVENTS_MAX 32

struct waiter {
	struct waiter *next;
	void *tag;
};

struct name {
	struct resolver *resolver;
	struct name *next; /* in its bucket */
	char *text;
	struct address addresses[RESOLVED_MAX];
	size_t n;
	struct err err;
	usec_t until; /* monotonic: the answer holds; 0: there is none yet */
	struct waiter *waiters;

	/* while it is asked for, or waits for that */
	enum { IDLE, QUEUED, RUNNING } state;
	struct name *queue_next;
	size_t at; /* in resolver->running */
	ares_channel channel;
	int open;	  /* families without an answer */
	int status;	  /* the worst so far */
	int ttl_s;	  /* the least so far, -1: none */
	usec_t first_at;  /* when the first address came; 0: none has */
	usec_t deadline;
};

struct sock {
	int fd;
	struct name *name;
};

struct answer {
	struct answer *next;
	struct resolved r;
};

struct resolver {
	struct resolver_conf conf;
	struct name *buckets[BUCKETS];
	size_t kept;
	struct name *running[RUNNING_MAX];
	size_t running_n;
	struct name *queue, **queue_end;
	int epoll;
	struct sock *socks; /* that are in it */
	size_t socks_n, socks_cap;
	struct answer *first, **end;
	usec_t tick_at;
};

/* ---- answers -------------------------------------------------------- */

static void tell(struct resolver *r, const struct name *m, void *tag)
{
	struct answer *a = xcalloc(1, sizeof(*a));

	a->r.tag = tag;
	a->r.err = m->err;
	a->r.n = m->n;
	memcpy(a->r.addresses, m->addresses, m->n * sizeof(m->addresses[0]));
	*r->end = a;
	r->end = &a->next;
}

static void tell_all(struct resolver *r, struct name *m)
{
	struct waiter *w, **at = &m->waiters, *oldest = NULL;

	while ((w = *at) != NULL) { /* newest first: turned round */
		*at = w->next;
		w->next = oldest;
		oldest = w;
	}
	while ((w = oldest) != NULL) {
		oldest = w->next;
		tell(r, m, w->tag);
		free(w);
	}
}

bool resolver_next(struct resolver *r, struct resolved *out)
{
	struct answer *a = r->first;

	if (!a)
		return false;
	*out = a->r;
	r->first = a->next;
	if (!r->first)
		r->end = &r->first;
	free(a);
	return true;
}

/* ---- what c-ares tells ---------------------------------------------- */

static void keep(struct name *m, const struct ares_addrinfo *ai)
{
	size_t most = m->n + RESOLVED_MAX / 2;

	for (const struct ares_addrinfo_node *x = ai->nodes; x; x = x->ai_next) {
		if (m->n == most || m->n == RESOLVED_MAX ||
		    !address_from_sockaddr(x->ai_addr, &m->addresses[m->n]))
			continue;
		m->n++;
		if (m->ttl_s < 0 || x->ai_ttl < m->ttl_s)
			m->ttl_s = x->ai_ttl < 0 ? 0 : x->ai_ttl;
	}
	if (m->n && !m->first_at)
		m->first_at = clock_monotonic();
}

static bool is_none(int status)
{
	return status == ARES_ENOTFOUND || status == ARES_ENODATA;
}

static void family_came(
    void *self, int status, int timeouts, struct ares_addrinfo *ai)
{
	struct name *m = self;

	(void)timeouts;
	if (status == ARES_EDESTRUCTION)
		return;
	m->open--;
	if (ai && status == ARES_SUCCESS)
		keep(m, ai);
	else if (m->status == ARES_SUCCESS || is_none(m->status))
		m->status = status;
	if (ai)
		ares_freeaddrinfo(ai);
}

static void socket_changed(void *self, ares_socket_t fd, int in, int out)
{
	struct name *m = self;
	struct resolver *r = m->resolver;
	struct epoll_event e = {.events = (in ? EPOLLIN : 0u) |
					  (out ? EPOLLOUT : 0u),
	    .data.fd = fd};
	size_t i = 0;

	while (i < r->socks_n && r->socks[i].fd != fd)
		i++;
	if (!e.events) {
		if (i < r->socks_n)
			r->socks[i] = r->socks[--r->socks_n];
		epoll_ctl(r->epoll, EPOLL_CTL_DEL, fd, NULL);
		return;
	}
	epoll_ctl(r->epoll, i < r->socks_n ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd,
	    &e);
	if (i < r->socks_n)
		return;
	GROW(r->socks, r->socks_n, r->socks_cap);
	r->socks[r->socks_n++] = (struct sock){fd, m};
}

/* ---- asking --------------------------------------------------------- */

static void close_channel(struct name *m)
{
	if (m->channel)
		ares_destroy(m->channel);
	m->channel = NULL;
}

static void finish(struct resolver *r, struct name *m, usec_t now)
{
	usec_t ttl = (usec_t)m->ttl_s * USEC_SECOND;

	close_channel(m);
	if (m->state == RUNNING) {
		r->running[m->at] = r->running[--r->running_n];
		r->running[m->at]->at = m->at;
	}
	m->state = IDLE;
	if (m->n) {
		ttl = ttl < TTL_LEAST ? TTL_LEAST : ttl;
		ttl = ttl > TTL_MOST ? TTL_MOST : ttl;
	} else {
		ttl = is_none(m->status) ? TTL_NONE : TTL_FAILED;
		err_set(&m->err, E_DNS, "%.200s: %s", m->text, m->open ?
		    "no answer in time" : ares_strerror(m->status));
	}
	m->until = now + ttl;
	tell_all(r, m);
}

static void settle(struct resolver *r, struct name *m, usec_t now)
{
	if (!m->open || now >= m->deadline ||
	    (m->first_at && now >= m->first_at + OTHER_FAMILY))
		finish(r, m, now);
}

static int open_channel(struct resolver *r, struct name *m)
{
	/* no search list: a URL's host is a whole name */
	struct ares_options o = {.flags = ARES_FLAG_NOSEARCH,
	    .timeout = TRY_MS,
	    .tries = TRIES,
	    .lookups = (char[]){"b"},
	    .sock_state_cb = socket_changed,
	    .sock_state_cb_data = m};
	int rc = ares_init_options(&m->channel, &o,
	    ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
		ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB);

	if (rc == ARES_SUCCESS && r->conf.servers && *r->conf.servers)
		rc = ares_set_servers_ports_csv(m->channel, r->conf.servers);
	return rc;
}

static bool in_hosts_file(struct name *m)
{
	static const int families[] = {AF_INET, AF_INET6};
	struct hostent *h;

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		if (ares_gethostbyname_file(
			m->channel, m->text, families[i], &h))
			continue;
		for (char **p = h->h_addr_list;
		     *p && m->n < RESOLVED_MAX / 2 * (i + 1); p++)
			if (families[i] == AF_INET)
				m->addresses[m->n++] = address_from_v4(
				    (unsigned char *)*p);
			else
				memcpy(m->addresses[m->n++].b, *p, 16);
		ares_free_hostent(h);
	}
	return m->n > 0;
}

static void run(struct resolver *r, struct name *m, usec_t now)
{
	struct ares_addrinfo_hints v4 = {ARES_AI_NOSORT, AF_INET, 0, 0}, v6 = v4;
	int timeout_ms = r->conf.timeout_ms ? r->conf.timeout_ms : TIMEOUT_MS;

	v6.ai_family = AF_INET6;
	m->n = 0;
	m->err = (struct err){0};
	m->ttl_s = -1;
	m->first_at = 0;
	m->open = 0;
	m->deadline = now + (usec_t)timeout_ms * 1000;
	m->status = open_channel(r, m);
	if (m->status != ARES_SUCCESS || in_hosts_file(m)) {
		finish(r, m, now);
		return;
	}
	m->state = RUNNING;
	m->at = r->running_n;
	r->running[r->running_n++] = m;
	m->open = 2;
	ares_getaddrinfo(m->channel, m->text, NULL, &v4, family_came, m);
	ares_getaddrinfo(m->channel, m->text, NULL, &v6, family_came, m);
	settle(r, m, now);
}

static void enqueue(struct resolver *r, struct name *m)
{
	m->state = QUEUED;
	m->queue_next = NULL;
	*r->queue_end = m;
	r->queue_end = &m->queue_next;
}

static void run_queue(struct resolver *r, usec_t now)
{
	struct name *m;

	while ((m = r->queue) != NULL && r->running_n < RUNNING_MAX) {
		r->queue = m->queue_next;
		if (!r->queue)
			r->queue_end = &r->queue;
		m->state = IDLE;
		run(r, m, now);
	}
}

/* ---- names ---------------------------------------------------------- */

static void name_free(struct name *m)
{
	struct waiter *w;

	close_channel(m);
	while ((w = m->waiters) != NULL) {
		m->waiters = w->next;
		free(w);
	}
	free(m->text);
	free(m);
}

/* Answers that hold no more are forgotten; where that is not enough, all. */
static void sweep(struct resolver *r, usec_t before)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct name **at = &r->buckets[i], *m; (m = *at) != NULL;) {
			if (m->state != IDLE || m->until > before) {
				at = &m->next;
				continue;
			}
			*at = m->next;
			name_free(m);
			r->kept--;
		}
}

static struct name *name_get(struct resolver *r, struct slice text, usec_t now)
{
	struct name **bucket =
	    &r->buckets[hash64(text.p, text.n) % BUCKETS], *m;

	for (m = *bucket; m; m = m->next)
		if (slice_is(text, m->text))
			return m;
	if (r->kept >= KEPT_MAX)
		sweep(r, now);
	if (r->kept >= KEPT_MAX)
		sweep(r, INT64_MAX);
	m = xcalloc(1, sizeof(*m));
	m->resolver = r;
	m->text = xmalloc(text.n + 1);
	memcpy(m->text, text.p, text.n);
	m->text[text.n] = '\0';
	m->next = *bucket;
	*bucket = m;
	r->kept++;
	return m;
}

/* RFC 6761, 6.3: localhost and what is under it, whatever servers say. */
static bool is_localhost(struct slice name)
{
	if (name.n && name.p[name.n - 1] == '.')
		name.n--;
	return slice_ieq(name, SLICE("localhost")) ||
	       (name.n > 10 && slice_ieq(slice_sub(name, name.n - 10, name.n),
				   SLICE(".localhost")));
}

void resolver_ask(struct resolver *r, struct slice text, void *tag)
{
	static const struct name loopback = {.n = 2,
	    .addresses = {{{[10] = 0xff, [11] = 0xff, 127, 0, 0, 1}},
		{{[15] = 1}}}};
	usec_t now = clock_monotonic();
	struct waiter *w;
	struct name *m;

	if (is_localhost(text)) {
		tell(r, &loopback, tag);
		return;
	}
	m = name_get(r, text, now);
	if (m->state == IDLE && m->until > now) {
		tell(r, m, tag);
		return;
	}
	w = xmalloc(sizeof(*w));
	*w = (struct waiter){m->waiters, tag};
	m->waiters = w;
	if (m->state != IDLE)
		return;
	enqueue(r, m);
	run_queue(r, now);
}

/* ---- the loop ------------------------------------------------------- */

int resolver_fd(const struct resolver *r)
{
	return r->epoll;
}

static void ready(struct resolver *r, const struct epoll_event *e, usec_t now)
{
	/* an error is told by reading */
	bool in = e->events & ~(unsigned)EPOLLOUT, out = e->events & EPOLLOUT;
	int fd = e->data.fd;

	for (size_t i = 0; i < r->socks_n; i++) {
		struct name *m = r->socks[i].name;

		if (r->socks[i].fd != fd)
			continue;
		ares_process_fd(m->channel, in ? fd : ARES_SOCKET_BAD,
		    out ? fd : ARES_SOCKET_BAD);
		settle(r, m, now);
		return;
	}
}

void resolver_tick(struct resolver *r)
{
	struct epoll_event events[EVENTS_MAX];
	usec_t now;
	int n;

	if (!r->running_n)
		return;
	now = clock_monotonic();
	n = epoll_wait(r->epoll, events, EVENTS_MAX, 0);
	for (int i = 0; i < n; i++)
		ready(r, &events[i], now);
	if (now >= r->tick_at) {
		r->tick_at = now + TICK_MS * 1000;
		for (size_t i = r->running_n; i-- > 0;) {
			struct name *m = r->running[i];

			ares_process_fd(
			    m->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
			settle(r, m, now);
		}
	}
	run_queue(r, now);
}

int resolver_wait_ms(const struct resolver *r, int most)
{
	if (r->first)
		return 0;
	return r->running_n && most > TICK_MS ? TICK_MS : most;
}

struct resolver *resolver_new(const struct resolver_conf *conf, struct err *err)
{
	struct resolver *r = xcalloc(1, sizeof(*r));
	struct name probe = {.resolver = r};
	int rc;

	r->conf = *conf;
	r->queue_end = &r->queue;
	r->end = &r->first;
	r->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (r->epoll < 0)
		BUG("epoll_create1");
	rc = ares_library_init(ARES_LIB_INIT_ALL);
	if (rc == ARES_SUCCESS)
		rc = open_channel(r, &probe);
	close_channel(&probe);
	if (rc == ARES_SUCCESS)
		return r;
	err_set(err, E_CONFIG, "name servers \"%.200s\": %s",
	    conf->servers ? conf->servers : "", ares_strerror(rc));
	close(r->epoll);
	free(r);
	return NULL;
}

void resolver_free(struct resolver *r)
{
	struct resolved ignored;

	if (!r)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct name *m = r->buckets[i], *next; m; m = next) {
			next = m->next;
			name_free(m);
		}
	while (resolver_next(r, &ignored))
		;
	close(r->epoll);
	free(r->socks);
	free(r);
}
