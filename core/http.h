#ifndef CORE_HTTP_H
#define CORE_HTTP_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/strbuf.h"

#include <stdint.h>

/*
 * The only door of libcurl: many transfers at once, none of which can reach
 * where it must not. http and https only, redirects are answers (never
 * followed here), proxies of the environment ignored. Names are resolved by
 * core/resolve; of their addresses only those that the request may reach are
 * handed to libcurl, which resolves none itself, and they are checked again at
 * the socket, and once more before the request is sent on a connection.
 */

/* A range of addresses that private targets may lie in ("127.0.0.0/8"). */
struct http_range {
	unsigned char addr[16]; /* IPv4 as ::ffff:a.b.c.d */
	int bits;		/* of 128 */
};
int http_range_parse(const char *text, struct http_range *r, struct err *err)
    MUST_CHECK;

/* A name with an address of the operator's choice ("wire-a.test"). */
struct http_resolve {
	const char *host;
	const char *address; /* "127.0.0.1" */
	int port;	     /* connect there instead of the URL's; 0 = URL's */
};

struct http_conf {
	const char *user_agent;
	const struct http_range *allow; /* private ranges that are allowed */
	size_t allow_n;
	const struct http_resolve *resolve;
	size_t resolve_n;
	const char *nameservers; /* as resolver_conf; NULL: the system's */
	int resolve_timeout_ms;	 /* 0: resolver_conf's */
	const char *ca_file;	 /* trusted instead of the system's; or NULL */
	int64_t max_body_bytes;	  /* decoded; 0: 8 MiB */
	int64_t max_header_bytes; /* 0: 64 KiB */
	int connect_timeout_ms;	  /* 0: 15 s */
	int total_timeout_ms;	  /* 0: 120 s */
	int low_speed_bytes;	  /* per second, 0: 100 ... */
	int low_speed_s;	  /* ... for so long, 0: 15 s */
	int max_connections;	  /* 0: 256 */
	bool keep_wire;		  /* answers have head and wire: for WARC */
	const struct log *log;
};

struct http_request {
	const char *url;    /* serialised by url_parse; checked again here */
	const char *method; /* NULL: GET */
	const char *const *headers; /* "Name: value", NULL at the end; or NULL */
	struct slice body;	    /* for POST and PUT; copied */
	/* May it go to an allowed private range? Only for hosts that the
	 * operator added, never for a redirect from elsewhere. */
	bool allow_private;
	int64_t max_body_bytes; /* 0: the conf's */
	void *tag;		/* given back with the answer */
};

struct http_header {
	struct slice name, value; /* value trimmed */
};

/*
 * An answer. status 0 and err set: nothing usable came (TOO_SLOW, TRUNCATED,
 * FORBIDDEN_ADDRESS, ...); body may hold the part that came.
 */
struct http_answer {
	void *tag;
	int status;
	struct err err;
	struct http_header *headers;
	size_t headers_n, headers_cap;
	struct strbuf body;   /* content-decoded */
	struct strbuf head;   /* keep_wire: status and header lines */
	struct strbuf wire;   /* keep_wire: the body before decoding; empty
			       * where it is body */
	int64_t wire_bytes;   /* as received */
	bool truncated;	      /* suspected: gzip cut short, lengths conflict */
	usec_t duration;      /* microseconds */
	char address[64];     /* of the peer */
	struct arena arena;	  /* of headers */
	struct http_answer *next; /* http's own */
};

struct http; /* a curl_multi with its resolver and limits */

struct http *http_new(const struct http_conf *conf, struct err *err) MUST_CHECK;
void http_free(struct http *h); /* drops what is in flight */

/* Queues a transfer. Refusals that need no network (INVALID_URL, ...) are
 * answers too: they come out of http_next. */
void http_add(struct http *h, const struct http_request *rq);
size_t http_in_flight(const struct http *h);
/* Drives the transfers for at most timeout_ms or until an answer is ready. */
int http_drive(struct http *h, int timeout_ms, struct err *err) MUST_CHECK;
/* A finished answer, or NULL; free with http_answer_free. */
struct http_answer *http_next(struct http *h);
void http_answer_free(struct http_answer *a);

/* First header of that name (ASCII case-insensitive), or SLICE_NONE. */
struct slice http_header_find(const struct http_answer *a, const char *name);

/* One request, waited for: for webhooks and inspections. */
struct http_answer *http_fetch(struct http *h, const struct http_request *rq,
    struct err *err);

#endif
