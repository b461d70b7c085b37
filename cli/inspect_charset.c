/* inspect charset [--content-type T] FILE...|-: how bytes are decoded. */
#include "cli/cli.h"
#include "core/json.h"
#include "parser/parser.h"

#include <stdio.h>

static int print(const char *path, struct parse_input in, struct err *err)
{
	struct strbuf bytes = STRBUF_INIT, line = STRBUF_INIT;
	struct jsonw w;
	int rc;

	rc = cli_read_file(path, 0, &bytes, err);
	if (!rc) {
		in.bytes = strbuf_slice(&bytes);
		jsonw_init(&w, &line);
		jsonw_open(&w, NULL, '{');
		jsonw_cstr(&w, "file", path);
		jsonw_cstr(&w, "charset", charset_label(&in));
		jsonw_close(&w, '}');
		puts(line.p);
	}
	strbuf_release(&bytes);
	strbuf_release(&line);
	return rc;
}

int inspect_charset(struct cli *cli, int argc, char **argv)
{
	struct parse_input in = {.fetched_at = TIME_NONE};
	const struct opt table[] = {
		{"content-type", OPT_STRING, &in.content_type, "T",
		    "the header's value"},
		{0},
	};
	struct err err = {0};
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	if (argc < 2) {
		err_set(&err, E_USAGE,
		    "inspect charset [--content-type T] FILE...");
		return cli_fail(cli, &err);
	}
	for (int i = 1; i < argc; i++)
		if (print(argv[i], in, &err)) {
			cli_refusal("file", argv[i], &err);
			rc = EXIT_PART;
		}
	return rc;
}
