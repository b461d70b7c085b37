/*
 * bench_sketch ITEMS.jsonl [ROUNDS]: how many texts a core normalises and
 * sketches a second, by CPU time: sketching alone (shingles, hashes, sketch of
 * a text that is read), and the text too (normalising, sentences, words).
 */
#include "core/json.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct raw {
	struct slice title, summary, body;
	struct text *text;
};

static double cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t load(FILE *f, struct arena *a, struct raw **out)
{
	size_t n = 0, cap = 0, size = 0;
	char *line = NULL;
	ssize_t len;

	*out = NULL;
	while ((len = getline(&line, &size, f)) > 0) {
		struct err err;
		struct article art;
		struct json *j = jsonr_parse((struct slice){line,
		    (size_t)len}, &err);

		if (j && !article_read(j, a, &art, &err) && art.body.n) {
			if (n == cap) {
				cap = cap ? cap * 2 : 1024;
				*out = xrealloc(*out, cap * sizeof(**out));
			}
			(*out)[n++] = (struct raw){art.title, art.summary,
			    art.body, text_new(a, art.title, art.summary,
			    art.body)};
		}
		jsonr_free(j);
	}
	free(line);
	return n;
}

static double once(struct raw *docs, size_t n, bool texts)
{
	struct arena a;
	double start = cpu();

	arena_init(&a);
	for (size_t i = 0; i < n; i++) {
		struct text *t = docs[i].text;
		struct sketch sk;

		if (texts)
			t = text_new(&a, docs[i].title, docs[i].summary,
			    docs[i].body);
		sketch_make(t, NULL, &a, &sk);
		if (i % 64 == 63) {
			arena_release(&a);
			arena_init(&a);
		}
	}
	arena_release(&a);
	return cpu() - start;
}

/* The best of the rounds: what else runs on the machine only adds. */
static double best(struct raw *docs, size_t n, bool texts, int rounds)
{
	double least = 0;

	for (int i = 0; i < rounds; i++) {
		double t = once(docs, n, texts);

		if (!i || t < least)
			least = t;
	}
	return least;
}

int main(int argc, char **argv)
{
	FILE *f = argc > 1 ? fopen(argv[1], "re") : NULL;
	int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
	struct raw *docs;
	struct arena a;
	size_t n, words = 0;

	if (!f) {
		fprintf(stderr, "usage: bench_sketch ITEMS.jsonl [ROUNDS]\n");
		return 2;
	}
	arena_init(&a);
	n = load(f, &a, &docs);
	fclose(f);
	for (size_t i = 0; i < n; i++)
		words += docs[i].text->words_n;
	printf("sketching: %zu documents of %.0f words, %.0f a second and core; "
	    "with normalising %.0f\n", n, (double)words / (double)(n + !n),
	    (double)n / best(docs, n, false, rounds),
	    (double)n / best(docs, n, true, rounds));
	arena_release(&a);
	free(docs);
	return 0;
}
