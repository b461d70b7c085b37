/* The program: global options, the table of verbs, help. */
#include "cli/cli.h"
#include "core/config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct verb {
	const char *name;
	cmd_fn *run;
	const char *use, *help;
} verbs[] = {
	{"crawl", cmd_crawl, "[URL...]",
	    "fetch now, once: named pages, feeds, sitemaps, or all that is due"},
	{"run", cmd_run, "", "stay, and keep to the schedule"},
	{"ingest", cmd_ingest, "[--format auto|html|text|jsonl|warc] PATH...|-",
	    "the same pipeline from files"},
	{"extract", cmd_extract, "[--url URL] [--format auto|html|text] PATH...|-",
	    "one article object a line; no database"},
	{"timeline", cmd_timeline, "[STORY|URL]",
	    "a story's life, with word-level changes"},
	{"stories", cmd_stories, "", "list the latest stories"},
	{"diff", cmd_diff, "STORY [V1 V2]", "compare two versions"},
	{"search", cmd_search, "TEXT", "find stories by their words"},
	{"explain", cmd_explain, "A B",
	    "why two URLs or stories are, or are not, one story"},
	{"merge", cmd_merge, "A B", "two stories are one"},
	{"split", cmd_split, "STORY URL...", "pages are another story"},
	{"events", cmd_events, "[--after ID] [--follow] [--format ndjson]",
	    "what happened, resumable"},
	{"source", cmd_source, "add|list|pause|resume|remove|test [URL...]",
	    "outlets, feeds, sitemaps"},
	{"status", cmd_status, "[URL|HOST]", "what is due, failing, quiet"},
	{"doctor", cmd_doctor, "", "what is wrong with this installation"},
	{"quarantine", cmd_quarantine, "list|replay [INPUT...]",
	    "refused inputs, and these again"},
	{"replay", cmd_replay, "[--apply] [--all] [URL|STORY...]",
	    "kept bytes through today's extractor, with a preview"},
	{"forget", cmd_forget, "URL|STORY --reason R",
	    "erase its text, bytes and WARC records for good"},
	{"retain", cmd_retain, "", "remove what is older than retain.* has it"},
	{"migrate", cmd_migrate, "", "bring the schema up to date"},
	{"db", cmd_db, "start|stop|status|url|psql [ARGS]", "the private PostgreSQL"},
	{"config", cmd_config, "check|dump", "settings and where they are from"},
	{"inspect", cmd_inspect,
	    "robots|url|feed|date|charset ... (inspect WORD --help)",
	    "how Dateline reads things"},
};

static const struct verb *verb_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (!strcmp(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

/* A verb's use, then its options: the verb has them, and prints them. */
static int help_verb(struct cli *cli, const char *name, int argc, char **argv)
{
	const struct verb *v = verb_find(name);
	char verb[32], asked[] = "--help", *args[] = {verb, asked, NULL};

	if (!v) {
		fprintf(stderr, "dateline: no verb \"%s\"\n", name);
		return EXIT_USAGE;
	}
	printf("dateline %s %s\n\n%s\n", v->name, v->use, v->help);
	if (argc)
		return v->run(cli, argc, argv);
	snprintf(verb, sizeof(verb), "%s", v->name);
	return v->run(cli, 2, args);
}

static int help(const struct opt *global)
{
	printf("dateline [options] VERB ...\n\n"
	    "Watches wire stories on the web and keeps their whole life.\n\n"
	    "options\n");
	opts_help(global);
	printf("\nverbs\n");
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		printf("  %-11s %s\n", verbs[i].name, verbs[i].help);
	return EXIT_FINE;
}

static const char *const levels[] = {"debug", "info", "warn", "error"};

static int set_log(struct cli *cli, const char *format, const char *level,
    struct err *err)
{
	size_t i = 0;

	cli->log.json = !strcmp(format, "json");
	if (!cli->log.json && strcmp(format, "text"))
		return err_set(err, E_USAGE,
		    "log format \"%s\" is not text or json", format);
	while (i < ARRAY_LEN(levels) && strcmp(levels[i], level))
		i++;
	if (i == ARRAY_LEN(levels))
		return err_set(err, E_USAGE, "no log level \"%s\"", level);
	cli->log.level = (enum log_level)i;
	return 0;
}

/* How many arguments stand before the verb. */
static int before_verb(const struct opt *table, int argc, char **argv)
{
	int n = 1;

	while (n < argc && argv[n][0] == '-') {
		const struct opt *o = table;

		while (o->name && strcmp(o->name, argv[n] + 2))
			o++;
		n += o->name && o->kind != OPT_FLAG ? 2 : 1;
	}
	return n < argc ? n : argc;
}

struct globals {
	const char *config, *format, *level;
	bool help, version;
};

static int set_up(struct cli *cli, const struct globals *g, struct err *err)
{
	cli->config = config_load(g->config, err);
	if (!cli->config)
		return -1;
	if (set_log(cli, g->format ? g->format :
	    config_str(cli->config, "log.format"), g->level ? g->level :
	    config_str(cli->config, "log.level"), err))
		return -1;
	return clock_init(&cli->clock, getenv("DATELINE_CLOCK"), err);
}

int main(int argc, char **argv)
{
	static struct cli cli = {.log = {.level = LOG_INFO, .fd = 2}};
	struct globals g = {0};
	const struct opt table[] = {
		{"db", OPT_STRING, &cli.db, "URL", "the database"},
		{"config", OPT_STRING, &g.config, "FILE", "settings (YAML)"},
		{"log-format", OPT_STRING, &g.format, "text|json", "log lines"},
		{"log-level", OPT_STRING, &g.level, "LEVEL",
		    "debug, info, warn or error"},
		{"help", OPT_FLAG, &g.help, NULL, "this help"},
		{"version", OPT_FLAG, &g.version, NULL, "the version"},
		{0},
	};
	int n = before_verb(table, argc, argv), rc;
	const struct verb *v;
	struct err err = {0};
	char *head[CLI_BEFORE_MAX + 1];

	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	if (n >= (int)ARRAY_LEN(head)) {
		fprintf(stderr, "dateline: too many options\n");
		return EXIT_USAGE;
	}
	memcpy(head, argv, (size_t)n * sizeof(*head));
	cli.before = argv;
	cli.before_n = n;
	rc = opts_parse(table, n, head, &err);
	cli.log.json = g.format && !strcmp(g.format, "json");
	if (rc < 0)
		return cli_fail(&cli, &err);
	if (g.version) {
		printf("dateline %s\n", DATELINE_VERSION);
		return EXIT_FINE;
	}
	if (g.help || n == argc || !strcmp(argv[n], "help")) {
		if (n + 1 < argc)
			return help_verb(&cli, argv[n + 1], 0, NULL);
		rc = help(table);
		return n == argc && !g.help ? EXIT_USAGE : rc;
	}
	v = verb_find(argv[n]);
	if (!v) {
		fprintf(stderr, "dateline: no verb \"%s\"; try dateline help\n",
		    argv[n]);
		return EXIT_USAGE;
	}
	for (int i = n + 1; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--help"))
			return help_verb(&cli, v->name, argc - n, argv + n);
	if (set_up(&cli, &g, &err))
		return cli_fail(&cli, &err);
	arena_init(&cli.arena);
	rc = v->run(&cli, argc - n, argv + n);
	arena_release(&cli.arena);
	config_free(cli.config);
	if (fflush(stdout) && rc == EXIT_FINE)
		rc = EXIT_FAILED;
	return rc;
}
