/* RSS, RDF, Atom, sitemaps and their indexes (libxml2, push parser, recovery
 * on, no network, no entities). */
#include "parser/feed_mend.h"
#include "parser/feed_read.h"

#include <libxml/parser.h>

/* Whose words an element's name is from. */
enum tongue {
	TONGUE_OWN,   /* the feed's: of no prefix, or one that is known */
	TONGUE_NEWS,  /* Google's news in sitemaps */
	TONGUE_BURNER, /* FeedBurner's */
	TONGUE_OTHER, /* of pictures, sounds, shops: their titles are not ours */
};

struct reading {
	struct feed_reading *r;
	struct arena *a;
	struct feed_draft e;
	int depth, entry_depth; /* entry_depth 0: outside */
	int field_depth;	/* of the field being read; 0: none */
	struct strbuf text;	/* of the field, with all that is in it */
	bool permalink;		/* of the guid that is being read */
	bool base64;		/* the field (Atom 0.3, mode) */
	struct slice names[FEED_DEPTH + 1];	 /* of open elements */
	struct url *bases[FEED_DEPTH + 1];	 /* xml:base that holds */
	xmlParserCtxtPtr ctxt;
};

/* ---- elements -------------------------------------------------------------------------- */

static const struct {
	const char *name;
	enum feed_kind kind;
} roots[] = {{"rss", FEED_RSS}, {"feed", FEED_ATOM}, {"RDF", FEED_RDF},
    {"urlset", FEED_SITEMAP}, {"sitemapindex", FEED_SITEMAPINDEX},
    {"channel", FEED_RSS}};

static void read_root(struct feed_reading *r, struct slice name)
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

static bool is_map(const struct reading *x)
{
	return x->r->out->kind >= FEED_SITEMAP;
}

static bool is_entry(const struct reading *x, struct slice name)
{
	static const char *const feeds[] = {"item", "entry"};
	static const char *const maps[] = {"url", "sitemap"};

	return slice_is_any(name, is_map(x) ? maps : feeds, 2);
}

/* Prefixes are customs, and some feeds do not declare them: by either. */
static enum tongue tongue_of(const xmlChar *prefix, const xmlChar *uri)
{
	static const struct {
		const char *prefix, *uri;
		enum tongue tongue;
	} known[] = {
		{"news", "google.com/schemas/sitemap-news", TONGUE_NEWS},
		{"feedburner", "rssnamespace.org/feedburner", TONGUE_BURNER},
		{"dc", "purl.org/dc/elements", TONGUE_OWN},
		{"dcterms", "purl.org/dc/terms", TONGUE_OWN},
		{"atom", "www.w3.org/2005/Atom", TONGUE_OWN},
		{"atom03", "purl.org/atom/ns", TONGUE_OWN},
		{"rss", "purl.org/rss/1.0", TONGUE_OWN},
		{"sitemap", "www.sitemaps.org/schemas/sitemap/", TONGUE_OWN},
		{"sm", "google.com/schemas/sitemap/", TONGUE_OWN},
	};
	struct slice u = slice_of((const char *)uri);

	if (!prefix)
		return TONGUE_OWN;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (u.p ? slice_find(u, slice_of(known[i].uri), 0) >= 0 :
		    !strcmp((const char *)prefix, known[i].prefix))
			return known[i].tongue;
	return TONGUE_OTHER;
}

static struct slice attribute(const xmlChar **attrs, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (!strcmp((const char *)attrs[5 * i], name))
			return (struct slice){(const char *)attrs[5 * i + 3],
			    (size_t)(attrs[5 * i + 4] - attrs[5 * i + 3])};
	return SLICE_NONE;
}

static struct url *base_here(const struct reading *x)
{
	int d = x->depth < FEED_DEPTH ? x->depth : FEED_DEPTH;

	return x->bases[d] ? x->bases[d] : x->r->base;
}

/* xml:base holds for an element and all that is in it. */
static void read_base(struct reading *x, const xmlChar **attrs, int n)
{
	struct slice s = attribute(attrs, n, "base");
	struct url *u;
	struct err err;

	if (x->depth > FEED_DEPTH)
		return;
	x->bases[x->depth] = x->bases[x->depth - 1];
	if (!s.n)
		return;
	u = arena_alloc(x->a, sizeof(*u));
	if (!url_parse(feed_address(x->a, s), base_here(x), x->a, u, &err))
		x->bases[x->depth] = u;
}

/* ---- addresses -------------------------------------------------------------------------- */

static void set_url(struct reading *x, struct slice s, enum url_rank rank)
{
	if (rank <= x->e.rank || !s.n)
		return;
	x->e.url = s;
	x->e.rank = rank;
	x->e.base = base_here(x);
}

/* Atom's <link href rel>: alternate (or none) is the page, of HTML best. */
static enum url_rank link_rank(const xmlChar **attrs, int n)
{
	struct slice rel = attribute(attrs, n, "rel");
	struct slice type = attribute(attrs, n, "type");

	if (rel.p && !slice_ieq(rel, SLICE("alternate")) &&
	    !slice_is(rel, "http://www.iana.org/assignments/relation/alternate"))
		return URL_NONE;
	return !type.n || slice_ifind(type, SLICE("html"), 0) >= 0 ? URL_LINK :
	    URL_ALTERNATE;
}

static bool in_channel(const struct reading *x, int depth)
{
	struct slice above = depth > 1 && depth <= FEED_DEPTH ?
	    x->names[depth - 2] : SLICE_NONE;

	return slice_is(above, "channel") || slice_is(above, "feed") ||
	    slice_is(above, "rss");
}

static void read_link(struct reading *x, const xmlChar **attrs, int n)
{
	struct slice href = feed_address(x->a, attribute(attrs, n, "href"));
	enum url_rank rank = link_rank(attrs, n);

	if (!href.n || !rank)
		return;
	if (x->entry_depth) {
		if (x->r->out->kind != FEED_ATOM && rank == URL_LINK &&
		    !attribute(attrs, n, "rel").p)
			rank = URL_HREF;
		if (x->depth == x->entry_depth + 1)
			set_url(x, href, rank);
	} else if (in_channel(x, x->depth) && (x->r->out->kind != FEED_ATOM ||
	    !x->r->out->url.n)) {
		x->r->out->url = feed_absolute(x->r, base_here(x), href);
	}
}

/* ---- fields ------------------------------------------------------------------------------ */

/* Elements whose text is taken. */
static bool is_field(struct slice name)
{
	static const char *const names[] = {"link", "loc", "guid", "id",
	    "title", "pubDate", "pubdate", "published", "issued", "date",
	    "created", "publication_date", "updated", "modified", "lastmod",
	    "origLink"};

	return slice_is_any(name, names, ARRAY_LEN(names));
}

static bool is_published(struct slice name)
{
	static const char *const names[] = {"pubDate", "published", "issued",
	    "date", "created", "publication_date", "pubdate"};

	return slice_is_any(name, names, ARRAY_LEN(names));
}

static bool is_updated(struct slice name)
{
	static const char *const names[] = {"updated", "modified", "lastmod"};

	return slice_is_any(name, names, ARRAY_LEN(names));
}

static int sextet(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648, 4; what is no digit is left out. */
static void from_base64(struct strbuf *sb)
{
	unsigned bits = 0;
	size_t n = 0;
	int have = 0;

	for (size_t i = 0; i < sb->n; i++) {
		int v = sextet(sb->p[i]);

		if (v < 0)
			continue;
		bits = (bits << 6 | (unsigned)v) & 0xffffff;
		have += 6;
		if (have >= 8) {
			have -= 8;
			sb->p[n++] = (char)(bits >> have & 0xff);
		}
	}
	strbuf_setlen(sb, n);
}

static void read_guid(struct reading *x, struct slice name, struct slice s)
{
	x->e.guid = feed_clean(x->a, s);
	if (slice_is(name, "guid") && slice_istarts(x->e.guid, SLICE("http")))
		set_url(x, feed_address(x->a, s), x->permalink ? URL_GUID :
		    URL_ID);
}

/* A second address in one entry of a sitemap begins another entry: its own
 * end tag was forgotten. */
static void read_address(struct reading *x, struct slice name, struct slice s)
{
	struct slice url = feed_address(x->a, s);

	if (slice_is(name, "loc") && url.n && x->e.rank == URL_LINK) {
		feed_add(x->r, &x->e);
		x->e = (struct feed_draft){0};
	}
	set_url(x, url, URL_LINK);
}

/* What an element of an entry is to us; the first of its kind stays. */
static void read_field(struct reading *x, struct slice name,
    enum tongue tongue)
{
	struct slice s = strbuf_slice(&x->text);
	struct feed_draft *e = &x->e;

	if (tongue == TONGUE_BURNER) {
		if (slice_is(name, "origLink"))
			set_url(x, feed_address(x->a, s), URL_ORIGINAL);
	} else if (slice_is(name, "link") || slice_is(name, "loc")) {
		read_address(x, name, s);
	} else if (slice_is(name, "guid") || slice_is(name, "id")) {
		read_guid(x, name, s);
	} else if (slice_is(name, "title")) {
		if (!e->title.n || tongue == TONGUE_NEWS)
			e->title = feed_clean(x->a, s);
	} else if (is_published(name)) {
		if (!e->published.n)
			e->published = feed_clean(x->a, s);
	} else if (is_updated(name) && !e->updated.n) {
		e->updated = feed_clean(x->a, s);
	}
	/* Dublin Core's date is of an event in the item's life, no more */
	if (slice_is(name, "date") && !e->updated.n)
		e->updated = e->published;
	x->r->out->news |= tongue == TONGUE_NEWS;
}

static void read_head(struct reading *x, struct slice name)
{
	struct slice s = strbuf_slice(&x->text);
	struct feed *f = x->r->out;

	if (slice_is(name, "title") && !f->title.p)
		f->title = feed_clean(x->a, s);
	else if (slice_is(name, "link") && slice_trim(s).n)
		f->url = feed_absolute(x->r, base_here(x),
		    feed_address(x->a, s));
}

/* ---- SAX ----------------------------------------------------------------------------------- */

static void begin_entry(struct reading *x, const xmlChar **attrs, int attrs_n)
{
	struct slice about = attribute(attrs, attrs_n, "about"); /* RDF */

	x->entry_depth = x->depth;
	x->e = (struct feed_draft){0};
	if (about.n)
		x->e.guid = feed_clean(x->a, about);
}

static void end_entry(struct reading *x)
{
	struct slice s = strbuf_slice(&x->text);

	/* <sitemap>http://...</sitemap> */
	if (is_map(x) && !x->e.rank && slice_istarts(slice_trim(s),
	    SLICE("http")))
		set_url(x, feed_address(x->a, s), URL_LINK);
	/* Atom has to say when it was changed, not when it was published */
	if (x->r->out->kind == FEED_ATOM && !x->e.published.n)
		x->e.published = x->e.updated;
	feed_add(x->r, &x->e);
	x->entry_depth = 0;
}

/* Of an entry, or of the feed itself; news:news is a box around fields. */
static bool begins_field(const struct reading *x, struct slice name,
    enum tongue tongue)
{
	if (x->field_depth || tongue == TONGUE_OTHER || !is_field(name))
		return false;
	if (!x->entry_depth)
		return in_channel(x, x->depth);
	return x->depth == x->entry_depth + 1 || tongue == TONGUE_NEWS;
}

static void on_start(void *self, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, int ns_n, const xmlChar **ns, int attrs_n, int defaults,
    const xmlChar **attrs)
{
	struct reading *x = self;
	struct slice name = slice_of((const char *)local);
	enum tongue tongue = tongue_of(prefix, uri);

	(void)ns_n;
	(void)ns;
	(void)defaults;
	if (x->r->stop)
		return;
	if (x->depth < FEED_DEPTH)
		x->names[x->depth] = name;
	if (++x->depth == 1)
		read_root(x->r, name);
	read_base(x, attrs, attrs_n);
	if (!x->field_depth && tongue == TONGUE_OWN && is_entry(x, name)) {
		if (x->entry_depth) /* it was never ended */
			end_entry(x);
		begin_entry(x, attrs, attrs_n);
	}
	if (!x->field_depth)
		strbuf_reset(&x->text);
	if (slice_is(name, "link") && tongue == TONGUE_OWN)
		read_link(x, attrs, attrs_n);
	if (!begins_field(x, name, tongue))
		return;
	x->field_depth = x->depth;
	x->permalink = !slice_ieq(attribute(attrs, attrs_n, "isPermaLink"),
	    SLICE("false"));
	x->base64 = slice_is(attribute(attrs, attrs_n, "mode"), "base64");
}

static void on_end(void *self, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct reading *x = self;
	struct slice name = slice_of((const char *)local);

	if (x->r->stop)
		return;
	if (x->entry_depth && x->depth == x->entry_depth) {
		end_entry(x);
	} else if (x->field_depth && x->depth == x->field_depth) {
		if (x->base64)
			from_base64(&x->text);
		if (x->entry_depth)
			read_field(x, name, tongue_of(prefix, uri));
		else
			read_head(x, name);
		x->field_depth = 0;
	}
	x->depth--;
	if (!x->field_depth)
		strbuf_reset(&x->text);
}

static void on_text(void *self, const xmlChar *p, int n)
{
	struct reading *x = self;

	if (!x->r->stop && x->text.n + (size_t)n <= FEED_TEXT)
		strbuf_add(&x->text, p, (size_t)n);
}

static xmlEntityPtr no_entity(void *self, const xmlChar *name)
{
	(void)self;
	return xmlGetPredefinedEntity(name);
}

static void no_error(void *self, const char *fmt, ...)
{
	(void)self;
	(void)fmt;
}

#define CHUNK (64 << 10)

void feed_xml(struct feed_reading *r, struct slice utf8)
{
	struct reading x = {.r = r, .a = r->a};
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = on_start, .endElementNs = on_end,
	    .characters = on_text, .ignorableWhitespace = on_text,
	    .getEntity = no_entity, .warning = no_error, .error = no_error};
	struct strbuf chunk = STRBUF_INIT;
	struct mend m;
	bool more = true;

	x.ctxt = xmlCreatePushParserCtxt(&sax, &x, NULL, 0, NULL);
	if (!x.ctxt)
		return;
	xmlCtxtUseOptions(x.ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET |
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	strbuf_init(&x.text);
	mend_init(&m, utf8);
	while (more && !r->stop) {
		strbuf_reset(&chunk);
		more = mend_more(&m, CHUNK, &chunk);
		xmlParseChunk(x.ctxt, chunk.p, (int)chunk.n, !more);
	}
	r->entities = m.entities;
	r->out->partial = m.broken || (!r->stop && !x.ctxt->wellFormed);
	xmlFreeParserCtxt(x.ctxt);
	strbuf_release(&x.text);
	strbuf_release(&chunk);
}
