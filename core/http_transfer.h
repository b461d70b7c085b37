#ifndef CORE_HTTP_TRANSFER_H
#define CORE_HTTP_TRANSFER_H
#include "core/arena.h"
#include "core/http.h"
#include "core/resolve.h"
#include "core/url.h"

#include <curl/curl.h>

/* One request on its way, with its easy handle; for core/http.c. */
struct transfer {
	const struct http_conf *conf;
	struct http *http; /* http.c's */
	CURL *easy;
	struct curl_slist *headers, *resolve;
	struct strbuf request_body;
	struct arena arena; /* of url */
	struct url url;
	bool allow_private, refused_address;
	bool numeric; /* libcurl connects to an address, not to a name */
	bool plain;   /* a GET: the handle may be used for another */
	int64_t max_body, header_bytes;
	enum code stop; /* why a callback ended it */
	bool redirect_done;
	bool lengths_conflict;
	int64_t length; /* Content-Length, -1: none */
	usec_t started;
	struct http_answer *answer; /* err is set: it needs no network */
	struct transfer *next, *prev; /* http.c's */
};

/* All is copied but conf. */
struct transfer *transfer_new(
    const struct http_conf *conf, const struct http_request *rq);
void transfer_free(struct transfer *t); /* without easy, which is http.c's */
/* Options of a new handle that are the same for all transfers. */
void transfer_prepare(CURL *easy, const struct http_conf *conf,
    curl_closesocket_callback close_socket, void *self);
/* Takes a prepared handle, of whatever transfer it was before. */
void transfer_set_easy(
    struct transfer *t, CURL *easy, const struct http_request *rq);
/* Of what the name led to, what may be reached is handed to libcurl; else the
 * answer's err is set. */
void transfer_set_addresses(struct transfer *t, const struct resolved *found);
/* The time limit, less what resolving took. */
void transfer_set_timeout(struct transfer *t);
/* In http.c: a new socket has that number, whatever is known of an old one. */
void http_socket_opened(struct http *h, int fd);
/* libcurl is done with it: the answer is filled. */
void transfer_end(struct transfer *t, CURLcode rc);

#endif
