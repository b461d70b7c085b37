/*
 * Replays a month of an outlet (schedule_sim.py) under rivals' rules and ours,
 * each given as many requests as a rival makes at its published settings.
 *
 *	bench_schedule NAME < MONTH
 *
 * All find a page by the same feed, polled every five minutes, whose requests
 * count. A revision is missed when another replaced it before a visit; what is
 * seen was late by the time from the revision to the visit (or to the month's
 * end, if it still waits for one).
 */
#include "core/attr.h"
#include "crawler/schedule.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POLL (5 * USEC_MINUTE)

struct revision {
	usec_t at;
	bool listed; /* the feed's entry took a new time with it */
};

struct story {
	usec_t born;
	struct revision *revs;
	size_t n;
};

static struct story *stories;
static size_t stories_n, stories_cap, revs_total;
static usec_t month;

/* ---- rules ------------------------------------------------------------------- */

struct page {
	const struct story *story;
	size_t shown;	   /* revisions up to the last visit */
	usec_t at, due;	   /* last visit, next */
	usec_t found, changed; /* changed: last seen change, or found */
	double interval;   /* StormCrawler's, minutes */
	struct hash128 key;
	struct expect_past past;
};

struct world; /* of one replay */
struct rule {
	const char *name;
	usec_t (*next)(struct world *w, struct page *p, bool changed);
	double scale; /* what is varied to match requests */
	bool listing; /* goes by the times that the feed lists */
};

struct world {
	const struct rule *rule;
	struct page **heap, *pages;
	size_t heap_n;
	struct expect_curve curve;
	struct expect_sums sums;
	size_t learnt;
	/* what came of it */
	size_t requests, missed, seen, waiting; /* waiting: seen by nobody */
	double *late; /* of the seen, and of those that wait, to the end */
};

static usec_t minutes(double x)
{
	return (usec_t)(x * (double)USEC_MINUTE);
}

static usec_t fixed(struct world *w, struct page *p, bool changed)
{
	(void)changed;
	return p->at + minutes(w->rule->scale);
}

/* Scaled, a table's steps fall on all pages at once and requests jump: pages
 * are up to a tenth apart. At its published settings a rule has none of it. */
static double apart(const struct world *w, const struct page *p)
{
	return w->rule->scale == 1 ? 1 : .9 + .2 * p->key.b[0] / 255.;
}

/*
 * newsdiffs (github.com/ecprice/newsdiffs, website/frontend/management/
 * commands/scraper.py, get_update_delay): by the time since the last update,
 * or since it was found.
 */
static usec_t newsdiffs(struct world *w, struct page *p, bool changed)
{
	static const struct {
		double days, minutes;
	} table[] = {{.125, 15}, {1, 60}, {7, 180}, {30, 60 * 24 * 3},
	    {360, 60 * 24 * 30}};
	double days = (double)(p->at - p->changed) / (double)USEC_DAY;

	(void)changed;
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (days < table[i].days)
			return p->at + minutes(table[i].minutes *
			    w->rule->scale * apart(w, p));
	return TIME_NONE;
}

/*
 * StormCrawler's AdaptiveScheduler at its defaults, as its documentation has
 * them: a day at first (fetchInterval.default 1440), half as much again after
 * a visit without a change, half after one with (scheduler.adaptive.
 * fetchInterval.rate.incr, .decr: .5), between an hour and a week (.min 60,
 * .max 10080).
 */
static usec_t stormcrawler(struct world *w, struct page *p, bool changed)
{
	if (!p->interval)
		p->interval = 1440;
	else if (changed)
		p->interval = fmax(60, p->interval * .5);
	else
		p->interval = fmin(10080, p->interval * 1.5);
	return p->at + minutes(p->interval * w->rule->scale);
}

/* Sums become the curve now and then, as the crawl's batches do it. */
#define BATCH 500

static usec_t ours(struct world *w, struct page *p, bool changed)
{
	struct schedule_input in = {.now = p->at, .url_key = p->key,
	    .first_seen = p->found, .past = &p->past, .curve = &w->curve,
	    .threshold = w->rule->scale};
	enum schedule_reason why;

	if (p->at == p->found)
		p->past = (struct expect_past){.born = p->at,
		    .looked_at = p->at, .changed_at = TIME_NONE};
	expect_learn(&w->curve, &p->past, p->at, changed, &w->sums);
	if (++w->learnt % BATCH == 0) {
		expect_fade(&w->sums);
		expect_curve_of(&w->sums, &w->curve);
	}
	return schedule_next(&in, &why);
}

/* ---- replay ------------------------------------------------------------------ */

static bool before(const struct page *a, const struct page *b)
{
	return a->due < b->due || (a->due == b->due && a < b);
}

static void sink(struct world *w, size_t i)
{
	struct page *p = w->heap[i];

	for (size_t k; (k = 2 * i + 1) < w->heap_n; i = k) {
		if (k + 1 < w->heap_n && before(w->heap[k + 1], w->heap[k]))
			k++;
		if (!before(w->heap[k], p))
			break;
		w->heap[i] = w->heap[k];
	}
	w->heap[i] = p;
}

/* The next poll that shows a page which the feed lists from `at` on. */
static usec_t poll_after(usec_t at)
{
	return (at / POLL + 1) * POLL;
}

/* When the feed tells of a revision that is not yet seen; TIME_NONE: never. */
static usec_t told(const struct page *p)
{
	for (size_t i = p->shown; i < p->story->n; i++)
		if (p->story->revs[i].listed)
			return poll_after(p->story->revs[i].at);
	return TIME_NONE;
}

static void visit(struct world *w, struct page *p)
{
	const struct story *s = p->story;
	size_t now = p->shown;
	bool found = p->at == TIME_NONE;
	usec_t t;

	w->requests++;
	p->at = p->due;
	while (now < s->n && s->revs[now].at <= p->at)
		now++;
	if (found) { /* what came before is nobody's fault */
		p->found = p->changed = p->at;
	} else if (now > p->shown) {
		w->missed += now - p->shown - 1;
		w->late[w->seen++] = (double)(p->at - s->revs[now - 1].at);
		p->changed = p->at;
	}
	p->due = w->rule->next(w, p, !found && now > p->shown);
	p->shown = now;
	t = w->rule->listing ? told(p) : TIME_NONE;
	if (t != TIME_NONE && (p->due == TIME_NONE || t < p->due))
		p->due = t;
	if (p->due == TIME_NONE)
		p->due = INT64_MAX;
}

static void at_the_end(struct world *w)
{
	for (size_t i = 0; i < stories_n; i++) {
		struct page *p = &w->pages[i];

		if (p->at == TIME_NONE || p->shown == p->story->n)
			continue;
		w->missed += p->story->n - p->shown - 1;
		w->late[w->seen++] = (double)(month -
		    p->story->revs[p->story->n - 1].at);
		w->waiting++;
	}
}

static void replay(const struct rule *rule, struct world *w)
{
	*w = (struct world){.rule = rule,
	    .requests = (size_t)(month / POLL)};
	w->pages = calloc(stories_n, sizeof(*w->pages));
	w->heap = calloc(stories_n, sizeof(*w->heap));
	w->late = calloc(revs_total + 1, sizeof(*w->late));
	expect_curve_of(&w->sums, &w->curve);
	for (size_t i = 0; i < stories_n; i++) {
		struct page *p = &w->pages[i];

		*p = (struct page){.story = &stories[i], .at = TIME_NONE,
		    .due = poll_after(stories[i].born),
		    .key = hash128(&i, sizeof(i))};
		w->heap[w->heap_n++] = p; /* in order of birth: a heap */
	}
	while (w->heap[0]->due < month) {
		visit(w, w->heap[0]);
		sink(w, 0);
	}
	at_the_end(w);
}

static void end(struct world *w)
{
	free(w->pages);
	free(w->heap);
	free(w->late);
}

/* Varies the rule's scale until requests are within .5 %. */
static void match(struct rule *r, double low, double high, size_t requests,
    struct world *w)
{
	for (int i = 0; i < 40; i++) {
		r->scale = sqrt(low * high);
		replay(r, w);
		if (fabs((double)w->requests / (double)requests - 1) < .005)
			return;
		if (w->requests > requests)
			low = r->scale;
		else
			high = r->scale;
		if (i < 39)
			end(w);
	}
}

/* ---- the table --------------------------------------------------------------- */

struct result {
	size_t requests, missed;
	double median, p90;
};

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double quantile(const struct world *w, double q)
{
	return w->seen ? w->late[(size_t)(q * (double)(w->seen - 1))] /
	    (double)USEC_MINUTE : 0;
}

static struct result row(struct world *w)
{
	size_t all = w->missed + w->seen;
	struct result r = {.requests = w->requests, .missed = w->missed};

	qsort(w->late, w->seen, sizeof(*w->late), by_value);
	r.median = quantile(w, .5);
	r.p90 = quantile(w, .9);
	printf("  %-34s %8zu %6zu %5.1f%% %8.1f %8.1f %5zu  (%.4g)\n",
	    w->rule->name, r.requests, r.missed,
	    100. * (double)r.missed / (double)(all ? all : 1), r.median, r.p90,
	    w->waiting, w->rule->scale);
	end(w);
	return r;
}

static struct result matched(struct rule r, double low, double high,
    size_t requests)
{
	struct world w;

	match(&r, low, high, requests, &w);
	return row(&w);
}

/* Knows each revision's time: a visit at each, as far as requests go. */
static void clairvoyant(size_t requests)
{
	size_t spent = (size_t)(month / POLL) + stories_n, visits, missed;

	visits = requests > spent ? requests - spent : 0;
	missed = visits < revs_total ? revs_total - visits : 0;
	printf("  %-34s %8zu %6zu\n", "clairvoyant", spent +
	    (visits < revs_total ? visits : revs_total), missed);
}

/* The bars: 30 % fewer missed, half the median. */
static void against(const char *what, const struct result *peer,
    const struct result *us)
{
	double missed = (double)us->missed / (double)peer->missed;
	double median = us->median / peer->median;

	printf("  %s: missed %+.0f %% (%s), median %.2f of the best other's "
	    "(%s), %.2f of the gap to the clairvoyant closed\n", what,
	    100 * (missed - 1), missed <= .7 ? "met" : "NOT MET", median,
	    median <= .5 ? "met" : "NOT MET", 1 - missed);
}

static void table(const char *name, struct rule peer)
{
	struct result best, us, with;
	struct world w;

	printf("%s, as many requests as %s: minutes late\n"
	    "  %-34s %8s %6s %6s %8s %8s %5s  (setting)\n", name, peer.name, "",
	    "requests", "missed", "", "median", "p90", "left");
	replay(&peer, &w);
	best = row(&w);
	for (int i = 0; i < 3; i++) {
		struct rule others[] = {
		    {"fixed interval", fixed, 1, false},
		    {"newsdiffs' table, scaled", newsdiffs, 1, false},
		    {"StormCrawler's rule, scaled", stormcrawler, 1, false}};
		double from[] = {1, 1e-3, 1e-4}, to[] = {50000, 1e3, 1e3};
		struct result r;

		if (others[i].next == peer.next)
			continue;
		r = matched(others[i], from[i], to[i], best.requests);
		if (r.missed < best.missed)
			best.missed = r.missed;
		if (r.median < best.median)
			best.median = r.median;
	}
	us = matched((struct rule){"Dateline", ours, 0, false}, 1e-3, 2,
	    best.requests);
	with = matched((struct rule){"Dateline, feed's times as well", ours, 0,
	    true}, 1e-3, 2, best.requests);
	clairvoyant(best.requests);
	against("without the feed's times", &best, &us);
	against("with them", &best, &with);
}

/* ---- reading ----------------------------------------------------------------- */

static void read_story(char *line)
{
	struct story s = {0};
	size_t cap = 0;
	usec_t found;

	s.born = minutes(strtod(line, &line));
	found = poll_after(s.born);
	while (*line == '\t') {
		struct revision r = {minutes(strtod(line + 1, &line)), false};

		r.listed = *line == '+';
		line += r.listed;
		if (r.at <= found) /* before anyone could know the page */
			continue;
		GROW(s.revs, s.n, cap);
		s.revs[s.n++] = r;
		revs_total++;
	}
	GROW(stories, stories_n, stories_cap);
	stories[stories_n++] = s;
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t n = 0;

	month = 30 * USEC_DAY;
	while (getline(&line, &n, stdin) > 0)
		read_story(line);
	free(line);
	if (argc != 2 || !stories_n) {
		fprintf(stderr, "usage: bench_schedule NAME < MONTH\n");
		return 2;
	}
	printf("%s: %zu pages, %zu revisions\n", argv[1], stories_n,
	    revs_total);
	table(argv[1], (struct rule){"newsdiffs' table", newsdiffs, 1, false});
	table(argv[1], (struct rule){"StormCrawler's rule", stormcrawler, 1,
	    false});
	for (size_t i = 0; i < stories_n; i++)
		free(stories[i].revs);
	free(stories);
	return 0;
}
