#include "crawler/fetch.h"

#include "core/attr.h"

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

/* ---- rights --------------------------------------------------------- */

void fetch_rights(const struct http_answer *a, struct rights *r)
{
	for (size_t i = 0; i < a->headers_n; i++)
		rights_header(r, a->headers[i].name, a->headers[i].value);
}

/* ---- how long it may be kept ---------------------------------------- */

/* Seconds; -1: none. RFC 9111, 1.2.2: what is too large is 2^31. */
static int64_t seconds(struct slice s)
{
	int64_t n = 0;

	if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = slice_sub(s, 1, s.n - 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		n = n * 10 + (s.p[i] - '0');
		if (n > INT32_MAX)
			n = INT32_MAX;
	}
	return s.n ? n : -1;
}

static int64_t directive(struct slice s)
{
	static const struct slice name = {"max-age=", 8};

	if (slice_ieq(s, SLICE("no-cache")) || slice_ieq(s, SLICE("no-store")))
		return 0;
	return slice_istarts(s, name) ? seconds(slice_sub(s, name.n, s.n)) : -1;
}

/* Of what is said twice, the least. */
static int64_t least(struct slice value, int64_t said)
{
	for (size_t from = 0, to; from < value.n; from = to + 1) {
		int64_t n;

		for (to = from; to < value.n && value.p[to] != ',';)
			to++;
		n = directive(slice_trim(slice_sub(value, from, to)));
		if (n >= 0 && (said < 0 || n < said))
			said = n;
	}
	return said;
}

usec_t fetch_max_age(const struct http_answer *a)
{
	int64_t said = -1, age = seconds(http_header_find(a, "age"));

	for (size_t i = 0; i < a->headers_n; i++)
		if (slice_ieq(a->headers[i].name, SLICE("cache-control")))
			said = least(a->headers[i].value, said);
	if (said < 0)
		return -1;
	if (age > 0)
		said = said > age ? said - age : 0;
	return said * USEC_SECOND;
}

/* ---- redirects ------------------------------------------------------ */

bool fetch_is_redirect(const struct http_answer *a)
{
	return !a->err.code &&
	       (a->status == 301 || a->status == 302 || a->status == 303 ||
		   a->status == 307 || a->status == 308) &&
	       http_header_find(a, "location").n;
}

/*
 * Two letters that a front of a language or of a country's edition has for its
 * path: ISO 639-1, ISO 3166-1 and the uk that sites say for gb.
 */
static bool is_edition(struct slice two)
{
	static const char pairs[] =
	    "aa ab ad ae af ag ai ak al am an ao aq ar as at au av aw ax "
	    "ay az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv "
	    "bw by bz ca cc cd ce cf cg ch ci ck cl cm cn co cr cs cu cv "
	    "cw cx cy cz da de dj dk dm do dv dz ec ee eg eh el en eo er "
	    "es et eu fa ff fi fj fk fm fo fr fy ga gb gd ge gf gg gh gi "
	    "gl gm gn gp gq gr gs gt gu gv gw gy ha he hi hk hm hn ho hr "
	    "ht hu hy hz ia id ie ig ii ik il im in io iq ir is it iu ja "
	    "je jm jo jp jv ka ke kg kh ki kj kk kl km kn ko kp kr ks ku "
	    "kv kw ky kz la lb lc lg li lk ln lo lr ls lt lu lv ly ma mc "
	    "md me mf mg mh mi mk ml mm mn mo mp mq mr ms mt mu mv mw mx "
	    "my mz na nb nc nd ne nf ng ni nl nn no np nr nu nv ny nz oc "
	    "oj om or os pa pe pf pg ph pi pk pl pm pn pr ps pt pw py qa "
	    "qu re rm rn ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm "
	    "sn so sq sr ss st su sv sw sx sy sz ta tc td te tf tg th ti "
	    "tj tk tl tm tn to tr ts tt tv tw ty tz ua ug uk um ur us uy "
	    "uz va vc ve vg vi vn vo vu wa wf wo ws xh ye yi yo yt za zh "
	    "zm zu zw";

	for (size_t i = 0; i < sizeof(pairs); i += 3)
		if (!memcmp(two.p, pairs + i, 2))
			return true;
	return false;
}

bool fetch_is_front(const struct url *u)
{
	static const char *const names[] = {"/index.html", "/index.htm",
	    "/index.php", "/home", "/home/"};
	struct slice p = u->path;

	if (u->query.n)
		return false;
	if (p.n == 3 || (p.n == 4 && p.p[3] == '/'))
		return is_edition(slice_sub(p, 1, 3));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (slice_is(p, names[i]))
			return true;
	return p.n <= 1;
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
	if (fetch_is_front(&hop->url) && !fetch_is_front(page)) {
		hop->outcome = OUTCOME_TO_FRONT;
		return;
	}
	hop->follow = true;
}
