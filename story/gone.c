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
    bool parted, const usec_t *gone, const struct j_sighting *then)
{
	struct j_span *before = span_before(p, j->t);
	struct j_span *next = span_after(p, before);

	if (before && !parted) {
		end_at(before, j->t);
	} else if (then && !gone && next) {
		next->from = j->t;
		next->dirty = true;
		return next;
	} else {
		j_add_span(j->a, p, (struct j_span){j->t, j->t, TIME_NONE,
		    true});
		before = span_before(p, j->t);
	}
	return before;
}

/* The text that came late is on the record, between was and then: since when, and
 * until when, was the posting live? */
int j_live_around(struct judging *j, struct j_story *s, struct j_posting *p,
    const struct j_sighting *x, const struct j_sighting *then, bool parted,
    const struct j_gap *gap)
{
	const usec_t *gone = j_gone_after(gap, j->t);
	struct j_span *span = span_before(p, j->t), *next;
	bool was_live = is_in(span, j->t);

	if (!was_live)
		span = open_around(j, p, parted, gone, then);
	next = span_after(p, span);
	if (gone && then) {
		cut(j, p, span, gone[1], then->first);
		return was_live ? 0 : tell_gone(j, s, x, gone);
	}
	if (then) {
		if (span->to != TIME_NONE && next && next->from <= then->first &&
		    (gap->after == TIME_NONE || gap->after >= then->first))
			join_next(j, p, span);
		return 0;
	}
	if (p->status != POSTING_GONE || !gap->misses_n)
		return 0;
	/* It was told as gone, and stays so; what is left of its misses may be
	 * one, which another confirms or a text ends. */
	j->page->missed_at = gone ? gone[0] : gap->misses[gap->misses_n - 1];
	j->page->dirty = true;
	end_at(span, gone ? gone[1] : j->page->missed_at);
	return 0;
}

/* Told as gone though one miss alone is left of two: a text came between. */
bool j_gone_in_doubt(const struct j_page *page, const struct j_posting *p)
{
	return p && p->status == POSTING_GONE && p->spans_n &&
	    page->missed_at != TIME_NONE &&
	    page->missed_at == p->spans[p->spans_n - 1].to;
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

/* The page's record at t, and its place in it. */
static struct j_posting *record_at(const struct j_story *s,
    struct hash128 url_key, usec_t t, size_t *at)
{
	for (size_t i = 0; i < s->postings_n; i++) {
		struct j_posting *p = s->postings[i];

		if (!hash128_eq(p->url_key, url_key))
			continue;
		for (size_t k = p->sightings_n; k > 0; k--)
			if (p->sightings[k - 1]->first <= t &&
			    t <= p->sightings[k - 1]->last) {
				*at = k - 1;
				return p;
			}
	}
	return NULL;
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
	struct j_sighting *was = p->sightings[at], *then;

	if (was->last > j->t && j_split_stretch(j, p, was))
		return -1;
	then = at + 1 < p->sightings_n ? p->sightings[at + 1] : NULL;
	if (then)
		cut(j, p, span, gap->misses[1], then->first);
	else
		end_at(span, gap->misses[1]);
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
	struct j_story *s = own;
	struct j_posting *p = NULL;
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
	if (s)
		p = record_at(s, j->page->url_key, gap.before, &at);
	if (!p) {
		if (j->io->story_at(j->io->self, j->page, gap.before, &s,
		    j->err))
			return -1;
		p = s ? record_at(s, j->page->url_key, gap.before, &at) : NULL;
	}
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
