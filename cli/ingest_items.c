/* What all formats of ingest share: an item's page and outlet, its refusal, and
 * reading it ahead. */
#include "cli/ingest.h"

#include "core/url.h"
#include "crawler/fetch.h"

/* The page of what names no URL: urn:dateline: and a hash. */
static int set_urn(struct item *it, struct slice seed, struct err *err)
{
	char hex[HASH128_HEX];

	hash128_hex(hash128(seed.p, seed.n), hex);
	return item_set_url(it, arena_printf(&it->arena, "urn:dateline:%s",
	    hex), err);
}

int ingest_set_url(struct item *it, struct slice url, struct err *err)
{
	struct url u;

	if (item_set_url(it, url, err))
		return -1;
	if (slice_is(it->capture.host, "urn") &&
	    slice_starts(it->capture.url, SLICE("urn:")))
		return 0;
	if (url_parse(it->capture.url, NULL, &it->arena, &u, err))
		return -1;
	if (slice_is(u.scheme, "http") || slice_is(u.scheme, "https"))
		return 0;
	return err_set(err, E_FORBIDDEN_SCHEME,
	    "scheme \"%.*s\" is no page's", SLICE_FMT(slice_sub(u.scheme, 0,
	    40)));
}

/* Page and outlet of an article that was read. */
int ingest_place(struct item *it, struct slice bytes, struct err *err)
{
	struct article *art = &it->article;
	struct slice url = art->url.n ? art->url : art->canonical_url;

	if (url.n) {
		if (ingest_set_url(it, url, err))
			return -1;
	} else if (art->id.n) {
		if (set_urn(it, arena_printf(&it->arena, "%.*s\n%.*s",
		    SLICE_FMT(it->outlet.n ? it->outlet : art->outlet),
		    SLICE_FMT(art->id)), err))
			return -1;
	} else if (set_urn(it, bytes, err)) {
		return -1;
	}
	it->external_id = art->id;
	if (!it->outlet.n)
		it->outlet = art->outlet;
	it->outlet_host = it->capture.host;
	if (!it->outlet.n)
		it->outlet = slice_is(it->capture.host, "urn") ?
		    SLICE("unknown") :
		    host_registrable(it->capture.host, &it->arena);
	return 0;
}

void ingest_redirect(struct item *it)
{
	struct capture *c = &it->capture;
	struct url page, to;

	if (c->outcome == OUTCOME_REDIRECT && c->location.n &&
	    !url_parse(c->url, NULL, &it->arena, &page, NULL) &&
	    !url_parse(c->location, &page, &it->arena, &to, NULL) &&
	    fetch_is_front(&to) && !fetch_is_front(&page))
		c->outcome = OUTCOME_TO_FRONT;
}

int ingest_refuse(struct ingest *in, struct item *it, const struct err *why,
    struct slice bytes)
{
	int rc;

	if (!it->capture.bytes.p && !slice_eq(bytes, it->label))
		it->capture.bytes = arena_slice(&it->arena, bytes);
	if (!it->capture.url.n && it->article.url.n &&
	    item_set_url(it, it->article.url, NULL))
		it->capture.url = SLICE_NONE; /* then nobody can forget it by that */
	rc = pipeline_refuse_item(in->pl, it, "ingest", why, in->err);
	item_free(it);
	return rc;
}

/* ---- reading ahead ------------------------------------------------------------ */

/* The first one that was put in, if it is read or may be waited for; *any: one
 * was. */
static int take(struct ingest *in, bool wait, bool *any)
{
	struct read x;

	*any = readers_take(in->readers, wait, &x);
	if (!*any)
		return 0;
	return x.rc ? ingest_refuse(in, x.it, &x.why, x.it->capture.bytes) :
	    pipeline_add(in->pl, x.it, in->err);
}

int ingest_drain(struct ingest *in)
{
	bool any = true;
	int rc = 0;

	while (any && !rc)
		rc = take(in, true, &any);
	return rc;
}

/* Puts it in, and takes what is read by now. */
int ingest_put(struct ingest *in, struct item *it, read_item *read)
{
	bool any = true;
	int rc = 0;

	if (readers_full(in->readers))
		rc = take(in, true, &any);
	readers_put(in->readers, it, read);
	while (any && !rc)
		rc = take(in, false, &any);
	return rc;
}
