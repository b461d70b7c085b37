/* quarantine list|replay: what was refused, and that again. */
#include "cli/find.h"
#include "cli/show.h"

#include "parser/parser.h"
#include "store/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static int list(struct cli *cli, int64_t limit, bool json, struct err *err)
{
	static const char *const keys[] = {"input", "stage", "code", "message",
	    "at"};
	struct db *db = cli_connect(cli, err);
	struct db_result *r;
	int rc;

	if (!db)
		return -1;
	rc = read_by_id(db, READ_QUARANTINE, limit, &r, err);
	for (size_t i = 0; !rc && !json && i < db_rows(r); i++)
		printf("%.*s: %.*s: %.*s: %.*s\n", SLICE_FMT(db_str(r, i, 0)),
		    SLICE_FMT(db_str(r, i, 1)), SLICE_FMT(db_str(r, i, 2)),
		    SLICE_FMT(db_str(r, i, 3)));
	if (!rc && json)
		show_json(r, keys, "sssst");
	if (!rc)
		db_result_free(r);
	db_close(db);
	return rc;
}

/* ---- replay ---------------------------------------------------------------- */

struct replay {
	struct cli *cli;
	struct pipeline *pl;
	size_t passed, refused, gone;
};

/* A line of jsonl, which tells all by itself; a visit is called by its URL. */
static bool is_record(const struct quarantined *q)
{
	return q->bytes.n && q->bytes.p[0] == '{' &&
	    slice_is(q->content_type, "application/json") &&
	    !slice_eq(q->input, q->url);
}

/* The item as it came; *why: it cannot be. */
static int restore(const struct quarantined *q, struct item *it,
    struct err *why)
{
	it->label = arena_slice(&it->arena, q->input);
	it->capture.content_type = arena_slice(&it->arena, q->content_type);
	it->capture.bytes = arena_slice(&it->arena, q->bytes);
	it->capture.fetched_at = q->fetched_at;
	it->outlet_id = q->outlet_id;
	return q->url.n && !is_record(q) ? item_set_url(it, q->url, why) : 0;
}

/* Judges the one item; 0 as well where it was refused once more. */
static int judge(struct replay *rp, const struct quarantined *q,
    struct item *it, struct err *err)
{
	size_t before = pipeline_stats(rp->pl)->refused;

	if (pipeline_add(rp->pl, it, err) || pipeline_flush(rp->pl, err))
		return -1;
	if (pipeline_stats(rp->pl)->refused > before) {
		rp->refused++;
		return 0;
	}
	rp->passed++;
	return store_quarantine_delete(pipeline_db(rp->pl), q->id, err);
}

/* For another reason than before: that takes the place of the former. */
static int refuse(struct replay *rp, const struct quarantined *q,
    const struct item *it, const struct err *why, struct err *err)
{
	rp->refused++;
	if (pipeline_refuse_item(rp->pl, it, q->stage.p, why, err))
		return -1;
	return slice_is(q->code, code_name(why->code)) ? 0 :
	    store_quarantine_delete(pipeline_db(rp->pl), q->id, err);
}

/* ---- what the parser died of ------------------------------------------------ */

static bool is_crash(const struct quarantined *q)
{
	return slice_is(q->code, code_name(E_PARSER_CRASHED));
}

/* Nothing of it is judged: what it lists is found by the next visit. */
static bool is_list(const struct quarantined *q, const struct parse_input *in)
{
	return slice_is(q->stage, "links") || parser_sniff(in) == DOC_FEED;
}

/* As a visit reads it; what comes of it is nobody's. */
static int read_through(const struct parse_input *in, bool list,
    struct item *it)
{
	struct page_links links;
	struct feed feed;
	struct err why;

	if (list && parser_sniff(in) == DOC_FEED)
		return parser_feed(in, &it->arena, &feed, &why);
	if (list)
		return parser_links(in, LINKS_READ, &it->arena, &links, &why);
	item_read(it, ITEM_AUTO, in->zone, in->credit);
	return 0;
}

/* A process that may die of it tries. */
static bool survives(const struct parse_input *in, bool list, struct item *it,
    struct err *why)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		read_through(in, list, it);
		_exit(EXIT_FINE);
	}
	if (pid > 0 && waitpid(pid, &status, 0) == pid && !status)
		return true;
	err_set(why, E_PARSER_CRASHED, "the parser still dies of it");
	return false;
}

/* Unless the parser still dies of its bytes the page is visited again; is there
 * also something to be judged? */
static int release(struct replay *rp, const struct quarantined *q,
    const struct zone *zone, const char *credit, struct item *it, bool *judged,
    struct err *err)
{
	struct parse_input in = {.zone = zone, .credit = credit};
	struct err why = {0};
	bool list;

	*judged = false;
	if (restore(q, it, &why))
		return refuse(rp, q, it, &why, err);
	in.bytes = it->capture.bytes;
	in.url = it->capture.url.p;
	in.content_type = it->capture.content_type.p;
	in.fetched_at = it->capture.fetched_at;
	list = is_list(q, &in);
	if (in.bytes.p && !survives(&in, list, it, &why))
		return refuse(rp, q, it, &why, err);
	if (store_release(pipeline_db(rp->pl), &it->capture,
	    clock_now(&rp->cli->clock), err))
		return -1;
	*judged = in.bytes.p && !list;
	if (*judged)
		return 0;
	rp->passed++;
	return store_quarantine_delete(pipeline_db(rp->pl), q->id, err);
}

/* ---- all -------------------------------------------------------------------- */

/* Reads and judges it, which it takes. */
static int again(struct replay *rp, const struct quarantined *q,
    const struct zone *zone, const char *credit, struct item *it,
    struct err *err)
{
	struct err why = {0};
	int rc;

	if (!restore(q, it, &why) &&
	    !ingest_read(rp->cli, it, zone, credit, &why))
		return judge(rp, q, it, err);
	rc = refuse(rp, q, it, &why, err);
	item_free(it);
	return rc;
}

static int one(struct replay *rp, const struct quarantined *q, struct err *err)
{
	struct zone *zone = q->zone.n ? zone_load(q->zone.p, NULL) : NULL;
	const char *credit = q->credit.n ? q->credit.p : NULL;
	struct item *it = item_new();
	bool judged = q->bytes.p;
	int rc = 0;

	if (is_crash(q)) {
		rc = release(rp, q, zone, credit, it, &judged, err);
	} else if (!judged) {
		fprintf(stderr, "dateline: %.*s: its bytes were not kept; "
		    "dateline ingest reads it anew\n", SLICE_FMT(q->input));
		rp->gone++;
	}
	if (!rc && judged)
		rc = again(rp, q, zone, credit, it, err);
	else
		item_free(it);
	zone_free(zone);
	return rc;
}

static int replay_all(struct replay *rp, const struct slice *inputs, size_t n,
    struct err *err)
{
	struct quarantined q = {0};
	int64_t last = 0; /* what is refused anew comes after it */
	struct arena a;
	int rc;

	do {
		arena_init(&a);
		rc = store_quarantine_next(pipeline_db(rp->pl), q.id, inputs,
		    n, &a, &q, err);
		last = last ? last : q.last;
		if (rc > 0 && one(rp, &q, err))
			rc = -1;
		arena_release(&a);
	} while (rc > 0 && q.id < last && !stop);
	return rc < 0 ? -1 : 0;
}

static int replay(struct cli *cli, char **argv, size_t n, struct err *err)
{
	struct sigaction sa = {.sa_handler = on_signal};
	struct slice *inputs = xcalloc(n, sizeof(*inputs));
	struct replay rp = {.cli = cli, .pl = pipeline_open(cli, err)};
	int rc = -1;

	for (size_t i = 0; i < n; i++)
		inputs[i] = slice_of(argv[i]);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	if (rp.pl)
		rc = replay_all(&rp, inputs, n, err);
	free(inputs);
	pipeline_close(rp.pl);
	if (rc)
		return -1;
	fprintf(stderr, "quarantine: %zu pass now, %zu refused again, %zu "
	    "without bytes%s\n", rp.passed, rp.refused, rp.gone,
	    stop ? "; stopped" : "");
	return (rp.refused || rp.gone) && !stop ? EXIT_PART : EXIT_FINE;
}

/* Of a process that dies in the parser (cli/crash.h): signal, time of the
 * visit, content type, URL; the bytes on stdin. */
static int crashed(struct cli *cli, char **argv, struct err *err)
{
	struct item *it = item_new();
	struct capture *c = &it->capture;
	struct strbuf bytes = STRBUF_INIT;
	struct db *db = NULL;
	struct err why = {0};
	int rc = -1;

	c->fetched_at = strtoll(argv[1], NULL, 10);
	c->content_type = *argv[2] ? slice_of(argv[2]) : SLICE_NONE;
	if (!item_set_url(it, slice_of(argv[3]), err) &&
	    !cli_read_file("-", 0, &bytes, err))
		db = cli_connect(cli, err);
	if (bytes.n)
		c->bytes = strbuf_slice(&bytes);
	if (db)
		rc = store_crashed(db, c, (int)strtol(argv[0], NULL, 10), &why,
		    err);
	if (!rc)
		log_warn(&cli->log, "quarantine", "host=%.*s url=%.*s code=%s: "
		    "%s", SLICE_FMT(c->host), SLICE_FMT(c->url),
		    code_name(why.code), why.message);
	db_close(db);
	strbuf_release(&bytes);
	item_free(it);
	return rc;
}

int cmd_quarantine(struct cli *cli, int argc, char **argv)
{
	bool json = false;
	int64_t limit = 1000;
	const struct opt table[] = {
		{"json", OPT_FLAG, &json, NULL, "JSON lines, of list"},
		{"limit", OPT_INT, &limit, "N", "how many list shows (1000)"},
		{0}};
	struct err err = {0};
	int rc = -1;

	argc = opts_parse(table, argc, argv, &err);
	if (argc == 2 && !strcmp(argv[1], "list"))
		rc = list(cli, limit, json, &err);
	else if (argc >= 2 && !strcmp(argv[1], "replay"))
		rc = replay(cli, argv + 2, (size_t)argc - 2, &err);
	else if (argc == 6 && !strcmp(argv[1], "crashed"))
		rc = crashed(cli, argv + 2, &err);
	else if (argc >= 0)
		err_set(&err, E_USAGE, "quarantine list|replay [INPUT...]");
	return rc < 0 ? cli_fail(cli, &err) : rc;
}
