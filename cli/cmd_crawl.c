/* crawl: what is due, or named, is fetched, read, judged, scheduled. */
#include "cli/crawl.h"

#include "cli/crash.h"
#include "cli/notify.h"

#include "core/config.h"
#include "core/url.h"
#include "store/frontier.h"
#include "store/host.h"

/* Below a named URL: a front, its index of sitemaps, an index within it, a
 * sitemap, a page. */
#define FOLLOW_MAX 5

volatile sig_atomic_t crawl_stop;

static void on_signal(int sig)
{
	(void)sig;
	crawl_stop = 1;
}

/* ---- one capture --------------------------------------------------------------- */

static void copy_capture(struct item *it, const struct capture *c)
{
	struct capture *to = &it->capture;

	*to = *c;
	to->url = arena_slice(&it->arena, c->url);
	to->host = arena_slice(&it->arena, c->host);
	to->final_url = arena_slice(&it->arena, c->final_url);
	to->content_type = arena_slice(&it->arena, c->content_type);
	to->etag = arena_slice(&it->arena, c->etag);
	to->last_modified = arena_slice(&it->arena, c->last_modified);
	to->location = SLICE_NONE;
	to->bytes = arena_slice(&it->arena, c->bytes);
	to->head = arena_slice(&it->arena, c->head);
	to->wire = c->wire.p == c->bytes.p ? to->bytes :
	    arena_slice(&it->arena, c->wire);
	to->address = arena_slice(&it->arena, c->address);
	it->cut = c->outcome == OUTCOME_TRUNCATED;
}

/* what: of whom it is told, where there is no code. */
static void fail_named(struct crawl *w, struct slice url, const char *what,
    const struct err *why)
{
	w->failed_named++;
	cli_say(w->cli, url.p, why->code ? code_name(why->code) : what,
	    why->message);
}

static void count_named(struct crawl *w, const struct item *it)
{
	enum outcome o = it->capture.outcome;

	if (o != OUTCOME_ARTICLE && o != OUTCOME_LINKS &&
	    o != OUTCOME_UNCHANGED)
		fail_named(w, it->capture.url, outcome_name(o),
		    &it->capture.err);
}

/* What it links to is in the database before it counts as read: a feed that
 * does not change is not read again. */
static int take_in(struct crawl *w, const struct due_page *p, struct item *it,
    const struct capture *c, struct err *err)
{
	if (host_visited(w->db, c, err) || follow_read(&w->follow, p, it, err))
		return -1;
	return it->capture.outcome == OUTCOME_LINKS ? db_flush(w->db, err) : 0;
}

/* Poison: it is kept apart, and its page tried again ever more rarely. */
static int set_apart(struct crawl *w, struct item *it, struct err *err)
{
	const struct err why = *err;

	*err = (struct err){0};
	it->capture.outcome = OUTCOME_REFUSED;
	it->capture.err = why;
	it->capture.article = NULL;
	return pipeline_refuse_item(w->pl, it, "links", &why, err);
}

/* Half of what the delay leaves: the rest is for feeds, robots.txt, redirects
 * and what the schedule did not foresee. */
static double allowed(const struct crawl *w, const struct due_page *p)
{
	int ms = p->delay_ms < 0 ? w->conf.delay_ms : p->delay_ms;

	return ms > 0 ? 3600e3 / ms / 2 : 0;
}

static bool left_alone(void *self, const struct target *t, struct slice host)
{
	struct crawl *w = self;
	const struct due_page *p = t->tag;

	return paused_is(&w->paused, w->db, host, p->outlet_id);
}

/* It was taken before it was paused: it stays due, as if it never was. */
static bool is_put_off(struct crawl *w, const struct due_page *p,
    const struct capture *c)
{
	return c->err.code == E_PAUSED &&
	    paused_is(&w->paused, w->db, p->host, p->outlet_id);
}

static int done(void *self, struct target *t, const struct capture *c,
    struct err *err)
{
	struct crawl *w = self;
	const struct due_page *p = t->tag;
	struct item *it = item_new();

	copy_capture(it, c);
	it->capture.url_key = p->url_key;
	it->label = it->capture.url;
	it->outlet_id = p->outlet_id;
	it->outlet = arena_slice(&it->arena, p->outlet);
	it->zone = arena_slice(&it->arena, p->zone);
	it->credit = arena_slice(&it->arena, p->credit);
	it->every = p->every ? p->every :
	    config_duration(w->cli->config, "crawl.every");
	it->allowed = allowed(w, p);
	it->fence = p->fence;
	it->crawled = true;
	if (p->source)
		it->kind = p->found ? "feed" : "source";
	if (is_put_off(w, p, c)) {
		if (w->named && !p->policy)
			count_named(w, it);
		item_free(it);
		return 0;
	}
	if (take_in(w, p, it, c, err) && (!pipeline_is_bad_data(err) ||
	    set_apart(w, it, err))) {
		item_free(it);
		return -1;
	}
	w->fetched += !c->unasked;
	if (w->named && !p->policy)
		count_named(w, it);
	notify_alive(w->cli->notify, pipeline_stats(w->pl)->judged);
	if (pipeline_add(w->pl, it, err))
		return -1;
	return w->leases ? leases_turn(w->leases, false, err) : 0;
}

static int robots_get(void *self, struct slice host, struct arena *a,
    struct robots_kept *out, struct err *err)
{
	struct host_robots h;
	int rc = frontier_robots_get(((struct crawl *)self)->db, host, a, &h,
	    err);

	if (rc == 1)
		*out = (struct robots_kept){h.text, h.status, h.at,
		    h.keep ? h.keep : out->keep};
	return rc;
}

static int robots_put(void *self, struct slice host,
    const struct robots_kept *k, struct err *err)
{
	const struct host_robots h = {k->text, k->status, k->at, k->keep};

	return frontier_robots_put(((struct crawl *)self)->db, host, &h, err);
}

static bool is_operators(void *self, struct slice host)
{
	return frontier_is_operators(((struct crawl *)self)->db, host);
}

static int asked(void *self, struct slice host, const struct asked *x,
    struct err *err)
{
	return host_asked(((struct crawl *)self)->db, host, x, err);
}

static int claim_host(void *self, struct slice host, struct arena *a,
    struct owed *out, struct err *err)
{
	return frontier_hold(((struct crawl *)self)->db, host, a, out, err);
}

static int let_go(void *self, struct slice host, struct err *err)
{
	struct db *db = ((struct crawl *)self)->db;

	return db_flush(db, err) || frontier_give_back(db, host_key_of(host),
	    err) || db_flush(db, err) ? -1 : 0;
}

static int unasked(void *self, struct target *t, usec_t until,
    const struct err *why, struct err *err)
{
	struct crawl *w = self;
	const struct due_page *p = t->tag;

	if (w->named && !p->policy)
		fail_named(w, p->url, "rests", why);
	return frontier_put_off(w->db, p->host_key, p->url_key, until, err);
}

/* The process may have stood still since the last time. */
static int alive(void *self, struct err *err)
{
	struct crawl *w = self;

	if (clock_monotonic() - w->beat_at < lease_silent_most() / 10)
		return 0;
	if (frontier_beat(w->db, err))
		return -1;
	w->beat_at = clock_monotonic();
	return 0;
}

struct frontier crawl_frontier(struct crawl *w)
{
	return (struct frontier){w, robots_get, robots_put, is_operators, done,
	    asked, claim_host, let_go, unasked, alive, left_alone};
}

/* ---- rounds -------------------------------------------------------------------------- */

static void add_targets(struct crawl *w, struct crawler *c)
{
	for (size_t i = 0; i < w->due.n; i++) {
		struct target t;

		leases_target(&w->due.pages[i], &t);
		crawler_add(c, &t);
	}
}

/* Fetches and judges what w->due lists; the hosts are given back. */
static int fetch_round(struct crawl *w, size_t *left, struct err *err)
{
	const struct frontier f = crawl_frontier(w);
	int rc = -1;

	*left = 0;
	if (!w->crawler)
		w->crawler = crawler_new(&w->conf, &f, err);
	if (w->crawler) {
		add_targets(w, w->crawler);
		rc = crawler_run(w->crawler, &crawl_stop, err);
		*left = crawler_left(w->crawler);
	}
	if (rc || *left) { /* its targets' tags end with the round */
		crawler_free(w->crawler);
		w->crawler = NULL;
	}
	if (!rc)
		rc = pipeline_flush(w->pl, err);
	frontier_release(w->db, &w->due);
	arena_release(&w->arena);
	return rc;
}

/* Sources first, then pages, until nothing is due that we may claim. */
static int crawl_due(struct crawl *w, size_t *left, struct err *err)
{
	bool sources = true;
	int idle = 0;

	while (idle < 2 && !crawl_stop) {
		if (frontier_due(w->db, clock_now(&w->cli->clock), sources,
		    &w->arena, &w->due, err)) {
			frontier_release(w->db, &w->due);
			return -1;
		}
		idle = w->due.n ? 0 : idle + 1;
		if (fetch_round(w, left, err))
			return -1;
		sources = w->follow.policies || !sources;
		w->follow.policies = false;
	}
	return 0;
}

/* Erased pages stay unvisited, by name too. */
static int check_forgotten(struct crawl *w, const struct item *it,
    struct err *err)
{
	struct body_origin o = {.host_key = host_key_of(it->capture.host),
	    .url_key = it->capture.url_key};

	if (store_origins(w->db, &o, 1, &w->arena, err))
		return -1;
	return o.forgotten ? err_set(err, E_FORGOTTEN, "%s",
	    code_text(E_FORGOTTEN)) : 0;
}

static int add_named(struct crawl *w, const char *text, struct err *err)
{
	struct enrolment e = {.now = clock_now(&w->cli->clock),
	    .listed = TIME_NONE};
	struct item *it = item_new();
	int rc = -1;

	if (!item_set_url(it, slice_of(text), err) &&
	    !check_forgotten(w, it, err)) {
		e.url = it->capture.url;
		e.host = it->capture.host;
		e.url_key = it->capture.url_key;
		e.outlet = host_registrable(e.host, &it->arena);
		e.operators = true; /* the operator names it */
		rc = frontier_enrol(w->db, &e, err) ||
		    follow_policy(&w->follow, &e, err) ||
		    db_flush(w->db, err) || follow_noted(&w->follow, &w->arena,
		    &w->due, err) ||
		    frontier_one(w->db, e.host, e.url_key, TIME_NONE,
		    &w->arena, &w->due, err) ? -1 : 0;
	}
	item_free(it);
	return rc;
}

/* Named URLs, then what they listed, and what that listed. */
static int crawl_named(struct crawl *w, char **urls, size_t *left,
    struct err *err)
{
	w->follow.notes = true;
	for (; *urls; urls++) {
		struct err why = {0};

		if (!add_named(w, *urls, &why))
			continue;
		if (why.code == E_DB_QUERY || why.code == E_DB_CONNECT) {
			*err = why;
			return -1;
		}
		w->failed_named++;
		cli_say(w->cli, *urls, code_name(why.code), why.message);
	}
	w->named = true;
	for (int level = 0; level <= FOLLOW_MAX && !crawl_stop; level++) {
		if (fetch_round(w, left, err) || follow_noted(&w->follow,
		    &w->arena, &w->due, err))
			return -1;
		w->named = false;
		if (!w->due.n)
			break;
	}
	frontier_release(w->db, &w->due);
	return 0;
}

/* ---- setting up -------------------------------------------------------------------------- */

int crawl_open_database(struct crawl *w, struct err *err)
{
	w->pl = pipeline_open(w->cli, err);
	if (!w->pl)
		return -1;
	w->db = pipeline_db(w->pl);
	if (pipeline_leases(w->pl, lease_silent_most(), err)) {
		pipeline_close(w->pl);
		w->pl = NULL;
		return -1;
	}
	pipeline_archive(w->pl, w->network.agent.p);
	if (!w->follow.cli)
		follow_init(&w->follow, w->cli, w->db);
	w->follow.db = w->db; /* it may be another connection now */
	return 0;
}

int crawl_open(struct crawl *w, struct cli *cli, const char *contact,
    char **urls, struct err *err)
{
	struct sigaction sa = {.sa_handler = on_signal};

	*w = (struct crawl){.cli = cli};
	arena_init(&w->arena);
	if (network_set(&w->network, cli, &w->conf, contact, urls, err))
		return -1;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	crash_watch(cli);
	return 0;
}

void crawl_close(struct crawl *w)
{
	crawler_free(w->crawler);
	leases_free(w->leases);
	pipeline_close(w->pl);
	network_release(&w->network);
	follow_release(&w->follow);
	paused_release(&w->paused);
	arena_release(&w->arena);
}

void crawl_report(const struct crawl *w, size_t left)
{
	const struct pipeline_stats *st = pipeline_stats(w->pl);

	struct strbuf words = STRBUF_INIT, text = STRBUF_INIT;

	strbuf_addf(&words, "fetched=%zu judged=%zu known=%zu refused=%zu "
	    "fenced=%zu left=%zu", w->fetched, st->judged, st->known,
	    st->refused, st->fenced, crawl_stop ? left : 0);
	strbuf_addf(&text, "%zu fetched, %zu judged, %zu known before, "
	    "%zu refused", w->fetched, st->judged, st->known, st->refused);
	if (st->fenced)
		strbuf_addf(&text, ", %zu left to another worker", st->fenced);
	if (crawl_stop)
		strbuf_addf(&text, "; stopped with %zu left", left);
	cli_sum_up(w->cli, "crawl", words.p, text.p);
	strbuf_release(&words);
	strbuf_release(&text);
}

int crawl_set_warc_dir(struct cli *cli, const char *dir, struct err *err)
{
	return dir ? config_set(cli->config, "warc.dir", dir, err) : 0;
}

int cmd_crawl(struct cli *cli, int argc, char **argv)
{
	const char *contact = NULL, *warc_dir = NULL;
	const struct opt table[] = {
		{"contact", OPT_STRING, &contact, "ADDRESS",
		    "that site owners can reach"},
		{"warc-dir", OPT_STRING, &warc_dir, "DIR",
		    "for WARC files"}, {0}};
	struct err err = {0};
	struct crawl w;
	size_t left = 0;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0 || crawl_set_warc_dir(cli, warc_dir, &err))
		return cli_fail(cli, &err);
	rc = crawl_open(&w, cli, contact, argv + 1, &err) ||
	    crawl_open_database(&w, &err) ? -1 : 0;
	if (!rc) {
		rc = argc > 1 ? crawl_named(&w, argv + 1, &left, &err) :
		    crawl_due(&w, &left, &err);
		crawl_report(&w, left);
	}
	if (rc)
		rc = cli_fail(cli, &err);
	else if (w.failed_named && !crawl_stop)
		rc = EXIT_PART;
	crawl_close(&w);
	return rc;
}
