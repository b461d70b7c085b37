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

/* Are two versions of theirs one form filled twice? What lies between says
 * nothing then: it may be cut to what both have. */
static bool are_parted(struct judging *j, const struct j_story *a,
    const struct j_story *b)
{
	for (size_t i = from_of(a); i < a->versions_n; i++) {
		struct match_side x = side_of(j, a, a->versions[i]);

		for (size_t k = from_of(b); k < b->versions_n; k++) {
			struct match_side y = side_of(j, b, b->versions[k]);
			struct match m;

			match_texts(&x, &y, false, &m);
			if (m.form)
				return true;
		}
	}
	return false;
}

int j_bridge(struct judging *j, const struct verdict *v)
{
	const struct j_story *one[CANDIDATES_MAX + 1] = {v->story};
	char why[MATCH_REASON];
	size_t n = 1;

	for (size_t i = 0; i < v->also_n; i++) {
		const struct also *x = &v->also[i];
		struct j_merge m = {v->story, x->story, j->t, x->match.score,
		    arena_slice(j->a, slice_of(match_reason(&x->match, why)))};
		bool parted = false;

		for (size_t k = 0; k < n && !parted; k++)
			parted = are_parted(j, one[k], x->story);
		if (parted)
			continue;
		one[n++] = x->story;
		if (j->io->merge(j->io->self, &m, j->err))
			return -1;
	}
	return 0;
}
