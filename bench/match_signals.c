/*
 * match_signals ITEMS.jsonl PAIRS.tsv: the verdict's signals of labelled
 * pairs, one line each: label weight containment jaccard title lead numbers
 * hours product exact score subject run. bench/fit_match.py fits the weights to them.
 */
#include "core/json.h"
#include "core/strbuf.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>

struct thing {
	char id[32];
	struct text *text;
	struct sketch sketch;
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

		if (!j || article_read(j, a, &art, &err))
			continue;
		GROW(things, n, cap);
		snprintf(things[n].id, sizeof(things[n].id), "%.*s",
		    SLICE_FMT(art.id));
		things[n].text = text_new(a, art.title, art.summary, art.body);
		sketch_make(things[n].text, NULL, a, &things[n].sketch);
		things[n++].at = art.created.at;
		jsonr_free(j);
	}
	free(line);
	if (f)
		fclose(f);
}

int main(int argc, char **argv)
{
	char line[512], label[8], weight[32], x[32], y[32];
	struct arena a;
	FILE *f;

	if (argc != 3)
		return 2;
	arena_init(&a);
	load(argv[1], &a);
	f = fopen(argv[2], "re");
	while (f && fgets(line, sizeof(line), f)) {
		struct thing *p, *q;
		struct match m;

		if (sscanf(line, "%7s %31s %31s %31s", label, weight, x, y) != 4)
			continue;
		p = find(x);
		q = find(y);
		if (!p || !q)
			continue;
		match_texts(&(struct match_side){.text = q->text,
		    .sketch = &q->sketch, .at = q->at, .seen_at = TIME_NONE},
		    &(struct match_side){.text = p->text, .sketch = &p->sketch,
		    .at = p->at, .seen_at = TIME_NONE}, false, &m);
		printf("%s %s %s %s %.4f %.4f %.4f %.4f %.4f %.2f %d %.4f %.4f %.4f %.4f\n",
		    label, weight, x, y, m.containment, m.jaccard, m.title,
		    m.lead, m.numbers, m.hours, m.product, m.exact, m.score,
		    m.subject, m.run);
	}
	if (f)
		fclose(f);
	arena_release(&a);
	free(things);
	return 0;
}
