/*
 * Merge by the verdict: a text that belongs to two stories shows that they are
 * one (timeline.md, "Merge and split").
 */
#include "story/judging.h"

#define TEXTS_MOST 8 /* versions of each story that are compared, and copies */

/* A text of each, and what the verdict says of them. */
struct pair {
	const struct match_side *x, *y;
	struct match m;
};

/*
 * Are two texts of theirs one form filled twice? What lies between says
 * nothing then: it may be cut to what both have. But what is the form itself,
 * filled otherwise than one of the two, stands beside that in its own story
 * already, and says that both are of it.
 */
static bool parts(const struct match_side *mine, const struct pair *p)
{
	return p->m.form && !match_is_filled(mine, p->x) &&
	    !match_is_filled(mine, p->y);
}

/*
 * Does the text show that two stories are one? within: it stands in the midst of
 * both, as background does, and says no more. Then they must be one by themselves.
 */
static bool are_one(struct judging *j, const struct match_side *mine,
    const struct j_story *a, const struct j_story *b, bool within)
{
	struct match_side x[2 * TEXTS_MOST], y[2 * TEXTS_MOST];
	size_t xn = j_sides(j, a, TEXTS_MOST, x);
	size_t yn = j_sides(j, b, TEXTS_MOST, y);
	bool one = !within;

	for (size_t i = 0; i < xn; i++) {
		for (size_t k = 0; k < yn; k++) {
			struct pair p = {.x = &x[i], .y = &y[k]};

			match_texts(p.x, p.y, false, &p.m);
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
