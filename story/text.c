/* What a text is (timeline.md, "Words, exactly"): sentences, words, and the
 * hash by which it is known. */
#include "story/story.h"

#include "core/utf8.h"

#include <stdlib.h>

/* ---- sentences -------------------------------------------------------------- */

/* A sentence in s: its bytes, and where the next begins. */
struct cut {
	size_t end, next;
	bool quoted; /* quotes at its ends may be its neighbour's */
};

static bool closes(char c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']';
}

static bool ends(char c)
{
	return c == '.' || c == '!' || c == '?';
}

static uint32_t at_of(struct slice s, size_t i)
{
	return utf8_next(s, &i);
}

/* U+0E00 to U+0EFF. */
static bool is_thai_or_lao(struct slice s, size_t i)
{
	return i + 3 <= s.n && s.p[i] == '\xe0' &&
	    ((unsigned char)s.p[i + 1] & 0xfc) == 0xb8;
}

/*
 * Does a sentence end before the blank at i? After . ! ? (one closing quote
 * or bracket may follow), before what may begin one (opening ones may lead).
 * Thai and Lao have no stops: a blank parts what is told.
 */
static bool blank_ends(struct slice s, size_t i)
{
	size_t k = i + 1;

	if (!i)
		return false;
	if (!ends(s.p[i - 1]) &&
	    !(i > 1 && closes(s.p[i - 1]) && ends(s.p[i - 2])))
		return s.p[i - 1] < 0 && i >= 3 && is_thai_or_lao(s, i - 3) &&
		    is_thai_or_lao(s, k);
	while (k < s.n && cp_opens(at_of(s, k)))
		utf8_next(s, &k);
	return k < s.n && cp_begins(at_of(s, k));
}

/* Behind stops, closing quotes and brackets at i. */
static size_t after_stops(struct slice s, size_t i)
{
	size_t at = i;

	while (at < s.n) {
		uint32_t cp = utf8_next(s, &at);

		if (!cp_is_stop(cp) && !cp_closes(cp))
			break;
		i = at;
	}
	return i;
}

/*
 * Does a sentence end behind the character at i, which is no blank? Stops
 * beyond ASCII end one, blank or not; what NFKC made of the full-width ! and ?
 * does before a script without blanks. *i moves to the last byte of the
 * character, or of stops in a row, which are looked at once.
 */
static bool stop_ends(struct slice s, size_t *i, struct cut *out)
{
	size_t at = *i, end;
	uint32_t cp = utf8_next(s, &at);
	bool wide = cp >= 0x80;

	*i = at - 1;
	if (!cp_is_stop(cp))
		return false;
	end = after_stops(s, at);
	*i = end - 1;
	if (!wide && !(end < s.n && s.p[end] < 0 &&
	    cp_is_unspaced(at_of(s, end))))
		return false;
	*out = (struct cut){end, end + (end < s.n && s.p[end] == ' '), true};
	return true;
}

/* The sentence at from, which must be in s. */
static struct cut cut_at(struct slice s, size_t from)
{
	struct cut x = {s.n, s.n, false};

	for (size_t i = from; i < s.n; i++) {
		char c = s.p[i];

		if (c == ' ') {
			if (blank_ends(s, i))
				return (struct cut){i, i + 1, false};
		} else if ((c < 0 || c == '!' || c == '?') &&
		    stop_ends(s, &i, &x)) {
			break;
		}
	}
	return x;
}

/*
 * By what a sentence is known. Where no blank parts sentences, the quote
 * between two may belong to either, and is none's.
 */
static uint64_t hash_of_sentence(struct slice s, bool quoted)
{
	while (quoted && s.n > 1 && s.p[0] == '"')
		s.p++, s.n--;
	while (quoted && s.n > 1 && s.p[s.n - 1] == '"')
		s.n--;
	return hash64(s.p, s.n);
}

/* ---- words -------------------------------------------------------------------- */

static bool joins(char c)
{
	return c == '-' || c == '\'' || c == '.' || c == ',';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* A letter that is a word: of scripts without blanks, but not their figures. */
bool text_is_lone(uint32_t cp)
{
	return cp_is_unspaced(cp) && cp_is_word(cp) && !cp_is_digit(cp);
}

/* Of a word that blanks part from others. */
static bool is_spaced(uint32_t cp)
{
	return cp_is_word(cp) && !text_is_lone(cp);
}

size_t text_lone_end(struct slice s, size_t i)
{
	size_t at = i;

	utf8_next(s, &i);
	for (at = i; at < s.n && s.p[at] < 0; i = at)
		if (!cp_is_mark(utf8_next(s, &at)))
			break;
	return i;
}

/* End of the word at i: \w+(?:[-'.,]\w+)*, where marks belong to the letter
 * before them. */
static size_t word_end(struct slice s, size_t i)
{
	for (;;) {
		size_t at = i;

		while (i < s.n) {
			uint32_t cp;

			at = i;
			if (is_letter(s.p[i])) {
				i++;
				continue;
			}
			cp = utf8_next(s, &i);
			if (!is_spaced(cp) && !cp_is_mark(cp)) {
				i = at;
				break;
			}
		}
		if (i >= s.n || !joins(s.p[i]))
			return i;
		at = i + 1;
		if (at >= s.n || !is_spaced(utf8_next(s, &at)))
			return i;
		i++;
	}
}

static void add_word(struct text *t, size_t *cap, struct slice w)
{
	if (t->words_n == *cap) {
		*cap = *cap ? *cap * 2 : 64;
		t->words = xrealloc(t->words, *cap * sizeof(*t->words));
		t->word = xrealloc(t->word, *cap * sizeof(*t->word));
	}
	t->word[t->words_n] = w;
	t->words[t->words_n++] = hash64(w.p, w.n);
}

static void add_words(struct text *t, size_t *cap, struct sentence *x)
{
	size_t i = 0;

	x->first_word = (uint32_t)t->words_n;
	while (i < x->s.n) {
		size_t at = i;
		uint32_t cp = utf8_next(x->s, &i);

		if (!cp_is_word(cp))
			continue;
		i = text_is_lone(cp) ? text_lone_end(x->s, at) :
		    word_end(x->s, at);
		add_word(t, cap, slice_sub(x->s, at, i));
	}
	x->words = (uint32_t)t->words_n - x->first_word;
}

/* n items of size from malloc's memory into the arena's. */
static void *keep(struct arena *a, void *items, size_t n, size_t size)
{
	void *kept = arena_alloc(a, (n + 1) * size);

	if (n)
		memcpy(kept, items, n * size);
	free(items);
	return kept;
}

static void split_body(struct text *t, struct arena *a)
{
	size_t from = 0, cap = 0, words_cap = 0;

	while (from < t->body.n) {
		struct cut c = cut_at(t->body, from);
		struct sentence *x;

		GROW(t->sentences, t->sentences_n, cap);
		x = &t->sentences[t->sentences_n++];
		x->s = slice_sub(t->body, from, c.end);
		x->hash = hash_of_sentence(x->s, c.quoted);
		x->disclaimer = text_is_disclaimer(x->s);
		add_words(t, &words_cap, x);
		from = c.next;
	}
	t->sentences = keep(a, t->sentences, t->sentences_n,
	    sizeof(*t->sentences));
	t->words = keep(a, t->words, t->words_n, sizeof(*t->words));
	t->word = keep(a, t->word, t->words_n, sizeof(*t->word));
}

struct text *text_new(struct arena *a, struct slice title,
    struct slice summary, struct slice body)
{
	struct text *t = arena_zalloc(a, 1, sizeof(*t));
	struct strbuf all = STRBUF_INIT, kept = STRBUF_INIT;
	size_t title_n, summary_n;
	char *p;

	text_normal(title, &all);
	title_n = all.n;
	strbuf_addc(&all, '\0');
	text_normal(summary, &all);
	summary_n = all.n - title_n - 1;
	strbuf_addc(&all, '\0');
	text_normal(text_without_form(body, &kept), &all);
	strbuf_release(&kept);
	t->arena = a;
	t->counted = arena_zalloc(a, 1, sizeof(struct counted *));
	t->hash = hash128(all.p, all.n);
	p = arena_copy(a, all.p, all.n);
	t->title = (struct slice){p, title_n};
	t->summary = (struct slice){p + title_n + 1, summary_n};
	t->body = (struct slice){p + title_n + summary_n + 2,
	    all.n - title_n - summary_n - 2};
	strbuf_release(&all);
	split_body(t, a);
	return t;
}
