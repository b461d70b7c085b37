/*
 * What a capture does: one that has no text (rules 0 to 2 of timeline.md), and
 * the order of the rules.
 */
#include "story/judging.h"

usec_t j_time_of(const struct pubtime *t)
{
	return t->day_only ? TIME_NONE : t->at;
}

void j_seen(struct j_version *v, usec_t t)
{
	v->first = sooner(v->first, t);
	v->last = later(v->last, t);
	v->effective = sooner(v->effective, v->first);
	v->dirty = true;
}

int j_tell(struct judging *j, struct j_event e)
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
bool j_others_live(const struct j_story *s, const struct j_posting *p,
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

int j_number_of(const struct j_version *v)
{
	return v ? v->number : 0;
}

void j_end_span(struct j_posting *p, enum posting_status how, usec_t t)
{
	struct j_span *span = &p->spans[p->spans_n - 1];

	p->status = how;
	p->dirty = true;
	span->to = t;
	span->dirty = true;
}

int j_withdraw(struct judging *j, struct j_story *s, struct j_posting *p)
{
	bool killed = j->c->outcome == OUTCOME_KILLED &&
	    p->outlet_id == s->outlet_id;
	bool soon = killed || j->page->missed_at - newest(s) <= J_SOON;
	struct j_sighting *x = last_of(p);
	bool led;

	j_end_span(p, POSTING_GONE, j->t);
	j->page->held_at = TIME_NONE;
	if (j_tell(j, (struct j_event){.kind = "withdrawn", .story = s,
	    .page = j->page, .version = x->version->number,
	    .occurred = TIME_NONE, .headline = x->text->title,
	    .reason = killed ? "killed" : soon ? NULL : "expired"}))
		return -1;
	led = p->outlet_id == s->outlet_id && !j_others_live(s, p, s->outlet_id);
	if (s->status != STORY_LIVE || !soon ||
	    !(killed || led || !j_others_live(s, p, 0)))
		return 0;
	s->status = STORY_WITHDRAWN;
	return j_tell(j, (struct j_event){.kind = "withdrawn", .story = s,
	    .version = j_number_of(j_head(s)), .occurred = TIME_NONE,
	    .headline = x->text->title, .reason = killed ? "killed" : NULL});
}

static int rule_0(struct judging *j, struct j_story *s)
{
	struct j_posting *p = s ? j_posting_find(s, j->page->url_key) : NULL;

	j->out->rule = "0";
	if (j->page->seen != TIME_NONE && j->t < j->page->seen)
		return j_late_miss(j, s);
	if (!p || p->status != POSTING_LIVE)
		return 0;
	if (j->page->missed_at == TIME_NONE) {
		j->page->missed_at = j->t;
		j->page->dirty = true;
		j->out->missed = true;
		return 0;
	}
	j->page->dirty = true;
	return j_withdraw(j, s, p);
}

/* ---- rule 1 --------------------------------------------------------------- */

/* A page brings a correction note to a version that has none. */
int j_bring_note(struct judging *j, struct j_story *s,
    struct j_version *v, struct slice before)
{
	if (!text_note_corrects(j->note) ||
	    (before.p && slice_eq(j->note, before)) ||
	    text_note_corrects(v->note))
		return 0;
	v->note = j->note;
	v->kind = CHANGE_CORRECTED;
	v->dirty = true;
	return j_tell(j, (struct j_event){.kind = "corrected", .story = s,
	    .page = j->page, .version = v->number, .occurred = occurred(j),
	    .headline = j->T->title, .note = j->note});
}

void j_see_again(struct judging *j, struct j_sighting *x)
{
	x->last = later(x->last, j->t);
	x->dirty = true;
	j_seen(x->version, j->t);
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
	if (j->page->held_at < j->t)
		j->page->held_at = TIME_NONE;
	j->page->dirty = true;
	j_see_again(j, x);
	return j_bring_note(j, s, x->version, before);
}

/* ---- rule 2 --------------------------------------------------------------- */

/* Is T the beginning of what P carries, and less than half of it? */
static bool beginning(const struct text *t, const struct text *now)
{
	return slice_starts(now->body, t->body) && t->words_n * 2 < now->words_n;
}

bool j_is_cut(const struct judging *j, const struct j_sighting *x)
{
	return j->art->truncated || (x && beginning(j->T, x->text));
}

bool j_hold(struct judging *j)
{
	j->out->rule = "2-held";
	j->out->held = true;
	return true;
}

/* True while T is held until a second fetch confirms it. */
static bool rule_2(struct judging *j, const struct j_posting *p)
{
	const struct j_sighting *x = p && p->status == POSTING_LIVE ?
	    last_of(p) : NULL;

	if (!j_is_cut(j, x))
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
	return j_hold(j);
}

/* ---- one capture ---------------------------------------------------------------- */

static bool is_miss(enum outcome o)
{
	return o == OUTCOME_GONE || o == OUTCOME_KILLED ||
	    o == OUTCOME_EMPTIED || o == OUTCOME_NOINDEX ||
	    o == OUTCOME_TO_FRONT;
}

/* The text ends those that were fetched before it. */
static void end_misses(struct judging *j)
{
	if (j->page->missed_at < j->t)
		j->page->missed_at = TIME_NONE;
	j->page->dirty = true;
}

/* 304: the text of the last fetch, seen again. */
static int unchanged(struct judging *j, struct j_story *own)
{
	struct j_posting *p = own ? j_posting_find(own, j->page->url_key) : NULL;

	j->out->rule = "1";
	if (p && p->status == POSTING_LIVE && j->t >= last_of(p)->last) {
		end_misses(j);
		j_see_again(j, last_of(p));
		return j_misses_since(j, own);
	}
	return 0;
}

/* Not older than what its page showed. */
static int in_order(struct judging *j, struct j_story *own,
    struct j_posting *p)
{
	bool same = p && !j->art->truncated && p->status == POSTING_LIVE &&
	    hash128_eq(last_of(p)->text->hash, j->T->hash);

	end_misses(j);
	if (same)
		return j_live_ended(j, last_of(p)) ? j_live_end(j, own, p) :
		    rule_1(j, own, p);
	if (rule_2(j, p))
		return 0;
	return j_change(j, own);
}

static int with_text(struct judging *j, struct j_story *own)
{
	struct j_page *page = j->page;
	struct j_posting *p = own ? j_posting_find(own, page->url_key) : NULL;
	bool late;

	marks_add(&j->marks, j->a, j->T, page->outlet_id);
	if (marks_load(&j->marks, 0, j->io, j->a, j->err) ||
	    j_late(j, own, &late))
		return -1;
	if (late)
		return 0;
	if (in_order(j, own, p))
		return -1;
	return j_misses_since(j, j->out->story);
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
		j.updated = j_time_of(&j.art->updated);
		j.created = j_time_of(&j.art->created);
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
