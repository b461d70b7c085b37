/* Bytes -> an article, or what feeds and fronts list. */
#include "cli/find.h"

#include "core/config.h"
#include "core/url.h"
#include "core/utf8.h"
#include "crawler/tdm.h"
#include "parser/parser.h"
#include "store/host.h"
#include "store/store.h"

#include <stdlib.h>

void follow_init(struct follow *f, struct cli *cli, struct db *db)
{
	*f = (struct follow){.cli = cli, .db = db};
	f->tdm_obeyed = strcmp(config_str(cli->config, "crawl.tdm"), "record");
	arena_init(&f->of_listed);
}

void follow_release(struct follow *f)
{
	for (size_t i = 0; i < FOLLOW_HOSTS; i++)
		free((char *)f->hosts[i].tdm.p);
	free(f->listed);
	arena_release(&f->of_listed);
}

void follow_note(struct follow *f, struct slice host, struct hash128 url_key)
{
	GROW(f->listed, f->listed_n, f->listed_cap);
	f->listed[f->listed_n++] = (struct listed){arena_slice(&f->of_listed,
	    host), url_key};
}

/* ---- rights -------------------------------------------------------------------- */

/* So often a site's tdmrep.json is read, as robots.txt. */
#define POLICY_EVERY (24 * USEC_HOUR)

static void remember_tdm(struct known_host *h, struct slice text)
{
	char *copy = text.p ? xmalloc(text.n + 1) : NULL;

	if (copy) {
		memcpy(copy, text.p, text.n);
		copy[text.n] = '\0';
	}
	free((char *)h->tdm.p);
	h->tdm = (struct slice){copy, copy ? text.n : 0};
	h->tdm_known = true;
}

static struct known_host *known_host(struct follow *f, struct slice host)
{
	int64_t key = host_key_of(host);
	struct known_host *h = &f->hosts[(uint64_t)key % FOLLOW_HOSTS];

	if (h->key != key) {
		free((char *)h->tdm.p);
		*h = (struct known_host){.key = key};
	}
	return h;
}

int follow_policy(struct follow *f, const struct enrolment *page,
    struct err *err)
{
	struct known_host *h = known_host(f, page->host);
	struct enrolment e = *page;
	struct item *it = item_new();
	struct err ignored;
	struct url u;
	int rc = 0;

	if (!h->enrolled && !url_parse(page->url, NULL, &it->arena, &u,
	    &ignored) && !url_parse(SLICE(TDM_PATH), &u, &it->arena, &u,
	    &ignored) && !item_set_url(it, u.href, &ignored)) {
		e.url = it->capture.url;
		e.url_key = it->capture.url_key;
		e.policy = true;
		e.listed = TIME_NONE;
		rc = frontier_enrol(f->db, &e, err);
		if (!rc && f->notes)
			follow_note(f, e.host, e.url_key);
		h->enrolled = f->policies = true;
	}
	item_free(it);
	return rc;
}

/* tdmrep.json came, or that there is none. */
static int read_policy(struct follow *f, struct item *it, struct err *err)
{
	struct capture *c = &it->capture;
	struct slice text = SLICE_NONE;

	it->kind = "policy";
	it->every = POLICY_EVERY;
	if (c->outcome != OUTCOME_ARTICLE && c->outcome != OUTCOME_GONE)
		return 0; /* what is known stays */
	if (c->bytes.n && c->bytes.n <= TDM_MAX_BYTES &&
	    slice_trim(c->bytes).p[0] == '[' && utf8_valid(c->bytes) &&
	    !memchr(c->bytes.p, 0, c->bytes.n))
		text = c->bytes;
	if (c->outcome == OUTCOME_ARTICLE)
		c->outcome = OUTCOME_NO_ARTICLE;
	remember_tdm(known_host(f, c->host), text);
	return host_tdm_put(f->db, c->host, text, c->fetched_at, err);
}

/* What the site says holds unless the page says otherwise. */
static int site_rights(struct follow *f, struct item *it, struct err *err)
{
	struct known_host *h = known_host(f, it->capture.host);
	struct rights site = {0};
	struct slice text;
	struct url u;

	if (!h->tdm_known) {
		if (host_tdm_get(f->db, it->capture.host, &it->arena, &text,
		    err) < 0)
			return -1;
		remember_tdm(h, text);
	}
	if (h->tdm.n && !url_parse(it->capture.url, NULL, &it->arena, &u, NULL))
		tdm_read(h->tdm, &u, &it->arena, &site);
	rights_add(&site, &it->capture.rights);
	it->capture.rights = site;
	return 0;
}

/* Would the outcome stand for a text that is there? */
static bool shows_text(enum outcome o)
{
	return o == OUTCOME_ARTICLE || o == OUTCOME_UNCHANGED ||
	    o == OUTCOME_TRUNCATED || o == OUTCOME_NO_ARTICLE;
}

static bool is_past(const struct rights *r, usec_t at)
{
	struct pubtime t;

	return r->unavailable_after.n && !parser_feed_date(r->unavailable_after,
	    NULL, &t, &(struct err){0}) && t.at <= at;
}

/*
 * Does what the owner asks (docs/decisions/0084): noindex: no text is kept;
 * noarchive: no bytes; rights reserved for mining: neither, unless the
 * operator has a licence (crawl.tdm: record).
 */
static void obey(struct follow *f, struct item *it)
{
	struct capture *c = &it->capture;
	struct rights *r = &c->rights;
	char who[RIGHTS_WHO];

	if (is_past(r, c->fetched_at))
		r->noindex = true;
	if (r->noindex && shows_text(c->outcome))
		c->outcome = OUTCOME_NOINDEX;
	if (c->outcome == OUTCOME_NOINDEX) { /* no error, but a word of it */
		err_set(&c->err, E_NONE, "noindex, says the page's %s",
		    rights_who(r, who));
	} else if (r->tdm_reserved && f->tdm_obeyed && shows_text(c->outcome)) {
		c->outcome = OUTCOME_ROBOTS;
		err_set(&c->err, E_TDM_RESERVED, "%s: says its %s",
		    code_text(E_TDM_RESERVED), rights_who(r, who));
	}
	if (c->outcome == OUTCOME_NOINDEX || c->err.code == E_TDM_RESERVED)
		c->article = NULL;
	c->unkept = r->noarchive || c->outcome == OUTCOME_NOINDEX ||
	    c->err.code == E_TDM_RESERVED;
	if (c->unkept) /* nor a WARC record of it */
		c->head = c->wire = SLICE_NONE;
}

/* ---- one capture --------------------------------------------------------------- */

static void read_page(const struct due_page *p, struct item *it,
    const struct zone *zone)
{
	bool cut = it->capture.outcome == OUTCOME_TRUNCATED;

	item_read(it, ITEM_AUTO, zone, p->credit.n ? p->credit.p : NULL);
	rights_add(&it->capture.rights, &it->article.rights);
	if (cut && it->capture.article) {
		it->article.truncated = true;
		it->capture.outcome = OUTCOME_TRUNCATED;
	} else if (cut) { /* a part without an article says nothing */
		it->capture.outcome = OUTCOME_FETCH_ERROR;
		err_set(&it->capture.err, E_SUSPECT_TRUNCATED, "%s",
		    code_text(E_SUSPECT_TRUNCATED));
	}
}

static int read_bytes(struct follow *f, const struct due_page *p,
    struct item *it, bool *list, struct err *err)
{
	struct zone *zone = p->zone.n ? zone_load(p->zone.p, NULL) : NULL;
	struct parse_input in = {.bytes = it->capture.bytes,
	    .url = it->capture.url.p,
	    .content_type = it->capture.content_type.p,
	    .fetched_at = it->capture.fetched_at, .zone = zone};
	int rc = 0;

	*list = parser_sniff(&in) == DOC_FEED;
	if (*list) {
		rc = find_in_feed(f, p, &in, it, err);
	} else if (p->source) {
		rc = find_on_front(f, p, &in, it, err);
	} else {
		read_page(p, it, zone);
	}
	zone_free(zone);
	return rc;
}

int follow_read(struct follow *f, const struct due_page *p, struct item *it,
    struct err *err)
{
	bool list = false;

	rights_copy(&it->capture.rights, &it->arena);
	if (p->policy)
		return read_policy(f, it, err);
	if (site_rights(f, it, err) ||
	    (it->capture.bytes.p && read_bytes(f, p, it, &list, err)))
		return -1;
	if (p->fed && !list && find_unfed(f, p, it, err))
		return -1;
	if (p->source)
		find_tried(p, it);
	else
		obey(f, it);
	return 0;
}

int follow_noted(struct follow *f, struct arena *a, struct due_list *due,
    struct err *err)
{
	usec_t now = clock_now(&f->cli->clock);

	for (size_t i = 0; i < f->listed_n; i++)
		if (frontier_one(f->db, f->listed[i].host,
		    f->listed[i].url_key, now, a, due, err) &&
		    err->code != E_NOT_FOUND && err->code != E_HOST_BUSY)
			return -1;
	f->listed_n = 0;
	arena_release(&f->of_listed);
	return 0;
}
