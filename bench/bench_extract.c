/*
 * bench_extract [--rounds N] [--ours] PAGE...: CPU time of a bare gumbo_parse
 * (default options, tree destroyed) and of our whole extract (bytes in, JSON
 * out) of the same pages, in turn, on one core. --ours: ours alone, one page in
 * memory at a time, for its peak RSS. tools/bench-extract puts other tools
 * beside it.
 */
#include "core/strbuf.h"
#include "parser/parser.h"

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int load(const char *path, struct strbuf *to)
{
	FILE *f = fopen(path, "rb");
	char part[1 << 16];
	size_t n;

	if (!f) {
		perror(path);
		return -1;
	}
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		strbuf_add(to, part, n);
	fclose(f);
	return 0;
}

static void bare(struct slice page)
{
	GumboOutput *out = gumbo_parse_with_options(&kGumboDefaultOptions,
	    page.p, page.n);

	gumbo_destroy_output(&kGumboDefaultOptions, out);
}

static size_t ours(struct slice page)
{
	struct parse_input in = {.bytes = page, .fetched_at = TIME_NONE};
	struct strbuf line = STRBUF_INIT;
	struct article art;
	struct arena a;
	struct err err;
	size_t n = 0;

	arena_init(&a);
	if (!parser_article(&in, &a, &art, &err)) {
		article_write(&art, &line);
		n = line.n;
	}
	arena_release(&a);
	strbuf_release(&line);
	return n;
}

int main(int argc, char **argv)
{
	double t, bare_s = 0, ours_s = 0;
	size_t pages = 0, bytes = 0, out = 0;
	int rounds = 3, first = 1;
	bool alone = false;
	struct rusage use;

	for (; first < argc && argv[first][0] == '-'; first++)
		if (!strcmp(argv[first], "--ours"))
			alone = true;
		else if (!strcmp(argv[first], "--rounds") && first + 1 < argc)
			rounds = (int)strtol(argv[++first], NULL, 10);
	for (int i = first; i < argc; i++) {
		struct strbuf page = STRBUF_INIT;

		if (load(argv[i], &page))
			return 2;
		pages++;
		bytes += page.n;
		for (int r = 0; r < rounds; r++) {
			t = cpu();
			if (!alone)
				bare(strbuf_slice(&page));
			bare_s += cpu() - t;
			t = cpu();
			out += ours(strbuf_slice(&page));
			ours_s += cpu() - t;
		}
		strbuf_release(&page);
	}
	getrusage(RUSAGE_SELF, &use);
	if (!pages || !out)
		return 2;
	if (alone) {
		printf("{\"tool\": \"dateline\", \"pages\": %zu, \"pages_per_cpu_s\""
		    ": %.1f, \"peak_rss_mb\": %.1f}\n", pages,
		    (double)pages * rounds / ours_s,
		    (double)use.ru_maxrss / 1024);
		return 0;
	}
	printf("{\"tool\": \"gumbo_parse\", \"pages\": %zu, \"mb\": %.1f, "
	    "\"pages_per_cpu_s\": %.1f}\n", pages, (double)bytes / 1e6,
	    (double)pages * rounds / bare_s);
	printf("{\"tool\": \"dateline\", \"pages\": %zu, \"pages_per_cpu_s\": %.1f, "
	    "\"of_gumbo_parse\": %.3f}\n", pages,
	    (double)pages * rounds / ours_s, ours_s / bare_s);
	return 0;
}
