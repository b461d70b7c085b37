/* What a capture does: rules 0 to 3 and 5 of timeline.md. */
#include "story/judge.h"

#include <stdio.h>

#define SOON	       (72 * USEC_HOUR)	 /* withdrawn: later is expiry */
#define FLIP_WINDOW    (24 * USEC_HOUR)	 /* reverted: flips are counted in it */
#define FLIP_QUIET     3		 /* from this flip on no event */
#define LIVE_GAP       (30 * USEC_MINUTE) /* a live page's versions */
#define LIVE_END       (6 * USEC_HOUR)	 /* its end: so long without a change */
#define CANDIDATES_MAX 16 /* stories judged for a capture; most have under 2 */
#define VERSIONS_MAX   48 /* versions of a story compared, the latest */
#define COPIES_MAX 32 /* and of texts of its copies */

/* One judgement: what rules share. */
struct judging {
	const struct judge_io *io;
	struct arena *a;
	struct j_page *page;
	const struct capture *c;
	const struct article *art; /* NULL without text */
	struct text *T;
	usec_t t, updated, created;
	struct slice note; /* p NULL: none */
	struct marks marks;
	struct judge_result *out;
	struct err *err;
};

static usec_t time_of(const struct pubtime *t)
{
	return t->day_only ? TIME_NONE : t->at;
}

static usec_t later(usec_t a, usec_t b)
{
	return a > b ? a : b;
}

static usec_t sooner(usec_t a, usec_t b)
{
	return a < b ? a : b;
}

static struct j_sighting *last_of(const struct j_posting *p)
{
	return p && p->sightings_n ? p->sightings[p->sightings_n - 1] : NULL;
}

static usec_t occurred(const struct judging *j)
{
	return j->updated != TIME_NONE ? j->updated : j->created;
}

static void seen(struct j_version *v, usec_t t)
{
	v->first = sooner(v->first, t);
	v->last = later(v->last, t);
	v->effective = sooner(v->effective, v->first);
	v->dirty = true;
}

static int tell(struct judging *j, struct j_event e)
{
	e.observed = j->t;
	return j->io->tell(j->io->self, &e, j->err);
}

/* ---- rule 0 --------------------------------------------------------------- */

static usec_t newest(const struct j_story *s)
{
	usec_t t = TIME_NONE;

	for (size_t i = 0; i < s->versions_n; i++)
		t = later(t, s->versions[i]->effective);
	return t;
}

/* Any live page of the story but p; of_outlet 0: of any outlet. */
static bool others_live(const struct j_story *s, const struct j_posting *p,
    int64_t of_outlet)
{
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_posting *q = s->postings[i];

		if (q != p && q->status == POSTING_LIVE &&
		    (!of_outlet || q->outlet_id == of_outlet))
			return true;
	}
	return false;
}

static int number_of(const struct j_version *v)
{
	return v ? v->number : 0;
}

static void end_span(struct j_posting *p, enum posting_status how, usec_t t)
{
	struct j_span *span = &p->spans[p->spans_n - 1];

	p->status = how;
	p->dirty = true;
	span->to = t;
	span->dirty = true;
}

/* Confirmed: the page is gone, and perhaps the story with it. */
static int withdraw(struct judging *j, struct j_story *s, struct j_posting *p)
{
	bool killed = j->c->outcome == OUTCOME_KILLED &&
	    p->outlet_id == s->outlet_id;
	bool soon = killed || j->page->missed_at - newest(s) <= SOON;
	struct j_sighting *x = last_of(p);
	bool led;

	end_span(p, POSTING_GONE, j->t);
	j->page->held_at = TIME_NONE;
	if (tell(j, (struct j_event){.kind = "withdrawn", .story = s,
	    .page = j->page, .version = x->version->number,
	    .occurred = TIME_NONE, .headline = x->text->title,
	    .reason = killed ? "killed" : soon ? NULL : "expired"}))
		return -1;
	led = p->outlet_id == s->outlet_id && !others_live(s, p, s->outlet_id);
	if (s->status != STORY_LIVE || !soon ||
	    !(killed || led || !others_live(s, p, 0)))
		return 0;
	s->status = STORY_WITHDRAWN;
	return tell(j, (struct j_event){.kind = "withdrawn", .story = s,
	    .version = number_of(j_head(s)), .occurred = TIME_NONE,
	    .headline = x->text->title, .reason = killed ? "killed" : NULL});
}

static int rule_0(struct judging *j, struct j_story *s)
{
	struct j_posting *p = s ? j_posting_find(s, j->page->url_key) : NULL;

	j->out->rule = "0";
	if (!p || p->status != POSTING_LIVE || j->t < last_of(p)->last)
		return 0;
	if (j->page->missed_at == TIME_NONE) {
		j->page->missed_at = j->t;
		j->page->dirty = true;
		j->out->missed = true;
		return 0;
	}
	if (j->page->missed_at == j->t)
		return 0;
	j->page->dirty = true;
	return withdraw(j, s, p);
}

/* ---- rule 1 --------------------------------------------------------------- */

/* A page brings a correction note to a version that has none. */
static int bring_note(struct judging *j, struct j_story *s,
    struct j_version *v, struct slice before)
{
	if (!text_note_corrects(j->note) ||
	    (before.p && slice_eq(j->note, before)) ||
	    text_note_corrects(v->note))
		return 0;
	v->note = j->note;
	v->kind = CHANGE_CORRECTED;
	v->dirty = true;
	return tell(j, (struct j_event){.kind = "corrected", .story = s,
	    .page = j->page, .version = v->number, .occurred = occurred(j),
	    .headline = j->T->title, .note = j->note});
}

static void see_again(struct judging *j, struct j_sighting *x)
{
	x->last = later(x->last, j->t);
	x->dirty = true;
	seen(x->version, j->t);
	if (!j->art)
		return;
	x->note = j->note;
	x->article = j->art;
	j->page->updated = j->updated;
}

static int rule_1(struct judging *j, struct j_story *s, struct j_posting *p)
{
	struct j_sighting *x = last_of(p);
	struct slice before = x->note;

	j->out->rule = "1";
	j->page->held_at = TIME_NONE;
	j->page->dirty = true;
	see_again(j, x);
	return bring_note(j, s, x->version, before);
}

/* ---- rule 2 --------------------------------------------------------------- */

/* Is T the beginning of what P carries, and less than half of it? */
static bool beginning(const struct text *t, const struct text *now)
{
	return slice_starts(now->body, t->body) && t->words_n * 2 < now->words_n;
}

/* True while T is held until a second fetch confirms it. */
static bool rule_2(struct judging *j, const struct j_posting *p)
{
	const struct j_sighting *x = p && p->status == POSTING_LIVE ?
	    last_of(p) : NULL;

	if (!j->art->truncated && !(x && beginning(j->T, x->text)))
		return false;
	if (j->page->held_at != TIME_NONE && j->page->held_at != j->t &&
	    hash128_eq(j->page->held_hash, j->T->hash))
		return false;
	if (j->page->held_at == TIME_NONE ||
	    !hash128_eq(j->page->held_hash, j->T->hash)) {
		j->page->held_hash = j->T->hash;
		j->page->held_at = j->t;
		j->page->dirty = true;
	}
	j->out->rule = "2-held";
	j->out->held = true;
	return true;
}

/* ---- rule 3 --------------------------------------------------------------- */

/* The verdict against one text of the story, marked before. */
static void match_held(struct judging *j, const struct match_side *mine,
    const struct j_story *s, const struct j_version *v, const struct text *t,
    int64_t outlet_id, bool own, struct match *best)
{
	struct sketch sk;
	struct match_side held = {.text = t, .sketch = &sk,
	    .skip = marks_get(&j->marks, t, outlet_id),
	    .at = v->effective, .seen_at = s->visited};
	struct match m;

	if (v->article)
		held.credit = v->article->credit;
	sketch_make(t, held.skip, j->a, &sk);
	match_texts(mine, &held, own, &m);
	if (!best->reason[0] || m.score > best->score)
		*best = m;
}

/* What the posting carries or carried last, if it is no version's own text
 * and among those that are compared. */
static const struct j_sighting *copy_of(const struct judging *j,
    const struct j_story *s, size_t i)
{
	const struct j_posting *p = s->postings[i];
	const struct j_sighting *x = last_of(p);

	return x && x->text != x->version->text &&
	    (i + COPIES_MAX >= s->postings_n ||
	    hash128_eq(p->url_key, j->page->url_key)) ? x : NULL;
}

static size_t first_version(const struct j_story *s)
{
	return s->versions_n > VERSIONS_MAX ? s->versions_n - VERSIONS_MAX : 0;
}

/* Against every version, and what its pages carry now: a copy may have matter
 * that no version has, or be cut to the one sentence that the next copy has. */
static void match_story(struct judging *j, const struct match_side *mine,
    const struct j_story *s, bool own, struct match *best)
{
	for (size_t i = first_version(s); i < s->versions_n; i++)
		match_held(j, mine, s, s->versions[i], s->versions[i]->text,
		    s->versions[i]->outlet_id, own, best);
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_sighting *x = copy_of(j, s, i);

		if (x)
			match_held(j, mine, s, x->version, x->text,
			    s->postings[i]->outlet_id, own, best);
	}
}

static void mark_story(struct judging *j, const struct j_story *s)
{
	for (size_t i = 0; i < s->versions_n; i++)
		marks_add(&j->marks, j->a, s->versions[i]->text,
		    s->versions[i]->outlet_id);
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_sighting *x = copy_of(j, s, i);

		if (x)
			marks_add(&j->marks, j->a, x->text,
			    s->postings[i]->outlet_id);
	}
}

struct verdict {
	struct j_story *story; /* NULL: a new one */
	struct match match;
};

static int consider(struct judging *j, const struct match_side *mine,
    struct j_story *s, bool own, struct verdict *v)
{
	struct match m = {0};
	size_t from = j->marks.n;

	mark_story(j, s);
	if (marks_load(&j->marks, from, j->io, j->a, j->err))
		return -1;
	match_story(j, mine, s, own, &m);
	if (m.same && (!v->story || m.score > v->match.score)) {
		v->story = s;
		v->match = m;
	}
	return 0;
}

/* P's own story is always a candidate, and taken if it is one at all. */
static int verdict(struct judging *j, struct j_story *own,
    struct verdict *v)
{
	const bool *skip = marks_get(&j->marks, j->T, j->page->outlet_id);
	usec_t said = occurred(j);
	struct match_side mine = {.text = j->T, .skip = skip, .credit = j->art->credit,
	    .place = j->art->place, .outlet = j->art->outlet,
	    .at = said == TIME_NONE ? j->t : sooner(said, j->t),
	    .seen_at = j->t};
	int64_t ids[CANDIDATES_MAX];
	struct sketch *sk = arena_zalloc(j->a, 1, sizeof(*sk));
	size_t n;

	sketch_make(j->T, skip, j->a, sk);
	mine.sketch = sk;
	if (own && own->versions_n) {
		if (consider(j, &mine, own, true, v))
			return -1;
		if (v->story)
			return 0;
	}
	if (j->io->candidates(j->io->self, j->page, j->art, j->T, sk, skip,
	    mine.at, ids, CANDIDATES_MAX, &n, j->err))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct j_story *s = j->io->story(j->io->self, ids[i], j->err);

		if (!s)
			return -1;
		if (s != own && consider(j, &mine, s, false, v))
			return -1;
	}
	return 0;
}

/* The story of this capture, and the one that P leaves for it. */
static int rule_3(struct judging *j, struct j_story *own, struct verdict *v,
    struct j_story **left)
{
	struct j_posting *q;

	*left = NULL;
	if (j->page->bound_id) {
		v->story = j->io->story(j->io->self, j->page->bound_id, j->err);
		if (!v->story)
			return -1;
		v->match.score = 1;
		snprintf(v->match.reason, sizeof(v->match.reason),
		    "decided by hand");
	} else if (verdict(j, own, v)) {
		return -1;
	}
	if (!v->story) {
		v->story = j->io->new_story(j->io->self, j->err);
		if (!v->story)
			return -1;
		v->story->outlet_id = j->page->outlet_id;
		v->story->first_url = j->page->url;
	}
	q = own && own != v->story ?
	    j_posting_find(own, j->page->url_key) : NULL;
	if (q && q->status == POSTING_LIVE) {
		end_span(q, POSTING_LEFT, j->t);
		own->dirty = true;
		*left = own;
	}
	j->page->story_id = v->story->id;
	return 0;
}

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
static struct j_version *open_version(struct judging *j, struct j_story *s,
    usec_t first, const struct j_sighting *before, usec_t effective,
    bool stealth)
{
	struct j_version *v = arena_zalloc(j->a, 1, sizeof(*v));
	struct j_version *head = j_head(s), *prev;
	struct sketch *sk = arena_zalloc(j->a, 1, sizeof(*sk));

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
	v->previous = number_of(prev);
	count_change(j, v, prev);
	sketch_make(j->T, marks_get(&j->marks, j->T, j->page->outlet_id), j->a,
	    sk);
	v->sketch = sk;
	j_add_version(j->a, s, v);
	s->dirty = true;
	return v;
}

/* The text is known in the story from now on. */
static void know_text(struct judging *j, struct j_story *s,
    struct j_version *v, bool opens)
{
	struct j_text *x = j_text_find(s, j->T->hash);

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
}

static bool carried_version(const struct j_posting *p, const struct j_version *v)
{
	for (size_t i = 0; i < p->sightings_n; i++)
		if (p->sightings[i]->version == v)
			return true;
	return false;
}

static bool carried_text(const struct j_posting *p, const struct text *t)
{
	for (size_t i = 0; i < p->sightings_n; i++)
		if (hash128_eq(p->sightings[i]->text->hash, t->hash))
			return true;
	return false;
}

/* Counts a flip of the page within the last 24 h. */
static int flip(struct judging *j, struct j_posting *p)
{
	usec_t *flips = arena_alloc(j->a, (p->flips_n + 1) * sizeof(*flips));
	size_t n = 0;

	for (size_t i = 0; i < p->flips_n; i++)
		if (j->t - p->flips[i] < FLIP_WINDOW)
			flips[n++] = p->flips[i];
	flips[n++] = j->t;
	p->flips = flips;
	p->flips_n = n;
	p->dirty = true;
	return (int)n;
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
	if (carried_version(p, x->version) && carried_text(p, x->text)) {
		x->flips = flip(j, p);
		return x->flips < FLIP_QUIET ? "reverted" : NULL;
	}
	*back = j_before(x->version, leaves);
	return "caught_up";
}

/* A page that opened a version of this story went back to v. */
static void go_back(struct judging *j, const struct j_story *s,
    const struct j_posting *p, struct j_version *v,
    const struct j_version *leaves, usec_t lead)
{
	bool opener = false;

	for (size_t i = 0; i < s->versions_n; i++)
		opener |= hash128_eq(s->versions[i]->url_key, p->url_key);
	if (!opener || (!j_before(v, leaves) && !carried_version(p, v)))
		return;
	j_add_return(j->a, v, (struct j_return){j->t, lead, p->url_key, true});
	v->dirty = true;
}

static usec_t effective_at(const struct judging *j, usec_t first,
    usec_t before_last)
{
	usec_t said = occurred(j);

	if (said == TIME_NONE)
		said = first;
	return sooner(first, later(said, before_last));
}

static struct j_posting *posting_get(struct judging *j, struct j_story *s,
    const struct verdict *v)
{
	struct j_posting *p = j_posting_find(s, j->page->url_key);

	if (p)
		return p;
	p = arena_zalloc(j->a, 1, sizeof(*p));
	*p = (struct j_posting){.home = s->id, .url_key = j->page->url_key,
	    .host_key = j->page->host_key, .outlet_id = j->page->outlet_id,
	    .url = j->page->url, .external_id = j->page->external_id,
	    .status = POSTING_NEW, .fresh = true, .score = v->match.score,
	    .reason = arena_printf(j->a, "%s", v->match.reason)};
	j_add_posting(j->a, s, p);
	return p;
}

/* What a live page's stretch does between two versions. */
static bool live_grows(struct judging *j, struct j_story *s,
    struct j_posting *p)
{
	struct j_sighting *x = last_of(p);

	if (j->art->kind != KIND_LIVE || p->status != POSTING_LIVE ||
	    !hash128_eq(x->version->url_key, p->url_key) ||
	    j->t - x->version->first >= LIVE_GAP)
		return false;
	x->text = j->T;
	x->pending = true;
	x->changed = j->t;
	see_again(j, x);
	know_text(j, s, x->version, false);
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

struct change {
	usec_t first, effective;
	bool stealth, opens, back;
	enum posting_status was;
	struct j_sighting *before; /* P's last in this story */
	struct j_story *left;
	struct slice note_before;
	const char *rule;
};

static struct j_sighting *sighting_new(struct judging *j, struct j_version *v,
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
		if (tell(j, e))
			return -1;
	}
	if (!ch->opens)
		return bring_note(j, s, v, ch->note_before);
	if (v->number == 1)
		return 0;
	e.kind = change_kind_name(v->kind);
	e.back = false;
	e.left = 0;
	if (v->kind == CHANGE_CORRECTED)
		e.note = v->note;
	return tell(j, e);
}

/* Puts T on P's record: rules 4 and 5. force: T opens a version. */
static int record(struct judging *j, struct j_story *s, struct j_posting *p,
    struct change *ch, bool force)
{
	bool alone = !others_live(s, p, 0);
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
	v = ch->opens ? open_version(j, s, ch->first, ch->before,
	    ch->effective, ch->stealth) : r.version;
	x = sighting_new(j, v, ch);
	kind = page_event(j, p, ch->was, x, ch->opens, &ch->back);
	if (!ch->opens && ch->before && ch->before->version != v)
		go_back(j, s, p, v, ch->before->version, ch->effective);
	head = j_head(s);
	ch->note_before = ch->before ? ch->before->note :
	    head ? head->note : SLICE_NONE;
	j_add_sighting(j->a, p, x);
	if (ch->was != POSTING_LIVE)
		j_add_span(j->a, p, (struct j_span){ch->first, TIME_NONE,
		    TIME_NONE, true});
	p->status = POSTING_LIVE;
	p->dirty = true;
	seen(v, j->t);
	know_text(j, s, v, ch->opens);
	if (j->io->carried(j->io->self, j->page, s, j->T, j->err))
		return -1;
	if (tell_change(j, s, x, ch, kind))
		return -1;
	if (kind && !strcmp(kind, "restored") && s->status == STORY_WITHDRAWN &&
	    (p->outlet_id == s->outlet_id || alone)) {
		s->status = STORY_LIVE;
		return tell(j, (struct j_event){.kind = "restored", .story = s,
		    .version = number_of(j_head(s)), .occurred = TIME_NONE,
		    .headline = j->T->title});
	}
	return 0;
}

static int mark_for_rule_4(struct judging *j, const struct j_story *s,
    const struct j_sighting *last)
{
	size_t from = j->marks.n;
	int64_t o = j->page->outlet_id;

	mark_story(j, s);
	if (last) {
		marks_add(&j->marks, j->a, last->text, o);
		marks_add(&j->marks, j->a, last->version->text, o);
	}
	return marks_load(&j->marks, from, j->io, j->a, j->err);
}

/* P shows another text than it carries. */
static int change(struct judging *j, struct j_story *own)
{
	struct j_page *page = j->page;
	struct j_posting *p = own ? j_posting_find(own, page->url_key) : NULL;
	struct j_sighting *shown = last_of(p);
	struct verdict v = {0};
	struct change ch = {.first = j->t};
	bool live;

	if (page->held_at != TIME_NONE &&
	    hash128_eq(page->held_hash, j->T->hash))
		ch.first = page->held_at;
	page->held_at = TIME_NONE;
	page->dirty = true;
	page->changed = true;
	if (rule_3(j, own, &v, &ch.left))
		return -1;
	j->out->story = v.story;
	p = posting_get(j, v.story, &v);
	if (live_grows(j, v.story, p))
		return 0;
	live = live_opens(j, v.story, p);
	ch.stealth = shown && j->updated != TIME_NONE &&
	    j->updated == page->updated &&
	    !hash128_eq(shown->text->hash, j->T->hash);
	ch.effective = effective_at(j, ch.first,
	    shown ? shown->last : TIME_NONE);
	if (mark_for_rule_4(j, v.story, last_of(p)))
		return -1;
	if (record(j, v.story, p, &ch, live))
		return -1;
	page->updated = j->updated;
	return 0;
}

/* A live page came to its end: the text it kept opens a version. */
static bool live_ended(const struct judging *j, const struct j_sighting *x)
{
	return x->pending && (j->art->kind != KIND_LIVE ||
	    j->t - x->changed >= LIVE_END ||
	    j->t - x->version->first >= LIVE_GAP);
}

static int live_end(struct judging *j, struct j_story *s, struct j_posting *p)
{
	struct j_sighting *x = last_of(p);
	struct change ch = {.first = j->t};

	ch.effective = effective_at(j, j->t, x->last);
	x->pending = false;
	x->dirty = true;
	if (mark_for_rule_4(j, s, x) || record(j, s, p, &ch, true))
		return -1;
	j->page->updated = j->updated;
	j->page->dirty = j->page->changed = true;
	return 0;
}

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
	if (mark_for_rule_4(j, s, was))
		return -1;
	r = rule_4(s, &past, was, was && !gone, j->T, j->updated, &j->marks,
	    j->a);
	ch.rule = j->out->rule = r.rule;
	ch.opens = !r.version;
	v = r.version;
	if (ch.opens) {
		v = open_version(j, s, j->t, was, effective_at(j, j->t,
		    was ? was->last : TIME_NONE), false);
		kind = change_kind_name(v->kind);
	} else {
		seen(v, j->t);
		if (was && v != was->version)
			kind = carried_version(&past, v) &&
			    carried_text(&past, j->T) ? "reverted" : "caught_up";
	}
	if (!was && p->spans_n)
		span_from(p, p->spans[0].from, j->t);
	x = sighting_new(j, v, &ch);
	j_add_sighting(j->a, p, x);
	p->dirty = true;
	know_text(j, s, v, false);
	if (!kind)
		return 0;
	return tell(j, (struct j_event){.kind = kind, .story = s,
	    .page = j->page, .version = v->number, .occurred = j->updated,
	    .late = true, .headline = j->T->title});
}

/* Judged against what the page carried then. */
static int late(struct judging *j, struct j_story *s, struct j_posting *p)
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
		seen(was->version, j->t);
		return 0;
	}
	if (then && (!was || was->last < j->t) &&
	    hash128_eq(then->text->hash, j->T->hash)) {
		span_from(p, then->first, j->t);
		then->first = j->t;
		then->dirty = true;
		seen(then->version, j->t);
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
static int late_story(struct judging *j, struct j_story *own,
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
	if (verdict(j, own, &v))
		return -1;
	if (v.story && is_late(j, j_posting_find(v.story, j->page->url_key)))
		*s = v.story;
	return 0;
}

/* ---- one capture ---------------------------------------------------------------- */

static bool is_miss(enum outcome o)
{
	return o == OUTCOME_GONE || o == OUTCOME_KILLED ||
	    o == OUTCOME_EMPTIED || o == OUTCOME_NOINDEX ||
	    o == OUTCOME_TO_FRONT;
}

/* 304: the text of the last fetch, seen again. */
static int unchanged(struct judging *j, struct j_story *own)
{
	struct j_posting *p = own ? j_posting_find(own, j->page->url_key) : NULL;

	j->out->rule = "1";
	if (p && p->status == POSTING_LIVE && j->t >= last_of(p)->last) {
		j->page->missed_at = TIME_NONE;
		j->page->dirty = true;
		see_again(j, last_of(p));
	}
	return 0;
}

static int with_text(struct judging *j, struct j_story *own)
{
	struct j_page *page = j->page;
	struct j_posting *p = own ? j_posting_find(own, page->url_key) : NULL;
	struct j_story *s;

	marks_add(&j->marks, j->a, j->T, page->outlet_id);
	if (marks_load(&j->marks, 0, j->io, j->a, j->err) ||
	    late_story(j, own, &s))
		return -1;
	if (s) {
		j->out->story = s;
		return late(j, s, j_posting_find(s, page->url_key));
	}
	page->missed_at = TIME_NONE;
	page->dirty = true;
	if (p && p->status == POSTING_LIVE &&
	    hash128_eq(last_of(p)->text->hash, j->T->hash) &&
	    !j->art->truncated)
		return live_ended(j, last_of(p)) ? live_end(j, own, p) :
		    rule_1(j, own, p);
	if (rule_2(j, p))
		return 0;
	return change(j, own);
}

int judge_capture(const struct judge_io *io, struct arena *a,
    struct j_page *page, const struct judge_input *in,
    struct judge_result *out, struct err *err)
{
	struct judging j = {.io = io, .a = a, .page = page, .c = in->capture,
	    .art = in->text ? in->capture->article : NULL, .T = in->text,
	    .t = in->at, .updated = TIME_NONE, .created = TIME_NONE,
	    .out = out, .err = err};
	struct j_story *own = NULL;
	int rc = 0;

	*out = (struct judge_result){.rule = "-"};
	page->changed = false;
	if (j.art) {
		j.updated = time_of(&j.art->updated);
		j.created = time_of(&j.art->created);
		if (j.art->note.n)
			j.note = j.art->note;
	}
	if (page->story_id) {
		own = io->story(io->self, page->story_id, err);
		if (!own)
			return -1;
		out->story = own;
	}
	if (in->text)
		rc = with_text(&j, own);
	else if (in->capture->outcome == OUTCOME_UNCHANGED)
		rc = unchanged(&j, own);
	else if (is_miss(in->capture->outcome))
		rc = rule_0(&j, own);
	if (out->story) {
		out->story->dirty = true;
		out->story->visited = later(out->story->visited, j.t);
	}
	if (own && own != out->story)
		own->visited = later(own->visited, j.t);
	return rc;
}
