/* What a text is about: words that few texts have, names, figures. */
#include "story/terms.h"

#include "story/house.h"
#include "core/utf8.h"

#include <stdlib.h>

#define COMMON_MOST 16 /* bytes of a common word and its NUL */
#define NAMES_WORDS 40 /* of a text's beginning, where names are looked for */
#define HEAD_WORDS  80 /* of a beginning: the first two or three paragraphs */

struct common {
	char word[COMMON_MOST];
	unsigned char weight; /* hundredths of a rare word's */
};

#include "story/common_words.h"

/* ---- words ----------------------------------------------------------------------- */

bool word_is_number(struct slice w)
{
	return w.n && w.p[0] >= '0' && w.p[0] <= '9';
}

#define STOP_LONGEST 4
bool word_is_stop(struct slice w)
{
	static const char *const stop[] = {"a", "an", "and", "as", "at", "by",
	    "for", "from", "in", "is", "it", "its", "of", "on", "or", "says",
	    "said", "the", "to", "was", "with", "he", "that", "has", "be"};

	for (size_t i = 0; w.n <= STOP_LONGEST && i < ARRAY_LEN(stop); i++)
		if (slice_ieq(w, slice_of(stop[i])))
			return true;
	return false;
}

static int cmp_common(const void *key, const void *at)
{
	return strcmp(key, ((const struct common *)at)->word);
}

/* What a word (any case) tells, at most 1. */
static double weight_of(struct slice w)
{
	char small[COMMON_MOST];
	const struct common *x;

	if (w.n >= sizeof(small))
		return 1;
	for (size_t i = 0; i < w.n; i++)
		small[i] = (char)(w.p[i] >= 'A' && w.p[i] <= 'Z' ?
		    w.p[i] + 32 : w.p[i]);
	small[w.n] = '\0';
	x = bsearch(small, common_words, ARRAY_LEN(common_words),
	    sizeof(*common_words), cmp_common);
	return x ? x->weight / 100.0 : 1;
}

/* ---- sets ------------------------------------------------------------------------ */

static int cmp_term(const void *a, const void *b)
{
	uint64_t x = ((const struct term *)a)->hash;
	uint64_t y = ((const struct term *)b)->hash;

	return x < y ? -1 : x > y;
}

static void add(struct terms *x, uint64_t hash, struct slice w)
{
	x->t[x->n++] = (struct term){hash, weight_of(w)};
}

/* Is the letter at i a word (text_is_lone)? */
static bool lone_at(struct slice s, size_t i)
{
	return i < s.n && s.p[i] < 0 && text_is_lone(utf8_next(s, &i));
}

/* Where the word at i ends, i if there is none; letters that are words count
 * in pairs, as in sketches. *next: where to go on. */
static size_t word_of_line(struct slice s, size_t i, size_t *next)
{
	size_t at = i;

	if (lone_at(s, i)) {
		*next = text_lone_end(s, i);
		return lone_at(s, *next) ? text_lone_end(s, *next) : *next;
	}
	while (at < s.n && !lone_at(s, at)) {
		uint32_t cp = utf8_next(s, &at);

		if (!cp_is_word(cp) && !(cp_is_mark(cp) && at > i))
			break;
		i = at;
	}
	*next = at;
	return i;
}

/* Words of a line that was not split before: a title. */
static void add_line(struct terms *x, struct slice line)
{
	size_t i = 0;

	while (i < line.n) {
		size_t from = i, at = word_of_line(line, i, &i);
		struct slice w;

		if (at == from)
			continue;
		w = slice_sub(line, from, at);
		house_word(&w, 1, &w);
		add(x, house_hash(w), w);
	}
}

static void finish(struct terms *x)
{
	size_t k = 0;

	if (x->n)
		qsort(x->t, x->n, sizeof(*x->t), cmp_term);
	for (size_t i = 0; i < x->n; i++)
		if (!k || x->t[k - 1].hash != x->t[i].hash)
			x->t[k++] = x->t[i];
	x->n = k;
	for (size_t i = 0; i < k; i++)
		x->weight += x->t[i].weight;
}

static struct terms with_room(struct arena *a, size_t most)
{
	return (struct terms){.t = arena_alloc(a, (most + 1) *
	    sizeof(struct term))};
}

bool terms_has(const struct terms *x, uint64_t hash)
{
	struct term want = {hash, 0};

	return x->n && bsearch(&want, x->t, x->n, sizeof(want), cmp_term);
}

static double weight_of_both(const struct terms *a, const struct terms *b)
{
	double both = 0;
	size_t i = 0, k = 0;

	while (i < a->n && k < b->n) {
		if (a->t[i].hash == b->t[k].hash)
			both += a->t[i].weight, i++, k++;
		else if (a->t[i].hash < b->t[k].hash)
			i++;
		else
			k++;
	}
	return both;
}

struct terms_common terms_compare(const struct terms *a, const struct terms *b)
{
	double x = a->weight, y = b->weight, both = weight_of_both(a, b);
	double less = x < y ? x : y;

	return (struct terms_common){less > 0 ? both / less : 0,
	    less > 0 ? both / (x + y - both) : 0};
}

double terms_in(const struct terms *x, const struct terms *other)
{
	return x->weight > 0 ? weight_of_both(x, other) / x->weight : 0;
}

/* ---- names ----------------------------------------------------------------------- */

static bool is_name(struct slice w)
{
	size_t i = 0;

	return w.n && cp_is_upper(utf8_next(w, &i)) && !word_is_stop(w);
}

double names_in(const struct counted *c, const struct terms *other)
{
	size_t at = 0, n = 0, found = 0, sentences = c->text->sentences_n;

	for (size_t i = 0; i < sentences && at < NAMES_WORDS; i++) {
		for (size_t k = at ? at + 1 : 0; k < c->ends[i] &&
		    k < NAMES_WORDS; k++) {
			if (!is_name(c->word[k]))
				continue;
			n++;
			found += terms_has(other, c->hash[k]);
		}
		at = c->ends[i];
	}
	return n ? (double)found / (double)n : -1;
}

/* ---- figures --------------------------------------------------------------------- */

static int cmp_figure(const void *a, const void *b)
{
	uint64_t x = ((const struct figure *)a)->place;
	uint64_t y = ((const struct figure *)b)->place;

	return x < y ? -1 : x > y;
}

/* A word beside a figure; figures are all one there. */
static uint64_t neighbour(const struct counted *c, size_t i)
{
	if (i >= c->n) /* before the first, after the last */
		return 1;
	return word_is_number(c->word[i]) ? 2 : c->hash[i];
}

static void figures_of(const struct counted *c, struct measured *out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && n < FIGURES_MAX; i++) {
		uint64_t beside[2] = {neighbour(c, i - 1),
		    neighbour(c, i + 1)};

		if (word_is_number(c->word[i]))
			out->figures[n++] = (struct figure){
			    hash64(beside, sizeof(beside)), c->hash[i]};
	}
	if (n)
		qsort(out->figures, n, sizeof(*out->figures), cmp_figure);
	out->figures_n = n;
}

/* How many of the sorted figures from i on stand in one place. */
static size_t in_place(const struct figure *f, size_t n, size_t i)
{
	size_t k = i;

	while (k < n && f[k].place == f[i].place)
		k++;
	return k - i;
}

static bool any_same(const struct figure *a, size_t an, const struct figure *b,
    size_t bn)
{
	for (size_t i = 0; i < an; i++)
		for (size_t k = 0; k < bn; k++)
			if (a[i].hash == b[k].hash)
				return true;
	return false;
}

double figures_agree(const struct measured *a, const struct measured *b)
{
	const struct figure *x = a->figures, *y = b->figures;
	size_t xn = a->figures_n, yn = b->figures_n, i = 0, k = 0;
	double same = 0, other = 0;

	while (i < xn && k < yn) {
		size_t p = in_place(x, xn, i), q = in_place(y, yn, k);

		if (x[i].place == y[k].place) {
			if (any_same(x + i, p, y + k, q))
				same++;
			else
				other++;
			i += p, k += q;
		} else if (x[i].place < y[k].place) {
			i += p;
		} else {
			k += q;
		}
	}
	return (same - other) / (same + other + 1);
}

/* ---- one text ------------------------------------------------------------------ */

/* Of the title without its tags, and of it and the text's beginning. */
static void heads_of(const struct counted *c, struct measured *out)
{
	struct slice title = text_untagged(c->text->title);
	struct arena *a = c->text->arena;
	size_t n = c->n < HEAD_WORDS ? c->n : HEAD_WORDS;

	out->title = with_room(a, title.n / 2);
	add_line(&out->title, title);
	out->head = with_room(a, title.n / 2 + n);
	for (size_t i = 0; i < out->title.n; i++)
		out->head.t[out->head.n++] = out->title.t[i];
	for (size_t i = 0; i < n; i++)
		add(&out->head, c->hash[i], c->word[i]);
	finish(&out->title);
	finish(&out->head);
}

static void names_of(const struct counted *c, struct measured *out)
{
	out->names = with_room(c->text->arena, c->n);
	for (size_t i = 0; i < c->n; i++)
		if (is_name(c->word[i]))
			add(&out->names, c->hash[i], c->word[i]);
	finish(&out->names);
}

void terms_measure(const struct counted *c, struct measured *out)
{
	struct slice title = c->text->title;
	struct arena *a = c->text->arena;

	out->terms = with_room(a, title.n / 2 + c->n);
	add_line(&out->terms, title);
	for (size_t i = 0; i < c->n; i++)
		add(&out->terms, c->hash[i], c->word[i]);
	finish(&out->terms);
	heads_of(c, out);
	names_of(c, out);
	figures_of(c, out);
}
