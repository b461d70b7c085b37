/* inspect url [--base B] URL...: how URLs are read and told apart. */
#include "cli/cli.h"

#include "core/json.h"
#include "core/url.h"

#include <stdio.h>

static void print_url(struct cli *cli, const char *input, const struct url *u)
{
	struct strbuf line = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &line);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "input", input);
	jsonw_str(&w, "href", u->href);
	jsonw_str(&w, "key", url_key(u, &cli->arena));
	jsonw_close(&w, '}');
	puts(line.p);
	strbuf_release(&line);
}

int inspect_url(struct cli *cli, int argc, char **argv)
{
	const char *base_text = NULL;
	const struct opt table[] = {
		{"base", OPT_STRING, &base_text, "URL",
		    "what relative URLs are resolved against"},
		{0},
	};
	struct url base, *with = NULL, u;
	struct err err = {0};
	int ret = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	if (argc < 2) {
		err_set(&err, E_USAGE, "inspect url [--base B] URL...");
		return cli_fail(cli, &err);
	}
	if (base_text && *base_text) {
		if (url_parse(slice_of(base_text), NULL, &cli->arena, &base,
			&err) < 0) {
			err_in(&err, "--base");
			return cli_fail(cli, &err);
		}
		with = &base;
	}
	for (int i = 1; i < argc; i++) {
		err = (struct err){0};
		if (url_parse(slice_of(argv[i]), with, &cli->arena, &u, &err)) {
			cli_refusal("input", argv[i], &err);
			ret = EXIT_PART;
		} else {
			print_url(cli, argv[i], &u);
		}
	}
	return ret;
}
