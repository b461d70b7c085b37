#include "parser/feed_mend.h"

#include "core/attr.h"

#define TAG_MAX	       (64 << 10) /* bytes of one tag; a longer one is text */
#define ATTRIBUTES_OF  32	  /* of one tag; namespaces of a root: under 20 */

/* ---- characters ---------------------------------------------------------------- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool starts_name(char c)
{
	return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':' ||
	    (unsigned char)c >= 0x80;
}

static bool in_name(char c)
{
	return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static struct slice name_at(struct slice s, size_t i)
{
	size_t n = i;

	if (i < s.n && starts_name(s.p[i]))
		while (n < s.n && in_name(s.p[n]))
			n++;
	return slice_sub(s, i, n);
}

/* The five names of XML, at "&"; the code, and how long it is. */
static int predefined(struct slice s, size_t *n)
{
	static const struct {
		const char *text;
		int code;
	} names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'},
	    {"&quot;", '"'}, {"&apos;", '\''}};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (slice_starts(s, slice_of(names[i].text))) {
			*n = strlen(names[i].text);
			return names[i].code;
		}
	*n = 1;
	return '&';
}

/* Noncharacters of the BMP, which XML has not (2.2). */
static bool is_noncharacter(struct slice s, size_t i)
{
	return i + 2 < s.n && s.p[i] == '\xef' && s.p[i + 1] == '\xbf' &&
	    ((unsigned char)s.p[i + 2] == 0xbe ||
	    (unsigned char)s.p[i + 2] == 0xbf);
}

/* raw: as in CDATA, where no reference is one. */
static void add_text(struct slice s, bool raw, struct strbuf *to)
{
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		char c = s.p[i];
		int code = c;

		n = 1;
		if (c == '&' && !raw)
			code = predefined(slice_sub(s, i, s.n), &n);
		if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
			strbuf_addf(to, "&#%d;", code);
		else if (is_noncharacter(s, i))
			n = 3;
		else if ((unsigned char)c >= ' ' || is_space(c))
			strbuf_addc(to, c);
	}
}

/* ---- elements ------------------------------------------------------------------- */

static void pop(struct mend *m, struct strbuf *to)
{
	struct slice name = m->open[--m->open_n];

	strbuf_addf(to, "</%.*s>", SLICE_FMT(name));
}

static void close_tag(struct mend *m, struct slice name, struct strbuf *to)
{
	size_t at = m->open_n;

	if (m->deeper) {
		m->deeper--;
		return;
	}
	while (at && !slice_eq(m->open[at - 1], name))
		at--;
	if (!at)
		for (at = m->open_n; at && !slice_ieq(m->open[at - 1], name);)
			at--;
	m->broken |= at != m->open_n;
	if (!at) /* it ends nothing */
		return;
	while (m->open_n >= at)
		pop(m, to);
	m->done = !m->open_n;
}

/* Elements that hold text alone: where the next begins, the one before that
 * was not ended is at its end. */
static bool is_leaf(struct slice name)
{
	static const char *const names[] = {"title", "link", "guid", "pubDate",
	    "loc", "lastmod", "id", "updated", "published"};

	return slice_is_any(name, names, ARRAY_LEN(names)) &&
	    !memchr(name.p, ':', name.n);
}

static bool is_after_leaf(struct slice name)
{
	static const char *const names[] = {"item", "entry", "sitemap",
	    "description", "summary", "content"};

	return is_leaf(name) || slice_is_any(name, names, ARRAY_LEN(names));
}

/* A value at *i, behind the sign of equality. */
static struct slice value(struct slice s, size_t *i)
{
	char quote = *i < s.n ? s.p[*i] : 0;
	size_t from = *i, to;

	if (quote == '"' || quote == '\'') {
		from++;
		for (to = from; to < s.n && s.p[to] != quote;)
			to++;
		*i = to + 1;
	} else {
		for (to = from; to < s.n && !is_space(s.p[to]);)
			to++;
		*i = to;
	}
	return slice_sub(s, from, to);
}

/* s: what stands in a tag behind its name. */
static void add_attributes(struct slice s, struct strbuf *to)
{
	struct slice seen[ATTRIBUTES_OF], name, v;
	size_t n = 0, i = 0, k;

	while (i < s.n && n < ATTRIBUTES_OF) {
		name = name_at(s, i);
		if (!name.n) {
			i++;
			continue;
		}
		i += name.n;
		while (i < s.n && is_space(s.p[i]))
			i++;
		if (i == s.n || s.p[i] != '=')
			continue; /* without a value */
		for (i++; i < s.n && is_space(s.p[i]);)
			i++;
		v = value(s, &i);
		for (k = 0; k < n && !slice_eq(seen[k], name);)
			k++;
		if (k < n)
			continue;
		seen[n++] = name;
		strbuf_addf(to, " %.*s=\"", SLICE_FMT(name));
		add_text(v, false, to);
		strbuf_addc(to, '"');
	}
}

/* Where the tag that begins at i ends: behind its ">", or 0. */
static size_t tag_end(struct slice s, size_t i)
{
	size_t most = i + TAG_MAX < s.n ? i + TAG_MAX : s.n;
	char quote = 0, before = 0; /* the last sign that is no blank */

	for (size_t k = i + 1; k < most; k++) {
		char c = s.p[k];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && before == '=')
			quote = c;
		else if (c == '>')
			return k + 1;
		else if (c == '<')
			return 0;
		if (!is_space(c))
			before = c;
	}
	return 0;
}

/* What stands before the root, as a server's warnings do, is left out. */
static bool is_root(struct slice name)
{
	static const char *const names[] = {"rss", "feed", "rdf", "urlset",
	    "sitemapindex", "channel"};
	const char *colon = memchr(name.p, ':', name.n);

	if (colon)
		name = slice_sub(name, (size_t)(colon - name.p) + 1, name.n);
	return slice_is_any(name, names, ARRAY_LEN(names));
}

/* 0: it is no tag. */
static size_t open_tag(struct mend *m, struct strbuf *to)
{
	struct slice name = name_at(m->s, m->i + 1);
	size_t end = name.n ? tag_end(m->s, m->i) : 0, from, last;
	bool empty;

	from = m->i + 1 + name.n;
	if (!end || !(is_space(m->s.p[from]) || m->s.p[from] == '>' ||
	    m->s.p[from] == '/'))
		return 0;
	if (!m->open_n && !is_root(name))
		return end - m->i;
	last = end - 1;
	empty = last > from && m->s.p[last - 1] == '/';
	if (m->open_n && !m->deeper && is_leaf(m->open[m->open_n - 1]) &&
	    is_after_leaf(name)) {
		m->broken = true;
		pop(m, to);
	}
	if (m->open_n == FEED_DEPTH) {
		m->deeper += !empty;
		return end - m->i;
	}
	strbuf_addf(to, "<%.*s", SLICE_FMT(name));
	add_attributes(slice_sub(m->s, from, last - empty), to);
	strbuf_adds(to, empty ? "/>" : ">");
	if (!empty)
		m->open[m->open_n++] = name;
	else if (!m->open_n)
		m->done = true;
	return end - m->i;
}

/* ---- what is no element ---------------------------------------------------------- */

/* From i behind the end sign; without one, all that is left. */
static size_t past(struct mend *m, const char *end)
{
	long at = slice_find(m->s, slice_of(end), m->i);

	if (at < 0)
		m->broken = true;
	return at < 0 ? m->s.n : (size_t)at + strlen(end);
}

/* <!DOCTYPE ... [ ... ]>; entities that it defines are never expanded. */
static size_t past_declaration(struct mend *m)
{
	bool subset = false;
	char quote = 0;

	for (size_t i = m->i; i < m->s.n; i++) {
		char c = m->s.p[i];

		if (slice_starts(slice_sub(m->s, i, m->s.n),
		    SLICE("<!ENTITY"))) {
			m->entities = m->done = true;
			return m->s.n;
		}
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '[' || c == ']')
			subset = c == '[';
		else if (c == '>' && !subset)
			return i + 1;
	}
	m->broken = true;
	return m->s.n;
}

static size_t past_cdata(struct mend *m, struct strbuf *to)
{
	size_t from = m->i + 9; /* <![CDATA[ */
	long end = slice_find(m->s, SLICE("]]>"), from);

	if (end < 0) {
		m->broken = true;
		return m->s.n;
	}
	if (m->open_n)
		add_text(slice_sub(m->s, from, (size_t)end), true, to);
	return (size_t)end + 3;
}

/* An end tag that the document's end cut short still ends what it stands in. */
static size_t past_end_tag(struct mend *m, struct strbuf *to)
{
	struct slice name = name_at(m->s, m->i + 2);
	size_t i = m->i + 2 + name.n;

	while (i < m->s.n && m->s.p[i] != '>' && m->s.p[i] != '<')
		i++;
	if (i == m->s.n && m->open_n && slice_starts(m->open[m->open_n - 1],
	    name))
		pop(m, to);
	else if (name.n)
		close_tag(m, name, to);
	m->broken |= i == m->s.n;
	return i < m->s.n && m->s.p[i] == '>' ? i + 1 : i;
}

static void markup(struct mend *m, struct strbuf *to)
{
	struct slice s = slice_sub(m->s, m->i, m->s.n);
	size_t n;

	if (slice_starts(s, SLICE("<!--"))) {
		m->i = past(m, "-->");
	} else if (slice_starts(s, SLICE("<![CDATA["))) {
		m->i = past_cdata(m, to);
	} else if (slice_starts(s, SLICE("<!"))) {
		m->i = past_declaration(m);
	} else if (slice_starts(s, SLICE("<?"))) {
		m->i = past(m, "?>");
	} else if (slice_starts(s, SLICE("</"))) {
		m->i = past_end_tag(m, to);
	} else if ((n = open_tag(m, to)) != 0) {
		m->i += n;
	} else {
		if (m->open_n)
			add_text(SLICE("<"), true, to);
		m->i++;
	}
}

/* ---- the whole -------------------------------------------------------------------- */

void mend_init(struct mend *m, struct slice utf8)
{
	*m = (struct mend){.s = utf8};
}

bool mend_more(struct mend *m, size_t most, struct strbuf *to)
{
	while (!m->done && m->i < m->s.n && to->n < most) {
		const char *lt = memchr(m->s.p + m->i, '<', m->s.n - m->i);
		size_t end = lt ? (size_t)(lt - m->s.p) : m->s.n;

		/* text that nothing follows may be cut short: not taken */
		if (lt && m->open_n)
			add_text(slice_sub(m->s, m->i, end), false, to);
		m->i = end;
		if (lt)
			markup(m, to);
	}
	if (!m->done && m->i < m->s.n)
		return true;
	m->broken |= m->open_n && !m->entities;
	while (m->open_n)
		pop(m, to);
	return false;
}
