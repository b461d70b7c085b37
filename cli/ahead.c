/* What judging a batch will ask, asked for all of its captures at once. */
#include "cli/ahead.h"

#include "story/judge.h"

static usec_t time_of(const struct pubtime *t)
{
	return t->day_only ? TIME_NONE : t->at;
}

/* When the verdict takes the text to be from (story/verdict.c). */
static usec_t said_at(const struct turn *x)
{
	const struct article *art = x->item->capture.article;
	usec_t said = time_of(&art->updated);

	if (said == TIME_NONE)
		said = time_of(&art->created);
	return said == TIME_NONE || said > x->item->observed_at ?
	    x->item->observed_at : said;
}

static int load_stories(struct batch *b, const struct turn *turns, size_t n,
    struct err *err)
{
	int64_t *ids = arena_alloc(batch_arena(b), 2 * n * sizeof(*ids));
	size_t ids_n = 0;

	for (size_t i = 0; i < n; i++) {
		if (turns[i].row.image->story_id)
			ids[ids_n++] = turns[i].row.image->story_id;
		if (turns[i].row.image->bound_id)
			ids[ids_n++] = turns[i].row.image->bound_id;
	}
	return batch_stories(b, ids, ids_n, err);
}

static size_t sentences_of(const struct turn *x)
{
	return x->text ? x->text->sentences_n : 0;
}

/* Marks of the sentences of all texts, one behind the other. */
static int mark(struct batch *b, const struct turn *turns, size_t n,
    bool **marks, struct err *err)
{
	struct arena *a = batch_arena(b);
	size_t all = 0, k = 0;
	int64_t *outlet;
	uint64_t *hash;

	for (size_t i = 0; i < n; i++)
		all += sentences_of(&turns[i]);
	outlet = arena_alloc(a, (all + 1) * sizeof(*outlet));
	hash = arena_alloc(a, (all + 1) * sizeof(*hash));
	*marks = arena_zalloc(a, all + 1, sizeof(**marks));
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < sentences_of(&turns[i]); s++) {
			outlet[k] = turns[i].row.image->outlet_id;
			hash[k++] = turns[i].text->sentences[s].hash;
		}
	return batch_common(b, outlet, hash, all, *marks, err);
}

static struct look look_of(struct batch *b, const struct turn *x, bool *skip)
{
	struct sketch *sk = arena_zalloc(batch_arena(b), 1, sizeof(*sk));
	const bool *left_out;

	for (size_t s = 0; s < x->text->sentences_n; s++)
		skip[s] = skip[s] ||
		    text_is_disclaimer(x->text->sentences[s].s);
	left_out = judge_left_out(x->text, skip);
	sketch_make(x->text, left_out, batch_arena(b), sk);
	return (struct look){x->row.image, x->text, sk, left_out, said_at(x)};
}

int ahead(struct batch *b, const struct turn *turns, size_t n, struct err *err)
{
	struct look *looks = arena_alloc(batch_arena(b), (n + 1) *
	    sizeof(*looks));
	size_t looks_n = 0;
	bool *skip;

	if (load_stories(b, turns, n, err) || mark(b, turns, n, &skip, err))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (turns[i].text && !turns[i].row.image->story_id)
			looks[looks_n++] = look_of(b, &turns[i], skip);
		skip += sentences_of(&turns[i]);
	}
	return batch_look_ahead(b, looks, looks_n, err);
}
