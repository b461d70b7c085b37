#ifndef CORE_URL_H
#define CORE_URL_H
#include "core/arena.h"
#include "core/err.h"
#include "core/hash.h"

/*
 * URLs by the WHATWG standard (url.spec.whatwg.org), http and https in full;
 * other schemes are told apart so that they can be refused. Hosts by libidn2
 * (UTS 46) and registrable domains by libpsl, both in core/host.c.
 */
struct url {
	struct slice href;   /* serialised, the whole */
	struct slice scheme; /* "https", lower case, without ':' */
	struct slice username, password;
	struct slice host; /* "xn--e1afmkfd.com", "[::1]", "127.0.0.1"; p NULL
			      without "//" (javascript:, mailto:) */
	int port;	   /* effective: 80 or 443 where none is written; -1
			      where none is and the scheme has no default */
	struct slice path; /* "/a/b" */
	struct slice query; /* without '?'; p NULL if there is none */
	struct slice fragment; /* without '#'; p NULL if there is none */
};

/* A longer one is not fetched (INVALID_URL): what the great engines take. */
#define URL_MAX_BYTES 2083
/* A longer one is not even a page's name: what all should take, RFC 9110, 4.1.
 */
#define URL_KEPT_MAX_BYTES 8000

/* base may be NULL. Slices lie in a. E_INVALID_URL. No length limit here. */
int url_parse(struct slice input, const struct url *base, struct arena *a,
    struct url *out, struct err *err) MUST_CHECK;

/*
 * What pages are told apart by: https for http, no userinfo, no fragment, no
 * "www.", no default port, no tracking parameters (utm_*, fbclid, gclid, ...),
 * other parameters sorted, no trailing slash or index file; AMP and mobile
 * doubles as far as the URL tells. For two URLs of one page the same text.
 */
struct slice url_key(const struct url *u, struct arena *a);
/* XXH3-128 of url_key. */
struct hash128 url_key_hash(const struct url *u, struct arena *a);

/* "example.com"; "x.test:8080" (in a) where the port is not the scheme's own. */
struct slice url_authority(const struct url *u, struct arena *a);
/* May it be fetched: FORBIDDEN_SCHEME, FORBIDDEN_PORT (the WHATWG "bad port"
 * list), INVALID_URL (too long, no host), or 0. */
int url_check_fetch(const struct url *u, struct err *err) MUST_CHECK;

/* "example.co.uk" of "news.example.co.uk"; the host itself where the list
 * knows none (an address, localhost, x.test). */
struct slice host_registrable(struct slice host, struct arena *a);
/* Does the host end in .test (RFC 6761): ours to play with. */
bool host_is_test(struct slice host);

#endif
