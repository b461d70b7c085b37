#include "core/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/*
 * Length of the sequence at p if it is valid (RFC 3629, section 4), else 0;
 * *bad is then the length of the maximal part to be replaced by one U+FFFD.
 */
static size_t sequence(const unsigned char *p, size_t n, uint32_t *cp,
    size_t *bad)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len, i;

	*bad = 1;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	if (p[0] == 0xed)
		high = 0x9f;
	if (p[0] == 0xf0)
		low = 0x90;
	if (p[0] == 0xf4)
		high = 0x8f;
	*cp = p[0] & (0xffu >> (len + 1));
	for (i = 1; i < len; i++) {
		if (i >= n || p[i] < low || p[i] > high) {
			*bad = i;
			return 0;
		}
		*cp = *cp << 6 | (p[i] & 63);
		low = 0x80;
		high = 0xbf;
	}
	return len;
}

uint32_t utf8_next_beyond(struct slice s, size_t *i)
{
	const unsigned char *p = (const unsigned char *)s.p + *i;
	size_t bad, len;
	uint32_t cp;

	len = sequence(p, s.n - *i, &cp, &bad);
	*i += len ? len : bad;
	return len ? cp : 0xfffd;
}

uint32_t utf8_last(struct slice s, size_t *from)
{
	size_t i = s.n - 1;

	while (i && s.n - i < 4 && ((unsigned char)s.p[i] & 0xc0) == 0x80)
		i--;
	*from = i;
	return utf8_next(s, &i);
}

size_t utf8_clean(struct slice s, struct strbuf *to)
{
	size_t i = 0, wrong = 0;

	strbuf_grow(to, s.n);
	while (i < s.n) {
		size_t from = i, bad, len = 1;
		uint32_t cp;

		/* runs of plain ASCII in one go */
		while (i < s.n && (unsigned char)s.p[i] < 0x80 && s.p[i])
			i++;
		strbuf_add(to, s.p + from, i - from);
		if (i == s.n)
			break;
		if (!s.p[i]) {
			wrong++;
			i++;
			continue;
		}
		len = sequence((const unsigned char *)s.p + i, s.n - i, &cp,
		    &bad);
		if (len) {
			strbuf_add(to, s.p + i, len);
		} else {
			strbuf_addcp(to, 0xfffd);
			wrong += bad;
		}
		i += len ? len : bad;
	}
	return wrong;
}

bool utf8_valid(struct slice s)
{
	size_t i = 0, bad, len;
	uint32_t cp;

	while (i < s.n) {
		uint64_t eight;

		/* plain ASCII, eight bytes at a time */
		while (i + 8 <= s.n && (memcpy(&eight, s.p + i, 8),
		    !(eight & UINT64_C(0x8080808080808080))))
			i += 8;
		if (i == s.n)
			break;
		len = sequence((const unsigned char *)s.p + i, s.n - i, &cp,
		    &bad);
		if (!len)
			return false;
		i += len;
	}
	return true;
}

bool utf8_is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

void utf8_nfkc(struct slice s, struct strbuf *to)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n;

	if (utf8_is_ascii(s)) {
		strbuf_addsl(to, s);
		return;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
	    &out, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
	if (n < 0) /* not UTF-8: callers give what utf8_clean gave */
		strbuf_addsl(to, s);
	else
		strbuf_add(to, out, (size_t)n);
	free(out);
}

void utf8_lower(struct slice s, struct strbuf *to)
{
	size_t i = 0;

	strbuf_grow(to, s.n);
	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x80) {
			strbuf_addc(to, (char)(c >= 'A' && c <= 'Z' ? c + 32 :
			    c));
			i++;
		} else {
			strbuf_addcp(to, (uint32_t)utf8proc_tolower(
			    (utf8proc_int32_t)utf8_next(s, &i)));
		}
	}
}

bool cp_is_space(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= 9 && cp <= 13) ||
		    (cp >= 0x1c && cp <= 0x1f);
	return cp == 0x85 || cp == 0xa0 || cp == 0x1680 ||
	    (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 ||
	    cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

static utf8proc_category_t category(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp);
}

bool cp_is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') ||
		    (cp >= 'a' && cp <= 'z') || cp == '_';
	switch (category(cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

bool cp_is_upper(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	return category(cp) == UTF8PROC_CATEGORY_LU;
}

bool cp_is_mark(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x300) /* the first of them */
		return false;
	c = category(cp);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC ||
	    c == UTF8PROC_CATEGORY_ME;
}

bool cp_is_unseen(uint32_t cp)
{
	const utf8proc_property_t *x =
	    utf8proc_get_property((utf8proc_int32_t)cp);

	return x->ignorable ||
	    (x->category == UTF8PROC_CATEGORY_CC && !cp_is_space(cp));
}

bool cp_is_symbol(uint32_t cp)
{
	return category(cp) == UTF8PROC_CATEGORY_SO && (cp & ~0xfu) != 0x2ff0 &&
	    cp != 0xfffc && cp != 0xfffd;
}

bool cp_is_digit(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= '0' && cp <= '9';
	return category(cp) == UTF8PROC_CATEGORY_ND;
}

bool cp_is_unspaced(uint32_t cp)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {{0x0e00, 0x0eff}, {0x1000, 0x109f}, {0x1780, 0x17ff},
	    {0x2e80, 0x2fdf}, {0x3005, 0x3007}, {0x3040, 0x30ff},
	    {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xf900, 0xfaff},
	    {0x20000, 0x3ffff}};

	if (cp < ranges[0].from)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (cp >= ranges[i].from && cp <= ranges[i].to)
			return true;
	return false;
}

/* Of PropList.txt, Unicode 14.0: the ranges of Sentence_Terminal in the first
 * plane (perl -e '/\p{Sentence_Terminal}/' over all code points). */
bool cp_is_stop(uint32_t cp)
{
	static const struct {
		uint16_t from, to;
	} ranges[] = {{0x589, 0x589}, {0x61d, 0x61f}, {0x6d4, 0x6d4},
	    {0x700, 0x702}, {0x7f9, 0x7f9}, {0x837, 0x837}, {0x839, 0x839},
	    {0x83d, 0x83e}, {0x964, 0x965}, {0x104a, 0x104b},
	    {0x1362, 0x1362}, {0x1367, 0x1368}, {0x166e, 0x166e},
	    {0x1735, 0x1736}, {0x17d4, 0x17d5}, {0x1803, 0x1803},
	    {0x1809, 0x1809}, {0x1944, 0x1945}, {0x1aa8, 0x1aab},
	    {0x1b5a, 0x1b5b}, {0x1b5e, 0x1b5f}, {0x1b7d, 0x1b7e},
	    {0x1c3b, 0x1c3c}, {0x1c7e, 0x1c7f}, {0x203c, 0x203d},
	    {0x2047, 0x2049}, {0x2e2e, 0x2e2e}, {0x2e3c, 0x2e3c},
	    {0x2e53, 0x2e54}, {0x3002, 0x3002}, {0xa4ff, 0xa4ff},
	    {0xa60e, 0xa60f}, {0xa6f3, 0xa6f3}, {0xa6f7, 0xa6f7},
	    {0xa876, 0xa877}, {0xa8ce, 0xa8cf}, {0xa92f, 0xa92f},
	    {0xa9c8, 0xa9c9}, {0xaa5d, 0xaa5f}, {0xaaf0, 0xaaf1},
	    {0xabeb, 0xabeb}, {0xff01, 0xff01}, {0xff0e, 0xff0e},
	    {0xff1f, 0xff1f}, {0xff61, 0xff61}};

	if (cp < 0x80)
		return cp == '.' || cp == '!' || cp == '?';
	for (size_t i = 0; i < ARRAY_LEN(ranges) && ranges[i].from <= cp; i++)
		if (cp <= ranges[i].to)
			return true;
	return false;
}

bool cp_begins(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
	if (cp >= 0x10d0 && cp <= 0x10ff) /* Georgian: no capitals in texts */
		return true;
	switch (category(cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
		return true;
	default:
		return false;
	}
}

bool cp_opens(uint32_t cp)
{
	if (cp < 0x80)
		return cp == '"' || cp == '\'' || cp == '(' || cp == '[';
	return cp == 0xa1 || cp == 0xbf ||
	    category(cp) == UTF8PROC_CATEGORY_PS ||
	    category(cp) == UTF8PROC_CATEGORY_PI;
}

bool cp_closes(uint32_t cp)
{
	if (cp < 0x80)
		return cp == '"' || cp == '\'' || cp == ')' || cp == ']';
	return category(cp) == UTF8PROC_CATEGORY_PE ||
	    category(cp) == UTF8PROC_CATEGORY_PF;
}
