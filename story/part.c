/*
 * Pages taken out of a story by the verdict. A text may fit a page of a story that
 * another page parts it from: the same form, filled otherwise. Had it come first,
 * the page that it fits would have been put to it, if it fits it better than what
 * it was put to. So it is now: which stories there are must not hang on the order
 * of arrival (timeline.md, "The same database").
 */
#include "story/judging.h"

#define PAGES_MOST 32 /* of a story; more are left as they are */
#define TEXTS_MOST 8  /* of a page that are compared, the latest */
#define NODES_MOST (PAGES_MOST + 1)

/* What stays together whatever is found: the texts that a page of the story
 * showed; or, as the first, the new text and those of the story it was put to. */
struct node {
	struct match_side *texts;
	size_t n;
	const struct j_posting *page;
	usec_t first; /* seen */
	size_t group; /* the lowest number of a node that it is one with */
};

/* How two nodes fit: the best of the verdicts, and whether a form parts them. */
struct link {
	double score; /* 0: they do not */
	bool parted;
};

struct parting {
	struct node nodes[NODES_MOST];
	size_t n;
	struct link links[NODES_MOST][NODES_MOST];
};

/* ---- nodes ---------------------------------------------------------------- */

static struct match_side side_of(const struct judging *j,
    const struct j_story *s, const struct j_posting *p,
    const struct j_sighting *x)
{
	return (struct match_side){.text = x->text,
	    .skip = j_left_out(j, x->text, p->outlet_id),
	    .outlet_id = p->outlet_id, .at = x->version->effective,
	    .seen_at = s->visited};
}

static void add_texts(struct node *to, const struct judging *j,
    const struct j_story *s, const struct j_posting *p)
{
	size_t n = p->sightings_n;

	for (size_t i = n > TEXTS_MOST ? n - TEXTS_MOST : 0; i < n; i++)
		to->texts[to->n++] = side_of(j, s, p, p->sightings[i]);
}

static struct match_side *room(const struct judging *j, size_t pages)
{
	return arena_alloc(j->a, (pages * TEXTS_MOST + 1) *
	    sizeof(struct match_side));
}

/* The new text, and all of the story that it was put to. */
static void add_new(struct parting *x, const struct judging *j,
    const struct j_story *into)
{
	struct node *to = &x->nodes[x->n++];

	*to = (struct node){.texts = room(j, into->postings_n), .first = j->t};
	to->texts[to->n++] = j_mine(j);
	for (size_t i = 0; i < into->postings_n; i++)
		add_texts(to, j, into, into->postings[i]);
}

/* A page that left the story stays where it went. */
static void add_pages(struct parting *x, const struct judging *j,
    const struct j_story *s)
{
	for (size_t i = 0; i < s->postings_n; i++) {
		const struct j_posting *p = s->postings[i];
		struct node *to = &x->nodes[x->n];

		if (!p->sightings_n || p->status == POSTING_LEFT)
			continue;
		*to = (struct node){.texts = room(j, 1), .page = p,
		    .first = p->sightings[0]->first, .group = x->n};
		add_texts(to, j, s, p);
		x->n++;
	}
}

/* ---- links ---------------------------------------------------------------- */

/* As rule 3 has it (verdict.c): what stands beside its like already is not parted
 * from it. */
static struct link link_of(const struct node *a, const struct node *b)
{
	const struct match_side *p = NULL, *q = NULL;
	struct link out = {0};
	struct match m;

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			match_texts(&a->texts[i], &b->texts[k], false, &m);
			if (m.same && m.score > out.score) {
				out.score = m.score;
				p = &a->texts[i];
				q = &b->texts[k];
			}
		}
	for (size_t i = 0; i < a->n && !out.parted; i++)
		for (size_t k = 0; k < b->n && !out.parted; k++) {
			match_texts(&a->texts[i], &b->texts[k], false, &m);
			out.parted = m.form && !(p &&
			    (j_is_filled(p, &a->texts[i]) ||
			    j_is_filled(q, &b->texts[k])));
		}
	return out;
}

static void measure(struct parting *x)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = i + 1; k < x->n; k++)
			x->links[i][k] = x->links[k][i] =
			    link_of(&x->nodes[i], &x->nodes[k]);
}

/* ---- groups --------------------------------------------------------------- */

static bool may_join(const struct parting *x, size_t a, size_t b)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->n; k++)
			if (x->nodes[i].group == a && x->nodes[k].group == b &&
			    x->links[i][k].parted)
				return false;
	return true;
}

static bool is_older(const struct node *a, const struct node *b)
{
	if (a->first != b->first)
		return a->first < b->first;
	return slice_cmp(a->page ? a->page->url : SLICE_NONE,
	    b->page ? b->page->url : SLICE_NONE) < 0;
}

/* Of equal links the one to the older page. */
static bool is_better(const struct parting *x, size_t i, size_t k, size_t best_i,
    size_t best_k)
{
	double a = x->links[i][k].score, b = x->links[best_i][best_k].score;

	if (a > b || a < b)
		return a > b;
	return is_older(&x->nodes[i], &x->nodes[best_i]);
}

/* Joins the two groups that fit best; false: none do. */
static bool join_best(struct parting *x)
{
	size_t best_i = 0, best_k = 0, from, to;

	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->n; k++) {
			size_t a = x->nodes[i].group, b = x->nodes[k].group;

			if (a != b && x->links[i][k].score > 0 &&
			    is_better(x, i, k, best_i, best_k) &&
			    may_join(x, a, b)) {
				best_i = i;
				best_k = k;
			}
		}
	if (best_i == best_k)
		return false;
	from = x->nodes[best_i].group;
	to = x->nodes[best_k].group;
	for (size_t i = 0; i < x->n; i++)
		if (x->nodes[i].group == (from > to ? from : to))
			x->nodes[i].group = from > to ? to : from;
	return true;
}

/* ---- the whole ------------------------------------------------------------ */

static size_t put_to_new(const struct parting *x, struct j_parting *out,
    struct arena *a)
{
	out->pages = arena_alloc(a, x->n * sizeof(*out->pages));
	for (size_t i = 1; i < x->n; i++) {
		const struct node *p = &x->nodes[i];

		if (p->group)
			continue;
		out->pages[out->pages_n++] = p->page->url_key;
	}
	return out->pages_n;
}

static int part_from(struct judging *j, const struct verdict *v,
    const struct parted *from)
{
	struct parting *x;
	char why[MATCH_REASON];
	struct j_parting out = {.story = from->story, .into = v->story,
	    .at = j->t, .score = from->match.score};

	if (from->story->postings_n > PAGES_MOST ||
	    v->story->postings_n > PAGES_MOST)
		return 0;
	x = arena_zalloc(j->a, 1, sizeof(*x));
	add_new(x, j, v->story);
	add_pages(x, j, from->story);
	measure(x);
	while (join_best(x))
		;
	if (!put_to_new(x, &out, j->a))
		return 0;
	out.reason = arena_slice(j->a, slice_of(match_reason(&from->match,
	    why)));
	return j->io->part(j->io->self, &out, j->err);
}

int j_part(struct judging *j, const struct verdict *v)
{
	for (size_t i = 0; i < v->parted_n; i++)
		if (part_from(j, v, &v->parted[i]))
			return -1;
	return 0;
}
