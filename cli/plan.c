/* What visits teach, and when pages are visited next. */
#include "cli/plan.h"

#include "crawler/schedule.h"

#include <stdlib.h>
#include <string.h>

struct plan {
	struct batch *batch;
	struct outlet_habit {
		int64_t outlet_id;
		struct habit stored;
		struct expect_sums sums;
		struct expect_curve curve; /* as it was before the batch */
		double allowed; /* requests an hour */
		usec_t last;	/* latest visit */
	} *outlets;
	size_t n, cap;
};

struct plan *plan_new(struct batch *b)
{
	struct plan *p = xcalloc(1, sizeof(*p));

	p->batch = b;
	return p;
}

void plan_free(struct plan *p)
{
	if (!p)
		return;
	free(p->outlets);
	free(p);
}

/* ---- outlets ------------------------------------------------------------------- */

static int outlet_of(struct plan *p, int64_t id, struct outlet_habit **out,
    struct err *err)
{
	struct outlet_habit *o;

	for (size_t i = 0; i < p->n; i++)
		if (p->outlets[i].outlet_id == id) {
			*out = &p->outlets[i];
			return 0;
		}
	GROW(p->outlets, p->n, p->cap);
	o = &p->outlets[p->n];
	*o = (struct outlet_habit){.outlet_id = id, .last = TIME_NONE};
	if (batch_habit(p->batch, id, EXPECT_SUMS, &o->stored, err))
		return -1;
	memcpy(o->sums.v, o->stored.sums, sizeof(o->sums.v));
	expect_curve_of(&o->sums, &o->curve);
	p->n++;
	*out = o;
	return 0;
}

static void count_request(struct outlet_habit *o, const struct item *it,
    usec_t at)
{
	o->stored.requests++;
	o->allowed = it->allowed;
	if (o->stored.since == TIME_NONE)
		o->stored.since = at;
	if (at > o->last)
		o->last = at;
}

/* Once an hour the threshold follows the requests. */
static void settle(struct outlet_habit *o)
{
	usec_t span = o->last - o->stored.since;

	if (span < USEC_HOUR)
		return;
	o->stored.threshold = schedule_threshold(o->stored.threshold,
	    (double)o->stored.requests * (double)USEC_HOUR / (double)span,
	    o->allowed);
	o->stored.requests = 0;
	o->stored.since = o->last;
}

int plan_save(struct plan *p, struct err *err)
{
	for (size_t i = 0; i < p->n; i++) {
		struct outlet_habit *o = &p->outlets[i];

		settle(o);
		expect_fade(&o->sums);
		memcpy(o->stored.sums, o->sums.v, sizeof(o->sums.v));
		if (batch_habit_save(p->batch, o->outlet_id, &o->stored, err))
			return -1;
	}
	return 0;
}

/* ---- pages ------------------------------------------------------------------------ */

static struct expect_past past_of(const struct page_row *row)
{
	return (struct expect_past){
	    .born = row->born_at != TIME_NONE ? row->born_at : row->enrolled_at,
	    .looked_at = row->looked_at,
	    .changed_at = row->changed_after != TIME_NONE ? row->changed_at :
	    TIME_NONE, .changed_after = row->changed_after,
	    .expected = row->expected, .changes = row->revised};
}

static bool usable(const struct pubtime *t, usec_t at)
{
	return t->at != TIME_NONE && !t->day_only && t->at < at;
}

/* Would the visit have shown a change? What is held or missed says nothing
 * before it is confirmed. */
static bool tells(enum outcome o, const struct judge_result *res)
{
	return o != OUTCOME_HTTP_ERROR && o != OUTCOME_FETCH_ERROR &&
	    o != OUTCOME_REFUSED && o != OUTCOME_TRUNCATED && !res->held &&
	    !res->missed;
}

static bool of_story(const struct item *it, const struct page_row *row)
{
	enum outcome o = it->capture.outcome;

	return row->image->story_id &&
	    (o == OUTCOME_ARTICLE || o == OUTCOME_UNCHANGED);
}

static void take_in(struct outlet_habit *o, const struct item *it,
    const struct page_row *row, usec_t at, struct expect_past *past)
{
	const struct article *a = it->capture.article;
	bool changed = row->image->changed && past->looked_at != TIME_NONE;
	struct expect_sums none = {0};

	if (a && usable(&a->created, past->born))
		past->born = a->created.at;
	expect_learn(&o->curve, past, at, changed,
	    of_story(it, row) ? &o->sums : &none);
	if (changed && a && usable(&a->updated, at) &&
	    a->updated.at > past->changed_after)
		past->changed_after = a->updated.at;
}

static void keep(struct page_row *row, const struct expect_past *past)
{
	row->born_at = past->born;
	row->looked_at = past->looked_at;
	row->changed_after = past->changed_after;
	row->expected = past->expected;
	row->revised = past->changes;
}

static bool is_kind(const struct item *it, const char *kind)
{
	return it->kind && !strcmp(it->kind, kind);
}

/* A list, or what is taken for one until another visit says otherwise. */
static bool lists(const struct item *it)
{
	enum outcome o = it->capture.outcome;

	return it->unfed || (is_kind(it, "feed") && (o == OUTCOME_LINKS ||
	    o == OUTCOME_UNCHANGED || o == OUTCOME_NO_ARTICLE));
}

/* TDM_RESERVED is read before it is refused. */
static enum schedule_forbidden forbidden(const struct capture *c)
{
	if (c->outcome != OUTCOME_ROBOTS || c->err.code != E_ROBOTS_DISALLOWED)
		return FORBIDDEN_NOT;
	return c->forbidden ? FORBIDDEN_BY_RULE : FORBIDDEN_UNKNOWN;
}

int plan_next(struct plan *p, const struct item *it,
    const struct judge_result *res, struct record *rec, struct err *err)
{
	const struct capture *c = &it->capture;
	struct expect_past past = past_of(rec->page);
	struct outlet_habit *o;
	enum schedule_reason why;
	struct schedule_input in = {
		.now = rec->at,
		.url_key = c->url_key,
		.every = it->every,
		.feed = lists(it),
		.front = is_kind(it, "source"),
		.first_seen = rec->page->enrolled_at,
		.past = &past,
		.failures = (int)rec->page->failures,
		.outcome = c->outcome,
		.forbidden = forbidden(c),
		.confirm = res->held || res->missed,
		.gone = c->outcome == OUTCOME_GONE && !res->missed,
	};

	if (outlet_of(p, it->outlet_id, &o, err))
		return -1;
	count_request(o, it, rec->at);
	if (tells(c->outcome, res) && !in.forbidden && !it->kind)
		take_in(o, it, rec->page, rec->at, &past);
	keep(rec->page, &past);
	in.curve = &o->curve;
	in.threshold = o->stored.threshold;
	rec->next_fetch = schedule_next(&in, &why);
	rec->interval = rec->next_fetch == TIME_NONE ? 0 :
	    rec->next_fetch - rec->at;
	rec->reason = schedule_reason_name(why);
	return 0;
}
