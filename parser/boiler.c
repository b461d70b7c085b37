/*
 * What elements are called. Publishers name what they put between and beside
 * the text by few words of English, whatever language they write in; the
 * tables hold those words, never a site's.
 */
#include "parser/blocks.h"

#define NAME_MAX_BYTES 200 /* of a class or id: more are generated names */
#define FIGURE_NODES 64 /* of a figure that are looked at: they may be nested */
#define NOTICE_MAX 1000 /* bytes of text: "please enable JavaScript" has 30 */

enum how {
	FIRST, /* one of the name's words begins so */
	WHOLE, /* one of the name's words is it */
	ALONE, /* it is the whole name */
};

struct word {
	const char *word;
	enum how how;
};

/* Each table in alphabetical order. "-" stands for any break in a name. */
static const struct word beside[] = {
	{"ad", WHOLE}, {"adbox", FIRST}, {"addtoany", FIRST}, {"ads", WHOLE},
	{"adsbox", FIRST}, {"adslot", FIRST}, {"advert", FIRST},
	{"also-read", FIRST}, {"annons", FIRST}, {"anzeige", FIRST},
	{"app-download", FIRST}, {"article-footer", FIRST},
	{"article-meta", FIRST}, {"article-tags", FIRST}, {"auteur", FIRST},
	{"author", FIRST}, {"autor", FIRST}, {"banner", FIRST}, {"bild", WHOLE},
	{"bildetekst", FIRST}, {"bildtext", FIRST}, {"bildunterschrift", FIRST},
	{"bio", WHOLE}, {"breadcrumb", FIRST}, {"byline", FIRST},
	{"caption", FIRST}, {"carousel", FIRST}, {"comentario", FIRST},
	{"comment", FIRST}, {"commentaire", FIRST}, {"compartir", FIRST},
	{"condividi", FIRST}, {"consent", FIRST}, {"contact-box", FIRST},
	{"contactbox", FIRST}, {"cookie", FIRST}, {"copyright", FIRST},
	{"correlat", FIRST}, {"credit", WHOLE}, {"credits", WHOLE},
	{"crumb", FIRST}, {"crumbs", WHOLE}, {"cta", WHOLE}, {"czytaj", FIRST},
	{"dateline-box", FIRST}, {"didascalia", FIRST}, {"disclaimer", FIRST},
	{"disqus", FIRST}, {"donat", FIRST}, {"dropdown", FIRST},
	{"editorial-note", FIRST}, {"embed-consent", FIRST},
	{"entry-date", FIRST}, {"entry-footer", FIRST}, {"entry-meta", FIRST},
	{"entry-nav", FIRST}, {"etiquetas", FIRST}, {"fact-box", FIRST},
	{"factbox", FIRST}, {"feedback", FIRST}, {"follow-button", FIRST},
	{"follow-us", FIRST}, {"followus", FIRST}, {"foot-note", FIRST},
	{"footer", FIRST}, {"footnotes", FIRST}, {"foto", WHOLE},
	{"gallery", FIRST}, {"gdpr", FIRST}, {"hidden", ALONE},
	{"image", WHOLE}, {"imagecaption", FIRST}, {"img", WHOLE},
	{"imgcaption", FIRST}, {"in-read", FIRST}, {"info-box", FIRST},
	{"infobox", FIRST}, {"inread", FIRST}, {"interstitial", FIRST},
	{"jobs", WHOLE}, {"keywords", FIRST}, {"komentar", FIRST},
	{"kommentar", FIRST}, {"last-updated", FIRST}, {"latest-news", FIRST},
	{"latestnews", FIRST}, {"lea-tambien", FIRST}, {"lees-ook", FIRST},
	{"leesook", FIRST}, {"legal", WHOLE}, {"legende", FIRST},
	{"leia-tambem", FIRST}, {"les-ogsa", FIRST}, {"leyenda", FIRST},
	{"lightbox", FIRST}, {"lire-aussi", FIRST}, {"login", FIRST},
	{"masthead", FIRST}, {"mehr-zum", FIRST}, {"mehrzum", FIRST},
	{"menu", WHOLE}, {"meta-data", FIRST}, {"metadata", FIRST},
	{"modal", FIRST}, {"more-from", FIRST}, {"more-news", FIRST},
	{"more-on", FIRST}, {"more-stories", FIRST}, {"morefrom", FIRST},
	{"morenews", FIRST}, {"most-popular", FIRST}, {"most-read", FIRST},
	{"most-viewed", FIRST}, {"mostread", FIRST}, {"navbar", FIRST},
	{"navigation", FIRST}, {"newsletter", FIRST}, {"next-article", FIRST},
	{"notification", FIRST}, {"onward", WHOLE}, {"opt-in", FIRST},
	{"optin", FIRST}, {"outbrain", FIRST}, {"overlay", WHOLE},
	{"pager", WHOLE}, {"pagination", FIRST}, {"partage", FIRST},
	{"paywall", FIRST}, {"photo", WHOLE}, {"photocaption", FIRST},
	{"picture", WHOLE}, {"pie-de-foto", FIRST}, {"pie-foto", FIRST},
	{"piefoto", FIRST}, {"placeholder", WHOLE}, {"poll", WHOLE},
	{"popular", FIRST}, {"popup", FIRST}, {"post-date", FIRST},
	{"post-footer", FIRST}, {"post-meta", FIRST}, {"post-nav", FIRST},
	{"post-tags", FIRST}, {"postmetadata", FIRST}, {"postnav", FIRST},
	{"powiazane", FIRST}, {"prev-article", FIRST}, {"prev-next", FIRST},
	{"privacy", FIRST}, {"promo", WHOLE}, {"promobox", FIRST},
	{"promos", WHOLE},
	/* Drupal's node-promoted is any page of its front */
	{"promoted-", FIRST}, {"promotion", FIRST}, {"pubblicita", FIRST},
	{"publicidad", FIRST}, {"publicite", FIRST}, {"publish-date", FIRST},
	{"quiz", FIRST}, {"rating", WHOLE}, {"read-also", FIRST},
	{"read-more", FIRST}, {"read-next", FIRST}, {"read-time", FIRST},
	{"reading-time", FIRST}, {"readmore", FIRST}, {"readtime", FIRST},
	{"recent-posts", FIRST}, {"recirc", FIRST}, {"recommend", FIRST},
	{"regwall", FIRST}, {"reklam", FIRST}, {"relacionad", FIRST},
	{"related", FIRST}, {"saiba-mais", FIRST}, {"schlagwort", FIRST},
	{"screen-reader", FIRST}, {"see-also", FIRST}, {"share", FIRST},
	{"sharedaddy", FIRST}, {"sharing", FIRST}, {"side-bar", FIRST},
	{"sidebar", FIRST}, {"sign-in", FIRST}, {"sign-up", FIRST},
	{"signin", FIRST}, {"signup", FIRST}, {"skip-link", FIRST},
	{"slider", FIRST}, {"snackbar", FIRST}, {"social", FIRST},
	{"sponsor", FIRST}, {"sr-only", WHOLE}, {"sticky-bar", FIRST},
	{"subscribe", FIRST}, {"subscription", FIRST}, {"support-us", FIRST},
	{"table-of-contents", FIRST}, {"taboola", FIRST}, {"tag-list", FIRST},
	{"taglist", FIRST}, {"tags", WHOLE}, {"te-puede", FIRST},
	{"teaser", FIRST}, {"teilen", WHOLE}, {"timestamp", FIRST},
	{"toc", WHOLE}, {"toolbar", FIRST}, {"tooltip", FIRST},
	{"top-bar", FIRST}, {"topbar", FIRST}, {"topics", WHOLE},
	{"trending", FIRST}, {"up-next", FIRST}, {"upnext", FIRST},
	{"upsell", FIRST}, {"utility", WHOLE}, {"video-player", FIRST},
	{"videoplayer", FIRST}, {"visually-hidden", FIRST}, {"weather", FIRST},
	{"werbung", FIRST}, {"widget", FIRST}, {"yarpp", FIRST},
	{"you-may", FIRST},
};

/* What holds the text; saves an element from the names above. */
static const struct word likely[] = {
	{"article-body", FIRST}, {"article-content", FIRST},
	{"article-main", FIRST}, {"article-text", FIRST},
	{"articlebody", FIRST}, {"articlecontent", FIRST},
	{"articletext", FIRST}, {"body-content", FIRST},
	{"body-text", FIRST}, {"bodytext", FIRST}, {"content-body", FIRST},
	{"entry-content", FIRST}, {"field-body", FIRST},
	{"main-content", FIRST}, {"news-content", FIRST},
	{"newscontent", FIRST}, {"paragraph", FIRST}, {"post-body", FIRST},
	{"post-content", FIRST}, {"postcontent", FIRST}, {"rich-text", FIRST},
	{"richtext", FIRST}, {"story-body", FIRST}, {"story-content", FIRST},
	{"story-text", FIRST}, {"storybody", FIRST}, {"storytext", FIRST},
	{"text-block", FIRST}, {"textblock", FIRST}, {"wysiwyg", FIRST},
};

static const struct word sub_title[] = {
	{"deck", WHOLE}, {"dek", WHOLE}, {"stand-first", FIRST},
	{"standfirst", FIRST}, {"strapline", FIRST}, {"sub-head", FIRST},
	{"sub-title", FIRST}, {"subhead", FIRST}, {"subtitle", FIRST},
	{"summary", WHOLE}, {"synopsis", FIRST},
};

/* Only for those that read a page aloud; inside sentences as well. */
static const struct word spoken[] = {
	{"screen-reader", FIRST}, {"sr-only", WHOLE},
	{"visually-hidden", FIRST}, {"visuallyhidden", FIRST},
};

static bool letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* "cArticleBody related__x" -> "-c-article-body=related-x-"; "=" parts the
 * names of a class. */
static size_t spell(struct slice s, char out[2 * NAME_MAX_BYTES + 3])
{
	size_t n = 0;

	out[n++] = '=';
	for (size_t i = 0; i < s.n && i < NAME_MAX_BYTES; i++) {
		char c = s.p[i], before = i ? s.p[i - 1] : ' ';

		if (c == ':') { /* "md:hidden": holds now and then */
			while (out[n - 1] != '=')
				n--;
			continue;
		}
		if (!letter_or_digit(c)) {
			if (out[n - 1] != '-' && out[n - 1] != '=')
				out[n++] = (unsigned char)c <= ' ' ? '=' : '-';
			else if ((unsigned char)c <= ' ')
				out[n - 1] = '=';
			continue;
		}
		if (c >= 'A' && c <= 'Z') {
			if (before >= 'a' && before <= 'z' && out[n - 1] != '-')
				out[n++] = '-';
			c = (char)(c + 32);
		}
		out[n++] = c;
	}
	out[n++] = '=';
	out[n] = '\0';
	return n;
}

/* What the words of the tables begin with: most names are told by it. */
void boiler_begin(struct boiler *b)
{
	static const struct {
		const struct word *words;
		size_t n;
	} tables[] = {{beside, ARRAY_LEN(beside)}, {likely, ARRAY_LEN(likely)},
	    {spoken, ARRAY_LEN(spoken)}};

	*b = (struct boiler){{{0}}};
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		for (size_t k = 0; k < tables[i].n; k++)
			pairs_add(&b->first, (struct slice){
			    tables[i].words[k].word, 2});
}

static bool here(const char *at, const struct word *w)
{
	size_t k = 0;

	while (w->word[k] && at[k] == w->word[k])
		k++;
	if (w->word[k] || (w->how == ALONE && at[-1] != '='))
		return false;
	return w->how == FIRST || at[k] == '=' ||
	    (w->how == WHOLE && at[k] == '-');
}

/* "has-sidebar", "no-comments": said of something else. */
static bool denied(const char *name, size_t i)
{
	static const char *const words[] = {"has-", "with-", "no-",
	    "without-", "hide-", "not-", "is-", "and-"};

	for (size_t k = 0; k < ARRAY_LEN(words); k++) {
		size_t n = strlen(words[k]);

		if (i > n && !memcmp(name + i - n, words[k], n) &&
		    (name[i - n - 1] == '=' || name[i - n - 1] == '-'))
			return true;
	}
	return false;
}

/* The first of the words that begins with the letter, or words_n. */
static size_t first_with(char c, const struct word *words, size_t words_n)
{
	size_t from = 0, to = words_n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (words[mid].word[0] < c)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The first of the words in a name at or after *i, or -1. */
static long spelled(const struct boiler *b, const char *name, size_t n,
    const struct word *words, size_t words_n, size_t *i)
{
	for (; *i < n; ++*i) {
		if ((name[*i - 1] != '-' && name[*i - 1] != '=') ||
		    (b && !b->first.held[pairs_place(name[*i], name[*i + 1])]))
			continue;
		for (size_t k = first_with(name[*i], words, words_n); k <
		    words_n && words[k].word[0] == name[*i]; k++)
			if (here(name + *i, &words[k]) && !denied(name, *i))
				return (long)k;
	}
	return -1;
}

static bool has_word(const struct boiler *b, const char *name, size_t n,
    const struct word *words, size_t words_n)
{
	size_t i = 1;

	return spelled(b, name, n, words, words_n, &i) >= 0;
}

/* Reasons that are no words of the table, in front of them. */
enum { BY_CARD = REASON_CARD, BY_TAG, BY_FORM, BY_ROLE, BY_STYLE, BY_WORDS };
_Static_assert(BY_WORDS + ARRAY_LEN(beside) <= REASONS, "REASONS is too small");

static void add_reason(struct reasons *r, size_t k)
{
	r->bits[k / 64] |= UINT64_C(1) << k % 64;
}

/* The share of a page that may be an aside; comments often outweigh the
 * article (measured on pages of 800 sites). */
#define MOST_PERCENT	     40
#define MOST_COMMENT_PERCENT 85

bool boiler_is_teaser(const struct reasons *r)
{
	for (size_t k = 0; k < BY_WORDS + ARRAY_LEN(beside); k++)
		if ((r->bits[k / 64] >> k % 64 & 1) && (k < BY_WORDS ||
		    strcmp(beside[k - BY_WORDS].word, "teaser") != 0))
			return false;
	return true;
}

size_t boiler_most(size_t k)
{
	return k >= BY_WORDS && !strcmp(beside[k - BY_WORDS].word, "comment") ?
	    MOST_COMMENT_PERCENT : MOST_PERCENT;
}

static const bool skip_tag[TAG_COUNT] = {[TAG_SCRIPT] = true,
    [TAG_STYLE] = true, [TAG_NOSCRIPT] = true, [TAG_SVG] = true,
    [TAG_IFRAME] = true, [TAG_BUTTON] = true, [TAG_SELECT] = true,
    [TAG_TEXTAREA] = true, [TAG_INPUT] = true, [TAG_NAV] = true,
    [TAG_TEMPLATE] = true, [TAG_OBJECT] = true,
    [TAG_AUDIO] = true, [TAG_VIDEO] = true, [TAG_FIGCAPTION] = true,
    [TAG_MENU] = true, [TAG_HEAD] = true, [TAG_TITLE] = true};

static const unsigned char beside_tag[TAG_COUNT] = {[TAG_ASIDE] = BY_TAG,
    [TAG_FORM] = BY_FORM, [TAG_FOOTER] = BY_TAG, [TAG_FIGURE] = BY_TAG};

/* TAG_OTHER: what we have no name for is inline by default in HTML. */
static const bool inline_tag[TAG_COUNT] = {[TAG_A] = true,
    [TAG_ABBR] = true, [TAG_B] = true, [TAG_CITE] = true, [TAG_CODE] = true,
    [TAG_DEL] = true, [TAG_DFN] = true, [TAG_EM] = true, [TAG_I] = true,
    [TAG_INS] = true, [TAG_KBD] = true, [TAG_LABEL] = true, [TAG_MARK] = true,
    [TAG_Q] = true, [TAG_S] = true, [TAG_SAMP] = true, [TAG_SMALL] = true,
    [TAG_SPAN] = true, [TAG_STRONG] = true, [TAG_SUB] = true, [TAG_SUP] = true,
    [TAG_TIME] = true, [TAG_U] = true, [TAG_VAR] = true, [TAG_IMG] = true,
    [TAG_OTHER] = true};

static bool by_role(struct slice role)
{
	static const char *const roles[] = {"navigation", "complementary",
	    "banner", "contentinfo", "dialog", "search", "menu", "alert",
	    "alertdialog", "menubar", "tablist", "toolbar", "tooltip",
	    /* DPUB-ARIA 1.1 */
	    "doc-endnotes", "doc-footnote", "doc-toc", "doc-credits"};

	for (size_t i = 0; role.n && i < ARRAY_LEN(roles); i++)
		if (slice_ieq(role, slice_of(roles[i])))
			return true;
	return false;
}

/* schema.org: what an article has, but is not. */
static bool of_another(struct slice prop)
{
	static const char *const props[] = {"author", "publisher", "comment",
	    "sourceOrganization", "image", "keywords"};

	for (size_t i = 0; prop.n && i < ARRAY_LEN(props); i++)
		if (slice_is(prop, props[i]))
			return true;
	return false;
}

/* The last word of a name says what it is: "article-body-newsletter" is a
 * newsletter, "related-article-body" a body. */
static unsigned int by_name(const struct boiler *b, struct slice s, bool inl,
    struct reasons *r)
{
	char name[2 * NAME_MAX_BYTES + 3];
	size_t n = spell(s, name), last = 0;
	long k;

	if (inl)
		return has_word(b, name, n, spoken, ARRAY_LEN(spoken)) ?
		    EL_HIDDEN : 0;
	for (size_t i = 1; (k = spelled(b, name, n, beside,
	    ARRAY_LEN(beside), &i)) >= 0; i++) {
		add_reason(r, BY_WORDS + (size_t)k);
		last = i;
	}
	for (size_t i = 1; spelled(b, name, n, likely,
	    ARRAY_LEN(likely), &i) >= 0; i++)
		if (i > last || memchr(name + i, '=', last - i))
			return EL_LIKELY;
	return 0;
}

static unsigned int hidden(struct reasons *r)
{
	add_reason(r, BY_STYLE);
	return EL_HIDDEN;
}

/* slug: the id, if any, is made of the element's text. */
static unsigned int by_attribute(const struct boiler *b,
    const struct dom_attr *at, bool inl, bool slug, struct reasons *r)
{
	struct slice v = at->value;

	if (slice_is(at->name, "class") || (slice_is(at->name, "id") && !slug))
		return by_name(b, v, inl, r);
	if (slice_is(at->name, "style"))
		return slice_ifind(v, SLICE("display:none"), 0) >= 0 ||
		    slice_ifind(v, SLICE("display: none"), 0) >= 0 ?
		    hidden(r) : 0;
	if (slice_is(at->name, "hidden"))
		return hidden(r);
	if (slice_is(at->name, "aria-hidden"))
		return slice_is(v, "true") ? hidden(r) : 0;
	if (slice_is(at->name, "role") && by_role(v))
		add_reason(r, BY_ROLE);
	if (slice_is(at->name, "itemprop") && slice_is(v, "description"))
		return EL_LEAD;
	if (slice_is(at->name, "itemprop") && of_another(v))
		add_reason(r, BY_ROLE);
	if (slice_is(at->name, "itemprop") || slice_is(at->name, "property"))
		return slice_ifind(v, SLICE("articleBody"), 0) >= 0 ?
		    EL_LIKELY | EL_BODY_PROP : 0;
	return 0;
}

static unsigned int by_tag(enum dom_tag t)
{
	return (skip_tag[t] ? EL_SKIP : 0) |
	    (inline_tag[t] ? EL_INLINE : 0) | (t == TAG_A ? EL_LINK : 0) |
	    (t == TAG_LI || t == TAG_DD || t == TAG_DT ? EL_ITEM : 0) |
	    (t == TAG_BLOCKQUOTE ? EL_QUOTE : 0);
}

/* A table, a quote or a listing, as HTML allows (4.4.12): no picture. */
static bool holds_text(struct dom_node *top)
{
	int seen = 0;

	for (struct dom_node *n = top; n && seen < FIGURE_NODES;
	    n = dom_next(top, n, false), seen++)
		if (n->tag == TAG_TABLE || n->tag == TAG_BLOCKQUOTE ||
		    n->tag == TAG_PRE)
			return true;
	return false;
}

/* More text than a notice: a noscript whose end Gumbo has not found (an
 * element in it was not closed) holds the rest of the page. */
static bool holds_page(struct dom_node *top)
{
	size_t bytes = 0;

	for (struct dom_node *n = top; n && bytes <= NOTICE_MAX;
	    n = dom_next(top, n, false))
		bytes += n->tag == TAG_NONE ? n->text.n : 0;
	return bytes > NOTICE_MAX;
}

/* The picture above the article, with the article's head as its caption. */
static bool holds_title(struct dom_node *top)
{
	struct dom_node *n = top;

	while (n && n->tag != TAG_H1)
		n = dom_next(top, n, false);
	return n != NULL;
}

unsigned int boiler_flags(const struct boiler *b, struct dom_node *n,
    struct reasons *r)
{
	unsigned int f = by_tag(n->tag);

	if ((n->tag == TAG_NOSCRIPT && holds_page(n)) ||
	    (n->tag == TAG_FIGCAPTION && holds_title(n)))
		f &= ~(unsigned int)EL_SKIP;
	*r = (struct reasons){{0}};
	for (size_t i = 0; !(f & EL_SKIP) && i < n->attrs_n; i++)
		f |= by_attribute(b, &n->attrs[i],
		    (f & EL_INLINE) && n->tag != TAG_OTHER,
		    n->tag >= TAG_H1 && n->tag <= TAG_H6, r);
	if ((f & (EL_LIKELY | EL_LEAD)) || n->tag == TAG_BODY || n->tag == TAG_HTML ||
	    n->tag == TAG_MAIN || n->tag == TAG_ARTICLE)
		*r = (struct reasons){{0}};
	else if (beside_tag[n->tag] &&
	    !(n->tag == TAG_FIGURE && holds_text(n)))
		add_reason(r, beside_tag[n->tag]);
	return f;
}

bool boiler_is_sub_title(const struct dom_node *n)
{
	char name[2 * NAME_MAX_BYTES + 3];
	size_t len;

	if (n->tag != TAG_H2 && n->tag != TAG_H3 && n->tag != TAG_P &&
	    n->tag != TAG_DIV && n->tag != TAG_H4)
		return false;
	if (slice_ieq(dom_attr(n, "itemprop"), SLICE("alternativeHeadline")))
		return true;
	len = spell(dom_attr(n, "class"), name);
	return has_word(NULL, name, len, sub_title, ARRAY_LEN(sub_title));
}
