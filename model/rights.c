#include "model/rights.h"

#include "core/attr.h"

#include <stdio.h>

/* ---- directives -------------------------------------------------------------- */

/* Directives that have a value, so that their colon ends no agent's name. */
static bool has_value(struct slice name)
{
	return slice_istarts(name, SLICE("max-")) ||
	    slice_ieq(name, SLICE("unavailable_after"));
}

/* Digits, or -1 which stands for no limit; else false. */
static bool number(struct slice s, int *n)
{
	*n = 0;
	if (slice_is(s, "-1")) {
		*n = -1;
		return true;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *n > 1000000)
			return false;
		*n = *n * 10 + (s.p[i] - '0');
	}
	return s.n > 0;
}

static void with_value(struct rights *r, struct slice name, struct slice v)
{
	int n;

	if (slice_ieq(name, SLICE("unavailable_after"))) {
		r->unavailable_after = v;
	} else if (slice_ieq(name, SLICE("max-snippet")) && number(v, &n)) {
		if (!r->max_snippet_known || r->max_snippet < 0 ||
		    (n >= 0 && n < r->max_snippet))
			r->max_snippet = n;
		r->max_snippet_known = true;
	}
}

static void directive(struct rights *r, struct slice s)
{
	const struct {
		const char *name;
		bool *said;
	} known[] = {{"noindex", &r->noindex}, {"none", &r->noindex},
	    {"noarchive", &r->noarchive}, {"nocache", &r->noarchive},
	    {"nosnippet", &r->nosnippet}, {"noai", &r->noai},
	    {"noimageai", &r->noimageai}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (slice_ieq(s, slice_of(known[i].name)))
			*known[i].said = true;
}

/* How much of s its first item is: up to a comma; a date has some of its own
 * ("unavailable_after: Thu, 26 Nov 2020 08:00:00 GMT"), before a digit. */
static size_t item_end(struct slice s)
{
	bool dated = slice_istarts(slice_trim(s), SLICE("unavailable_after"));
	size_t i = 0;

	for (; i < s.n; i++) {
		struct slice rest = slice_trim(slice_sub(s, i + 1, s.n));

		if (s.p[i] == ',' && !(dated && rest.n && rest.p[0] >= '0' &&
		    rest.p[0] <= '9'))
			break;
	}
	return i;
}

/* named: items may begin with an agent's name, which holds until the next. */
static void directives(struct rights *r, struct slice s, bool named)
{
	bool ours = true;

	while (s.n) {
		size_t n = item_end(s);
		struct slice item = slice_trim(slice_sub(s, 0, n)), name;
		const char *colon;

		s = slice_sub(s, n + 1, s.n);
		colon = item.n ? memchr(item.p, ':', item.n) : NULL;
		n = colon ? (size_t)(colon - item.p) : 0;
		name = slice_trim(slice_sub(item, 0, n));
		if (colon && named && !has_value(name)) {
			ours = slice_ieq(name, SLICE(RIGHTS_AGENT));
			item = slice_trim(slice_sub(item, n + 1, item.n));
			colon = item.n ? memchr(item.p, ':', item.n) : NULL;
			n = colon ? (size_t)(colon - item.p) : 0;
			name = slice_trim(slice_sub(item, 0, n));
		}
		if (ours && colon)
			with_value(r, name, slice_trim(slice_sub(item, n + 1,
			    item.n)));
		else if (ours)
			directive(r, item);
	}
}

/* ---- TDM Reservation Protocol (W3C community group, final report 2024) --------- */

static bool tdm(struct rights *r, struct slice name, struct slice v)
{
	v = slice_trim(v);
	if (slice_ieq(name, SLICE("tdm-policy"))) {
		r->tdm_policy = v;
	} else if (slice_ieq(name, SLICE("tdm-reservation"))) {
		if (!slice_is(v, "1") && !slice_is(v, "0"))
			return false;
		r->tdm_known = true;
		r->tdm_reserved = v.p[0] == '1';
	} else {
		return false;
	}
	return true;
}

/* ---- the whole ------------------------------------------------------------------ */

void rights_meta(struct rights *r, struct slice name, struct slice content)
{
	bool said = slice_ieq(name, SLICE("robots")) ||
	    slice_ieq(name, SLICE(RIGHTS_AGENT));

	if (said)
		directives(r, content, false);
	if (tdm(r, name, content) || said)
		r->sources |= RIGHTS_META;
}

void rights_header(struct rights *r, struct slice name, struct slice value)
{
	bool said = slice_ieq(name, SLICE("x-robots-tag"));

	if (said)
		directives(r, value, true);
	if (tdm(r, name, value) || said)
		r->sources |= RIGHTS_HEADER;
}

void rights_add(struct rights *r, const struct rights *more)
{
	r->sources |= more->sources;
	r->noindex |= more->noindex;
	r->noarchive |= more->noarchive;
	r->nosnippet |= more->nosnippet;
	r->noai |= more->noai;
	r->noimageai |= more->noimageai;
	if (more->max_snippet_known && (!r->max_snippet_known ||
	    r->max_snippet < 0 || (more->max_snippet >= 0 &&
	    more->max_snippet < r->max_snippet))) {
		r->max_snippet = more->max_snippet;
		r->max_snippet_known = true;
	}
	if (more->unavailable_after.n)
		r->unavailable_after = more->unavailable_after;
	if (more->tdm_known) {
		r->tdm_known = true;
		r->tdm_reserved = more->tdm_reserved;
	}
	if (more->tdm_policy.n)
		r->tdm_policy = more->tdm_policy;
}

const char *rights_who(const struct rights *r, char text[RIGHTS_WHO])
{
	static const struct {
		enum rights_source source;
		const char *name;
	} names[] = {{RIGHTS_HEADER, "header"}, {RIGHTS_META, "meta element"},
	    {RIGHTS_SITE, "tdmrep.json"}};
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (r->sources & names[i].source)
			n += (size_t)snprintf(text + n, RIGHTS_WHO - n, "%s%s",
			    n ? " and " : "", names[i].name);
	return text;
}

void rights_copy(struct rights *r, struct arena *a)
{
	r->unavailable_after = arena_slice(a, r->unavailable_after);
	r->tdm_policy = arena_slice(a, r->tdm_policy);
}
