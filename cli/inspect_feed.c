/* inspect feed: what a feed or sitemap lists. */
#include "cli/cli.h"
#include "core/json.h"
#include "parser/parser.h"

#include <stdio.h>

static void write_time(struct jsonw *w, const char *key,
    const struct pubtime *t)
{
	char text[TIME_TEXT];

	pubtime_text(t, text);
	jsonw_cstr(w, key, *text ? text : NULL);
}

static void show(const struct feed *f)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "kind", feed_kind_name(f->kind));
	jsonw_str(&w, "title", f->title);
	jsonw_str(&w, "url", f->url);
	if (f->partial)
		jsonw_bool(&w, "partial", true);
	if (f->over_limit)
		jsonw_bool(&w, "over_limit", true);
	jsonw_open(&w, "entries", '[');
	for (size_t i = 0; i < f->entries_n; i++) {
		const struct feed_entry *e = &f->entries[i];

		jsonw_open(&w, NULL, '{');
		jsonw_str(&w, "url", e->url);
		jsonw_str(&w, "id", e->id);
		jsonw_str(&w, "title", e->title);
		write_time(&w, "published_at", &e->published);
		write_time(&w, "updated_at", &e->updated);
		jsonw_close(&w, '}');
	}
	jsonw_close(&w, ']');
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

int inspect_feed(struct cli *cli, int argc, char **argv)
{
	struct parse_input in = {.fetched_at = TIME_NONE};
	const struct opt table[] = {
		{"url", OPT_STRING, &in.url, "URL", "of the feed"}, {0}};
	struct err err = {0};
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && argc < 2)
		argc = err_set(&err, E_USAGE, "inspect feed FILE|-");
	if (argc < 0)
		return cli_fail(cli, &err);
	for (int i = 1; i < argc; i++) {
		struct strbuf bytes = STRBUF_INIT;
		struct arena a;
		struct feed f;

		arena_init(&a);
		if (cli_read_file(argv[i], 0, &bytes, &err)) {
			rc = EXIT_PART;
			cli_refusal("file", argv[i], &err);
		} else {
			in.bytes = strbuf_slice(&bytes);
			if (parser_feed(&in, &a, &f, &err)) {
				rc = EXIT_PART;
				cli_refusal("file", argv[i], &err);
			} else {
				show(&f);
			}
		}
		arena_release(&a);
		strbuf_release(&bytes);
	}
	return rc;
}
