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

/* What p showed last by t. */
static const struct j_sighting *stretch_by(const struct j_posting *p, usec_t t)
{
	const struct j_sighting *x = NULL;

	for (size_t i = 0; i < p->sightings_n && p->sightings[i]->first <= t;
	    i++)
		x = p->sightings[i];
	return x;
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
	rest->flips = 0;
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

/* The publisher's time of n's text, or when it was seen, where that is unknown. */
static usec_t said_of(const struct j_posting *p, const struct j_sighting *n)
{
	const struct j_version *v = n->version;

	if (!j_opened(p, n) || (v->updated == TIME_NONE &&
	    v->created == TIME_NONE))
		return n->first;
	return v->updated != TIME_NONE ? v->updated : v->created;
}

static bool is_back(const struct j_posting *past, const struct j_sighting *x)
{
	return j_carried_version(past, x->version) &&
	    j_carried_text(past, x->text);
}

/* The record of a posting before its stretch x. */
static struct j_posting past_of(const struct j_posting *p,
    const struct j_sighting *x)
{
	struct j_posting past = *p;

	past.sightings_n = 0;
	while (p->sightings[past.sightings_n] != x)
		past.sightings_n++;
	return past;
}

/* The return that the stretch n was told as, or NULL. */
static struct j_return *told_back(const struct j_posting *p,
    const struct j_sighting *n)
{
	const struct j_version *v = n->version;

	for (size_t i = 0; i < v->returns_n; i++)
		if (hash128_eq(v->returns[i].url_key, p->url_key) &&
		    n->first <= v->returns[i].seen &&
		    v->returns[i].seen <= n->last)
			return &v->returns[i];
	return NULL;
}

static void lead_from(struct j_version *v, struct j_return *r, usec_t lead)
{
	r->lead = lead;
	r->fresh = true;
	v->dirty = true;
}

/* x was put before what followed: that may be a return now. rest: x stands in the
 * middle of a stretch, of which the rest was no stretch before. */
static void return_after(struct judging *j, const struct j_story *s,
    struct j_posting *p, const struct j_sighting *x, bool rest)
{
	struct j_posting past = past_of(p, x);
	struct j_return *told;
	struct j_sighting *n;
	usec_t lead;

	past.sightings_n++;
	if (past.sightings_n == p->sightings_n)
		return;
	n = p->sightings[past.sightings_n];
	if (n->version == x->version || (hash128_eq(n->version->url_key,
	    p->url_key) && !j_carried_version(&past, n->version)))
		return; /* it opened its version */
	lead = sooner(n->first, later(said_of(p, n), x->last));
	told = told_back(p, n);
	if (!told)
		j_go_back(j, s, &past, n->version, x->version, n->first, lead);
	else if (rest)
		lead_from(n->version, told, lead);
	if (rest && is_back(&past, n))
		j_late_flip(j, p, n, n->first);
}

/* The event of T, of a version that the story had, on a page that carried was. */
static const char *late_event(struct judging *j, struct j_story *s,
    struct j_posting *p, struct j_sighting *x, const struct j_place *at)
{
	struct j_posting past = past_of(p, x);
	bool back;

	if (!at->was)
		return p->status == POSTING_LEFT && p->sightings_n == 1 ?
		    "caught_up" : NULL;
	if (x->version == at->was->version)
		return NULL;
	back = is_back(&past, x);
	if (!at->other_x)
		j_go_back(j, s, &past, x->version, at->was->version, j->t,
		    j_effective_at(j, x->first, at->was->last));
	if (!back || at->parted)
		return back ? "reverted" : "caught_up";
	j_late_flip(j, p, x, j->t);
	return j_is_quiet(x) ? NULL : "reverted";
}

/* Inserts T, carried since first, where its page's record has room for it. */
static int late_insert(struct judging *j, struct j_story *s,
    struct j_posting *p, const struct j_place *at, usec_t first,
    struct j_sighting **out)
{
	/* of what it carried in another story rule 4 knows nothing */
	struct j_sighting *was = at->other_x ? NULL : at->was;
	const struct j_sighting *shown = at->other_x ? at->other_x : at->was;
	struct change ch = {.first = first};
	struct j_version *v;
	const char *kind = NULL;
	struct rule4 r;

	if (j_mark_for_rule_4(j, s, was))
		return -1;
	r = rule_4(s, p, was, was && !at->parted, j->T, j->updated,
	    &j->marks, j->a);
	ch.rule = j->out->rule = r.rule;
	ch.opens = !r.version;
	v = r.version;
	if (ch.opens) {
		v = j_open_version(j, s, first, was, j_effective_at(j, first,
		    shown ? shown->last : TIME_NONE), false);
		kind = change_kind_name(v->kind);
	}
	*out = j_sighting_new(j, v, &ch);
	j_add_sighting(j->a, p, *out);
	j_seen_first(s, p, first);
	p->dirty = true;
	if (!ch.opens) {
		j_seen(v, j->t);
		kind = late_event(j, s, p, *out, at);
	}
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
	was->pending |= then->pending; /* no version yet */
	was->changed = then->changed;
	j->io->drop_sighting(j->io->self, p, then->first_stored);
	memmove(p->sightings + i, p->sightings + i + 1,
	    (p->sightings_n - i - 1) * sizeof(struct j_sighting *));
	p->sightings_n--;
}

/* ---- what the page carried in other stories --------------------------------------- */

/* The page's stretch in another story than s that began last by t, if its last one
 * by then is another story's. */
static int beside(struct judging *j, const struct j_story *s, usec_t t,
    struct j_place *at)
{
	struct j_story *o;

	at->other_x = NULL;
	if (j->io->story_at(j->io->self, j->page, t, &o, j->err))
		return -1;
	for (size_t i = 0; o && o != s && i < o->postings_n; i++) {
		struct j_posting *q = o->postings[i];

		if (!hash128_eq(q->url_key, j->page->url_key))
			continue;
		for (size_t k = 0; k < q->sightings_n &&
		    q->sightings[k]->first <= t; k++)
			if (!at->other_x ||
			    at->other_x->first < q->sightings[k]->first) {
				at->other = o;
				at->other_p = q;
				at->other_x = q->sightings[k];
			}
	}
	return 0;
}

/* What other stories have of the page around T. Where the next texts on either side
 * are this story's there is none, and nobody is asked. */
static int find_beside(struct judging *j, const struct j_story *s,
    struct j_place *at)
{
	const struct j_gap *gap = &at->gap;
	usec_t end = at->then ? at->then->first : later(j->t, j->page->seen) + 1;

	at->until = TIME_NONE;
	while (gap->after != TIME_NONE && gap->after < end) {
		if (beside(j, s, end - 1, at))
			return -1;
		if (!at->other_x || at->other_x->first <= j->t)
			break;
		at->until = end = at->other_x->first;
	}
	at->other_x = NULL;
	if (gap->before == TIME_NONE ||
	    (at->was && gap->before <= at->was->last))
		return 0;
	return beside(j, s, j->t, at);
}

/* T took the page from another story, until that story's next text. */
static int leave_beside(struct judging *j, struct j_place *at)
{
	struct j_posting *q = at->other_p;
	struct j_sighting *x = at->other_x;
	usec_t from = TIME_NONE;
	bool parted;

	if (!x)
		return 0;
	parted = x->last > j->t;
	if (parted && j_split_stretch(j, q, x))
		return -1;
	for (size_t i = q->sightings_n; i > 0 &&
	    q->sightings[i - 1]->first > j->t; i--)
		from = q->sightings[i - 1]->first;
	if (parted)
		at->until = from;
	j_live_not(j, q, j->t, from);
	at->other->dirty = true;
	return 0;
}

/* then's text was seen at T's time already; so was the page's return to it. */
static void begins_at(struct judging *j, struct j_story *s,
    struct j_posting *p, const struct j_place *at)
{
	const struct j_sighting *was = at->other_x ? NULL : at->was;
	struct j_sighting *then = at->then;
	struct j_posting past = past_of(p, then);
	struct j_return *back;
	usec_t lead, first = then->first;

	then->first = j->t;
	j_seen_first(s, p, j->t);
	j_flip_since(p, then, first);
	back = was && was->version != then->version ? told_back(p, then) : NULL;
	if (!back)
		return;
	lead = j_effective_at(j, j->t, was->last);
	lead_from(then->version, back, lead);
	j_go_back(j, s, &past, then->version, was->version, j->t, lead);
}

/* ---- between two stretches -------------------------------------------------------- */

/* T is held; that it was there parts misses all the same. */
static int hold_between(struct judging *j, struct j_story *s,
    struct j_posting *p, const struct j_place *at)
{
	struct j_page *page = j->page;

	j_hold(j);
	if (at->gap.after == TIME_NONE &&
	    (page->held_at == TIME_NONE || page->held_at < j->t)) {
		page->held_hash = j->T->hash;
		page->held_at = j->t;
		page->dirty = true;
	}
	if (at->parted)
		return 0;
	if (j_live_around(j, s, p, at->was, at))
		return -1;
	if (at->then && at->until == TIME_NONE &&
	    at->gap.after == at->then->first &&
	    hash128_eq(at->was->text->hash, at->then->text->hash) &&
	    !j_gone_after(&at->gap, j->t)) {
		at->was->dirty = true;
		join(j, p, at->was, at->then);
	}
	return 0;
}

/* The page enters a story in the past, and is in another one today. */
static int enter(struct judging *j, struct verdict *v, struct j_posting **p)
{
	if (j_begin_story(j, v))
		return -1;
	j->out->story = v->story;
	*p = j_posting_get(j, v->story, v);
	if ((*p)->status == POSTING_NEW)
		(*p)->status = POSTING_LEFT;
	return 0;
}

/* Between two stretches, before the first or after one that the page left: is it the
 * end of one, the beginning of the other, or one of its own? */
static int between(struct judging *j, struct verdict *v, struct j_posting *p,
    struct j_place *at)
{
	struct j_sighting *x = NULL, *was = at->was, *then = at->then;
	usec_t first = j->t;
	bool goes_on;

	if (j->io->gap(j->io->self, j->page, j->t, &at->gap, j->err) ||
	    find_beside(j, v->story, at))
		return -1;
	at->parted = !was || j_parted(p, was, &at->gap, j->t);
	goes_on = has_text(j, then) && at->until == TIME_NONE &&
	    !j_gone_after(&at->gap, j->t) &&
	    !(at->other_x && at->other_x->last > j->t);
	if (!(has_text(j, was) && !at->parted) && !goes_on &&
	    j_is_cut(j, at->parted ? NULL : was) &&
	    !confirmed(j, &at->gap, &first))
		return hold_between(j, v->story, p, at);
	if ((!p && enter(j, v, &p)) || leave_beside(j, at))
		return -1;
	if (has_text(j, was) && !at->parted) {
		x = was;
		was->last = j->t;
	} else if (goes_on) {
		x = then;
	} else if (late_insert(j, v->story, p, at, first, &x)) {
		return -1;
	}
	x->dirty = true;
	j_seen(x->version, j->t);
	if (j_live_around(j, v->story, p, x, at))
		return -1;
	if (x == then)
		begins_at(j, v->story, p, at);
	else if (x == was && goes_on && at->gap.after == then->first)
		join(j, p, was, then);
	else if (x != was)
		return_after(j, v->story, p, x, false);
	return 0;
}

/* In the middle of a stretch with another text: that becomes two. */
static int within(struct judging *j, struct j_story *s, struct j_posting *p,
    struct j_place *at)
{
	usec_t first = j->t;
	struct j_sighting *x;

	if (j_is_cut(j, at->was)) {
		if (j->io->gap(j->io->self, j->page, j->t, &at->gap, j->err))
			return -1;
		if (!confirmed(j, &at->gap, &first)) {
			j_hold(j);
			return 0;
		}
	}
	if ((at->was->last > j->t && j_split_stretch(j, p, at->was)) ||
	    late_insert(j, s, p, at, first, &x))
		return -1;
	return_after(j, s, p, x, true);
	return 0;
}

/* Judged against what the page carried then; p NULL: nothing of this story. */
static int judge_late(struct judging *j, struct verdict *v, struct j_posting *p)
{
	struct j_place at = {0};

	j->out->rule = "late";
	for (size_t i = 0; p && i < p->sightings_n; i++) {
		if (p->sightings[i]->first <= j->t)
			at.was = p->sightings[i];
		else if (!at.then)
			at.then = p->sightings[i];
	}
	if (!at.was || at.was->last < j->t)
		return between(j, v, p, &at);
	if (!has_text(j, at.was))
		return within(j, v->story, p, &at);
	j_seen(at.was->version, j->t);
	return 0;
}

/* P carries T in another story than own, in which it showed nothing since: it has
 * left own, though own has it as gone later on. */
static void leave_gone(struct judging *j, struct j_story *own,
    struct j_posting *p)
{
	if (p->status != POSTING_GONE)
		return;
	j_end_span(p, POSTING_GONE, j->t);
	own->dirty = true;
}

int j_late(struct judging *j, struct j_story *own, bool *late)
{
	struct j_posting *p = own ? j_posting_find(own, j->page->url_key) : NULL;
	struct verdict v = {.story = own};

	*late = own && is_late(j, p);
	if (!*late)
		return 0;
	if (!j->page->bound_id && !j_text_find(own, j->T->hash) &&
	    !j_is_cut(j, stretch_by(p, j->t))) {
		v.story = NULL;
		if (j_verdict(j, own, &v))
			return -1;
	}
	if (v.story != own && j->t >= last_of(p)->last) {
		leave_gone(j, own, p);
		*late = false;
		return 0;
	}
	if (v.story && j_bridge(j, &v))
		return -1;
	if (v.story) {
		v.story->dirty = true;
		j->out->story = v.story;
		p = j_posting_find(v.story, j->page->url_key);
	} else {
		p = NULL;
	}
	return judge_late(j, &v, p);
}
