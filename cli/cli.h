#ifndef CLI_CLI_H
#define CLI_CLI_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/opts.h"
#include "core/strbuf.h"

#include <stdio.h>

/* What every verb gets: made once by main.c. */
struct config;
struct notify;
struct cli {
	struct log log;
	struct clock clock;
	struct config *config; /* core/config.h; never NULL */
	const char *db;	       /* --db, or NULL */
	char **before;	       /* the program's name and its global options */
	int before_n;
	struct arena arena;    /* lives as long as the program */
	struct notify *notify; /* of `run`; else NULL */
};

enum exit_code { EXIT_FINE, EXIT_FAILED, EXIT_USAGE, EXIT_DB, EXIT_PART,
	EXIT_INTERNAL };

#define CLI_BEFORE_MAX 31 /* words before the verb */

/* A verb: argv[0] is its name. Returns an exit code. */
typedef int cmd_fn(struct cli *cli, int argc, char **argv);

cmd_fn cmd_extract, cmd_ingest, cmd_crawl, cmd_run, cmd_timeline, cmd_stories,
    cmd_diff, cmd_explain, cmd_search, cmd_merge, cmd_split, cmd_events,
    cmd_source, cmd_status, cmd_doctor, cmd_quarantine, cmd_replay, cmd_migrate,
    cmd_db, cmd_inspect, cmd_config, cmd_forget, cmd_retain;
/* inspect's own words: inspect robots|url|feed|date|charset */
cmd_fn inspect_robots, inspect_url, inspect_feed, inspect_date,
    inspect_charset;

/*
 * Tells people on stderr, whatever the log's level, what became of an input
 * (NULL: of the command): "dateline: INPUT: CODE: message", or a line of the
 * log where that is JSON. how: a code's or an outcome's name.
 */
void cli_say(const struct cli *cli, const char *input, const char *how,
    const char *message);
/* The last line of a verb's work: "crawl: text"; words are for JSON
 * (core/log.h): "fetched=3 judged=2". */
void cli_sum_up(const struct cli *cli, const char *verb, const char *words,
    const char *text);
/* Says the error and gives the exit code that goes with its code. E_NONE is the help that opts_parse printed. */
int cli_fail(const struct cli *cli, const struct err *err);
/* For a verb (or a word of one) that takes neither options nor operands. */
int cli_no_arguments(int argc, char **argv, struct err *err) MUST_CHECK;
/* {"file"|"input": what, "error": {"code", "message"}} as a line on stdout. */
void cli_refusal(const char *key, const char *what, const struct err *err);
/* What is left of f, named path in errors; at most max bytes. E_IO,
 * E_BODY_TOO_LARGE. */
int cli_read_stream(FILE *f, const char *path, size_t max, struct strbuf *to,
    struct err *err) MUST_CHECK;
/* A whole file, or stdin for "-"; at most max bytes (0: 64 MiB). E_IO,
 * E_BODY_TOO_LARGE. */
int cli_read_file(const char *path, size_t max, struct strbuf *to,
    struct err *err) MUST_CHECK;

#endif
