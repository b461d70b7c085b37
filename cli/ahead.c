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

/* What is left out of each text. */
static int mark(struct batch *b, const struct turn *turns, size_t n,
    struct left_out *out, struct err *err)
{
	struct arena *a = batch_arena(b);
	struct outlet_text *asked = arena_alloc(a, (n + 1) * sizeof(*asked));
	size_t all = 0, k = 0;
	enum carried *common;

	for (size_t i = 0; i < n; i++) {
		if (!turns[i].text)
			continue;
		asked[k++] = (struct outlet_text){turns[i].text,
		    turns[i].row.image->outlet_id};
		all += turns[i].text->sentences_n;
	}
	common = arena_zalloc(a, all + 1, sizeof(*common));
	if (batch_common(b, asked, k, common, err))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!turns[i].text)
			continue;
		out[i] = left_out_by(turns[i].text, common, a);
		common += turns[i].text->sentences_n;
	}
	return 0;
}

static struct look look_of(const struct turn *x, const bool *left_out)
{
	return (struct look){x->row.image, x->text,
	    text_sketch(x->text, left_out), left_out, said_at(x)};
}

/* Does its page carry this very text? Then nobody asks which story it is of. */
static bool carries(struct batch *b, const struct turn *x)
{
	const struct j_page *page = x->row.image;
	struct err ignored;
	const struct j_story *s = page->story_id ?
	    batch_story(b, page->story_id, &ignored) : NULL; /* loaded */
	const struct j_posting *p = s ? j_posting_find(s, page->url_key) : NULL;

	return p && p->status == POSTING_LIVE && p->sightings_n && hash128_eq(
	    p->sightings[p->sightings_n - 1]->text->hash, x->text->hash);
}

int ahead(struct batch *b, const struct turn *turns, size_t n, struct err *err)
{
	struct look *looks = arena_alloc(batch_arena(b), (n + 1) *
	    sizeof(*looks));
	struct left_out *out = arena_zalloc(batch_arena(b), n + 1,
	    sizeof(*out));
	size_t looks_n = 0;

	if (load_stories(b, turns, n, err) || mark(b, turns, n, out, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (turns[i].text && !carries(b, &turns[i]))
			looks[looks_n++] = look_of(&turns[i],
			    out[i].rule_3);
	return batch_look_ahead(b, looks, looks_n, err);
}
