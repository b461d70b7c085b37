/* Form taken away (timeline.md, "Words, exactly"). */
#include "story/story.h"

#include "core/entity.h"
#include "core/utf8.h"

/* Quotes and dashes made plain; 0: dropped; else cp itself. */
static uint32_t plain(uint32_t cp)
{
	switch (cp) {
	case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032:
	case 0x60: case 0xb4:
		return '\'';
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033:
	case 0xab: case 0xbb:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015: case 0x2212:
		return '-';
	case 0x200b: case 0x200c: case 0x200d: case 0xfeff: case 0xad:
		return 0;
	default:
		return cp;
	}
}

/* ASCII that plain() leaves as it is. */
static bool is_plain(char c)
{
	return c >= 0 && c != '`';
}

/* ASCII that is neither white space nor a control. */
static bool is_ink(char c)
{
	return c > ' ' && c < 0x7f;
}

/* White space folded to single blanks, none at the ends. */
static void fold_space(struct slice s, struct strbuf *to)
{
	size_t i = 0, from = to->n;
	bool gap = false;

	while (i < s.n) {
		size_t at = i;

		while (i < s.n && is_ink(s.p[i]))
			i++;
		if (i == at && cp_is_space(utf8_next(s, &i))) {
			gap = true;
			continue;
		}
		if (gap && to->n > from)
			strbuf_addc(to, ' ');
		gap = false;
		strbuf_add(to, s.p + at, i - at);
	}
}

void text_normal(struct slice raw, struct strbuf *to)
{
	struct strbuf decoded = STRBUF_INIT, flat = STRBUF_INIT,
	    nfkc = STRBUF_INIT;
	struct slice s;
	size_t i = 0;

	entity_decode(raw, &decoded);
	s = strbuf_slice(&decoded);
	strbuf_grow(&flat, s.n);
	while (i < s.n) {
		size_t from = i;
		uint32_t cp;

		while (i < s.n && is_plain(s.p[i]))
			i++;
		strbuf_add(&flat, s.p + from, i - from);
		if (i == s.n)
			break;
		cp = plain(utf8_next(s, &i));
		if (cp)
			strbuf_addcp(&flat, cp);
	}
	utf8_nfkc(strbuf_slice(&flat), &nfkc);
	fold_space(strbuf_slice(&nfkc), to);
	strbuf_release(&decoded);
	strbuf_release(&flat);
	strbuf_release(&nfkc);
}
