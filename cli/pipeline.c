/* Items -> batches -> the database. */
#include "cli/turns.h"

#include "cli/notify.h"
#include "core/config.h"
#include "parser/parser.h"
#include "store/admin.h"
#include "store/db.h"
#include "store/texts.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCH_BYTES (32 << 20) /* of kept bodies that wait in memory */
#define RETRIES	    8	       /* of a batch after deadlocks, lost servers */
#define TIMEOUTS    2 /* in a row: one may be of a machine that stood still */

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
	pl->tools = (struct store_tools){.text = text_new,
	    .sketch = text_sketch, .coverage = text_coverage,
	    .revision = parser_revision(), .kept = archive_kept,
	    .self = pl->archive, .texts = texts_new()};
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
	texts_free(pl->tools.texts);
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

/* ---- batches ------------------------------------------------------------------ */

/* A transaction that is judged and sent, or NULL. */
static struct batch *send_range(struct pipeline *pl, struct item **items,
    size_t n, struct err *err)
{
	const struct turns x = {pl->cli, pl->db, &pl->tools, pl->archive,
	    &pl->stats};
	struct pipeline_stats before = pl->stats;
	struct batch *b;

	for (size_t i = 0; i < n; i++)
		items[i]->observed_at = items[i]->capture.fetched_at != TIME_NONE ?
		    items[i]->capture.fetched_at : clock_now(&pl->cli->clock);
	b = batch_begin(pl->db, &pl->tools, &pl->cli->clock, err);
	if (b && !turns_judge(&x, b, items, n, err) && !batch_send(b, err))
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
		turns_tell(pl->cli, items, n);
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
	turns_tell(pl->cli, &it, 1);
	if (pipeline_refuse_item(pl, it, "store", why, err))
		return -1;
	return it->crawled ? store_set_apart(pl->db, &it->capture,
	    it->observed_at, why, err) : 0;
}

/* Judges them, again while what hinders it may pass; slow: it timed out, which
 * it would do as often as it is tried. */
static int judge_again(struct pipeline *pl, struct item **items, size_t n,
    bool *slow, struct err *why)
{
	int timeouts = 0;

	*slow = false;
	for (int i = 0;; i++) {
		*why = (struct err){0};
		if (!judge_range(pl, items, n, why))
			return 0;
		timeouts = db_err_is_timeout(why) ? timeouts + 1 : 0;
		*slow = timeouts == TIMEOUTS;
		if (i == RETRIES || !db_err_is_passing(why))
			return -1;
		rest(pl, i, why); /* connects anew for what comes next, too */
		if (*slow)
			return -1;
	}
}

/* Halves [items, items + n) until what is bad stands alone. */
static int judge_halves(struct pipeline *pl, struct item **items, size_t n,
    struct err *err)
{
	struct err why;
	bool slow;

	if (!judge_again(pl, items, n, &slow, &why))
		return 0;
	if (slow) {
		err_in(&why, "judging it takes longer than the server waits");
		why.code = E_DB_QUERY; /* not that the server was lost */
	}
	if (!slow && !pipeline_is_bad_data(&why)) {
		*err = why;
		return -1;
	}
	if (n == 1)
		return set_apart(pl, items[0], &why, err);
	log_warn(&pl->cli->log, "db", "%s; %zu captures are judged again, by "
	    "halves", why.message, n);
	if (judge_halves(pl, items, n / 2, err))
		return -1;
	return judge_halves(pl, items + n / 2, n - n / 2, err);
}

static int by_canon(const void *x, const void *y)
{
	const struct item *a = *(struct item *const *)x;
	const struct item *b = *(struct item *const *)y;

	if (a->capture.fetched_at != b->capture.fetched_at)
		return a->capture.fetched_at < b->capture.fetched_at ? -1 : 1;
	return slice_cmp(a->capture.url, b->capture.url);
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
		turns_tell(pl->cli, pl->sent_items, pl->sent_n);
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
	item_text(it);
	pl->bytes += it->capture.bytes.n + it->arena.used;
	if (pl->bytes < BATCH_BYTES &&
	    (it->crawled || pl->items_n < pl->batch))
		return 0;
	return it->crawled ? pipeline_flush(pl, err) : hand_over(pl, err);
}
