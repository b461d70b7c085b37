/* inspect date: how dates are read. */
#include "cli/cli.h"
#include "core/json.h"
#include "parser/parser.h"

#include <stdio.h>

int inspect_date(struct cli *cli, int argc, char **argv)
{
	const char *name = NULL;
	const struct opt table[] = {
		{"zone", OPT_STRING, &name, "Z", "of times without one"}, {0}};
	struct strbuf sb = STRBUF_INIT;
	struct zone *zone = NULL;
	struct err err = {0};
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	if (name && !(zone = zone_load(name, &err)))
		return cli_fail(cli, &err);
	for (int i = 1; i < argc; i++) {
		struct pubtime t;
		struct jsonw w;
		char text[TIME_TEXT];

		if (parser_feed_date(slice_of(argv[i]), zone, &t, &err)) {
			cli_refusal("input", argv[i], &err);
			rc = EXIT_PART;
			continue;
		}
		strbuf_reset(&sb);
		jsonw_init(&w, &sb);
		jsonw_open(&w, NULL, '{');
		jsonw_cstr(&w, "input", argv[i]);
		jsonw_cstr(&w, "time", pubtime_text(&t, text));
		jsonw_bool(&w, "zone_known", t.zone_known);
		jsonw_close(&w, '}');
		puts(sb.p);
	}
	strbuf_release(&sb);
	zone_free(zone);
	return rc;
}
