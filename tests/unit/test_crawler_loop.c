/* crawler: the loop, against a loopback server that knows hosts by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/url.h"
#include "crawler/crawler.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- the server ----------------------------------------------------- */

#define LOG_MAX 200

struct request {
	char host[64], path[64];
	bool conditional;
	usec_t began, ended;
};

struct server {
	int fd, port;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t gone;
	int connections;
	struct request log[LOG_MAX];
	int log_n;
};

/* What each URL answers; slow: after so many milliseconds. */
static const struct route {
	const char *host, *path, *answer, *body;
	int slow_ms;
} routes[] = {
    {"a.test", "/robots.txt", "200 OK", "User-agent: *\nDisallow: /private", 0},
    {"a.test", "/gone", "410 Gone", "", 0},
    {"a.test", "/missing", "404 Not Found", "", 0},
    {"a.test", "/forbidden", "403 Forbidden", "", 0},
    {"a.test", "/guarded", "202 Accepted", "wait", 0},
    {"a.test", "/busy", "503 Busy\r\nRetry-After: 0", "", 0},
    {"a.test", "/part", "206 Partial Content", "part", 0},
    {"a.test", "/etag", "200 OK\r\nETag: \"e2\"", "new", 0},
    {"a.test", "/moved", "301 Moved\r\nLocation: /page", "", 0},
    {"a.test", "/1", "302 Found\r\nLocation: /2", "", 0},
    {"a.test", "/2", "303 See\r\nLocation: http://b.test/3", "", 0},
    {"b.test", "/3", "307 Temp\r\nLocation: http://a.test/4", "", 0},
    {"a.test", "/4", "308 Perm\r\nLocation: /5", "", 0},
    {"a.test", "/5", "301 Moved\r\nLocation: /end", "", 0},
    {"a.test", "/0", "302 Found\r\nLocation: /1", "", 0},
    {"a.test", "/loop", "302 Found\r\nLocation: /loop#x", "", 0},
    {"a.test", "/ping", "302 Found\r\nLocation: /pong", "", 0},
    {"a.test", "/pong", "302 Found\r\nLocation: /ping", "", 0},
    {"a.test", "/file", "302 Found\r\nLocation: file:///etc/passwd", "", 0},
    {"a.test", "/front", "302 Found\r\nLocation: http://a.test", "", 0},
    {"a.test", "/english", "302 Found\r\nLocation: http://b.test/en/", "", 0},
    {"a.test", "/home-edition", "302 Found\r\nLocation: /uk", "", 0},
    {"a.test", "/short", "302 Found\r\nLocation: /ok", "", 0},
    {"a.test", "/inside", "302 F\r\nLocation: http://127.0.0.1:8/x", "", 0},
    {"a.test", "/enter", "302 F\r\nLocation: http://2130706433/x", "", 0},
    {"a.test", "/secret", "302 Found\r\nLocation: /private/x", "", 0},
    {"a.test", "/hide", "200 OK\r\nX-Robots-Tag: max-snippet: 5, noindex",
	"text", 0},
    {"a.test", "/hide-us",
	"200 OK\r\nX-Robots-Tag: other: nofollow, "
	"DATELINE: none",
	"text", 0},
    {"a.test", "/hide-other",
	"200 OK\r\nX-Robots-Tag: other: noindex, "
	"none",
	"text", 0},
    {"a.test", "/huge", "200 OK\r\nContent-Length: 99999999999999999999999",
	"abc", 0},
    {"a.test", "/old", "<html>no headers, as HTTP/0.9</html>", "", 0},
    {"a.test", "/slow", "200 OK", "slow", 200},
    {"b.test", "/slow", "200 OK", "slow", 200},
    {"delay.test", "/robots.txt", "200 OK",
	"User-agent: dateline\n"
	"Crawl-delay: 0.1",
	0},
    {"fails.test", "/robots.txt", "503 Busy\r\nRetry-After: 0", "", 0},
    {"slow.test", "/robots.txt", "429 Slow\r\nRetry-After: 0", "", 0},
    {"resets.test", "/robots.txt", NULL, "", 0},
    {"moves.test", "/robots.txt",
	"301 M\r\nLocation: "
	"http://a.test/robots.txt",
	"", 0},
    {"cross1.test", "/robots.txt",
	"301 M\r\nLocation: "
	"http://cross2.test/r1",
	"", 0},
    {"cross2.test", "/robots.txt",
	"301 M\r\nLocation: "
	"http://cross1.test/r2",
	"", 0},
    {"cross2.test", "/r1", "200 OK", "User-agent: *\nDisallow: /", 0},
    {"cross1.test", "/r2", "200 OK", "User-agent: *\nDisallow: /", 0},
    {"turns.test", "/robots.txt", "302 F\r\nLocation: /robots.txt", "", 0},
    {"hour.test", "/robots.txt",
	"200 OK\r\nCache-Control: public, max-age=3600",
	"User-agent: *\nDisallow:", 0},
    {"never.test", "/robots.txt", "200 OK\r\nCache-Control: no-cache",
	"User-agent: *\nDisallow:", 0},
    {"month.test", "/robots.txt", "200 OK\r\nCache-Control: max-age=2592000",
	"User-agent: *\nDisallow:", 0},
    {"none.test", "/robots.txt", "404 None\r\nCache-Control: max-age=3600",
	"", 0},
    {"limits.test", "/1", "429 Slow\r\nRetry-After: 3600", "", 0},
};

static const struct route *route_of(const struct request *r)
{
	static const struct route page = {"", "", "200 OK", "page", 0};
	static const struct route none = {"", "", "404 Not Found", "", 0};

	for (size_t i = 0; i < ARRAY_LEN(routes); i++)
		if (!strcmp(routes[i].host, r->host) &&
		    !strcmp(routes[i].path, r->path))
			return &routes[i];
	return strcmp(r->path, "/robots.txt") ? &page : &none;
}

static void answer(int fd, const struct request *r)
{
	const struct route *x = route_of(r);
	char text[1024];
	bool same = r->conditional &&
		    strstr(x->answer ? x->answer : "", "ETag");
	int n;

	if (!x->answer)
		return;
	n = x->answer[0] == '<' ? snprintf(text, sizeof(text), "%s", x->answer) :
	    snprintf(text, sizeof(text),
	    "HTTP/1.1 %s\r\nContent-Length: %zu"
	    "\r\nConnection: close\r\n\r\n%s",
	    same ? "304 Same" : x->answer, same ? 0 : strlen(x->body),
	    same ? "" : x->body);
	while (n > 0 && send(fd, text, (size_t)n, MSG_NOSIGNAL) < 0)
		break;
}

struct connection {
	struct server *s;
	int fd;
};

static bool read_request(int fd, struct request *r)
{
	char text[4096] = "";
	size_t n = 0;
	ssize_t got;
	const char *host;

	while (!strstr(text, "\r\n\r\n") && n < sizeof(text) - 1) {
		got = recv(fd, text + n, sizeof(text) - 1 - n, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		text[n] = '\0';
	}
	*r = (struct request){.began = clock_monotonic()};
	host = strstr(text, "Host: ");
	r->conditional = strstr(text, "If-None-Match: ") != NULL;
	return sscanf(text, "GET %63s", r->path) == 1 && host &&
	       sscanf(host, "Host: %63[^:\r]", r->host) == 1;
}

static void *converse(void *arg)
{
	struct connection *c = arg;
	struct server *s = c->s;
	struct request r;
	int at = -1;

	if (read_request(c->fd, &r)) {
		pthread_mutex_lock(&s->lock);
		if (s->log_n < LOG_MAX)
			s->log[at = s->log_n++] = r;
		pthread_mutex_unlock(&s->lock);
		poll(NULL, 0, route_of(&r)->slow_ms);
		/* not after it: the client may be faster than this thread */
		pthread_mutex_lock(&s->lock);
		if (at >= 0)
			s->log[at].ended = clock_monotonic();
		pthread_mutex_unlock(&s->lock);
		answer(c->fd, &r);
	}
	close(c->fd);
	free(c);
	pthread_mutex_lock(&s->lock);
	s->connections--;
	pthread_cond_signal(&s->gone);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void *listen_on(void *arg)
{
	struct server *s = arg;
	pthread_t t;
	int fd;

	while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
		struct connection *c = malloc(sizeof(*c));

		*c = (struct connection){s, fd};
		pthread_mutex_lock(&s->lock);
		s->connections++;
		pthread_mutex_unlock(&s->lock);
		assert_int_equal(pthread_create(&t, NULL, converse, c), 0);
		pthread_detach(t);
	}
	return NULL;
}

static void server_start(struct server *s)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(a);

	*s = (struct server){.fd = socket(AF_INET, SOCK_STREAM, 0)};
	assert_int_equal(bind(s->fd, (struct sockaddr *)&a, n), 0);
	assert_int_equal(listen(s->fd, 64), 0);
	getsockname(s->fd, (struct sockaddr *)&a, &n);
	s->port = ntohs(a.sin_port);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->gone, NULL);
	pthread_create(&s->thread, NULL, listen_on, s);
}

static void server_stop(struct server *s)
{
	shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	close(s->fd);
	pthread_mutex_lock(&s->lock);
	while (s->connections)
		pthread_cond_wait(&s->gone, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

static int asked(const struct server *s, const char *host, const char *path)
{
	int n = 0;

	for (int i = 0; i < s->log_n; i++)
		n += !strcmp(s->log[i].host, host) &&
		     (!path || !strcmp(s->log[i].path, path));
	return n;
}

/* ---- the frontier --------------------------------------------------- */

struct outcome_row {
	char url[128], final[128];
	enum outcome outcome;
	enum code code;
	int status;
	size_t bytes;
	bool noindex;
};

struct world {
	struct server server;
	struct clock clock;
	struct crawler *crawler;
	struct outcome_row rows[64];
	int rows_n;
	usec_t until[4]; /* of those that were not asked for */
	enum code why[4];
	const char *busy; /* a host that another worker has, ... */
	int busy_n;	  /* ... at so many tries to claim it; -1: always */
	int claims, let_go; /* of others */
	int unasked_n;
	sig_atomic_t stop;
	int stop_after;
	/* robots.txt */
	int kept_status; /* -1: none is kept */
	usec_t kept_at, kept_keep; /* kept_keep 0: not known */
	int put_status;
	usec_t put_at, put_keep;
	/* the supply: what is left of it */
	const char *const *supply;
	int idle_n;
	/* the network */
	struct http_range loopback;
	struct http_resolve resolve[16];
};

static int robots_get(void *self, struct slice host, struct arena *a,
    struct robots_kept *out, struct err *err)
{
	const struct world *w = self;

	(void)host;
	(void)err;
	if (w->kept_status < 0)
		return 0;
	out->text = arena_slice(a, SLICE("User-agent: *\nDisallow: /kept"));
	out->status = w->kept_status;
	out->at = w->kept_at;
	if (w->kept_keep)
		out->keep = w->kept_keep;
	return 1;
}

static int robots_put(void *self, struct slice host,
    const struct robots_kept *k, struct err *err)
{
	struct world *w = self;

	(void)host;
	(void)err;
	w->put_status = k->status;
	w->put_at = k->at;
	w->put_keep = k->keep;
	return 0;
}

static bool is_operators(void *self, struct slice host)
{
	(void)self;
	return host_is_test(host);
}

static int done(void *self, struct target *t, const struct capture *c,
    struct err *err)
{
	struct world *w = self;
	struct outcome_row *r = &w->rows[w->rows_n++];

	(void)err;
	assert_true(w->rows_n < (int)ARRAY_LEN(w->rows));
	*r = (struct outcome_row){.outcome = c->outcome,
	    .code = c->err.code,
	    .status = c->http_status,
	    .bytes = c->bytes.n,
	    .noindex = c->rights.noindex};
	snprintf(r->url, sizeof(r->url), "%.*s", SLICE_FMT(t->url));
	snprintf(r->final, sizeof(r->final), "%.*s", SLICE_FMT(c->final_url));
	assert_true(c->fetched_at > 0);
	if (w->rows_n == w->stop_after)
		w->stop = 1;
	return 0;
}

static int unasked(void *self, struct target *t, usec_t until,
    const struct err *why, struct err *err)
{
	struct world *w = self;

	(void)t;
	(void)err;
	w->why[w->unasked_n] = why->code;
	w->until[w->unasked_n++] = until;
	return 0;
}

static int claim(void *self, struct slice host, struct arena *a,
    struct owed *out, struct err *err)
{
	struct world *w = self;

	(void)a;
	(void)out;
	(void)err;
	if (w->busy && slice_is(host, w->busy) && w->busy_n) {
		w->busy_n--;
		return 0;
	}
	w->claims++;
	return 1;
}

static int let_go(void *self, struct slice host, struct err *err)
{
	(void)host;
	(void)err;
	((struct world *)self)->let_go++;
	return 0;
}

static const char *const names[] = {"a.test", "b.test", "delay.test",
    "fails.test", "resets.test", "moves.test", "cross1.test", "cross2.test",
    "turns.test", "limits.test", "hour.test", "never.test", "month.test",
    "none.test", "slow.test"};

static void world_open(struct world *w, int delay_ms)
{
	struct err err = {0};
	struct frontier f = {w, robots_get, robots_put, is_operators, done,
	    NULL, claim, let_go, unasked, NULL, NULL};
	struct crawler_conf conf = {.http = {.user_agent = "Dateline/test",
					.allow = &w->loopback,
					.allow_n = 1,
					.resolve = w->resolve,
					.resolve_n = ARRAY_LEN(names)},
	    .clock = &w->clock,
	    .delay_ms = delay_ms,
	    .in_flight = 8,
	    .claim_patience_ms = 700};

	*w = (struct world){.kept_status = -1, .put_status = -1};
	server_start(&w->server);
	assert_int_equal(
	    http_range_parse("127.0.0.0/8", &w->loopback, &err), 0);
	assert_int_equal(clock_init(&w->clock, NULL, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		w->resolve[i] = (struct http_resolve){
		    names[i], "127.0.0.1", w->server.port};
	w->crawler = crawler_new(&conf, &f, &err);
	assert_non_null(w->crawler);
}

static void world_close(struct world *w)
{
	crawler_free(w->crawler);
	server_stop(&w->server);
}

static struct target target_of(const char *url)
{
	const char *host = strstr(url, "://") + 3;

	return (struct target){.url = slice_of(url),
	    .host = {host, strcspn(host, ":/")},
	    .allow_private = true,
	    .delay_ms = -1};
}

static void add(struct world *w, const char *url)
{
	struct target t = target_of(url);

	crawler_add(w->crawler, &t);
}

static void run(struct world *w)
{
	struct err err = {0};

	if (crawler_run(w->crawler, &w->stop, &err))
		fail_msg("%s", err.message);
}

static const struct outcome_row *row_of(const struct world *w, const char *url)
{
	for (int i = 0; i < w->rows_n; i++)
		if (!strcmp(w->rows[i].url, url))
			return &w->rows[i];
	fail_msg("no outcome for %s", url);
	return NULL;
}

/* Real time between two requests of a host, the shortest. */
static usec_t shortest_gap(const struct server *s, const char *host)
{
	usec_t last = 0, least = INT64_MAX;

	for (int i = 0; i < s->log_n; i++) {
		if (strcmp(s->log[i].host, host))
			continue;
		if (last && s->log[i].began - last < least)
			least = s->log[i].began - last;
		last = s->log[i].began;
	}
	return least;
}

/* ---- tests ---------------------------------------------------------- */

static void every_answer_has_its_outcome(void **state)
{
	static const struct {
		const char *path;
		enum outcome outcome;
		enum code code;
		int status;
		const char *final;
		bool noindex;
	} rows[] = {
	    {"/page", OUTCOME_ARTICLE, E_NONE, 200, "", false},
	    {"/private/x", OUTCOME_ROBOTS, E_ROBOTS_DISALLOWED, 0, "", 0},
	    {"/gone", OUTCOME_GONE, E_NONE, 410, "", false},
	    {"/missing", OUTCOME_GONE, E_NONE, 404, "", false},
	    {"/forbidden", OUTCOME_HTTP_ERROR, E_HTTP_STATUS, 403, "", 0},
	    {"/guarded", OUTCOME_HTTP_ERROR, E_HTTP_STATUS, 202, "", 0},
	    {"/busy", OUTCOME_HTTP_ERROR, E_HTTP_STATUS, 503, "", false},
	    {"/part", OUTCOME_TRUNCATED, E_SUSPECT_TRUNCATED, 206, "", false},
	    {"/moved", OUTCOME_ARTICLE, E_NONE, 200, "http://a.test/page",
		false},
	    {"/1", OUTCOME_ARTICLE, E_NONE, 200, "http://a.test/end", 0},
	    {"/0", OUTCOME_FETCH_ERROR, E_TOO_MANY_REDIRECTS, 301,
		"http://a.test/5", false},
	    {"/loop", OUTCOME_FETCH_ERROR, E_TOO_MANY_REDIRECTS, 302, "",
		false},
	    {"/ping", OUTCOME_FETCH_ERROR, E_TOO_MANY_REDIRECTS, 302,
		"http://a.test/pong", false},
	    {"/file", OUTCOME_FETCH_ERROR, E_FORBIDDEN_SCHEME, 302, "", 0},
	    {"/front", OUTCOME_TO_FRONT, E_NONE, 302, "http://a.test/", 0},
	    {"/english", OUTCOME_TO_FRONT, E_NONE, 302, "http://b.test/en/", 0},
	    {"/home-edition", OUTCOME_TO_FRONT, E_NONE, 302,
		"http://a.test/uk", false},
	    {"/short", OUTCOME_ARTICLE, E_NONE, 200, "http://a.test/ok", 0},
	    {"/enter", OUTCOME_FETCH_ERROR, E_FORBIDDEN_ADDRESS, 0,
		"http://127.0.0.1/x", false},
	    {"/inside", OUTCOME_FETCH_ERROR, E_FORBIDDEN_ADDRESS, 0,
		"http://127.0.0.1:8/x", false},
	    {"/secret", OUTCOME_ROBOTS, E_ROBOTS_DISALLOWED, 0,
		"http://a.test/private/x", false},
	    {"/huge", OUTCOME_FETCH_ERROR, E_BODY_TOO_LARGE, 0, "", false},
	    {"/old", OUTCOME_FETCH_ERROR, E_PROTOCOL, 0, "", false},
	    {"/hide", OUTCOME_ARTICLE, E_NONE, 200, "", true},
	    {"/hide-us", OUTCOME_ARTICLE, E_NONE, 200, "", true},
	    {"/hide-other", OUTCOME_ARTICLE, E_NONE, 200, "", false},
	};
	struct world w;
	char url[64];

	(void)state;
	world_open(&w, 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		snprintf(url, sizeof(url), "http://a.test%s", rows[i].path);
		add(&w, url);
	}
	run(&w);
	assert_int_equal(w.rows_n, ARRAY_LEN(rows));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct outcome_row *r;

		snprintf(url, sizeof(url), "http://a.test%s", rows[i].path);
		r = row_of(&w, url);
		if (r->outcome != rows[i].outcome || r->code != rows[i].code ||
		    r->status != rows[i].status ||
		    r->noindex != rows[i].noindex ||
		    strcmp(r->final, rows[i].final))
			fail_msg("%s: %s %s %d %s noindex %d", url,
			    outcome_name(r->outcome), code_name(r->code),
			    r->status, r->final, r->noindex);
	}
	assert_int_equal(asked(&w.server, "a.test", "/private/x"), 0);
	assert_int_equal(asked(&w.server, "a.test", "/robots.txt"), 1);
	assert_int_equal(row_of(&w, "http://a.test/page")->bytes, 4);
	world_close(&w);
}

static void bad_targets_are_outcomes_too(void **state)
{
	static const struct {
		const char *url;
		enum code code;
	} rows[] = {
	    {"http://exa mple/", E_INVALID_URL},
	    {"ftp://a.test/x", E_FORBIDDEN_SCHEME},
	    {"http://a.test:25/x", E_FORBIDDEN_PORT},
	    {"http://nowhere.invalid/x", E_DNS},
	};
	struct world w;

	(void)state;
	world_open(&w, 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		add(&w, rows[i].url);
	run(&w);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(
		    row_of(&w, rows[i].url)->outcome, OUTCOME_FETCH_ERROR);
		assert_int_equal(row_of(&w, rows[i].url)->code, rows[i].code);
	}
	assert_int_equal(w.server.log_n, 0);
	world_close(&w);
}

static void every_tenth_visit_is_without_conditions(void **state)
{
	static const struct {
		int64_t visits;
		enum outcome outcome;
	} rows[] = {{0, OUTCOME_UNCHANGED}, {8, OUTCOME_UNCHANGED},
	    {9, OUTCOME_ARTICLE}, {10, OUTCOME_UNCHANGED},
	    {19, OUTCOME_ARTICLE}};
	struct world w;

	(void)state;
	world_open(&w, 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct target t = target_of("http://a.test/etag");

		t.etag = SLICE("\"e1\"");
		t.visits = rows[i].visits;
		crawler_add(w.crawler, &t);
	}
	run(&w);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(w.rows[i].outcome, rows[i].outcome);
	world_close(&w);
}

static void one_connection_and_a_delay_for_each_host(void **state)
{
	struct world w;
	const struct server *s = &w.server;

	(void)state;
	world_open(&w, 60);
	for (int i = 0; i < 4; i++)
		add(&w, "http://a.test/page");
	add(&w, "http://delay.test/x");
	add(&w, "http://delay.test/y");
	run(&w);
	assert_int_equal(asked(s, "a.test", NULL), 5);
	assert_true(shortest_gap(s, "a.test") >= 60 * 1000 - 2000);
	assert_true(shortest_gap(s, "delay.test") >= 100 * 1000 - 2000);
	/* the delay holds over two runs of one crawler as well */
	add(&w, "http://a.test/page");
	run(&w);
	assert_int_equal(asked(s, "a.test", NULL), 6);
	assert_true(shortest_gap(s, "a.test") >= 60 * 1000 - 2000);
	world_close(&w);
}

static bool overlap(const struct server *s, const char *x, const char *y)
{
	for (int i = 0; i < s->log_n; i++)
		for (int k = 0; k < s->log_n; k++)
			if (i != k && !strcmp(s->log[i].host, x) &&
			    !strcmp(s->log[k].host, y) &&
			    s->log[i].began < s->log[k].ended - 1000 &&
			    s->log[k].began < s->log[i].ended - 1000)
				return true;
	return false;
}

static void hosts_go_side_by_side_and_their_pages_do_not(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, 0);
	for (int i = 0; i < 2; i++) {
		add(&w, "http://a.test/slow");
		add(&w, "http://b.test/slow");
	}
	run(&w);
	assert_true(overlap(&w.server, "a.test", "b.test"));
	assert_false(overlap(&w.server, "a.test", "a.test"));
	assert_false(overlap(&w.server, "b.test", "b.test"));
	world_close(&w);
}

static void ports_of_a_host_share_its_connection_and_delay(void **state)
{
	struct world w;
	const struct server *s = &w.server;

	(void)state;
	world_open(&w, 60);
	for (int i = 0; i < 2; i++) {
		add(&w, "http://a.test/slow");
		add(&w, "http://a.test:8080/slow");
	}
	run(&w);
	assert_int_equal(w.rows_n, 4);
	assert_false(overlap(s, "a.test", "a.test"));
	assert_true(shortest_gap(s, "a.test") >= 60 * 1000 - 2000);
	/* each has its robots.txt */
	assert_int_equal(asked(s, "a.test", "/robots.txt"), 2);
	world_close(&w);
}

static void a_stop_finishes_what_is_in_flight(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, 0);
	w.stop_after = 2;
	for (int i = 0; i < 5; i++)
		add(&w, "http://a.test/page");
	run(&w);
	assert_int_equal(w.rows_n, 2);
	assert_int_equal(crawler_left(w.crawler), 3);
	w.stop = 0;
	run(&w);
	assert_int_equal(w.rows_n, 5);
	assert_int_equal(crawler_left(w.crawler), 0);
	world_close(&w);
}

static void robots_that_cannot_be_had(void **state)
{
	static const usec_t day = USEC_DAY;
	static const struct {
		const char *url;
		int kept;   /* status of the kept one, -1: none ... */
		usec_t age; /* ... and how old it is */
		enum outcome outcome;
		enum code code;
		int put; /* status that is kept then, -1: none */
		usec_t put_age;
	} rows[] = {
	    {"http://b.test/x", -1, 0, OUTCOME_ARTICLE, E_NONE, 404, 0},
	    {"http://fails.test/x", -1, 0, OUTCOME_ROBOTS, E_ROBOTS_DISALLOWED,
		503, 0},
	    {"http://fails.test/x", 503, 29 * USEC_DAY, OUTCOME_ROBOTS,
		E_ROBOTS_DISALLOWED, 503, 29 * USEC_DAY},
	    {"http://fails.test/x", 0, 31 * USEC_DAY, OUTCOME_ARTICLE, E_NONE,
		503, 31 * USEC_DAY},
	    /* the failure is new, whatever the age of what was kept */
	    {"http://fails.test/x", 200, 40 * USEC_DAY, OUTCOME_ROBOTS,
		E_ROBOTS_DISALLOWED, 503, 0},
	    /* "too many requests" is no "there is none" */
	    {"http://slow.test/x", -1, 0, OUTCOME_ROBOTS, E_ROBOTS_DISALLOWED,
		429, 0},
	    {"http://resets.test/x", -1, 0, OUTCOME_FETCH_ERROR, E_EMPTY_REPLY,
		0, 0},
	    {"http://moves.test/private/x", -1, 0, OUTCOME_ROBOTS,
		E_ROBOTS_DISALLOWED, 200, 0},
	    {"http://moves.test/x", -1, 0, OUTCOME_ARTICLE, E_NONE, 200, 0},
	    {"http://turns.test/x", -1, 0, OUTCOME_ARTICLE, E_NONE, 404, 0},
	    /* kept for a day, not asked for again */
	    {"http://fails.test/kept", 200, USEC_HOUR, OUTCOME_ROBOTS,
		E_ROBOTS_DISALLOWED, -1, 0},
	    {"http://fails.test/x", 200, USEC_HOUR, OUTCOME_ARTICLE, E_NONE, -1,
		0},
	    {"http://fails.test/x", 404, USEC_HOUR, OUTCOME_ARTICLE, E_NONE, -1,
		0},
	    {"http://b.test/kept", 200, 25 * USEC_HOUR, OUTCOME_ARTICLE, E_NONE,
		404, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world w;
		usec_t now;

		world_open(&w, 0);
		now = clock_now(&w.clock);
		w.kept_status = rows[i].kept;
		w.kept_at = now - rows[i].age;
		add(&w, rows[i].url);
		run(&w);
		if (w.rows_n != 1 || w.rows[0].outcome != rows[i].outcome ||
		    w.rows[0].code != rows[i].code ||
		    w.put_status != rows[i].put ||
		    (rows[i].put >= 0 &&
			llabs(now - rows[i].put_age - w.put_at) > day / 24))
			fail_msg("row %zu: %s %s put %d", i,
			    outcome_name(w.rows[0].outcome),
			    code_name(w.rows[0].code), w.put_status);
		world_close(&w);
	}
}

static void robots_are_kept_as_they_say_within_a_day(void **state)
{
	static const struct {
		const char *url;
		usec_t put; /* for how long it is kept then */
	} learnt[] = {
	    {"http://a.test/x", USEC_DAY}, /* does not say */
	    {"http://hour.test/x", USEC_HOUR},
	    {"http://never.test/x", 10 * USEC_MINUTE},
	    {"http://month.test/x", USEC_DAY},
	    {"http://none.test/x", USEC_HOUR}, /* there is none */
	};
	static const struct {
		usec_t age, keep; /* of the kept one; keep 0: not known */
		int asked;
	} recalled[] = {
	    {USEC_HOUR, 0, 0},
	    {25 * USEC_HOUR, 0, 1},
	    {50 * USEC_MINUTE, USEC_HOUR, 0},
	    {70 * USEC_MINUTE, USEC_HOUR, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(learnt); i++) {
		struct world w;

		world_open(&w, 0);
		w.kept_status = -1;
		add(&w, learnt[i].url);
		run(&w);
		if (w.put_keep != learnt[i].put)
			fail_msg("%s: %lld", learnt[i].url,
			    (long long)w.put_keep);
		world_close(&w);
	}
	for (size_t i = 0; i < ARRAY_LEN(recalled); i++) {
		struct world w;

		world_open(&w, 0);
		w.kept_status = 200;
		w.kept_at = clock_now(&w.clock) - recalled[i].age;
		w.kept_keep = recalled[i].keep;
		add(&w, "http://a.test/x");
		run(&w);
		if (asked(&w.server, "a.test", "/robots.txt") !=
		    recalled[i].asked)
			fail_msg("row %zu", i);
		world_close(&w);
	}
}

static void robots_that_lead_to_each_other_do_not_wait_for_ever(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, 0);
	add(&w, "http://cross1.test/x");
	add(&w, "http://cross2.test/x");
	run(&w);
	assert_int_equal(w.rows[0].outcome, OUTCOME_ROBOTS);
	assert_int_equal(w.rows[1].outcome, OUTCOME_ROBOTS);
	world_close(&w);
}

static void a_host_that_wants_a_long_rest_is_left(void **state)
{
	struct world w;
	usec_t now;

	(void)state;
	world_open(&w, 60);
	for (int i = 1; i <= 3; i++) {
		char url[64];

		snprintf(url, sizeof(url), "http://limits.test/%d", i);
		add(&w, url);
	}
	run(&w);
	now = clock_now(&w.clock);
	/* the one that was asked has an outcome; the others wait, one after
	 * the other */
	assert_int_equal(w.rows_n, 1);
	assert_int_equal(w.rows[0].status, 429);
	assert_int_equal(asked(&w.server, "limits.test", "/2"), 0);
	assert_int_equal(w.unasked_n, 2);
	assert_int_equal(w.why[0], E_HTTP_STATUS);
	assert_true(llabs(w.until[0] - now - USEC_HOUR) < 10 * USEC_SECOND);
	assert_true(llabs(w.until[1] - w.until[0] - 60 * 1000) < 20 * 1000);
	assert_int_equal(crawler_stats(w.crawler)->given_back, 2);
	world_close(&w);
}

/* The second redirect of /2 leads from b.test back to a.test. */
static void a_host_that_a_redirect_leads_to_is_claimed(void **state)
{
	static const struct {
		const char *url, *busy;
		int busy_n, claims, unasked;
	} rows[] = {
	    {"http://a.test/2", NULL, 0, 1, 0},
	    {"http://a.test/2", "b.test", 1, 1, 0},
	    {"http://a.test/2", "b.test", -1, 0, 1},
	    /* its own host is held by whom the target is from */
	    {"http://a.test/2", "a.test", -1, 1, 0},
	    /* the one that its robots.txt leads to */
	    {"http://moves.test/x", NULL, 0, 1, 0},
	    {"http://moves.test/x", "a.test", -1, 0, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world w;

		world_open(&w, 0);
		w.busy = rows[i].busy;
		w.busy_n = rows[i].busy_n;
		add(&w, rows[i].url);
		run(&w);
		if (w.claims != rows[i].claims || w.let_go != w.claims ||
		    w.unasked_n != rows[i].unasked ||
		    w.rows_n != 1 - w.unasked_n)
			fail_msg("row %zu: %d claims, %d let go, %d unasked", i,
			    w.claims, w.let_go, w.unasked_n);
		if (w.unasked_n)
			assert_int_equal(w.why[0], E_HOST_BUSY);
		else
			assert_int_equal(w.rows[0].outcome, OUTCOME_ARTICLE);
		world_close(&w);
	}
}

static int supply_next(void *self, struct target *out, struct err *err)
{
	struct world *w = self;

	(void)err;
	if (!*w->supply)
		return 0;
	*out = target_of(*w->supply++);
	return 1;
}

static void host_idle(void *self, struct slice host)
{
	struct world *w = self;

	assert_true(slice_is(host, "a.test") || slice_is(host, "b.test"));
	w->idle_n++;
}

static void a_supply_is_drawn_from_until_it_is_empty(void **state)
{
	static const char *const urls[] = {"http://a.test/x", "http://b.test/x",
	    "http://a.test/1", "http://b.test/y", "http://a.test/private/",
	    NULL};
	struct world w;

	(void)state;
	world_open(&w, 0);
	w.supply = urls;
	crawler_supply(w.crawler, &(struct supply){&w, supply_next, host_idle});
	run(&w);
	assert_int_equal(w.rows_n, 5);
	assert_int_equal(w.idle_n, 2);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_answer_has_its_outcome),
	    cmocka_unit_test(bad_targets_are_outcomes_too),
	    cmocka_unit_test(every_tenth_visit_is_without_conditions),
	    cmocka_unit_test(one_connection_and_a_delay_for_each_host),
	    cmocka_unit_test(hosts_go_side_by_side_and_their_pages_do_not),
	    cmocka_unit_test(ports_of_a_host_share_its_connection_and_delay),
	    cmocka_unit_test(a_stop_finishes_what_is_in_flight),
	    cmocka_unit_test(robots_that_cannot_be_had),
	    cmocka_unit_test(robots_are_kept_as_they_say_within_a_day),
	    cmocka_unit_test(
		robots_that_lead_to_each_other_do_not_wait_for_ever),
	    cmocka_unit_test(a_host_that_wants_a_long_rest_is_left),
	    cmocka_unit_test(a_host_that_a_redirect_leads_to_is_claimed),
	    cmocka_unit_test(a_supply_is_drawn_from_until_it_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
