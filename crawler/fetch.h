#ifndef CRAWLER_FETCH_H
#define CRAWLER_FETCH_H
#include "core/http.h"
#include "core/url.h"
#include "model/capture.h"

/*
 * What an answer means: status and headers -> outcome, redirect -> next hop.
 * Pure functions over what core/http brought.
 */

/* Redirects of a page, and of a robots.txt, where RFC 9309, 2.3.1.2, asks for
 * five at least. */
#define FETCH_HOPS_MAX 5

/* conditional: If-None-Match or If-Modified-Since was sent; else a 304 is an
 * error. 200 and 203 are OUTCOME_ARTICLE: to be read. */
enum outcome fetch_outcome(int status, bool conditional);
/* Fills outcome, status, headers, bytes, duration and err; slices borrow a.
 * What belongs to the page (url, host, final_url, fetched_at) is not set. */
void fetch_capture(
    const struct http_answer *a, bool conditional, struct capture *c);
/* What the headers say of the page's use; slices borrow a. */
void fetch_rights(const struct http_answer *a, struct rights *r);
/*
 * For how long the answer may be kept (RFC 9111, 4.2): max-age of
 * Cache-Control less Age; 0 for no-cache and no-store; -1: it does not say.
 */
usec_t fetch_max_age(const struct http_answer *a);

/* The front of a site: "/", and what sites call it besides; of an edition:
 * "/en/". */
bool fetch_is_front(const struct url *u);
bool fetch_is_redirect(const struct http_answer *a);
struct fetch_hop {
	bool follow;
	enum outcome outcome; /* where it is not followed: TO_FRONT, or */
	struct err err;	      /* FETCH_ERROR and why */
	struct url url;	      /* in arena */
};
/*
 * A redirect of from, the hops-th (from 0) of page; page's scheme is http or
 * https. Refused: over FETCH_HOPS_MAX, back to page or from itself (there are
 * no cookies, so that it would never end), what url_check_fetch refuses.
 */
void fetch_redirect(const struct http_answer *a, const struct url *from,
    const struct url *page, int hops, struct arena *arena,
    struct fetch_hop *hop);

#endif
