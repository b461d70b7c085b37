/* When the publisher says it was published and updated. */
#include "parser/evidence.h"

#include <stdlib.h>

#define FIRST_YEAR  1990 /* an earlier date needs two witnesses */
#define ZONES_APART (15 * 60) /* minutes: UTC+14 is the furthest; an hour more */
#define ZONE_STEP   15	      /* minutes: offsets are whole quarters */

static bool within(usec_t a, usec_t b, usec_t most)
{
	return a <= b ? b - a < most : a - b < most;
}

static size_t witnesses(const struct evidence *e, usec_t t, usec_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < e->claims_n; i++)
		n += e->claims[i].time.at != TIME_NONE &&
		    within(e->claims[i].time.at, t, most);
	return n;
}

static bool plausible(const struct evidence *e, const struct claim *c)
{
	usec_t t = c->time.at, most = e->in->fetched_at;

	if (most != TIME_NONE && t > most + (c->time.zone_known ? 0 :
	    ZONES_APART * USEC_MINUTE))
		return false;
	return civil_from_usec(t).year >= FIRST_YEAR ||
	    witnesses(e, t, USEC_DAY) >= 2;
}

/* An hour tells more than a day, among what machines are told: a page prints
 * days for itself and hours for its comments. */
static int time_rank(const struct claim *c)
{
	return weigh_rank(c) - (!c->time.day_only ? 0 :
	    c->witness <= WITNESS_META ? 8 : 2);
}

/*
 * The day in a URL is that of the first publication and never moves; what
 * machines are told moves when a site does. More than two days later it is
 * another event.
 */
static const struct claim *url_says(const struct evidence *e,
    const struct claim *b)
{
	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].field == b->field &&
		    e->claims[i].witness == WITNESS_URL &&
		    plausible(e, &e->claims[i]) &&
		    b->time.at > e->claims[i].time.at + 3 * USEC_DAY)
			return &e->claims[i];
	return NULL;
}

static const struct claim *best_time(const struct evidence *e,
    enum claim_field f)
{
	const struct claim *b = NULL;

	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field == f && c->time.at != TIME_NONE &&
		    plausible(e, c) && (!b || time_rank(c) > time_rank(b)))
			b = c;
	}
	return b;
}

/* ---- what else says of the chosen time ------------------------------------- */

static usec_t wall(const struct claim *c)
{
	return c->time.at + c->time.offset_s * USEC_SECOND;
}

/* Printed for readers: not an attribute, nor in the form of machines. */
static bool printed(const struct claim *c)
{
	return (c->witness == WITNESS_LINE || c->witness == WITNESS_MICRO) &&
	    !slice_is(slice_sub(c->text, 10, 11), "T");
}

/*
 * Machines say one wall clock with a wrong offset, or none, and the visible
 * line names the zone: the line wins where both print the same hour and
 * minute.
 */
static const struct claim *line_says(const struct evidence *e,
    const struct claim *b)
{
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field == b->field && c->witness == WITNESS_LINE &&
		    c->time.at != TIME_NONE && c->time.zone_known &&
		    !c->time.day_only && !b->time.day_only && c != b &&
		    wall(b) / USEC_MINUTE == wall(c) / USEC_MINUTE &&
		    b->time.at != c->time.at && plausible(e, c))
			return c;
	}
	return NULL;
}

/*
 * A time in UTC beside the same minute on a wall clock that the page prints
 * without a zone: what lies between is the publisher's offset.
 */
static bool wall_clock(const struct evidence *e, const struct claim *b,
    int *offset_s)
{
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		usec_t minutes;

		if (c->field != b->field || !printed(c) ||
		    c->time.at == TIME_NONE || c->time.day_only ||
		    c->time.zone_known)
			continue;
		/* what is printed leaves the seconds out */
		minutes = c->time.at / USEC_MINUTE - b->time.at / USEC_MINUTE;
		if (minutes && minutes % ZONE_STEP == 0 &&
		    llabs(minutes) < ZONES_APART) {
			*offset_s = (int)minutes * 60;
			return true;
		}
	}
	return false;
}

/* ---- choosing ----------------------------------------------------------------- */

static void choose(const struct evidence *e, enum claim_field f,
    struct pubtime *to, struct strbuf *why)
{
	const char *name = f == CLAIM_CREATED ? "created" : "updated";
	const struct claim *b = best_time(e, f), *line;
	int offset_s;

	if (!b)
		return;
	line = url_says(e, b);
	if (line) {
		strbuf_addf(why, "%s: the day in the URL wins over %s; ", name,
		    b->where);
		b = line;
	}
	line = line_says(e, b);
	if (line) {
		strbuf_addf(why, "%s: the visible line's zone (%.*s) wins over "
		    "%s; ", name, SLICE_FMT(line->text), b->where);
		b = line;
	}
	*to = b->time;
	to->raw = b->text;
	strbuf_addf(why, "%s from %s; ", name, b->where);
	if (to->zone_known && !to->offset_s && !to->day_only &&
	    wall_clock(e, b, &offset_s)) {
		to->offset_s = offset_s;
		strbuf_addf(why, "%s: printed %+d min from UTC; ", name,
		    offset_s / 60);
	}
}

/*
 * Publishers keep texts for a scheduled hour, so an update may lie before the
 * publication; but one witness alone for that is likelier to speak of another
 * page or of a template.
 */
static bool update_doubtful(const struct evidence *e,
    const struct article *out)
{
	if (out->created.at == TIME_NONE || out->updated.at == TIME_NONE ||
	    out->updated.day_only || out->created.day_only ||
	    out->updated.at >= out->created.at)
		return false;
	return witnesses(e, out->updated.at, USEC_MINUTE) < 2;
}

void times_choose(struct evidence *e, struct article *out,
    struct strbuf *why)
{
	choose(e, CLAIM_CREATED, &out->created, why);
	choose(e, CLAIM_UPDATED, &out->updated, why);
	if (update_doubtful(e, out))
		out->updated = PUBTIME_NONE;
}
