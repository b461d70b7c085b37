/* Candidates: what the database answers, and what the batch wrote since. */
#include "store/memory.h"

#include <stdlib.h>

#define APART (7 * USEC_DAY) /* of the times of one question, at most */
#define AHEAD 16 /* stories of a text that are loaded: as many are judged */

struct memory *memory_new(void)
{
	return xcalloc(1, sizeof(struct memory));
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	table_release(&m->known);
	table_release(&m->carried);
	table_release(&m->told);
	free(m->sketches);
	for (size_t i = 0; i < m->looked_n; i++)
		free(m->looked[i].found);
	free(m->looked);
	free(m);
}

void batch_ask_anew(struct batch *b)
{
	memory_free(b->memory);
	b->memory = memory_new();
	b->asked_anew++;
	b->own_from = b->next_id;
	for (size_t i = 0; i < b->pages_n; i++)
		b->pages[i]->recorded = false;
}

size_t batch_forgot(const struct batch *b)
{
	return b->asked_anew;
}

/* ---- asking --------------------------------------------------------------- */

/* Hashes of the text's sentences that are long enough to be told by, sorted, each
 * once. */
static size_t long_sentences(const struct text *t, const bool *skip,
    uint64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->sentences_n; i++)
		if (sentence_tells(&t->sentences[i]) && !(skip && skip[i]))
			out[n++] = t->sentences[i].hash;
	return hashes_unique(out, n);
}

static void looked_init(struct batch *b, const struct look *look,
    struct looked *x)
{
	uint64_t *sentences = arena_alloc(&b->arena,
	    (look->text->sentences_n + 1) * sizeof(*sentences));

	*x = (struct looked){.look = *look, .sentences = sentences,
	    .canonical = look->page->canonical_key};
	x->sentences_n = long_sentences(look->text, look->skip, sentences);
}

struct found *add_found(struct looked *x, enum found_by by, int64_t root,
    int64_t home)
{
	GROW(x->found, x->found_n, x->found_cap);
	x->found[x->found_n] = (struct found){.root = root, .home = home,
	    .by = by};
	return &x->found[x->found_n++];
}

void add_crowd(struct batch *b, struct looked *x, uint64_t hash)
{
	size_t i = x->crowd_n;

	if (!x->crowd)
		x->crowd = arena_alloc(&b->arena, (x->look.sketch->kept_n +
		    x->sentences_n) * sizeof(*x->crowd));
	for (; i && x->crowd[i - 1] > hash; i--)
		x->crowd[i] = x->crowd[i - 1];
	x->crowd[i] = hash;
	x->crowd_n++;
}

static int by_time(const void *a, const void *b)
{
	const struct looked *x = a, *y = b;

	return x->look.at < y->look.at ? -1 : x->look.at > y->look.at;
}

/* Texts near one another in time share a question: each costs a look into every
 * partition. */
static int look_up_all(struct batch *b, struct looked *x, size_t n,
    struct err *err)
{
	size_t to;

	if (n)
		qsort(x, n, sizeof(*x), by_time);
	for (size_t from = 0; from < n; from = to) {
		for (to = from; to < n; to++)
			if (x[to].look.at - x[from].look.at > APART)
				break;
		if (candidates_ask(b, x + from, to - from, err))
			return -1;
	}
	return 0;
}

/* ---- what the batch wrote --------------------------------------------------- */

/* Pages that this batch recorded carry what their images say. */
static void add_canonical(struct batch *b, struct looked *x)
{
	for (size_t i = 0; i < b->pages_n && !x->front; i++) {
		const struct page_cache *g = b->pages[i];
		const struct j_page *image = g->row.image;
		const struct j_story *s;
		bool was = false;

		if (!g->recorded)
			continue;
		for (size_t k = 0; k < x->found_n; k++)
			if (!hash128_is_zero(x->found[k].page) && hash128_eq(
			    x->found[k].page, image->url_key)) {
				x->found[k].gone = true;
				was = hash128_is_zero(g->canonical);
			}
		if (!hash128_is_zero(x->canonical) && image->story_id &&
		    (was || hash128_eq(g->canonical, x->canonical))) {
			s = batch_held(b, image->story_id);
			add_found(x, FOUND_BY_CANONICAL, s ? s->id :
			    image->story_id, image->story_id);
		}
	}
}

/* ---- asking ahead ---------------------------------------------------------- */

/* Does its page come again among them? */
static bool comes_again(const struct looked *x, const struct looked *all,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (&all[i] != x && all[i].look.page == x->look.page)
			return true;
	return false;
}

static bool may_be_one(const struct sketch *x, const struct sketch *y)
{
	return hashes_common(x->kept, x->kept_n, y->kept, y->kept_n,
	    CANDIDATE_HASHES) == CANDIDATE_HASHES;
}

/* Texts of versions that the page may come to carry. */
struct carriable {
	struct outlet_text *v;
	size_t n, cap;
};

static void add_carriable(struct carriable *all, const struct looked *x,
    const struct text *t)
{
	GROW(all->v, all->n, all->cap);
	all->v[all->n++] = (struct outlet_text){t, x->look.page->outlet_id};
}

static void add_others(struct carriable *all, const struct looked *x,
    const struct looked *others, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (others[i].look.page != x->look.page &&
		    may_be_one(others[i].look.sketch, x->look.sketch))
			add_carriable(all, x, others[i].look.text);
}

static void add_stories(struct batch *b, struct carriable *all,
    const struct looked *x)
{
	for (size_t i = 0; i < x->found_n; i++) {
		const struct j_story *s = batch_held(b, x->found[i].root);

		for (size_t k = 0; s && k < s->versions_n; k++)
			add_carriable(all, x, s->versions[k]->text);
	}
}

/* A page that comes again is asked for the version that it carries by then (rule
 * 4), when rows are on their way to the server: to ask it then is to wait for all
 * of them. */
static int ask_again(struct batch *b, const struct looked *x, size_t n,
    struct err *err)
{
	struct carriable all = {0};
	int rc;

	for (size_t i = 0; i < n; i++)
		if (comes_again(&x[i], x, n)) {
			add_others(&all, &x[i], x, n);
			add_stories(b, &all, &x[i]);
		}
	rc = all.n ? common_ask(b, all.v, all.n, err) : 0;
	free(all.v);
	return rc;
}

int batch_look_ahead(struct batch *b, const struct look *looks, size_t n,
    struct err *err)
{
	struct memory *m = b->memory;
	size_t from = m->looked_n, ids_n = 0;
	int64_t *ids = arena_alloc(&b->arena, (n * AHEAD + 1) * sizeof(*ids));

	for (size_t i = 0; i < n; i++) {
		GROW(m->looked, m->looked_n, m->looked_cap);
		looked_init(b, &looks[i], &m->looked[m->looked_n++]);
	}
	if (look_up_all(b, m->looked + from, n, err))
		return -1;
	for (size_t i = from; i < m->looked_n; i++)
		ids_n += look_rank(b, &m->looked[i], ids + ids_n, AHEAD);
	return batch_stories(b, ids, ids_n, err) ||
	    ask_again(b, m->looked + from, n, err) ? -1 : 0;
}

/* ---- the answer --------------------------------------------------------------- */

static bool same_question(const struct looked *x, const struct looked *y)
{
	const struct sketch *a = x->look.sketch, *b = y->look.sketch;

	return x->look.page == y->look.page && x->look.at == y->look.at &&
	    a->kept_n == b->kept_n && x->sentences_n == y->sentences_n &&
	    hash128_eq(x->canonical, y->canonical) &&
	    (!a->kept_n || !memcmp(a->kept, b->kept,
	    a->kept_n * sizeof(*a->kept))) &&
	    (!x->sentences_n || !memcmp(x->sentences, y->sentences,
	    x->sentences_n * sizeof(*x->sentences)));
}

/* The answer to the same question, if it was asked ahead. */
static const struct looked *asked_ahead(const struct batch *b,
    const struct looked *x)
{
	const struct memory *m = b->memory;

	for (size_t i = 0; i < m->looked_n; i++)
		if (same_question(&m->looked[i], x))
			return &m->looked[i];
	return NULL;
}

static void copy_found(struct looked *x, const struct looked *from)
{
	x->crowd = from->crowd;
	x->crowd_n = from->crowd_n;
	x->front = from->front;
	for (size_t k = 0; k < from->found_n; k++) {
		GROW(x->found, x->found_n, x->found_cap);
		x->found[x->found_n++] = from->found[k];
	}
}

static void add_written(struct batch *b, struct looked *x)
{
	add_shares(b, x);
	add_canonical(b, x);
}

static int answer(struct batch *b, struct looked *x, struct err *err)
{
	const struct looked *ahead = asked_ahead(b, x);

	if (ahead)
		copy_found(x, ahead);
	else if (candidates_ask(b, x, 1, err))
		return -1;
	add_written(b, x);
	return 0;
}

int batch_candidates(void *self, const struct j_page *page,
    const struct article *article, const struct text *t,
    const struct sketch *sketch, const bool *skip, usec_t at, int64_t *ids,
    size_t max, size_t *n, struct err *err)
{
	struct batch *b = self;
	struct look look = {page, t, sketch, skip, at};
	struct looked x;
	int rc;

	(void)article;
	looked_init(b, &look, &x);
	rc = answer(b, &x, err);
	if (!rc)
		*n = look_rank(b, &x, ids, max);
	free(x.found);
	return rc;
}
