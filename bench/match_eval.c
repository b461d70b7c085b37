/*
 * match_eval [-v] ITEMS.jsonl: attaches each item in turn to the story of the
 * best candidate, in memory, as the judge does with the database, and writes
 * "id<TAB>story" for score/stories.py. Where items carry the true story
 * ("_story", streams of the reference model) it says how many were judged
 * right instead. Texts and sketches a second go to stderr.
 */
#include "core/json.h"
#include "story/judge.h"

#include <stdio.h>
#include <stdlib.h>

#define WINDOW	       (72 * USEC_HOUR) /* timeline.md, Times and order */
#define SHARED_LEAST   3		/* store/sql: found by sketch */
#define POSTINGS_MAX   4000		/* a longer list tells nothing */

struct version {
	struct text *text;
	const bool *skip;
	usec_t at;
	int64_t outlet_id;
	size_t story;
	size_t shared, round; /* of the lookup under way */
};

struct story {
	size_t into; /* itself, or the story that it was merged into */
	size_t *versions, n, cap;
	usec_t visited;
	char truth[64];
	/* what it shares with the text that is looked for, in that round */
	size_t round, sketch, sentences, sentence;
};

struct page {
	struct slice url;
	size_t story;
	struct text *text;
};

/* Hash -> numbers, in lists; 2^20 heads. */
struct index {
	struct entry {
		uint64_t key;
		uint32_t next, value;
	} *entries;
	size_t n, cap;
	uint32_t *head;
};
#define INDEX_BITS 20

/* Which story an item was put into. */
struct told {
	struct slice id;
	size_t story;
};

struct eval {
	struct told *told;
	size_t told_n, told_cap, merged, tried, kept;
	struct arena arena;
	struct version *versions;
	size_t versions_n, versions_cap;
	struct story *stories;
	size_t stories_n, stories_cap;
	struct page *pages;
	size_t pages_n, pages_cap;
	struct index sketches, sentences, urls, carried;
	size_t round;
	size_t *candidates, candidates_n, candidates_cap; /* of that round */
	size_t judged, right;
	bool verbose;
};

/* ---- indexes ---------------------------------------------------------------- */

static uint32_t *index_head(struct index *x, uint64_t key)
{
	if (!x->head)
		x->head = xcalloc(1u << INDEX_BITS, sizeof(*x->head));
	return &x->head[key * 0x9e3779b97f4a7c15u >> (64 - INDEX_BITS)];
}

static void index_add(struct index *x, uint64_t key, size_t value)
{
	uint32_t *head = index_head(x, key);

	GROW(x->entries, x->n, x->cap);
	x->entries[x->n++] = (struct entry){key, *head, (uint32_t)value};
	*head = (uint32_t)x->n;
}

/* The entry of that key after e, or the first one; NULL at the end. */
static struct entry *index_next(struct index *x, uint64_t key,
    const struct entry *e)
{
	uint32_t i = e ? e->next : *index_head(x, key);

	while (i && x->entries[i - 1].key != key)
		i = x->entries[i - 1].next;
	return i ? &x->entries[i - 1] : NULL;
}

static void index_release(struct index *x)
{
	free(x->entries);
	free(x->head);
}

static struct page *page_of(struct eval *v, struct slice url)
{
	uint64_t key = hash64(url.p, url.n);
	struct entry *e = url.n ? index_next(&v->urls, key, NULL) : NULL;

	if (e)
		return &v->pages[e->value];
	GROW(v->pages, v->pages_n, v->pages_cap);
	v->pages[v->pages_n] = (struct page){arena_slice(&v->arena, url),
	    SIZE_MAX, NULL};
	if (url.n)
		index_add(&v->urls, key, v->pages_n);
	return &v->pages[v->pages_n++];
}

/* ---- merged stories --------------------------------------------------------- */

static size_t root_of(const struct eval *v, size_t story)
{
	while (v->stories[story].into != story)
		story = v->stories[story].into;
	return story;
}

/* ---- left out: carried by the outlet in two or more stories -------------------- */

#define CARRIED_MOST 16 /* stories of a sentence that are remembered */

static uint64_t carried_key(struct slice outlet, uint64_t sentence)
{
	return hash64_seed(outlet.p, outlet.n, sentence);
}

/* In how many stories, up to most? */
static size_t stories_of(struct eval *v, uint64_t key, size_t most)
{
	size_t roots[CARRIED_MOST], n = 0, k;

	for (struct entry *e = NULL;
	    n < most && (e = index_next(&v->carried, key, e));) {
		size_t root = root_of(v, e->value);

		for (k = 0; k < n && roots[k] != root; k++)
			;
		if (k == n)
			roots[n++] = root;
	}
	return n;
}

static enum carried carried_of(struct eval *v, uint64_t hash,
    struct slice outlet)
{
	return carried_by(stories_of(v, carried_key(outlet, hash),
	    CARRIED_FEW_MOST + 1));
}

static const bool *left_out(struct eval *v, const struct text *t,
    struct slice outlet)
{
	enum carried *common = arena_zalloc(&v->arena, t->sentences_n + 1,
	    sizeof(*common));

	for (size_t i = 0; i < t->sentences_n; i++)
		common[i] = carried_of(v, t->sentences[i].hash, outlet);
	return left_out_by(t, common, &v->arena).rule_3;
}

static void carry_one(struct eval *v, uint64_t key, size_t story)
{
	struct entry *e = NULL;
	size_t n = 0;

	while ((e = index_next(&v->carried, key, e)) && e->value != story)
		n++;
	if (!e && n < CARRIED_MOST)
		index_add(&v->carried, key, story);
}

static void carry(struct eval *v, const struct text *t, struct slice outlet,
    size_t story)
{
	for (size_t i = 0; i < t->sentences_n; i++)
		carry_one(v, carried_key(outlet, t->sentences[i].hash), story);
}

/* ---- candidates and verdict ------------------------------------------------------ */

#define ALSO_MAX 16

struct found {
	size_t story;
	double score;
	struct match match;
	size_t also[ALSO_MAX], also_n; /* other stories that it belongs to */
	bool within[ALSO_MAX];	       /* it says nothing more there */
};

static struct match_side held_side(const struct version *x,
    const struct story *s)
{
	return (struct match_side){.text = x->text, .skip = x->skip,
	    .at = x->at, .outlet_id = x->outlet_id, .seen_at = s->visited};
}

#define FORMS_MAX 96 /* texts of a story, as story/verdict.c compares */

/* Is one of the forms filled otherwise, and not beside the nearest text's like? */
static bool is_parted(const struct match_side *nearest,
    const struct match_side *forms, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (nearest->text == forms[i].text ||
		    !match_is_filled(nearest, &forms[i]))
			return true;
	return false;
}

/* The best verdict against the story's texts; a form filled otherwise parts. */
static bool belongs(struct eval *v, const struct match_side *mine, size_t story,
    const struct text *carries, bool own, struct match *best)
{
	const struct story *s = &v->stories[story];
	struct match_side nearest = {0}, forms[FORMS_MAX];
	struct match m;
	size_t forms_n = 0;

	*best = (struct match){0};
	for (size_t i = 0; i < s->n + (carries != NULL); i++) {
		struct match_side held = held_side(&v->versions[s->versions[
		    i < s->n ? i : s->n - 1]], s);

		if (i == s->n) {
			held.text = carries;
			held.skip = NULL;
		}
		match_texts(mine, &held, own, &m);
		if (m.form && !own && forms_n < FORMS_MAX)
			forms[forms_n++] = held;
		if (m.score > best->score) {
			*best = m;
			nearest = held;
		}
	}
	return best->same && !is_parted(&nearest, forms, forms_n);
}

static void add_also(struct found *f, size_t story, const struct match *m)
{
	if (f->also_n == ALSO_MAX)
		return;
	f->within[f->also_n] = m->within;
	f->also[f->also_n++] = story;
}

static void try_story(struct eval *v, const struct match_side *mine,
    size_t story, size_t own, struct found *best)
{
	struct match m;

	v->tried++;
	if (!belongs(v, mine, story, NULL, false, &m))
		return;
	if (best->story != SIZE_MAX &&
	    (best->story == own || m.score <= best->score)) {
		add_also(best, story, &m);
		return;
	}
	if (best->story != SIZE_MAX)
		add_also(best, best->story, &best->match);
	best->story = story;
	best->score = m.score;
	best->match = m;
}

static bool are_one(struct eval *v, const struct match_side *mine, size_t a,
    size_t b, bool within)
{
	const struct story *x = &v->stories[a], *y = &v->stories[b];
	bool one = !within;
	struct match m;

	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++) {
			struct match_side p = held_side(
			    &v->versions[x->versions[i]], x);
			struct match_side q = held_side(
			    &v->versions[y->versions[k]], y);

			match_texts(&p, &q, false, &m);
			if (m.form && !match_is_filled(mine, &p) &&
			    !match_is_filled(mine, &q))
				return false;
			one |= m.same;
		}
	return one;
}

/* The text belongs to several stories: they are one (story/bridge.c). */
static void bridge(struct eval *v, const struct match_side *mine,
    const struct found *f)
{
	for (size_t i = 0; i < f->also_n; i++) {
		size_t from = f->also[i];
		struct story *y = &v->stories[from];
		struct story *x = &v->stories[f->story];

		if (!are_one(v, mine, f->story, from, f->match.within &&
		    f->within[i]))
			continue;
		for (size_t k = 0; k < y->n; k++) {
			GROW(x->versions, x->n, x->cap);
			x->versions[x->n++] = y->versions[k];
			v->versions[y->versions[k]].story = f->story;
		}
		y->n = 0;
		y->into = f->story;
		if (y->visited > x->visited)
			x->visited = y->visited;
		v->merged++;
	}
}

/* The story as a candidate of this round; NULL: it is the page's own. */
static struct story *candidate(struct eval *v, size_t story, size_t own)
{
	struct story *s;

	story = root_of(v, story);
	s = &v->stories[story];
	if (story == own)
		return NULL;
	if (s->round != v->round) {
		s->round = v->round;
		s->sketch = s->sentences = 0;
		s->sentence = SIZE_MAX;
		GROW(v->candidates, v->candidates_n, v->candidates_cap);
		v->candidates[v->candidates_n++] = story;
	}
	return s;
}

static void by_sketch(struct eval *v, const struct match_side *mine, size_t own)
{
	const struct sketch *sk = text_sketch(mine->text, mine->skip);

	for (size_t i = 0; i < sk->kept_n; i++) {
		struct entry *e = NULL;
		size_t seen = 0;

		while ((e = index_next(&v->sketches, sk->kept[i], e)) && seen++ < POSTINGS_MAX) {
			struct version *x = &v->versions[e->value];
			struct story *s;

			if (x->at < mine->at - WINDOW ||
			    x->at > mine->at + WINDOW)
				continue;
			if (x->round != v->round)
				x->shared = 0;
			x->round = v->round;
			x->shared += sketch_worth(sk, sk->kept[i]);
			if (x->shared < SHARED_LEAST)
				continue;
			s = candidate(v, x->story, own);
			if (s && x->shared > s->sketch)
				s->sketch = x->shared;
		}
	}
}

static void by_sentence(struct eval *v, const struct match_side *mine,
    size_t own)
{
	for (size_t i = 0; i < mine->text->sentences_n; i++) {
		const struct sentence *x = &mine->text->sentences[i];
		struct entry *e = NULL;
		size_t seen = 0;

		if (!sentence_tells(x) || (mine->skip && mine->skip[i]))
			continue;
		while ((e = index_next(&v->sentences, x->hash, e)) &&
		    seen++ < POSTINGS_MAX) {
			struct story *s = candidate(v,
			    v->versions[e->value].story, own);

			if (s && s->sentence != i) {
				s->sentence = i;
				s->sentences++;
			}
		}
	}
}

static size_t weight(const struct story *s)
{
	return s->sketch + SENTENCE_HASHES * s->sentences;
}

/* The best of what was found, as store/look.c ranks. */
static void try_candidates(struct eval *v, const struct match_side *mine,
    size_t own, struct found *best)
{
	for (size_t n = 0; n < ALSO_MAX && n < v->candidates_n; n++) {
		size_t *c = v->candidates, k = n;

		for (size_t i = n + 1; i < v->candidates_n; i++) {
			size_t x = weight(&v->stories[c[i]]);
			size_t y = weight(&v->stories[c[k]]);

			if (x > y || (x == y && c[i] < c[k]))
				k = i;
		}
		try_story(v, mine, c[k], own, best);
		c[k] = c[n];
	}
}

static struct found find_story(struct eval *v, const struct match_side *mine,
    const struct page *page)
{
	struct found best = {.story = SIZE_MAX};
	size_t own = page->story == SIZE_MAX ? SIZE_MAX :
	    root_of(v, page->story);
	struct match m;

	v->round++;
	v->candidates_n = 0;
	if (own != SIZE_MAX) {
		if (belongs(v, mine, own, page->text, true, &m)) {
			best = (struct found){.story = own, .score = m.score,
			    .match = m};
			if (!belongs(v, mine, own, NULL, false, &m))
				return best;
		}
	}
	by_sketch(v, mine, own);
	by_sentence(v, mine, own);
	try_candidates(v, mine, best.story, &best);
	return best;
}

/* ---- one item ------------------------------------------------------------------------ */

/* Every sentence stands in one version: a rendition, no version (rule 4d). */
static bool is_rendition(const struct eval *v, const struct story *s,
    const struct match_side *mine)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct text *x = v->versions[s->versions[i]].text;
		size_t k, n = 0;

		for (k = 0; k < mine->text->sentences_n; k++) {
			for (n = 0; n < x->sentences_n; n++)
				if (x->sentences[n].hash ==
				    mine->text->sentences[k].hash)
					break;
			if (n == x->sentences_n && !(mine->skip && mine->skip[k]))
				break;
		}
		if (k == mine->text->sentences_n)
			return true;
	}
	return false;
}

/* A page that changes its own text opens versions. */
static void add_version(struct eval *v, const struct match_side *mine,
    size_t story, bool copies)
{
	const struct sketch *sk = text_sketch(mine->text, mine->skip);
	struct story *s = &v->stories[story];
	size_t id = v->versions_n;

	if (copies && is_rendition(v, s, mine))
		return;
	GROW(v->versions, v->versions_n, v->versions_cap);
	v->versions[v->versions_n++] = (struct version){
	    .text = (struct text *)mine->text, .skip = mine->skip, .at = mine->at,
	    .outlet_id = mine->outlet_id, .story = story};
	GROW(s->versions, s->n, s->cap);
	s->versions[s->n++] = id;
	v->kept += sk->kept_n;
	for (size_t i = 0; i < sk->kept_n; i++)
		index_add(&v->sketches, sk->kept[i], id);
	for (size_t i = 0; i < mine->text->sentences_n; i++)
		if (sentence_tells(&mine->text->sentences[i]))
			index_add(&v->sentences,
			    mine->text->sentences[i].hash, id);
}

static void tell_wrong(const struct eval *v, const struct article *art,
    struct slice truth, const struct found *f)
{
	char why[MATCH_REASON];

	if (v->verbose)
		fprintf(stderr, "%.*s: %.*s, taken for %s: %s\n",
		    SLICE_FMT(art->url), SLICE_FMT(truth),
		    f->story == SIZE_MAX ? "new" : v->stories[f->story].truth,
		    match_reason(&f->match, why));
}

/* A story is the truth's of its first item. */
static void check(struct eval *v, const struct article *art,
    struct slice truth, const struct found *f)
{
	bool right;

	if (f->story != SIZE_MAX) {
		right = slice_is(truth, v->stories[f->story].truth);
	} else {
		right = true;
		for (size_t i = 0; i < v->stories_n; i++)
			right = right && !slice_is(truth, v->stories[i].truth);
	}
	v->judged++;
	v->right += right;
	if (!right)
		tell_wrong(v, art, truth, f);
}

static int64_t outlet_number(struct slice outlet)
{
	return outlet.n ? (int64_t)hash64(outlet.p, outlet.n) : 0;
}

static void take_text(struct eval *v, const struct article *art, usec_t seen,
    struct slice truth)
{
	struct page *page = page_of(v, art->url);
	usec_t said = art->updated.at != TIME_NONE ? art->updated.at :
	    art->created.at;
	struct text *t = text_new(&v->arena, art->title, art->summary,
	    art->body);
	struct match_side mine = {.text = t, .seen_at = seen,
	    .note = art->note, .outlet_id = outlet_number(art->outlet),
	    .skip = left_out(v, t, art->outlet)};
	struct found f;

	mine.at = said == TIME_NONE || (seen != TIME_NONE && seen < said) ?
	    seen : said;
	f = find_story(v, &mine, page);
	if (truth.n)
		check(v, art, truth, &f);
	if (f.story == SIZE_MAX) {
		GROW(v->stories, v->stories_n, v->stories_cap);
		f.story = v->stories_n++;
		v->stories[f.story] = (struct story){.visited = seen,
		    .into = f.story};
		snprintf(v->stories[f.story].truth,
		    sizeof(v->stories[f.story].truth), "%.*s",
		    SLICE_FMT(truth));
	}
	bridge(v, &mine, &f);
	add_version(v, &mine, f.story, page->story != f.story);
	carry(v, t, art->outlet, f.story);
	v->stories[f.story].visited = seen;
	page->story = f.story;
	page->text = t;
	if (!truth.n) {
		GROW(v->told, v->told_n, v->told_cap);
		v->told[v->told_n++] = (struct told){
		    arena_slice(&v->arena, art->id), f.story};
	}
}

static void take_line(struct eval *v, struct slice line)
{
	struct err err;
	struct json *j = jsonr_parse(line, &err);
	struct article art;
	usec_t seen = TIME_NONE;

	if (j && !article_read(j, &v->arena, &art, &err)) {
		if (time_parse(jsonr_str(jsonr_get(j, "fetched_at")), &seen))
			seen = TIME_NONE;
		if (art.body.n) {
			take_text(v, &art, seen,
			    jsonr_str(jsonr_get(j, "_story")));
		} else {
			struct page *p = page_of(v, art.url);

			if (p->story != SIZE_MAX)
				v->stories[p->story].visited = seen;
		}
	}
	jsonr_free(j);
}

/* ---- speed: texts and sketches alone ---------------------------------------------------- */

static void measure(const struct eval *v, size_t rounds)
{
	usec_t start = clock_monotonic(), texts, sketches;
	struct arena a = {0};

	for (size_t k = 0; k < rounds; k++) {
		for (size_t i = 0; i < v->versions_n; i++) {
			struct text *t = v->versions[i].text;

			text_new(&a, t->title, t->summary, t->body);
		}
		arena_release(&a);
	}
	texts = clock_monotonic() - start;
	start = clock_monotonic();
	for (size_t k = 0; k < rounds; k++) {
		for (size_t i = 0; i < v->versions_n; i++) {
			struct sketch sk;

			sketch_make(v->versions[i].text, NULL, &a, &sk);
		}
		arena_release(&a);
	}
	sketches = clock_monotonic() - start;
	fprintf(stderr, "texts/s %.0f, sketches/s %.0f\n",
	    (double)(v->versions_n * rounds) * 1e6 / (double)(texts + 1),
	    (double)(v->versions_n * rounds) * 1e6 / (double)(sketches + 1));
}

static void eval_release(struct eval *v)
{
	for (size_t i = 0; i < v->stories_n; i++)
		free(v->stories[i].versions);
	free(v->stories);
	free(v->versions);
	free(v->told);
	free(v->candidates);
	free(v->pages);
	index_release(&v->sketches);
	index_release(&v->sentences);
	index_release(&v->urls);
	index_release(&v->carried);
	arena_release(&v->arena);
}

int main(int argc, char **argv)
{
	struct eval v = {.verbose = argc > 2 && !strcmp(argv[1], "-v")};
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	FILE *f = argc > 1 ? fopen(argv[argc - 1], "re") : NULL;

	if (!f) {
		fprintf(stderr, "usage: match_eval [-v] ITEMS.jsonl\n");
		return 2;
	}
	arena_init(&v.arena);
	while ((len = getline(&line, &size, f)) > 0)
		take_line(&v, (struct slice){line, (size_t)len});
	fclose(f);
	free(line);
	for (size_t i = 0; i < v.told_n; i++)
		printf("%.*s\t%zu\n", SLICE_FMT(v.told[i].id),
		    root_of(&v, v.told[i].story));
	fprintf(stderr, "merged %zu, stories tried %zu, hashes kept %zu\n",
	    v.merged, v.tried, v.kept);
	if (v.judged)
		printf("right %zu of %zu\n", v.right, v.judged);
	else
		measure(&v, 3);
	eval_release(&v);
	return 0;
}
