#include "crawler/expect.h"

#include <math.h>

#define HOURS(t) ((double)(t) / (double)USEC_HOUR)

/* ---- what is known beforehand ------------------------------------------------ */

/* Ages end at these hours; the last bin has no end. */
static const double age_end[EXPECT_AGES - 1] = {.25, .5, 1, 2, 4, 8, 16, 32,
    72, 168, 336, 720, 2160};
/* Changes an hour of pages like most, before an outlet taught us better: most
 * in the first hours, then falling about as 1 / age^1.3. */
static const double age_prior[EXPECT_AGES] = {.6, .5, .4, .25, .13, .06, .03,
    .014, .006, .002, .0008, .0003, .0001, .00003};
/* A change is followed by others, most within half an hour. */
static const double since_end[EXPECT_SINCE] = {1. / 12, 1. / 6, 1. / 3,
    2. / 3, 4. / 3, 8. / 3};
static const double since_prior[EXPECT_SINCE] = {1., .8, .5, .3, .15, .06};

/* How many changes what is known beforehand is worth. */
#define AGE_WORTH   2.
#define HOUR_WORTH  6.
#define SINCE_WORTH 4.
/* So many changes tell each bin to a few per cent; then they count half. */
#define FADES_AFTER 5000.
/* No look teaches of more time than that. */
#define WATCHED (60 * USEC_DAY)
/* Liveliness of pages is Gamma(SHAPE, SHAPE): mean 1, most below. */
#define SHAPE .5

static double *age_sums(struct expect_sums *s)
{
	return s->v;
}

static double *hour_sums(struct expect_sums *s)
{
	return s->v + 2 * EXPECT_AGES;
}

static double *since_sums(struct expect_sums *s)
{
	return s->v + 2 * (EXPECT_AGES + EXPECT_HOURS);
}

void expect_fade(struct expect_sums *s)
{
	double changes = 0;

	for (int i = 0; i < EXPECT_AGES; i++)
		changes += s->v[2 * i];
	if (changes < FADES_AFTER)
		return;
	for (int i = 0; i < EXPECT_SUMS; i++)
		s->v[i] /= 2;
}

void expect_curve_of(const struct expect_sums *s,
    struct expect_curve *out)
{
	const double *v = s->v;

	for (int i = 0; i < EXPECT_AGES; i++, v += 2)
		out->by_age[i] = (AGE_WORTH + v[0]) /
		    (AGE_WORTH / age_prior[i] + v[1]);
	for (int i = 0; i < EXPECT_HOURS; i++, v += 2)
		out->by_hour[i] = (HOUR_WORTH + v[0]) / (HOUR_WORTH + v[1]);
	for (int i = 0; i < EXPECT_SINCE; i++, v += 2)
		out->since[i] = (SINCE_WORTH + v[0]) /
		    (SINCE_WORTH / since_prior[i] + v[1]);
}

/* ---- steps of time in which the base rate is constant ---------------------- */

struct step {
	usec_t from, to;
	int age, hour;
};

static int age_bin(usec_t age)
{
	int i = 0;

	while (i < EXPECT_AGES - 1 && HOURS(age) >= age_end[i])
		i++;
	return i;
}

static struct step step_at(const struct expect_past *p, usec_t from,
    usec_t to)
{
	usec_t of_day = (from % USEC_DAY + USEC_DAY) % USEC_DAY, end;
	struct step s = {from, to, age_bin(from - p->born),
	    (int)(of_day / USEC_HOUR)};

	end = from + USEC_HOUR - of_day % USEC_HOUR;
	if (end < s.to)
		s.to = end;
	if (s.age < EXPECT_AGES - 1) {
		end = p->born + (usec_t)ceil(age_end[s.age] * (double)USEC_HOUR);
		if (end > from && end < s.to)
			s.to = end;
	}
	return s;
}

static double step_base(const struct expect_curve *c, const struct step *s)
{
	return c->by_age[s->age] * c->by_hour[s->hour] *
	    HOURS(s->to - s->from);
}

static double liveliness(const struct expect_past *p)
{
	return (SHAPE + p->changes) / (SHAPE + p->expected);
}

/* ---- what follows a change --------------------------------------------------- */

/* Integral over (0, t] of the time that (0, x] has in common with a bin. */
static double twice(double t, double begin, double end)
{
	if (t <= begin)
		return 0;
	if (t <= end)
		return (t - begin) * (t - begin) / 2;
	return (end - begin) * (end - begin) / 2 + (end - begin) * (t - end);
}

static double once(double t, double begin, double end)
{
	return t <= begin ? 0 : (t < end ? t : end) - begin;
}

/*
 * Hours of (from, to] that lie in a bin of the time since the change, which
 * was at a moment between changed_after and changed_at, each as likely.
 */
static double watched_since(const struct expect_past *p, usec_t from,
    usec_t to, int bin)
{
	double begin = bin ? since_end[bin - 1] : 0, end = since_end[bin];
	double u = HOURS(from - p->changed_at), v = HOURS(to - p->changed_at);
	double gap = HOURS(p->changed_at - p->changed_after);

	if (gap < 1. / 3600)
		return once(v, begin, end) - once(u, begin, end);
	return (twice(v + gap, begin, end) - twice(u + gap, begin, end) -
	    twice(v, begin, end) + twice(u, begin, end)) / gap;
}

static bool follows(const struct expect_past *p, usec_t from)
{
	return p->changed_at != TIME_NONE && HOURS(from - p->changed_at) <
	    since_end[EXPECT_SINCE - 1];
}

static double following(const struct expect_curve *c,
    const struct expect_past *p, usec_t from, usec_t to)
{
	double sum = 0;

	if (!follows(p, from))
		return 0;
	for (int i = 0; i < EXPECT_SINCE; i++)
		sum += c->since[i] * watched_since(p, from, to, i);
	return sum;
}

static double base(const struct expect_curve *c,
    const struct expect_past *p, usec_t from, usec_t to)
{
	double sum = 0;

	for (struct step s; from < to; from = s.to) {
		s = step_at(p, from, to);
		sum += step_base(c, &s);
	}
	return sum;
}

double expect_changes(const struct expect_curve *c,
    const struct expect_past *p, usec_t from, usec_t to)
{
	return liveliness(p) * base(c, p, from, to) + following(c, p, from, to);
}

/* ---- learning ------------------------------------------------------------------ */

/* Of n changes in the stretch, each bin takes its share, and its exposure. */
static void learn_base(const struct expect_curve *c,
    const struct expect_past *p, usec_t to, double per_expected,
    struct expect_sums *sums)
{
	double m = liveliness(p), *ages = age_sums(sums), x;
	double *hours = hour_sums(sums);
	usec_t from = p->looked_at;

	for (struct step s; from < to; from = s.to) {
		s = step_at(p, from, to);
		x = m * step_base(c, &s);
		ages[2 * s.age] += per_expected * x;
		ages[2 * s.age + 1] += x / c->by_age[s.age];
		hours[2 * s.hour] += per_expected * x;
		hours[2 * s.hour + 1] += x / c->by_hour[s.hour];
	}
}

static void learn_following(const struct expect_curve *c,
    const struct expect_past *p, usec_t to, double per_expected,
    struct expect_sums *sums)
{
	double *v = since_sums(sums);

	if (!follows(p, p->looked_at))
		return;
	for (int i = 0; i < EXPECT_SINCE; i++) {
		double hours = watched_since(p, p->looked_at, to, i);

		v[2 * i] += per_expected * c->since[i] * hours;
		v[2 * i + 1] += hours;
	}
}

/*
 * The page's liveliness m is Gamma(a, b). No change in a stretch in which m e +
 * f were expected: Gamma(a, b + e). A change, or several: its likelihood is
 * 1 - exp(-m e - f), which is Cho and Garcia-Molina's; the posterior, a
 * difference of two Gammas, is taken for the Gamma of its mean and variance.
 * A stretch so long that a change was certain teaches nothing, as it must.
 */
static void learn_liveliness(struct expect_past *p, double e, double f,
    bool changed)
{
	double a = SHAPE + p->changes, b = SHAPE + p->expected;
	double step = log1p(e / b), z = -expm1(-f - a * step), mean, square;

	if (!changed) {
		p->expected += e;
		return;
	}
	if (z < 1e-9) { /* the limit of a short stretch */
		p->changes++;
		return;
	}
	mean = a / b * -expm1(-f - (a + 1) * step) / z;
	square = a * (a + 1) / (b * b) * -expm1(-f - (a + 2) * step) / z;
	b = mean / fmax(square - mean * mean, 1e-9);
	p->changes = mean * b - SHAPE;
	p->expected = b - SHAPE;
}

/*
 * The outlet's part is expectation maximisation, one step a visit: of a Poisson
 * process of which x were expected and at least one came, x / (1 - e^-x) came
 * on average.
 */
void expect_learn(const struct expect_curve *c, struct expect_past *p,
    usec_t at, bool changed, struct expect_sums *sums)
{
	double e, f, x, per_expected = 0;

	if (p->looked_at == TIME_NONE)
		p->looked_at = at;
	if (at <= p->looked_at)
		return;
	if (p->looked_at < at - WATCHED)
		p->looked_at = at - WATCHED;
	e = base(c, p, p->looked_at, at);
	f = following(c, p, p->looked_at, at);
	x = liveliness(p) * e + f;
	if (changed)
		per_expected = 1 / -expm1(-fmax(x, 1e-9));
	learn_base(c, p, at, per_expected, sums);
	learn_following(c, p, at, per_expected, sums);
	learn_liveliness(p, e, f, changed);
	if (changed) {
		p->changed_after = p->looked_at;
		p->changed_at = at;
	}
	p->looked_at = at;
}

/* ---- when so many are expected ---------------------------------------------- */

/*
 * What waits unseen costs the more the longer: weighed by the root of its
 * hours, the latest tenth is seen a fifth sooner, for a tenth more of the few
 * missed (bench-schedule). Beyond three hours all waits are long, and more
 * weight would only take visits from the young; so would any where requests are
 * few: there it fades.
 */
#define WEIGHED_HOURS 3.

static double weight(usec_t wait, double full)
{
	return pow(1 + fmin(HOURS(wait), WEIGHED_HOURS),
	    .5 * fmin(1, EXPECT_USUAL / full));
}

/* Where in the step the sum reaches the threshold: it grows all along. */
static usec_t within(const struct expect_curve *c,
    const struct expect_past *p, usec_t from, const struct step *s,
    double rate, double done, double full)
{
	usec_t low = s->from, high = s->to;

	while (high - low > USEC_SECOND) {
		usec_t mid = low + (high - low) / 2;

		if ((rate * HOURS(mid - s->from) + done +
		    following(c, p, from, mid)) *
		    weight(mid - from, full) < full)
			low = mid;
		else
			high = mid;
	}
	return high;
}

usec_t expect_reach(const struct expect_curve *c, const struct expect_past *p,
    usec_t from, usec_t to, double full, double *of_burst)
{
	double m = liveliness(p), x, done = 0;
	usec_t at = to;

	for (struct step s = {.to = from}; s.to < to;) {
		s = step_at(p, s.to, to);
		x = m * step_base(c, &s);
		if ((done + x + following(c, p, from, s.to)) *
		    weight(s.to - from, full) >= full) {
			at = within(c, p, from, &s, x / HOURS(s.to - s.from),
			    done, full);
			break;
		}
		done += x;
	}
	*of_burst = following(c, p, from, at) / full;
	return at;
}
