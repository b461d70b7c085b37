/* meta, link, title, microdata, time elements, and bylines by their class. */
#include "parser/evidence.h"
#include "parser/limits.h"

/* ---- meta elements ----------------------------------------------------------------- */

static const struct {
	const char *name; /* of name, property or itemprop, lower case */
	enum claim_field field;
	int weight;
	bool time;
} metas[] = {
	{"og:title", CLAIM_TITLE, 5, false},
	{"twitter:title", CLAIM_TITLE, 3, false},
	{"dc.title", CLAIM_TITLE, 3, false},
	{"dcterms.title", CLAIM_TITLE, 3, false},
	{"citation_title", CLAIM_TITLE, 3, false},
	{"parsely-title", CLAIM_TITLE, 4, false},
	{"sailthru.title", CLAIM_TITLE, 3, false},
	{"cxenseparse:title", CLAIM_TITLE, 3, false},
	{"og:description", CLAIM_SUMMARY, 3, false},
	{"twitter:description", CLAIM_SUMMARY, 2, false},
	{"description", CLAIM_SUMMARY, 2, false},
	{"article:published_time", CLAIM_CREATED, 5, true},
	{"og:article:published_time", CLAIM_CREATED, 4, true},
	{"og:published_time", CLAIM_CREATED, 4, true},
	{"article:published", CLAIM_CREATED, 4, true},
	{"publishdate", CLAIM_CREATED, 4, true},
	{"publish-date", CLAIM_CREATED, 4, true},
	{"publish_date", CLAIM_CREATED, 4, true},
	{"pubdate", CLAIM_CREATED, 4, true},
	{"publicationdate", CLAIM_CREATED, 4, true},
	{"published_time", CLAIM_CREATED, 4, true},
	{"published", CLAIM_CREATED, 3, true},
	{"date", CLAIM_CREATED, 3, true},
	{"dc.date", CLAIM_CREATED, 3, true},
	{"dc.date.issued", CLAIM_CREATED, 4, true},
	{"dc.date.created", CLAIM_CREATED, 3, true},
	{"dcterms.created", CLAIM_CREATED, 3, true},
	{"dcterms.date", CLAIM_CREATED, 3, true},
	{"dcterms.issued", CLAIM_CREATED, 4, true},
	{"parsely-pub-date", CLAIM_CREATED, 4, true},
	{"sailthru.date", CLAIM_CREATED, 3, true},
	{"citation_publication_date", CLAIM_CREATED, 3, true},
	{"citation_date", CLAIM_CREATED, 3, true},
	{"cxenseparse:recs:publishtime", CLAIM_CREATED, 4, true},
	{"datepublished", CLAIM_CREATED, 4, true},
	{"datecreated", CLAIM_CREATED, 2, true},
	{"article.published", CLAIM_CREATED, 4, true},
	{"originalpublicationdate", CLAIM_CREATED, 3, true},
	{"release_date", CLAIM_CREATED, 3, true},
	{"article:modified_time", CLAIM_UPDATED, 5, true},
	{"article:modified", CLAIM_UPDATED, 4, true},
	{"og:updated_time", CLAIM_UPDATED, 4, true},
	{"article.updated", CLAIM_UPDATED, 4, true},
	{"lastmod", CLAIM_UPDATED, 3, true},
	{"last-modified", CLAIM_UPDATED, 3, true},
	{"last_modified", CLAIM_UPDATED, 3, true},
	{"dcterms.modified", CLAIM_UPDATED, 4, true},
	{"dc.date.modified", CLAIM_UPDATED, 4, true},
	{"datemodified", CLAIM_UPDATED, 4, true},
	{"modified", CLAIM_UPDATED, 3, true},
	{"updated_time", CLAIM_UPDATED, 3, true},
	{"author", CLAIM_BYLINE, 4, false},
	{"article:author", CLAIM_BYLINE, 4, false},
	{"article:author_name", CLAIM_BYLINE, 4, false},
	{"og:article:author", CLAIM_BYLINE, 3, false},
	{"dc.creator", CLAIM_BYLINE, 3, false},
	{"dcterms.creator", CLAIM_BYLINE, 3, false},
	{"dc.contributor", CLAIM_BYLINE, 2, false},
	{"citation_author", CLAIM_BYLINE, 3, false},
	{"parsely-author", CLAIM_BYLINE, 4, false},
	{"sailthru.author", CLAIM_BYLINE, 3, false},
	{"cxenseparse:author", CLAIM_BYLINE, 3, false},
	{"byl", CLAIM_BYLINE, 3, false},
	{"og:url", CLAIM_CANONICAL, 4, false},
	{"twitter:url", CLAIM_CANONICAL, 2, false},
	{"og:site_name", CLAIM_SITE_NAME, 5, false},
	{"application-name", CLAIM_SITE_NAME, 3, false},
	{"og:locale", CLAIM_LANGUAGE, 3, false},
	{"dc.language", CLAIM_LANGUAGE, 3, false},
	{"content-language", CLAIM_LANGUAGE, 3, false},
	{"language", CLAIM_LANGUAGE, 2, false},
};

static void claim(struct evidence *e, struct slice name, struct slice value,
    enum witness w, int off)
{
	for (size_t i = 0; i < ARRAY_LEN(metas); i++) {
		if (!slice_ibegins(name, metas[i].name) ||
		    name.n != strlen(metas[i].name))
			continue;
		if (metas[i].time)
			evidence_add_time(e, metas[i].field, w,
			    metas[i].weight - off, value, metas[i].name);
		else if (metas[i].field != CLAIM_BYLINE ||
		    slice_find(value, SLICE("://"), 0) < 0)
			evidence_add(e, metas[i].field, w,
			    metas[i].weight - off, value, metas[i].name);
	}
}

/* ---- elements of the page ------------------------------------------------------------ */

/* More than a word: a whole name, or anything else but half a name. */
static bool holds_words(const struct dom_node *n)
{
	const struct dom_node *x = n->first;
	struct slice s = x && x->tag == TAG_NONE ? slice_trim(x->text) :
	    SLICE_NONE;

	return s.n && memchr(s.p, ' ', s.n);
}

/* All text below top; of names, those that are links or blocks of their own
 * get a bar between them. False where it is too long for either: what is named
 * "date" may hold the page, and such may be nested. */
static bool gather_below(const struct dom_node *top, bool names,
    struct strbuf *sb)
{
	for (const struct dom_node *n = top; n; n = dom_next(top,
	    (struct dom_node *)n, n->tag == TAG_SCRIPT || n->tag == TAG_STYLE)) {
		if (sb->n + n->text.n > NAMED_TEXT)
			return false;
		if (n->tag == TAG_NONE)
			strbuf_addsl(sb, n->text);
		else if (!names && n->tag == TAG_BR)
			strbuf_addc(sb, '\n');
		else if (names && sb->n && (n->tag == TAG_A ||
		    n->tag == TAG_LI || n->tag == TAG_P || n->tag == TAG_DIV ||
		    holds_words(n) || (unsigned char)sb->p[sb->n - 1] > ' '))
			strbuf_addc(sb, '|'); /* "<b>Jane Roe</b><i>Writer</i>" */
	}
	return true;
}

static struct slice text_below(struct evidence *e, const struct dom_node *n,
    size_t most, bool names)
{
	struct strbuf raw = STRBUF_INIT, sb = STRBUF_INIT;
	struct slice s;

	if (!gather_below(n, names, &raw))
		strbuf_reset(&raw);
	for (size_t i = 0; i < raw.n; i++) {
		bool blank = (unsigned char)raw.p[i] <= ' ';

		if (!blank)
			strbuf_addc(&sb, raw.p[i]);
		else if (sb.n && sb.p[sb.n - 1] != ' ')
			strbuf_addc(&sb, ' ');
	}
	s = slice_trim(strbuf_slice(&sb));
	s = s.n <= most ? arena_slice(e->arena, s) : SLICE_NONE;
	strbuf_release(&raw);
	strbuf_release(&sb);
	return s;
}

/* What an element is called, by words in its class, id, itemprop or rel. */
enum name_bit { SAYS_UPDATE = 1, SAYS_DATE = 2, SAYS_BY = 4, SAYS_NOT_BY = 8,
	SAYS_TEASER = 16, SAYS_NAME = 32 };

#define NAME_WORDS 6

/* By their first letter. A list of teasers is no place for the page's date. */
static const struct name_word {
	const char *word;
	unsigned int bits;
} name_words[26][NAME_WORDS] = {
	['a' - 'a'] = {{"author", SAYS_BY},
	    {"auteur", SAYS_BY}, {"autor", SAYS_BY}, {"avatar", SAYS_NOT_BY}},
	['b' - 'a'] = {{"byline", SAYS_BY},
	    {"bio", SAYS_NOT_BY}, {"box", SAYS_NOT_BY}},
	['c' - 'a'] = {
	    {"comment", SAYS_NOT_BY | SAYS_TEASER},
	    {"container", SAYS_NOT_BY}, {"carousel", SAYS_TEASER},
	    {"card", SAYS_TEASER}},
	['d' - 'a'] = {{"date", SAYS_DATE | SAYS_NOT_BY},
	    {"datum", SAYS_DATE}, {"desc", SAYS_NOT_BY}},
	['e' - 'a'] = {{"email", SAYS_NOT_BY}},
	['f' - 'a'] = {{"fecha", SAYS_DATE},
	    {"follow", SAYS_NOT_BY}, {"footer", SAYS_TEASER}},
	['i' - 'a'] = {{"image", SAYS_NOT_BY}},
	['j' - 'a'] = {{"journalist", SAYS_BY}, {"job", SAYS_NOT_BY}},
	['l' - 'a'] = {{"latest", SAYS_TEASER}},
	['m' - 'a'] = {{"modif", SAYS_UPDATE},
	    {"most-", SAYS_TEASER}, {"more-", SAYS_TEASER}},
	['n' - 'a'] = {{"name", SAYS_NAME}},
	['p' - 'a'] = {{"publi", SAYS_DATE},
	    {"posted", SAYS_DATE}, {"promo", SAYS_TEASER}},
	['r' - 'a'] = {{"reporter", SAYS_BY},
	    {"related", SAYS_NOT_BY | SAYS_TEASER}, {"role", SAYS_NOT_BY},
	    {"recommend", SAYS_TEASER}},
	['s' - 'a'] = {{"social", SAYS_NOT_BY},
	    {"sidebar", SAYS_NOT_BY | SAYS_TEASER}},
	['t' - 'a'] = {
	    {"time", SAYS_DATE | SAYS_NOT_BY}, {"twitter", SAYS_NOT_BY},
	    {"tag", SAYS_NOT_BY}, {"title", SAYS_NOT_BY},
	    {"teaser", SAYS_TEASER}, {"trending", SAYS_TEASER}},
	['u' - 'a'] = {{"updat", SAYS_UPDATE}},
	['w' - 'a'] = {{"writer", SAYS_BY}, {"wrapper", SAYS_NOT_BY}},
};

static bool stands_at(struct slice s, size_t i, const char *word)
{
	for (; *word && i < s.n; word++, i++)
		if ((s.p[i] | 32) != (*word | 32))
			return false;
	return !*word;
}

static unsigned int words_in(struct slice s)
{
	unsigned int bits = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned int letter = (unsigned int)(s.p[i] | 32) - 'a';

		/* "title-box__author": what a part lies in is not what it is */
		if (s.p[i] == '_' && i && s.p[i - 1] == '_')
			bits &= ~(unsigned int)SAYS_NOT_BY;
		if (letter >= 26)
			continue;
		for (const struct name_word *w = name_words[letter];
		    w < name_words[letter] + NAME_WORDS && w->word; w++)
			if (stands_at(s, i, w->word))
				bits |= w->bits;
	}
	return bits;
}

static unsigned int names_of(const struct dom_node *n)
{
	unsigned int bits = 0;

	for (size_t i = 0; i < n->attrs_n; i++) {
		struct slice a = n->attrs[i].name;

		if (slice_is(a, "class") || slice_is(a, "id") ||
		    slice_is(a, "itemprop") || slice_is(a, "rel") ||
		    slice_is(a, "data-testid"))
			bits |= words_in(n->attrs[i].value);
	}
	return bits;
}

/* A teaser's time is not the page's. */
static bool in_list(const struct dom_node *n)
{
	for (int i = 0; n && i < 12; n = n->up, i++) {
		if (n->tag == TAG_ASIDE || n->tag == TAG_NAV ||
		    n->tag == TAG_FOOTER || n->tag == TAG_LI)
			return true;
		if (n->tag == TAG_BODY || n->tag == TAG_ARTICLE ||
		    n->tag == TAG_MAIN)
			return false;
		if (names_of(n) & SAYS_TEASER)
			return true;
	}
	return false;
}

/* WordPress tells Twitter so: a label, and what it labels in the next. */
static void read_label(struct evidence *e, const struct dom_node *n,
    struct slice content)
{
	static const char *const labels[] = {"written by", "verfasst von",
	    "geschrieben von", "\xc3\x89""crit par", "escrito por",
	    "scritto da", "geschreven door", "skrevet av", "skrevet af",
	    "skriven av", "napisane przez", "yazan", "author", "autor"};
	static const char *const names[][2] = {{"twitter:label1",
	    "twitter:data1"}, {"twitter:label2", "twitter:data2"}};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct dom_node *x = n->next;

		if (!slice_is(dom_attr(n, "name"), names[i][0]) ||
		    !slice_is_any(content, labels, ARRAY_LEN(labels)))
			continue;
		for (int k = 0; x && k < 4; k++, x = x->next)
			if (slice_is(dom_attr(x, "name"), names[i][1]))
				evidence_add(e, CLAIM_BYLINE, WITNESS_META, 2,
				    dom_attr(x, "content"), names[i][1]);
	}
}

static void read_meta(struct evidence *e, const struct dom_node *n)
{
	static const char *const names[] = {"property", "name", "itemprop",
	    "http-equiv"};
	struct slice content = dom_attr(n, "content");

	/* the authors of works that the text cites */
	if (!content.n || (slice_is(dom_attr(n, "itemprop"), "author") &&
	    in_list(n)))
		return;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct slice name = dom_attr(n, names[i]);

		if (!name.n)
			continue;
		rights_meta(&e->rights, slice_trim(name), content);
		claim(e, slice_trim(name), content, WITNESS_META,
		    i == 2 ? 1 : 0);
	}
	read_label(e, n, content);
	if (slice_ieq(dom_attr(n, "property"), SLICE("og:type")) &&
	    slice_istarts(content, SLICE("video")))
		evidence_add(e, CLAIM_KIND, WITNESS_META, 1, SLICE("video"),
		    "og:type");
}

static void read_link(struct evidence *e, const struct dom_node *n)
{
	if (slice_ieq(slice_trim(dom_attr(n, "rel")), SLICE("canonical")))
		evidence_add(e, CLAIM_CANONICAL, WITNESS_META, 6,
		    dom_attr(n, "href"), "rel=canonical");
}

static void read_time(struct evidence *e, const struct dom_node *n, int order)
{
	struct slice s = dom_attr(n, "datetime");
	bool updated = (names_of(n) | (n->up ? names_of(n->up) : 0)) &
	    SAYS_UPDATE;
	int weight = order == 0 ? 3 : 1;

	if (in_list(n))
		return;
	if (!s.n)
		s = text_below(e, n, 80, false);
	evidence_add_time(e, updated ? CLAIM_UPDATED : CLAIM_CREATED,
	    WITNESS_MICRO, weight, s, "time element");
}

static bool is_rel_author(const struct dom_node *n)
{
	struct slice rel = dom_attr(n, "rel");

	return rel.n >= 6 && slice_ifind(rel, SLICE("author"), 0) >= 0;
}

/* "authorName", "author-box__name": called the name itself, in a box or not. */
static bool is_author_name(unsigned int names)
{
	return (names & (SAYS_BY | SAYS_NAME | SAYS_DATE)) ==
	    (SAYS_BY | SAYS_NAME);
}

/* What looks above n comes last: few elements are named so. */
static void read_byline(struct evidence *e, const struct dom_node *n,
    struct slice prop, unsigned int names)
{
	bool author = is_rel_author(n);
	struct slice s;
	long bar;

	if ((!author && !is_author_name(names) &&
	    (names & (SAYS_BY | SAYS_NOT_BY)) != SAYS_BY) || in_list(n))
		return;
	/* links tell names apart, which the printed line runs together */
	s = text_below(e, n, 120, true);
	bar = slice_find(s, SLICE("|"), 0);
	evidence_add(e, CLAIM_BYLINE, WITNESS_MICRO, author ||
	    slice_ifind(prop, SLICE("author"), 0) >= 0 ? AUTHOR_MARKED :
	    bar >= 0 && slice_find(s, SLICE("|"), (size_t)bar + 1) > 0 ?
	    3 : 2, s, "author element");
}

/* The page of an author: its link's text is a name, or "More". */
static void read_author_link(struct evidence *e, const struct dom_node *n)
{
	static const char *const paths[] = {"/author/", "/authors/", "/autor/",
	    "/autoren/", "/auteur/", "/auteurs/", "/autori/", "/autores/",
	    "/contributor", "/journalist", "/reporter", "/profile/",
	    "/writer", "/columnist", "/redakteur", "/by/"};
	struct slice href = dom_attr(n, "href");

	if (slice_has_any(href, paths, ARRAY_LEN(paths)) && !in_list(n))
		evidence_add(e, CLAIM_BYLINE, WITNESS_MICRO, 1, text_below(e,
		    n, 80, true), "author's link");
}

static void read_date(struct evidence *e, const struct dom_node *n,
    unsigned int names)
{
	struct slice s;

	if (!(names & SAYS_DATE) || in_list(n))
		return;
	s = text_below(e, n, 90, false);
	if (s.n >= 6)
		printed_marked(e, s, names & SAYS_UPDATE);
}

static void read_named(struct evidence *e, const struct dom_node *n)
{
	struct slice prop = dom_attr(n, "itemprop");
	unsigned int names;

	if (prop.n && n->tag != TAG_META) {
		struct slice v = dom_attr(n, "content");

		if (!v.n)
			v = dom_attr(n, "datetime");
		if (!v.n)
			v = text_below(e, n, 200, false);
		if (slice_ieq(prop, SLICE("datePublished")) ||
		    slice_ieq(prop, SLICE("dateModified")) ||
		    slice_ieq(prop, SLICE("dateCreated")))
			claim(e, prop, v, WITNESS_MICRO, 1);
		if (slice_ieq(prop, SLICE("headline")))
			evidence_add(e, CLAIM_TITLE, WITNESS_MICRO, 3, v,
			    "itemprop=headline");
	}
	names = names_of(n);
	read_byline(e, n, prop, names);
	if (n->tag != TAG_TIME && n->tag != TAG_META)
		read_date(e, n, names);
}

#define LINKS_NEAR 30 /* behind the heading: its byline, no teaser's */

void meta_read(struct evidence *e, const struct dom *dom)
{
	struct dom_node *n = dom->root;
	size_t seen = 0;
	int times = 0, links = 0;
	bool titled = false, titled_at = false;

	evidence_add(e, CLAIM_LANGUAGE, WITNESS_META, 4,
	    dom_attr(dom->root, "lang"), "html lang");
	for (; n; n = dom_next(dom->root, n, n->tag == TAG_SCRIPT ||
	    n->tag == TAG_STYLE || n->tag == TAG_SVG)) {
		if (n->tag == TAG_META)
			read_meta(e, n);
		else if (n->tag == TAG_LINK)
			read_link(e, n);
		else if (n->tag == TAG_TITLE && !titled) {
			titled = true;
			evidence_add(e, CLAIM_TITLE, WITNESS_META, 2,
			    text_below(e, n, 600, false), "title element");
		} else if (n->tag == TAG_TIME && times < 20)
			read_time(e, n, times++);
		titled_at |= n->tag == TAG_H1;
		e->at += n->tag != TAG_NONE;
		if (n->attrs_n && n->tag != TAG_META && n->tag != TAG_LINK &&
		    n->tag != TAG_A && seen++ < NAMED_MAX)
			read_named(e, n);
		else if (n->tag == TAG_A && is_rel_author(n))
			read_named(e, n);
		else if (n->tag == TAG_A && titled_at && links++ < LINKS_NEAR)
			read_author_link(e, n);
	}
}
