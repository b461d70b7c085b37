/* What pages are told apart by, and what may be fetched. */
#include "core/url.h"

#include "core/address.h"
#include "core/host.h"
#include "core/strbuf.h"

#include <stdlib.h>

/* ---- hosts ------------------------------------------------------------ */

/* Labels before the registrable domain that name a rendering. */
static bool is_double_label(struct slice label)
{
	static const char *const labels[] = {"www", "m", "mobile", "amp"};

	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (slice_is(label, labels[i]))
			return true;
	return false;
}

/* Length of what must stay: the registrable domain; under .test, of which
 * the list knows nothing, two labels. */
static size_t kept_length(struct slice host, struct arena *a)
{
	struct slice domain = host_registrable(host, a);
	size_t dots = 0, i = host.n;

	if (!host_is_test(host))
		return domain.n;
	while (i > 0 && !(host.p[i - 1] == '.' && ++dots == 2))
		i--;
	return host.n - i;
}

/*
 * "en.m.wikipedia.org" -> "en.wikipedia.org". "m.co.uk" stays: there m is
 * the name. "www." goes wherever a dot remains (www.gov.uk).
 */
static void key_host(struct strbuf *to, struct slice host, struct arena *a)
{
	size_t keep, at = 0, dot;

	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	if (slice_starts(host, SLICE("www.")) &&
	    slice_find(host, SLICE("."), 4) >= 0)
		host = slice_sub(host, 4, host.n);
	if (address_ends_in_number(host) || (host.n && host.p[0] == '[')) {
		strbuf_addsl(to, host);
		return;
	}
	keep = kept_length(host, a);
	while (host.n - at > keep) {
		dot = (size_t)slice_find(host, SLICE("."), at);
		if (!is_double_label(slice_sub(host, at, dot)))
			strbuf_addsl(to, slice_sub(host, at, dot + 1));
		at = dot + 1;
	}
	strbuf_addsl(to, slice_sub(host, at, host.n));
}

/* ---- paths ------------------------------------------------------------ */

static bool is_unreserved(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	    (c && strchr("-._~", c));
}

/* RFC 3986, 6.2.2: escapes of unreserved bytes go, others in upper case. */
static void normalize_escapes(struct slice s, struct strbuf *to)
{
	for (size_t i = 0; i < s.n; i++) {
		struct strbuf byte = STRBUF_INIT;

		if (s.p[i] != '%') {
			strbuf_addc(to, s.p[i]);
			continue;
		}
		percent_decode(slice_sub(s, i, i + 3), &byte);
		if (byte.n == 1 && s.n - i >= 3) {
			if (is_unreserved(byte.p[0]))
				strbuf_addc(to, byte.p[0]);
			else
				strbuf_addf(to, "%%%02X",
				    (unsigned char)byte.p[0]);
			i += 2;
		} else {
			strbuf_addc(to, '%');
		}
		strbuf_release(&byte);
	}
}

/* Ends that name the same page, or its AMP double. whole: a segment alone. */
static const struct {
	const char *end;
	bool whole;
} path_ends[] = {
	{"/", false},
	{"/index.html", false}, {"/index.htm", false}, {"/index.shtml", false},
	{"/index.php", false}, {"/index.asp", false}, {"/index.aspx", false},
	{"/index.jsp", false}, {"/default.asp", false},
	{"/default.aspx", false}, {"/default.htm", false},
	{"/default.html", false},
	{"/amp", true}, {"/amp.html", true}, {".amp.html", true},
	{".amp", true},
};

/* One end off path[from..]; false if there is none. An AMP end stays where
 * nothing would remain: "/amp" alone is a section. */
static bool path_cut(struct strbuf *path, size_t from)
{
	struct slice s = slice_sub(strbuf_slice(path), from, path->n);

	for (size_t i = 0; i < ARRAY_LEN(path_ends); i++) {
		struct slice end = slice_of(path_ends[i].end);
		if (s.n < end.n + (path_ends[i].whole ? 2 : 0) ||
		    !slice_ieq(slice_sub(s, s.n - end.n, s.n), end))
			continue;
		strbuf_setlen(path, path->n - end.n);
		return true;
	}
	return false;
}

static void key_path(struct strbuf *to, struct slice path)
{
	size_t from = to->n;
	long session = slice_ifind(path, SLICE(";jsessionid="), 0);

	if (session >= 0)
		path.n = (size_t)session;
	/* "/amp/story" is the double of "/story" */
	if (slice_istarts(path, SLICE("/amp/")) && path.n > 5)
		path = slice_sub(path, 4, path.n);
	normalize_escapes(path, to);
	while (path_cut(to, from))
		;
}

/* ---- parameters ------------------------------------------------------- */

enum when {
	ALWAYS,
	PREFIX,	  /* names that begin so */
	NO_DIGIT, /* unless the value may be an id */
	LONG,	  /* where the value is as long as a session's */
};

/*
 * Parameters that do not choose the page: campaign and click ids as the
 * networks document them, share and referrer marks, sessions, AMP. Names
 * that some sites give to their articles' ids (id, p, cid, story) never are.
 */
static const struct {
	const char *name;
	enum when when;
} dropped[] = {
	/* Google, Meta, Microsoft, Yandex, X, TikTok, LinkedIn, Pinterest */
	{"utm_", PREFIX}, {"gclid", ALWAYS}, {"gclsrc", ALWAYS},
	{"dclid", ALWAYS}, {"wbraid", ALWAYS}, {"gbraid", ALWAYS},
	{"gad_source", ALWAYS}, {"gad_campaignid", ALWAYS},
	{"srsltid", ALWAYS}, {"_ga", ALWAYS}, {"_gl", ALWAYS},
	{"fbclid", ALWAYS}, {"fb_action_ids", ALWAYS},
	{"fb_action_types", ALWAYS}, {"fb_source", ALWAYS},
	{"fb_ref", ALWAYS}, {"igshid", ALWAYS}, {"igsh", ALWAYS},
	{"mibextid", ALWAYS}, {"msclkid", ALWAYS}, {"yclid", ALWAYS},
	{"ysclid", ALWAYS}, {"_openstat", ALWAYS}, {"twclid", ALWAYS},
	{"ttclid", ALWAYS}, {"li_fat_id", ALWAYS}, {"epik", ALWAYS},
	{"ref_src", ALWAYS}, {"ref_url", ALWAYS}, {"rdid", ALWAYS},
	{"share_url", ALWAYS}, {"guccounter", ALWAYS},
	{"guce_referrer", ALWAYS}, {"guce_referrer_sig", ALWAYS},
	/* mailings and analytics suites */
	{"mc_cid", ALWAYS}, {"mc_eid", ALWAYS}, {"_hsenc", ALWAYS},
	{"_hsmi", ALWAYS}, {"__hstc", ALWAYS}, {"__hssc", ALWAYS},
	{"__hsfp", ALWAYS}, {"hsctatracking", ALWAYS}, {"mkt_tok", ALWAYS},
	{"vero_", PREFIX}, {"oly_", PREFIX}, {"s_cid", ALWAYS}, {"s_kwcid", ALWAYS},
	{"wt_mc", ALWAYS}, {"wt.mc_id", ALWAYS}, {"wtmc", ALWAYS},
	{"pk_", PREFIX}, {"mtm_", PREFIX}, {"matomo_", PREFIX},
	{"piwik_", PREFIX}, {"hmb_campaign", ALWAYS}, {"ml_subscriber", ALWAYS},
	{"ml_subscriber_hash", ALWAYS}, {"trk", ALWAYS}, {"trkcampaign", ALWAYS},
	/* news publishers: BBC, NYT, Guardian, CNN, Reuters, Mail, Spiegel */
	{"at_", PREFIX}, {"xtor", ALWAYS},
	{"ns_mchannel", ALWAYS}, {"ns_source", ALWAYS},
	{"ns_campaign", ALWAYS}, {"ns_linkname", ALWAYS}, {"ns_fee", ALWAYS},
	{"smid", ALWAYS}, {"smtyp", ALWAYS}, {"smprod", ALWAYS},
	{"cmp", NO_DIGIT}, {"cmpid", ALWAYS}, {"icid", ALWAYS},
	{"ncid", ALWAYS}, {"ocid", ALWAYS}, {"ito", ALWAYS},
	{"ftag", ALWAYS}, {"feedtype", ALWAYS}, {"feedname", ALWAYS},
	{"spm", ALWAYS}, {"sref", ALWAYS}, {"s_campaign", ALWAYS},
	{"hsa_", PREFIX}, {"shareid", ALWAYS}, {"sharetype", ALWAYS},
	{"rpc", ALWAYS}, {"taid", ALWAYS}, {"sr_share", ALWAYS},
	{"__twitter_impression", ALWAYS}, {"akamai-rum", ALWAYS},
	{"pfrom", ALWAYS}, {"cn-track", ALWAYS},
	/* referrer marks in words */
	{"ref", NO_DIGIT}, {"referrer", NO_DIGIT}, {"referer", NO_DIGIT},
	{"source", NO_DIGIT}, {"src", NO_DIGIT}, {"via", NO_DIGIT},
	{"share", NO_DIGIT}, {"partner", NO_DIGIT},
	{"feature", NO_DIGIT}, {"rss", NO_DIGIT}, {"campaign", NO_DIGIT},
	/* sessions and cache busters */
	{"jsessionid", ALWAYS}, {"phpsessid", ALWAYS},
	{"aspsessionid", PREFIX}, {"cfid", ALWAYS}, {"cftoken", ALWAYS},
	{"sessionid", ALWAYS}, {"session_id", ALWAYS}, {"sid", LONG},
	{"zenid", LONG}, {"_", ALWAYS},
	/* AMP doubles */
	{"amp", NO_DIGIT}, {"amp_js_v", ALWAYS}, {"amp_gsa", ALWAYS},
	{"amp_lite", ALWAYS}, {"usqp", ALWAYS},
	{"ampmode", ALWAYS}, {"_amp", ALWAYS},
};

/* Values that ask for another form of the same page. */
static const struct {
	const char *name, *value;
} forms[] = {
	{"amp", "1"}, {"outputtype", "amp"}, {"output", "amp"}, {"m", "1"},
	{"mobile", "1"}, {"view", "mobile"}, {"print", "1"}, {"view", "print"},
};

/* MD5 in hex has 32 bytes, PHP's sessions 22 or more. */
#define SESSION_MIN 16

static bool value_fits(enum when when, struct slice value)
{
	if (when == LONG)
		return value.n >= SESSION_MIN;
	if (when == NO_DIGIT)
		for (size_t i = 0; i < value.n; i++)
			if (value.p[i] >= '0' && value.p[i] <= '9')
				return false;
	return true;
}

static bool is_dropped(struct slice name, struct slice value)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (slice_ieq(name, slice_of(forms[i].name)) &&
		    slice_ieq(value, slice_of(forms[i].value)))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(dropped); i++) {
		struct slice row = slice_of(dropped[i].name);
		if (dropped[i].when == PREFIX ? slice_istarts(name, row)
					      : slice_ieq(name, row))
			return value_fits(dropped[i].when, value);
	}
	return false;
}

struct param {
	struct slice name, whole;
	size_t order;
};

/* By name; those of one name keep their order, which may matter. */
static int param_compare(const void *pa, const void *pb)
{
	const struct param *a = pa, *b = pb;
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int c = n ? memcmp(a->name.p, b->name.p, n) : 0;

	if (!c)
		c = (a->name.n > b->name.n) - (a->name.n < b->name.n);
	return c ? c : (a->order > b->order) - (a->order < b->order);
}

static void key_query(struct strbuf *to, struct slice query)
{
	struct param *params = NULL;
	size_t n = 0, cap = 0, from = 0, i;

	for (i = 0; i <= query.n; i++) {
		struct slice s, name;
		long eq;

		if (i < query.n && query.p[i] != '&')
			continue;
		s = slice_sub(query, from, i);
		from = i + 1;
		eq = slice_find(s, SLICE("="), 0);
		name = slice_sub(s, 0, eq < 0 ? s.n : (size_t)eq);
		if (!s.n || is_dropped(name, slice_sub(s, name.n + 1, s.n)))
			continue;
		GROW(params, n, cap);
		params[n] = (struct param){name, s, n};
		n++;
	}
	if (n)
		qsort(params, n, sizeof(*params), param_compare);
	for (i = 0; i < n; i++) {
		strbuf_addc(to, i ? '&' : '?');
		normalize_escapes(params[i].whole, to);
	}
	free(params);
}

/* ---- the key ---------------------------------------------------------- */

/*
 * The publisher's URL inside an AMP cache's or viewer's:
 * x.cdn.ampproject.org/c/s/HOST/PATH and www.google.com/amp/s/HOST/PATH
 * (developers.google.com/amp/cache/overview). False if it is none.
 */
static bool amp_inner(const struct url *u, struct arena *a, struct url *inner)
{
	static const char *const starts[] = {"/amp/", "/c/", "/v/"};
	bool cache = u->host.n > 19 && slice_is(slice_sub(u->host,
	    u->host.n - 19, u->host.n), ".cdn.ampproject.org");
	bool viewer = slice_starts(u->host, SLICE("www.google."));
	struct slice rest = u->path;

	for (size_t i = cache ? 1 : 0; (cache || viewer) &&
	     i < (cache ? ARRAY_LEN(starts) : 1); i++) {
		struct slice start = slice_of(starts[i]);
		if (!slice_starts(rest, start))
			continue;
		rest = slice_sub(rest, start.n, rest.n);
		if (slice_starts(rest, SLICE("s/")))
			rest = slice_sub(rest, 2, rest.n);
		if (slice_find(rest, SLICE("."), 0) < 0)
			return false;
		rest = arena_printf(a, "https://%.*s%s%.*s", SLICE_FMT(rest),
		    u->query.n ? "?" : "", SLICE_FMT(u->query));
		return url_parse(rest, NULL, a, inner, NULL) == 0;
	}
	return false;
}

struct slice url_key(const struct url *u, struct arena *a)
{
	struct strbuf b = STRBUF_INIT;
	bool http = slice_is(u->scheme, "http");
	struct url inner;
	struct slice key;

	if (!http && !slice_is(u->scheme, "https"))
		return slice_sub(u->href, 0, u->fragment.p
			? u->href.n - u->fragment.n - 1
			: u->href.n);
	if (amp_inner(u, a, &inner))
		u = &inner;
	strbuf_adds(&b, "https://");
	key_host(&b, u->host, a);
	if (u->port != 443 && !(u->port == 80 && http))
		strbuf_addf(&b, ":%d", u->port);
	key_path(&b, u->path);
	key_query(&b, u->query);
	key = arena_slice(a, strbuf_slice(&b));
	strbuf_release(&b);
	return key;
}

struct hash128 url_key_hash(const struct url *u, struct arena *a)
{
	struct slice key = url_key(u, a);

	return hash128(key.p, key.n);
}

/* ---- may it be fetched ------------------------------------------------ */

/* "Bad ports" of fetch.spec.whatwg.org, section 2.9; ascending. */
static const unsigned short bad_ports[] = {0, 1, 7, 9, 11, 13, 15, 17, 19, 20,
    21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587,
    601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
    5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};

int url_check_fetch(const struct url *u, struct err *err)
{
	if (!slice_is(u->scheme, "http") && !slice_is(u->scheme, "https"))
		return err_set(err, E_FORBIDDEN_SCHEME,
		    "scheme \"%.*s\" is not fetched",
		    (int)(u->scheme.n > 40 ? 40 : u->scheme.n), u->scheme.p);
	if (u->href.n > URL_MAX_BYTES)
		return err_set(err, E_INVALID_URL,
		    "the URL has %zu bytes, more than %d", u->href.n,
		    URL_MAX_BYTES);
	if (!u->host.n)
		return err_set(err, E_INVALID_URL, "the URL has no host");
	for (size_t i = 0; i < ARRAY_LEN(bad_ports); i++)
		if (u->port == bad_ports[i])
			return err_set(err, E_FORBIDDEN_PORT,
			    "port %d belongs to another service", u->port);
	return 0;
}
