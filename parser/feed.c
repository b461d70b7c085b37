/* Feeds and sitemaps: RSS, RDF, Atom, sitemaps and their indexes (libxml2, push
 * parser, recovery on, no network, no entities), JSON Feed. */
#include "core/entity.h"
#include "core/json.h"
#include "core/url.h"
#include "core/utf8.h"
#include "core/zip.h"
#include "parser/limits.h"
#include "parser/parser.h"

#include <libxml/parser.h>
#include <stdlib.h>


static const char *const kinds[] = {"rss", "atom", "rdf", "jsonfeed",
    "sitemap", "sitemapindex"};

const char *feed_kind_name(enum feed_kind k)
{
	return kinds[k];
}

/* An entry being read; the better of two witnesses stays. */
struct entry {
	struct slice url, guid, title, published, updated;
	int url_rank; /* 0: none */
};

struct reading {
	const struct parse_input *in;
	struct arena *a;
	struct feed *out;
	size_t cap, most;
	struct url base;
	bool has_base, known, entities, stop;
	int depth, entry_depth; /* entry_depth 0: outside */
	struct entry e;
	struct strbuf text;
	bool permalink; /* of the guid that is being read */
	struct slice names[FEED_DEPTH + 1]; /* of open elements */
	xmlParserCtxtPtr ctxt;
};

/* ---- text ------------------------------------------------------------------------ */

/* Markup out, references decoded, white space folded. */
static struct slice clean(struct arena *a, struct slice s)
{
	struct strbuf once = STRBUF_INIT, bare = STRBUF_INIT,
	    out = STRBUF_INIT;
	bool tag = false, gap = false;

	entity_decode(s, &once);
	for (size_t i = 0; i < once.n; i++) {
		char c = once.p[i];

		if (c == '<' && i + 1 < once.n && (once.p[i + 1] == '/' ||
		    once.p[i + 1] == '!' || ((once.p[i + 1] | 32) >= 'a' &&
		    (once.p[i + 1] | 32) <= 'z')))
			tag = true;
		if (!tag)
			strbuf_addc(&bare, c);
		if (c == '>' && tag)
			tag = false;
	}
	strbuf_reset(&once);
	entity_decode(strbuf_slice(&bare), &once);
	for (size_t i = 0; i < once.n; i++) {
		if ((unsigned char)once.p[i] <= ' ') {
			gap = true;
			continue;
		}
		if (gap && out.n)
			strbuf_addc(&out, ' ');
		gap = false;
		strbuf_addc(&out, once.p[i]);
	}
	s = out.n ? arena_slice(a, strbuf_slice(&out)) : SLICE_NONE;
	strbuf_release(&once);
	strbuf_release(&bare);
	strbuf_release(&out);
	return s;
}

static struct slice absolute(struct reading *r, struct slice s)
{
	struct url u;
	struct err err;

	s = slice_trim(s);
	if (!s.n || url_parse(s, r->has_base ? &r->base : NULL, r->a, &u, &err) ||
	    url_check_fetch(&u, &err))
		return SLICE_NONE;
	return u.href;
}

static struct pubtime date_of(struct reading *r, struct slice s)
{
	struct pubtime t;
	struct err err;

	if (!s.n || parser_feed_date(s, r->in->zone, &t, &err)) {
		t = PUBTIME_NONE;
		t.raw = s;
	}
	return t;
}

/* ---- entries ------------------------------------------------------------------------ */

static void add_entry(struct reading *r)
{
	struct feed *f = r->out;
	struct feed_entry *more, *x;
	struct slice url = absolute(r, r->e.url);

	if (!url.n && r->e.guid.n)
		url = slice_starts(r->e.guid, SLICE("http")) ?
		    absolute(r, r->e.guid) : SLICE_NONE;
	if (f->entries_n >= r->most) {
		f->over_limit = true;
		r->stop = true;
		return;
	}
	if (!url.n && !r->e.title.n && !r->e.guid.n)
		return;
	if (f->entries_n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		more = arena_alloc(r->a, r->cap * sizeof(*more));
		if (f->entries_n)
			memcpy(more, f->entries, f->entries_n * sizeof(*more));
		f->entries = more;
	}
	x = &f->entries[f->entries_n++];
	*x = (struct feed_entry){.url = url, .id = r->e.guid.n ? r->e.guid :
	    SLICE_NONE, .title = r->e.title,
	    .published = date_of(r, r->e.published),
	    .updated = date_of(r, r->e.updated)};
}

/* ---- elements -------------------------------------------------------------------------- */

static const struct {
	const char *name;
	enum feed_kind kind;
} roots[] = {{"rss", FEED_RSS}, {"feed", FEED_ATOM}, {"RDF", FEED_RDF},
    {"urlset", FEED_SITEMAP}, {"sitemapindex", FEED_SITEMAPINDEX},
    {"channel", FEED_RSS}};

static void read_root(struct reading *r, struct slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		if (slice_ieq(name, slice_of(roots[i].name))) {
			r->out->kind = roots[i].kind;
			r->known = true;
			r->most = roots[i].kind >= FEED_SITEMAP ?
			    SITEMAP_ENTRIES : FEED_ENTRIES;
			return;
		}
	r->stop = true;
}

static bool is_entry(const struct reading *r, struct slice name)
{
	static const char *const names[] = {"item", "entry", "url", "sitemap"};
	bool map = r->out->kind >= FEED_SITEMAP;

	for (size_t i = map ? 2 : 0; i < (map ? 4u : 2u); i++)
		if (slice_is(name, names[i]))
			return true;
	return false;
}

static struct slice attribute(const xmlChar **attrs, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (!strcmp((const char *)attrs[5 * i], name))
			return (struct slice){(const char *)attrs[5 * i + 3],
			    (size_t)(attrs[5 * i + 4] - attrs[5 * i + 3])};
	return SLICE_NONE;
}

/* Atom's <link href rel>: alternate (or none) is the page. */
static void read_link(struct reading *r, const xmlChar **attrs, int n)
{
	struct slice href = attribute(attrs, n, "href");
	struct slice rel = attribute(attrs, n, "rel");
	int rank = !rel.p || slice_is(rel, "alternate") ? 3 : 0;

	if (!href.n || !rank)
		return;
	if (!r->entry_depth) {
		if (!r->out->url.n)
			r->out->url = absolute(r, clean(r->a, href));
		return;
	}
	if (rank > r->e.url_rank) {
		r->e.url = clean(r->a, href);
		r->e.url_rank = rank;
	}
}

static void on_start(void *self, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, int ns_n, const xmlChar **ns, int attrs_n, int defaults,
    const xmlChar **attrs)
{
	struct reading *r = self;
	struct slice name = slice_of((const char *)local), base;

	(void)prefix;
	(void)uri;
	(void)ns_n;
	(void)ns;
	(void)defaults;
	if (r->stop)
		return;
	if (r->depth < FEED_DEPTH)
		r->names[r->depth] = name;
	if (++r->depth == 1)
		read_root(r, name);
	strbuf_reset(&r->text);
	base = attribute(attrs, attrs_n, "base");
	if (base.n && r->depth == 1) {
		base = absolute(r, base);
		r->has_base |= base.n && !url_parse(base, NULL, r->a, &r->base,
		    NULL);
	}
	if (!r->entry_depth && is_entry(r, name)) {
		r->entry_depth = r->depth;
		r->e = (struct entry){0};
		base = attribute(attrs, attrs_n, "about");
		if (base.n)
			r->e.guid = clean(r->a, base);
	}
	if (slice_is(name, "link"))
		read_link(r, attrs, attrs_n);
	if (slice_is(name, "guid"))
		r->permalink = !slice_ieq(attribute(attrs, attrs_n,
		    "isPermaLink"), SLICE("false"));
}

/* What an element of an entry is to us; the first of its kind stays. */
static void read_field(struct reading *r, struct slice name, bool news)
{
	struct slice s = strbuf_slice(&r->text);
	struct entry *e = &r->e;

	if (slice_is(name, "link") || slice_is(name, "loc")) {
		if (s.n && e->url_rank < 2 && slice_trim(s).n) {
			e->url = clean(r->a, s);
			e->url_rank = 2;
		}
	} else if (slice_is(name, "guid") || slice_is(name, "id")) {
		e->guid = clean(r->a, s);
		if (slice_is(name, "guid") && r->permalink && !e->url_rank &&
		    slice_starts(e->guid, SLICE("http"))) {
			e->url = e->guid;
			e->url_rank = 1;
		}
	} else if (slice_is(name, "title")) {
		if (!e->title.n || news)
			e->title = clean(r->a, s);
	} else if (slice_is(name, "pubDate") || slice_is(name, "published") ||
	    slice_is(name, "issued") || slice_is(name, "date") ||
	    slice_is(name, "created") || slice_is(name, "publication_date") ||
	    slice_is(name, "pubdate")) {
		if (!e->published.n)
			e->published = clean(r->a, s);
	} else if (slice_is(name, "updated") || slice_is(name, "modified") ||
	    slice_is(name, "lastmod")) {
		if (!e->updated.n)
			e->updated = clean(r->a, s);
	}
}

static void on_end(void *self, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct reading *r = self;
	struct slice name = slice_of((const char *)local);
	const char *pre = (const char *)prefix;
	bool news = pre && !strcmp(pre, "news");
	/* media:title, itunes:title and the like are of pictures and sounds */
	bool foreign = pre && (!strcmp(pre, "media") || !strcmp(pre, "itunes") ||
	    !strcmp(pre, "image") || !strcmp(pre, "video"));

	(void)uri;
	if (r->stop)
		return;
	if (r->entry_depth && r->depth == r->entry_depth) {
		add_entry(r);
		r->entry_depth = 0;
	} else if (r->entry_depth && !foreign &&
	    (r->depth == r->entry_depth + 1 || news)) {
		read_field(r, name, news);
	} else if (!r->entry_depth && r->depth <= 3 && !foreign) {
		if (slice_is(name, "title") && !r->out->title.p)
			r->out->title = clean(r->a, strbuf_slice(&r->text));
		else if (slice_is(name, "link") && !r->out->url.n)
			r->out->url = absolute(r, strbuf_slice(&r->text));
	}
	r->depth--;
	strbuf_reset(&r->text);
}

static void on_text(void *self, const xmlChar *p, int n)
{
	struct reading *r = self;

	if (!r->stop && r->text.n + (size_t)n <= FEED_TEXT)
		strbuf_add(&r->text, p, (size_t)n);
}

/* An undeclared name (HTML's) stays as text; clean() decodes it. */
static void on_reference(void *self, const xmlChar *name)
{
	struct reading *r = self;

	if (!r->stop && r->text.n < FEED_TEXT)
		strbuf_addf(&r->text, "&%.40s;", (const char *)name);
}

static xmlEntityPtr no_entity(void *self, const xmlChar *name)
{
	(void)self;
	return xmlGetPredefinedEntity(name);
}

/* A feed that defines entities is refused: they are never expanded. */
static void on_entity(void *self, const xmlChar *name, int type,
    const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	struct reading *r = self;

	(void)name;
	(void)type;
	(void)public_id;
	(void)system_id;
	(void)content;
	r->entities = r->stop = true;
	xmlStopParser(r->ctxt);
}

static void no_error(void *self, const char *fmt, ...)
{
	(void)self;
	(void)fmt;
}

#define CHUNK (64 << 10)

static void feed_xml(struct reading *r, struct slice s)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start, .endElementNs = on_end,
	    .characters = on_text, .cdataBlock = on_text,
	    .ignorableWhitespace = on_text, .reference = on_reference,
	    .getEntity = no_entity, .entityDecl = on_entity,
	    .warning = no_error, .error = no_error};

	r->ctxt = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!r->ctxt)
		return;
	xmlCtxtUseOptions(r->ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET |
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	for (size_t i = 0; i < s.n && !r->stop; i += CHUNK)
		xmlParseChunk(r->ctxt, s.p + i,
		    (int)(s.n - i < CHUNK ? s.n - i : CHUNK), 0);
	if (!r->stop)
		xmlParseChunk(r->ctxt, NULL, 0, 1);
	if (r->entry_depth && r->e.url.n)
		add_entry(r); /* cut short: what it held */
	r->out->partial = !r->ctxt->wellFormed;
	xmlFreeParserCtxt(r->ctxt);
}

/* ---- JSON Feed (jsonfeed.org, version 1.1) -------------------------------------------------- */

static struct slice json_text(struct reading *r, const struct json *j,
    const char *key)
{
	struct json *v = jsonr_get(j, key);

	if (jsonr_is_number(v))
		return arena_printf(r->a, "%lld", (long long)jsonr_int(v, 0));
	return arena_slice(r->a, jsonr_str(v));
}

static int feed_json(struct reading *r, struct slice s, struct err *err)
{
	struct json *root = jsonr_parse(s, err), *items;

	if (!root)
		return err_set(err, E_NOT_A_FEED, "neither XML nor JSON Feed");
	items = jsonr_get(root, "items");
	r->known = jsonr_is_array(items);
	r->out->kind = FEED_JSON;
	r->most = FEED_ENTRIES;
	r->out->title = json_text(r, root, "title");
	r->out->url = absolute(r, json_text(r, root, "home_page_url"));
	for (size_t i = 0; i < jsonr_count(items) && !r->stop; i++) {
		const struct json *j = jsonr_at(items, i);

		r->e = (struct entry){.url = json_text(r, j, "url"),
		    .guid = json_text(r, j, "id"),
		    .title = json_text(r, j, "title"),
		    .published = json_text(r, j, "date_published"),
		    .updated = json_text(r, j, "date_modified")};
		add_entry(r);
	}
	jsonr_free(root);
	return 0;
}

/* ---- a sitemap as plain text: a URL a line (sitemaps.org) -------------------------------------- */

static bool feed_text(struct reading *r, struct slice s)
{
	size_t from = 0;

	if (!slice_istarts(slice_trim(s), SLICE("http")))
		return false;
	r->out->kind = FEED_SITEMAP;
	r->most = SITEMAP_ENTRIES;
	r->known = true;
	for (size_t i = 0; i <= s.n && !r->stop; i++) {
		if (i < s.n && s.p[i] != '\n' && s.p[i] != '\r')
			continue;
		r->e = (struct entry){.url = slice_trim(slice_sub(s, from, i))};
		from = i + 1;
		if (r->e.url.n)
			add_entry(r);
	}
	return true;
}

/* ---- the whole ----------------------------------------------------------------------------------- */

static struct slice trim_start(struct slice s)
{
	while (s.n && ((unsigned char)s.p[0] <= ' ' ||
	    slice_starts(s, SLICE("\xef\xbb\xbf")))) {
		size_t n = (unsigned char)s.p[0] <= ' ' ? 1 : 3;

		s.p += n;
		s.n -= n;
	}
	return s;
}

static int read_feed(struct reading *r, struct slice s, struct err *err)
{
	s = trim_start(s);
	if (!s.n)
		return err_set(err, E_EMPTY_BODY, "the document is empty");
	if (s.p[0] == '{') {
		if (feed_json(r, s, err))
			return -1;
	} else if (s.p[0] == '<' || memchr(s.p, 0, s.n < 8 ? s.n : 8)) {
		feed_xml(r, s);
	} else {
		feed_text(r, s);
	}
	if (r->entities)
		return err_set(err, E_XML_ENTITY_LIMIT,
		    "the document defines entities");
	if (!r->known)
		return err_set(err, E_NOT_A_FEED,
		    "the document is neither a feed nor a sitemap");
	return 0;
}

int parser_feed(const struct parse_input *in, struct arena *a,
    struct feed *out, struct err *err)
{
	struct reading r = {.in = in, .a = a, .out = out};
	struct strbuf plain = STRBUF_INIT;
	struct slice s = in->bytes;
	int rc;

	*out = (struct feed){0};
	strbuf_init(&r.text);
	r.has_base = in->url && !url_parse(slice_of(in->url), NULL, a, &r.base,
	    NULL);
	if (zip_is_gzip(s)) {
		if (zip_gunzip(s, FEED_MAX, &plain, err)) {
			strbuf_release(&plain);
			return -1;
		}
		s = strbuf_slice(&plain);
	}
	rc = s.n > FEED_MAX ? err_set(err, E_BODY_TOO_LARGE,
	    "over %d bytes", FEED_MAX) : read_feed(&r, s, err);
	strbuf_release(&r.text);
	strbuf_release(&plain);
	return rc;
}
