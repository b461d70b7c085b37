/* Bytes -> UTF-8 by the WHATWG rules (encoding.spec.whatwg.org; HTML,
 * 13.2.3): BOM, header, meta, detection, windows-1252. */
#include "core/utf8.h"
#include "parser/evidence.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>
#include <uchardet.h>

#define PRESCAN 1024 /* bytes in which a meta is looked for first */
/* A meta behind that makes a browser start anew ("changing the encoding while
 * parsing", HTML 13.2.3.5); heads longer than this have not been seen. */
#define PRESCAN_LATE 65536

/* The standard's labels -> its name and iconv's (superset) name. */
static const struct encoding {
	const char *name, *iconv, *labels;
} encodings[] = {
	{"UTF-8", NULL, " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 "
	    "utf8 x-unicode20utf8 "},
	{"IBM866", "IBM866", " 866 cp866 csibm866 ibm866 "},
	{"ISO-8859-2", "ISO-8859-2", " csisolatin2 iso-8859-2 iso-ir-101 "
	    "iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 "},
	{"ISO-8859-3", "ISO-8859-3", " csisolatin3 iso-8859-3 iso-ir-109 "
	    "iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 "},
	{"ISO-8859-4", "ISO-8859-4", " csisolatin4 iso-8859-4 iso-ir-110 "
	    "iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 "},
	{"ISO-8859-5", "ISO-8859-5", " csisolatincyrillic cyrillic iso-8859-5 "
	    "iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 "},
	{"ISO-8859-6", "ISO-8859-6", " arabic asmo-708 csiso88596e csiso88596i "
	    "csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
	    "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 "},
	{"ISO-8859-7", "ISO-8859-7", " csisolatingreek ecma-118 elot_928 greek "
	    "greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
	    "iso_8859-7:1987 sun_eu_greek "},
	{"ISO-8859-8", "ISO-8859-8", " csiso88598e csisolatinhebrew hebrew "
	    "iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
	    "iso_8859-8:1988 visual "},
	{"ISO-8859-8-I", "ISO-8859-8", " csiso88598i iso-8859-8-i logical "},
	{"ISO-8859-10", "ISO-8859-10", " csisolatin6 iso-8859-10 iso-ir-157 "
	    "iso8859-10 iso885910 l6 latin6 "},
	{"ISO-8859-13", "ISO-8859-13", " iso-8859-13 iso8859-13 iso885913 "},
	{"ISO-8859-14", "ISO-8859-14", " iso-8859-14 iso8859-14 iso885914 "},
	{"ISO-8859-15", "ISO-8859-15", " csisolatin9 iso-8859-15 iso8859-15 "
	    "iso885915 iso_8859-15 l9 "},
	{"ISO-8859-16", "ISO-8859-16", " iso-8859-16 "},
	{"KOI8-R", "KOI8-R", " cskoi8r koi koi8 koi8-r koi8_r "},
	{"KOI8-U", "KOI8-U", " koi8-ru koi8-u "},
	{"macintosh", "MACINTOSH", " csmacintosh mac macintosh x-mac-roman "},
	{"windows-874", "CP874", " dos-874 iso-8859-11 iso8859-11 iso885911 "
	    "tis-620 windows-874 "},
	{"windows-1250", "CP1250", " cp1250 windows-1250 x-cp1250 "},
	{"windows-1251", "CP1251", " cp1251 windows-1251 x-cp1251 "},
	{"windows-1252", "CP1252", " ansi_x3.4-1968 ascii cp1252 cp819 "
	    "csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
	    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 "
	    "x-cp1252 "},
	{"windows-1253", "CP1253", " cp1253 windows-1253 x-cp1253 "},
	{"windows-1254", "CP1254", " cp1254 csisolatin5 iso-8859-9 iso-ir-148 "
	    "iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
	    "windows-1254 x-cp1254 "},
	{"windows-1255", "CP1255", " cp1255 windows-1255 x-cp1255 "},
	{"windows-1256", "CP1256", " cp1256 windows-1256 x-cp1256 "},
	{"windows-1257", "CP1257", " cp1257 windows-1257 x-cp1257 "},
	{"windows-1258", "CP1258", " cp1258 windows-1258 x-cp1258 "},
	{"x-mac-cyrillic", "MAC-CYRILLIC", " x-mac-cyrillic x-mac-ukrainian "},
	{"GBK", "GB18030", " chinese csgb2312 csiso58gb231280 gb2312 gb_2312 "
	    "gb_2312-80 gbk iso-ir-58 x-gbk "},
	{"gb18030", "GB18030", " gb18030 "},
	{"Big5", "BIG5-HKSCS", " big5 big5-hkscs cn-big5 csbig5 x-x-big5 "},
	{"EUC-JP", "EUC-JP", " cseucpkdfmtjapanese euc-jp x-euc-jp "},
	{"ISO-2022-JP", "ISO-2022-JP", " csiso2022jp iso-2022-jp "},
	{"Shift_JIS", "CP932", " csshiftjis ms932 ms_kanji shift-jis shift_jis "
	    "sjis windows-31j x-sjis "},
	{"EUC-KR", "CP949", " cseuckr csksc56011987 euc-kr iso-ir-149 korean "
	    "ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "},
	{"replacement", "", " csiso2022kr hz-gb-2312 iso-2022-cn "
	    "iso-2022-cn-ext iso-2022-kr replacement "},
	{"UTF-16BE", "UTF-16BE", " unicodefffe utf-16be "},
	{"UTF-16LE", "UTF-16LE", " csunicode iso-10646-ucs-2 ucs-2 unicode "
	    "unicodefeff utf-16 utf-16le "},
	{"x-user-defined", "CP1252", " x-user-defined "},
};

static const struct encoding *by_label(struct slice label)
{
	char key[64];

	label = slice_trim(label);
	if (!label.n || label.n + 3 > sizeof(key))
		return NULL;
	key[0] = ' ';
	for (size_t i = 0; i < label.n; i++) {
		char c = label.p[i];

		if (c == ' ')
			return NULL;
		key[i + 1] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	key[label.n + 1] = ' ';
	key[label.n + 2] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
		if (strstr(encodings[i].labels, key))
			return &encodings[i];
	return NULL;
}

static const struct encoding *by_name(const char *name)
{
	return by_label(slice_of(name));
}

/* charset=... of a Content-Type (HTML, 2.4.4 "extracting a character
 * encoding from a meta element"). */
static struct slice charset_param(struct slice s)
{
	long at = slice_ifind(s, SLICE("charset"), 0);
	size_t i, end;

	for (; at >= 0; at = slice_ifind(s, SLICE("charset"), (size_t)at + 7)) {
		i = (size_t)at + 7;
		while (i < s.n && (unsigned char)s.p[i] <= ' ')
			i++;
		if (i < s.n && s.p[i] == '=')
			break;
	}
	if (at < 0)
		return SLICE_NONE;
	i++;
	while (i < s.n && (unsigned char)s.p[i] <= ' ')
		i++;
	if (i < s.n && (s.p[i] == '"' || s.p[i] == '\'')) {
		char q = s.p[i++];
		const char *close = memchr(s.p + i, q, s.n - i);

		if (!close)
			return SLICE_NONE;
		return slice_sub(s, i, (size_t)(close - s.p));
	}
	for (end = i; end < s.n && (unsigned char)s.p[end] > ' ' &&
	    s.p[end] != ';'; end++)
		;
	return slice_sub(s, i, end);
}

/* ---- the meta prescan (HTML, 13.2.3.2) ------------------------------------------- */

static bool space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' ||
	    c == '/';
}

/* "Get an attribute": false where there is none left. */
static bool next_attr(struct slice s, size_t *i, struct slice *name,
    struct slice *value)
{
	size_t from;

	*value = SLICE("");
	while (*i < s.n && space(s.p[*i]))
		++*i;
	if (*i >= s.n || s.p[*i] == '>')
		return false;
	for (from = *i; *i < s.n && !space(s.p[*i]) && s.p[*i] != '>' &&
	    !(s.p[*i] == '=' && *i > from); ++*i)
		;
	*name = slice_sub(s, from, *i);
	while (*i < s.n && space(s.p[*i]) && s.p[*i] != '/')
		++*i;
	if (*i >= s.n || s.p[*i] != '=')
		return true;
	++*i;
	while (*i < s.n && space(s.p[*i]) && s.p[*i] != '/')
		++*i;
	if (*i < s.n && (s.p[*i] == '"' || s.p[*i] == '\'')) {
		char q = s.p[(*i)++];

		for (from = *i; *i < s.n && s.p[*i] != q; ++*i)
			;
		*value = slice_sub(s, from, *i);
		if (*i >= s.n)
			return false;
		++*i;
		return true;
	}
	for (from = *i; *i < s.n && !(space(s.p[*i]) && s.p[*i] != '/') &&
	    s.p[*i] != '>'; ++*i)
		;
	*value = slice_sub(s, from, *i);
	return true;
}

static const struct encoding *meta_tag(struct slice s, size_t *i)
{
	struct slice name, value, charset = SLICE_NONE;
	bool pragma = false, need_pragma = false, got = false;
	const struct encoding *e;

	while (next_attr(s, i, &name, &value)) {
		if (slice_ieq(name, SLICE("http-equiv"))) {
			pragma |= slice_ieq(value, SLICE("content-type"));
		} else if (slice_ieq(name, SLICE("content"))) {
			struct slice c = charset_param(value);

			if (c.p && !got) {
				charset = c;
				need_pragma = got = true;
			}
		} else if (slice_ieq(name, SLICE("charset"))) {
			charset = value;
			need_pragma = false;
			got = true;
		}
	}
	if (*i >= s.n || !got || (need_pragma && !pragma))
		return NULL; /* also where the bytes end inside the tag */
	e = by_label(charset);
	if (e && !strncmp(e->name, "UTF-16", 6))
		return by_name("utf-8");
	if (e && !strcmp(e->name, "x-user-defined"))
		return by_name("windows-1252");
	return e;
}

static bool tag_is(struct slice s, size_t i, const char *name)
{
	size_t n = strlen(name);

	return slice_ieq(slice_sub(s, i, i + n), slice_of(name)) &&
	    i + n < s.n && space(s.p[i + n]);
}

/* Late, the tokenizer has read the page: markup in scripts is none. */
static size_t skip_script(struct slice s, size_t i)
{
	long end;

	if (!tag_is(s, i, "<script") && !slice_istarts(slice_sub(s, i, s.n),
	    SLICE("<script>")))
		return i;
	end = slice_ifind(s, SLICE("</script"), i);
	return end < 0 ? s.n : (size_t)end;
}

static const struct encoding *prescan(struct slice s, size_t most)
{
	const struct encoding *e;
	struct slice name, value;

	s = slice_sub(s, 0, most);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '<')
			continue;
		if (most > PRESCAN && (i = skip_script(s, i)) >= s.n)
			return NULL;
		if (slice_starts(slice_sub(s, i, s.n), SLICE("<!--"))) {
			long end = slice_find(s, SLICE("-->"), i + 2);

			if (end < 0)
				return NULL;
			i = (size_t)end + 2;
		} else if (tag_is(s, i, "<meta")) {
			i += 5;
			e = meta_tag(s, &i);
			if (e)
				return e;
			i -= i < s.n && s.p[i] == '>' ? 0 : 1;
		} else if (i + 1 < s.n && ((s.p[i + 1] | 32) >= 'a' ||
		    (s.p[i + 1] == '/' && i + 2 < s.n &&
		    (s.p[i + 2] | 32) >= 'a' && (s.p[i + 2] | 32) <= 'z'))) {
			while (i < s.n && !space(s.p[i]) && s.p[i] != '>')
				i++;
			while (next_attr(s, &i, &name, &value))
				;
		} else if (i + 1 < s.n && (s.p[i + 1] == '!' ||
		    s.p[i + 1] == '/' || s.p[i + 1] == '?')) {
			while (i < s.n && s.p[i] != '>')
				i++;
		}
	}
	return NULL;
}

/* ---- detection ------------------------------------------------------------------------ */

static const struct encoding *bom(struct slice s, size_t *skip)
{
	static const struct {
		const char *bytes, *name;
	} boms[] = {{"\xef\xbb\xbf", "utf-8"}, {"\xfe\xff", "utf-16be"},
	    {"\xff\xfe", "utf-16le"}};

	for (size_t i = 0; i < ARRAY_LEN(boms); i++)
		if (slice_starts(s, slice_of(boms[i].bytes))) {
			*skip = strlen(boms[i].bytes);
			return by_name(boms[i].name);
		}
	*skip = 0;
	return NULL;
}

/* Text in UTF-16 has a NUL in every other place; no other encoding has any. */
static const struct encoding *by_nuls(struct slice s)
{
	size_t even = 0, odd = 0, n = s.n < 512 ? s.n : 512;

	for (size_t i = 0; i < n; i++)
		if (!s.p[i])
			*(i % 2 ? &odd : &even) += 1;
	if (n < 16 || (even + odd) * 4 < n)
		return NULL;
	return by_name(odd > even ? "utf-16le" : "utf-16be");
}

static bool is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static const struct encoding *detect(struct slice s)
{
	uchardet_t u;
	const struct encoding *e = NULL;

	if (is_ascii(s)) /* the standard's fallback, and the same text */
		return by_name("windows-1252");
	if (utf8_valid(s))
		return by_name("utf-8");
	u = uchardet_new();
	if (u && !uchardet_handle_data(u, s.p, s.n < 65536 ? s.n : 65536)) {
		uchardet_data_end(u);
		e = by_label(slice_of(uchardet_get_charset(u)));
	}
	if (u)
		uchardet_delete(u);
	return e ? e : by_name("windows-1252");
}

/* ---- decoding --------------------------------------------------------------------------- */

static int convert(struct slice s, const char *from, struct strbuf *to,
    size_t *errors)
{
	iconv_t cd = iconv_open("UTF-8", from);
	char *in = (char *)s.p;
	size_t in_n = s.n;

	if (cd == (iconv_t)-1)
		return -1;
	while (in_n) {
		char *out;
		size_t room, rc;

		strbuf_grow(to, in_n * 3 + 16);
		out = to->p + to->n;
		room = in_n * 3 + 16;
		rc = iconv(cd, &in, &in_n, &out, &room);
		strbuf_setlen_grown(to, (size_t)(out - to->p) - to->n);
		if (rc != (size_t)-1)
			break;
		if (errno != EILSEQ && errno != EINVAL)
			continue; /* E2BIG: more room */
		strbuf_addcp(to, 0xfffd);
		++*errors;
		in++;
		in_n--;
	}
	iconv_close(cd);
	return 0;
}

static const struct encoding *choose(const struct parse_input *in,
    size_t *skip)
{
	const struct encoding *e = bom(in->bytes, skip);

	if (!e && in->content_type)
		e = by_label(charset_param(slice_of(in->content_type)));
	if (!e)
		e = by_nuls(in->bytes);
	if (!e)
		e = prescan(in->bytes, PRESCAN);
	if (!e && in->bytes.n > PRESCAN)
		e = prescan(in->bytes, PRESCAN_LATE);
	return e ? e : detect(in->bytes);
}

/*
 * A page that was saved without its headers was often saved as UTF-8 whatever
 * its meta still says. Text in another encoding that is valid UTF-8 as a whole
 * does not occur by chance, so there we depart from the standard, which would
 * give what no reader ever saw. With headers, browsers showed the same ruin.
 */
static bool saved_as_utf8(const struct parse_input *in,
    const struct encoding *e)
{
	return !in->content_type && e->iconv && *e->iconv &&
	    strncmp(e->name, "UTF-16", 6) && !is_ascii(in->bytes) &&
	    utf8_valid(in->bytes);
}

int charset_decode(const struct parse_input *in, struct arena *a,
    struct slice *utf8, const char **label, size_t *errors, struct err *err)
{
	struct strbuf raw = STRBUF_INIT, clean = STRBUF_INIT;
	const struct encoding *e;
	struct slice s;
	size_t skip;
	int rc = 0;

	e = choose(in, &skip);
	if (!skip && saved_as_utf8(in, e))
		e = by_name("utf-8");
	s = slice_sub(in->bytes, skip, in->bytes.n);
	*label = e->name;
	*errors = 0;
	if (e->iconv && !*e->iconv)
		return err_set(err, E_CHARSET_UNKNOWN,
		    "%s is decoded by no browser either", e->name);
	if (e->iconv) {
		if (convert(s, e->iconv, &raw, errors))
			rc = err_set(err, E_CHARSET_UNKNOWN,
			    "%s cannot be decoded here", e->name);
		s = strbuf_slice(&raw);
	}
	if (!rc && !e->iconv && utf8_valid(s) && !memchr(s.p, 0, s.n)) {
		*utf8 = s; /* as nearly all pages are */
	} else if (!rc) {
		*errors += utf8_clean(s, &clean);
		*utf8 = arena_slice(a, strbuf_slice(&clean));
	}
	strbuf_release(&raw);
	strbuf_release(&clean);
	return rc;
}

const char *charset_label(const struct parse_input *in)
{
	size_t skip;

	return choose(in, &skip)->name;
}
