/* JSON-LD (schema.org): what publishers tell search engines. */
#include "core/entity.h"
#include "core/json.h"
#include "parser/evidence.h"
#include "parser/limits.h"

enum ld_type { LD_NONE, LD_ARTICLE, LD_LIVE, LD_PAGE, LD_VIDEO, LD_LIST };

static const struct {
	const char *name;
	enum ld_type type;
} types[] = {
	{"NewsArticle", LD_ARTICLE}, {"Article", LD_ARTICLE},
	{"ReportageNewsArticle", LD_ARTICLE}, {"BlogPosting", LD_ARTICLE},
	{"AnalysisNewsArticle", LD_ARTICLE}, {"OpinionNewsArticle", LD_ARTICLE},
	{"BackgroundNewsArticle", LD_ARTICLE}, {"ReviewNewsArticle", LD_ARTICLE},
	{"AskPublicNewsArticle", LD_ARTICLE}, {"TechArticle", LD_ARTICLE},
	{"ScholarlyArticle", LD_ARTICLE}, {"Report", LD_ARTICLE},
	{"SocialMediaPosting", LD_ARTICLE}, {"LiveBlogPosting", LD_LIVE},
	{"WebPage", LD_PAGE}, {"ItemPage", LD_PAGE},
	{"VideoObject", LD_VIDEO}, {"CollectionPage", LD_LIST},
};

static enum ld_type type_of(const struct json *j)
{
	struct json *t = jsonr_get(j, "@type");
	size_t n = jsonr_is_array(t) ? jsonr_count(t) : 1;

	for (size_t k = 0; k < n; k++) {
		struct slice s = jsonr_str(jsonr_is_array(t) ? jsonr_at(t, k) :
		    t);

		for (size_t i = 0; i < ARRAY_LEN(types); i++)
			if (slice_is(s, types[i].name))
				return types[i].type;
	}
	return LD_NONE;
}

/* Strings in JSON-LD are often HTML-escaped once more. */
static struct slice text_of(struct evidence *e, const struct json *j)
{
	struct strbuf sb = STRBUF_INIT;
	struct slice s = jsonr_str(j);

	if (!s.n || !memchr(s.p, '&', s.n))
		return s;
	entity_decode(s, &sb);
	s = arena_slice(e->arena, strbuf_slice(&sb));
	strbuf_release(&sb);
	return s;
}


static void add(struct evidence *e, const struct json *j, const char *key,
    enum claim_field f, int weight)
{
	evidence_add(e, f, WITNESS_JSONLD, weight, text_of(e, jsonr_get(j, key)),
	    key);
}

static void add_time(struct evidence *e, const struct json *j, const char *key,
    enum claim_field f, int weight)
{
	evidence_add_time(e, f, WITNESS_JSONLD, weight,
	    jsonr_str(jsonr_get(j, key)), key);
}

/* The node that {"@id": ...} stands for: authors and publishers of a @graph
 * are nodes of their own. j itself if there is none. */
static const struct json *resolved(const struct json *root,
    const struct json *j)
{
	const struct json *list = jsonr_get(root, "@graph");
	struct slice id = jsonr_str(jsonr_get(j, "@id"));

	if (!list)
		list = root;
	if (!id.n || jsonr_get(j, "name"))
		return j;
	for (size_t i = 0; i < jsonr_count(list) && i < JSONLD_NODES; i++) {
		const struct json *x = jsonr_at(list, i);

		if (x != j && slice_eq(jsonr_str(jsonr_get(x, "@id")), id) &&
		    jsonr_get(x, "name"))
			return x;
	}
	return j;
}

static void add_author(struct evidence *e, const struct json *a, int weight)
{
	struct slice name = jsonr_is_string(a) ? text_of(e, a) :
	    text_of(e, jsonr_get(a, "name"));

	if (!name.n && jsonr_is_array(jsonr_get(a, "name")))
		name = text_of(e, jsonr_at(jsonr_get(a, "name"), 0));
	if (name.n && slice_find(name, SLICE("://"), 0) < 0)
		evidence_add(e, CLAIM_BYLINE, WITNESS_JSONLD, weight, name,
		    "author");
}

static void add_authors(struct evidence *e, const struct json *root,
    const struct json *j, int weight)
{
	const struct json *a = jsonr_get(j, "author");

	if (!a)
		a = jsonr_get(j, "creator");
	if (!jsonr_is_array(a)) {
		add_author(e, resolved(root, a), weight);
		return;
	}
	for (size_t i = 0; i < jsonr_count(a); i++)
		add_author(e, resolved(root, jsonr_at(a, i)), weight);
}

static void add_body(struct evidence *e, const struct json *j)
{
	struct slice s = text_of(e, jsonr_get(j, "articleBody"));

	if (s.n > e->jsonld_body.n)
		e->jsonld_body = arena_slice(e->arena, s);
}

static void read_article(struct evidence *e, const struct json *root,
    const struct json *j, int weight, enum ld_type type)
{
	struct json *page = jsonr_get(j, "mainEntityOfPage");
	struct json *place = jsonr_get(j, "contentLocation");

	add(e, j, "headline", CLAIM_TITLE, weight);
	if (!jsonr_get(j, "headline"))
		add(e, j, "name", CLAIM_TITLE, weight - 1);
	add(e, j, "alternativeHeadline", CLAIM_SUMMARY, weight - 2);
	add(e, j, "description", CLAIM_SUMMARY, weight - 1);
	add_authors(e, root, j, weight);
	add_time(e, j, "datePublished", CLAIM_CREATED, weight);
	add_time(e, j, "dateCreated", CLAIM_CREATED, weight - 2);
	add_time(e, j, "dateModified", CLAIM_UPDATED, weight);
	add(e, j, "inLanguage", CLAIM_LANGUAGE, weight);
	add(e, j, "url", CLAIM_CANONICAL, weight - 2);
	if (jsonr_is_string(page))
		evidence_add(e, CLAIM_CANONICAL, WITNESS_JSONLD, weight - 1,
		    jsonr_str(page), "mainEntityOfPage");
	else
		add(e, page, "@id", CLAIM_CANONICAL, weight - 1);
	add(e, j, "dateline", CLAIM_PLACE, weight);
	add(e, place, "name", CLAIM_PLACE, weight - 2);
	add(e, j, "correction", CLAIM_NOTE, weight);
	add(e, resolved(root, jsonr_get(j, "publisher")), "name",
	    CLAIM_SITE_NAME, weight);
	add_body(e, j);
	if (type == LD_LIVE)
		evidence_add(e, CLAIM_KIND, WITNESS_JSONLD, weight,
		    SLICE("live"), "@type");
}

/* Nodes that may hold the article, one below another. */
static const char *const nests[] = {"@graph", "mainEntity", "itemListElement",
    "item", "hasPart", "@list", "mainEntityOfPage", "subjectOf"};

static void read_node(struct evidence *e, const struct json *root,
    const struct json *j, bool nested)
{
	enum ld_type type = type_of(j);

	if (type == LD_ARTICLE || type == LD_LIVE)
		read_article(e, root, j, nested ? 5 : 6, type);
	else if (type == LD_PAGE)
		read_article(e, root, j, 3, type);
	else if (type == LD_VIDEO && !nested)
		evidence_add(e, CLAIM_KIND, WITNESS_JSONLD, 1, SLICE("video"),
		    "@type");
	else if (type == LD_LIST && !nested)
		evidence_add(e, CLAIM_KIND, WITNESS_JSONLD, 1, SLICE("list"),
		    "@type");
	else if (jsonr_get(j, "@type") &&
	    slice_is(jsonr_str(jsonr_get(j, "@type")), "WebSite"))
		add(e, j, "name", CLAIM_SITE_NAME, 2);
}

static void walk(struct evidence *e, const struct json *root)
{
	struct {
		const struct json *j;
		bool nested;
	} stack[JSONLD_STACK], at;
	size_t n = 0;

	stack[n].j = root;
	stack[n++].nested = false;
	while (n) {
		at = stack[--n];
		if (jsonr_is_array(at.j)) {
			/* the first come first: what is too much is behind */
			size_t most = jsonr_count(at.j);

			if (most > JSONLD_STACK - n)
				most = JSONLD_STACK - n;
			while (most-- > 0) {
				stack[n].j = jsonr_at(at.j, most);
				stack[n++].nested = at.nested;
			}
			continue;
		}
		if (!jsonr_is_object(at.j))
			continue;
		read_node(e, root, at.j, at.nested);
		for (size_t i = 0; i < ARRAY_LEN(nests); i++) {
			const struct json *kid = jsonr_get(at.j, nests[i]);

			if (n < JSONLD_STACK && (jsonr_is_object(kid) ||
			    jsonr_is_array(kid))) {
				stack[n].j = kid;
				/* @graph is a list of equals */
				stack[n++].nested = at.nested || i > 0;
			}
		}
	}
}

/* ---- broken JSON ------------------------------------------------------------------ */

/* Raw line ends in strings, trailing commas, comments around: mended. */
static void mend(struct slice s, struct strbuf *to)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quoted && c == '\\' && i + 1 < s.n) {
			static const char good[] = "\"\\/bfnrtu";

			if (strchr(good, s.p[i + 1]) && s.p[i + 1]) {
				strbuf_addc(to, c);
				strbuf_addc(to, s.p[++i]);
			}
			continue;
		}
		if (c == '"')
			quoted = !quoted;
		if (quoted && (unsigned char)c < 0x20) {
			strbuf_addc(to, ' ');
			continue;
		}
		if (!quoted && c == ',') {
			size_t k = i + 1;

			while (k < s.n && (unsigned char)s.p[k] <= ' ')
				k++;
			if (k < s.n && (s.p[k] == '}' || s.p[k] == ']' ||
			    s.p[k] == ','))
				continue;
		}
		strbuf_addc(to, c);
	}
}

static struct slice strip(struct slice s)
{
	static const char *const open[] = {"<!--", "//<![CDATA[", "<![CDATA[",
	    "/*<![CDATA[*/"};
	static const char *const close[] = {"-->", "//]]>", "]]>", "/*]]>*/"};

	for (size_t i = 0; i < ARRAY_LEN(open); i++) {
		size_t n = strlen(close[i]);

		s = slice_trim(s);
		if (slice_starts(s, slice_of(open[i])))
			s = slice_sub(s, strlen(open[i]), s.n);
		s = slice_trim(s);
		if (s.n >= n && slice_is(slice_sub(s, s.n - n, s.n), close[i]))
			s.n -= n;
	}
	while (s.n && s.p[s.n - 1] == ';')
		s.n--;
	return slice_trim(s);
}

/* "datePublished": "..." of a block that is beyond mending. */
static void salvage(struct evidence *e, struct slice s)
{
	static const struct {
		const char *key;
		enum claim_field field;
		bool time;
	} keys[] = {{"\"headline\"", CLAIM_TITLE, false},
	    {"\"datePublished\"", CLAIM_CREATED, true},
	    {"\"dateModified\"", CLAIM_UPDATED, true}};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct slice k = slice_of(keys[i].key);
		long at = slice_find(s, k, 0);
		size_t from, end;

		if (at < 0)
			continue;
		from = (size_t)at + k.n;
		while (from < s.n && (s.p[from] == ' ' || s.p[from] == ':'))
			from++;
		if (from >= s.n)
			continue;
		if (s.p[from] == '"')
			from++;
		for (end = from; end < s.n && s.p[end] != '"' &&
		    s.p[end] != '\n' && (keys[i].time ? s.p[end] != ',' : true);
		    end++)
			;
		if (keys[i].time)
			evidence_add_time(e, keys[i].field, WITNESS_JSONLD, 4,
			    slice_sub(s, from, end), "broken JSON-LD");
		else
			evidence_add(e, keys[i].field, WITNESS_JSONLD, 4,
			    slice_sub(s, from, end), "broken JSON-LD");
	}
}

static void read_block(struct evidence *e, struct slice s)
{
	struct strbuf mended = STRBUF_INIT;
	struct err err;
	struct json *j;

	s = strip(s);
	if (!s.n)
		return;
	j = jsonr_parse(s, &err);
	if (!j) {
		mend(s, &mended);
		j = jsonr_parse(strbuf_slice(&mended), &err);
	}
	if (j)
		walk(e, j);
	else
		salvage(e, s);
	jsonr_free(j);
	strbuf_release(&mended);
}

void jsonld_read(struct evidence *e, const struct dom *dom)
{
	struct strbuf sb = STRBUF_INIT;
	struct dom_node *n = dom->root;
	size_t blocks = dom->jsonld_n;

	for (size_t i = 0; i < dom->jsonld_n; i++)
		read_block(e, dom->jsonld[i]);
	/* the rest of a page that the prescan left as it was */
	for (; n && blocks < JSONLD_MAX; n = dom_next(dom->root, n, false)) {
		if (n->tag != TAG_SCRIPT || !n->first ||
		    !slice_istarts(slice_trim(dom_attr(n, "type")),
		    SLICE("application/ld+json")))
			continue;
		strbuf_reset(&sb);
		for (struct dom_node *k = n->first; k; k = k->next)
			strbuf_addsl(&sb, k->text);
		read_block(e, strbuf_slice(&sb));
		blocks++;
	}
	strbuf_release(&sb);
}
