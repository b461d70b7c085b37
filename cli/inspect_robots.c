/* inspect robots: what a robots.txt says of URLs. */
#include "cli/network.h"
#include "core/json.h"
#include "crawler/robots.h"

#include <stdio.h>

/* The whole of robots.txt files that others mistake for one; what is over
 * ROBOTS_MAX_BYTES is read and ignored. */
#define FILE_MAX_BYTES (64 << 20)

/*
 * Path and query of a URL, or of a bare path, as written: escapes and other
 * octets are what the file's author is asking about, so nothing is put right.
 */
static struct slice path_of(struct slice url, struct arena *a)
{
	long at = slice_find(url, SLICE("://"), 0);
	size_t from = at < 0 ? 0 : (size_t)at + 3, to;

	if (at < 0 && slice_starts(url, SLICE("//")))
		from = 2;
	if (from)
		while (from < url.n && !strchr("/?;#", url.p[from]))
			from++;
	for (to = from; to < url.n && url.p[to] != '#';)
		to++;
	url = slice_sub(url, from, to);
	if (url.n && url.p[0] == '/')
		return url;
	return arena_printf(a, "/%.*s", SLICE_FMT(url));
}

static void show(const struct robots *r, const char *url, struct arena *a)
{
	struct robots_answer x = robots_check(r, path_of(slice_of(url), a));
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
	const char *agent = NULL, *file = NULL;
	const struct opt table[] = {{"agent", OPT_STRING, &agent, "A",
					"product token (user_agent's, else "
					CRAWLER_TOKEN ")"},
	    {"file", OPT_STRING, &file, "F", "the robots.txt"}, {0}};
	struct strbuf text = STRBUF_INIT;
	struct err err = {0};
	struct robots r;
	struct arena a;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && !file)
		argc = err_set(&err, E_USAGE, "inspect robots needs --file");
	if (argc < 0 || cli_read_file(file, FILE_MAX_BYTES, &text, &err)) {
		strbuf_release(&text);
		return cli_fail(cli, &err);
	}
	arena_init(&a);
	robots_parse(strbuf_slice(&text), agent ? slice_of(agent) :
	    network_token(cli), &a, &r);
	for (int i = 1; i < argc; i++)
		show(&r, argv[i], &a);
	arena_release(&a);
	strbuf_release(&text);
	return EXIT_FINE;
}
