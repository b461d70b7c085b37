/* Feeds and sitemaps: bytes -> entries. XML is feed_xml.c's; JSON Feed and
 * sitemaps of plain text are read here. */
#include "core/entity.h"
#include "core/json.h"
#include "core/utf8.h"
#include "core/zip.h"
#include "parser/evidence.h"
#include "parser/feed_read.h"

static const char *const kinds[] = {"rss", "atom", "rdf", "jsonfeed",
    "sitemap", "sitemapindex"};

const char *feed_kind_name(enum feed_kind k)
{
	return kinds[k];
}

/* ---- text ------------------------------------------------------------------------ */

static bool begins_tag(struct slice s, size_t i)
{
	char c = i + 1 < s.n ? s.p[i + 1] : 0;

	return s.p[i] == '<' && (c == '/' || c == '!' ||
	    ((c | 32) >= 'a' && (c | 32) <= 'z'));
}

static void without_tags(struct slice s, struct strbuf *to)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *end = begins_tag(s, i) ?
		    memchr(s.p + i, '>', s.n - i) : NULL;

		if (end)
			i = (size_t)(end - s.p);
		else
			strbuf_addc(to, s.p[i]);
	}
}

static struct slice folded(struct arena *a, struct slice s)
{
	struct strbuf out = STRBUF_INIT;
	bool gap = false;

	for (size_t i = 0; i < s.n;) {
		size_t from = i;

		if (cp_is_space(utf8_next(s, &i))) {
			gap = true;
			continue;
		}
		if (gap && out.n)
			strbuf_addc(&out, ' ');
		gap = false;
		strbuf_add(&out, s.p + from, i - from);
	}
	s = out.n ? arena_slice(a, strbuf_slice(&out)) : SLICE_NONE;
	strbuf_release(&out);
	return s;
}

struct slice feed_clean(struct arena *a, struct slice s)
{
	struct strbuf once = STRBUF_INIT, bare = STRBUF_INIT;

	entity_decode_whole(s, &once);
	without_tags(strbuf_slice(&once), &bare);
	strbuf_reset(&once);
	entity_decode_whole(strbuf_slice(&bare), &once);
	s = folded(a, strbuf_slice(&once));
	strbuf_release(&once);
	strbuf_release(&bare);
	return s;
}

/* Twice escaped, as many feeds have it; other names stay: "&copy=2". */
struct slice feed_address(struct arena *a, struct slice s)
{
	static const char *const amps[] = {"&amp;", "&#38;", "&#038;",
	    "&#x26;"};
	struct strbuf out = STRBUF_INIT;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		n = 1;
		strbuf_addc(&out, s.p[i]);
		for (size_t k = 0; s.p[i] == '&' && k < ARRAY_LEN(amps); k++)
			if (slice_starts(slice_sub(s, i, s.n),
			    slice_of(amps[k])))
				n = strlen(amps[k]);
	}
	s = strbuf_slice(&out);
	for (size_t i = 0; i < s.n; s = slice_sub(s, i, s.n), i = 0)
		if (!cp_is_space(utf8_next(s, &i)))
			break;
	for (size_t end; s.n; s.n = end) {
		for (end = s.n - 1; end && (s.p[end] & 0xc0) == 0x80;)
			end--;
		n = end;
		if (!cp_is_space(utf8_next(s, &n)))
			break;
	}
	s = s.n ? arena_slice(a, s) : SLICE_NONE;
	strbuf_release(&out);
	return s;
}

struct slice feed_absolute(struct feed_reading *r, const struct url *base,
    struct slice s)
{
	struct url u;
	struct err err;

	if (!s.n || url_parse(s, base, r->a, &u, &err) ||
	    url_check_fetch(&u, &err))
		return SLICE_NONE;
	return u.href;
}

/* ---- entries ------------------------------------------------------------------------ */

static void tell_unfit(struct feed_reading *r, const struct feed_draft *d)
{
	struct feed *f = r->out;
	struct err why = {0};
	struct url u;

	if (url_parse(d->url, d->base, r->a, &u, &why) ||
	    url_check_fetch(&u, &why))
		if (f->unfit_n++ < FEED_UNFIT)
			f->unfit[f->unfit_n - 1] = (struct feed_unfit){
			    arena_slice(r->a, d->url), why.code};
}

static struct pubtime date_of(struct feed_reading *r, struct slice s)
{
	struct pubtime t;
	struct err err;

	if (!s.n || parser_feed_date(s, r->in->zone, &t, &err)) {
		t = PUBTIME_NONE;
		t.raw = s;
	}
	return t;
}

static struct feed_entry *more_room(struct feed_reading *r)
{
	struct feed *f = r->out;

	if (f->entries_n == r->cap) {
		struct feed_entry *more;

		r->cap = r->cap ? r->cap * 2 : 32;
		more = arena_alloc(r->a, r->cap * sizeof(*more));
		if (f->entries_n)
			memcpy(more, f->entries, f->entries_n * sizeof(*more));
		f->entries = more;
	}
	return &f->entries[f->entries_n++];
}

void feed_add(struct feed_reading *r, const struct feed_draft *d)
{
	struct feed *f = r->out;
	struct slice url = feed_absolute(r, d->base, d->url);

	if (d->url.n && !url.n)
		tell_unfit(r, d);
	if (!url.n && f->kind >= FEED_SITEMAP) /* its entries are URLs */
		return;
	if (f->entries_n >= r->most) {
		f->over_limit = true;
		r->stop = true;
		return;
	}
	*more_room(r) = (struct feed_entry){.url = url,
	    .id = d->guid.n ? d->guid : SLICE_NONE, .title = d->title,
	    .published = date_of(r, d->published),
	    .updated = date_of(r, d->updated)};
}

/* ---- JSON Feed (jsonfeed.org, version 1.1) -------------------------------------------------- */

static struct slice json_text(struct feed_reading *r, const struct json *j,
    const char *key)
{
	struct json *v = jsonr_get(j, key);

	if (jsonr_is_number(v))
		return arena_printf(r->a, "%lld", (long long)jsonr_int(v, 0));
	return arena_slice(r->a, jsonr_str(v));
}

/* The page; a link elsewhere that the item is about comes after it. */
static void json_item(struct feed_reading *r, const struct json *j)
{
	struct feed_draft d = {.base = r->base, .url = json_text(r, j, "url"),
	    .guid = json_text(r, j, "id"),
	    .title = feed_clean(r->a, json_text(r, j, "title")),
	    .published = json_text(r, j, "date_published"),
	    .updated = json_text(r, j, "date_modified")};

	if (!d.url.n)
		d.url = json_text(r, j, "external_url");
	feed_add(r, &d);
}

static int feed_json(struct feed_reading *r, struct slice s, struct err *err)
{
	struct json *root = jsonr_parse(s, err), *items;

	if (!root)
		return err_set(err, E_NOT_A_FEED, "neither XML nor JSON Feed");
	items = jsonr_get(root, "items");
	r->known = jsonr_is_array(items);
	r->out->kind = FEED_JSON;
	r->most = FEED_ENTRIES;
	r->out->title = json_text(r, root, "title");
	r->out->url = feed_absolute(r, r->base, json_text(r, root,
	    "home_page_url"));
	for (size_t i = 0; i < jsonr_count(items) && !r->stop; i++)
		json_item(r, jsonr_at(items, i));
	jsonr_free(root);
	return 0;
}

/* ---- a sitemap as plain text: a URL a line (sitemaps.org) -------------------------------------- */

static void feed_text(struct feed_reading *r, struct slice s)
{
	size_t from = 0;

	if (!slice_istarts(slice_trim(s), SLICE("http")))
		return;
	r->out->kind = FEED_SITEMAP;
	r->most = SITEMAP_ENTRIES;
	r->known = true;
	for (size_t i = 0; i <= s.n && !r->stop; i++) {
		struct feed_draft d = {0};

		if (i < s.n && s.p[i] != '\n' && s.p[i] != '\r')
			continue;
		d.url = slice_trim(slice_sub(s, from, i));
		from = i + 1;
		if (d.url.n)
			feed_add(r, &d);
	}
}

/* ---- the whole ----------------------------------------------------------------------------------- */

/* encoding="..." of <?xml ... ?>. */
static struct slice declared(struct slice s)
{
	struct slice head = slice_sub(s, 0, 256);
	long end = slice_find(head, SLICE("?>"), 0);
	long at = end < 0 ? -1 : slice_find(slice_sub(head, 0, (size_t)end),
	    SLICE("encoding"), 0);
	size_t from, to;

	if (at < 0)
		return SLICE_NONE;
	for (from = (size_t)at + 8; from < head.n && strchr("= \t\r\n\"'",
	    head.p[from]);)
		from++;
	for (to = from; to < head.n && !strchr("\"' ?>", head.p[to]);)
		to++;
	return slice_sub(head, from, to);
}

/*
 * What is valid UTF-8 as a whole is that, whatever header or declaration say
 * (text in another encoding is not so by chance). Else RFC 7303, 3: byte order
 * mark, header, declaration; what fits none of them is told by detection.
 */
static int to_utf8(struct feed_reading *r, struct slice s, struct slice *utf8,
    struct err *err)
{
	struct parse_input in = *r->in;
	struct slice name = declared(s);
	const char *label;
	size_t errors;

	if (utf8_valid(s) && !memchr(s.p, 0, s.n)) {
		*utf8 = s;
		return 0;
	}
	in.bytes = s;
	in.type = DOC_HTML;
	if (slice_ifind(slice_of(in.content_type), SLICE("charset"), 0) < 0)
		in.content_type = name.n && !slice_istarts(name, SLICE("utf")) ?
		    arena_printf(r->a, "charset=%.*s", SLICE_FMT(name)).p :
		    NULL;
	return charset_decode(&in, r->a, utf8, &label, &errors, err);
}

static struct slice trim_start(struct slice s)
{
	while (s.n && ((unsigned char)s.p[0] <= ' ' ||
	    slice_starts(s, SLICE("\xef\xbb\xbf"))))
		s = slice_sub(s, (unsigned char)s.p[0] <= ' ' ? 1 : 3, s.n);
	return s;
}

static int read_feed(struct feed_reading *r, struct slice s, struct err *err)
{
	if (!trim_start(s).n)
		return err_set(err, E_EMPTY_BODY, "the document is empty");
	if (to_utf8(r, s, &s, err))
		return -1;
	s = trim_start(s);
	if (s.n && s.p[0] == '{') {
		if (feed_json(r, s, err))
			return -1;
	} else if (memchr(s.p, '<', s.n < 4096 ? s.n : 4096)) {
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
	struct feed_reading r = {.in = in, .a = a, .out = out};
	struct strbuf plain = STRBUF_INIT;
	struct slice s = in->bytes;
	struct url base;
	int rc;

	*out = (struct feed){0};
	if (in->url && !url_parse(slice_of(in->url), NULL, a, &base, NULL))
		r.base = &base;
	if (zip_is_gzip(s)) {
		if (zip_gunzip(s, FEED_MAX, &plain, err)) {
			strbuf_release(&plain);
			return -1;
		}
		s = strbuf_slice(&plain);
	}
	rc = s.n > FEED_MAX ? err_set(err, E_BODY_TOO_LARGE,
	    "over %d bytes", FEED_MAX) : read_feed(&r, s, err);
	strbuf_release(&plain);
	return rc;
}
