/*
 * match_signals ITEMS.jsonl PAIRS.tsv: the verdict's signals of labelled
 * pairs, one line each: label weight a b C5 J5, then the signals in the order of
 * story/story.h. bench/fit_match.py fits the model to them.
 */
#include "core/json.h"
#include "core/strbuf.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>

#define COMMON 5 /* items of an outlet: what stands in so many is its line */

struct thing {
	char id[32];
	uint64_t outlet;
	struct text *text;
	bool *skip;
	usec_t at;
};

static struct thing *things;
static size_t n, cap;

static struct thing *find(const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(things[i].id, id))
			return &things[i];
	return NULL;
}

static void add(const struct article *art, struct arena *a)
{
	struct thing *x;

	GROW(things, n, cap);
	x = &things[n++];
	snprintf(x->id, sizeof(x->id), "%.*s", SLICE_FMT(art->id));
	x->text = text_new(a, art->title, art->summary, art->body);
	x->outlet = hash64(art->outlet.p, art->outlet.n);
	x->skip = arena_zalloc(a, x->text->sentences_n + 1, sizeof(bool));
	x->at = art->updated.at != TIME_NONE ? art->updated.at :
	    art->created.at;
}

/* The first capture of each page. */
static void load(const char *path, struct arena *a)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while (f && (len = getline(&line, &size, f)) > 0) {
		struct err err;
		struct article art;
		struct json *j = jsonr_parse((struct slice){line,
		    (size_t)len}, &err);
		char id[32];

		if (!j)
			continue;
		if (!article_read(j, a, &art, &err)) {
			snprintf(id, sizeof(id), "%.*s", SLICE_FMT(art.id));
			if (!find(id))
				add(&art, a);
		}
		jsonr_free(j);
	}
	free(line);
	if (f)
		fclose(f);
}

static int cmp_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static uint64_t line_of(const struct thing *x, size_t i)
{
	uint64_t pair[2] = {x->outlet, x->text->sentences[i].hash};

	return hash64(pair, sizeof(pair));
}

/* Disclaimers and outlets' lines are left out, as the judge does. */
static void mark(void)
{
	size_t all = 0, k = 0;
	uint64_t *lines;

	for (size_t i = 0; i < n; i++)
		all += things[i].text->sentences_n;
	lines = xcalloc(all + 1, sizeof(*lines));
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < things[i].text->sentences_n; s++)
			lines[k++] = line_of(&things[i], s);
	qsort(lines, all, sizeof(*lines), cmp_u64);
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < things[i].text->sentences_n; s++) {
			uint64_t want = line_of(&things[i], s);
			const uint64_t *at = bsearch(&want, lines, all,
			    sizeof(*lines), cmp_u64);
			size_t same = 1;

			for (const uint64_t *p = at; p > lines &&
			    p[-1] == want; p--)
				same++;
			for (const uint64_t *p = at; p + 1 < lines + all &&
			    p[1] == want; p++)
				same++;
			things[i].skip[s] = same >= COMMON ||
			    things[i].text->sentences[s].disclaimer;
		}
	free(lines);
}

static struct match_side side(const struct thing *x)
{
	return (struct match_side){.text = x->text, .skip = x->skip, .at = x->at, .seen_at = TIME_NONE};
}

int main(int argc, char **argv)
{
	char line[512], label[8], weight[32], x[32], y[32], c5[32], j5[32];
	struct arena a;
	FILE *f;

	if (argc != 3)
		return 2;
	arena_init(&a);
	load(argv[1], &a);
	mark();
	f = fopen(argv[2], "re");
	while (f && fgets(line, sizeof(line), f)) {
		struct match_side p, q;
		struct match m;

		if (sscanf(line, "%7s %31s %31s %31s %31s %31s", label, weight,
		    x, y, c5, j5) != 6 || !find(x) || !find(y))
			continue;
		p = side(find(x));
		q = side(find(y));
		match_texts(&q, &p, false, &m);
		printf("%s %s %s %s %s %s", label, weight, x, y, c5, j5);
		for (int i = 0; i < SIGNALS_N; i++)
			printf(" %.4f", m.x[i]);
		putchar('\n');
	}
	if (f)
		fclose(f);
	arena_release(&a);
	free(things);
	return 0;
}
