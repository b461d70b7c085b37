/* Items -> batches -> the database. */
#include "cli/ahead.h"
#include "cli/archive.h"
#include "cli/crash.h"
#include "cli/doubt.h"
#include "cli/plan.h"

#include "cli/notify.h"
#include "core/config.h"
#include "core/json.h"
#include "parser/parser.h"
#include "store/admin.h"
#include "store/db.h"
#include "store/host.h"
#include "store/store.h"
#include "story/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCH_BYTES (32 << 20) /* of kept bodies that wait in memory */
#define AGAIN_AFTER (10 * USEC_MINUTE) /* a page that was judged before */
#define RETRIES	    8	       /* of a batch after deadlocks, lost servers */

/*
 * A writer that stands still (stopped, swapped out, its machine gone) must not
 * keep the judging lock or its hosts for ever: the server ends its session,
 * and it finds out when it goes on. Judging a batch takes well under a second,
 * waiting for others' batches at most some; servers that lack a setting (it
 * came with 14) go without.
 */
#define WRITERS_SESSION                                                        \
	"SELECT set_config(s.name, w.value, false) FROM pg_settings s JOIN "   \
	"(VALUES ('idle_in_transaction_session_timeout', '60s'), "             \
	"('client_connection_check_interval', '5s'), "                         \
	"('idle_session_timeout', '%lldms'), "                                 \
	"('statement_timeout', '300s')) AS w (name, value) ON w.name = s.name"

static int set_session(struct db *db, usec_t silent_most, struct err *err)
{
	char sql[500];

	snprintf(sql, sizeof(sql), WRITERS_SESSION,
	    (long long)silent_most / 1000);
	return db_setup(db, sql, err);
}

struct pipeline {
	struct cli *cli;
	struct db *db;
	struct store_tools tools;
	struct archive *archive;
	struct item **items;
	size_t items_n, items_cap, bytes, batch;
	struct pipeline_stats stats;
	/* judged and sent, while the next ones are read */
	struct batch *sent;
	struct item **sent_items;
	size_t sent_n, sent_cap;
	struct pipeline_stats before; /* it */
	struct err why; /* it failed when nobody could be told */
};

static int finish_sent(struct pipeline *pl, struct err *err);

struct pipeline *pipeline_open(struct cli *cli, struct err *err)
{
	struct pipeline *pl = xcalloc(1, sizeof(*pl));

	pl->cli = cli;
	pl->archive = archive_open(cli, NULL, cli_is_private(cli));
	pl->tools = (struct store_tools){text_new, text_coverage,
	    parser_revision(), archive_kept, pl->archive};
	pl->batch = (size_t)config_int(cli->config, "ingest.batch");
	pl->db = cli_connect(cli, err);
	if (!pl->db || set_session(pl->db, 0, err)) {
		pipeline_close(pl);
		return NULL;
	}
	return pl;
}

void pipeline_close(struct pipeline *pl)
{
	struct err ignored = {0};

	if (!pl)
		return;
	if (finish_sent(pl, &ignored))
		log_warn(&pl->cli->log, "db", "%s", ignored.message);
	if (pl->stats.judged && store_refresh_statistics(pl->db, &ignored))
		log_debug(&pl->cli->log, "db", "statistics: %s",
		    ignored.message);
	pipeline_drop(pl);
	free(pl->items);
	archive_close(pl->archive);
	free(pl->sent_items);
	db_close(pl->db);
	free(pl);
}

int pipeline_leases(struct pipeline *pl, usec_t silent_most, struct err *err)
{
	return set_session(pl->db, silent_most, err);
}

void pipeline_archive(struct pipeline *pl, const char *user_agent)
{
	archive_close(pl->archive);
	pl->archive = archive_open(pl->cli, user_agent,
	    cli_is_private(pl->cli));
	pl->tools.self = pl->archive;
}

const struct store_tools *pipeline_tools(const struct pipeline *pl)
{
	return &pl->tools;
}

struct archive *pipeline_kept(const struct pipeline *pl)
{
	return pl->archive;
}

struct db *pipeline_db(struct pipeline *pl)
{
	if (finish_sent(pl, &pl->why)) /* told by what is asked for next */
		log_debug(&pl->cli->log, "db", "%s", pl->why.message);
	return pl->db;
}

const struct pipeline_stats *pipeline_stats(const struct pipeline *pl)
{
	return &pl->stats;
}

static int refuse(struct pipeline *pl, const struct refused *r,
    struct err *err)
{
	if (finish_sent(pl, err))
		return -1;
	cli_say(pl->cli, r->input, code_name(r->why->code), r->why->message);
	pl->stats.refused++;
	return store_quarantine(pl->db, r, err);
}

int pipeline_refuse(struct pipeline *pl, const char *label, const char *stage,
    const struct err *why, struct slice bytes, struct err *err)
{
	struct refused r = {.input = label, .stage = stage, .why = why,
	    .bytes = bytes, .fetched_at = TIME_NONE};

	if (slice_is(bytes, label)) /* of what could not even be read */
		r.bytes = SLICE_NONE;
	return refuse(pl, &r, err);
}

int pipeline_refuse_item(struct pipeline *pl, const struct item *it,
    const char *stage, const struct err *why, struct err *err)
{
	const struct capture *c = &it->capture;
	const struct refused r = {.input = it->label.p, .stage = stage,
	    .why = why, .bytes = c->bytes, .content_type = c->content_type,
	    .url = c->url,
	    .outlet_id = it->outlet_id, .fetched_at = c->fetched_at};

	if (it->crawled)
		log_warn(&pl->cli->log, "quarantine", "host=%.*s url=%.*s "
		    "code=%s: %s", SLICE_FMT(c->host), SLICE_FMT(c->url),
		    code_name(why->code), why->message);
	return refuse(pl, &r, err);
}

/* ---- one item ---------------------------------------------------------------- */

static void fill_io(struct judge_io *io, struct batch *b)
{
	*io = (struct judge_io){.self = b, .story = batch_story,
	    .stories = batch_stories,
	    .new_story = batch_new_story, .candidates = batch_candidates,
	    .common = batch_common, .carried = batch_carried,
	    .fetches = batch_fetches, .tell = batch_tell,
	    .merge = batch_merge};
}

/* Reads kept bytes again: an article object or a page. */
static bool reread(struct item *as, struct slice bytes, struct arena *a,
    struct article *out)
{
	struct parse_input in = {.bytes = bytes,
	    .url = as->capture.url.p, .fetched_at = as->capture.fetched_at};
	struct err err = {0};
	struct json *j;
	bool ok;

	if (!bytes.n)
		return false;
	if (bytes.p[0] != '{') {
		crash_enter(&as->capture, SLICE_NONE);
		ok = !parser_article(&in, a, out, &err);
		crash_leave();
		return ok;
	}
	j = jsonr_parse(bytes, &err);
	ok = j && !article_read(j, a, out, &err);
	jsonr_free(j);
	return ok;
}

/*
 * The page's last text was read by another revision: its bytes are read again
 * before comparing, so that a better extractor is never an edit.
 */
static int raise_revision(struct pipeline *pl, struct batch *b,
    struct item *it, struct page_row *row, struct err *err)
{
	struct arena *a = batch_arena(b);
	struct article *art;
	struct j_story *s;
	struct j_posting *p;
	struct slice bytes;
	struct text *t;

	if (row->body_revision == pl->tools.revision || !row->image->story_id ||
	    hash128_is_zero(row->body_hash))
		return 0;
	s = batch_story(b, row->image->story_id, err);
	if (!s)
		return -1;
	p = j_posting_find(s, row->image->url_key);
	if (!p || !p->sightings_n)
		return 0;
	if (batch_body(b, row->image->host_key, row->body_hash, a, &bytes, err))
		return -1;
	art = arena_zalloc(a, 1, sizeof(*art));
	if (!reread(it, bytes, a, art))
		return 0;
	t = text_new(a, art->title, art->summary, art->body);
	if (hash128_eq(t->hash,
	    p->sightings[p->sightings_n - 1]->text->hash))
		return 0;
	return batch_reread(b, s, p, t, art, err);
}

static bool is_failure(enum outcome o)
{
	return o == OUTCOME_HTTP_ERROR || o == OUTCOME_FETCH_ERROR ||
	    o == OUTCOME_REFUSED;
}

/* An empty page counts as withdrawn only where there was a text. */
static bool has_text(const struct item *it)
{
	return it->capture.article && (it->capture.outcome == OUTCOME_ARTICLE ||
	    it->capture.outcome == OUTCOME_TRUNCATED);
}

static void set_canonical(struct item *it, struct j_page *page)
{
	struct item *other;

	page->canonical_key = (struct hash128){{0}};
	if (!it->capture.article || !it->article.canonical_url.n)
		return;
	other = item_new();
	if (!item_set_url(other, it->article.canonical_url, NULL))
		page->canonical_key = other->capture.url_key;
	item_free(other);
}

/* Known, or known with another body: nothing is recorded. */
static void judged_before(struct pipeline *pl, struct batch *b,
    struct item *it, enum claim_result claim, const struct record *rec)
{
	pl->stats.known += claim == CLAIM_KNOWN;
	pl->stats.conflicts += claim == CLAIM_CONFLICT;
	if (claim == CLAIM_CONFLICT)
		log_warn(&pl->cli->log, "judge", "host=%.*s url=%.*s "
		    "code=%s: captured before with another body",
		    SLICE_FMT(it->capture.host), SLICE_FMT(it->capture.url),
		    code_name(E_CAPTURE_CONFLICT));
	if (it->crawled)
		batch_due_again(b, rec->host_key, it->capture.url_key, rec->at,
		    rec->at + (it->every ? it->every : AGAIN_AFTER));
}

/* The page's image; its outlet is made where it is new. */
static int find_page(struct batch *b, struct item *it, struct page_row *row,
    struct err *err)
{
	int64_t outlet = it->outlet_id;

	if (!outlet && batch_outlet(b, it->outlet, it->outlet_host, &outlet,
	    err))
		return -1;
	batch_page(b, &it->capture, outlet, it->external_id, row);
	set_canonical(it, row->image);
	return 0;
}

/* texts[i]: of items[i], if it has one and is judged. */
static int read_texts(struct batch *b, struct item **items,
    const struct claim *claims, size_t n, struct text **texts, struct err *err)
{
	struct arena *a = batch_arena(b);
	struct turn *turns = arena_zalloc(a, n + 1, sizeof(*turns));
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		const struct article *art = &items[i]->article;

		if (claims[i].result != CLAIM_NEW)
			continue;
		if (has_text(items[i]))
			texts[i] = text_new(a, art->title, art->summary,
			    art->body);
		if (find_page(b, items[i], &turns[k].row, err))
			return err_in(err, "%.*s", SLICE_FMT(items[i]->label));
		turns[k].item = items[i];
		turns[k++].text = texts[i];
	}
	return ahead(b, turns, k, err);
}

/* Nothing of it is kept; not either what was written just before `forget`. */
static void forget(struct pipeline *pl, struct item *it, struct record *rec)
{
	struct err err = {0};

	archive_forget(it);
	rec->body_hash = (struct hash128){{0}};
	if (it->warc.has_body && archive_erase(pl->archive, it->warc.file,
	    it->warc.offset, &err))
		log_warn(&pl->cli->log, "warc", "%s", err.message);
	it->warc.has_body = false;
}

static int judge_item(struct pipeline *pl, struct batch *b, struct plan *plan,
    struct item *it, const struct claim *claim, struct text *text,
    struct err *err)
{
	struct capture *c = &it->capture;
	struct page_row row;
	struct record rec = {.capture = c, .page = &row,
	    .capture_id = claim->capture_id, .body_hash = claim->body_hash,
	    .host_key = host_key_of(c->host), .scheduled = it->crawled,
	    .kind = it->kind};
	struct judge_input in = {.capture = c};
	struct judge_result res;
	struct judge_io io;
	bool forgotten;

	rec.at = in.at = it->observed_at;
	it->rule = NULL; /* of a batch that failed */
	it->story = 0;
	if (claim->result != CLAIM_NEW) {
		judged_before(pl, b, it, claim->result, &rec);
		return 0;
	}
	if (find_page(b, it, &row, err))
		return -1;
	/* the host's pages are counted, those of this batch too */
	if (it->crawled && row.image->missed_at != TIME_NONE &&
	    batch_settle(b, err))
		return -1;
	if (it->crawled && doubt_miss(pl->cli, pl->db, it, &row, err))
		return -1;
	if (text) {
		if (batch_forgotten(b, text->hash, &forgotten, err))
			return -1;
		row.forgotten |= forgotten;
	}
	if (row.forgotten) {
		text = NULL;
		forget(pl, it, &rec);
	}
	rec.warc = it->warc;
	fill_io(&io, b);
	if (text) {
		if (raise_revision(pl, b, it, &row, err))
			return -1;
		in.text = text;
		rec.text_hash = text->hash;
	}
	if (judge_capture(&io, batch_arena(b), row.image, &in, &res, err))
		return -1;
	rec.failed = is_failure(c->outcome);
	rec.next_fetch = TIME_NONE;
	if (it->crawled && plan_next(plan, it, &res, &rec, err))
		return -1;
	if (batch_record(b, &rec, err) || rights_record(pl->db, c,
	    rec.capture_id, rec.at, err))
		return -1;
	pl->stats.judged++;
	it->rule = res.rule;
	it->story = row.image->story_id;
	return 0;
}

/* The one line of a visit: what it became, and of which story it is. Why a page
 * was not fetched, or gave no text, is what operators look for. */
static void tell(const struct pipeline *pl, const struct item *it)
{
	const enum log_level level = it->crawled ? LOG_INFO : LOG_DEBUG;
	const struct capture *c = &it->capture;
	const char *message = c->err.message;
	struct strbuf sb = STRBUF_INIT;

	if (level < pl->cli->log.level)
		return;
	if (c->err.code)
		strbuf_addf(&sb, " code=%s", code_name(c->err.code));
	strbuf_addf(&sb, " http=%d ms=%lld bytes=%zu", c->http_status,
	    (long long)(c->duration / 1000), c->bytes.n);
	if (it->story)
		strbuf_addf(&sb, " story=%lld", (long long)it->story);
	if (it->rule)
		strbuf_addf(&sb, " rule=%s", it->rule);
	else if (!*message)
		message = "judged before";
	log_line(&pl->cli->log, level, "visit",
	    "host=%.*s url=%.*s outcome=%s%s%s%s", SLICE_FMT(c->host),
	    SLICE_FMT(c->url), outcome_name(c->outcome), sb.p,
	    *message ? ": " : "", message);
	strbuf_release(&sb);
}

/* Of what was committed. */
static void tell_all(const struct pipeline *pl, struct item *const *items,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!items[i]->fenced)
			tell(pl, items[i]);
}

/* ---- batches ------------------------------------------------------------------ */

static struct claim *claims_of(struct item **items, size_t n)
{
	struct claim *claims = xcalloc(n, sizeof(*claims));

	for (size_t i = 0; i < n; i++) {
		const struct capture *c = &items[i]->capture;

		claims[i].capture = c;
		claims[i].capture_id = capture_id(c);
		if (c->bytes.p)
			claims[i].body_hash = hash128(c->bytes.p, c->bytes.n);
	}
	return claims;
}

/* Items that another worker's hosts are of go to the end, in any order; *n is
 * how many are left. They stay due, and are his. */
static int leave_fenced(struct pipeline *pl, struct batch *b,
    struct item **items, size_t *n, struct err *err)
{
	struct fence *f = xcalloc(*n, sizeof(*f));
	size_t left = 0;
	int rc;

	for (size_t i = 0; i < *n; i++)
		f[i] = (struct fence){host_key_of(items[i]->capture.host),
		    items[i]->fence, true};
	rc = batch_fences(b, f, *n, err);
	for (size_t i = 0; i < *n && !rc; i++) {
		struct item *it = items[i];

		it->fenced = it->fence && !f[i].holds;
		if (!it->fenced) {
			items[i] = items[left];
			items[left++] = it;
			continue;
		}
		pl->stats.fenced++;
		log_warn(&pl->cli->log, "fence", "host=%.*s url=%.*s: another "
		    "worker claimed the host since; the visit is left to it",
		    SLICE_FMT(it->capture.host), SLICE_FMT(it->capture.url));
	}
	free(f);
	*n = left;
	return rc;
}

/* Judges all that is new. */
static int judge_items(struct pipeline *pl, struct batch *b, struct plan *plan,
    struct item **items, size_t n, struct err *err)
{
	struct claim *claims = claims_of(items, n);
	struct text **texts = xcalloc(n + 1, sizeof(*texts));
	int rc = batch_claim(b, claims, n, err);

	if (!rc)
		rc = read_texts(b, items, claims, n, texts, err);
	for (size_t i = 0; i < n && !rc; i++) {
		rc = judge_item(pl, b, plan, items[i], &claims[i], texts[i],
		    err);
		if (rc)
			err_in(err, "%.*s", SLICE_FMT(items[i]->label));
	}
	free(claims);
	free(texts);
	return rc;
}

/* All of a transaction but its end; the batch is the caller's in any case. */
static int fill(struct pipeline *pl, struct batch *b, struct item **items,
    size_t n, struct err *err)
{
	struct plan *plan = plan_new(b);
	int rc = 0;

	if (items[0]->crawled)
		rc = leave_fenced(pl, b, items, &n, err);
	if (!rc)
		rc = judge_items(pl, b, plan, items, n, err);
	if (!rc)
		rc = plan_save(plan, err);
	plan_free(plan);
	return rc;
}

/* A transaction that is judged and sent, or NULL. */
static struct batch *send_range(struct pipeline *pl, struct item **items,
    size_t n, struct err *err)
{
	struct pipeline_stats before = pl->stats;
	struct batch *b;

	for (size_t i = 0; i < n; i++)
		items[i]->observed_at = items[i]->capture.fetched_at != TIME_NONE ?
		    items[i]->capture.fetched_at : clock_now(&pl->cli->clock);
	b = batch_begin(pl->db, &pl->tools, &pl->cli->clock, err);
	if (b && !fill(pl, b, items, n, err) && !batch_send(b, err))
		return b;
	batch_end(b);
	pl->stats = before;
	return NULL;
}

static int judge_range(struct pipeline *pl, struct item **items, size_t n,
    struct err *err)
{
	struct pipeline_stats before = pl->stats;
	struct batch *b = send_range(pl, items, n, err);
	int rc = b ? batch_commit(b, err) : -1;

	batch_end(b);
	if (rc)
		pl->stats = before;
	else
		tell_all(pl, items, n);
	return rc;
}

/* Did the data break it (SQLSTATE class 22 or 23, 54), or our own checks? */
bool pipeline_is_bad_data(const struct err *err)
{
	return err->code == E_BAD_RECORD || (err->code == E_DB_QUERY &&
	    (!strncmp(err->sqlstate, "22", 2) ||
	    !strncmp(err->sqlstate, "23", 2) ||
	    !strncmp(err->sqlstate, "54", 2)));
}

/* Before a batch is tried again: the i-th time. What was lost is connected
 * anew; what others must mend (a full disk) is only waited for. */
static void rest(struct pipeline *pl, int i, const struct err *why)
{
	int ms = db_err_is_retry(why) && why->code != E_DB_CONNECT ? 10 :
	    (int)(100u << i);
	const struct timespec ts = {ms / 1000, ms % 1000 * 1000000L};
	struct err again = {0};

	log_warn(&pl->cli->log, "db", "%s; the batch is tried again in %d ms",
	    why->message, ms);
	notify_alive(pl->cli->notify, pl->stats.judged);
	if (why->code != E_DB_CONNECT)
		nanosleep(&ts, NULL);
	else if (db_reconnect(pl->db, ms, &again))
		log_debug(&pl->cli->log, "db", "%s", again.message);
}

/* What broke the judging of it: to quarantine, and its page waits. */
static int set_apart(struct pipeline *pl, struct item *it,
    const struct err *why, struct err *err)
{
	it->capture.outcome = OUTCOME_REFUSED;
	it->capture.err = *why;
	it->rule = NULL;
	tell(pl, it);
	if (pipeline_refuse_item(pl, it, "store", why, err))
		return -1;
	return it->crawled ? store_set_apart(pl->db, &it->capture,
	    it->observed_at, why, err) : 0;
}

/* Halves [items, items + n) until what is bad stands alone. */
static int judge_halves(struct pipeline *pl, struct item **items, size_t n,
    struct err *err)
{
	struct err why = {0};

	for (int i = 0;; i++) {
		why = (struct err){0};
		if (!judge_range(pl, items, n, &why))
			return 0;
		if (i == RETRIES || !db_err_is_passing(&why))
			break;
		rest(pl, i, &why);
	}
	if (!pipeline_is_bad_data(&why)) {
		*err = why;
		return -1;
	}
	if (n == 1)
		return set_apart(pl, items[0], &why, err);
	if (judge_halves(pl, items, n / 2, err))
		return -1;
	return judge_halves(pl, items + n / 2, n - n / 2, err);
}

static int by_canon(const void *x, const void *y)
{
	const struct item *a = *(struct item *const *)x;
	const struct item *b = *(struct item *const *)y;
	size_t n;
	int d;

	if (a->capture.fetched_at != b->capture.fetched_at)
		return a->capture.fetched_at < b->capture.fetched_at ? -1 : 1;
	n = a->capture.url.n < b->capture.url.n ? a->capture.url.n :
	    b->capture.url.n;
	d = memcmp(a->capture.url.p, b->capture.url.p, n);
	return d ? d : (a->capture.url.n > b->capture.url.n) -
	    (a->capture.url.n < b->capture.url.n);
}

/* DATELINE_TEST_ORDER: reverse, or shuffle:SEED, within a flush. */
static void test_order(struct item **items, size_t n)
{
	const char *how = getenv("DATELINE_TEST_ORDER");
	uint64_t seed;

	if (!how || !n)
		return;
	if (!strcmp(how, "reverse")) {
		for (size_t i = 0; i < n / 2; i++) {
			struct item *x = items[i];

			items[i] = items[n - 1 - i];
			items[n - 1 - i] = x;
		}
		return;
	}
	seed = hash64(how, strlen(how));
	for (size_t i = n - 1; i > 0; i--) {
		size_t k;
		struct item *x = items[i];

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		k = (size_t)(seed >> 33) % (i + 1);
		items[i] = items[k];
		items[k] = x;
	}
}

/* A server that is lost is waited for, as judging does. */
static int archive(struct pipeline *pl, struct err *err)
{
	struct err why = {0};

	for (int i = 0;; i++) {
		if (!archive_items(pl->archive, pl->db, pl->items, pl->items_n,
		    &why))
			return 0;
		if (i == RETRIES || !db_err_is_passing(&why))
			break;
		rest(pl, i, &why);
		why = (struct err){0};
	}
	*err = why;
	return -1;
}

static void free_items(struct item **items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		item_free(items[i]);
}

void pipeline_drop(struct pipeline *pl)
{
	if (pl->sent) { /* whether it was committed nobody was told */
		batch_end(pl->sent);
		pl->stats = pl->before;
	}
	pl->sent = NULL;
	pl->why = (struct err){0};
	free_items(pl->sent_items, pl->sent_n);
	free_items(pl->items, pl->items_n);
	pl->sent_n = pl->items_n = pl->bytes = 0;
}

size_t pipeline_waiting(const struct pipeline *pl)
{
	return pl->items_n + pl->sent_n;
}

/* Waits for what was sent; what the server refused is judged anew, by halves. */
static int finish_sent(struct pipeline *pl, struct err *err)
{
	struct batch *b = pl->sent;
	struct err why = {0};
	int rc;

	if (pl->why.code) {
		if (err != &pl->why)
			*err = pl->why;
		return -1;
	}
	if (!b)
		return 0;
	pl->sent = NULL;
	rc = batch_commit(b, &why);
	batch_end(b);
	if (!rc) {
		tell_all(pl, pl->sent_items, pl->sent_n);
	} else {
		pl->stats = pl->before;
		rc = judge_halves(pl, pl->sent_items, pl->sent_n, err);
	}
	free_items(pl->sent_items, pl->sent_n);
	pl->sent_n = 0;
	return rc;
}

/* Judges the batch that is full and leaves the server at work. */
static int hand_over(struct pipeline *pl, struct err *err)
{
	struct item **items = pl->items;
	size_t cap = pl->items_cap;
	struct err why = {0};

	if (finish_sent(pl, err))
		return -1;
	pl->before = pl->stats;
	pl->sent = send_range(pl, items, pl->items_n, &why);
	if (!pl->sent)
		return pipeline_flush(pl, err);
	pl->items = pl->sent_items;
	pl->items_cap = pl->sent_cap;
	pl->sent_items = items;
	pl->sent_cap = cap;
	pl->sent_n = pl->items_n;
	pl->items_n = pl->bytes = 0;
	return 0;
}

int pipeline_flush(struct pipeline *pl, struct err *err)
{
	size_t n = pl->items_n;
	int rc = finish_sent(pl, err);

	if (n && pl->items[0]->crawled) {
		qsort(pl->items, n, sizeof(*pl->items), by_canon);
		test_order(pl->items, n);
		rc = rc ? rc : archive(pl, err);
	}
	for (size_t i = 0; i < n && !rc; i += pl->batch)
		rc = judge_halves(pl, pl->items + i,
		    n - i < pl->batch ? n - i : pl->batch, err);
	free_items(pl->items, n);
	pl->items_n = pl->bytes = 0;
	return rc;
}

int pipeline_add(struct pipeline *pl, struct item *it, struct err *err)
{
	GROW(pl->items, pl->items_n, pl->items_cap);
	pl->items[pl->items_n++] = it;
	pl->bytes += it->capture.bytes.n + it->arena.used;
	if (pl->bytes < BATCH_BYTES &&
	    (it->crawled || pl->items_n < pl->batch))
		return 0;
	return it->crawled ? pipeline_flush(pl, err) : hand_over(pl, err);
}
