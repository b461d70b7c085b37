/* Fingerprints: 3-word shingles and the FracMinHash sketch of them. */
#include "story/house.h"
#include "story/story.h"

#include "core/utf8.h"

#include <stdlib.h>

#define LEAD_WORDS 24 /* of a wire item's first sentence: most have 20 to 30 */
#define LEAD_FIRST 5  /* the first of its 22 hashes: of 7 words, all */
#define LEAD_LEAST 5  /* and of the others: a changed word takes 3 */
#define TITLE_BYTES 12 /* a shorter headline is a column's name */
#define TITLE_SEED 0x7469746c65 /* no headline is a run of words */

static uint64_t shingle(const uint64_t *w)
{
	return hash64(w, SHINGLE_WORDS * sizeof(*w));
}

/*
 * A letter that is a word tells as little as half a syllable: with the one
 * behind it, as most words of Han are written, it tells as much as a word.
 */
static struct slice telling(struct slice w, const struct slice *next)
{
	size_t i = 0;

	if (w.p[0] < 0 && next && next->p == w.p + w.n &&
	    text_is_lone(utf8_next(w, &i)) && next->p[0] < 0 &&
	    (i = 0, text_is_lone(utf8_next(*next, &i))))
		w.n += next->n;
	return w;
}

/* The words of sentence x that stand in [from, to) of the body. */
static void add_words(const struct text *t, const struct sentence *x,
    const char *from, const char *to, struct wording *out)
{
	const struct slice *word = t->word + x->first_word;
	size_t i = 0, left = x->words;

	for (; left && word->p < from; word++)
		left--;
	while (left && word[left - 1].p >= to)
		left--;
	while (i < left) {
		struct slice w;

		i += house_word(word + i, left - i, &w);
		if (house_drops(w))
			continue;
		w = telling(w, i < left ? word + i : NULL);
		if (out->word)
			out->word[out->n] = w;
		out->hash[out->n++] = house_hash(w);
	}
}

void sketch_words(const struct text *t, const bool *skip, struct wording *out)
{
	const char *from = t->body.p + house_head(t->body);
	const char *to = t->body.p + house_tail(t->body);

	out->n = 0;
	for (size_t i = 0; i < t->sentences_n; i++) {
		if (!(skip && skip[i]))
			add_words(t, &t->sentences[i], from, to, out);
		if (out->ends)
			out->ends[i] = out->n;
	}
}

static bool is_kept(const struct sketch *s, uint64_t hash)
{
	for (size_t i = 0; i < s->kept_n; i++)
		if (s->kept[i] == hash)
			return true;
	return false;
}

/*
 * The hashes under 1/SKETCH_RATE of all, and the least of the rest; and of the
 * lead's the first and the least of the others: a flash is a lead and no more,
 * often its first words, and of the story it grows into the sketch alone may hold
 * two of its shingles. And the headline's.
 */
static void keep(struct sketch *s, uint64_t *lead, size_t lead_n,
    struct arena *a)
{
	size_t n = 0, first;

	while (n < s->all_n && s->all[n] < UINT64_MAX / SKETCH_RATE)
		n++;
	if (n < SKETCH_LEAST)
		n = s->all_n < SKETCH_LEAST ? s->all_n : SKETCH_LEAST;
	s->kept = arena_alloc(a, (n + lead_n + 2) * sizeof(*s->kept));
	if (n)
		memcpy(s->kept, s->all, n * sizeof(*s->kept));
	s->kept_n = n;
	first = lead_n < LEAD_FIRST ? lead_n : LEAD_FIRST;
	for (size_t i = 0; i < first; i++)
		if (!is_kept(s, lead[i]))
			s->kept[s->kept_n++] = lead[i];
	lead_n = hashes_unique(lead + first, lead_n - first);
	for (size_t i = 0; i < lead_n && i < LEAD_LEAST; i++)
		if (!is_kept(s, lead[first + i]))
			s->kept[s->kept_n++] = lead[first + i];
	if (s->title && !is_kept(s, s->title))
		s->kept[s->kept_n++] = s->title;
	if (s->kept_n > n)
		hashes_sort(s->kept, s->kept_n);
}

/* A text of one or two words has one shingle too. */
static uint64_t short_shingle(const uint64_t *words, size_t n)
{
	uint64_t w[SHINGLE_WORDS] = {words[0], n > 1 ? words[1] : 0, 0};

	return shingle(w);
}

/*
 * A headline's words in order, without agencies' tags: a flash and the story that
 * it grows into may have no other run of words in common. 0 where it is a label
 * ("Business") or there is none.
 */
static uint64_t title_hash(struct slice title)
{
	uint64_t h = TITLE_SEED;
	size_t i = 0;

	title = text_untagged(title);
	if (title.n < TITLE_BYTES)
		return 0;
	while (i < title.n) {
		size_t from = i;
		uint64_t pair[2] = {h};
		struct slice w;

		while (i < title.n && title.p[i] != ' ')
			i++;
		w = slice_sub(title, from, i++);
		house_word(&w, 1, &w);
		pair[1] = house_hash(w);
		h = hash64(pair, sizeof(pair));
	}
	return h;
}

void sketch_of_words(const uint64_t *words, size_t n, struct slice title,
    struct arena *a, struct sketch *out)
{
	uint64_t lead[LEAD_WORDS];
	size_t lead_n = 0;

	*out = (struct sketch){.title = title_hash(title)};
	out->all = arena_alloc(a, (n + 1) * sizeof(*out->all));
	if (n && n < SHINGLE_WORDS)
		out->all[out->all_n++] = short_shingle(words, n);
	for (size_t i = 0; i + SHINGLE_WORDS <= n; i++)
		out->all[out->all_n++] = shingle(words + i);
	while (lead_n < out->all_n && lead_n + SHINGLE_WORDS <= LEAD_WORDS) {
		lead[lead_n] = out->all[lead_n];
		lead_n++;
	}
	out->all_n = hashes_unique(out->all, out->all_n);
	keep(out, lead, lead_n, a);
}

void sketch_make(const struct text *t, const bool *skip, struct arena *a,
    struct sketch *out)
{
	struct wording told = {.hash = arena_alloc(a, (t->words_n + 1) *
	    sizeof(*told.hash))};

	sketch_words(t, skip, &told);
	sketch_of_words(told.hash, told.n, t->title, a, out);
}

size_t sketch_run(const uint64_t *words, size_t n, const struct sketch *of,
    size_t most)
{
	size_t run = 0, best = 0;

	for (size_t i = 0; i + SHINGLE_WORDS <= n && best < most; i++) {
		run = hashes_have(of->all, of->all_n,
		    shingle(words + i)) ? run + 1 : 0;
		if (run && run + SHINGLE_WORDS - 1 > best)
			best = run + SHINGLE_WORDS - 1;
	}
	return best < most ? best : most;
}
