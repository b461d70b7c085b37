#include "parser/prescan.h"

#include "core/arena.h"
#include "core/entity.h"

#include <stdint.h>
#include <stdlib.h>

/*
 * Names of states and sections are those of the HTML standard, 13.2.5
 * (tokenization), as of 2024.
 */
/* Plane 15: private use, and rare. A page that has some of it is left as it is. */
#define ASIDE_FIRST 0xf0000
#define REFERENCE_MAX 32 /* bytes; the longest name has 31 */
#define ASIDE_LEAST 8 /* bytes; less is not worth it */

struct scan {
	struct slice s;
	size_t i;	   /* the next byte */
	size_t from;	   /* text that is to be copied begins here */
	struct prescan *out;
	bool in_select;
	bool newline;	   /* the next one may be dropped: behind <pre> */
	bool over; /* a tag with too many attributes */
};

struct tag {
	struct slice name;
	size_t at;     /* of '<' */
	size_t attrs;  /* offset behind the name */
	size_t end;    /* behind '>' */
	bool closing, self_closing;
	bool kept;     /* an attribute has a reader */
	bool odd;      /* Gumbo 0.10.1 has its own way with it */
};

struct attr {
	struct slice name, value; /* value without its quotes */
	size_t from, to;	  /* as written */
};

static bool blank(char c)
{
	static const bool is_blank[256] = {[' '] = true, ['\n'] = true,
	    ['\t'] = true, ['\f'] = true, ['\r'] = true};

	return is_blank[(unsigned char)c];
}

/* Of an attribute's name: what comes behind it. */
static bool ends_attr(char c)
{
	static const bool ends[256] = {[' '] = true, ['\n'] = true,
	    ['\t'] = true, ['\f'] = true, ['\r'] = true, ['/'] = true,
	    ['>'] = true, ['='] = true};

	return ends[(unsigned char)c];
}

static bool letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline bool is(struct slice s, const char *name)
{
	return s.n && (s.p[0] | 32) == name[0] && slice_ieq(s, slice_of(name));
}

static bool one_of(struct slice s, const char *const *names, size_t n)
{
	for (size_t i = 0; s.n && i < n; i++)
		if (is(s, names[i]))
			return true;
	return false;
}

/* ---- elements ---------------------------------------------------------------- */

enum element_bit {
	/* The tree builder compares their attributes (13.2.4.3, "Noah's Ark
	 * clause"), merges or reads them. An <a> closes the one before it. */
	WHOLE = 1,
	RAW = 2,	/* raw text and RCDATA that is kept, to its end tag */
	EMPTIED = 4,	/* raw text that goes */
	NEWLINE = 8,	/* one behind it may be dropped */
	SELECT = 16,
	ENDS_SELECT = 32,
	/* Select ignores them, without a change of the tokenizer's state. */
	NO_SELECT = 64,
	DRAWING = 128,
	UNKNOWN = 256,	/* what comes behind hangs on more than this scan knows */
};

#define INITIAL_MOST 8 /* elements of one first letter */

static const struct element {
	const char *name;
	unsigned int bits;
} elements[26][INITIAL_MOST] = {
	['b' - 'a'] = {{"b", WHOLE}, {"big", WHOLE}, {"body", WHOLE}},
	['c' - 'a'] = {{"code", WHOLE}},
	['e' - 'a'] = {{"em", WHOLE}},
	['f' - 'a'] = {{"font", WHOLE}, {"frameset", UNKNOWN}},
	['h' - 'a'] = {{"html", WHOLE}},
	['i' - 'a'] = {{"i", WHOLE}, {"input", WHOLE | ENDS_SELECT},
	    {"iframe", RAW | NO_SELECT}, {"isindex", WHOLE}},
	['l' - 'a'] = {{"listing", NEWLINE}},
	['m' - 'a'] = {{"meta", WHOLE}, {"math", UNKNOWN}},
	['n' - 'a'] = {{"nobr", WHOLE}, {"noembed", RAW | NO_SELECT},
	    {"noframes", RAW | NO_SELECT}},
	['p' - 'a'] = {{"pre", NEWLINE}, {"plaintext", UNKNOWN}},
	['s' - 'a'] = {{"script", EMPTIED}, {"strong", WHOLE},
	    {"svg", DRAWING | NO_SELECT}, {"style", EMPTIED | NO_SELECT},
	    {"small", WHOLE}, {"select", SELECT}, {"s", WHOLE},
	    {"strike", WHOLE}},
	['t' - 'a'] = {{"title", RAW | NO_SELECT}, {"tt", WHOLE},
	    {"textarea", RAW | NEWLINE | ENDS_SELECT},
	    {"template", NO_SELECT}},
	['u' - 'a'] = {{"u", WHOLE}},
	['x' - 'a'] = {{"xmp", RAW | NO_SELECT}},
};

static unsigned int element(struct slice name)
{
	unsigned int letter = name.n ? (name.p[0] | 32u) - 'a' : 26;
	const struct element *e;

	if (letter >= 26)
		return 0;
	for (e = elements[letter]; e < elements[letter] + INITIAL_MOST &&
	    e->name; e++)
		if (is(name, e->name))
			return e->bits;
	return 0;
}

bool prescan_is_whole(struct slice name)
{
	return element(name) & WHOLE;
}

/* ---- attributes ------------------------------------------------------------- */

#define READ_LONGEST 11 /* bytes of a name below */

/* What some reader in this room asks for; name and http-equiv of meta. */
bool prescan_reads(struct slice name)
{
	/* by their length: most attributes are told by it */
	static const char *const names[READ_LONGEST + 1][4] = {[2] = {"id"},
	    [3] = {"rel"}, [4] = {"href", "type", "role", "lang"},
	    [5] = {"class", "style"}, [6] = {"hidden"}, [7] = {"content"},
	    [8] = {"property", "itemprop", "datetime"},
	    [11] = {"aria-hidden", "data-testid"}};

	if (name.n > READ_LONGEST)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names[0]) && names[name.n][i]; i++)
		if (is(name, names[name.n][i]))
			return true;
	return false;
}

/* Before attribute name state .. after attribute value state; false at '>',
 * or where the page ends (*i is s.n then). */
static bool next_attr(struct slice s, size_t *i, struct attr *a,
    bool *self_closing)
{
	size_t k = *i;
	char quote;

	for (; k < s.n && (blank(s.p[k]) || s.p[k] == '/'); k++)
		*self_closing = s.p[k] == '/';
	*i = k;
	if (k >= s.n || s.p[k] == '>')
		return false;
	*self_closing = false;
	a->from = k++; /* a leading '=' is part of the name */
	while (k < s.n && !ends_attr(s.p[k]))
		k++;
	a->name = slice_sub(s, a->from, k);
	a->value = SLICE_NONE;
	a->to = *i = k;
	while (k < s.n && blank(s.p[k]))
		k++;
	if (k >= s.n || s.p[k] != '=')
		return true;
	for (k++; k < s.n && blank(s.p[k]);)
		k++;
	quote = k < s.n ? s.p[k] : 0;
	if (quote == '"' || quote == '\'') {
		const char *close = memchr(s.p + k + 1, quote, s.n - k - 1);
		size_t end = close ? (size_t)(close - s.p) : s.n;

		a->value = slice_sub(s, k + 1, end);
		k = end < s.n ? end + 1 : end;
	} else {
		size_t begin = k;

		while (k < s.n && !blank(s.p[k]) && s.p[k] != '>')
			k++;
		a->value = slice_sub(s, begin, k);
	}
	a->to = *i = k;
	return true;
}

/* One of 64, the same for the same name in any case. */
static uint64_t name_bit(struct slice name)
{
	unsigned int h = (unsigned int)name.n * 7;

	h += (unsigned char)(name.p[0] | 32) * 3u;
	h += (unsigned char)(name.p[name.n - 1] | 32) * 11u;
	h += (unsigned char)(name.p[name.n / 2] | 32) * 17u;
	return UINT64_C(1) << (h & 63);
}

static bool is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' ||
		    (unsigned char)s.p[i] >= 0x7f)
			return false;
	return true;
}

/* Among the attributes that begin at i? */
static bool stands_before(struct slice s, size_t i, const struct attr *a)
{
	struct attr b;
	bool ignored;

	while (next_attr(s, &i, &b, &ignored) && b.from < a->from)
		if (slice_ieq(a->name, b.name))
			return true;
	return false;
}

/* ---- tags -------------------------------------------------------------------- */

/* Tag open state at '<' and a letter, or "</" and a letter: the whole tag.
 * False where the page ends in it. */
static bool read_tag(struct scan *x, struct tag *t)
{
	struct slice s = x->s;
	size_t k = x->i + 1, count = 0;
	uint64_t seen = 0;
	struct attr a;

	t->at = x->i;
	t->odd = t->kept = false;
	t->closing = s.p[k] == '/';
	k += t->closing;
	t->attrs = k;
	while (k < s.n && !blank(s.p[k]) && s.p[k] != '/' && s.p[k] != '>')
		k++;
	t->name = slice_sub(s, t->attrs, k);
	t->attrs = k;
	t->self_closing = false;
	while (next_attr(s, &k, &a, &t->self_closing)) {
		uint64_t bit = name_bit(a.name);

		t->kept |= prescan_reads(a.name);
		t->odd |= !is_ascii(a.name); /* two may be one to Gumbo */
		if ((seen & bit) && !t->odd)
			t->odd = count > COMPARED || stands_before(s,
			    t->attrs, &a);
		seen |= bit;
		if (++count > ATTRIBUTES_MAX) {
			x->over = true;
			return false;
		}
	}
	t->end = k + 1;
	return k < s.n;
}

static void put(struct scan *x, struct slice s)
{
	strbuf_addsl(&x->out->html, s);
}

/* Text, with one white space of each run. */
static void put_folded(struct scan *x, struct slice s)
{
	size_t from = 0, i = 0;

	while (i < s.n) {
		if (!blank(s.p[i++]))
			continue;
		if (i >= s.n || !blank(s.p[i]))
			continue;
		put(x, slice_sub(s, from, i));
		while (i < s.n && blank(s.p[i]))
			i++;
		from = i;
	}
	put(x, slice_sub(s, from, s.n));
}

/*
 * Would Gumbo hand the text on as it is? References are decoded; controls and
 * noncharacters are replaced (13.2.3.5, as Gumbo 0.10.1 has it).
 */
static bool is_plain(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], d, e;

		if ((c > '<' && c < 0x7f) || (c >= 0x80 && c != 0xc2 &&
		    c < 0xef) || c == ' ')
			continue;
		if (c < 0x80) {
			if (c == '&' || c == '<' || c == 0x7f ||
			    (c < ' ' && !blank((char)c)))
				return false;
			continue;
		}
		d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		e = i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
		if ((c == 0xc2 && d < 0xa0) || (c == 0xef && (d == 0xb7 ||
		    (d == 0xbf && e >= 0xbe))) || (c > 0xef && (d & 0x0f) ==
		    0x0f && e == 0xbf))
			return false;
	}
	return true;
}

/*
 * Of a stretch of text the tree builder asks one thing: is there more than
 * white space? White space around it stays, one of each run.
 */
static void put_stretch(struct scan *x, struct slice s)
{
	struct prescan *o = x->out;
	size_t from = 0, to = s.n;

	while (from < to && blank(s.p[from]))
		from++;
	while (to > from && blank(s.p[to - 1]))
		to--;
	if (to - from < ASIDE_LEAST || o->texts_n == ASIDE_MOST ||
	    !is_plain(slice_sub(s, from, to))) {
		put_folded(x, s);
		return;
	}
	if (from)
		strbuf_addc(&o->html, s.p[0]);
	strbuf_addcp(&o->html, ASIDE_FIRST + (unsigned int)o->texts_n);
	GROW(o->texts, o->texts_n, o->texts_cap);
	o->texts[o->texts_n++] = slice_sub(s, from, to);
	if (to < s.n)
		strbuf_addc(&o->html, s.p[to]);
}

/*
 * Behind the reference at '&', if its ';' says where it ends, or behind an '&'
 * that is none (13.2.5.72: no letter, digit nor '#' behind it); else 0.
 */
static size_t reference_end(struct slice s, size_t i)
{
	size_t k = i + 1;

	if (k < s.n && blank(s.p[k]))
		return k;
	if (k < s.n && s.p[k] == '#')
		k++;
	while (k < s.n && k - i < REFERENCE_MAX && (letter(s.p[k]) ||
	    (s.p[k] >= '0' && s.p[k] <= '9')))
		k++;
	return k < s.n && s.p[k] == ';' ? k + 1 : 0;
}

/* References are Gumbo's to decode; what stands between them is kept aside. */
static void put_text(struct scan *x, struct slice s)
{
	const char *amp;
	size_t from = 0, at, end;

	while (from < s.n && (amp = memchr(s.p + from, '&', s.n - from))) {
		at = (size_t)(amp - s.p);
		end = reference_end(s, at);
		if (!end)
			break;
		put_stretch(x, slice_sub(s, from, at));
		put(x, slice_sub(s, at, end));
		from = end;
	}
	put_stretch(x, slice_sub(s, from, s.n));
}

static void keep_aside(struct scan *x, const struct tag *t)
{
	struct prescan *o = x->out;

	GROW(o->tags, o->tags_n, o->tags_cap);
	o->tags[o->tags_n++] = (struct prescan_tag){o->html.n,
	    slice_sub(x->s, t->attrs, t->end - 1)};
}

/* Without attributes that Gumbo need not see. It drops the attribute behind a
 * repeated one without a value: such a tag is left as it is. */
static void put_tag(struct scan *x, const struct tag *t, bool whole)
{
	if (t->odd || whole) {
		put(x, slice_sub(x->s, t->at, t->end));
		return;
	}
	if (t->kept)
		keep_aside(x, t);
	put(x, SLICE("<"));
	put(x, t->name);
	put(x, t->self_closing ? SLICE("/>") : SLICE(">"));
}

/* What was text up to here is copied; the next text begins at to. */
static void flush(struct scan *x, size_t to)
{
	struct slice text = slice_sub(x->s, x->from, x->i);

	if (x->newline)
		put(x, text);
	else
		put_text(x, text);
	if (text.n)
		x->newline = false;
	x->i = x->from = to;
}

/* From the tag at i on, the rest as it is. */
static void give_up(struct scan *x)
{
	flush(x, x->i);
	put(x, slice_sub(x->s, x->i, x->s.n));
	x->out->gave_up = true;
	x->i = x->from = x->s.n;
}

/* ---- comments ------------------------------------------------------------------ */

/* Comment start state, at the first byte behind "<!--": behind its end. */
static size_t comment_end(struct slice s, size_t i)
{
	if (i < s.n && s.p[i] == '>')
		return i + 1;
	if (i + 1 < s.n && s.p[i] == '-' && s.p[i + 1] == '>')
		return i + 2;
	while (i < s.n) {
		const char *dash = memchr(s.p + i, '-', s.n - i);

		if (!dash)
			return s.n;
		i = (size_t)(dash - s.p) + 1;
		if (i >= s.n || s.p[i] != '-')
			continue;
		while (i < s.n && s.p[i] == '-')
			i++;
		if (i < s.n && s.p[i] == '!')
			i++; /* comment end bang state */
		if (i < s.n && s.p[i] == '>')
			return i + 1;
	}
	return s.n;
}

static size_t behind(struct slice s, size_t i, char c)
{
	const char *at = i < s.n ? memchr(s.p + i, c, s.n - i) : NULL;

	return at ? (size_t)(at - s.p) + 1 : s.n;
}

/* Markup declaration open, or a bogus comment: "<!", "<?", "</" + other. An
 * empty comment stays: it parts text from text. */
static void comment(struct scan *x)
{
	struct slice rest = slice_sub(x->s, x->i, x->s.n);
	size_t end;

	if (slice_istarts(rest, SLICE("<!doctype"))) {
		end = behind(x->s, x->i, '>');
		rest = slice_sub(x->s, x->i, end);
		flush(x, end);
		put(x, rest);
		return;
	}
	if (slice_starts(rest, SLICE("<!--")))
		end = comment_end(x->s, x->i + 4);
	else
		end = behind(x->s, x->i + 2, '>');
	flush(x, end);
	put(x, SLICE("<!---->"));
}

/* ---- raw text ------------------------------------------------------------------- */

static bool name_at(struct slice s, size_t i, struct slice name)
{
	size_t k = i + name.n;

	return k < s.n && slice_ieq(slice_sub(s, i, k), name) &&
	    (blank(s.p[k]) || s.p[k] == '/' || s.p[k] == '>');
}

/* "</name" and a byte that ends a tag's name: where it stands, or s.n. */
static size_t raw_end(struct slice s, size_t i, struct slice name)
{
	while (i < s.n) {
		const char *lt = memchr(s.p + i, '<', s.n - i);

		if (!lt)
			return s.n;
		i = (size_t)(lt - s.p);
		if (i + 1 < s.n && s.p[i + 1] == '/' && name_at(s, i + 2, name))
			return i;
		i++;
	}
	return s.n;
}

/*
 * Script data: "<!--" begins the escaped state, in which <script> begins the
 * double escaped one; both end at "-->", the latter also at </script>, which
 * is no end then.
 */
static size_t script_end(struct slice s, size_t i)
{
	bool escaped = false, twice = false;

	while (i < s.n) {
		char c = s.p[i];

		if (c == '<') {
			if (!escaped && slice_starts(slice_sub(s, i, s.n),
			    SLICE("<!--"))) {
				escaped = true;
				i += 2; /* its dashes may be those of "-->" */
				continue;
			}
			if (i + 1 < s.n && s.p[i + 1] == '/' &&
			    name_at(s, i + 2, SLICE("script"))) {
				if (!twice)
					return i;
				twice = false;
			} else if (escaped && !twice &&
			    name_at(s, i + 1, SLICE("script"))) {
				twice = true;
			}
			i++;
		} else if (escaped && c == '-' && i + 2 < s.n &&
		    s.p[i + 1] == '-' && s.p[i + 2] == '>') {
			escaped = twice = false;
			i += 3;
		} else if (escaped) {
			i++;
		} else {
			const char *lt = memchr(s.p + i, '<', s.n - i);

			i = lt ? (size_t)(lt - s.p) : s.n;
		}
	}
	return s.n;
}

/* Some frameworks escape the plus and the slash. */
static bool names_jsonld(struct slice type)
{
	struct strbuf sb = STRBUF_INIT;
	bool yes;

	entity_decode(type, &sb);
	yes = slice_istarts(slice_trim(strbuf_slice(&sb)),
	    SLICE("application/ld+json"));
	strbuf_release(&sb);
	return yes;
}

static bool is_jsonld(const struct scan *x, const struct tag *t)
{
	size_t k = t->attrs;
	struct attr a;
	bool ignored;

	while (next_attr(x->s, &k, &a, &ignored))
		if (is(a.name, "type"))
			return names_jsonld(a.value);
	return false;
}

/* <script>, <style>: the element stays, its text goes. */
static void empty_raw(struct scan *x, const struct tag *t)
{
	struct prescan *o = x->out;
	bool script = is(t->name, "script");
	size_t end = script ? script_end(x->s, t->end) :
	    raw_end(x->s, t->end, t->name);

	if (script && o->jsonld_n < JSONLD_MAX && is_jsonld(x, t))
		o->jsonld[o->jsonld_n++] = slice_sub(x->s, t->end, end);
	flush(x, end);
	put(x, SLICE("<"));
	put(x, t->name);
	put(x, SLICE(">"));
}

/* ---- svg -------------------------------------------------------------------------- */

/* Drawing: none of them leaves svg (13.2.6.5) nor holds HTML. title and desc
 * may hold HTML: only empty ones are plain. */
static const char *const drawing[] = {"path", "g", "circle", "rect", "line",
    "polyline", "polygon", "ellipse", "defs", "use", "symbol", "style",
    "lineargradient", "radialgradient", "stop", "clippath", "mask", "pattern",
    "text", "tspan", "filter", "marker", "animate", "animatetransform", "set",
    "feblend", "fecolormatrix", "fecomposite", "feflood", "fegaussianblur",
    "femerge", "femergenode", "feoffset", "title", "desc", "metadata", "svg"};

enum svg_text { SVG_BARE, SVG_TEXT, SVG_HTML };

/* White space in a title is HTML's too. */
static enum svg_text text_kind(struct slice text, struct slice element)
{
	if (!text.n)
		return SVG_BARE;
	if (is(element, "title") || is(element, "desc"))
		return SVG_HTML;
	return slice_trim(text).n ? SVG_TEXT : SVG_BARE;
}

/*
 * A drawing at <svg>: behind its end, or 0 if it is not plain. *text: whether
 * it holds text, and whether some of it is HTML (in a title), which may open
 * formatting elements again.
 */
static size_t svg_end(struct scan *x, const struct tag *svg,
    enum svg_text *text)
{
	struct slice open[SVG_DEPTH];
	struct scan y = {.s = x->s, .i = svg->end, .out = x->out};
	struct tag t;
	size_t n = 0;

	open[n++] = svg->name;
	*text = SVG_BARE;
	while (n) {
		const char *lt = memchr(y.s.p + y.i, '<', y.s.n - y.i);
		size_t at = lt ? (size_t)(lt - y.s.p) : y.s.n;
		enum svg_text kind;

		if (at + 2 >= y.s.n)
			return 0;
		kind = text_kind(slice_sub(y.s, y.i, at), open[n - 1]);
		*text = kind > *text ? kind : *text;
		y.i = at;
		if (slice_starts(slice_sub(y.s, at, y.s.n), SLICE("<!--"))) {
			y.i = comment_end(y.s, at + 4);
			continue;
		}
		if (!letter(y.s.p[at + 1 + (y.s.p[at + 1] == '/')]) ||
		    !read_tag(&y, &t) || t.odd ||
		    !one_of(t.name, drawing, ARRAY_LEN(drawing)))
			return 0;
		y.i = t.end;
		if (t.closing) {
			/* "Any other end tag" of 13.2.6.5: closes what it names
			 * and all in it; one that names none is HTML's. */
			while (n && !slice_ieq(open[n - 1], t.name))
				n--;
			if (!n || t.end > t.attrs + 1)
				return 0;
			n--;
		} else if (is(open[n - 1], "title") ||
		    is(open[n - 1], "desc")) {
			return 0;
		} else if (!t.self_closing) {
			if (n == SVG_DEPTH)
				return 0;
			open[n++] = t.name;
		}
	}
	return y.i;
}

/* Tags without attributes, and text, from i to end. */
static void put_bare(struct scan *x, size_t i, size_t end)
{
	struct scan y = {.s = x->s, .i = i, .out = x->out};
	struct tag t;

	while (y.i < end) {
		const char *lt = memchr(y.s.p + y.i, '<', end - y.i);
		size_t at = lt ? (size_t)(lt - y.s.p) : end;

		put(x, slice_sub(y.s, y.i, at));
		y.i = at;
		if (at == end)
			return;
		if (y.s.p[at + 1] == '!') {
			y.i = comment_end(y.s, at + 4);
			put(x, SLICE("<!---->"));
			continue;
		}
		if (!read_tag(&y, &t))
			return;
		put(x, t.closing ? SLICE("</") : SLICE("<"));
		put(x, t.name);
		put(x, t.self_closing ? SLICE("/>") : SLICE(">"));
		y.i = t.end;
	}
}

static void svg(struct scan *x, const struct tag *t)
{
	enum svg_text text = SVG_BARE;
	size_t end = t->self_closing ? t->end : svg_end(x, t, &text);

	if (!end) {
		give_up(x);
		return;
	}
	flush(x, end);
	if (t->self_closing)
		put(x, SLICE("<svg/>"));
	else if (text == SVG_HTML)
		put_bare(x, t->at, end);
	else if (text == SVG_TEXT)
		put(x, SLICE("<svg>x</svg>")); /* forbids a frameset */
	else
		put(x, SLICE("<svg></svg>"));
}

/* ---- start and end tags -------------------------------------------------------------- */

static void start_tag(struct scan *x, const struct tag *t)
{
	unsigned int is_what = element(t->name);

	if (is_what & UNKNOWN || (x->in_select && is_what & NO_SELECT)) {
		give_up(x);
		return;
	}
	if (is_what & SELECT)
		x->in_select = !x->in_select;
	if (is_what & ENDS_SELECT)
		x->in_select = false;
	if (is_what & EMPTIED) {
		empty_raw(x, t);
	} else if (is_what & DRAWING) {
		svg(x, t);
	} else {
		flush(x, t->end);
		put_tag(x, t, is_what & WHOLE);
		x->newline = is_what & NEWLINE;
		if (is_what & RAW)
			x->i = raw_end(x->s, x->i, t->name);
	}
}

static void end_tag(struct scan *x, const struct tag *t)
{
	if (is(t->name, "select"))
		x->in_select = false;
	flush(x, t->end);
	put(x, slice_sub(x->s, t->at, t->end));
}

/* At '<'. */
static void markup(struct scan *x)
{
	struct slice s = x->s;
	char c = x->i + 1 < s.n ? s.p[x->i + 1] : 0;
	char d = x->i + 2 < s.n ? s.p[x->i + 2] : 0;
	struct tag t;

	if (c == '!' || c == '?' || (c == '/' && d && !letter(d) && d != '>')) {
		comment(x);
	} else if (c == '/' && d == '>') {
		x->i += 3; /* nothing, but "<</>p>" must not become a tag */
	} else if (!letter(c) && !(c == '/' && letter(d))) {
		x->out->ended_in_tag = c == '/' && x->i + 2 == s.n;
		x->i++; /* text */
	} else if (!read_tag(x, &t)) {
		x->out->ended_in_tag = true; /* the tag is dropped (eof-in-tag) */
		flush(x, s.n);
	} else if (t.closing) {
		end_tag(x, &t);
	} else {
		start_tag(x, &t);
	}
}

/* The code point of "&#" at i, as far as it matters. */
static unsigned int reference(struct slice v, size_t i)
{
	bool hex = i < v.n && (v.p[i] | 32) == 'x';
	unsigned int cp = 0;

	for (i += hex; i < v.n && cp < ASIDE_FIRST; i++) {
		unsigned int c = (unsigned char)v.p[i] | 32;

		if (v.p[i] >= '0' && v.p[i] <= '9')
			cp = cp * (hex ? 16 : 10) + (c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			cp = cp * 16 + c - 'a' + 10;
		else
			break;
	}
	return cp;
}

/* Characters that stand for texts, or references to them; beyond 32 bits
 * Gumbo 0.10.1 loses what stands behind a reference. */
static bool has_private(struct slice v)
{
	long at = slice_find(v, SLICE("&#"), 0);

	for (; at >= 0; at = slice_find(v, SLICE("&#"), (size_t)at + 1))
		if (reference(v, (size_t)at + 2) >= ASIDE_FIRST)
			return true;
	return prescan_is_aside(v);
}

int prescan_read(struct slice utf8, struct prescan *out, struct err *err)
{
	struct scan x = {.s = utf8, .out = out};

	*out = (struct prescan){.jsonld_n = 0};
	strbuf_init(&out->html);
	strbuf_grow(&out->html, utf8.n / 2 + 64);
	if (has_private(utf8))
		give_up(&x);
	while (x.i < utf8.n && !x.over) {
		const char *lt = memchr(utf8.p + x.i, '<', utf8.n - x.i);

		x.i = lt ? (size_t)(lt - utf8.p) : utf8.n;
		if (lt)
			markup(&x);
	}
	flush(&x, utf8.n);
	if (!x.over)
		return 0;
	prescan_release(out);
	return err_set(err, E_PARSE_BUDGET, "a tag has over %d attributes",
	    ATTRIBUTES_MAX);
}

void prescan_release(struct prescan *p)
{
	strbuf_release(&p->html);
	free(p->tags);
	free(p->texts);
	p->tags = NULL;
	p->texts = NULL;
}

/* ---- what was kept aside ------------------------------------------------------ */

const struct prescan_tag *prescan_find(const struct prescan *p,
    struct slice original)
{
	size_t from = 0, to = p->tags_n, at;

	/* behind "</>" Gumbo 0.10.1 has a tag begin too early */
	while (slice_starts(original, SLICE("</>")))
		original = slice_sub(original, 3, original.n);
	if (!original.n || original.p < p->html.p ||
	    original.p >= p->html.p + p->html.n)
		return NULL;
	at = (size_t)(original.p - p->html.p);
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (p->tags[mid].at == at)
			return &p->tags[mid];
		if (p->tags[mid].at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* UTF-8 of plane 15: f3 b0 80 80 .. f3 bf bf bf. */
static const char *next_aside(struct slice s, size_t i)
{
	const char *at;

	while (i + 4 <= s.n && (at = memchr(s.p + i, 0xf3, s.n - i - 3))) {
		if ((unsigned char)at[1] >= 0xb0)
			return at;
		i = (size_t)(at - s.p) + 1;
	}
	return NULL;
}

bool prescan_is_aside(struct slice text)
{
	return next_aside(text, 0) != NULL;
}

void prescan_text(const struct prescan *p, struct slice text,
    struct strbuf *to)
{
	const char *at;
	size_t i = 0;

	while ((at = next_aside(text, i))) {
		size_t from = (size_t)(at - text.p);
		size_t n = ((size_t)(at[1] & 0x0f) << 12) |
		    ((size_t)(at[2] & 0x3f) << 6) | (size_t)(at[3] & 0x3f);

		strbuf_addsl(to, slice_sub(text, i, from));
		if (n < p->texts_n)
			strbuf_addsl(to, p->texts[n]);
		else
			strbuf_addsl(to, slice_sub(text, from, from + 4));
		i = from + 4;
	}
	strbuf_addsl(to, slice_sub(text, i, text.n));
}

bool prescan_attr(struct slice attrs, size_t *i, struct slice *name,
    struct slice *value)
{
	struct attr a;
	bool ignored = false;

	while (next_attr(attrs, i, &a, &ignored))
		if (prescan_reads(a.name)) {
			*name = a.name;
			*value = a.value;
			return true;
		}
	return false;
}
