/* What a text is (timeline.md, "Words, exactly"): sentences, words, and the
 * hash by which it is known. */
#include "story/story.h"

#include "core/utf8.h"

#include <stdlib.h>

/* ---- sentences and words --------------------------------------------------------- */

static bool closes(char c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']';
}

static bool ends(char c)
{
	return c == '.' || c == '!' || c == '?';
}

/*
 * Does a sentence end before the blank at i? After . ! ? (one closing quote
 * or bracket may follow), before a capital or digit (opening ones may lead).
 */
static bool sentence_ends(struct slice s, size_t i)
{
	size_t k = i + 1;

	if (!i || !(ends(s.p[i - 1]) ||
	    (i > 1 && closes(s.p[i - 1]) && ends(s.p[i - 2]))))
		return false;
	while (k < s.n && (s.p[k] == '"' || s.p[k] == '\'' || s.p[k] == '(' ||
	    s.p[k] == '['))
		k++;
	return k < s.n && ((s.p[k] >= 'A' && s.p[k] <= 'Z') ||
	    (s.p[k] >= '0' && s.p[k] <= '9'));
}

static bool joins(char c)
{
	return c == '-' || c == '\'' || c == '.' || c == ',';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* End of the word at i: \w+(?:[-'.,]\w+)*. */
static size_t word_end(struct slice s, size_t i)
{
	for (;;) {
		size_t at = i;

		while (i < s.n) {
			at = i;
			if (is_letter(s.p[i])) {
				i++;
				continue;
			}
			if (!cp_is_word(utf8_next(s, &i))) {
				i = at;
				break;
			}
		}
		if (i >= s.n || !joins(s.p[i]))
			return i;
		at = i + 1;
		if (at >= s.n || !cp_is_word(utf8_next(s, &at)))
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

		if (!cp_is_word(utf8_next(x->s, &i)))
			continue;
		i = word_end(x->s, at);
		add_word(t, cap, slice_sub(x->s, at, i));
	}
	x->words = (uint32_t)t->words_n - x->first_word;
}

static size_t count_sentences(struct slice body)
{
	size_t n = body.n > 0;

	for (size_t i = 0; i < body.n; i++)
		n += body.p[i] == ' ' && sentence_ends(body, i);
	return n;
}

static void split_body(struct text *t, struct arena *a)
{
	size_t from = 0, cap = 0;
	uint64_t *words;
	struct slice *word;

	t->sentences = arena_zalloc(a, count_sentences(t->body) + 1,
	    sizeof(*t->sentences));
	for (size_t i = 0; i <= t->body.n; i++) {
		struct sentence *x;

		if (i < t->body.n && !(t->body.p[i] == ' ' &&
		    sentence_ends(t->body, i)))
			continue;
		if (i == from)
			break;
		x = &t->sentences[t->sentences_n++];
		x->s = slice_sub(t->body, from, i);
		x->hash = hash64(x->s.p, x->s.n);
		add_words(t, &cap, x);
		from = i + 1;
	}
	words = arena_alloc(a, (t->words_n + 1) * sizeof(*words));
	word = arena_alloc(a, (t->words_n + 1) * sizeof(*word));
	if (t->words_n) {
		memcpy(words, t->words, t->words_n * sizeof(*words));
		memcpy(word, t->word, t->words_n * sizeof(*word));
	}
	free(t->words);
	free(t->word);
	t->words = words;
	t->word = word;
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
