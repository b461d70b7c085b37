/* Captures that arrive late (timeline.md, "Times and order"). */
#include "story/judging.h"

/* ---- late captures ----------------------------------------------------------- */

/* Is the capture older than what its page showed since, in this story? */
static bool is_late(const struct judging *j, const struct j_posting *p)
{
	usec_t to;

	if (!p || !p->sightings_n)
		return false;
	to = p->spans_n ? p->spans[p->spans_n - 1].to : TIME_NONE;
	return j->t < last_of(p)->last || (to != TIME_NONE && j->t < to);
}

int j_split_stretch(struct judging *j, struct j_posting *p,
    struct j_sighting *was)
{
	struct j_sighting *rest = arena_zalloc(j->a, 1, sizeof(*rest));
	usec_t before, after;

	if (j->io->fetches(j->io->self, j->page, j->t, was->first, was->last,
	    &before, &after, j->err))
		return -1;
	*rest = *was;
	rest->first = after == TIME_NONE ? was->last : after;
	rest->first_stored = TIME_NONE;
	rest->dirty = true;
	was->last = before == TIME_NONE ? was->first : before;
	was->dirty = true;
	j_add_sighting(j->a, p, rest);
	return 0;
}

/* Does the fetch before or after it, which was held, confirm a cut? Then T is
 * carried since the first of the two, and the second tells. */
static bool confirmed(struct judging *j, const struct j_gap *gap,
    usec_t *first)
{
	*first = j->t;
	if (hash128_eq(gap->before_text, j->T->hash))
		*first = gap->before;
	else if (hash128_eq(gap->after_text, j->T->hash))
		j->t = gap->after;
	else
		return false;
	return true;
}

/* Inserts T, carried since first, where its page's record has room for it. */
static int late_insert(struct judging *j, struct j_story *s,
    struct j_posting *p, struct j_sighting *was, bool gone, usec_t first,
    struct j_sighting **out)
{
	struct j_posting past = *p;
	struct change ch = {.first = first};
	struct j_version *v;
	const char *kind = NULL;
	struct rule4 r;

	past.sightings_n = 0;
	while (past.sightings_n < p->sightings_n &&
	    p->sightings[past.sightings_n]->first <= j->t)
		past.sightings_n++;
	if (j_mark_for_rule_4(j, s, was))
		return -1;
	r = rule_4(s, &past, was, was && !gone, j->T, j->updated, &j->marks,
	    j->a);
	ch.rule = j->out->rule = r.rule;
	ch.opens = !r.version;
	v = r.version;
	if (ch.opens) {
		v = j_open_version(j, s, first, was, j_effective_at(j, first,
		    was ? was->last : TIME_NONE), false);
		kind = change_kind_name(v->kind);
	} else {
		j_seen(v, j->t);
		if (was && v != was->version)
			kind = j_carried_version(&past, v) &&
			    j_carried_text(&past, j->T) ? "reverted" : "caught_up";
	}
	*out = j_sighting_new(j, v, &ch);
	j_add_sighting(j->a, p, *out);
	p->dirty = true;
	if (j_know_text(j, s, v, ch.opens))
		return -1;
	if (!kind)
		return 0;
	return j_tell(j, (struct j_event){.kind = kind, .story = s,
	    .page = j->page, .version = v->number, .occurred = j->updated,
	    .late = true, .headline = j->T->title});
}

static bool has_text(const struct judging *j, const struct j_sighting *x)
{
	return x && hash128_eq(x->text->hash, j->T->hash);
}

/* What parted them was none: the one before takes the other in. */
static void join(struct judging *j, struct j_posting *p,
    struct j_sighting *was, const struct j_sighting *then)
{
	size_t i = 0;

	while (p->sightings[i] != then)
		i++;
	was->last = then->last;
	was->note = then->note;
	was->pending = then->pending;
	was->changed = then->changed;
	j->io->drop_sighting(j->io->self, p, then->first_stored);
	memmove(p->sightings + i, p->sightings + i + 1,
	    (p->sightings_n - i - 1) * sizeof(struct j_sighting *));
	p->sightings_n--;
}

/* Between two stretches, or before the first: is it the end of one, the beginning
 * of the other, or one of its own? */
static int between(struct judging *j, struct j_story *s, struct j_posting *p,
    struct j_sighting *was, struct j_sighting *then)
{
	struct j_sighting *x = NULL;
	usec_t first = j->t;
	struct j_gap gap;
	bool parted, goes_on;

	if (j->io->gap(j->io->self, j->page, j->t, &gap, j->err))
		return -1;
	parted = !was || j_parted(p, was, &gap, j->t);
	goes_on = has_text(j, then) && !j_gone_after(&gap, j->t);
	if (has_text(j, was) && !parted) {
		x = was;
		was->last = j->t;
	} else if (goes_on) {
		x = then;
	} else if (j_is_cut(j, parted ? NULL : was) &&
	    !confirmed(j, &gap, &first)) {
		j_hold(j);
		return 0;
	} else if (late_insert(j, s, p, was, parted, first, &x)) {
		return -1;
	}
	x->dirty = true;
	j_seen(x->version, j->t);
	if (j_live_around(j, s, p, x, then, parted, &gap))
		return -1;
	if (x == then)
		then->first = j->t;
	else if (x == was && goes_on && gap.after == then->first)
		join(j, p, was, then);
	return 0;
}

/* Judged against what the page carried then. */
int j_late(struct judging *j, struct j_story *s, struct j_posting *p)
{
	struct j_sighting *was = NULL, *then = NULL, *x;
	usec_t first = j->t;
	struct j_gap gap;

	s->dirty = true;
	for (size_t i = 0; i < p->sightings_n; i++) {
		if (p->sightings[i]->first <= j->t)
			was = p->sightings[i];
		else if (!then)
			then = p->sightings[i];
	}
	j->out->rule = "late";
	if (!was || was->last < j->t)
		return between(j, s, p, was, then);
	if (has_text(j, was)) {
		j_seen(was->version, j->t);
		return 0;
	}
	if (j_is_cut(j, was)) {
		if (j->io->gap(j->io->self, j->page, j->t, &gap, j->err))
			return -1;
		if (!confirmed(j, &gap, &first)) {
			j_hold(j);
			return 0;
		}
	}
	if (was->last > j->t && j_split_stretch(j, p, was))
		return -1;
	return late_insert(j, s, p, was, false, first, &x);
}

/*
 * The story that a late text belongs to: one in which P has a record around
 * that time. own is today's; it is the likely one.
 */
int j_late_story(struct judging *j, struct j_story *own,
    struct j_story **s)
{
	struct verdict v = {0};

	*s = NULL;
	if (!own || !is_late(j, j_posting_find(own, j->page->url_key)))
		return 0;
	if (j->page->bound_id || j_text_find(own, j->T->hash)) {
		*s = own;
		return 0;
	}
	if (j_verdict(j, own, &v))
		return -1;
	if (!v.story || !is_late(j, j_posting_find(v.story, j->page->url_key)))
		return 0;
	*s = v.story;
	return j_bridge(j, &v);
}
