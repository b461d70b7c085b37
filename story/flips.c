/* A page's flips: its returns to a version of before, in a text it had. */
#include "story/judging.h"

#define FLIP_WINDOW    (24 * USEC_HOUR)	 /* reverted: flips are counted in it */
#define FLIP_QUIET     3		 /* from this flip on no event */

int j_flip(struct judging *j, struct j_posting *p)
{
	usec_t *flips = arena_alloc(j->a, (p->flips_n + 1) * sizeof(*flips));
	size_t n = 0;

	for (size_t i = 0; i < p->flips_n; i++)
		if (j->t - p->flips[i] < FLIP_WINDOW)
			flips[n++] = p->flips[i];
	flips[n++] = j->t;
	p->flips = flips;
	p->flips_n = n;
	p->dirty = true;
	return (int)n;
}

/* When x's flip was: at its first fetch, or at the second, which confirmed a cut. */
static usec_t time_of(const struct j_posting *p, const struct j_sighting *x)
{
	for (size_t i = 0; i < p->flips_n; i++)
		if (x->first <= p->flips[i] && p->flips[i] <= x->last)
			return p->flips[i];
	return x->first; /* more than a day before the last one */
}

/* Counts all flips of p anew. */
static void count_again(const struct j_posting *p)
{
	struct j_sighting *const *xs = p->sightings;
	size_t from = 0;
	int n = 0;

	for (size_t i = 0; i < p->sightings_n; i++) {
		if (!xs[i]->flips)
			continue;
		while (from < i && (!xs[from]->flips || time_of(p, xs[i]) -
		    time_of(p, xs[from]) >= FLIP_WINDOW))
			n -= xs[from++]->flips > 0;
		if (xs[i]->flips != ++n) {
			xs[i]->flips = n;
			xs[i]->dirty = true;
		}
	}
}

void j_late_flip(struct judging *j, struct j_posting *p, struct j_sighting *x,
    usec_t t)
{
	usec_t *flips = arena_alloc(j->a, (p->flips_n + 1) * sizeof(*flips));
	size_t n = 0;

	while (n < p->flips_n && p->flips[n] < t) {
		flips[n] = p->flips[n];
		n++;
	}
	flips[n] = t;
	if (p->flips_n > n)
		memcpy(flips + n + 1, p->flips + n,
		    (p->flips_n - n) * sizeof(*flips));
	p->flips = flips;
	p->flips_n++;
	p->dirty = true;
	x->flips = 1;
	count_again(p);
}

void j_flip_since(struct j_posting *p, const struct j_sighting *x, usec_t was)
{
	for (size_t i = 0; i < p->flips_n; i++)
		if (p->flips[i] == was)
			p->flips[i] = x->first;
	p->dirty = true;
	count_again(p);
}

bool j_is_quiet(const struct j_sighting *x)
{
	return x->flips >= FLIP_QUIET;
}
