/*
 * Merge by the verdict: a text that belongs to two stories shows that they are
 * one (timeline.md, "Merge and split").
 */
#include "story/judging.h"

#define VERSIONS_MOST 8 /* of each story that are compared, the latest */

/* One version as the verdict sees it. */
static struct match_side side_of(struct judging *j, const struct j_story *s,
    const struct j_version *v)
{
	return (struct match_side){.text = v->text,
	    .skip = j_left_out(j, v->text, v->outlet_id),
	    .outlet_id = v->outlet_id,
	    .at = v->effective, .seen_at = s->visited};
}

static size_t from_of(const struct j_story *s)
{
	return s->versions_n > VERSIONS_MOST ? s->versions_n - VERSIONS_MOST :
	    0;
}

/* Two versions, and what the text says of each. */
struct pair {
	struct match_side x, y;
	struct match m;
};

/*
 * Are two versions of theirs one form filled twice? What lies between says
 * nothing then: it may be cut to what both have. But what is the form itself,
 * filled otherwise than one of the two, stands beside that in its own story
 * already, and says that both are of it.
 */
static bool parts(const struct match_side *mine, const struct pair *p)
{
	return p->m.form && !j_is_filled(mine, &p->x) && !j_is_filled(mine, &p->y);
}

/*
 * Does the text show that two stories are one? within: it stands in the midst of
 * both, as background does, and says no more. Then they must be one by themselves.
 */
static bool are_one(struct judging *j, const struct match_side *mine,
    const struct j_story *a, const struct j_story *b, bool within)
{
	bool one = !within;

	for (size_t i = from_of(a); i < a->versions_n; i++) {
		for (size_t k = from_of(b); k < b->versions_n; k++) {
			struct pair p = {.x = side_of(j, a, a->versions[i]),
			    .y = side_of(j, b, b->versions[k])};

			match_texts(&p.x, &p.y, false, &p.m);
			if (parts(mine, &p))
				return false;
			one |= p.m.same;
		}
	}
	return one;
}

int j_bridge(struct judging *j, const struct verdict *v)
{
	const struct j_story *one[CANDIDATES_MAX + 1] = {v->story};
	struct match_side mine = j_mine(j);
	char why[MATCH_REASON];
	size_t n = 1;

	for (size_t i = 0; i < v->also_n; i++) {
		const struct also *x = &v->also[i];
		struct j_merge m = {v->story, x->story, j->t, x->match.score,
		    arena_slice(j->a, slice_of(match_reason(&x->match, why)))};
		bool within = v->match.within && x->match.within, all = true;

		for (size_t k = 0; k < n && all; k++)
			all = are_one(j, &mine, one[k], x->story,
			    within && !k);
		if (!all)
			continue;
		one[n++] = x->story;
		if (j->io->merge(j->io->self, &m, j->err))
			return -1;
	}
	return 0;
}
