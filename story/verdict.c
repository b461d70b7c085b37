/* Rule 3 of timeline.md: which story. */
#include "story/judging.h"

/* ---- rule 3 --------------------------------------------------------------- */

const bool *j_left_out(const struct judging *j, const struct text *t,
    int64_t outlet_id)
{
	const struct left_out *x = marks_get(&j->marks, t, outlet_id);

	return x ? x->rule_3 : NULL;
}

/* The best of the verdicts against a story's texts, and those of them that are the
 * same form filled otherwise. */
struct tried {
	struct match best;
	struct match_side nearest, forms[2 * STORY_TEXTS_MAX];
	size_t forms_n;
};

/* The verdict against one text of the story. */
static void match_held(const struct match_side *mine,
    const struct match_side *held, bool own, struct tried *tried)
{
	struct match m;

	match_texts(mine, held, own, &m);
	if (m.form && !own)
		tried->forms[tried->forms_n++] = *held;
	if (!tried->best.measured || m.score > tried->best.score) {
		tried->best = m;
		tried->nearest = *held;
	}
}

/*
 * A form filled otherwise parts, whatever joins; but where the story holds the
 * text's like beside it already, because a page corrected itself or somebody said
 * so, the text stands where its like stands.
 */
static bool is_parted(const struct tried *tried)
{
	for (size_t i = 0; i < tried->forms_n; i++)
		if (tried->nearest.text == tried->forms[i].text ||
		    !match_is_filled(&tried->nearest, &tried->forms[i]))
			return true;
	return false;
}

/* Texts that pages of a story showed, beside its versions. */
struct copies {
	struct copy {
		const struct j_sighting *x;
		int64_t outlet_id;
	} items[STORY_TEXTS_MAX];
	size_t n;
};

static bool is_told(const struct j_story *s, const struct copies *c,
    const struct j_sighting *x, int64_t outlet_id)
{
	/* mostly it is the version's own text: the others are not asked */
	if (x->version->outlet_id == outlet_id &&
	    hash128_eq(x->version->text->hash, x->text->hash))
		return true;
	for (size_t i = 0; i < s->versions_n; i++)
		if (s->versions[i]->outlet_id == outlet_id &&
		    hash128_eq(s->versions[i]->text->hash, x->text->hash))
			return true;
	for (size_t i = 0; i < c->n; i++)
		if (c->items[i].outlet_id == outlet_id &&
		    hash128_eq(c->items[i].x->text->hash, x->text->hash))
			return true;
	return false;
}

static void add_copies(struct copies *c, const struct j_story *s,
    const struct j_posting *p)
{
	for (size_t i = p->sightings_n; i-- > 0 && c->n < STORY_TEXTS_MAX;)
		if (!is_told(s, c, p->sightings[i], p->outlet_id))
			c->items[c->n++] = (struct copy){p->sightings[i],
			    p->outlet_id};
}

/* A copy may have matter that no version has, or be cut to the one sentence that
 * the next copy has. What a page shows no more counts as well: the next copy may
 * have come before the change. The latest, P's before others'. */
static void copies_of(const struct judging *j, const struct j_story *s,
    struct copies *c)
{
	const struct j_posting *own = j_posting_find(s, j->page->url_key);

	c->n = 0;
	if (own)
		add_copies(c, s, own);
	for (size_t i = s->postings_n; i-- > 0 && c->n < STORY_TEXTS_MAX;)
		add_copies(c, s, s->postings[i]);
}

/* A text of the story, marked before, as the verdict sees it. */
static struct match_side side_of(const struct judging *j,
    const struct j_story *s, const struct j_version *v, const struct text *t,
    struct slice note, int64_t outlet_id)
{
	return (struct match_side){.text = t, .note = note,
	    .skip = j_left_out(j, t, outlet_id), .outlet_id = outlet_id,
	    .at = v->effective, .seen_at = s->visited};
}

size_t j_sides(const struct judging *j, const struct j_story *s, size_t most,
    struct match_side *out)
{
	size_t n = 0, first = s->versions_n > most ? s->versions_n - most : 0;
	struct copies c;

	for (size_t i = first; i < s->versions_n; i++)
		out[n++] = side_of(j, s, s->versions[i], s->versions[i]->text,
		    s->versions[i]->note, s->versions[i]->outlet_id);
	copies_of(j, s, &c);
	for (size_t i = 0; i < c.n && i < most; i++)
		out[n++] = side_of(j, s, c.items[i].x->version,
		    c.items[i].x->text, c.items[i].x->note,
		    c.items[i].outlet_id);
	return n;
}

/* Against every version and every copy. */
static void match_story(struct judging *j, const struct match_side *mine,
    const struct j_story *s, bool own, struct tried *tried)
{
	struct match_side held[2 * STORY_TEXTS_MAX];
	size_t n = j_sides(j, s, STORY_TEXTS_MAX, held);

	for (size_t i = 0; i < n; i++)
		match_held(mine, &held[i], own, tried);
}

void j_mark_story(struct judging *j, const struct j_story *s)
{
	struct copies c;

	for (size_t i = 0; i < s->versions_n; i++)
		marks_add(&j->marks, j->a, s->versions[i]->text,
		    s->versions[i]->outlet_id);
	copies_of(j, s, &c);
	for (size_t i = 0; i < c.n; i++)
		marks_add(&j->marks, j->a, c.items[i].x->text,
		    c.items[i].outlet_id);
}

static bool belongs(struct judging *j, const struct match_side *mine,
    const struct j_story *s, bool own, struct match *m)
{
	struct tried tried = {0};

	match_story(j, mine, s, own, &tried);
	*m = tried.best;
	return m->same && !is_parted(&tried);
}

/* Which of two stories would survive a merge. */
static bool is_older(const struct j_story *a, const struct j_story *b)
{
	return a->first != b->first ? a->first < b->first :
	    slice_cmp(a->first_url, b->first_url) < 0;
}

static void add_also(struct verdict *v, struct j_story *s,
    const struct match *m)
{
	if (v->also_n < CANDIDATES_MAX)
		v->also[v->also_n++] = (struct also){s, *m};
}

/* The story that the text fits best, and others that it fits. Of equals the
 * older: nothing goes by the order of arrival. */
static void consider(struct judging *j, const struct match_side *mine,
    struct j_story *s, struct verdict *v)
{
	struct match m;

	if (!belongs(j, mine, s, false, &m))
		return;
	if (v->story && (m.score < v->match.score ||
	    (m.score <= v->match.score && !is_older(s, v->story)))) {
		add_also(v, s, &m);
		return;
	}
	if (v->story)
		add_also(v, v->story, &v->match);
	v->story = s;
	v->match = m;
}

/* Candidates but own, loaded and marked, best first. */
static int find_others(struct judging *j, const struct match_side *mine,
    const struct j_story *own, struct j_story **others, size_t *n)
{
	int64_t ids[CANDIDATES_MAX];
	size_t ids_n, from = j->marks.n;

	*n = 0;
	if (j->io->candidates(j->io->self, j->page, j->art, j->T,
	    text_sketch(j->T, mine->skip), mine->skip, mine->at, ids, CANDIDATES_MAX, &ids_n, j->err) ||
	    j->io->stories(j->io->self, ids, ids_n, j->err))
		return -1;
	for (size_t i = 0; i < ids_n; i++) {
		struct j_story *s = j->io->story(j->io->self, ids[i], j->err);

		if (!s)
			return -1;
		if (s == own)
			continue;
		others[(*n)++] = s;
		j_mark_story(j, s);
	}
	return marks_load(&j->marks, from, j->io, j->a, j->err);
}

/* P's own story, if the text is one of it at all. It bridges to another though it
 * belongs by the bonus of its page alone: had the other come later, it would have
 * been found to be one with this page. */
static int try_own(struct judging *j, const struct match_side *mine,
    struct j_story *own, struct verdict *v)
{
	struct match m;
	size_t from = j->marks.n;

	j_mark_story(j, own);
	if (marks_load(&j->marks, from, j->io, j->a, j->err))
		return -1;
	if (!belongs(j, mine, own, true, &m))
		return 0;
	v->story = own;
	v->match = m;
	return 0;
}

struct match_side j_mine(const struct judging *j)
{
	usec_t said = occurred(j);

	return (struct match_side){.text = j->T,
	    .skip = j_left_out(j, j->T, j->page->outlet_id),
	    .note = j->note, .outlet_id = j->page->outlet_id,
	    .at = said == TIME_NONE ? j->t : sooner(said, j->t),
	    .seen_at = j->t};
}

/* P's own story is always a candidate, and taken if it is one at all. */
int j_verdict(struct judging *j, struct j_story *own,
    struct verdict *v)
{
	struct match_side mine = j_mine(j);
	struct j_story *others[CANDIDATES_MAX];
	struct match m;
	size_t n;

	if (own && own->versions_n && try_own(j, &mine, own, v))
		return -1;
	if (find_others(j, &mine, own, others, &n))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (v->story != own || !own)
			consider(j, &mine, others[i], v);
		else if (belongs(j, &mine, others[i], false, &m))
			add_also(v, others[i], &m);
	}
	return 0;
}

int j_begin_story(struct judging *j, struct verdict *v)
{
	if (v->story)
		return 0;
	v->story = j->io->new_story(j->io->self, j->err);
	if (!v->story)
		return -1;
	/* until it is seen (j_seen_first) */
	v->story->outlet_id = j->page->outlet_id;
	v->story->first_url = j->page->url;
	return 0;
}

/* The story of this capture, and the one that P leaves for it. */
int j_rule_3(struct judging *j, struct j_story *own, struct verdict *v,
    struct j_story **left)
{
	struct j_posting *q;

	*left = NULL;
	if (j->page->bound_id) {
		v->story = j->io->story(j->io->self, j->page->bound_id, j->err);
		if (!v->story)
			return -1;
		v->match.score = 1;
		v->by_hand = true;
	} else if (j_verdict(j, own, v)) {
		return -1;
	}
	if (j_begin_story(j, v))
		return -1;
	q = own && own != v->story ?
	    j_posting_find(own, j->page->url_key) : NULL;
	if (q && q->status == POSTING_LIVE) {
		j_end_span(q, POSTING_LEFT, j->t);
		own->dirty = true;
		*left = own;
	}
	j->page->story_id = v->story->id;
	return 0;
}
