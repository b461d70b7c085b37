/* What the verdict reads of a text, worked out once. */
#include "story/house.h"
#include "story/terms.h"

static bool leaves_out(const struct text *t, const bool *skip)
{
	return skip && memchr(skip, true, t->sentences_n);
}

static bool same_skip(const struct counted *c, const bool *skip)
{
	if (!c->skip || !skip)
		return c->skip == skip;
	return !memcmp(c->skip, skip, c->text->sentences_n * sizeof(*skip));
}

static struct counted *make(const struct text *t, const bool *skip)
{
	struct arena *a = t->arena;
	struct counted *c = arena_zalloc(a, 1, sizeof(*c));
	size_t most = t->words_n + 1;
	struct wording w = {arena_alloc(a, most * sizeof(*w.hash)),
	    arena_alloc(a, most * sizeof(*w.word)),
	    arena_alloc(a, (t->sentences_n + 1) * sizeof(*w.ends)), 0};

	if (skip)
		c->skip = (const bool *)arena_copy(a, skip,
		    t->sentences_n * sizeof(*skip));
	sketch_words(t, skip, &w);
	c->text = t;
	c->hash = w.hash;
	c->word = w.word;
	c->ends = w.ends;
	c->n = w.n;
	sketch_of_words(w.hash, w.n, t->title, a, &c->sketch);
	return c;
}

struct counted *counted_of(const struct text *t, const bool *skip)
{
	struct counted *c;

	if (!leaves_out(t, skip))
		skip = NULL;
	for (c = *t->counted; c; c = c->next)
		if (same_skip(c, skip))
			return c;
	c = make(t, skip);
	c->next = *t->counted;
	*t->counted = c;
	return c;
}

const struct sketch *text_sketch(const struct text *t, const bool *skip)
{
	return &counted_of(t, skip)->sketch;
}

const struct counted *counted_measured(const struct text *t, const bool *skip)
{
	struct counted *c = counted_of(t, skip);
	struct measured *m;

	if (c->measured)
		return c;
	m = arena_zalloc(t->arena, 1, sizeof(*m));
	m->product = text_product(t->title);
	if (!*m->product && text_is_digest(t))
		m->product = "ROUNDUP";
	m->corrects = text_corrects(t->title, t->body);
	m->agency = house_agency(t->body);
	m->updates = text_updates(t->title, t->body);
	m->victims = text_counts_victims(t->title);
	c->signs = arena_alloc(t->arena, c->n + 1);
	for (size_t i = 0; i < c->n; i++)
		c->signs[i] = word_signs(c->word[i]);
	terms_measure(c, m);
	signals_of_one(c, m);
	alike_measure(c, m);
	c->measured = m;
	return c;
}

void text_measure(const struct text *t)
{
	counted_measured(t, NULL);
}
