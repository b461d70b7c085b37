#include "core/entity.h"

#include <stdint.h>
#include <stdlib.h>

#define NAME_MAX_BYTES 14 /* the longest name below: ZeroWidthSpace */

/*
 * The names of HTML 4.01, section 24, apos, the names of ASCII signs and
 * quotes that zealous encoders write; code points as in WHATWG HTML, 13.5.
 * Sorted by strcmp.
 */
static const struct entity {
	const char *name;
	uint32_t cp;
} entities[] = {
	{"AElig", 198}, {"AMP", 38}, {"Aacute", 193}, {"Acirc", 194},
	{"Agrave", 192}, {"Alpha", 913}, {"Aring", 197}, {"Atilde", 195},
	{"Auml", 196}, {"Beta", 914}, {"COPY", 169}, {"Ccedil", 199},
	{"Chi", 935}, {"Dagger", 8225}, {"Delta", 916}, {"ETH", 208},
	{"Eacute", 201}, {"Ecirc", 202}, {"Egrave", 200}, {"Epsilon", 917},
	{"Eta", 919}, {"Euml", 203}, {"GT", 62}, {"Gamma", 915}, {"Hat", 94},
	{"Iacute", 205}, {"Icirc", 206}, {"Igrave", 204}, {"Iota", 921},
	{"Iuml", 207}, {"Kappa", 922}, {"LT", 60}, {"Lambda", 923}, {"Mu", 924},
	{"NewLine", 10}, {"Ntilde", 209}, {"Nu", 925}, {"OElig", 338},
	{"Oacute", 211}, {"Ocirc", 212}, {"Ograve", 210}, {"Omega", 937},
	{"Omicron", 927}, {"Oslash", 216}, {"Otilde", 213}, {"Ouml", 214},
	{"Phi", 934}, {"Pi", 928}, {"Prime", 8243}, {"Psi", 936}, {"QUOT", 34},
	{"REG", 174}, {"Rho", 929}, {"Scaron", 352}, {"Sigma", 931},
	{"THORN", 222}, {"Tab", 9}, {"Tau", 932}, {"Theta", 920},
	{"Uacute", 218}, {"Ucirc", 219}, {"Ugrave", 217}, {"Upsilon", 933},
	{"Uuml", 220}, {"Xi", 926}, {"Yacute", 221}, {"Yuml", 376},
	{"ZeroWidthSpace", 8203}, {"Zeta", 918}, {"aacute", 225},
	{"acirc", 226}, {"acute", 180}, {"aelig", 230}, {"agrave", 224},
	{"alefsym", 8501}, {"alpha", 945}, {"amp", 38}, {"and", 8743},
	{"ang", 8736}, {"apos", 39}, {"aring", 229}, {"ast", 42},
	{"asymp", 8776}, {"atilde", 227}, {"auml", 228}, {"bdquo", 8222},
	{"beta", 946}, {"brvbar", 166}, {"bsol", 92}, {"bull", 8226},
	{"cap", 8745}, {"ccedil", 231}, {"cedil", 184}, {"cent", 162},
	{"chi", 967}, {"circ", 710}, {"clubs", 9827}, {"colon", 58},
	{"comma", 44}, {"commat", 64}, {"cong", 8773}, {"copy", 169},
	{"crarr", 8629}, {"cup", 8746}, {"curren", 164}, {"dArr", 8659},
	{"dagger", 8224}, {"darr", 8595}, {"dash", 8208}, {"deg", 176},
	{"delta", 948}, {"diams", 9830}, {"divide", 247}, {"dollar", 36},
	{"eacute", 233}, {"ecirc", 234}, {"egrave", 232}, {"empty", 8709},
	{"emsp", 8195}, {"ensp", 8194}, {"epsilon", 949}, {"equals", 61},
	{"equiv", 8801}, {"eta", 951}, {"eth", 240}, {"euml", 235},
	{"euro", 8364}, {"excl", 33}, {"exist", 8707}, {"fnof", 402},
	{"forall", 8704}, {"frac12", 189}, {"frac14", 188}, {"frac34", 190},
	{"frasl", 8260}, {"gamma", 947}, {"ge", 8805}, {"grave", 96},
	{"gt", 62}, {"hArr", 8660}, {"hairsp", 8202}, {"harr", 8596},
	{"hearts", 9829}, {"hellip", 8230}, {"horbar", 8213}, {"hyphen", 8208},
	{"iacute", 237}, {"icirc", 238}, {"iexcl", 161}, {"igrave", 236},
	{"image", 8465}, {"infin", 8734}, {"int", 8747}, {"iota", 953},
	{"iquest", 191}, {"isin", 8712}, {"iuml", 239}, {"kappa", 954},
	{"lArr", 8656}, {"lambda", 955}, {"lang", 10216}, {"laquo", 171},
	{"larr", 8592}, {"lbrace", 123}, {"lbrack", 91}, {"lceil", 8968},
	{"lcub", 123}, {"ldquo", 8220}, {"ldquor", 8222}, {"le", 8804},
	{"lfloor", 8970}, {"lowast", 8727}, {"lowbar", 95}, {"loz", 9674},
	{"lpar", 40}, {"lrm", 8206}, {"lsaquo", 8249}, {"lsqb", 91},
	{"lsquo", 8216}, {"lsquor", 8218}, {"lt", 60}, {"macr", 175},
	{"mdash", 8212}, {"micro", 181}, {"middot", 183}, {"minus", 8722},
	{"mu", 956}, {"nabla", 8711}, {"nbsp", 160}, {"ndash", 8211},
	{"ne", 8800}, {"ni", 8715}, {"not", 172}, {"notin", 8713},
	{"nsub", 8836}, {"ntilde", 241}, {"nu", 957}, {"num", 35},
	{"numsp", 8199}, {"oacute", 243}, {"ocirc", 244}, {"oelig", 339},
	{"ograve", 242}, {"oline", 8254}, {"omega", 969}, {"omicron", 959},
	{"oplus", 8853}, {"or", 8744}, {"ordf", 170}, {"ordm", 186},
	{"oslash", 248}, {"otilde", 245}, {"otimes", 8855}, {"ouml", 246},
	{"para", 182}, {"part", 8706}, {"percnt", 37}, {"period", 46},
	{"permil", 8240}, {"perp", 8869}, {"phi", 966}, {"pi", 960},
	{"piv", 982}, {"plus", 43}, {"plusmn", 177}, {"pound", 163},
	{"prime", 8242}, {"prod", 8719}, {"prop", 8733}, {"psi", 968},
	{"puncsp", 8200}, {"quest", 63}, {"quot", 34}, {"rArr", 8658},
	{"radic", 8730}, {"rang", 10217}, {"raquo", 187}, {"rarr", 8594},
	{"rbrace", 125}, {"rbrack", 93}, {"rceil", 8969}, {"rcub", 125},
	{"rdquo", 8221}, {"rdquor", 8221}, {"real", 8476}, {"reg", 174},
	{"rfloor", 8971}, {"rho", 961}, {"rlm", 8207}, {"rpar", 41},
	{"rsaquo", 8250}, {"rsqb", 93}, {"rsquo", 8217}, {"rsquor", 8217},
	{"sbquo", 8218}, {"scaron", 353}, {"sdot", 8901}, {"sect", 167},
	{"semi", 59}, {"shy", 173}, {"sigma", 963}, {"sigmaf", 962},
	{"sim", 8764}, {"sol", 47}, {"spades", 9824}, {"sub", 8834},
	{"sube", 8838}, {"sum", 8721}, {"sup", 8835}, {"sup1", 185},
	{"sup2", 178}, {"sup3", 179}, {"supe", 8839}, {"szlig", 223},
	{"tau", 964}, {"there4", 8756}, {"theta", 952}, {"thetasym", 977},
	{"thinsp", 8201}, {"thorn", 254}, {"tilde", 732}, {"times", 215},
	{"trade", 8482}, {"uArr", 8657}, {"uacute", 250}, {"uarr", 8593},
	{"ucirc", 251}, {"ugrave", 249}, {"uml", 168}, {"upsih", 978},
	{"upsilon", 965}, {"uuml", 252}, {"verbar", 124}, {"vert", 124},
	{"weierp", 8472}, {"xi", 958}, {"yacute", 253}, {"yen", 165},
	{"yuml", 255}, {"zeta", 950}, {"zwj", 8205}, {"zwnj", 8204},
};

/* WHATWG HTML, 13.2.5.80: numbers 128..159 mean windows-1252. */
static const uint16_t c1[32] = {0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026,
    0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122,
    0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};

static int by_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct entity *)item)->name);
}

static int digit(char c, int base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base == 16 && (c | 32) >= 'a' && (c | 32) <= 'f')
		return (c | 32) - 'a' + 10;
	return -1;
}

/* Controls and noncharacters: errors in 13.2.5.80, and never text. */
static bool is_junk(uint32_t cp)
{
	return (cp > 0 && cp < 0x20 && cp != '\t' && cp != '\n' &&
	    cp != '\f' && cp != '\r') || (cp >= 0x7f && cp < 0x80) ||
	    (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

/* "#8217;" at s: bytes taken, or 0. */
static size_t number(struct slice s, struct strbuf *to)
{
	int base = s.n > 1 && (s.p[1] | 32) == 'x' ? 16 : 10;
	size_t i = base == 16 ? 2 : 1, from = i;
	uint32_t v = 0;

	while (i < s.n && digit(s.p[i], base) >= 0) {
		if (v < 0x200000)
			v = v * (uint32_t)base + (uint32_t)digit(s.p[i], base);
		i++;
	}
	if (i == from)
		return 0;
	if (v >= 0x80 && v < 0xa0)
		v = c1[v - 0x80];
	if (!v || v > 0x10ffff)
		v = 0xfffd;
	if (!is_junk(v))
		strbuf_addcp(to, v);
	return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

static const struct entity *find(const char *name)
{
	return bsearch(name, entities, sizeof(entities) / sizeof(entities[0]),
	    sizeof(entities[0]), by_name);
}

/* 13.5 lists those of Latin-1 and & < > " without the semicolon as well. */
static bool is_bare(uint32_t cp)
{
	return (cp >= 0xa0 && cp <= 0xff) || cp == '&' || cp == '<' ||
	    cp == '>' || cp == '"';
}

/*
 * "amp;" at s: bytes taken, or 0. bare: where the semicolon is missing, the longest
 * name that may stand so (13.2.5.73; in text, not in attributes).
 */
static size_t named(struct slice s, bool bare, struct strbuf *to)
{
	char name[NAME_MAX_BYTES + 1];
	const struct entity *e = NULL;
	size_t n = 0;

	while (n < s.n && n < NAME_MAX_BYTES && ((s.p[n] >= '0' &&
	    s.p[n] <= '9') || ((s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z'))) {
		name[n] = s.p[n];
		n++;
	}
	name[n] = '\0';
	if (n < s.n && s.p[n] == ';' && (e = find(name))) {
		strbuf_addcp(to, e->cp);
		return n + 1;
	}
	for (; bare && n > 1; name[--n] = '\0')
		if ((e = find(name)) && is_bare(e->cp)) {
			strbuf_addcp(to, e->cp);
			return n;
		}
	return 0;
}

static void decode(struct slice s, bool bare, struct strbuf *to)
{
	size_t i = 0;

	while (i < s.n) {
		const char *amp = memchr(s.p + i, '&', s.n - i);
		size_t n = amp ? (size_t)(amp - s.p) - i : s.n - i, len;
		struct slice rest;

		strbuf_add(to, s.p + i, n);
		i += n;
		if (!amp)
			break;
		rest = slice_sub(s, ++i, s.n);
		len = rest.n && rest.p[0] == '#' ? number(rest, to) :
		    named(rest, bare, to);
		if (!len)
			strbuf_addc(to, '&');
		i += len;
	}
}

void entity_decode(struct slice s, struct strbuf *to)
{
	decode(s, true, to);
}

void entity_decode_whole(struct slice s, struct strbuf *to)
{
	decode(s, false, to);
}
