/* Feeds, sitemaps and fronts -> pages that are enrolled. */
#include "cli/find.h"

#include "cli/crash.h"
#include "core/config.h"
#include "core/host.h"
#include "core/url.h"
#include "crawler/crawler.h"
#include "crawler/robots.h"
#include "crawler/trap.h"
#include "store/links.h"

#include <stdlib.h>

#define FEEDS_MOST   20	  /* announced by a front, or named by robots.txt */
#define UNDATED_MOST 200 /* entries without a date, of a sitemap, a visit */
#define SECTIONS     20	  /* of a front */
#define COLD_EVERY   (7 * USEC_DAY) /* a sitemap with nothing new enough */
#define TRIED_EVERY  (365 * USEC_DAY)
#define LISTS	     "lists" /* their pattern */

/* Sitemaps for news first, then feeds, then the whole site. */
static const char *const usual_places[] = {"/news-sitemap.xml",
    "/sitemap-news.xml", "/news_sitemap.xml", "/feed", "/rss", "/rss.xml",
    "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds",
    "/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml"};

const char *find_usual_place(size_t i)
{
	return i < ARRAY_LEN(usual_places) ? usual_places[i] : NULL;
}

/* ---- enrolling ------------------------------------------------------------------- */

struct finding {
	struct follow *f;
	const struct due_page *from;
	struct arena *a;
	usec_t now;
	struct link *links;
	size_t n, cap;
	bool feeds; /* the links are feeds */
	int depth;  /* of the links: struct due_page */
	bool front; /* they stand on a page, not in a list that its owner made */
	size_t refused;
	size_t unfit; /* nobody may fetch them */
};

static void tell_unfit(struct finding *x, struct slice url, enum code why)
{
	log_debug(&x->f->cli->log, "find", "host=%.*s url=%.*s entry=%.*s "
	    "code=%s: not enrolled", SLICE_FMT(x->from->host),
	    SLICE_FMT(x->from->url), SLICE_FMT(slice_sub(url, 0, 300)),
	    code_name(why));
}

static void add(struct finding *x, struct slice url, usec_t listed)
{
	struct item *it = item_new();
	struct err why = {0};

	if (url.n && item_set_url(it, url, &why)) {
		tell_unfit(x, url, why.code);
		x->unfit++;
	} else if (url.n) {
		GROW(x->links, x->n, x->cap);
		x->links[x->n++] = (struct link){
		    .url = arena_slice(x->a, it->capture.url),
		    .host = arena_slice(x->a, it->capture.host),
		    .url_key = it->capture.url_key, .listed = listed};
	}
	item_free(it);
}

/* Many may follow the first one: they are for those who look for a URL. */
static void tell_refused(struct finding *x, const struct link *l,
    struct slice pattern, const char *why)
{
	log_line(&x->f->cli->log, x->refused++ ? LOG_DEBUG : LOG_WARN, "trap",
	    "host=%.*s url=%.*s: not enrolled: %s (%.*s)", SLICE_FMT(l->host),
	    SLICE_FMT(l->url), why, SLICE_FMT(slice_sub(pattern, 0, 200)));
}

/* What stands on a front has smaller budgets. Lists have one for them all:
 * their names are too many and too short to look alike. */
static int take_budget(struct finding *x, const struct link *l,
    struct slice pattern, bool *room, struct err *err)
{
	int64_t budget = config_int(x->f->cli->config, x->front ?
	    "crawl.front_budget" : "crawl.budget");

	if (x->feeds && !x->front)
		return pattern_take(x->f->db, l, pattern, TRAP_LISTS, x->now,
		    room, err);
	if (pattern_take(x->f->db, l, x->front ? SLICE("front") : SLICE(""),
	    2 * budget, x->now, room, err))
		return -1;
	return *room ? pattern_take(x->f->db, l, pattern, budget, x->now, room,
	    err) : 0;
}

/* Is there room for it? Budgets of a day, for the host and for its pattern. */
static int take(struct finding *x, const struct link *l, bool *room,
    struct err *err)
{
	struct strbuf pattern = STRBUF_INIT;
	const char *why = NULL;
	struct url u;
	int rc = 0;

	strbuf_adds(&pattern, x->front ? "front " : x->feeds ? LISTS : "");
	*room = !url_parse(l->url, NULL, x->a, &u, NULL);
	if (*room) {
		if (x->front || !x->feeds)
			trap_pattern(&u, &pattern);
		strbuf_setlen(&pattern, pattern.n < 500 ? pattern.n : 500);
		why = trap_shape(&u, x->now);
	}
	if (why) {
		*room = false;
		rc = pattern_refuse(x->f->db, l, strbuf_slice(&pattern), why,
		    x->now, err);
	} else if (*room) {
		rc = take_budget(x, l, strbuf_slice(&pattern), room, err);
		why = "is over its budget";
	}
	if (!rc && !*room)
		tell_refused(x, l, strbuf_slice(&pattern), why);
	strbuf_release(&pattern);
	return rc;
}

static int enrol(struct finding *x, const struct link *l, struct err *err)
{
	struct enrolment e = {.outlet_id = x->from->outlet_id,
	    .feed = x->feeds, .depth = x->depth, .now = x->now,
	    .listed = l->listed, .url = l->url, .host = l->host,
	    .url_key = l->url_key, .operators = x->from->operators &&
		slice_eq(l->host, x->from->host)};
	bool room = true;

	if (follow_policy(x->f, &e, err))
		return -1;
	if (l->unknown && take(x, l, &room, err))
		return -1;
	if (room && (l->unknown || l->listed != TIME_NONE) &&
	    frontier_enrol(x->f->db, &e, err))
		return -1;
	if (room && x->f->notes)
		follow_note(x->f, l->host, l->url_key);
	return 0;
}

static int enrol_all(struct finding *x, struct err *err)
{
	int rc = links_known(x->f->db, x->links, x->n, x->feeds, err);

	for (size_t i = 0; i < x->n && !rc; i++)
		rc = enrol(x, &x->links[i], err);
	if (x->refused > 1)
		log_warn(&x->f->cli->log, "trap", "host=%.*s url=%.*s: %zu of its links "
		    "were not enrolled", SLICE_FMT(x->from->host),
		    SLICE_FMT(x->from->url), x->refused);
	return rc;
}

static void release(struct finding *x)
{
	free(x->links);
}

static struct link link_of(const struct due_page *p)
{
	return (struct link){.url = p->url, .host = p->host,
	    .url_key = p->url_key};
}

/* ---- feeds and sitemaps -------------------------------------------------------------- */

static usec_t newest(const struct feed_entry *e)
{
	return e->updated.at != TIME_NONE && (e->published.at == TIME_NONE ||
	    e->updated.at > e->published.at) ? e->updated.at : e->published.at;
}

/* The time that a feed or sitemap gives an entry, where it may make a page that
 * is known due: not a mere day, and not before the operator's interval. */
static usec_t listed_at(const struct finding *x, const struct feed_entry *e)
{
	const struct pubtime *t = e->updated.at != TIME_NONE ? &e->updated :
	    &e->published;

	return t->day_only || config_duration(x->f->cli->config,
	    "crawl.every") ? TIME_NONE : t->at;
}

/* By what the sitemap says, else by the day that the URL names. */
static usec_t age_of(const struct feed_entry *e, struct arena *a)
{
	usec_t t = newest(e);
	struct url u;

	if (t == TIME_NONE && e->url.n && !url_parse(e->url, NULL, a, &u, NULL))
		t = trap_day(u.path);
	return t;
}

/* sitemaps.org: a sitemap lists its own site; we take the whole domain. */
static bool same_site(const struct due_page *p, struct slice url,
    struct arena *a)
{
	struct url u;

	return !url_parse(url, NULL, a, &u, NULL) &&
	    slice_eq(host_registrable(u.host, a), host_registrable(p->host, a));
}

static bool looks_like_article(struct slice url, struct arena *a)
{
	struct url u;

	return !url_parse(url, NULL, a, &u, NULL) &&
	    trap_link_kind(&u) == LINK_ARTICLE;
}

/* A sitemap's entries that are new enough; of those without a date some. */
static void add_recent(struct finding *x, const struct feed *feed,
    size_t *skipped)
{
	usec_t since = x->now - config_duration(x->f->cli->config,
	    "crawl.window");
	size_t undated = 0;

	for (size_t i = 0; i < feed->entries_n; i++) {
		const struct feed_entry *e = &feed->entries[i];
		usec_t t = age_of(e, x->a);

		if (!same_site(x->from, e->url, x->a) ||
		    (t != TIME_NONE && t < since) || (t == TIME_NONE &&
		    feed->entries_n > UNDATED_MOST &&
		    (!looks_like_article(e->url, x->a) ||
		    ++undated > UNDATED_MOST))) {
			++*skipped;
			continue;
		}
		add(x, e->url, listed_at(x, e));
	}
}

static int by_age(const void *a, const void *b)
{
	usec_t x = newest(*(const struct feed_entry *const *)a);
	usec_t y = newest(*(const struct feed_entry *const *)b);

	return x > y ? -1 : x < y;
}

/* The latest sitemaps of an index: those for news first. A known one that was
 * changed since it was read is due. */
static int add_children(struct finding *x, const struct feed *feed,
    struct err *err)
{
	usec_t since = x->now - config_duration(x->f->cli->config,
	    "crawl.window");
	const struct feed_entry **all = xcalloc(feed->entries_n + 1,
	    sizeof(*all));
	size_t n = 0, k;
	int rc = 0;

	for (size_t i = 0; i < feed->entries_n; i++) {
		const struct feed_entry *e = &feed->entries[i];
		usec_t t = age_of(e, x->a);

		if (same_site(x->from, e->url, x->a) && (t == TIME_NONE ||
		    t >= since))
			all[n++] = e;
	}
	qsort(all, n, sizeof(*all), by_age);
	for (int news = 1; news >= 0; news--)
		for (size_t i = 0; i < n && x->n < TRAP_CHILDREN; i++)
			if ((slice_ifind(all[i]->url, SLICE("news"), 0) >= 0) ==
			    news)
				add(x, all[i]->url, TIME_NONE);
	for (size_t i = 0; i < n && !rc; i++)
		for (k = 0; k < x->n; k++)
			if (slice_eq(x->links[k].url, all[i]->url) &&
			    newest(all[i]) != TIME_NONE)
				rc |= feed_wake(x->f->db, &x->links[k],
				    newest(all[i]), x->now, err);
	free(all);
	return rc;
}

/* A feed's entry without a link may be named by its address. */
static void add_entries(struct finding *x, const struct feed *feed)
{
	for (size_t i = 0; i < feed->entries_n; i++) {
		const struct feed_entry *e = &feed->entries[i];

		if (e->url.n)
			add(x, e->url, listed_at(x, e));
		else if (slice_istarts(e->id, SLICE("http")))
			add(x, e->id, listed_at(x, e));
	}
}

/* A list that nothing is enrolled of; it is not asked for every few minutes. */
static int refuse_list(struct finding *x, const char *why, struct item *it,
    struct err *err)
{
	const struct link self = link_of(x->from);

	it->capture.outcome = OUTCOME_NO_ARTICLE;
	if (!it->every)
		it->every = COLD_EVERY;
	tell_refused(x, &self, SLICE(LISTS), why);
	return pattern_refuse(x->f->db, &self, SLICE(LISTS), why, x->now, err);
}

int find_in_feed(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err)
{
	struct finding x = {.f = f, .from = p, .a = &it->arena,
	    .depth = p->depth + 1, .now = clock_now(&f->cli->clock)};
	struct err why = {0};
	const struct link self = link_of(p);
	const char *deep;
	struct feed feed;
	size_t skipped = 0;
	int rc;

	crash_enter(&it->capture, in->bytes);
	rc = parser_feed(in, &it->arena, &feed, &why);
	crash_leave();
	if (rc) {
		it->capture.outcome = OUTCOME_REFUSED;
		it->capture.err = why;
		return 0;
	}
	it->kind = "feed";
	for (size_t i = 0; i < feed.unfit_n && i < FEED_UNFIT; i++)
		tell_unfit(&x, feed.unfit[i].url, feed.unfit[i].code);
	x.feeds = feed.kind == FEED_SITEMAPINDEX;
	deep = trap_depth(p->depth, x.feeds);
	if (deep)
		return refuse_list(&x, deep, it, err);
	it->capture.outcome = OUTCOME_LINKS;
	if (x.feeds)
		rc = add_children(&x, &feed, err);
	else if (feed.kind == FEED_SITEMAP)
		add_recent(&x, &feed, &skipped);
	else
		add_entries(&x, &feed);
	if (!x.n && skipped && !it->every)
		it->every = COLD_EVERY;
	if (!rc)
		rc = enrol_all(&x, err);
	if (!rc)
		rc = feed_fed(f->db, &self, feed.entries_n, x.unfit +
		    feed.unfit_n, x.now, err);
	log_debug(&f->cli->log, "find", "host=%.*s url=%.*s: %s of %zu entries, "
	    "%zu taken", SLICE_FMT(p->host), SLICE_FMT(p->url),
	    feed_kind_name(feed.kind), feed.entries_n, x.n);
	release(&x);
	return rc;
}

/* ---- fronts -------------------------------------------------------------------------- */

/* The sitemaps that the host's robots.txt names. */
static int add_named(struct finding *x, struct err *err)
{
	struct host_robots h;
	struct robots r;
	struct url u;
	int rc;

	if (url_parse(x->from->url, NULL, x->a, &u, NULL))
		return 0;
	rc = frontier_robots_get(x->f->db, url_authority(&u, x->a), x->a, &h,
	    err);
	if (rc <= 0)
		return rc;
	robots_parse(h.text, SLICE(CRAWLER_TOKEN), x->a, &r);
	for (size_t i = 0; i < r.sitemaps_n && i < FEEDS_MOST; i++)
		add(x, r.sitemaps[i], TIME_NONE);
	return 0;
}

static void add_usual(struct finding *x)
{
	struct url base, u;

	if (url_parse(x->from->url, NULL, x->a, &base, NULL))
		return;
	for (size_t i = 0; i < ARRAY_LEN(usual_places); i++)
		if (!url_parse(slice_of(usual_places[i]), &base, x->a, &u,
		    NULL))
			add(x, u.href, TIME_NONE);
}

/* The last resort: what looks like articles, and like sections that list
 * more of them. */
static int front_links(struct follow *f, const struct due_page *p,
    const struct page_links *l, struct arena *a, size_t *found,
    struct err *err)
{
	struct finding articles = {.f = f, .from = p, .a = a, .front = true,
	    .depth = p->depth + 1, .now = clock_now(&f->cli->clock)},
	    sections = articles;
	int rc;

	sections.feeds = true;
	sections.depth = p->depth;
	for (size_t i = 0; i < l->links_n; i++) {
		struct url u;
		enum link_kind kind;

		if (!same_site(p, l->links[i], a) ||
		    url_parse(l->links[i], NULL, a, &u, NULL))
			continue;
		kind = trap_link_kind(&u);
		if (kind == LINK_ARTICLE)
			add(&articles, l->links[i], TIME_NONE);
		else if (kind == LINK_SECTION && p->origin &&
		    sections.n < SECTIONS)
			add(&sections, l->links[i], TIME_NONE);
	}
	*found = articles.n;
	rc = enrol_all(&articles, err) || enrol_all(&sections, err) ? -1 : 0;
	release(&articles);
	release(&sections);
	return rc;
}

static bool is_usual_place(const struct due_page *p, struct arena *a)
{
	struct url u;

	if (p->origin || url_parse(p->url, NULL, a, &u, NULL))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(usual_places); i++)
		if (slice_is(u.path, usual_places[i]))
			return true;
	return false;
}

/* A front beside what it announces. */
static int look_around(struct finding *x, const struct page_links *l,
    size_t *found, struct err *err)
{
	const struct due_page *p = x->from;
	const struct link self = link_of(p);
	bool last = p->visits > 0 || !p->origin; /* a section is one already */
	int64_t working = 0;

	if (front_mark(x->f->db, &self, err) ||
	    (p->origin && add_named(x, err)))
		return -1;
	if (!x->n && p->origin)
		add_usual(x);
	if (!last)
		return 0;
	if (feeds_found(x->f->db, p->outlet_id, p->url_key, &working, err))
		return -1;
	return working ? 0 : front_links(x->f, p, l, x->a, found, err);
}

int find_on_front(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err)
{
	struct finding x = {.f = f, .from = p, .a = &it->arena, .feeds = true,
	    .depth = p->depth + !p->origin, .now = clock_now(&f->cli->clock)};
	struct page_links l;
	struct err why = {0};
	size_t found = 0;
	int rc = 0;

	it->capture.outcome = OUTCOME_NO_ARTICLE;
	if (is_usual_place(p, &it->arena))
		return 0;
	crash_enter(&it->capture, in->bytes);
	rc = parser_links(in, LINKS_READ, &it->arena, &l, &why);
	crash_leave();
	if (rc)
		return 0;
	for (size_t i = 0; i < l.feeds_n && i < FEEDS_MOST &&
	    !trap_depth(x.depth, false); i++)
		add(&x, l.feeds[i], TIME_NONE);
	if (!p->fed) /* else it is a feed in trouble */
		rc = look_around(&x, &l, &found, err);
	if (!rc)
		rc = enrol_all(&x, err);
	if (!p->fed && (l.feeds_n || found))
		it->capture.outcome = OUTCOME_LINKS;
	release(&x);
	return rc ? -1 : 0;
}

static bool is_quiet(enum outcome o)
{
	return o != OUTCOME_HTTP_ERROR && o != OUTCOME_FETCH_ERROR &&
	    o != OUTCOME_REFUSED && o != OUTCOME_ROBOTS;
}

int find_unfed(struct follow *f, const struct due_page *p, struct item *it,
    struct err *err)
{
	const struct link self = link_of(p);
	struct capture *c = &it->capture;
	int visits = p->unfed + 1;

	if (!is_quiet(c->outcome) || (c->outcome == OUTCOME_UNCHANGED &&
	    !p->unfed))
		return 0;
	it->kind = "feed";
	it->unfed = visits < FIND_UNFED;
	if (!it->unfed) {
		err_set(&c->err, E_NOT_A_FEED, "it gives no feed any more (%s), "
		    "%d visits in a row", outcome_name(c->outcome), visits);
		log_warn(&f->cli->log, "feed", "host=%.*s url=%.*s gives no "
		    "feed: %s", SLICE_FMT(p->host), SLICE_FMT(p->url),
		    c->err.message);
		c->outcome = c->outcome == OUTCOME_GONE ? OUTCOME_HTTP_ERROR :
		    OUTCOME_REFUSED;
	}
	return feed_unfed(f->db, &self, visits, err);
}

void find_tried(const struct due_page *p, struct item *it)
{
	const struct capture *c = &it->capture;
	enum outcome o = c->outcome;

	if (!p->found || p->visits || o == OUTCOME_LINKS ||
	    o == OUTCOME_UNCHANGED || o == OUTCOME_FETCH_ERROR)
		return;
	if (o == OUTCOME_HTTP_ERROR && (c->http_status >= 500 ||
	    c->http_status == 429))
		return;
	it->every = TRIED_EVERY;
}
