/*
 * ingest of WARC: a response or resource is a capture, and so is a revisit,
 * with the bytes that it refers to. What our crawl noted of a visit in the
 * metadata record behind it comes before what is concluded here, so that
 * ingesting its files judges as it did; of other archives' records that
 * belong to no page of text are passed over.
 */
#include "cli/ingest.h"

#include "core/url.h"
#include "core/zone.h"
#include "crawler/fetch.h"
#include "crawler/warc_read.h"
#include "parser/parser.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define BODY_MAX ((8 << 20) + 1) /* over the parser's, so that it tells */

struct reading {
	struct ingest *in;
	const char *path;
	struct item *item; /* waits for its metadata; NULL: none */
	struct slice id;   /* of its record, in item's arena */
	struct err why;    /* why its body cannot be had */
	struct zone *zone; /* of zone_name */
	char zone_name[64];
};

static struct slice label(struct item *it, const struct reading *r,
    int64_t offset)
{
	return arena_printf(&it->arena, "%s@%lld", r->path, (long long)offset);
}

static struct slice keep(struct item *it, struct slice s)
{
	return s.n ? arena_slice(&it->arena, s) : SLICE_NONE;
}

/* ---- outcomes ----------------------------------------------------------------- */

/* What the crawl could tell without reading the page; and noindex, of which it
 * keeps no more than that. */
static bool outcome_told(struct slice name, enum outcome *o)
{
	static const enum outcome told[] = {OUTCOME_UNCHANGED, OUTCOME_GONE,
	    OUTCOME_REDIRECT, OUTCOME_TO_FRONT, OUTCOME_ROBOTS,
	    OUTCOME_HTTP_ERROR, OUTCOME_FETCH_ERROR, OUTCOME_NOINDEX};

	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (slice_is(name, outcome_name(told[i]))) {
			*o = told[i];
			return true;
		}
	return false;
}

static void conclude(struct item *it)
{
	struct capture *c = &it->capture;

	if (c->http_status == 200 || c->http_status == 203) {
		c->outcome = OUTCOME_ARTICLE; /* to be read */
	} else if (c->http_status == 206) {
		c->outcome = OUTCOME_ARTICLE;
		it->cut = true;
	} else {
		c->outcome = ingest_outcome(c->http_status);
		ingest_redirect(it);
	}
}

/* ---- reading a page -------------------------------------------------------------- */

static const struct zone *zone_of(struct reading *r, struct slice name)
{
	if (!name.n || name.n >= sizeof(r->zone_name))
		return NULL;
	if (slice_is(name, r->zone_name))
		return r->zone;
	zone_free(r->zone);
	memcpy(r->zone_name, name.p, name.n);
	r->zone_name[name.n] = '\0';
	return r->zone = zone_load(r->zone_name, NULL);
}

static void read_feed(struct item *it, const struct parse_input *in)
{
	struct err why = {0};
	struct feed f;

	if (parser_feed(in, &it->arena, &f, &why)) {
		it->capture.outcome = OUTCOME_REFUSED;
		it->capture.err = why;
		return;
	}
	it->capture.outcome = OUTCOME_LINKS;
	it->kind = "feed";
}

/* As the crawl reads what it fetched. */
static void read_page(struct reading *r, struct item *it)
{
	struct capture *c = &it->capture;
	const struct zone *zone = zone_of(r, it->zone);
	struct parse_input in = {.bytes = c->bytes, .url = c->url.p,
	    .content_type = c->content_type.p, .fetched_at = c->fetched_at,
	    .zone = zone};

	if (parser_sniff(&in) == DOC_FEED) {
		read_feed(it, &in);
	} else if (it->kind) {
		c->outcome = OUTCOME_NO_ARTICLE;
	} else {
		item_read(it, ITEM_AUTO, zone, it->credit.n ? it->credit.p :
		    NULL);
		if (it->cut && c->article) {
			it->article.truncated = true;
			c->outcome = OUTCOME_TRUNCATED;
		}
	}
	rights_add(&c->rights, &it->article.rights);
	if (c->rights.noindex && (c->outcome == OUTCOME_ARTICLE ||
	    c->outcome == OUTCOME_TRUNCATED ||
	    c->outcome == OUTCOME_NO_ARTICLE)) {
		c->outcome = OUTCOME_NOINDEX;
		c->article = NULL;
	}
	c->unkept = c->rights.noarchive || c->outcome == OUTCOME_NOINDEX;
}

/* ---- outlets --------------------------------------------------------------------- */

/* By the command line, by what the crawl noted, by what the database knows,
 * by the URL: the first that there is. */
static int set_outlet(struct reading *r, struct item *it, struct err *err)
{
	struct slice known[3], noted[3] = {it->outlet, it->zone, it->credit};
	usec_t now = clock_now(&r->in->cli->clock);
	struct db *db = pipeline_db(r->in->pl);

	it->outlet_host = it->capture.host;
	if (r->in->outlet) {
		it->outlet = slice_of(r->in->outlet);
		return 0;
	}
	if (noted[0].n)
		return noted[1].n || noted[2].n ? store_outlet(db, noted,
		    it->outlet_host, now, err) : 0;
	if (store_outlet_of(db, host_key_of(it->capture.host),
	    it->capture.url_key, &it->arena, known, err))
		return -1;
	it->outlet = known[0].n ? known[0] :
	    slice_is(it->capture.host, "urn") ? SLICE("unknown") :
	    host_registrable(it->capture.host, &it->arena);
	it->zone = known[1];
	it->credit = known[2];
	return 0;
}

/* ---- an item's end ------------------------------------------------------------------ */

/* The item that waited is whole: it is read and handed on. told: what its
 * metadata says, or SLICE_NONE. */
static int finish(struct reading *r, struct slice told)
{
	struct item *it = r->item;
	bool known;

	r->item = NULL;
	if (!it)
		return 0;
	known = outcome_told(told, &it->capture.outcome);
	if (!known && r->why.code)
		return ingest_refuse(r->in, it, &r->why, it->capture.bytes);
	if (set_outlet(r, it, r->in->err)) {
		item_free(it);
		return -1;
	}
	if (known && it->capture.outcome != OUTCOME_FETCH_ERROR)
		it->capture.bytes = SLICE_NONE;
	if (!known && it->capture.outcome == OUTCOME_ARTICLE)
		read_page(r, it);
	return pipeline_add(r->in->pl, it, r->in->err);
}

/* ---- records ---------------------------------------------------------------------------- */

static struct item *item_of(struct reading *r, const struct warc_record *rec,
    struct slice url, struct err *why)
{
	struct item *it = item_new();

	it->label = label(it, r, rec->offset);
	it->capture.fetched_at = rec->at;
	if (!url.n)
		err_set(why, E_BAD_RECORD, "the record has no WARC-Target-URI");
	else if (!ingest_set_url(it, url, why) &&
	    !ingest_check_time(r->in, rec->at, why))
		it->capture.final_url = SLICE_NONE;
	return it;
}

static void set_headers(struct item *it, const struct warc_http *h)
{
	struct http_answer a = {.headers = (struct http_header *)h->headers,
	    .headers_n = h->headers_n};
	struct capture *c = &it->capture;

	c->http_status = h->status;
	c->content_type = keep(it, warc_http_find(h, "content-type"));
	c->etag = keep(it, warc_http_find(h, "etag"));
	c->last_modified = keep(it, warc_http_find(h, "last-modified"));
	c->location = keep(it, warc_http_find(h, "location"));
	fetch_rights(&a, &c->rights);
	rights_copy(&c->rights, &it->arena);
}

/* Of the database, what waits in the pipeline included. */
static int find_origin(struct reading *r, struct item *it,
    const struct warc_record *rec)
{
	struct body_asked q = {.url_key = it->capture.url_key,
	    .at = rec->refers_to_at, .before = rec->at};
	struct db *db = pipeline_db(r->in->pl);
	struct item *of = item_new();
	struct err ignored;
	int rc = 0;

	if (rec->refers_to_url.n && !item_set_url(of, rec->refers_to_url,
	    &ignored)) {
		q.url_key = of->capture.url_key;
		q.url = of->capture.url;
	}
	for (int i = 0; i < 2 && !rc && !it->capture.bytes.p; i++) {
		if (i)
			rc = pipeline_flush(r->in->pl, r->in->err);
		if (!rc)
			rc = store_body_of(db, pipeline_tools(r->in->pl), &q,
			    &it->arena, &it->capture.bytes, r->in->err);
	}
	item_free(of);
	if (!rc && !it->capture.bytes.p)
		err_set(&r->why, E_REVISIT_UNRESOLVED, "the capture of %.*s "
		    "that it refers to is not kept", SLICE_FMT(slice_sub(
		    rec->refers_to_url.n ? rec->refers_to_url : rec->url, 0,
		    200)));
	return rc;
}

static void set_body(struct reading *r, struct item *it,
    const struct warc_record *rec, const struct warc_http *h)
{
	struct strbuf body = STRBUF_INIT;
	bool cut = false;

	if (!warc_http_body(h, BODY_MAX, &body, &cut, &r->why))
		it->capture.bytes = arena_slice(&it->arena,
		    strbuf_slice(&body));
	it->cut = cut || rec->truncated.n;
	strbuf_release(&body);
}

/* Types that no article comes in; unknown ones are looked at. */
static bool is_page(struct slice type)
{
	static const char *const others[] = {"image/", "video/", "audio/",
	    "font/", "text/css", "text/javascript", "text/dns", "text/vtt",
	    "application/javascript", "application/x-javascript",
	    "application/json", "application/octet-stream", "application/pdf",
	    "application/font", "application/vnd.ms-fontobject",
	    "application/x-font", "application/zip", "application/wasm",
	    "application/x-shockwave-flash", "application/manifest+json"};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (slice_istarts(type, slice_of(others[i])))
			return false;
	return true;
}

static bool is_web(struct slice url)
{
	return slice_istarts(url, SLICE("http://")) ||
	    slice_istarts(url, SLICE("https://"));
}

/* A response's or revisit's message. */
static int read_message(struct reading *r, struct item *it,
    const struct warc_record *rec)
{
	struct warc_http h;

	if (warc_http_parse(rec->block, &h, &r->why))
		return 0;
	set_headers(it, &h);
	conclude(it);
	if (it->capture.outcome != OUTCOME_ARTICLE)
		return 0;
	if (rec->type == WARC_REVISIT)
		return find_origin(r, it, rec);
	set_body(r, it, rec, &h);
	return 0;
}

static void read_resource(struct item *it, const struct warc_record *rec)
{
	it->capture.http_status = 200;
	it->capture.outcome = OUTCOME_ARTICLE;
	it->capture.content_type = keep(it, rec->content_type);
	it->capture.bytes = arena_slice(&it->arena, rec->block);
}

static int add_page(struct reading *r, const struct warc_record *rec)
{
	struct item *it;
	int rc = 0;

	if (finish(r, SLICE_NONE))
		return -1;
	r->why = (struct err){0};
	it = item_of(r, rec, rec->url, &r->why);
	it->capture.outcome = OUTCOME_ARTICLE;
	if (!r->why.code && !is_web(rec->url)) {
		r->in->passed++;
		item_free(it);
		return 0;
	}
	if (!r->why.code && rec->type == WARC_RESOURCE)
		read_resource(it, rec);
	else if (!r->why.code)
		rc = read_message(r, it, rec);
	if (rc || (!r->why.code && it->capture.outcome == OUTCOME_ARTICLE &&
	    !is_page(it->capture.content_type))) {
		r->in->passed += !rc;
		item_free(it);
		return rc;
	}
	r->item = it;
	r->id = arena_slice(&it->arena, rec->id);
	return 0;
}

/* ---- what our crawl noted ---------------------------------------------------------------- */

static enum code code_of(struct slice name)
{
	for (int i = 1; *code_text((enum code)i); i++)
		if (slice_is(name, code_name((enum code)i)))
			return (enum code)i;
	return E_NONE;
}

static int apply(struct reading *r, const struct warc_record *rec)
{
	struct slice f = rec->block, page = warc_field(f, "page"), final;
	struct slice code = warc_field(f, "code");
	struct item *it = r->item;
	struct capture *c = &it->capture;

	if (page.n) {
		final = c->url;
		if (ingest_set_url(it, page, &r->why))
			return finish(r, SLICE_NONE);
		c->final_url = final;
	} else {
		c->final_url = keep(it, warc_field(f, "final-url"));
	}
	it->outlet = keep(it, warc_field(f, "outlet"));
	it->zone = keep(it, warc_field(f, "outlet-zone"));
	it->credit = keep(it, warc_field(f, "outlet-credit"));
	it->cut |= warc_field(f, "cut").n > 0;
	if (slice_is(warc_field(f, "kind"), "source"))
		it->kind = "source";
	if (slice_is(warc_field(f, "kind"), "policy"))
		it->kind = "policy";
	if (code.n && code_of(code))
		err_set(&c->err, code_of(code), "%s",
		    code_text(code_of(code)));
	return finish(r, warc_field(f, "outcome"));
}

/* A visit without an answer: robots.txt, a host that was not to be reached. */
static int add_silent(struct reading *r, const struct warc_record *rec)
{
	enum outcome o;

	if (finish(r, SLICE_NONE))
		return -1;
	if (!outcome_told(warc_field(rec->block, "outcome"), &o)) {
		r->in->passed++; /* other archives' notes; erased records */
		return 0;
	}
	r->why = (struct err){0};
	r->item = item_of(r, rec, rec->url, &r->why);
	return r->why.code ? finish(r, SLICE_NONE) : apply(r, rec);
}

static int add_record(struct reading *r, const struct warc_record *rec)
{
	switch (rec->type) {
	case WARC_RESPONSE:
	case WARC_REVISIT:
		if (rec->content_type.n && !slice_istarts(rec->content_type,
		    SLICE("application/http"))) {
			r->in->passed++;
			return finish(r, SLICE_NONE);
		}
		return add_page(r, rec);
	case WARC_RESOURCE:
		return add_page(r, rec);
	case WARC_METADATA:
		if (r->item && r->id.n && slice_eq(rec->concurrent_to, r->id) &&
		    warc_field(rec->block, "outcome").n)
			return apply(r, rec);
		return rec->concurrent_to.n ? finish(r, SLICE_NONE) :
		    add_silent(r, rec);
	default:
		return 0;
	}
}

static int refuse_record(struct reading *r, const struct warc_record *rec,
    const struct err *why)
{
	struct item *it;

	if (finish(r, SLICE_NONE))
		return -1;
	it = item_new();
	it->label = label(it, r, rec->offset);
	return ingest_refuse(r->in, it, why, it->label);
}

/* ---- files -------------------------------------------------------------------------------- */

/* A file that is read, with the record that comes next. */
struct source {
	struct reading r;
	FILE *f;
	struct warc_reader *reader;
	struct warc_record rec;
	struct err why;
	int got; /* of warc_read: 1, -1; 0: the end */
};

static void advance(struct source *s)
{
	bool broke = s->got < 0 && s->why.code == E_IO;

	s->why = (struct err){0};
	s->got = broke ? 0 : warc_read(s->reader, &s->rec, &s->why);
}

static struct source *source_open(struct ingest *in, FILE *f, const char *path)
{
	struct source *s = xcalloc(1, sizeof(*s));

	s->r = (struct reading){.in = in, .path = path};
	s->f = f;
	s->reader = warc_reader_new(f);
	advance(s);
	return s;
}

static int take(struct source *s)
{
	return s->got > 0 ? add_record(&s->r, &s->rec) :
	    refuse_record(&s->r, &s->rec, &s->why);
}

/* What waits is handed on, unless something failed. */
static int source_close(struct source *s, int rc)
{
	if (!rc)
		rc = finish(&s->r, SLICE_NONE);
	else
		item_free(s->r.item);
	if (s->got && *s->r.in->stop)
		fprintf(stderr, "dateline: %s: stopped at byte %lld\n",
		    s->r.path, (long long)s->rec.offset);
	zone_free(s->r.zone);
	warc_reader_free(s->reader);
	free(s);
	return rc;
}

int ingest_warc(struct ingest *in, FILE *f, const char *path)
{
	struct source *s = source_open(in, f, path);
	int rc = ingest_drain(in); /* reading asks the database */

	/* a record that a signal ended is none */
	while (!rc && s->got && !*in->stop) {
		rc = take(s);
		advance(s);
	}
	return source_close(s, rc);
}

/* ---- files of one time ---------------------------------------------------------------------- */

#define OPEN_MAX 64 /* each may hold a record of 9 MiB */

struct merge {
	struct ingest *in;
	char *const *paths; /* in order of their names */
	size_t next, n;
	struct source *open[OPEN_MAX];
	size_t open_n;
};

/* Of our files' names: when they begin. Others may begin at any time. */
static usec_t begins(const char *path)
{
	const char *name = strrchr(path, '/');
	struct civil c = {0};

	name = name ? name + 1 : path;
	if (sscanf(name, "dateline-%4d%2d%2dT%2d%2d%2dZ-", &c.year, &c.month,
	    &c.day, &c.hour, &c.minute, &c.second) != 6 || !civil_valid(&c))
		return INT64_MIN;
	/* a visit is written some time after it was begun */
	return civil_to_usec(&c) - USEC_HOUR;
}

/* The open file whose next record is the earliest; errors come first. */
static size_t earliest(const struct merge *m)
{
	size_t best = 0;

	for (size_t i = 1; i < m->open_n; i++)
		if (m->open[i]->rec.at < m->open[best]->rec.at)
			best = i;
	return best;
}

static int open_next(struct merge *m)
{
	const char *path = m->paths[m->next++];
	FILE *f = fopen(path, "re");
	struct source *s;

	if (!f) {
		struct err why;

		err_set(&why, E_IO, "%s", strerror(errno));
		return pipeline_refuse(m->in->pl, path, "ingest", &why,
		    slice_of(path), m->in->err);
	}
	s = source_open(m->in, f, path);
	if (s->got)
		m->open[m->open_n++] = s;
	else
		fclose(f);
	return s->got ? 0 : source_close(s, 0);
}

static int open_due(struct merge *m)
{
	while (m->next < m->n && m->open_n < OPEN_MAX && (!m->open_n ||
	    begins(m->paths[m->next]) <= m->open[earliest(m)]->rec.at))
		if (open_next(m))
			return -1;
	return 0;
}

static int close_one(struct merge *m, size_t i, int rc)
{
	FILE *f = m->open[i]->f;

	rc = source_close(m->open[i], rc);
	fclose(f);
	m->open[i] = m->open[--m->open_n];
	return rc;
}

int ingest_warc_files(struct ingest *in, char *const *paths, size_t n)
{
	struct merge m = {.in = in, .paths = paths, .n = n};
	int rc = ingest_drain(in);

	while (!rc && !*in->stop) {
		size_t i;

		rc = open_due(&m);
		if (rc || !m.open_n)
			break;
		i = earliest(&m);
		rc = take(m.open[i]);
		advance(m.open[i]);
		if (!rc && !m.open[i]->got)
			rc = close_one(&m, i, 0);
	}
	in->left += *in->stop ? m.open_n + (n - m.next) : 0;
	while (m.open_n)
		rc = close_one(&m, 0, rc);
	return rc;
}
