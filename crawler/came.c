/* What comes of a job: an answer, an outcome without one, a later turn. */
#include "crawler/inside.h"

#include "crawler/fetch.h"

#include <stdlib.h>

/* An answer's weight in the average. */
#define USUAL_SHARE 32

static bool is_text(enum outcome o)
{
	return o == OUTCOME_ARTICLE || o == OUTCOME_UNCHANGED;
}

static enum led led_of(const struct job *j, enum outcome o)
{
	if (j->remembered || (!is_text(o) && !j->misled))
		return LED_UNKNOWN;
	return is_text(o) && j->hops && j->for_good ? LED_FOR_GOOD
						     : LED_NOWHERE;
}

static int give(struct crawler *c, struct job *j, struct capture *cap,
    struct err *err)
{
	cap->url = j->target.url;
	cap->host = j->target.host;
	cap->fetched_at = j->fetched_at == TIME_NONE ? clock_now(c->conf.clock)
						     : j->fetched_at;
	cap->led = led_of(j, cap->outcome);
	cap->unasked = j->fetched_at == TIME_NONE;
	cap->forbidden = cap->forbidden && cap->unasked;
	j->home->targets--;
	if ((j->hops || j->remembered) && !cap->final_url.p)
		cap->final_url = j->url.href;
	log_debug(c->conf.log, "fetch",
	    "host=%.*s url=%.*s http=%d outcome=%s bytes=%zu ms=%lld%s%s%s%s",
	    SLICE_FMT(cap->host), SLICE_FMT(cap->url), cap->http_status,
	    outcome_name(cap->outcome), cap->bytes.n,
	    (long long)(cap->duration / 1000), cap->err.code ? " code=" : "",
	    cap->err.code ? code_name(cap->err.code) : "",
	    cap->err.code ? ": " : "", cap->err.code ? cap->err.message : "");
	return c->frontier.done(c->frontier.self, &j->target, cap, err);
}

int crawler_refuse(
    struct crawler *c, struct job *j, const struct err *why, struct err *err)
{
	struct capture cap = {.outcome = why->code == E_ROBOTS_DISALLOWED
					     ? OUTCOME_ROBOTS
					     : OUTCOME_FETCH_ERROR,
	    .err = *why,
	    .forbidden = why->code == E_ROBOTS_DISALLOWED &&
			 !(j->at && j->at->deny)};
	int rc = give(c, j, &cap, err);

	job_free(j);
	return rc;
}

int crawler_put_off(struct crawler *c, struct host *of, struct job *j,
    usec_t wait, const struct err *why, struct err *err)
{
	usec_t until = clock_now(c->conf.clock) + wait +
		       of->put_off++ * manners_delay(&of->manners);
	char text[TIME_TEXT];
	int rc;

	c->stats.given_back++;
	if (!c->frontier.unasked)
		return crawler_refuse(c, j, why, err);
	log_info(c->conf.log, "rest", "host=%.*s url=%.*s until=%s: %s",
	    SLICE_FMT(j->target.host), SLICE_FMT(j->target.url),
	    time_text(until, text), why->message);
	j->home->targets--;
	rc = c->frontier.unasked(
	    c->frontier.self, &j->target, until, why, err);
	job_free(j);
	return rc;
}

/* Is it not what it was remembered for? Refusals and faults say nothing of
 * where the page leads. */
static bool leads_elsewhere(const struct job *j, const struct http_answer *a)
{
	return j->remembered && !a->err.code &&
	       !is_text(fetch_outcome(a->status, j->conditional)) &&
	       a->status != 429 && a->status < 500;
}

static int page_came(struct crawler *c, struct job *j,
    const struct http_answer *a, struct err *err)
{
	struct capture cap = {0};

	fetch_capture(a, j->conditional, &cap);
	fetch_rights(a, &cap.rights);
	return give(c, j, &cap, err);
}

static int robots_came(struct crawler *c, struct job *j,
    const struct http_answer *a, struct err *err)
{
	int status = a->err.code ? 0 : a->status;

	if (a->err.code == E_BODY_TOO_LARGE)
		status = 200; /* RFC 9309, 2.5: the first part counts */
	return obey_learn(&c->obey, j->robots_of, status,
	    strbuf_slice(&a->body), fetch_max_age(a), &a->err, err);
}

/* Follows, or tells why not; *kept: the job goes on. */
static int redirected(struct crawler *c, struct job *j,
    const struct http_answer *a, bool *kept, struct err *err)
{
	struct capture cap = {0};
	struct fetch_hop hop;

	fetch_redirect(a, &j->url, &j->page, j->hops, &j->arena, &hop);
	*kept = hop.follow;
	if (!hop.follow && j->robots_of) /* RFC 9309, 2.3.1.2: as if none */
		return obey_learn(&c->obey, j->robots_of, 404, SLICE(""),
		    fetch_max_age(a), &hop.err, err);
	if (!hop.follow) {
		fetch_capture(a, false, &cap);
		cap.outcome = hop.outcome;
		cap.err = hop.err;
		if (hop.outcome == OUTCOME_TO_FRONT)
			cap.final_url = hop.url.href;
		return give(c, j, &cap, err);
	}
	c->stats.redirects++;
	j->hops++;
	/* into a private range only among the operator's own hosts */
	if (!slice_eq(hop.url.host, j->url.host))
		j->allow_private = j->allow_private &&
				   c->frontier.is_operators(
				       c->frontier.self, hop.url.host);
	j->url = hop.url;
	j->for_good = j->for_good && (a->status == 301 || a->status == 308);
	j->cleared = false;
	j->conditional = !j->robots_of && job_is_conditional(j);
	return 0;
}

/* How long the host is left alone now. */
static void rest(struct crawler *c, struct host *h, const struct http_answer *a,
    usec_t mono, usec_t now)
{
	struct manners_answer m = {.status = a->err.code ? 0 : a->status,
	    .code = a->err.code,
	    .duration = a->duration,
	    .retry_after = http_header_find(a, "retry-after")};

	manners_after(&h->manners, &m, mono, now);
	if (!h->manners.rests)
		return;
	h->rest_err = a->err;
	if (!a->err.code)
		err_set(&h->rest_err, E_HTTP_STATUS,
		    "the host answered with status %d and wants a rest",
		    a->status);
	log_debug(c->conf.log, "rest", "host=%s ms=%lld: %s", h->name,
	    (long long)(h->manners.next_at - mono) / 1000, h->rest_err.message);
}

static int keep(struct crawler *c, struct host *h, const struct job *j,
    const struct http_answer *a, struct err *err)
{
	usec_t mono = clock_monotonic(), now = clock_now(c->conf.clock);
	int status = a->err.code ? 0 : a->status;
	struct asked x = {.gap = j->gap,
	    .unchanged = status == 304,
	    .throttled = status == 429 || status == 503};

	rest(c, h, a, mono, now);
	if (!c->frontier.asked)
		return 0;
	x.owed = manners_owed(&h->manners, mono, now);
	h->kept_at = x.owed.next_at;
	if (h->manners.rests) {
		x.owed.code = h->rest_err.code;
		x.owed.why = slice_of(h->rest_err.message);
	}
	return c->frontier.asked(c->frontier.self, slice_of(h->name), &x, err);
}

/* What the answer is for; *kept: the job goes on. */
static int take(struct crawler *c, struct job *j, const struct http_answer *a,
    bool *kept, struct err *err)
{
	if (leads_elsewhere(j, a)) {
		job_ask_itself(j);
		j->misled = *kept = true;
		return 0;
	}
	if (fetch_is_redirect(a))
		return redirected(c, j, a, kept, err);
	return j->robots_of ? robots_came(c, j, a, err)
			    : page_came(c, j, a, err);
}

int crawler_came(struct crawler *c, struct http_answer *a, struct err *err)
{
	struct job *j = a->tag;
	struct host *h = j->at->host;
	bool kept = false, early = !j->robots_of;
	int rc;

	h->flying = NULL;
	c->flying--;
	if (!a->err.code)
		c->usual += (a->duration - c->usual) / USUAL_SHARE;
	c->stats.bytes += a->wire_bytes;
	/* robots.txt tells the delay; of a page it is known, and judging may
	 * take a while */
	rc = (early && keep(c, h, j, a, err)) || take(c, j, a, &kept, err) ||
		     (!early && keep(c, h, j, a, err))
		 ? -1
		 : 0;
	http_answer_free(a);
	crawler_touch(c, h);
	if (j->robots_of)
		crawler_touch(c, j->robots_of->host);
	if (kept)
		crawler_queue(c, j, true);
	else
		job_free(j);
	return rc;
}
