#include "core/http_transfer.h"

#include "core/address.h"
#include "core/http_answer.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define BODY_MAX      (8 << 20)
#define HEADER_MAX    (64 << 10)
#define REDIRECT_BODY (64 << 10) /* nobody reads the page of a redirect */
#define TOTAL_MS      120000
/* Most pages, packed, come in one piece; thousands of transfers have one. */
#define BUFFER (32 << 10)
/* A length that is announced is believed so far that room is made for it. */
#define ROOM_MAX (256 << 10)

/* ---- addresses ------------------------------------------------------ */

static bool may_connect(const struct transfer *t, const struct address *a)
{
	const struct http_conf *c = t->conf;

	if (address_is_public(a))
		return true;
	for (size_t i = 0; t->allow_private && i < c->allow_n; i++)
		if (address_in(a, c->allow[i].addr, c->allow[i].bits))
			return true;
	return false;
}

/* Every connection passes here, whatever name led to it. */
static curl_socket_t open_socket(void *self, curlsocktype purpose,
    struct curl_sockaddr *sa)
{
	struct transfer *t = self;
	struct address a;
	int fd;

	(void)purpose;
	if (!address_from_sockaddr(&sa->addr, &a) || !may_connect(t, &a)) {
		t->refused_address = true;
		return CURL_SOCKET_BAD;
	}
	fd = socket(sa->family, sa->socktype | SOCK_CLOEXEC, sa->protocol);
	if (fd >= 0)
		http_socket_opened(t->http, fd);
	return fd;
}

/* A connection that is used again was opened for a request that may have been
 * allowed more than this one. */
static int before_request(void *self, char *ip, char *own, int port, int ours)
{
	struct transfer *t = self;
	struct address a;

	(void)own;
	(void)port;
	(void)ours;
	if (address_parse(slice_of(ip), &a) || !may_connect(t, &a)) {
		t->refused_address = true;
		return CURL_PREREQFUNC_ABORT;
	}
	return CURL_PREREQFUNC_OK;
}

/* libcurl's own resolver, which may block, has nothing to do. */
static int before_resolving(void *state, void *reserved, void *self)
{
	const struct transfer *t = self;

	(void)state;
	(void)reserved;
	return !t->numeric;
}

/* ---- what comes ----------------------------------------------------- */

static size_t on_body(char *p, size_t size, size_t n, void *self)
{
	struct transfer *t = self;
	long status = 0;

	n *= size;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 300 && status < 400 &&
	    t->answer->body.n + n > REDIRECT_BODY) {
		t->redirect_done = true;
		return 0;
	}
	if ((int64_t)(t->answer->body.n + n) > t->max_body) {
		t->stop = E_BODY_TOO_LARGE;
		return 0;
	}
	strbuf_add(&t->answer->body, p, n);
	return n;
}

/* A length over the limit is refused before the body comes: libcurl drops one
 * that no int64_t holds, and takes what comes then for the whole. */
static int keep_length(struct transfer *t, int64_t length)
{
	long status = 0;

	t->lengths_conflict |= t->length >= 0 && t->length != length;
	t->length = length;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 300 && status < 400)
		return 0;
	if (length <= t->max_body) {
		if (length > 0)
			strbuf_grow(&t->answer->body, (size_t)(length < ROOM_MAX
			    ? length : ROOM_MAX));
		return 0;
	}
	t->stop = E_BODY_TOO_LARGE;
	return -1;
}

static int keep_header(struct transfer *t, struct slice line)
{
	const struct http_header *h = http_answer_add(t->answer, line);

	/* the copy ends with NUL */
	if (h && slice_ieq(h->name, SLICE("content-length")))
		return keep_length(t, strtoll(h->value.p, NULL, 10));
	return 0;
}

/* Of the last answer alone, and no trailers. */
static void keep_line(struct transfer *t, struct slice line)
{
	struct strbuf *head = &t->answer->head;

	if (!t->conf->keep_wire)
		return;
	if (slice_starts(line, SLICE("HTTP/")))
		strbuf_reset(head);
	if (head->n < 4 || memcmp(head->p + head->n - 4, "\r\n\r\n", 4))
		strbuf_addsl(head, line);
}

static size_t on_header(char *p, size_t size, size_t n, void *self)
{
	struct transfer *t = self;
	struct slice line = {p, n *= size};
	int64_t most = t->conf->max_header_bytes;

	t->header_bytes += (int64_t)n;
	if (t->header_bytes > (most ? most : HEADER_MAX)) {
		t->stop = E_HEADERS_TOO_LARGE;
		return 0;
	}
	keep_line(t, line);
	if (slice_starts(line, SLICE("HTTP/"))) {
		http_answer_forget_headers(t->answer);
		t->length = -1;
		return n;
	}
	return keep_header(t, line) ? 0 : n;
}

/* ---- options -------------------------------------------------------- */

#define SET(t, o, v)	 curl_easy_setopt((t)->easy, CURLOPT_##o, (v))
#define PREPARE(e, o, v) curl_easy_setopt((e), CURLOPT_##o, (v))

static long time_left_ms(const struct transfer *t)
{
	int all = t->conf->total_timeout_ms;
	usec_t left = (usec_t)(all ? all : TOTAL_MS) -
		      (clock_monotonic() - t->started) / 1000;

	return left < 1 ? 1 : (long)left;
}

void transfer_set_timeout(struct transfer *t)
{
	SET(t, TIMEOUT_MS, time_left_ms(t));
}

static void prepare_limits(CURL *e, const struct http_conf *c)
{
	PREPARE(e, CONNECTTIMEOUT_MS, (long)(c->connect_timeout_ms ?
	    c->connect_timeout_ms : 15000));
	PREPARE(e, LOW_SPEED_LIMIT, (long)(c->low_speed_bytes ?
	    c->low_speed_bytes : 100));
	PREPARE(e, LOW_SPEED_TIME, (long)(c->low_speed_s ?
	    c->low_speed_s : 15));
	PREPARE(e, BUFFERSIZE, (long)BUFFER);
}

void transfer_prepare(CURL *e, const struct http_conf *c,
    curl_closesocket_callback close_socket, void *self)
{
	PREPARE(e, CLOSESOCKETFUNCTION, close_socket);
	PREPARE(e, CLOSESOCKETDATA, self);
	PREPARE(e, PROTOCOLS_STR, "http,https");
	PREPARE(e, FOLLOWLOCATION, 0L);
	PREPARE(e, PROXY, ""); /* the environment's would be the peer */
	PREPARE(e, NOSIGNAL, 1L);
	PREPARE(e, HTTP09_ALLOWED, 0L);
	PREPARE(e, PATH_AS_IS, 1L);
	PREPARE(e, HTTP_CONTENT_DECODING, 0L);
	PREPARE(e, USERAGENT, c->user_agent);
	if (c->ca_file)
		PREPARE(e, CAINFO, c->ca_file);
	PREPARE(e, OPENSOCKETFUNCTION, open_socket);
	PREPARE(e, PREREQFUNCTION, before_request);
	PREPARE(e, RESOLVER_START_FUNCTION, before_resolving);
	PREPARE(e, WRITEFUNCTION, on_body);
	PREPARE(e, HEADERFUNCTION, on_header);
	prepare_limits(e, c);
}

static void set_self(struct transfer *t)
{
	SET(t, PRIVATE, t);
	SET(t, OPENSOCKETDATA, t);
	SET(t, PREREQDATA, t);
	SET(t, RESOLVER_START_DATA, t);
	SET(t, WRITEDATA, t);
	SET(t, HEADERDATA, t);
}

static void set_request(struct transfer *t, const struct http_request *rq)
{
	SET(t, URL, rq->url);
	t->headers = curl_slist_append(NULL, "Accept-Encoding: gzip, deflate");
	for (size_t i = 0; rq->headers && rq->headers[i]; i++)
		t->headers = curl_slist_append(t->headers, rq->headers[i]);
	SET(t, HTTPHEADER, t->headers);
	t->plain = !rq->method && !rq->body.p;
	if (rq->method)
		SET(t, CUSTOMREQUEST, rq->method);
	if (rq->body.p) {
		strbuf_addsl(&t->request_body, rq->body);
		SET(t, POSTFIELDSIZE, (long)t->request_body.n);
		SET(t, POSTFIELDS, t->request_body.p);
	}
}

/* The operator's own addresses for names: connect there, ask for the name. */
static bool set_operators(struct transfer *t)
{
	const struct http_conf *c = t->conf;
	struct slice host = t->url.host;
	struct strbuf sb = STRBUF_INIT;
	size_t i = 0;

	while (i < c->resolve_n &&
	       !slice_ieq(host, slice_of(c->resolve[i].host)))
		i++;
	if (i == c->resolve_n)
		return false;
	strbuf_addf(&sb, "%.*s:%d:%s:%d", SLICE_FMT(host), t->url.port,
	    c->resolve[i].address,
	    c->resolve[i].port ? c->resolve[i].port : t->url.port);
	t->resolve = curl_slist_append(NULL, sb.p);
	SET(t, CONNECT_TO, t->resolve);
	strbuf_release(&sb);
	return true;
}

static bool is_literal(struct slice host)
{
	struct address a;

	return (host.n && host.p[0] == '[') || !address_parse_v4(host, &a);
}

void transfer_set_easy(
    struct transfer *t, CURL *easy, const struct http_request *rq)
{
	t->easy = easy;
	set_self(t);
	set_request(t, rq);
	SET(t, CONNECT_TO, NULL);
	SET(t, RESOLVE, NULL);
	t->numeric = set_operators(t) || is_literal(t->url.host);
}

/* "+": libcurl forgets it after a while, but not while it is needed. */
void transfer_set_addresses(struct transfer *t, const struct resolved *found)
{
	struct slice host = t->url.host;
	struct strbuf sb = STRBUF_INIT;
	char text[ADDRESS_TEXT];
	size_t n = 0;

	if (host.n && host.p[host.n - 1] == '.')
		host.n--; /* libcurl looks the name up without it */
	strbuf_addf(&sb, "+%.*s:%d:", SLICE_FMT(host), t->url.port);
	for (size_t i = 0; i < found->n; i++) {
		const struct address *a = &found->addresses[i];

		if (may_connect(t, a))
			strbuf_addf(&sb, address_is_v4(a) ? "%s%s" : "%s[%s]",
			    n++ ? "," : "", address_text(a, text));
	}
	if (n) {
		t->resolve = curl_slist_append(NULL, sb.p);
		SET(t, RESOLVE, t->resolve);
		SET(t, DNS_CACHE_TIMEOUT, 2 * time_left_ms(t) / 1000 + 60);
	} else {
		err_set(&t->answer->err, E_FORBIDDEN_ADDRESS,
		    "the address is private, local or reserved");
	}
	strbuf_release(&sb);
}

/* ---- ends ----------------------------------------------------------- */

static const struct {
	CURLcode rc;
	enum code code;
} codes[] = {
	{CURLE_UNSUPPORTED_PROTOCOL, E_PROTOCOL}, /* HTTP/0.9: schemes are
						     checked before */
	{CURLE_URL_MALFORMAT, E_INVALID_URL},
	{CURLE_COULDNT_RESOLVE_HOST, E_DNS},
	{CURLE_COULDNT_CONNECT, E_CONNECTION},
	{CURLE_WEIRD_SERVER_REPLY, E_PROTOCOL},
	{CURLE_HTTP2, E_PROTOCOL},
	{CURLE_PARTIAL_FILE, E_TRUNCATED},
	{CURLE_OUT_OF_MEMORY, E_HEADERS_TOO_LARGE},
	{CURLE_OPERATION_TIMEDOUT, E_TOO_SLOW},
	{CURLE_SSL_CONNECT_ERROR, E_TLS},
	{CURLE_PEER_FAILED_VERIFICATION, E_TLS},
	{CURLE_SSL_CERTPROBLEM, E_TLS},
	{CURLE_SSL_CACERT_BADFILE, E_TLS},
	{CURLE_GOT_NOTHING, E_EMPTY_REPLY},
	{CURLE_BAD_CONTENT_ENCODING, E_BAD_ENCODING},
	{CURLE_SEND_ERROR, E_CONNECTION},
};

/* 56 is both "reset" and "the chunks make no sense". */
static enum code recv_error(const struct transfer *t)
{
	long os = 0;

	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &os);
	return t->header_bytes && !os ? E_PROTOCOL : E_CONNECTION;
}

static void set_error(struct transfer *t, CURLcode rc)
{
	enum code code = E_CONNECTION;

	if (t->refused_address) {
		err_set(&t->answer->err, E_FORBIDDEN_ADDRESS,
		    "the address is private, local or reserved");
		return;
	}
	if (t->stop) {
		err_set(&t->answer->err, t->stop, "%s", code_text(t->stop));
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (codes[i].rc == rc)
			code = codes[i].code;
	if (rc == CURLE_RECV_ERROR)
		code = recv_error(t);
	err_set(&t->answer->err, code, "%s", curl_easy_strerror(rc));
}

void transfer_end(struct transfer *t, CURLcode rc)
{
	struct http_answer *a = t->answer;
	long status = 0;
	char *ip = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &ip);
	snprintf(a->address, sizeof(a->address), "%.60s", ip ? ip : "");
	a->wire_bytes = (int64_t)a->body.n;
	if (rc != CURLE_OK && !t->redirect_done) {
		set_error(t, rc);
		return;
	}
	a->status = (int)status;
	a->truncated = t->lengths_conflict;
	http_answer_decode(a, (size_t)t->max_body, t->conf->keep_wire);
	if (a->err.code)
		a->status = 0;
}

/* ---- life ----------------------------------------------------------- */

static int check_url(struct transfer *t, const char *text, struct err *err)
{
	if (url_parse(slice_of(text), NULL, &t->arena, &t->url, err))
		return -1;
	return url_check_fetch(&t->url, err);
}

struct transfer *transfer_new(
    const struct http_conf *conf, const struct http_request *rq)
{
	struct transfer *t = xcalloc(1, sizeof(*t));
	int64_t most = conf->max_body_bytes ? conf->max_body_bytes : BODY_MAX;

	t->conf = conf;
	t->answer = http_answer_new(rq->tag);
	t->allow_private = rq->allow_private;
	t->length = -1;
	t->max_body = rq->max_body_bytes ? rq->max_body_bytes : most;
	t->started = clock_monotonic();
	strbuf_init(&t->request_body);
	arena_init(&t->arena);
	(void)check_url(t, rq->url, &t->answer->err); /* err tells */
	return t;
}

void transfer_free(struct transfer *t)
{
	curl_slist_free_all(t->headers);
	curl_slist_free_all(t->resolve);
	strbuf_release(&t->request_body);
	http_answer_free(t->answer);
	arena_release(&t->arena);
	free(t);
}
