/* What verbs share: refusals, exit codes, reading files. */
#include "cli/cli.h"
#include "core/json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define READ_MAX (64 << 20) /* an input file as a whole */

/* A log that drops nothing. */
static struct log unfiltered(const struct cli *cli)
{
	struct log log = cli->log;

	log.level = LOG_DEBUG;
	return log;
}

void cli_say(const struct cli *cli, const char *input, const char *how,
    const char *message)
{
	const struct log log = unfiltered(cli);
	bool url = input && strstr(input, "://") && !strchr(input, ' ');

	if (!log.json)
		fprintf(stderr, "dateline: %s%s%s: %s\n", input ? input : "",
		    input ? ": " : "", how, message);
	else
		log_line(&log, input ? LOG_WARN : LOG_ERROR, "dateline",
		    "%s%s%scode=%s: %s%s%s", url ? "url=" : "",
		    url ? input : "", url ? " " : "", how,
		    input && !url ? input : "", input && !url ? ": " : "",
		    message);
}

void cli_sum_up(const struct cli *cli, const char *verb, const char *words,
    const char *text)
{
	const struct log log = unfiltered(cli);

	if (log.json)
		log_line(&log, LOG_INFO, verb, "%s: %s", words, text);
	else
		fprintf(stderr, "%s: %s\n", verb, text);
}

int cli_fail(const struct cli *cli, const struct err *err)
{
	static const struct {
		enum code code;
		int exit;
	} exits[] = {{E_USAGE, EXIT_USAGE}, {E_CONFIG, EXIT_USAGE},
	    {E_NO_CONTACT, EXIT_USAGE}, {E_DB_CONNECT, EXIT_DB},
	    {E_DB_QUERY, EXIT_DB}, {E_DB_SCHEMA, EXIT_DB},
	    {E_DB_CLUSTER, EXIT_DB}, {E_INTERNAL, EXIT_INTERNAL}};

	if (err->code == E_NONE)
		return EXIT_FINE; /* the help that was asked for is printed */
	cli_say(cli, NULL, code_name(err->code), err->message);
	for (size_t i = 0; i < ARRAY_LEN(exits); i++)
		if (exits[i].code == err->code)
			return exits[i].exit;
	return EXIT_FAILED;
}

void cli_refusal(const char *key, const char *what, const struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, key, what);
	jsonw_open(&w, "error", '{');
	jsonw_cstr(&w, "code", code_name(err->code));
	jsonw_cstr(&w, "message", err->message);
	jsonw_close(&w, '}');
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

int cli_read_stream(FILE *f, const char *path, size_t max, struct strbuf *to,
    struct err *err)
{
	size_t n;

	do {
		strbuf_grow(to, 65536);
		n = fread(to->p + to->n, 1, 65536, f);
		strbuf_setlen_grown(to, n);
		if (to->n > max)
			return err_set(err, E_BODY_TOO_LARGE,
			    "%s is over %zu bytes", path, max);
	} while (n);
	if (ferror(f))
		return err_set(err, E_IO, "%s: %s", path, strerror(errno));
	return 0;
}

int cli_read_file(const char *path, size_t max, struct strbuf *to,
    struct err *err)
{
	FILE *f = strcmp(path, "-") ? fopen(path, "re") : stdin;
	int rc;

	if (!f)
		return err_set(err, E_IO, "%s: %s", path, strerror(errno));
	rc = cli_read_stream(f, path, max ? max : READ_MAX, to, err);
	if (f != stdin)
		fclose(f);
	return rc;
}

int cli_no_arguments(int argc, char **argv, struct err *err)
{
	static const struct opt table[] = {{0}};

	argc = opts_parse(table, argc, argv, err);
	if (argc > 1)
		return err_set(err, E_USAGE, "%s takes no arguments", argv[0]);
	return argc < 0 ? -1 : 0;
}
