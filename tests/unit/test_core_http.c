/* core/http: where it connects to and what it takes for an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/http.h"
#include "tests/unit/dns_server.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ---- a server that counts its connections --------------------------- */

struct server {
	int fd, port, connections;
	pthread_t thread, talks[32];
};

static const struct {
	const char *path, *answer;
} answers[] = {
    {"/folded", "HTTP/1.1 200 OK\r\nX: a\r\n  b: c\r\n\t d\r\n"
		"Content-Length: 2\r\n\r\nok"},
    {"/nameless", "HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 2\r\n\r\nok"},
    {"/deflate", "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n"
		 "Content-Length: 10\r\n\r\n"
		 "\x78\x9c\xcb\xcf\x06\x00\x01\x4b\x00\xdb"},
    {"/", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
};

static void *converse(void *self)
{
	int fd = (int)(intptr_t)self;
	char text[4096];
	ssize_t n;

	while ((n = recv(fd, text, sizeof(text) - 1, 0)) > 0) {
		const char *a = NULL;
		size_t len, i = 0;

		text[n] = '\0';
		while (strncmp(text + 4, answers[i].path,
			   strlen(answers[i].path)))
			i++;
		a = answers[i].answer;
		/* only deflate's last bytes hold a NUL */
		len = i == 2 ? (size_t)(strstr(a, "\r\n\r\n") + 14 - a)
			     : strlen(a);
		if (send(fd, a, len, MSG_NOSIGNAL) < 0)
			break;
	}
	close(fd);
	return NULL;
}

static void *serve(void *self)
{
	struct server *s = self;
	int fd;

	while ((fd = accept(s->fd, NULL, NULL)) >= 0) {
		int n = __atomic_fetch_add(
		    &s->connections, 1, __ATOMIC_SEQ_CST);

		assert_true(n < (int)ARRAY_LEN(s->talks));
		pthread_create(
		    &s->talks[n], NULL, converse, (void *)(intptr_t)fd);
	}
	return NULL;
}

/* On all addresses of 127.0.0.0/8. */
static void server_start(struct server *s)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t n = sizeof(a);

	*s = (struct server){.fd = socket(AF_INET, SOCK_STREAM, 0)};
	assert_int_equal(bind(s->fd, (struct sockaddr *)&a, n), 0);
	assert_int_equal(listen(s->fd, 64), 0);
	getsockname(s->fd, (struct sockaddr *)&a, &n);
	s->port = ntohs(a.sin_port);
	pthread_create(&s->thread, NULL, serve, s);
}

static void server_stop(struct server *s)
{
	shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	for (int i = 0; i < s->connections; i++)
		pthread_join(s->talks[i], NULL);
	close(s->fd);
}

/* ---- the world ------------------------------------------------------ */

static const struct dns_row rows[] = {
    {"inside.test", DNS_ANSWERS, {"127.0.0.2"}},
    {"mixed.test", DNS_ANSWERS, {"127.0.0.2", "10.0.0.1", "127.0.0.1"}},
    {"ours.test", DNS_ANSWERS, {"127.0.0.1"}},
    {"mapped.test", DNS_ANSWERS, {"::ffff:127.0.0.2"}},
    {"hangs.test", DNS_HANGS, {0}},
    {"fails.test", DNS_FAILS, {0}},
};

struct world {
	struct dns_server dns;
	struct server server;
	struct http_range one; /* 127.0.0.1 alone */
	struct http *http;
};

static void world_open(struct world *w)
{
	struct http_conf conf = {.user_agent = "test",
	    .allow = &w->one,
	    .allow_n = 1,
	    .nameservers = w->dns.conf,
	    .resolve_timeout_ms = 700};
	struct err err = {0};

	dns_start(&w->dns, rows, ARRAY_LEN(rows));
	server_start(&w->server);
	assert_int_equal(http_range_parse("127.0.0.1/32", &w->one, &err), 0);
	w->http = http_new(&conf, &err);
	assert_non_null(w->http);
}

static void world_close(struct world *w)
{
	http_free(w->http);
	server_stop(&w->server);
	dns_stop(&w->dns);
}

static struct http_answer *get(
    struct world *w, const char *host, const char *path, bool private)
{
	struct http_request rq = {.allow_private = private};
	struct http_answer *a;
	struct err err = {0};
	char url[128];

	snprintf(url, sizeof(url), "http://%s:%d%s", host, w->server.port, path);
	rq.url = url;
	a = http_fetch(w->http, &rq, &err);
	assert_non_null(a);
	return a;
}

static void expect(struct world *w, const char *host, bool private,
    enum code code, int connections)
{
	struct http_answer *a = get(w, host, "/", private);

	if (a->err.code != code || w->server.connections != connections)
		fail_msg("%s: %s %s, %d connections", host,
		    code_name(a->err.code), a->err.message,
		    w->server.connections);
	http_answer_free(a);
}

/* ---- tests ---------------------------------------------------------- */

static void no_private_address_is_connected_to(void **state)
{
	static const char *const hosts[] = {"127.0.0.1", "127.0.0.2",
	    "2130706433", "0x7f.1", "0", "[::1]", "[::ffff:7f00:1]",
	    "[64:ff9b::7f00:1]", "inside.test", "mixed.test", "ours.test",
	    "mapped.test", "localhost"};
	struct world w;

	(void)state;
	world_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		expect(&w, hosts[i], false, E_FORBIDDEN_ADDRESS, 0);
	world_close(&w);
}

static void of_a_name_only_what_is_allowed_is_used(void **state)
{
	struct world w;
	struct http_answer *a;

	(void)state;
	world_open(&w);
	a = get(&w, "mixed.test", "/", true);
	assert_int_equal(a->status, 200);
	assert_string_equal(a->address, "127.0.0.1");
	http_answer_free(a);
	expect(&w, "inside.test", true, E_FORBIDDEN_ADDRESS, 1);
	expect(&w, "mapped.test", true, E_FORBIDDEN_ADDRESS, 1);
	world_close(&w);
}

/* A connection that is open is no way in for who may not open one. */
static void a_used_connection_is_checked_again(void **state)
{
	struct world w;

	(void)state;
	world_open(&w);
	expect(&w, "ours.test", true, E_NONE, 1);
	expect(&w, "ours.test", true, E_NONE, 1);
	expect(&w, "ours.test", false, E_FORBIDDEN_ADDRESS, 1);
	expect(&w, "127.0.0.1", true, E_NONE, 2);
	expect(&w, "127.0.0.1", false, E_FORBIDDEN_ADDRESS, 2);
	world_close(&w);
}

static void proxies_of_the_environment_are_ignored(void **state)
{
	static const char *const names[] = {"http_proxy", "HTTP_PROXY",
	    "https_proxy", "all_proxy", "ALL_PROXY"};
	char proxy[64];
	struct world w;

	(void)state;
	world_open(&w);
	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", w.server.port);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		setenv(names[i], proxy, 1);
	expect(&w, "inside.test", false, E_FORBIDDEN_ADDRESS, 0);
	expect(&w, "fails.test", false, E_DNS, 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		unsetenv(names[i]);
	world_close(&w);
}

static void names_that_cannot_be_had_are_answers(void **state)
{
	usec_t began = clock_monotonic();
	struct world w;

	(void)state;
	world_open(&w);
	expect(&w, "fails.test", true, E_DNS, 0);
	expect(&w, "none.test", true, E_DNS, 0);
	expect(&w, "hangs.test", true, E_DNS, 0);
	assert_true(clock_monotonic() - began < 3 * USEC_SECOND);
	world_close(&w);
}

/* Those that hang are over last, and dropping what hangs takes no time. */
static void a_name_that_hangs_keeps_nobody_waiting(void **state)
{
	usec_t began = clock_monotonic();
	struct http_request rq = {.url = "http://hangs.test/"};
	struct err err = {0};
	struct world w;

	(void)state;
	world_open(&w);
	for (int i = 0; i < 10; i++)
		http_add(w.http, &rq);
	rq.url = "http://fails.test/";
	http_add(w.http, &rq);
	while (http_in_flight(w.http) > 10)
		assert_int_equal(http_drive(w.http, 1000, &err), 0);
	world_close(&w);
	assert_true(clock_monotonic() - began < USEC_SECOND / 2);
}

static void headers_are_taken_as_they_come(void **state)
{
	struct world w;
	struct http_answer *a;

	(void)state;
	world_open(&w);
	a = get(&w, "ours.test", "/folded", true);
	assert_int_equal(a->status, 200);
	assert_true(slice_is(http_header_find(a, "x"), "a"));
	assert_int_equal(a->headers_n, 2);
	http_answer_free(a);
	http_answer_free(get(&w, "ours.test", "/nameless", true));
	a = get(&w, "ours.test", "/deflate", true);
	assert_true(slice_is(strbuf_slice(&a->body), "ok"));
	http_answer_free(a);
	world_close(&w);
}

/* ---- TLS ------------------------------------------------------------ */

static pid_t tls_server(const char *dir, int port)
{
	char command[600];
	pid_t pid = fork();

	if (pid)
		return pid;
	snprintf(command, sizeof(command),
	    "exec openssl s_server -quiet -www -accept 127.0.0.1:%d -key "
	    "%s/key -cert %s/cert > /dev/null 2>&1 < /dev/null",
	    port, dir, dir);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static void make_certificate(const char *dir)
{
	char command[400];

	snprintf(command, sizeof(command),
	    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "
	    "/CN=good.test -addext subjectAltName=DNS:good.test -keyout %s/key "
	    "-out %s/cert > /dev/null 2>&1",
	    dir, dir);
	if (system(command))
		skip();
}

static enum code tls_code(struct http *h, const char *url)
{
	struct http_request rq = {.url = url, .allow_private = true};
	struct err err = {0};
	struct http_answer *a = http_fetch(h, &rq, &err);
	enum code code = a->err.code;

	http_answer_free(a);
	return code;
}

static void wait_for_port(int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	    .sin_port = htons((uint16_t)port)};
	int fd;

	for (int i = 0; i < 200; i++) {
		fd = socket(AF_INET, SOCK_STREAM, 0);
		if (!connect(fd, (struct sockaddr *)&a, sizeof(a))) {
			close(fd);
			return;
		}
		close(fd);
		poll(NULL, 0, 20);
	}
	fail_msg("openssl s_server does not listen");
}

/* Unknown issuer, then trusted, and then under another name. */
static void tls_is_verified(void **state)
{
	char dir[] = "/tmp/dateline-tls.XXXXXX", ca[64], command[80];
	struct http_range r;
	struct server free_port;
	struct http_resolve hosts[] = {
	    {"good.test", "127.0.0.1", 0}, {"other.test", "127.0.0.1", 0}};
	struct http_conf conf = {.user_agent = "test",
	    .allow = &r,
	    .allow_n = 1,
	    .resolve = hosts,
	    .resolve_n = 2};
	struct err err = {0};
	struct http *h;
	pid_t pid;

	(void)state;
	assert_int_equal(http_range_parse("127.0.0.1/32", &r, &err), 0);
	assert_non_null(mkdtemp(dir));
	make_certificate(dir);
	server_start(&free_port);
	server_stop(&free_port);
	hosts[0].port = hosts[1].port = free_port.port;
	pid = tls_server(dir, free_port.port);
	wait_for_port(free_port.port);
	h = http_new(&conf, &err);
	assert_int_equal(tls_code(h, "https://good.test/"), E_TLS);
	http_free(h);
	snprintf(ca, sizeof(ca), "%s/cert", dir);
	conf.ca_file = ca;
	h = http_new(&conf, &err);
	assert_int_equal(tls_code(h, "https://good.test/"), E_NONE);
	assert_int_equal(tls_code(h, "https://other.test/"), E_TLS);
	assert_int_equal(tls_code(h, "https://127.0.0.1/"), E_CONNECTION);
	http_free(h);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_private_address_is_connected_to),
	    cmocka_unit_test(of_a_name_only_what_is_allowed_is_used),
	    cmocka_unit_test(a_used_connection_is_checked_again),
	    cmocka_unit_test(proxies_of_the_environment_are_ignored),
	    cmocka_unit_test(names_that_cannot_be_had_are_answers),
	    cmocka_unit_test(a_name_that_hangs_keeps_nobody_waiting),
	    cmocka_unit_test(headers_are_taken_as_they_come),
	    cmocka_unit_test(tls_is_verified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
