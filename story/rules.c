/* Rule 4 of timeline.md: which version of its story a text carries. */
#include "story/judge.h"

#include <stdlib.h>

/* Rule 4e: what a copy may have of its own. */
#define OWN_SHARE_PERCENT 5
#define OWN_WORDS	  25
/* Pairs of sentences that are compared for it (0.1 s); a copy of an article has a
 * handful of its own. With more of them T opens a version. */
#define EDITED_PAIRS 200000

/* Sentences that count, of one text. */
struct kept {
	const struct text *text;
	const struct sentence **s;
	size_t n;
	uint64_t *sorted; /* hashes; NULL: beyond() made it */
};

/* ---- lists of sentences ----------------------------------------------------- */

/* Without those of out, which is sorted. */
static struct kept keep(const struct text *t, const bool *skip,
    const uint64_t *out, size_t out_n, struct arena *a)
{
	struct kept k = {.text = t};

	k.s = arena_alloc(a, (t->sentences_n + 1) * sizeof(*k.s));
	k.sorted = arena_alloc(a, (t->sentences_n + 1) * sizeof(*k.sorted));
	for (size_t i = 0; i < t->sentences_n; i++) {
		if ((skip && skip[i]) || hashes_have(out, out_n,
		    t->sentences[i].hash))
			continue;
		k.sorted[k.n] = t->sentences[i].hash;
		k.s[k.n++] = &t->sentences[i];
	}
	hashes_sort(k.sorted, k.n);
	return k;
}

static size_t count_words(const struct kept *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		n += k->s[i]->words;
	return n;
}

static bool same_sentences(const struct kept *a, const struct kept *b)
{
	return a->n == b->n &&
	    (!a->n || !memcmp(a->sorted, b->sorted, a->n * sizeof(*a->sorted)));
}

/* A version as T is compared with it. What its outlet carries in several stories
 * T need not have, and may: a copy that has it adds nothing. */
struct body {
	struct kept must, may;
};

/* Do the sentences of part stand in whole, in that order? */
static bool in_order(const struct kept *part, const struct kept *whole)
{
	size_t i = 0;

	for (size_t k = 0; i < part->n && k < whole->n; k++)
		if (part->s[i]->hash == whole->s[k]->hash)
			i++;
	return i == part->n;
}

/* One more of its sentences, unless as many are used: used[i] of those whose
 * hashes begin at sorted[i]. */
static bool use(const struct kept *whole, uint32_t *used, uint64_t h)
{
	size_t at = hashes_place(whole->sorted, whole->n, h);
	size_t next = at < whole->n ? at + used[at] : whole->n;

	if (next >= whole->n || whole->sorted[next] != h)
		return false;
	used[at]++;
	return true;
}

/*
 * Sentences of part that whole has not, each as often as it is too many.
 * inside (may be NULL) gets those that it has.
 */
static struct kept beyond(const struct kept *part, const struct kept *whole,
    struct kept *inside, struct arena *a)
{
	struct kept out = {.text = part->text}, in = {.text = part->text};
	uint32_t *used = arena_zalloc(a, whole->n + 1, sizeof(*used));

	out.s = arena_alloc(a, (part->n + 1) * sizeof(*out.s));
	in.s = arena_alloc(a, (part->n + 1) * sizeof(*in.s));
	for (size_t i = 0; i < part->n; i++)
		if (use(whole, used, part->s[i]->hash))
			in.s[in.n++] = part->s[i];
		else
			out.s[out.n++] = part->s[i];
	if (inside)
		*inside = in;
	return out;
}

/* ---- rule 4 ----------------------------------------------------------------- */

/* Versions that fit, of which rule 4d takes the best. */
struct fits {
	struct fit {
		struct j_version *v;
		size_t words; /* of T's part */
	} *items;
	size_t n;
};

/* Is the share of x less than, equal to, or more than that of y? */
static int cmp_share(const struct fit *x, const struct fit *y)
{
	uint64_t xw = x->v->text->words_n ? x->v->text->words_n : 1;
	uint64_t yw = y->v->text->words_n ? y->v->text->words_n : 1;
	uint64_t l = x->words * yw, r = y->words * xw;

	return l < r ? -1 : l > r;
}

static bool earlier(const struct j_version *a, const struct j_version *b)
{
	return a->effective < b->effective ||
	    (a->effective == b->effective && a->number < b->number);
}

/*
 * The one of which T has the largest share; of equals, the latest by
 * (effective_at, number) not later than T's updated_at (without one: the
 * latest); if all are later, the earliest.
 */
static struct j_version *best(const struct fits *f, usec_t updated)
{
	struct j_version *first = NULL, *last = NULL;
	const struct fit *most = NULL;

	for (size_t i = 0; i < f->n; i++)
		if (!most || cmp_share(&f->items[i], most) > 0)
			most = &f->items[i];
	for (size_t i = 0; i < f->n; i++) {
		struct j_version *v = f->items[i].v;

		if (cmp_share(&f->items[i], most))
			continue;
		if (!first || earlier(v, first))
			first = v;
		if ((updated == TIME_NONE || v->effective <= updated) &&
		    (!last || earlier(last, v)))
			last = v;
	}
	return last ? last : first;
}

/* "Whole sentence": not one of the version's with some words changed. */
static bool edited(const struct text *t, const struct sentence *x,
    const struct text *u, const struct sentence *y)
{
	return text_common_words(t->words + x->first_word, x->words,
	    u->words + y->first_word, y->words) * 2 > x->words;
}

static bool own_fits(const struct kept *t, const struct body *v,
    size_t *rest_words, struct arena *a)
{
	struct kept rest, own = beyond(t, &v->may, &rest, a), lacks;
	size_t n = count_words(&own);

	if (!rest.n)
		return false;
	if (n > OWN_WORDS && n * 100 >= OWN_SHARE_PERCENT * count_words(t))
		return false;
	lacks = beyond(&v->must, t, NULL, a);
	if (own.n && lacks.n > EDITED_PAIRS / own.n)
		return false;
	for (size_t i = 0; i < own.n; i++)
		for (size_t k = 0; k < lacks.n; k++)
			if (edited(t->text, own.s[i], lacks.text, lacks.s[k]))
				return false;
	*rest_words = count_words(&rest);
	return true;
}

bool j_opened(const struct j_posting *p, const struct j_sighting *x)
{
	return x && hash128_eq(x->version->url_key, p->url_key) &&
	    hash128_eq(x->version->text->hash, x->text->hash);
}


/* Rule 4's marks of a text. */
static const bool *marked(const struct marks *m, const struct text *t,
    int64_t outlet_id)
{
	const struct left_out *x = marks_get(m, t, outlet_id);

	return x ? x->rule_4 : NULL;
}

static struct body body_of(const struct j_version *v, const struct marks *m,
    const uint64_t *out, size_t out_n, struct arena *a)
{
	return (struct body){keep(v->text, marked(m, v->text, v->outlet_id),
	    out, out_n, a), keep(v->text, NULL, out, out_n, a)};
}

/* Has T every sentence of the version, and no other? */
static bool is_whole(const struct kept *t, const struct body *v,
    struct arena *a)
{
	return !beyond(&v->must, t, NULL, a).n && !beyond(t, &v->may, NULL, a).n;
}

/* Sentences of T that the text P carried just before had beyond its version. */
static size_t own_before(const struct text *t, const struct j_sighting *last,
    uint64_t *out, struct arena *a)
{
	struct kept x, v, own, all;
	size_t n = 0;

	if (!last)
		return 0;
	x = keep(last->text, NULL, NULL, 0, a);
	v = keep(last->version->text, NULL, NULL, 0, a);
	own = beyond(&x, &v, NULL, a);
	if (!own.n)
		return 0;
	all = keep(t, NULL, NULL, 0, a);
	for (size_t i = 0; i < own.n; i++)
		if (hashes_have(all.sorted, all.n, own.s[i]->hash))
			out[n++] = own.s[i]->hash;
	return n;
}

/* Sentences left out of T, sorted: they do not count in other texts either. */
static size_t left_out(const struct text *t, const bool *skip,
    const struct j_sighting *last, uint64_t **out, struct arena *a)
{
	size_t n, most = t->sentences_n + (last ? last->text->sentences_n : 0);

	*out = arena_alloc(a, (most + 1) * sizeof(**out));
	n = own_before(t, last, *out, a);
	for (size_t i = 0; i < t->sentences_n; i++)
		if (skip && skip[i])
			(*out)[n++] = t->sentences[i].hash;
	return hashes_unique(*out, n);
}

struct rule4 rule_4(const struct j_story *s, const struct j_posting *p,
    const struct j_sighting *last, bool live, const struct text *t,
    usec_t updated, const struct marks *m, struct arena *a)
{
	const struct j_sighting *now = live ? last : NULL;
	bool opened = j_opened(p, now);
	struct fits f = {arena_alloc(a, (s->versions_n + 1) *
	    sizeof(*f.items)), 0};
	struct body *bodies = arena_alloc(a, (s->versions_n + 1) *
	    sizeof(*bodies));
	struct kept sentences, was = {0}, carried = {0};
	const struct j_text *known = j_text_find(s, t->hash);
	uint64_t *out;
	size_t out_n = left_out(t, marked(m, t, p->outlet_id), last, &out, a);

	sentences = keep(t, marked(m, t, p->outlet_id), out, out_n, a);
	if (last)
		was = keep(last->text, marked(m, last->text, p->outlet_id),
		    out, out_n, a);
	if (known && (hash128_eq(known->version->text->hash, t->hash) ||
	    !opened || !in_order(&sentences, &was)))
		return (struct rule4){known->version, "4a"};
	for (size_t i = 0; i < s->versions_n; i++)
		bodies[i] = body_of(s->versions[i], m, out, out_n, a);
	if (!opened) {
		if (now)
			carried = keep(now->version->text, marked(m,
			    now->version->text, p->outlet_id), out, out_n, a);
		for (size_t i = 0; i < s->versions_n; i++)
			if (is_whole(&sentences, &bodies[i], a) &&
			    !(now && same_sentences(&sentences, &carried)))
				f.items[f.n++] = (struct fit){s->versions[i],
				    count_words(&sentences)};
		if (f.n)
			return (struct rule4){best(&f, updated), "4b"};
	}
	if (last && in_order(&sentences, &was)) {
		if (j_opened(p, last))
			return (struct rule4){NULL, "4c-opens"};
		return (struct rule4){last->version, "4c"};
	}
	for (size_t i = 0; i < s->versions_n; i++)
		if (opened ? in_order(&sentences, &bodies[i].may) :
		    !beyond(&sentences, &bodies[i].may, NULL, a).n)
			f.items[f.n++] = (struct fit){s->versions[i],
			    count_words(&sentences)};
	if (f.n)
		return (struct rule4){best(&f, updated), "4d"};
	for (size_t i = 0; !opened && i < s->versions_n; i++) {
		size_t words;

		if (own_fits(&sentences, &bodies[i], &words, a))
			f.items[f.n++] = (struct fit){s->versions[i], words};
	}
	if (f.n)
		return (struct rule4){best(&f, updated), "4e"};
	return (struct rule4){NULL, "4f"};
}
