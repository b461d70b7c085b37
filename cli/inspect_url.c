/* inspect url: how URLs are read and told apart. */
#include "cli/cli.h"
#include "core/json.h"
#include "core/url.h"

#include <stdio.h>

static void show(const char *input, const struct url *u, struct arena *a)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "input", input);
	jsonw_str(&w, "href", u->href);
	jsonw_str(&w, "key", url_key(u, a));
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

int inspect_url(struct cli *cli, int argc, char **argv)
{
	const char *base_text = NULL;
	const struct opt table[] = {
		{"base", OPT_STRING, &base_text, "URL", "what is relative to it"},
		{0},
	};
	struct err err = {0};
	struct arena a;
	struct url base, u;
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	arena_init(&a);
	if (base_text && url_parse(slice_of(base_text), NULL, &a, &base, &err)) {
		arena_release(&a);
		return cli_fail(cli, &err);
	}
	for (int i = 1; i < argc; i++) {
		if (!url_parse(slice_of(argv[i]), base_text ? &base : NULL, &a,
		    &u, &err)) {
			show(argv[i], &u, &a);
			continue;
		}
		cli_refusal("input", argv[i], &err);
		rc = EXIT_PART;
	}
	arena_release(&a);
	return rc;
}
