/*
 * Withdrawals whose captures come in another order than they were fetched (rule
 * 0; timeline.md, "Times and order"). What the fetches between two texts of a page
 * tell is the same in any order: two misses end the stretch before them. So it is
 * asked of the captures, and the record is mended by what they answer.
 */
#include "story/judging.h"

/* ---- stretches in which the posting was live -------------------------------------- */

/* The latest that began at or before t, or NULL. */
static struct j_span *span_before(struct j_posting *p, usec_t t)
{
	struct j_span *s = NULL;

	for (size_t i = 0; i < p->spans_n && p->spans[i].from <= t; i++)
		s = &p->spans[i];
	return s;
}

static bool is_in(const struct j_span *s, usec_t t)
{
	return s && s->from <= t && (s->to == TIME_NONE || t < s->to);
}

static struct j_span *span_after(struct j_posting *p, const struct j_span *s)
{
	size_t next = s ? (size_t)(s - p->spans) + 1 : 0;

	return next < p->spans_n ? &p->spans[next] : NULL;
}

static void end_at(struct j_span *s, usec_t t)
{
	s->dirty |= s->to != t;
	s->to = t;
}

/* s ends at t; what it had from `from` on is another. */
static void cut(struct judging *j, struct j_posting *p, struct j_span *s,
    usec_t t, usec_t from)
{
	usec_t to = s->to;

	end_at(s, t);
	if (to == TIME_NONE || to > from)
		j_add_span(j->a, p, (struct j_span){from, to, TIME_NONE, true});
}

/* s goes on: what follows it is part of it. */
static void join_next(struct judging *j, struct j_posting *p, struct j_span *s)
{
	struct j_span *next = span_after(p, s);
	size_t rest = p->spans_n - (size_t)(next - p->spans) - 1;

	end_at(s, next->to);
	j->io->drop_span(j->io->self, p, next->from_stored);
	memmove(next, next + 1, rest * sizeof(*next));
	p->spans_n--;
}

/* ---- what the misses tell ------------------------------------------------------------ */

static size_t misses_before(const struct j_gap *gap, usec_t t)
{
	size_t n = 0;

	while (n < gap->misses_n && gap->misses[n] < t)
		n++;
	return n;
}

/* Between the stretch and t: two misses, or texts that were another story's; of
 * captures that are kept no longer the record tells. */
bool j_parted(const struct j_posting *p, const struct j_sighting *was,
    const struct j_gap *gap, usec_t t)
{
	if (misses_before(gap, t) >= 2)
		return true;
	for (size_t i = 0; i < p->spans_n; i++)
		if (p->spans[i].to != TIME_NONE && was->last <= p->spans[i].to &&
		    p->spans[i].to <= t && (gap->before == TIME_NONE ||
		    gap->before >= p->spans[i].to))
			return true;
	return false;
}

/* The misses behind t, if there are two: it was gone from the second on. */
const usec_t *j_gone_after(const struct j_gap *gap, usec_t t)
{
	size_t n = misses_before(gap, t);

	return gap->misses_n >= n + 2 ? gap->misses + n : NULL;
}

/* The page's going in the past, which changes nothing of today. */
static int tell_gone(struct judging *j, struct j_story *s,
    const struct j_sighting *x, const usec_t *misses)
{
	usec_t newest = TIME_NONE;
	struct j_event e = {.kind = "withdrawn", .story = s, .page = j->page,
	    .version = x->version->number, .occurred = TIME_NONE,
	    .observed = misses[1], .late = true, .headline = x->text->title};

	for (size_t i = 0; i < s->versions_n; i++)
		if (s->versions[i]->effective <= misses[0])
			newest = later(newest, s->versions[i]->effective);
	if (newest != TIME_NONE && misses[0] - newest > J_SOON)
		e.reason = "expired";
	if (j->c->outcome == OUTCOME_KILLED && j->page->outlet_id == s->outlet_id)
		e.reason = "killed";
	return j->io->tell(j->io->self, &e, j->err);
}

/* ---- a late text ----------------------------------------------------------------------- */

/* Outside of all: it is one of its own, or one of those beside it is longer. */
static struct j_span *open_around(struct judging *j, struct j_posting *p,
    const usec_t *gone, const struct j_place *at)
{
	struct j_span *before = span_before(p, j->t);
	struct j_span *next = span_after(p, before);
	usec_t end = at->until == TIME_NONE ? j->t : at->until;

	if (before && !at->parted) {
		end_at(before, end);
	} else if (at->then && !gone && at->until == TIME_NONE && next) {
		next->from = j->t;
		next->dirty = true;
		return next;
	} else {
		j_add_span(j->a, p, (struct j_span){j->t, end, TIME_NONE,
		    true});
		before = span_before(p, j->t);
	}
	return before;
}

/* It was told as gone by two misses, and a text stands between them: it was not.
 * That is no event of the text, but takes back what was told. */
static int take_back(struct judging *j, struct j_story *s, struct j_posting *p,
    const struct j_gap *gap)
{
	bool alone = !j_others_live(s, p, 0);
	size_t n = misses_before(gap, j->t);
	usec_t t = j->t;
	int rc;

	j->t = p->spans[p->spans_n - 1].to;
	j_end_span(p, POSTING_LIVE, TIME_NONE);
	if (gap->after == TIME_NONE) {
		j->page->missed_at = n < gap->misses_n ? gap->misses[n] :
		    TIME_NONE;
		j->page->dirty = true;
		j->out->missed = n < gap->misses_n;
	}
	rc = j_tell(j, (struct j_event){.kind = "restored", .story = s,
	    .page = j->page, .version = last_of(p)->version->number,
	    .occurred = TIME_NONE, .headline = last_of(p)->text->title});
	if (!rc)
		rc = j_story_returns(j, s, p, alone);
	j->t = t;
	return rc;
}

/* The text that came late is on the record, between was and then: since when, and
 * until when, was the posting live? */
int j_live_around(struct judging *j, struct j_story *s, struct j_posting *p,
    const struct j_sighting *x, const struct j_place *at)
{
	const struct j_gap *gap = &at->gap;
	const usec_t *gone = j_gone_after(gap, j->t);
	struct j_span *span = span_before(p, j->t), *next;
	bool was_live = is_in(span, j->t);
	usec_t end; /* of the gap, on the record */

	if (!was_live)
		span = open_around(j, p, gone, at);
	next = span_after(p, span);
	/* the record may go on with a fetch that was held */
	end = at->then ? at->then->first : next ? next->from : TIME_NONE;
	if (gone && end != TIME_NONE) {
		cut(j, p, span, gone[1], end);
		return was_live ? 0 : tell_gone(j, s, x, gone);
	}
	if (end != TIME_NONE) {
		if (span->to != TIME_NONE && next && next->from <= end &&
		    (gap->after == TIME_NONE || gap->after >= end))
			join_next(j, p, span);
		return 0;
	}
	if (p->status != POSTING_GONE || !gap->misses_n ||
	    at->until != TIME_NONE)
		return 0;
	if (!gone)
		return take_back(j, s, p, gap);
	j->page->missed_at = gone[0];
	j->page->dirty = true;
	end_at(span, gone[1]);
	return 0;
}

void j_live_not(struct judging *j, struct j_posting *p, usec_t t, usec_t from)
{
	struct j_span *span = span_before(p, t);

	if (!is_in(span, t) || (span->to == TIME_NONE && from == TIME_NONE))
		return;
	cut(j, p, span, t, from == TIME_NONE ? span->to : from);
}

/* ---- a late miss ---------------------------------------------------------------------- */

static void add_miss(struct j_gap *gap, usec_t t)
{
	size_t i = misses_before(gap, t);

	if (i < gap->misses_n && gap->misses[i] == t)
		return;
	memmove(gap->misses + i + 1, gap->misses + i,
	    (gap->misses_n - i) * sizeof(*gap->misses));
	gap->misses[i] = t;
	gap->misses_n++;
}

/* The page's record of s at t, and the place of its last stretch by then in it. */
static struct j_posting *record_at(const struct j_story *s,
    struct hash128 url_key, usec_t t, size_t *at)
{
	struct j_posting *best = NULL;

	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *p = s->postings[i];

		if (!hash128_eq(p->url_key, url_key))
			continue;
		for (size_t k = 0; k < p->sightings_n &&
		    p->sightings[k]->first <= t; k++)
			if (!best || best->sightings[*at]->first <
			    p->sightings[k]->first) {
				best = p;
				*at = k;
			}
	}
	return best;
}

/* The page's record at t: of a fetch that was held, what it carried then. */
static int find_record(struct judging *j, struct j_story *own, usec_t t,
    struct j_story **s, struct j_posting **p, size_t *at)
{
	*s = own;
	*p = own ? record_at(own, j->page->url_key, t, at) : NULL;
	if (*p && t <= (*p)->sightings[*at]->last)
		return 0;
	if (j->io->story_at(j->io->self, j->page, t, s, j->err))
		return -1;
	*p = *s ? record_at(*s, j->page->url_key, t, at) : NULL;
	return 0;
}

/* Its record ended, or was broken, between the two texts already. */
static int miss_again(struct judging *j, struct j_posting *p,
    struct j_span *span, const struct j_gap *gap)
{
	if (span->to > gap->misses[1])
		end_at(span, gap->misses[1]);
	p->dirty = true;
	if (p->status == POSTING_GONE && gap->after == TIME_NONE) {
		j->page->missed_at = gap->misses[0];
		j->page->dirty = true;
	}
	return 0;
}

/* Two misses between two texts that the record knows, told now. */
static int miss_between(struct judging *j, struct j_story *s,
    struct j_posting *p, size_t at, struct j_span *span,
    const struct j_gap *gap)
{
	struct j_sighting *was = p->sightings[at];

	if (was->last > j->t && j_split_stretch(j, p, was))
		return -1;
	/* the next text may be one that was held */
	cut(j, p, span, gap->misses[1], at + 1 < p->sightings_n ?
	    p->sightings[at + 1]->first : gap->after);
	p->dirty = true;
	return tell_gone(j, s, was, gap->misses);
}

/* One is not enough; nobody knows of a second, or of a text behind it. */
static int miss_once(struct judging *j, struct j_story *own,
    const struct j_gap *gap)
{
	const struct j_posting *p = own ? j_posting_find(own,
	    j->page->url_key) : NULL;

	if (gap->after == TIME_NONE && p && p->status == POSTING_LIVE) {
		j->page->missed_at = gap->misses[0];
		j->page->dirty = true;
		j->out->missed = true;
	}
	return 0;
}

int j_late_miss(struct judging *j, struct j_story *own)
{
	struct j_story *s;
	struct j_posting *p;
	struct j_span *span;
	struct j_gap gap;
	size_t at = 0;

	if (j->io->gap(j->io->self, j->page, j->t, &gap, j->err))
		return -1;
	add_miss(&gap, j->t);
	if (gap.before == TIME_NONE)
		return 0;
	if (gap.misses_n < 2)
		return miss_once(j, own, &gap);
	if (find_record(j, own, gap.before, &s, &p, &at))
		return -1;
	span = p ? span_before(p, gap.before) : NULL;
	if (!is_in(span, gap.before))
		return 0;
	s->dirty = true;
	if (span->to != TIME_NONE && (gap.after == TIME_NONE ||
	    span->to < gap.after))
		return miss_again(j, p, span, &gap);
	if (gap.after != TIME_NONE)
		return miss_between(j, s, p, at, span, &gap);
	j->page->missed_at = gap.misses[0];
	j->page->dirty = true;
	j->t = gap.misses[1];
	return p->status == POSTING_LIVE ? j_withdraw(j, s, p) : 0;
}

/* A text came behind misses that were fetched after it. */
int j_misses_since(struct judging *j, struct j_story *s)
{
	struct j_page *page = j->page;
	struct j_posting *p = s ? j_posting_find(s, page->url_key) : NULL;
	struct j_gap gap;

	if (!p || p->status != POSTING_LIVE || page->seen == TIME_NONE ||
	    j->t > page->seen)
		return 0;
	if (j->io->gap(j->io->self, page, j->t, &gap, j->err))
		return -1;
	if (gap.after != TIME_NONE || gap.misses_n == misses_before(&gap, j->t))
		return 0;
	page->missed_at = gap.misses[misses_before(&gap, j->t)];
	page->dirty = true;
	if (!j_gone_after(&gap, j->t))
		return 0;
	j->t = j_gone_after(&gap, j->t)[1];
	return j_withdraw(j, s, p);
}
