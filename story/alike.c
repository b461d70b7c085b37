/* Texts that fill one form: the same sentences with other names and figures. */
#include "story/signals.h"

#include <stdlib.h>

#define SENTENCE_WORDS 5  /* a shorter sentence is no sign */
#define PLAIN_WORDS    3  /* that are neither name nor figure */
#define LEAD_SENTENCES 3  /* "U.S. Treasury" may end the first */
#define FORM_SHARE     .5 /* of the shorter text's sentences */

enum blank { PLAIN, NAME, FIGURE };

static bool is_spelt(struct slice w)
{
	static const char *const figures[] = {"one", "two", "three", "four",
	    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};

	for (size_t i = 0; i < ARRAY_LEN(figures); i++)
		if (w.n && (w.p[0] | 32) == figures[i][0] &&
		    slice_ieq(w, slice_of(figures[i])))
			return true;
	return false;
}

static enum blank blank_of(struct slice w)
{
	if ((w.n && w.p[0] >= '0' && w.p[0] <= '9') || is_spelt(w))
		return FIGURE;
	return w.n && w.p[0] >= 'A' && w.p[0] <= 'Z' ? NAME : PLAIN;
}

/* A sentence by its plain words, and by what stands in its blanks. */
struct form {
	uint64_t plain, names, figures;
	size_t plain_n;
};

static uint64_t add(uint64_t h, uint64_t word)
{
	uint64_t pair[2] = {h, word};

	return hash64(pair, sizeof(pair));
}

/* A blank is as long as it may be: "Bank of Boston Corp" has two, "Nomura
 * International" one. */
static struct form form_of(const struct text *t, const struct sentence *s)
{
	struct form f = {0};
	enum blank before = PLAIN;

	for (size_t i = 0; i < s->words; i++) {
		size_t at = s->first_word + i;
		enum blank b = blank_of(t->word[at]);

		if (b == PLAIN) {
			f.plain = add(f.plain, t->words[at]);
			f.plain_n++;
		} else if (b != before) {
			f.plain = add(f.plain, b);
		}
		if (b == NAME)
			f.names = add(f.names, t->words[at]);
		if (b == FIGURE)
			f.figures = add(f.figures, t->words[at]);
		before = b;
	}
	return f;
}

static size_t forms_of(const struct match_side *x, struct form *out)
{
	size_t n = 0;

	for (size_t i = 0; i < x->text->sentences_n; i++) {
		const struct sentence *s = &x->text->sentences[i];

		if (s->words < SENTENCE_WORDS || (x->skip && x->skip[i]))
			continue;
		out[n] = form_of(x->text, s);
		n += out[n].plain_n >= PLAIN_WORDS;
	}
	return n;
}

static bool same_plain(const struct form *x, const struct form *y)
{
	return x->plain == y->plain;
}

static bool same_whole(const struct form *x, const struct form *y)
{
	return same_plain(x, y) && x->names == y->names &&
	    x->figures == y->figures;
}

static const struct form *find(const struct form *x, const struct form *y,
    size_t n, bool (*same)(const struct form *x, const struct form *y))
{
	for (size_t i = 0; i < n; i++)
		if (same(x, &y[i]))
			return &y[i];
	return NULL;
}

bool alike_but_figures(const struct match_side *a, const struct match_side *b)
{
	struct form *x = xcalloc(a->text->sentences_n + 1, sizeof(*x));
	struct form *y = xcalloc(b->text->sentences_n + 1, sizeof(*y));
	size_t xn = forms_of(a, x), yn = forms_of(b, y), i = 0;
	bool moved;

	while (i < xn && i < yn && same_whole(&x[i], &y[i]))
		i++;
	moved = i < xn && i < yn && i < LEAD_SENTENCES &&
	    same_plain(&x[i], &y[i]) && x[i].names == y[i].names;
	free(x);
	free(y);
	return moved;
}

bool alike_but_blanks(const struct match_side *a, const struct match_side *b)
{
	struct form *x = xcalloc(a->text->sentences_n + 1, sizeof(*x));
	struct form *y = xcalloc(b->text->sentences_n + 1, sizeof(*y));
	size_t xn = forms_of(a, x), yn = forms_of(b, y), alike = 0;
	size_t least = xn < yn ? xn : yn;
	bool names = false, figures = false;

	for (size_t i = 0; i < xn; i++) {
		const struct form *f = find(&x[i], y, yn, same_whole) ? NULL :
		    find(&x[i], y, yn, same_plain);

		if (!f)
			continue;
		names |= x[i].names != f->names;
		figures |= x[i].figures != f->figures;
		alike++;
	}
	free(x);
	free(y);
	return names && figures &&
	    (double)alike >= FORM_SHARE * (double)least;
}
