/* inspect robots: what a robots.txt says of URLs. */
#include "cli/cli.h"
#include "core/json.h"
#include "core/url.h"
#include "crawler/robots.h"

#include <stdio.h>

/* Path and query of a URL, or of a bare path. */
static struct slice path_of(const char *text, struct arena *a)
{
	struct url u;
	struct err err;

	if (text[0] == '/' || url_parse(slice_of(text), NULL, a, &u, &err))
		return slice_of(text[0] == '/' ? text : "/");
	if (!u.query.p)
		return u.path.n ? u.path : SLICE("/");
	return arena_printf(a, "%.*s?%.*s", SLICE_FMT(u.path),
	    SLICE_FMT(u.query));
}

static void show(const struct robots *r, const char *url, struct arena *a)
{
	struct robots_answer x = robots_check(r, path_of(url, a));
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "url", url);
	jsonw_bool(&w, "allowed", x.allowed);
	jsonw_str(&w, "rule", x.rule ? x.rule->pattern : SLICE_NONE);
	if (r->crawl_delay_ms >= 0)
		jsonw_num(&w, "crawl_delay", r->crawl_delay_ms / 1000.0);
	else
		jsonw_null(&w, "crawl_delay");
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

int inspect_robots(struct cli *cli, int argc, char **argv)
{
	const char *agent = "Dateline", *file = NULL;
	const struct opt table[] = {
		{"agent", OPT_STRING, &agent, "A", "product token (Dateline)"},
		{"file", OPT_STRING, &file, "F", "the robots.txt"}, {0}};
	struct strbuf text = STRBUF_INIT;
	struct err err = {0};
	struct robots r;
	struct arena a;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && !file)
		argc = err_set(&err, E_USAGE, "inspect robots needs --file");
	if (argc < 0 || cli_read_file(file, 0, &text, &err))
		return cli_fail(cli, &err);
	arena_init(&a);
	robots_parse(strbuf_slice(&text), slice_of(agent), &a, &r);
	for (int i = 1; i < argc; i++)
		show(&r, argv[i], &a);
	arena_release(&a);
	strbuf_release(&text);
	return EXIT_FINE;
}
