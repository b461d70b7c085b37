#include "crawler/fetch.h"

/* ---- outcomes ------------------------------------------------------- */

enum outcome fetch_outcome(int status, bool conditional)
{
	switch (status) {
	case 200:
	case 203: /* changed on the way, but the page */
		return OUTCOME_ARTICLE;
	case 206: /* a part, though none was asked for */
		return OUTCOME_TRUNCATED;
	case 304:
		return conditional ? OUTCOME_UNCHANGED : OUTCOME_HTTP_ERROR;
	case 404:
	case 410:
		return OUTCOME_GONE;
	default: /* 202 is how guards against robots answer, 204 has no page */
		return OUTCOME_HTTP_ERROR;
	}
}

void fetch_capture(
    const struct http_answer *a, bool conditional, struct capture *c)
{
	c->http_status = a->status;
	c->content_type = http_header_find(a, "content-type");
	c->etag = http_header_find(a, "etag");
	c->last_modified = http_header_find(a, "last-modified");
	c->location = http_header_find(a, "location");
	c->duration = a->duration;
	if (a->err.code) {
		c->outcome = OUTCOME_FETCH_ERROR;
		c->err = a->err;
		return;
	}
	c->head = a->head.n ? strbuf_slice(&a->head) : SLICE_NONE;
	c->wire = strbuf_slice(a->wire.n ? &a->wire : &a->body);
	c->address = slice_of(a->address);
	c->outcome = fetch_outcome(a->status, conditional);
	if (c->outcome == OUTCOME_HTTP_ERROR)
		err_set(&c->err, E_HTTP_STATUS, "status %d", a->status);
	if (c->outcome == OUTCOME_ARTICLE && a->truncated)
		c->outcome = OUTCOME_TRUNCATED;
	if (c->outcome == OUTCOME_TRUNCATED)
		err_set(&c->err, E_SUSPECT_TRUNCATED, "%s",
		    code_text(E_SUSPECT_TRUNCATED));
	if (c->outcome == OUTCOME_ARTICLE || c->outcome == OUTCOME_TRUNCATED)
		c->bytes = strbuf_slice(&a->body);
}

/* ---- X-Robots-Tag --------------------------------------------------- */

/* Directives that have a value, so that their colon ends no agent's name. */
static bool has_value(struct slice name)
{
	return slice_istarts(name, SLICE("max-")) ||
	       slice_ieq(name, SLICE("unavailable_after"));
}

static bool tag_says_noindex(struct slice v, struct slice token)
{
	bool ours = true;

	while (v.n) {
		const char *comma = memchr(v.p, ',', v.n), *colon;
		size_t n = comma ? (size_t)(comma - v.p) : v.n;
		struct slice item = slice_trim(slice_sub(v, 0, n)), name;

		v = slice_sub(v, n + 1, v.n);
		colon = item.n ? memchr(item.p, ':', item.n) : NULL;
		if (colon) {
			n = (size_t)(colon - item.p);
			name = slice_trim(slice_sub(item, 0, n));
			if (has_value(name))
				continue;
			ours = slice_ieq(name, token);
			item = slice_trim(slice_sub(item, n + 1, item.n));
		}
		if (ours && (slice_ieq(item, SLICE("noindex")) ||
				slice_ieq(item, SLICE("none"))))
			return true;
	}
	return false;
}

bool fetch_noindex(const struct http_answer *a, struct slice token)
{
	for (size_t i = 0; i < a->headers_n; i++)
		if (slice_ieq(a->headers[i].name, SLICE("x-robots-tag")) &&
		    tag_says_noindex(a->headers[i].value, token))
			return true;
	return false;
}

/* ---- redirects ------------------------------------------------------ */

bool fetch_is_redirect(const struct http_answer *a)
{
	return !a->err.code &&
	       (a->status == 301 || a->status == 302 || a->status == 303 ||
		   a->status == 307 || a->status == 308) &&
	       http_header_find(a, "location").n;
}

static bool is_front(const struct url *u)
{
	return u->path.n <= 1 && !u->query.n;
}

/* A fragment is no other place. */
static struct slice without_fragment(const struct url *u)
{
	return u->fragment.p ? slice_sub(u->href, 0,
				   (size_t)(u->fragment.p - u->href.p) - 1)
			     : u->href;
}

void fetch_redirect(const struct http_answer *a, const struct url *from,
    const struct url *page, int hops, struct arena *arena,
    struct fetch_hop *hop)
{
	struct slice to = http_header_find(a, "location"), href;

	*hop = (struct fetch_hop){.outcome = OUTCOME_FETCH_ERROR};
	if (url_parse(to, from, arena, &hop->url, &hop->err) ||
	    url_check_fetch(&hop->url, &hop->err)) {
		err_in(&hop->err, "redirect");
		return;
	}
	href = without_fragment(&hop->url);
	if (hops >= FETCH_HOPS_MAX || slice_eq(href, without_fragment(from)) ||
	    slice_eq(href, without_fragment(page))) {
		err_set(&hop->err, E_TOO_MANY_REDIRECTS,
		    "%d redirects, the last to %.*s", hops + 1,
		    SLICE_FMT(slice_sub(href, 0, 200)));
		return;
	}
	if (is_front(&hop->url) && !is_front(page)) {
		hop->outcome = OUTCOME_TO_FRONT;
		return;
	}
	hop->follow = true;
}
