/* What pages are told apart by, and what may be fetched. */
#include "core/url.h"

#include "core/strbuf.h"

#include <stdlib.h>

/* Parameters that say where a reader came from, never what is shown. */
static const char *const tracking[] = {"fbclid", "gclid", "dclid", "msclkid",
    "yclid", "gbraid", "wbraid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl",
    "cmpid", "cmp", "ocid", "ncid", "icid", "ito", "smid", "sref", "ftag",
    "xtor", "wt_mc", "wt.mc_id", "s_cid", "s_campaign", "ns_mchannel",
    "ns_source", "ns_campaign", "ns_linkname", "ref_src", "ref_url", "taid",
    "partner", "feature", "spm", "share", "shareid", "sharetype", "amp", "_amp",
    "phpsessid", "jsessionid", "sessionid", "sid"};
static const char *const tracking_prefixes[] = {"utm_", "at_", "pk_", "mtm_",
    "hsa_", "vero_", "oly_"};
/* Values that ask for another form of the same page. */
static const char *const forms[] = {"outputtype=amp", "output=amp", "amp=1",
    "m=1", "mobile=1", "view=mobile", "print=1", "ampmode=1"};

static bool is_tracking(struct slice pair)
{
	const char *eq = memchr(pair.p, '=', pair.n);
	struct slice name = {pair.p, eq ? (size_t)(eq - pair.p) : pair.n};

	for (size_t i = 0; i < ARRAY_LEN(tracking); i++)
		if (slice_ieq(name, slice_of(tracking[i])))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(tracking_prefixes); i++)
		if (slice_istarts(name, slice_of(tracking_prefixes[i])))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (slice_ieq(pair, slice_of(forms[i])))
			return true;
	return false;
}

static int by_bytes(const void *x, const void *y)
{
	const struct slice *a = x, *b = y;
	size_t n = a->n < b->n ? a->n : b->n;
	int d = memcmp(a->p, b->p, n);

	return d ? d : (a->n > b->n) - (a->n < b->n);
}

static void add_query(struct strbuf *key, struct slice query, struct arena *a)
{
	struct slice *pairs = arena_alloc(a, (query.n + 1) * sizeof(*pairs));
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= query.n; i++) {
		struct slice pair;

		if (i < query.n && query.p[i] != '&')
			continue;
		pair = slice_sub(query, from, i);
		from = i + 1;
		if (pair.n && !is_tracking(pair))
			pairs[n++] = pair;
	}
	if (n)
		qsort(pairs, n, sizeof(*pairs), by_bytes);
	for (size_t i = 0; i < n; i++) {
		strbuf_addc(key, i ? '&' : '?');
		strbuf_addsl(key, pairs[i]);
	}
}

static bool cut_end(struct slice *s, const char *end)
{
	size_t n = strlen(end);

	if (s->n < n || !slice_is(slice_sub(*s, s->n - n, s->n), end))
		return false;
	s->n -= n;
	return true;
}

static bool cut_start(struct slice *s, const char *start)
{
	if (!slice_starts(*s, slice_of(start)))
		return false;
	s->p += strlen(start);
	s->n -= strlen(start);
	return true;
}

/* Labels of doubles: only before a name that has a dot left. */
static struct slice plain_host(struct slice host)
{
	static const char *const labels[] = {"www.", "m.", "amp.", "mobile."};

	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		struct slice rest = host;

		if (cut_start(&rest, labels[i]) &&
		    memchr(rest.p, '.', rest.n))
			host = rest;
	}
	return host;
}

static struct slice plain_path(struct slice path)
{
	static const char *const ends[] = {"/index.html", "/index.htm",
	    "/index.php", "/default.aspx", "/amp", "/amp.html", ".amp",
	    "/amphtml"};

	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (path.n > strlen(ends[i]) && cut_end(&path, ends[i]))
			break;
	if (slice_starts(path, SLICE("/amp/")))
		cut_start(&path, "/amp");
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

struct slice url_key(const struct url *u, struct arena *a)
{
	struct strbuf key = STRBUF_INIT;
	struct slice out;

	strbuf_adds(&key, "https://");
	strbuf_addsl(&key, plain_host(u->host));
	if (u->port > 0 && u->port != 80 && u->port != 443)
		strbuf_addf(&key, ":%d", u->port);
	strbuf_addsl(&key, plain_path(u->path));
	add_query(&key, u->query, a);
	out = arena_slice(a, strbuf_slice(&key));
	strbuf_release(&key);
	return out;
}

struct hash128 url_key_hash(const struct url *u, struct arena *a)
{
	struct slice key = url_key(u, a);

	return hash128(key.p, key.n);
}

/* fetch.spec.whatwg.org, "port blocking": the bad ports. */
static const int bad_ports[] = {0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23,
    25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
    113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512,
    513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
    989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};

int url_check_fetch(const struct url *u, struct err *err)
{
	if (!slice_is(u->scheme, "http") && !slice_is(u->scheme, "https"))
		return err_set(err, E_FORBIDDEN_SCHEME,
		    "scheme \"%.*s\": only http and https are fetched",
		    SLICE_FMT(u->scheme));
	if (!u->host.n)
		return err_set(err, E_INVALID_URL, "the URL has no host");
	if (u->href.n > URL_MAX_BYTES)
		return err_set(err, E_INVALID_URL,
		    "the URL has %zu bytes; %d are the limit", u->href.n,
		    URL_MAX_BYTES);
	for (size_t i = 0; i < ARRAY_LEN(bad_ports); i++)
		if (bad_ports[i] == u->port)
			return err_set(err, E_FORBIDDEN_PORT,
			    "port %d belongs to another service", u->port);
	return 0;
}
