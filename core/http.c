#include "core/http.h"

#include "core/http_answer.h"
#include "core/http_transfer.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Used handles that are kept for the next transfers. */
#define IDLE_MAX   64
#define EVENTS_MAX 64

struct http {
	CURLM *multi;
	struct http_conf conf;
	struct resolver *resolver;
	struct transfer *active;
	struct http_answer *first, **end; /* what http_next gives */
	size_t in_flight;
	CURL *idle[IDLE_MAX];
	size_t idle_n;
	int epoll;	 /* libcurl's sockets and the resolver's */
	/* By socket, what epoll tells of it. That of a connection which waits
	 * for its next transfer stays there: to take it out and in again are
	 * two system calls a page. */
	struct watched {
		unsigned events; /* 0: it is not in epoll */
		bool idle;	 /* libcurl does not want to know */
	} *watched;
	size_t watched_n;
	usec_t timer_at; /* libcurl's, monotonic; TIME_NONE: none is set */
};

/* ---- sockets -------------------------------------------------------- */

static struct watched *watched_get(struct http *h, int fd)
{
	size_t n = h->watched_n;

	if ((size_t)fd >= n) {
		h->watched_n = (size_t)fd * 2 + 64;
		h->watched = xrealloc(
		    h->watched, h->watched_n * sizeof(*h->watched));
		memset(h->watched + n, 0,
		    (h->watched_n - n) * sizeof(*h->watched));
	}
	return &h->watched[fd];
}

void http_socket_opened(struct http *h, int fd)
{
	*watched_get(h, fd) = (struct watched){0};
}

static void watch(struct http *h, int fd, unsigned events)
{
	struct watched *w = watched_get(h, fd);
	struct epoll_event e = {.events = events, .data.fd = fd};
	int op = !events ? EPOLL_CTL_DEL : w->events ? EPOLL_CTL_MOD :
	    EPOLL_CTL_ADD;

	if (w->events != events)
		epoll_ctl(h->epoll, op, fd, &e);
	w->events = events;
	w->idle = false;
}

static int socket_changed(
    CURL *easy, curl_socket_t fd, int what, void *self, void *known)
{
	struct http *h = self;

	(void)easy;
	(void)known;
	if (what == CURL_POLL_REMOVE)
		watched_get(h, fd)->idle = true;
	else
		watch(h, fd, (what & CURL_POLL_IN ? EPOLLIN : 0u) |
		    (what & CURL_POLL_OUT ? EPOLLOUT : 0u));
	return 0;
}

static int close_socket(void *self, curl_socket_t fd)
{
	watch(self, fd, 0);
	return close(fd);
}

/* ---- transfers ------------------------------------------------------ */

static CURL *easy_get(struct http *h)
{
	CURL *e;

	if (h->idle_n)
		return h->idle[--h->idle_n];
	e = curl_easy_init();
	if (!e)
		BUG("curl_easy_init");
	transfer_prepare(e, &h->conf, close_socket, h);
	return e;
}

static void easy_put(struct http *h, struct transfer *t)
{
	if (!t->plain || h->idle_n == IDLE_MAX)
		curl_easy_cleanup(t->easy);
	else
		h->idle[h->idle_n++] = t->easy;
}

static void add(struct http *h, struct transfer *t)
{
	t->next = h->active;
	if (t->next)
		t->next->prev = t;
	h->active = t;
	h->in_flight++;
}

/* The transfer is over; its answer is to be taken. */
static void end(struct http *h, struct transfer *t)
{
	if (t->next)
		t->next->prev = t->prev;
	if (t->prev)
		t->prev->next = t->next;
	else
		h->active = t->next;
	h->in_flight--;
	t->answer->duration = clock_monotonic() - t->started;
	*h->end = t->answer;
	h->end = &t->answer->next;
	t->answer = NULL;
	if (t->easy)
		easy_put(h, t);
	transfer_free(t);
}

static void start(struct http *h, struct transfer *t)
{
	transfer_set_timeout(t);
	curl_multi_add_handle(h->multi, t->easy);
}

void http_add(struct http *h, const struct http_request *rq)
{
	struct transfer *t = transfer_new(&h->conf, rq);

	t->http = h;
	add(h, t);
	if (t->answer->err.code) {
		end(h, t);
		return;
	}
	transfer_set_easy(t, easy_get(h), rq);
	if (t->numeric)
		start(h, t);
	else
		resolver_ask(h->resolver, t->url.host, t);
}

static void take_resolved(struct http *h)
{
	struct resolved found;

	while (resolver_next(h->resolver, &found)) {
		struct transfer *t = found.tag;

		t->answer->err = found.err;
		if (!found.err.code)
			transfer_set_addresses(t, &found);
		if (t->answer->err.code)
			end(h, t);
		else
			start(h, t);
	}
}

static void collect(struct http *h)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left)) != NULL) {
		struct transfer *t = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		transfer_end(t, m->data.result);
		curl_multi_remove_handle(h->multi, t->easy);
		end(h, t);
	}
}

size_t http_in_flight(const struct http *h)
{
	return h->in_flight;
}

/* ---- the loop ------------------------------------------------------- */

static int timer_changed(CURLM *multi, long ms, void *self)
{
	struct http *h = self;

	(void)multi;
	h->timer_at = ms < 0 ? TIME_NONE : clock_monotonic() + ms * 1000;
	return 0;
}

static int act(struct http *h, curl_socket_t fd, unsigned events,
    struct err *err)
{
	int what = (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
		   (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
		   (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
	int running;
	CURLMcode rc = curl_multi_socket_action(h->multi, fd, what, &running);

	return rc ? err_set(err, E_INTERNAL, "%s", curl_multi_strerror(rc)) : 0;
}

static int run_timer(struct http *h, struct err *err)
{
	if (h->timer_at == TIME_NONE || h->timer_at > clock_monotonic())
		return 0;
	h->timer_at = TIME_NONE; /* libcurl sets the next */
	return act(h, CURL_SOCKET_TIMEOUT, 0, err);
}

/* How long nothing has to be done unless a socket says so. */
static int wait_ms(const struct http *h, int most)
{
	usec_t left;

	most = resolver_wait_ms(h->resolver, most);
	if (h->first)
		return 0;
	if (h->timer_at == TIME_NONE)
		return most;
	left = (h->timer_at - clock_monotonic() + 999) / 1000;
	if (left < 0)
		return 0;
	return left < most ? (int)left : most;
}

int http_drive(struct http *h, int timeout_ms, struct err *err)
{
	struct epoll_event events[EVENTS_MAX];
	int n;

	if (run_timer(h, err)) /* what was just added begins */
		return -1;
	collect(h);
	n = epoll_wait(h->epoll, events, EVENTS_MAX, wait_ms(h, timeout_ms));
	for (int i = 0; i < n; i++) {
		if (events[i].data.fd == resolver_fd(h->resolver))
			continue;
		if (h->watched[events[i].data.fd].idle)
			watch(h, events[i].data.fd, 0); /* it was closed */
		else if (act(h, events[i].data.fd, events[i].events, err))
			return -1;
	}
	resolver_tick(h->resolver);
	take_resolved(h);
	if (run_timer(h, err))
		return -1;
	collect(h);
	return 0;
}

struct http_answer *http_next(struct http *h)
{
	struct http_answer *a = h->first;

	if (!a)
		return NULL;
	h->first = a->next;
	if (!h->first)
		h->end = &h->first;
	return a;
}

struct http_answer *http_fetch(struct http *h, const struct http_request *rq,
    struct err *err)
{
	http_add(h, rq);
	while (!h->first)
		if (http_drive(h, 1000, err))
			return NULL;
	return http_next(h);
}

/* ---- life ----------------------------------------------------------- */

static void set_multi(struct http *h)
{
	int most = h->conf.max_connections;

	curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)(most ? most : 256));
	curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, socket_changed);
	curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
	curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, timer_changed);
	curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
}

struct http *http_new(const struct http_conf *conf, struct err *err)
{
	struct http *h = xcalloc(1, sizeof(*h));
	struct resolver_conf rc = {conf->nameservers, conf->resolve_timeout_ms};
	struct epoll_event e = {.events = EPOLLIN};

	h->conf = *conf;
	h->timer_at = TIME_NONE;
	h->end = &h->first;
	h->resolver = resolver_new(&rc, err);
	if (!h->resolver) {
		free(h);
		return NULL;
	}
	h->epoll = epoll_create1(EPOLL_CLOEXEC);
	e.data.fd = resolver_fd(h->resolver);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	h->multi = curl_multi_init();
	if (!h->multi || epoll_ctl(h->epoll, EPOLL_CTL_ADD, e.data.fd, &e))
		BUG("no multi handle, or no epoll");
	set_multi(h);
	return h;
}

void http_free(struct http *h)
{
	struct transfer *t;
	struct http_answer *a;

	if (!h)
		return;
	resolver_free(h->resolver); /* before those who wait for it */
	while ((t = h->active) != NULL) {
		h->active = t->next;
		curl_multi_remove_handle(h->multi, t->easy);
		curl_easy_cleanup(t->easy);
		transfer_free(t);
	}
	while ((a = http_next(h)) != NULL)
		http_answer_free(a);
	while (h->idle_n)
		curl_easy_cleanup(h->idle[--h->idle_n]);
	curl_multi_cleanup(h->multi);
	close(h->epoll);
	free(h->watched);
	free(h);
}
