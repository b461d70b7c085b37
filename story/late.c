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

static bool gone_then(const struct j_posting *p, const struct j_sighting *was,
    usec_t t)
{
	for (size_t i = 0; i < p->spans_n; i++)
		if (p->spans[i].to != TIME_NONE && was->last <= p->spans[i].to &&
		    p->spans[i].to <= t)
			return true;
	return false;
}

static void span_from(struct j_posting *p, usec_t old, usec_t t)
{
	for (size_t i = 0; i < p->spans_n; i++)
		if (p->spans[i].from == old && t < old) {
			p->spans[i].from = t;
			p->spans[i].dirty = true;
		}
}

/* A stretch that another text stood in the middle of becomes two. */
static int split_stretch(struct judging *j, struct j_posting *p,
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

/* Inserts T where its page's record has room for it. */
static int late_insert(struct judging *j, struct j_story *s,
    struct j_posting *p, struct j_sighting *was, bool gone)
{
	struct j_posting past = *p;
	struct change ch = {.first = j->t};
	struct j_version *v;
	struct j_sighting *x;
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
		v = j_open_version(j, s, j->t, was, j_effective_at(j, j->t,
		    was ? was->last : TIME_NONE), false);
		kind = change_kind_name(v->kind);
	} else {
		j_seen(v, j->t);
		if (was && v != was->version)
			kind = j_carried_version(&past, v) &&
			    j_carried_text(&past, j->T) ? "reverted" : "caught_up";
	}
	if (!was && p->spans_n)
		span_from(p, p->spans[0].from, j->t);
	x = j_sighting_new(j, v, &ch);
	j_add_sighting(j->a, p, x);
	p->dirty = true;
	if (j_know_text(j, s, v, ch.opens))
		return -1;
	if (!kind)
		return 0;
	return j_tell(j, (struct j_event){.kind = kind, .story = s,
	    .page = j->page, .version = v->number, .occurred = j->updated,
	    .late = true, .headline = j->T->title});
}

/* Judged against what the page carried then. */
int j_late(struct judging *j, struct j_story *s, struct j_posting *p)
{
	struct j_sighting *was = NULL, *then = NULL;
	bool gone;

	s->dirty = true;
	for (size_t i = 0; i < p->sightings_n; i++) {
		if (p->sightings[i]->first <= j->t)
			was = p->sightings[i];
		else if (!then)
			then = p->sightings[i];
	}
	gone = was && gone_then(p, was, j->t);
	j->out->rule = "late";
	if (was && !gone && hash128_eq(was->text->hash, j->T->hash)) {
		was->last = later(was->last, j->t);
		was->dirty = true;
		j_seen(was->version, j->t);
		return 0;
	}
	if (then && (!was || was->last < j->t) &&
	    hash128_eq(then->text->hash, j->T->hash)) {
		span_from(p, then->first, j->t);
		then->first = j->t;
		then->dirty = true;
		j_seen(then->version, j->t);
		return 0;
	}
	if (was && was->last > j->t && split_stretch(j, p, was))
		return -1;
	return late_insert(j, s, p, was, gone);
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
