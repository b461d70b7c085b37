/*
 * Form taken away (timeline.md, "Words, exactly"). Two passes: characters that
 * stand for others or for nothing are made plain, then, over what NFKC left of
 * them, white space, quotes, dashes and dots are written in one way.
 */
#include "story/story.h"

#include "core/entity.h"
#include "core/utf8.h"

/* ---- characters ----------------------------------------------------------- */

/*
 * Quotes and hyphens made plain; 0: dropped; else cp itself. DASH is one that
 * parts words however it is set: "--" in ASCII.
 */
#define DASH 0x2014

static uint32_t plain(uint32_t cp)
{
	switch (cp) {
	case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032:
	case 0xb4: case 0x2bc: case 0x2039: case 0x203a: case 0x5f3:
		return '\'';
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033:
	case 0xab: case 0xbb: case 0x5f4: case 0x300c: case 0x300d:
	case 0x300e: case 0x300f: case 0x301d: case 0x301e: case 0x301f:
	case 0xff62: case 0xff63:
		return '"';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2212:
		return '-';
	case 0x2014: case 0x2015: case 0x2e3a: case 0x2e3b: case 0xfe58:
		return DASH;
	default:
		return cp_is_unseen(cp) ? 0 : cp;
	}
}

static size_t after_blanks(struct slice s, size_t i)
{
	size_t at = i;

	while (at < s.n && cp_is_space(utf8_next(s, &at)))
		i = at;
	return i;
}

static bool ends_in_blank(const struct strbuf *to)
{
	size_t at;

	return !to->n || cp_is_space(utf8_last(strbuf_slice(to), &at));
}

/*
 * French sets blanks within its quotes, "« non »", German none in
 * the same two turned round. cp was read, *i is behind it: takes the blanks
 * before it from to, or moves *i past those behind it.
 */
static void close_up(uint32_t cp, struct slice s, size_t *i, struct strbuf *to)
{
	size_t end = after_blanks(s, *i);

	if (!ends_in_blank(to))
		return;
	if (cp == 0xab)
		*i = end;
	else if (cp == 0xbb && (end > *i || end == s.n ||
	    !cp_is_word(utf8_next(s, &end))))
		while (to->n && ends_in_blank(to)) {
			utf8_last(strbuf_slice(to), &end);
			strbuf_setlen(to, end);
		}
}

/* All but ASCII made plain, and NFKC of it. */
static void make_plain(struct slice s, struct strbuf *to)
{
	struct strbuf flat = STRBUF_INIT;
	size_t i = 0;

	strbuf_grow(&flat, s.n);
	while (i < s.n) {
		size_t from = i;
		uint32_t cp;

		while (i < s.n && s.p[i] >= 0)
			i++;
		strbuf_add(&flat, s.p + from, i - from);
		if (i == s.n)
			break;
		cp = utf8_next(s, &i);
		if (cp == 0xab || cp == 0xbb)
			close_up(cp, s, &i, &flat);
		cp = plain(cp);
		if (cp == DASH)
			strbuf_adds(&flat, "--");
		else if (cp)
			strbuf_addcp(&flat, cp);
	}
	utf8_nfkc(strbuf_slice(&flat), to);
	strbuf_release(&flat);
}

/* ---- how they are set ------------------------------------------------------- */

/* What folding looks at; the rest of ASCII is ink. */
enum fold { INK, BLANK, QUOTE, HYPHEN, DOT, MARK, UNSEEN, BEYOND };

/* Blanks as Python's str.isspace, which the reference model splits at. */
static enum fold fold_of(unsigned char c)
{
	static const unsigned char folds[128] = {
		UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN,
		UNSEEN, BLANK, BLANK, BLANK, BLANK, BLANK, UNSEEN, UNSEEN,
		UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN,
		UNSEEN, UNSEEN, UNSEEN, UNSEEN, BLANK, BLANK, BLANK, BLANK,
		[' '] = BLANK, ['"'] = QUOTE, ['\''] = QUOTE, ['`'] = QUOTE,
		['-'] = HYPHEN, ['.'] = DOT, ['!'] = MARK, ['?'] = MARK,
		[':'] = MARK, [';'] = MARK, [','] = MARK, [0x7f] = UNSEEN,
	};

	return c < 0x80 ? folds[c] : BEYOND;
}

struct folding {
	struct slice s;
	size_t i;
	struct strbuf *to;
	size_t from; /* where this text begins in to */
	bool gap;    /* blanks came, of which one may stay */
};

/* Scripts that part no words by blanks, their marks of punctuation too: a
 * blank there is a break of lines or a matter of taste. */
static bool is_east_asian(uint32_t cp)
{
	return cp >= 0x2e80 && (cp <= 0x30ff || (cp >= 0x3400 && cp <= 0x4dbf) ||
	    (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
	    (cp >= 0x20000 && cp <= 0x3ffff));
}

static uint32_t last_written(const struct folding *f)
{
	size_t at;

	return utf8_last((struct slice){f->to->p + f->from,
	    f->to->n - f->from}, &at);
}

/* The blank that came before what is written next. */
static void close_gap(struct folding *f)
{
	struct slice rest = slice_sub(f->s, f->i, f->s.n);
	size_t at = 0;

	if (!f->gap)
		return;
	f->gap = false;
	if (f->to->n == f->from)
		return;
	if ((f->to->p[f->to->n - 1] < 0 && is_east_asian(last_written(f))) ||
	    (rest.n && rest.p[0] < 0 && is_east_asian(utf8_next(rest, &at)) &&
	    cp_is_word(last_written(f))))
		return;
	strbuf_addc(f->to, ' ');
}

/* A letter before or behind which a quote is an apostrophe. */
static bool holds_apostrophe(uint32_t cp)
{
	return (cp_is_word(cp) || cp_is_mark(cp)) && !cp_is_unspaced(cp);
}

/*
 * "don't" keeps its apostrophe; of all others a house makes single quotes,
 * double ones, or two single ones: they are one.
 */
static void fold_quote(struct folding *f)
{
	size_t next = f->i + 1;
	char c = f->s.p[f->i];
	bool within = false;

	if (c != '"' && next < f->s.n && (f->s.p[next] == '\'' ||
	    f->s.p[next] == '`')) {
		next++;
	} else if (c != '"' && !f->gap && f->to->n > f->from &&
	    next < f->s.n) {
		size_t at = next;

		within = holds_apostrophe(last_written(f)) &&
		    holds_apostrophe(utf8_next(f->s, &at));
	}
	close_gap(f);
	strbuf_addc(f->to, within ? '\'' : '"');
	f->i = next;
}

/* "--" between words, with blanks or without; a hyphen alone stays as it is. */
static void fold_hyphen(struct folding *f)
{
	size_t i = f->i;

	while (i < f->s.n && f->s.p[i] == '-')
		i++;
	f->gap |= i - f->i > 1;
	close_gap(f);
	strbuf_addc(f->to, '-');
	f->gap = i - f->i > 1;
	f->i = i;
}

/* ". . ." and "word ... word" as "..." and "word... word". */
static void fold_dots(struct folding *f)
{
	size_t i = f->i, end = i, dots = 0;

	while (i < f->s.n && (f->s.p[i] == '.' || f->s.p[i] == ' ')) {
		if (f->s.p[i++] == '.') {
			dots++;
			end = i;
		}
	}
	if (dots < 3) {
		/* "strait ." ends a sentence; ".5" is a figure */
		if (f->i + 1 == f->s.n || fold_of((unsigned char)
		    f->s.p[f->i + 1]) == BLANK)
			f->gap = false;
		close_gap(f);
		strbuf_addc(f->to, '.');
		f->i++;
		return;
	}
	f->gap = false;
	while (dots--)
		strbuf_addc(f->to, '.');
	f->i = i = end;
	f->gap = i < f->s.n && cp_is_word(utf8_next(f->s, &i));
}

static void fold_beyond(struct folding *f)
{
	size_t from = f->i, at = f->i;

	if (cp_is_space(utf8_next(f->s, &at))) {
		f->gap = true;
	} else {
		close_gap(f);
		strbuf_add(f->to, f->s.p + from, at - from);
	}
	f->i = at;
}

static void fold_one(struct folding *f)
{
	switch (fold_of((unsigned char)f->s.p[f->i])) {
	case BLANK:
		f->gap = true;
		f->i++;
		return;
	case QUOTE:
		fold_quote(f);
		return;
	case HYPHEN:
		fold_hyphen(f);
		return;
	case DOT:
		fold_dots(f);
		return;
	case MARK: /* French sets a blank before all but the comma */
		f->gap = false;
		strbuf_addc(f->to, f->s.p[f->i++]);
		return;
	case BEYOND:
		fold_beyond(f);
		return;
	case UNSEEN:
	case INK:
		f->i++;
	}
}

/* White space folded to single blanks, none at the ends. */
static void fold(struct slice s, struct strbuf *to)
{
	struct folding f = {.s = s, .to = to, .from = to->n};

	strbuf_grow(to, s.n);
	while (f.i < s.n) {
		size_t at = f.i;

		while (at < s.n && fold_of((unsigned char)s.p[at]) == INK)
			at++;
		if (at == f.i) {
			fold_one(&f);
			continue;
		}
		close_gap(&f);
		strbuf_add(to, s.p + f.i, at - f.i);
		f.i = at;
	}
}

void text_normal(struct slice raw, struct strbuf *to)
{
	struct strbuf decoded = STRBUF_INIT, flat = STRBUF_INIT;
	struct slice s = raw;

	if (raw.n && memchr(raw.p, '&', raw.n)) {
		entity_decode(raw, &decoded);
		s = strbuf_slice(&decoded);
	}
	if (!utf8_is_ascii(s)) {
		make_plain(s, &flat);
		s = strbuf_slice(&flat);
	}
	fold(s, to);
	strbuf_release(&decoded);
	strbuf_release(&flat);
}
