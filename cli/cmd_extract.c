/* extract: one article object a line; no database. */
#include "cli/cli.h"
#include "core/url.h"
#include "parser/parser.h"

#include <stdio.h>
#include <string.h>

#define READ_MAX (9 << 20) /* over the parser's 8 MiB, so that it tells */

struct extract {
	struct parse_input in;
};

static int one(const struct extract *x, const char *path)
{
	struct strbuf bytes = STRBUF_INIT, line = STRBUF_INIT;
	struct parse_input in = x->in;
	struct article art;
	struct err err = {0};
	struct arena a;
	int rc = -1;

	arena_init(&a);
	if (cli_read_file(path, READ_MAX, &bytes, &err))
		goto out;
	in.bytes = strbuf_slice(&bytes);
	if (parser_article(&in, &a, &art, &err))
		goto out;
	art.file = slice_of(path);
	article_write(&art, &line);
	puts(line.p);
	rc = 0;
out:
	if (rc)
		cli_refusal("file", path, &err);
	arena_release(&a);
	strbuf_release(&bytes);
	strbuf_release(&line);
	return rc;
}

static int set_type(const char *format, enum doc_type *type, struct err *err)
{
	if (!strcmp(format, "auto"))
		*type = DOC_AUTO;
	else if (!strcmp(format, "html"))
		*type = DOC_HTML;
	else if (!strcmp(format, "text"))
		*type = DOC_TEXT;
	else
		return err_set(err, E_USAGE,
		    "format \"%s\" is not auto, html or text", format);
	return 0;
}

int cmd_extract(struct cli *cli, int argc, char **argv)
{
	const char *format = "auto", *zone = NULL;
	struct extract x = {.in = {.fetched_at = clock_now(&cli->clock)}};
	const struct opt table[] = {
		{"url", OPT_STRING, &x.in.url, "URL", "of the page"},
		{"format", OPT_STRING, &format, "F", "auto, html or text"},
		{"zone", OPT_STRING, &zone, "Z", "the outlet's time zone"},
		{"credit", OPT_STRING, &x.in.credit, "C", "its usual agency"},
		{"verbose", OPT_FLAG, &x.in.explain, NULL,
		    "say how the evidence was weighed"},
		{0},
	};
	struct zone *z = NULL;
	struct err err = {0};
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0 || set_type(format, &x.in.type, &err))
		return cli_fail(cli, &err);
	if (argc < 2) {
		err_set(&err, E_USAGE, "extract needs a PATH, or - for stdin");
		return cli_fail(cli, &err);
	}
	if (zone && !(z = zone_load(zone, &err)))
		return cli_fail(cli, &err);
	x.in.zone = z;
	for (int i = 1; i < argc; i++)
		if (one(&x, argv[i]))
			rc = EXIT_PART;
	zone_free(z);
	return rc;
}
