#include "core/http.h"

#include "core/address.h"
#include "core/arena.h"
#include "core/url.h"
#include "core/zip.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define BODY_MAX      (8 << 20)
#define HEADER_MAX    (64 << 10)
#define HEADERS_MAX   500
#define REDIRECT_BODY (64 << 10) /* nobody reads the page of a redirect */
#define ENCODINGS_MAX 5

struct transfer {
	struct http *http;
	CURL *easy;
	struct curl_slist *headers, *resolve;
	struct strbuf request_body;
	bool allow_private, refused_address;
	int64_t max_body, header_bytes;
	enum code stop; /* why a callback ended it */
	bool redirect_done;
	bool lengths_conflict;
	int64_t length; /* Content-Length, -1: none */
	struct http_answer *answer;
	usec_t started;
	struct transfer *next; /* in http->active */
};

struct answer_box { /* list of what http_next gives */
	struct http_answer *answer;
	struct answer_box *next;
};

struct http {
	CURLM *multi;
	struct http_conf conf;
	struct transfer *active;
	struct answer_box *first, *last;
	size_t in_flight;
};

/* ---- addresses ------------------------------------------------------------------ */

static bool from_sockaddr(const struct sockaddr *sa, struct address *a)
{
	if (sa->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)sa;

		*a = address_from_v4((const unsigned char *)&in->sin_addr);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const void *)sa;

		memcpy(a->b, &in->sin6_addr, sizeof(a->b));
		return true;
	}
	return false;
}

static bool may_connect(const struct transfer *t, const struct address *a)
{
	const struct http_conf *c = &t->http->conf;

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

	(void)purpose;
	if (!from_sockaddr(&sa->addr, &a) || !may_connect(t, &a)) {
		t->refused_address = true;
		return CURL_SOCKET_BAD;
	}
	return socket(sa->family, sa->socktype | SOCK_CLOEXEC, sa->protocol);
}

/* ---- what comes ---------------------------------------------------------------------- */

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

static void forget_headers(struct http_answer *a)
{
	for (size_t i = 0; i < a->headers_n; i++)
		free((char *)a->headers[i].name.p);
	a->headers_n = 0;
}

/* A length over the limit is refused before the body comes: libcurl drops one
 * that no int64_t holds, and takes what comes then for the whole. */
static int keep_length(struct transfer *t, int64_t length)
{
	long status = 0;

	t->lengths_conflict |= t->length >= 0 && t->length != length;
	t->length = length;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (length <= t->max_body || (status >= 300 && status < 400))
		return 0;
	t->stop = E_BODY_TOO_LARGE;
	return -1;
}

static int keep_header(struct transfer *t, struct slice line)
{
	struct http_answer *a = t->answer;
	const char *colon = memchr(line.p, ':', line.n);
	char *copy;
	size_t n;

	if (!colon || a->headers_n == HEADERS_MAX)
		return 0;
	n = (size_t)(colon - line.p);
	copy = xmalloc(line.n + 1);
	memcpy(copy, line.p, line.n);
	copy[n] = copy[line.n] = '\0';
	a->headers[a->headers_n].name = slice_trim((struct slice){copy, n});
	a->headers[a->headers_n++].value = slice_trim((struct slice){
	    copy + n + 1, line.n - n - 1});
	if (slice_ieq((struct slice){copy, n}, SLICE("content-length")))
		return keep_length(t, strtoll(copy + n + 1, NULL, 10));
	return 0;
}

/* Of the last answer alone, and no trailers. */
static void keep_line(struct transfer *t, struct slice line)
{
	struct strbuf *head = &t->answer->head;

	if (!t->http->conf.keep_wire)
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
	int64_t most = t->http->conf.max_header_bytes;

	t->header_bytes += (int64_t)n;
	if (t->header_bytes > (most ? most : HEADER_MAX)) {
		t->stop = E_HEADERS_TOO_LARGE;
		return 0;
	}
	keep_line(t, line);
	if (slice_starts(line, SLICE("HTTP/"))) {
		forget_headers(t->answer);
		t->length = -1;
		return n;
	}
	return keep_header(t, line) ? 0 : n;
}

/* ---- making a transfer ------------------------------------------------------------------ */

static struct http_answer *answer_new(void *tag)
{
	struct http_answer *a = xcalloc(1, sizeof(*a));

	a->tag = tag;
	a->headers = xcalloc(HEADERS_MAX, sizeof(*a->headers));
	strbuf_init(&a->body);
	strbuf_init(&a->head);
	strbuf_init(&a->wire);
	return a;
}

void http_answer_free(struct http_answer *a)
{
	if (!a)
		return;
	forget_headers(a);
	free(a->headers);
	strbuf_release(&a->body);
	strbuf_release(&a->head);
	strbuf_release(&a->wire);
	free(a);
}

static void deliver(struct http *h, struct http_answer *a)
{
	struct answer_box *b = xcalloc(1, sizeof(*b));

	b->answer = a;
	if (h->last)
		h->last->next = b;
	else
		h->first = b;
	h->last = b;
}

static void transfer_free(struct transfer *t)
{
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	curl_slist_free_all(t->resolve);
	strbuf_release(&t->request_body);
	http_answer_free(t->answer);
	free(t);
}

/* The operator's own addresses for names: connect there, ask for the name. */
static void set_resolve(struct transfer *t, const struct url *u)
{
	const struct http_conf *c = &t->http->conf;
	struct strbuf sb = STRBUF_INIT;

	for (size_t i = 0; i < c->resolve_n; i++) {
		if (!slice_ieq(u->host, slice_of(c->resolve[i].host)))
			continue;
		strbuf_addf(&sb, "%.*s:%d:%s:%d", SLICE_FMT(u->host), u->port,
		    c->resolve[i].address, c->resolve[i].port ?
		    c->resolve[i].port : u->port);
		t->resolve = curl_slist_append(NULL, sb.p);
		curl_easy_setopt(t->easy, CURLOPT_CONNECT_TO, t->resolve);
		break;
	}
	strbuf_release(&sb);
}

#define SET(t, o, v) curl_easy_setopt((t)->easy, CURLOPT_##o, (v))

static void set_limits(struct transfer *t)
{
	const struct http_conf *c = &t->http->conf;

	SET(t, CONNECTTIMEOUT_MS, (long)(c->connect_timeout_ms ?
	    c->connect_timeout_ms : 15000));
	SET(t, TIMEOUT_MS, (long)(c->total_timeout_ms ? c->total_timeout_ms :
	    120000));
	SET(t, LOW_SPEED_LIMIT, (long)(c->low_speed_bytes ?
	    c->low_speed_bytes : 100));
	SET(t, LOW_SPEED_TIME, (long)(c->low_speed_s ? c->low_speed_s : 15));
	SET(t, BUFFERSIZE, 65536L);
}

static void set_options(struct transfer *t, const struct http_request *rq)
{
	SET(t, URL, rq->url);
	SET(t, PRIVATE, t);
	SET(t, PROTOCOLS_STR, "http,https");
	SET(t, FOLLOWLOCATION, 0L);
	SET(t, PROXY, ""); /* the environment's would be the socket's peer */
	SET(t, NOSIGNAL, 1L);
	SET(t, HTTP09_ALLOWED, 0L);
	SET(t, PATH_AS_IS, 1L);
	SET(t, HTTP_CONTENT_DECODING, 0L);
	SET(t, USERAGENT, t->http->conf.user_agent);
	SET(t, OPENSOCKETFUNCTION, open_socket);
	SET(t, OPENSOCKETDATA, t);
	SET(t, WRITEFUNCTION, on_body);
	SET(t, WRITEDATA, t);
	SET(t, HEADERFUNCTION, on_header);
	SET(t, HEADERDATA, t);
	t->headers = curl_slist_append(NULL, "Accept-Encoding: gzip, deflate");
	for (size_t i = 0; rq->headers && rq->headers[i]; i++)
		t->headers = curl_slist_append(t->headers, rq->headers[i]);
	SET(t, HTTPHEADER, t->headers);
	if (rq->method)
		SET(t, CUSTOMREQUEST, rq->method);
	if (rq->body.p) {
		strbuf_addsl(&t->request_body, rq->body);
		SET(t, POSTFIELDSIZE, (long)t->request_body.n);
		SET(t, POSTFIELDS, t->request_body.p);
	}
	set_limits(t);
}

static int check_url(const char *text, struct arena *a, struct url *u,
    struct err *err)
{
	if (url_parse(slice_of(text), NULL, a, u, err))
		return -1;
	return url_check_fetch(u, err);
}

void http_add(struct http *h, const struct http_request *rq)
{
	struct transfer *t = xcalloc(1, sizeof(*t));
	struct arena a;
	struct url u;

	t->http = h;
	t->answer = answer_new(rq->tag);
	t->allow_private = rq->allow_private;
	t->length = -1;
	t->max_body = rq->max_body_bytes ? rq->max_body_bytes :
	    h->conf.max_body_bytes ? h->conf.max_body_bytes : BODY_MAX;
	t->started = clock_monotonic();
	strbuf_init(&t->request_body);
	arena_init(&a);
	if (check_url(rq->url, &a, &u, &t->answer->err)) {
		deliver(h, t->answer);
		t->answer = NULL;
		transfer_free(t);
		arena_release(&a);
		return;
	}
	t->easy = curl_easy_init();
	if (!t->easy)
		BUG("curl_easy_init");
	set_options(t, rq);
	set_resolve(t, &u);
	arena_release(&a);
	t->next = h->active;
	h->active = t;
	h->in_flight++;
	curl_multi_add_handle(h->multi, t->easy);
}

/* ---- ends ------------------------------------------------------------------------------------ */

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

/* Content-Encoding is undone here, so that a stream cut short is seen. */
static void decode(struct transfer *t)
{
	struct http_answer *a = t->answer;
	struct slice enc = http_header_find(a, "content-encoding");
	struct strbuf plain = STRBUF_INIT;
	size_t names = 1;

	if (!enc.n || slice_ieq(enc, SLICE("identity")) || !a->body.n)
		return;
	for (size_t i = 0; i < enc.n; i++)
		names += enc.p[i] == ',';
	if (names > ENCODINGS_MAX) {
		err_set(&a->err, E_BAD_ENCODING, "%zu content encodings", names);
		return;
	}
	if (t->http->conf.keep_wire)
		strbuf_addsl(&a->wire, strbuf_slice(&a->body));
	for (; names; names--) {
		strbuf_reset(&plain);
		if (!zip_is_gzip(strbuf_slice(&a->body)) &&
		    slice_ifind(enc, SLICE("deflate"), 0) < 0) {
			err_set(&a->err, E_BAD_ENCODING,
			    "content encoding \"%.*s\"", SLICE_FMT(enc));
			break;
		}
		if (zip_gunzip(strbuf_slice(&a->body), (size_t)t->max_body,
		    &plain, &a->err)) {
			if (a->err.code != E_TRUNCATED)
				break;
			a->truncated = true;
			a->err = (struct err){0};
		}
		strbuf_reset(&a->body);
		strbuf_addsl(&a->body, strbuf_slice(&plain));
	}
	strbuf_release(&plain);
}

static void finish(struct http *h, struct transfer *t, CURLcode rc)
{
	struct http_answer *a = t->answer;
	struct transfer **at = &h->active;
	long status = 0;
	char *ip = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &ip);
	snprintf(a->address, sizeof(a->address), "%.60s", ip ? ip : "");
	a->duration = clock_monotonic() - t->started;
	a->wire_bytes = (int64_t)a->body.n;
	if (rc == CURLE_OK || t->redirect_done) {
		a->status = (int)status;
		a->truncated = t->lengths_conflict;
		decode(t);
		if (a->err.code)
			a->status = 0;
	} else {
		set_error(t, rc);
	}
	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	h->in_flight--;
	curl_multi_remove_handle(h->multi, t->easy);
	t->answer = NULL;
	transfer_free(t);
	deliver(h, a);
}

/* ---- the multi -------------------------------------------------------------------------------- */

struct http *http_new(const struct http_conf *conf, struct err *err)
{
	struct http *h = xcalloc(1, sizeof(*h));

	h->conf = *conf;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	h->multi = curl_multi_init();
	if (!h->multi) {
		free(h);
		err_set(err, E_NO_MEMORY, "curl_multi_init");
		return NULL;
	}
	curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)(conf->max_connections ? conf->max_connections : 256));
	return h;
}

void http_free(struct http *h)
{
	struct http_answer *a;

	if (!h)
		return;
	while (h->active) {
		struct transfer *t = h->active;

		h->active = t->next;
		curl_multi_remove_handle(h->multi, t->easy);
		transfer_free(t);
	}
	while ((a = http_next(h)) != NULL)
		http_answer_free(a);
	curl_multi_cleanup(h->multi);
	free(h);
}

size_t http_in_flight(const struct http *h)
{
	return h->in_flight;
}

static int perform(struct http *h, struct err *err)
{
	CURLMcode rc;
	CURLMsg *m;
	int running, left;

	rc = curl_multi_perform(h->multi, &running);
	if (rc)
		return err_set(err, E_INTERNAL, "%s", curl_multi_strerror(rc));
	while ((m = curl_multi_info_read(h->multi, &left)) != NULL) {
		struct transfer *t = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		finish(h, t, m->data.result);
	}
	return 0;
}

int http_drive(struct http *h, int timeout_ms, struct err *err)
{
	if (perform(h, err))
		return -1;
	if (h->first)
		return 0;
	curl_multi_poll(h->multi, NULL, 0, timeout_ms, NULL);
	return perform(h, err);
}

struct http_answer *http_next(struct http *h)
{
	struct answer_box *b = h->first;
	struct http_answer *a;

	if (!b)
		return NULL;
	h->first = b->next;
	if (!h->first)
		h->last = NULL;
	a = b->answer;
	free(b);
	return a;
}

struct slice http_header_find(const struct http_answer *a, const char *name)
{
	for (size_t i = 0; i < a->headers_n; i++)
		if (slice_ieq(a->headers[i].name, slice_of(name)))
			return a->headers[i].value;
	return SLICE_NONE;
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
