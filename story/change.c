/* A text that the page did not carry: rules 4 and 5 of timeline.md. */
#include "story/judging.h"

#include <stdio.h>

#define LIVE_GAP       (30 * USEC_MINUTE) /* a live page's versions */
#define LIVE_END       (6 * USEC_HOUR)	 /* its end: so long without a change */

/* ---- a change: rules 3, 4 and 5 -------------------------------------------- */

static enum change_kind kind_of_change(const struct judging *j,
    const struct text *before, struct slice note_before)
{
	struct slice was = text_correction_tag(before->title);
	struct slice is = text_correction_tag(j->T->title);

	if (text_note_corrects(j->note) &&
	    !(note_before.p && slice_eq(j->note, note_before)))
		return CHANGE_CORRECTED;
	if (is.n && !slice_ieq(is, was))
		return CHANGE_CORRECTED;
	if (slice_eq(j->T->body, before->body) &&
	    slice_eq(j->T->summary, before->summary))
		return CHANGE_RETITLED;
	return CHANGE_UPDATED;
}

/* The version before v by (effective_at, number), or NULL. */
static struct j_version *previous(const struct j_story *s,
    const struct j_version *v)
{
	struct j_version *best = NULL;

	for (size_t i = 0; i < s->versions_n; i++) {
		struct j_version *x = s->versions[i];

		if (x->effective > v->effective || (x->effective ==
		    v->effective && x->number >= v->number))
			continue;
		if (!best || x->effective > best->effective ||
		    (x->effective == best->effective &&
		    x->number > best->number))
			best = x;
	}
	return best;
}

static void count_change(struct judging *j, struct j_version *v,
    const struct j_version *prev)
{
	struct diff d;

	if (!prev) {
		v->words_added = v->text->words_n;
		return;
	}
	diff_words(prev->text->body, v->text->body, j->a, &d);
	v->words_added = d.words_added;
	v->words_removed = d.words_removed;
}

/* T opens the next version. */
struct j_version *j_open_version(struct judging *j, struct j_story *s,
    usec_t first, const struct j_sighting *before, usec_t effective,
    bool stealth)
{
	struct j_version *v = arena_zalloc(j->a, 1, sizeof(*v));
	struct j_version *head = j_head(s), *prev;

	v->home = s->id;
	v->number = v->home_version = s->next++;
	v->text = j->T;
	v->url_key = j->page->url_key;
	v->outlet_id = j->page->outlet_id;
	v->article = j->art;
	v->created = j->created;
	v->updated = j->updated;
	v->effective = effective;
	v->first = first;
	v->last = later(first, j->t);
	v->note = j->note;
	v->stealth = stealth;
	v->fresh = true;
	if (before) /* at a live page's end the text is what it carried */
		v->kind = kind_of_change(j, hash128_eq(before->text->hash,
		    j->T->hash) ? before->version->text : before->text,
		    before->note);
	else if (head)
		v->kind = kind_of_change(j, head->text, head->note);
	prev = previous(s, v);
	v->previous = j_number_of(prev);
	count_change(j, v, prev);
	v->sketch = text_sketch(j->T, j_left_out(j, j->T,
	    j->page->outlet_id));
	j_add_version(j->a, s, v);
	s->dirty = true;
	return v;
}

/* Is all that candidates find the text by in the version's sketch? A headline of
 * its own alone is not worth all the rows of another. */
static bool is_found_by(const struct sketch *t, const struct sketch *v)
{
	size_t k = 0;

	for (size_t i = 0; i < t->kept_n; i++) {
		while (k < v->kept_n && v->kept[k] < t->kept[i])
			k++;
		if (t->kept[i] != t->title &&
		    (k == v->kept_n || v->kept[k] != t->kept[i]))
			return false;
	}
	return true;
}

/* A copy that is cut keeps shingles that its version's sketch has no room for. */
static const struct sketch *own_sketch(const struct judging *j,
    const struct j_version *v)
{
	const struct sketch *t = text_sketch(j->T, j_left_out(j, j->T,
	    j->page->outlet_id));

	return is_found_by(t, text_sketch(v->text, j_left_out(j, v->text,
	    v->outlet_id))) ? NULL : t;
}

/* The text is known in the story from now on, and found by later ones. */
int j_know_text(struct judging *j, struct j_story *s, struct j_version *v,
    bool opens)
{
	struct j_text *x = j_text_find(s, j->T->hash);
	struct j_carried now = {s, v, j->T, x || opens ? NULL :
	    own_sketch(j, v)};

	if (!x) {
		x = arena_zalloc(j->a, 1, sizeof(*x));
		*x = (struct j_text){.text = j->T, .title = j->art->title,
		    .summary = j->art->summary, .body = j->art->body,
		    .version = v, .fresh = true};
		j_add_text(j->a, s, x);
	} else if (opens && x->version != v) {
		x->version = v;
		x->dirty = true;
	}
	return j->io->carried(j->io->self, j->page, &now, j->err);
}

bool j_carried_version(const struct j_posting *p, const struct j_version *v)
{
	for (size_t i = 0; i < p->sightings_n; i++)
		if (p->sightings[i]->version == v)
			return true;
	return false;
}

bool j_carried_text(const struct j_posting *p, const struct text *t)
{
	for (size_t i = 0; i < p->sightings_n; i++)
		if (hash128_eq(p->sightings[i]->text->hash, t->hash))
			return true;
	return false;
}

/* The first that applies of created, reposted, restored, reverted, caught_up;
 * NULL for none. p still stands as before. */
static const char *page_event(struct judging *j, struct j_posting *p,
    enum posting_status was, struct j_sighting *x, bool opens, bool *back)
{
	struct j_version *leaves;

	*back = false;
	if (opens && x->version->number == 1)
		return "created";
	if (was == POSTING_NEW || was == POSTING_LEFT)
		return "reposted";
	if (was == POSTING_GONE || was == POSTING_MOVED)
		return "restored";
	leaves = last_of(p)->version;
	if (opens || leaves == x->version)
		return NULL;
	if (j_carried_version(p, x->version) && j_carried_text(p, x->text)) {
		x->flips = j_flip(j, p);
		return j_is_quiet(x) ? NULL : "reverted";
	}
	*back = j_before(x->version, leaves);
	return "caught_up";
}

void j_go_back(struct judging *j, const struct j_story *s,
    const struct j_posting *p, struct j_version *v,
    const struct j_version *leaves, usec_t seen, usec_t lead)
{
	bool opener = false;

	for (size_t i = 0; i < s->versions_n; i++)
		opener |= hash128_eq(s->versions[i]->url_key, p->url_key);
	if (!opener || (!j_before(v, leaves) && !j_carried_version(p, v)))
		return;
	j_add_return(j->a, v, (struct j_return){seen, lead, p->url_key, true});
	v->dirty = true;
}

usec_t j_effective_at(const struct judging *j, usec_t first,
    usec_t before_last)
{
	usec_t said = occurred(j);

	if (said == TIME_NONE)
		said = first;
	return sooner(first, later(said, before_last));
}

struct j_posting *j_posting_get(struct judging *j, struct j_story *s,
    const struct verdict *v)
{
	struct j_posting *p = j_posting_find(s, j->page->url_key);
	char why[MATCH_REASON];

	if (p)
		return p;
	p = arena_zalloc(j->a, 1, sizeof(*p));
	*p = (struct j_posting){.home = s->id, .url_key = j->page->url_key,
	    .host_key = j->page->host_key, .outlet_id = j->page->outlet_id,
	    .url = j->page->url, .external_id = j->page->external_id,
	    .status = POSTING_NEW, .fresh = true, .score = v->match.score,
	    .reason = v->by_hand ? SLICE("decided by hand") : arena_slice(
	    j->a, slice_of(match_reason(&v->match, why)))};
	j_add_posting(j->a, s, p);
	return p;
}

/* What a live page's stretch does between two versions. */
static bool live_grows(struct judging *j, struct j_posting *p)
{
	struct j_sighting *x = last_of(p);

	if (j->art->kind != KIND_LIVE || p->status != POSTING_LIVE ||
	    !hash128_eq(x->version->url_key, p->url_key) ||
	    j->t - x->version->first >= LIVE_GAP)
		return false;
	x->text = j->T;
	x->pending = true;
	x->changed = j->t;
	j_see_again(j, x);
	j->out->rule = "live";
	return true;
}

/* Half an hour after its version the page's next text is one, whatever it
 * showed between: that was no copy's own matter. */
static bool live_opens(const struct judging *j, const struct j_story *s,
    const struct j_posting *p)
{
	struct j_sighting *x = last_of(p);

	if (!x || !x->pending || p->status != POSTING_LIVE)
		return false;
	x->pending = false;
	x->dirty = true;
	return !j_text_find(s, j->T->hash);
}

struct j_sighting *j_sighting_new(struct judging *j, struct j_version *v,
    const struct change *ch)
{
	struct j_sighting *x = arena_zalloc(j->a, 1, sizeof(*x));

	*x = (struct j_sighting){.text = j->T, .version = v,
	    .first = ch->first, .last = later(ch->first, j->t),
	    .first_stored = TIME_NONE, .coverage = text_coverage(j->T, v->text),
	    .stealth = ch->stealth, .changed = j->t, .rule = ch->rule,
	    .article = j->art, .note = j->note, .dirty = true};
	return x;
}

/* Rule 5: the page's event, then that of the version. */
static int tell_change(struct judging *j, struct j_story *s,
    const struct j_sighting *x, const struct change *ch, const char *kind)
{
	struct j_version *v = x->version;
	usec_t when = ch->stealth ? TIME_NONE : occurred(j);
	struct j_event e = {.story = s, .page = j->page, .version = v->number,
	    .occurred = when, .stealth = ch->stealth, .headline = j->T->title};

	if (kind) {
		e.kind = kind;
		e.back = ch->back;
		e.left = ch->left ? ch->left->id : 0;
		if (j_tell(j, e))
			return -1;
	}
	if (!ch->opens)
		return j_bring_note(j, s, v, ch->note_before);
	if (v->number == 1)
		return 0;
	e.kind = change_kind_name(v->kind);
	e.back = false;
	e.left = 0;
	if (v->kind == CHANGE_CORRECTED)
		e.note = v->note;
	return j_tell(j, e);
}

int j_story_returns(struct judging *j, struct j_story *s,
    const struct j_posting *p, bool alone)
{
	if (s->status != STORY_WITHDRAWN ||
	    (p->outlet_id != s->outlet_id && !alone))
		return 0;
	s->status = STORY_LIVE;
	return j_tell(j, (struct j_event){.kind = "restored", .story = s,
	    .version = j_number_of(j_head(s)), .occurred = TIME_NONE,
	    .headline = j->T->title});
}

/* Puts T on P's record: rules 4 and 5. force: T opens a version. */
static int record(struct judging *j, struct j_story *s, struct j_posting *p,
    struct change *ch, bool force)
{
	bool alone = !j_others_live(s, p, 0);
	struct rule4 r = {NULL, "live-end"};
	struct j_version *v, *head;
	struct j_sighting *x;
	const char *kind;

	ch->before = p->status == POSTING_LEFT ? NULL : last_of(p);
	ch->was = p->status;
	if (!force)
		r = rule_4(s, p, ch->before, p->status == POSTING_LIVE, j->T,
		    j->updated, &j->marks, j->a);
	ch->opens = !r.version;
	ch->rule = j->out->rule = r.rule;
	v = ch->opens ? j_open_version(j, s, ch->first, ch->before,
	    ch->effective, ch->stealth) : r.version;
	x = j_sighting_new(j, v, ch);
	kind = page_event(j, p, ch->was, x, ch->opens, &ch->back);
	if (!ch->opens && ch->before && ch->before->version != v)
		j_go_back(j, s, p, v, ch->before->version, j->t, ch->effective);
	head = j_head(s);
	ch->note_before = ch->before ? ch->before->note :
	    head ? head->note : SLICE_NONE;
	j_add_sighting(j->a, p, x);
	j_seen_first(s, p, x->first);
	if (ch->was != POSTING_LIVE)
		j_add_span(j->a, p, (struct j_span){ch->first, TIME_NONE,
		    TIME_NONE, true});
	p->status = POSTING_LIVE;
	p->dirty = true;
	j_seen(v, j->t);
	if (j_know_text(j, s, v, ch->opens) ||
	    tell_change(j, s, x, ch, kind))
		return -1;
	return kind && !strcmp(kind, "restored") ?
	    j_story_returns(j, s, p, alone) : 0;
}

int j_mark_for_rule_4(struct judging *j, const struct j_story *s,
    const struct j_sighting *last)
{
	size_t from = j->marks.n;
	int64_t o = j->page->outlet_id;

	j_mark_story(j, s);
	if (last) {
		marks_add(&j->marks, j->a, last->text, o);
		marks_add(&j->marks, j->a, last->version->text, o);
	}
	return marks_load(&j->marks, from, j->io, j->a, j->err);
}

/* P shows another text than it carries. */
int j_change(struct judging *j, struct j_story *own)
{
	struct j_page *page = j->page;
	struct j_posting *p = own ? j_posting_find(own, page->url_key) : NULL;
	struct j_sighting *shown = last_of(p);
	struct verdict v = {0};
	struct change ch = {.first = j->t};
	bool live;

	if (page->held_at != TIME_NONE &&
	    hash128_eq(page->held_hash, j->T->hash)) {
		/* the second fetch tells, whichever of them came first */
		ch.first = sooner(page->held_at, j->t);
		j->t = later(page->held_at, j->t);
	}
	page->held_at = TIME_NONE;
	page->dirty = true;
	page->changed = true;
	if (j_rule_3(j, own, &v, &ch.left) || j_bridge(j, &v))
		return -1;
	j->out->story = v.story;
	p = j_posting_get(j, v.story, &v);
	if (live_grows(j, p))
		return j_know_text(j, v.story, last_of(p)->version, false);
	live = live_opens(j, v.story, p);
	ch.stealth = shown && j->updated != TIME_NONE &&
	    j->updated == page->updated &&
	    !hash128_eq(shown->text->hash, j->T->hash);
	ch.effective = j_effective_at(j, ch.first,
	    shown ? shown->last : TIME_NONE);
	if (j_mark_for_rule_4(j, v.story, last_of(p)))
		return -1;
	if (record(j, v.story, p, &ch, live))
		return -1;
	page->updated = j->updated;
	return 0;
}

/* A live page came to its end: the text it kept opens a version. */
bool j_live_ended(const struct judging *j, const struct j_sighting *x)
{
	return x->pending && (j->art->kind != KIND_LIVE ||
	    j->t - x->changed >= LIVE_END ||
	    j->t - x->version->first >= LIVE_GAP);
}

int j_live_end(struct judging *j, struct j_story *s, struct j_posting *p)
{
	struct j_sighting *x = last_of(p);
	struct change ch = {.first = j->t};

	ch.effective = j_effective_at(j, j->t, x->last);
	x->pending = false;
	x->dirty = true;
	if (j_mark_for_rule_4(j, s, x) || record(j, s, p, &ch, true))
		return -1;
	j->page->updated = j->updated;
	j->page->dirty = j->page->changed = true;
	return 0;
}
