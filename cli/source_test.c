/* source test: feeds and sitemaps, robots.txt, a sample article, zone. */
#include "cli/source_test.h"

#include "cli/find.h"
#include "cli/network.h"
#include "core/json.h"
#include "core/url.h"
#include "crawler/robots.h"

#include <stdio.h>
#include <stdlib.h>

#define PLACES_MOST 24 /* that are asked */

/* A place that was asked, and what it was. */
struct place {
	struct slice url;
	const char *found_by;
	struct capture capture; /* slices in the arena */
	bool is_feed;
	struct feed feed;
};

struct testing {
	struct cli *cli;
	struct arena arena;
	struct network network;
	struct crawler_conf conf;
	struct crawler *crawler;
	struct slice host; /* of the URL that is tested */
	struct slice robots;
	int robots_status;
	bool robots_seen;
	struct place places[PLACES_MOST];
	size_t n;
	struct slice sample_url;
	struct capture sample;
	struct article article;
	enum outcome sample_outcome;
};

/* ---- the crawler's questions ----------------------------------------------------- */

static int no_robots(void *self, struct slice host, struct arena *a,
    struct robots_kept *out, struct err *err)
{
	(void)self, (void)host, (void)a, (void)out, (void)err;
	return 0;
}

static int see_robots(void *self, struct slice host,
    const struct robots_kept *k, struct err *err)
{
	struct testing *t = self;

	(void)err;
	if (!slice_starts(host, t->host))
		return 0;
	t->robots = arena_slice(&t->arena, k->text);
	t->robots_status = k->status;
	t->robots_seen = true;
	return 0;
}

static bool operators(void *self, struct slice host)
{
	return slice_eq(((struct testing *)self)->host, host);
}

static int came(void *self, struct target *target, const struct capture *c,
    struct err *err)
{
	struct testing *t = self;
	struct capture *to = target->tag;

	(void)err;
	*to = *c;
	to->url = arena_slice(&t->arena, c->url);
	to->bytes = arena_slice(&t->arena, c->bytes);
	to->content_type = arena_slice(&t->arena, c->content_type);
	return 0;
}

static int fetch(struct testing *t, struct err *err)
{
	static const volatile sig_atomic_t never;

	return crawler_run(t->crawler, &never, err);
}

static void ask(struct testing *t, struct slice url, struct capture *to)
{
	struct url u;

	if (!url_parse(url, NULL, &t->arena, &u, NULL))
		crawler_add(t->crawler, &(struct target){.url = u.href,
		    .host = u.host, .allow_private = operators(t, u.host),
		    .delay_ms = -1, .tag = to});
}

/* ---- what is there ------------------------------------------------------------------ */

static void add(struct testing *t, struct slice url, const char *found_by)
{
	for (size_t i = 0; i < t->n; i++)
		if (slice_eq(t->places[i].url, url))
			return;
	if (t->n < PLACES_MOST)
		t->places[t->n++] = (struct place){.url = url,
		    .found_by = found_by};
}

static struct parse_input input_of(const struct capture *c)
{
	return (struct parse_input){.bytes = c->bytes, .url = c->url.p,
	    .content_type = c->content_type.p, .fetched_at = c->fetched_at};
}

/* Of another host's robots.txt nothing is known. */
static bool may_ask(const struct testing *t, const struct robots *r,
    struct slice text, struct arena *a)
{
	struct url u;
	struct slice path;

	if (!text.n || url_parse(text, NULL, a, &u, NULL))
		return false;
	path = u.path.n ? u.path : SLICE("/");
	if (u.query.p) /* it follows the path in href */
		path.n += 1 + u.query.n;
	return !slice_eq(u.host, t->host) || robots_check(r, path).allowed;
}

/* The first entry that may be asked for, else the first. */
static struct slice sample_of(struct testing *t, const struct feed *f)
{
	struct robots r;

	robots_parse(t->robots, SLICE(CRAWLER_TOKEN), &t->arena, &r);
	for (size_t i = 0; i < f->entries_n; i++)
		if (may_ask(t, &r, f->entries[i].url, &t->arena))
			return f->entries[i].url;
	return f->entries_n ? f->entries[0].url : SLICE_NONE;
}

static void read_place(struct testing *t, struct place *p)
{
	struct parse_input in = input_of(&p->capture);
	struct err why;

	p->is_feed = p->capture.bytes.n && parser_sniff(&in) == DOC_FEED &&
	    !parser_feed(&in, &t->arena, &p->feed, &why);
	if (p->is_feed && p->feed.kind != FEED_SITEMAPINDEX && !t->sample_url.n)
		t->sample_url = sample_of(t, &p->feed);
}

/* A front's: announced, named by robots.txt, else the usual places. */
static void look_around(struct testing *t, const struct place *front)
{
	struct parse_input in = input_of(&front->capture);
	struct page_links l = {0};
	struct robots r;
	struct url base, u;
	struct err why;

	if (front->capture.bytes.n &&
	    !parser_links(&in, 1000, &t->arena, &l, &why))
		for (size_t i = 0; i < l.feeds_n; i++)
			add(t, l.feeds[i], "announced");
	robots_parse(t->robots, network_token(t->cli), &t->arena, &r);
	for (size_t i = 0; i < r.sitemaps_n; i++)
		add(t, r.sitemaps[i], "robots.txt");
	if (t->n > 1 || url_parse(front->url, NULL, &t->arena, &base, NULL))
		return;
	for (size_t i = 0; find_usual_place(i); i++)
		if (!url_parse(slice_of(find_usual_place(i)), &base, &t->arena,
		    &u, NULL))
			add(t, u.href, "usual place");
}

static void read_sample(struct testing *t)
{
	struct parse_input in = input_of(&t->sample);
	struct err why = {0};

	t->sample_outcome = t->sample.outcome;
	if (t->sample.bytes.n && parser_article(&in, &t->arena, &t->article,
	    &why))
		t->sample_outcome = OUTCOME_NO_ARTICLE;
}

static int look(struct testing *t, struct err *err)
{
	ask(t, t->places[0].url, &t->places[0].capture);
	if (fetch(t, err))
		return -1;
	read_place(t, &t->places[0]);
	if (!t->places[0].is_feed)
		look_around(t, &t->places[0]);
	for (size_t i = 1; i < t->n; i++)
		ask(t, t->places[i].url, &t->places[i].capture);
	if (fetch(t, err))
		return -1;
	for (size_t i = 1; i < t->n; i++)
		read_place(t, &t->places[i]);
	if (!t->sample_url.n)
		return 0;
	ask(t, t->sample_url, &t->sample);
	if (fetch(t, err))
		return -1;
	read_sample(t);
	return 0;
}

/* ---- telling -------------------------------------------------------------------------- */

static size_t words(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] > ' ' &&
		    (i + 1 == s.n || (unsigned char)s.p[i + 1] <= ' ');
	return n;
}

static void show_place(struct jsonw *w, const struct place *p)
{
	jsonw_open(w, NULL, '{');
	jsonw_str(w, "url", p->url);
	jsonw_cstr(w, "found_by", p->found_by);
	jsonw_cstr(w, "outcome", p->is_feed ? "links" : p->capture.bytes.n ?
	    "no_feed" : outcome_name(p->capture.outcome));
	jsonw_cstr(w, "kind", p->is_feed ? feed_kind_name(p->feed.kind) : NULL);
	if (p->is_feed)
		jsonw_int(w, "entries", (int64_t)p->feed.entries_n);
	else
		jsonw_null(w, "entries");
	jsonw_close(w, '}');
}

static void show_sample(struct jsonw *w, const struct testing *t)
{
	const struct pubtime *at = &t->article.created;
	char text[TIME_TEXT];

	if (!t->sample_url.n) {
		jsonw_null(w, "sample");
		return;
	}
	jsonw_open(w, "sample", '{');
	jsonw_str(w, "url", t->sample_url);
	jsonw_cstr(w, "outcome", outcome_name(t->sample_outcome));
	jsonw_str(w, "title", t->article.title);
	jsonw_int(w, "words", (int64_t)words(t->article.body));
	jsonw_cstr(w, "created_at", at->at == TIME_NONE ? NULL :
	    pubtime_text(at, text));
	jsonw_str(w, "created_raw", at->raw);
	if (at->at != TIME_NONE && at->zone_known)
		jsonw_num(w, "offset_hours", at->offset_s / 3600.0);
	else
		jsonw_null(w, "offset_hours"); /* say --zone */
	jsonw_close(w, '}');
}

static void tell(const struct testing *t, struct strbuf *sb)
{
	struct robots r;
	struct arena a;
	struct jsonw w;

	arena_init(&a);
	robots_parse(t->robots, network_token(t->cli), &a, &r);
	jsonw_init(&w, sb);
	jsonw_open(&w, NULL, '{');
	jsonw_str(&w, "url", t->places[0].url);
	jsonw_cstr(&w, "outcome", outcome_name(t->places[0].capture.outcome));
	jsonw_open(&w, "robots", '{');
	jsonw_int(&w, "status", t->robots_status);
	jsonw_bool(&w, "allowed", t->places[0].capture.outcome !=
	    OUTCOME_ROBOTS);
	if (r.crawl_delay_ms >= 0)
		jsonw_num(&w, "crawl_delay", r.crawl_delay_ms / 1000.0);
	else
		jsonw_null(&w, "crawl_delay");
	jsonw_close(&w, '}');
	jsonw_open(&w, "feeds", '[');
	for (size_t i = t->places[0].is_feed ? 0 : 1; i < t->n; i++)
		show_place(&w, &t->places[i]);
	jsonw_close(&w, ']');
	show_sample(&w, t);
	jsonw_close(&w, '}');
	arena_release(&a);
}

static void tell_words(const struct testing *t)
{
	printf("%.*s: %s; robots.txt %d\n", SLICE_FMT(t->places[0].url),
	    outcome_name(t->places[0].capture.outcome), t->robots_status);
	for (size_t i = t->places[0].is_feed ? 0 : 1; i < t->n; i++)
		if (t->places[i].is_feed)
			printf("  %s of %zu entries (%s)  %.*s\n",
			    feed_kind_name(t->places[i].feed.kind),
			    t->places[i].feed.entries_n, t->places[i].found_by,
			    SLICE_FMT(t->places[i].url));
	if (!t->sample_url.n)
		return;
	printf("  sample: %s, %zu words, \"%.*s\"%s  %.*s\n",
	    outcome_name(t->sample_outcome), words(t->article.body),
	    SLICE_FMT(t->article.title), t->article.created.at != TIME_NONE &&
	    !t->article.created.zone_known ? ", zone unknown: say --zone" : "",
	    SLICE_FMT(t->sample_url));
}

int source_test(struct cli *cli, const char *url, const char *contact,
    bool json, struct err *err)
{
	const struct frontier f = {NULL, no_robots, see_robots, operators, came,
	    NULL, NULL, NULL, NULL, NULL, NULL};
	struct testing *t = xcalloc(1, sizeof(*t));
	char *urls[] = {(char *)url, NULL};
	struct frontier mine = f;
	struct strbuf sb = STRBUF_INIT;
	struct url u;
	int rc = -1;

	arena_init(&t->arena);
	article_init(&t->article);
	t->cli = cli;
	mine.self = t;
	if (network_set(&t->network, cli, &t->conf, contact, urls, err) ||
	    url_parse(slice_of(url), NULL, &t->arena, &u, err) ||
	    url_check_fetch(&u, err))
		goto out;
	t->conf.http.keep_wire = false;
	t->host = u.host;
	add(t, u.href, "given");
	t->crawler = crawler_new(&t->conf, &mine, err);
	if (!t->crawler || look(t, err))
		goto out;
	tell(t, &sb);
	if (json)
		puts(sb.p);
	else
		tell_words(t);
	rc = 0;
out:
	crawler_free(t->crawler);
	network_release(&t->network);
	strbuf_release(&sb);
	arena_release(&t->arena);
	free(t);
	return rc;
}
