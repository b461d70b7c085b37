/* When the publisher says it was published and updated. */
#include "parser/evidence.h"

#include <stdlib.h>

#define FIRST_YEAR  1990 /* an earlier date needs two witnesses */
#define ZONES_APART (15 * 60) /* minutes: UTC+14 is the furthest; an hour more */
#define SEASON	    (30 * USEC_DAY) /* summer time seldom changes within */

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

/* ---- what readers see ---------------------------------------------------------- */

#define SEEN_WEIGHT 2 /* least of a line beside the title */
#define SAME_DAY    (36 * USEC_HOUR)

static bool names_day(const struct claim *c, enum claim_field f, usec_t t)
{
	return c->field == f && c->time.at != TIME_NONE &&
	    within(c->time.at, t, SAME_DAY);
}

/* A page that marks several days is full of teasers, and marks theirs. */
static bool marks_many_days(const struct evidence *e)
{
	const struct claim *first = NULL;

	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field != CLAIM_CREATED || c->witness != WITNESS_MICRO ||
		    c->time.at == TIME_NONE)
			continue;
		if (!first)
			first = c;
		else if (!within(c->time.at, first->time.at, SAME_DAY))
			return true;
	}
	return false;
}

/* How many kinds of witness name about the same day. */
static int kinds_that_say(const struct evidence *e, const struct claim *b)
{
	unsigned int kinds = 0;
	int n = 0;

	for (size_t i = 0; i < e->claims_n; i++)
		if (e->claims[i].weight > 0 && names_day(&e->claims[i],
		    CLAIM_CREATED, b->time.at))
			kinds |= 1u << e->claims[i].witness;
	if (marks_many_days(e))
		kinds &= ~(1u << WITNESS_MICRO);
	for (; kinds; kinds &= kinds - 1)
		n++;
	return n;
}

/* "12/11/25" is read as a day in November; is December's meant? */
static bool same_numbers(usec_t printed, usec_t t)
{
	struct civil c = civil_from_usec(printed);
	int day = c.day;

	c.day = c.month;
	c.month = day;
	return civil_valid(&c) && within(civil_to_usec(&c), t, SAME_DAY);
}

/*
 * A CMS tells machines when a record was made or moved; the date beside the
 * title is the one that its editors answer for. Where more kinds of witness
 * name that day than the chosen one, and none says that it is the update's:
 * that day's best claim, else NULL.
 */
static const struct claim *readers_see(const struct evidence *e,
    const struct claim *b)
{
	const struct claim *seen = NULL, *best = NULL;

	for (size_t i = 0; i < e->claims_n && !seen; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field == CLAIM_CREATED && c->witness == WITNESS_LINE &&
		    c->weight >= SEEN_WEIGHT && c->time.at != TIME_NONE &&
		    plausible(e, c) && !same_numbers(c->time.at, b->time.at) &&
		    !within(c->time.at, b->time.at, SAME_DAY) &&
		    kinds_that_say(e, c) > kinds_that_say(e, b))
			seen = c;
	}
	for (size_t i = 0; seen && i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];

		if (names_day(c, CLAIM_UPDATED, seen->time.at))
			return NULL;
		if (names_day(c, CLAIM_CREATED, seen->time.at) &&
		    (!best || time_rank(c) > time_rank(best)))
			best = c;
	}
	return best;
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

/*
 * A CMS with one field tells machines the day of its last change twice, as a
 * day; the
 * earlier day beside the title is then the publication's.
 */
static const struct claim *one_field(const struct evidence *e,
    const struct claim *b)
{
	const struct claim *updated = best_time(e, CLAIM_UPDATED), *seen = NULL;

	if (!b->time.day_only || b->witness > WITNESS_META || !updated ||
	    updated->witness > WITNESS_META || marks_many_days(e) ||
	    !within(b->time.at, updated->time.at, SAME_DAY))
		return NULL;
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];

		if (c->field == CLAIM_CREATED && c->witness == WITNESS_LINE &&
		    c->weight >= SEEN_WEIGHT && c->time.at != TIME_NONE &&
		    plausible(e, c) && c->time.at + SAME_DAY < b->time.at &&
		    !same_numbers(c->time.at, b->time.at) &&
		    (!seen || c->weight > seen->weight))
			seen = c;
	}
	return seen;
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

/* Is it an offset that some zone has today? Half hours are few, quarters
 * (Nepal, Eucla, Chatham) fewer. */
static bool is_offset(usec_t minutes)
{
	static const short odd[] = {-570, -210, -150, 210, 270, 330, 345, 390,
	    525, 570, 630, 765, 825};

	if (!minutes || llabs(minutes) >= ZONES_APART)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(odd); i++)
		if (minutes == odd[i])
			return true;
	return minutes % 60 == 0;
}

/*
 * A time in UTC beside the same instant with an offset, or beside the same
 * minute on a wall clock that the page prints without a zone: what lies
 * between is the publisher's offset.
 */
static bool wall_clock(const struct evidence *e, const struct claim *b,
    int *offset_s)
{
	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		usec_t minutes;

		if (c->field != b->field || c->time.at == TIME_NONE ||
		    c->time.day_only)
			continue;
		/* what is printed leaves the seconds out */
		minutes = c->time.at / USEC_MINUTE - b->time.at / USEC_MINUTE;
		if (c->time.zone_known && c->time.offset_s && !minutes) {
			*offset_s = c->time.offset_s;
			return true;
		}
		if (!c->time.zone_known && printed(c) && is_offset(minutes)) {
			*offset_s = (int)minutes * 60;
			return true;
		}
	}
	return false;
}

static usec_t day_of(usec_t t)
{
	return t / USEC_DAY * USEC_DAY; /* plausible times lie after 1970 */
}

/* Is day, on some wall clock (UTC-12 to UTC+14), the neighbour of t's? */
static bool neighbours(usec_t day, usec_t t)
{
	usec_t clock = t - day_of(t);

	return (day == day_of(t) + USEC_DAY && clock >= 10 * USEC_HOUR) ||
	    (day == day_of(t) - USEC_DAY && clock < 12 * USEC_HOUR);
}

/*
 * A time in UTC beside a day that the page prints, or that its URL holds: the
 * publisher's own day, where it is the day before or after in UTC.
 */
static bool wall_day(const struct evidence *e, const struct claim *b,
    usec_t *day)
{
	bool found = false;

	for (size_t i = 0; i < e->claims_n; i++) {
		const struct claim *c = &e->claims[i];
		bool told = c->witness == WITNESS_URL || (printed(c) &&
		    c->weight >= SEEN_WEIGHT);

		if (c->field != b->field || c->time.at == TIME_NONE || !told)
			continue;
		if (day_of(c->time.at) == day_of(b->time.at))
			return false;
		if (c->time.day_only && neighbours(c->time.at, b->time.at)) {
			*day = c->time.at;
			found = true;
		}
	}
	return found;
}

/* ---- choosing ----------------------------------------------------------------- */

static bool in_utc(const struct pubtime *t)
{
	return t->at != TIME_NONE && t->zone_known && !t->offset_s &&
	    !t->day_only;
}

static void find_wall(const struct evidence *e, const struct claim *b,
    const char *name, struct pubtime *to, struct strbuf *why)
{
	int offset_s;

	if (wall_clock(e, b, &offset_s)) {
		to->offset_s = offset_s;
		strbuf_addf(why, "%s: printed %+d min from UTC; ", name,
		    offset_s / 60);
	} else if (wall_day(e, b, &to->local_day)) {
		to->local_known = true;
		strbuf_addf(why, "%s: another day on the page's clock; ", name);
	}
}

static void choose(const struct evidence *e, enum claim_field f,
    struct pubtime *to, struct strbuf *why)
{
	const char *name = f == CLAIM_CREATED ? "created" : "updated";
	const struct claim *b = best_time(e, f), *line;

	if (!b)
		return;
	line = f == CLAIM_CREATED ? readers_see(e, b) : NULL;
	if (!line && f == CLAIM_CREATED)
		line = one_field(e, b);
	if (line) {
		strbuf_addf(why, "%s: the day beside the title wins over %s; ",
		    name, b->where);
		b = line;
	}
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
	if (in_utc(to))
		find_wall(e, b, name, to, why);
}

/* One publisher has one zone; a season may lie between far days. */
static void share_offset(const struct pubtime *from, struct pubtime *to,
    struct strbuf *why)
{
	if (from->at == TIME_NONE || !from->zone_known || !from->offset_s ||
	    !in_utc(to) || !within(from->at, to->at, SEASON))
		return;
	to->offset_s = from->offset_s;
	to->local_known = false;
	strbuf_addf(why, "created: %+d min from UTC, as updated; ", to->offset_s / 60);
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

/* A page that prints one date, and calls it the update's, was published no
 * later; readers are told of no other day. */
static void only_update(const struct evidence *e, struct article *out,
    struct strbuf *why)
{
	const struct claim *b = best_time(e, CLAIM_UPDATED);

	if (out->created.at != TIME_NONE || !b || !printed(b))
		return;
	out->created = out->updated;
	strbuf_adds(why, "created: the one day that the page prints; ");
}

void times_choose(struct evidence *e, struct article *out,
    struct strbuf *why)
{
	days_order(e);
	choose(e, CLAIM_CREATED, &out->created, why);
	choose(e, CLAIM_UPDATED, &out->updated, why);
	share_offset(&out->updated, &out->created, why);
	only_update(e, out, why);
	if (update_doubtful(e, out))
		out->updated = PUBTIME_NONE;
}
