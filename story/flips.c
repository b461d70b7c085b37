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

void j_late_flip(struct judging *j, struct j_posting *p, struct j_sighting *x,
    usec_t t)
{
	usec_t *flips = arena_alloc(j->a, (p->flips_n + 1) * sizeof(*flips));
	size_t n = 0;

	x->flips = 1;
	for (size_t i = 0; i < p->sightings_n; i++) {
		struct j_sighting *y = p->sightings[i];

		if (y == x || !y->flips)
			continue;
		if (y->first < t && t - y->first < FLIP_WINDOW) {
			x->flips++;
		} else if (y->first > t && y->first - t < FLIP_WINDOW) {
			y->flips++;
			y->dirty = true;
		}
	}
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
}

bool j_is_quiet(const struct j_sighting *x)
{
	return x->flips >= FLIP_QUIET;
}
