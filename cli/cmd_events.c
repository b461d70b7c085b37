/* events: what happened, in the order of commits; a cursor never skips. */
#include "cli/show.h"

#include "core/json.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define PAGE	500  /* events read at once */
#define WAKE_MS 5000 /* the doorbell may be missed over a reconnect: look */

static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static void write_time(struct jsonw *w, const char *key,
    const struct db_result *r, size_t i, int col)
{
	char text[TIME_TEXT];

	if (db_null(r, i, col))
		jsonw_null(w, key);
	else
		jsonw_cstr(w, key, time_text(db_time(r, i, col), text));
}

static void write_story(struct jsonw *w, const struct db_result *r, size_t i)
{
	struct strbuf guid = STRBUF_INIT;

	strbuf_addf(&guid, "urn:dateline:%.*s:%lld", SLICE_FMT(db_str(r, i,
	    15)), (long long)db_int(r, i, 2));
	jsonw_open(w, "story", '{');
	jsonw_int(w, "id", db_int(r, i, 2));
	jsonw_str(w, "guid", strbuf_slice(&guid));
	jsonw_str(w, "headline", db_str(r, i, 9));
	jsonw_str(w, "url", db_str(r, i, 11));
	jsonw_close(w, '}');
	strbuf_release(&guid);
}

static void write_change(struct jsonw *w, const struct db_result *r, size_t i)
{
	struct strbuf line = STRBUF_INIT;

	if (db_null(r, i, 12)) {
		jsonw_null(w, "change");
		return;
	}
	jsonw_open(w, "change", '{');
	if (db_null(r, i, 14) || slice_eq(db_str(r, i, 13), db_str(r, i, 14))) {
		jsonw_null(w, "headline");
	} else {
		jsonw_open(w, "headline", '[');
		jsonw_str(w, NULL, db_str(r, i, 14));
		jsonw_str(w, NULL, db_str(r, i, 13));
		jsonw_close(w, ']');
	}
	jsonw_int(w, "words_added", db_int(r, i, 12));
	jsonw_int(w, "words_removed", db_int(r, i, 16));
	strbuf_addf(&line, "%.*s: %lld words added, %lld removed",
	    SLICE_FMT(db_str(r, i, 17)), (long long)db_int(r, i, 12),
	    (long long)db_int(r, i, 16));
	jsonw_str(w, "summary", strbuf_slice(&line));
	jsonw_close(w, '}');
	strbuf_release(&line);
}

/* The event object of contract.md. */
static void write_event(const struct db_result *r, size_t i, struct strbuf *to)
{
	struct jsonw w;

	jsonw_init(&w, to);
	jsonw_open(&w, NULL, '{');
	jsonw_int(&w, "event_id", db_int(r, i, 0));
	jsonw_str(&w, "kind", db_str(r, i, 1));
	write_time(&w, "occurred_at", r, i, 6);
	write_time(&w, "observed_at", r, i, 7);
	write_time(&w, "recorded_at", r, i, 8);
	write_story(&w, r, i);
	if (db_null(r, i, 3))
		jsonw_null(&w, "version");
	else
		jsonw_int(&w, "version", db_int(r, i, 3));
	jsonw_str(&w, "url", db_str(r, i, 4));
	jsonw_str(&w, "outlet", db_str(r, i, 5));
	write_change(&w, r, i);
	jsonw_raw(&w, "detail", db_str(r, i, 10));
	jsonw_close(&w, '}');
}

/* All events past *after; moves it. */
static int drain(struct db *db, int64_t *after, struct err *err)
{
	struct strbuf line = STRBUF_INIT;
	struct db_result *r;
	size_t n = PAGE;

	while (n == PAGE && !stop) {
		if (read_events(db, *after, PAGE, &r, err)) {
			strbuf_release(&line);
			return -1;
		}
		n = db_rows(r);
		for (size_t i = 0; i < n; i++) {
			strbuf_reset(&line);
			write_event(r, i, &line);
			puts(line.p);
			*after = db_int(r, i, 0);
		}
		db_result_free(r);
	}
	fflush(stdout);
	strbuf_release(&line);
	return 0;
}

/* A pipe that nobody reads any more says so before the next event does. */
static bool is_read(void)
{
	struct pollfd p = {.fd = 1};

	return !ferror(stdout) && !(poll(&p, 1, 0) > 0 &&
	    (p.revents & (POLLERR | POLLNVAL)));
}

static int follow(struct db *db, int64_t *after, struct err *err)
{
	struct sigaction sa = {.sa_handler = on_signal};

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	if (db_listen(db, "dateline_events", err))
		return -1;
	while (!stop) {
		if (drain(db, after, err))
			return -1;
		if (!is_read())
			return err_set(err, E_IO, "nobody reads the output");
		if (!stop && db_wait(db, WAKE_MS, err) < 0)
			return -1;
	}
	return 0;
}

int cmd_events(struct cli *cli, int argc, char **argv)
{
	const char *format = "ndjson";
	int64_t after = 0;
	bool want_follow = false;
	const struct opt table[] = {
		{"after", OPT_INT, &after, "ID", "events past this one"},
		{"follow", OPT_FLAG, &want_follow, NULL, "stay and wait"},
		{"format", OPT_STRING, &format, "F", "ndjson"},
		{0},
	};
	struct err err = {0};
	struct db *db;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc > 1)
		argc = err_set(&err, E_USAGE, "events takes options only");
	if (argc > 0 && strcmp(format, "ndjson"))
		argc = err_set(&err, E_USAGE,
		    "format \"%s\" is not ndjson, the one that is built yet",
		    format);
	if (argc < 0)
		return cli_fail(cli, &err);
	db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = want_follow ? follow(db, &after, &err) : drain(db, &after, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}
