/* Bytes -> an article, or what feeds and fronts list. */
#include "cli/follow.h"

#include "parser/parser.h"

#include <stdlib.h>

void follow_init(struct follow *f, struct cli *cli, struct db *db)
{
	*f = (struct follow){.cli = cli, .db = db};
	arena_init(&f->of_listed);
}

void follow_release(struct follow *f)
{
	free(f->listed);
	arena_release(&f->of_listed);
}

/* ---- links -------------------------------------------------------------------- */

static void note(struct follow *f, struct slice host, struct hash128 url_key)
{
	GROW(f->listed, f->listed_n, f->listed_cap);
	f->listed[f->listed_n++] = (struct listed){arena_slice(&f->of_listed,
	    host), url_key};
}

/* What a feed lists is enrolled; pages of it are due at once. */
static int enrol(struct follow *f, const struct due_page *from,
    struct slice url, bool feed, struct err *err)
{
	struct enrolment e = {.outlet_id = from->outlet_id, .feed = feed,
	    .now = clock_now(&f->cli->clock)};
	struct item *it = item_new();
	struct err ignored;
	int rc = 0;

	if (!item_set_url(it, url, &ignored)) {
		e.url = it->capture.url;
		e.host = it->capture.host;
		e.url_key = it->capture.url_key;
		e.operators = from->operators && slice_eq(e.host, from->host);
		rc = frontier_enrol(f->db, &e, err);
		if (f->notes)
			note(f, e.host, e.url_key);
	}
	item_free(it);
	return rc;
}

static int follow_feed(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err)
{
	struct err why = {0};
	struct feed feed;

	if (parser_feed(in, &it->arena, &feed, &why)) {
		it->capture.outcome = OUTCOME_REFUSED;
		it->capture.err = why;
		return 0;
	}
	it->capture.outcome = OUTCOME_LINKS;
	it->kind = "feed";
	for (size_t i = 0; i < feed.entries_n; i++)
		if (feed.entries[i].url.n && enrol(f, p, feed.entries[i].url,
		    feed.kind == FEED_SITEMAPINDEX, err))
			return -1;
	return 0;
}

/* A source that is a page: the feeds that it announces. */
static int follow_front(struct follow *f, const struct due_page *p,
    const struct parse_input *in, struct item *it, struct err *err)
{
	struct page_links l;
	struct err why = {0};

	if (parser_links(in, 1000, &it->arena, &l, &why))
		return 0;
	for (size_t i = 0; i < l.feeds_n && i < 20; i++)
		if (enrol(f, p, l.feeds[i], true, err))
			return -1;
	if (l.feeds_n)
		it->capture.outcome = OUTCOME_LINKS;
	return 0;
}

/* ---- one capture --------------------------------------------------------------- */

int follow_read(struct follow *f, const struct due_page *p,
    struct item *it, struct err *err)
{
	struct zone *zone = p->zone.n ? zone_load(p->zone.p, NULL) : NULL;
	struct parse_input in = {.bytes = it->capture.bytes,
	    .url = it->capture.url.p,
	    .content_type = it->capture.content_type.p,
	    .fetched_at = it->capture.fetched_at, .zone = zone};
	bool cut = it->capture.outcome == OUTCOME_TRUNCATED;
	int rc = 0;

	if (parser_sniff(&in) == DOC_FEED) {
		rc = follow_feed(f, p, &in, it, err);
	} else if (p->source) {
		it->capture.outcome = OUTCOME_NO_ARTICLE;
		rc = follow_front(f, p, &in, it, err);
	} else {
		item_read(it, ITEM_AUTO, zone, p->credit.n ? p->credit.p : NULL);
		if (cut && it->capture.article) {
			it->article.truncated = true;
			it->capture.outcome = OUTCOME_TRUNCATED;
		} else if (cut) { /* a part without an article says nothing */
			it->capture.outcome = OUTCOME_FETCH_ERROR;
			err_set(&it->capture.err, E_SUSPECT_TRUNCATED, "%s",
			    code_text(E_SUSPECT_TRUNCATED));
		}
	}
	zone_free(zone);
	return rc;
}

int follow_noted(struct follow *f, struct arena *a, struct due_list *due,
    struct err *err)
{
	usec_t now = clock_now(&f->cli->clock);

	for (size_t i = 0; i < f->listed_n; i++)
		if (frontier_one(f->db, f->listed[i].host,
		    f->listed[i].url_key, now, a, due, err) &&
		    err->code != E_NOT_FOUND)
			return -1;
	f->listed_n = 0;
	arena_release(&f->of_listed);
	return 0;
}
