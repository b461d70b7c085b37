#include "crawler/manners.h"

#include "core/attr.h"

/* First rests, doubled with each that follows; ours. A host that says "too
 * many" needs longer than one that stumbled. */
#define REST_REFUSED (5 * USEC_SECOND) /* 429, 503 */
#define REST_FAULT   (1 * USEC_SECOND) /* other 5xx, no answer */
#define REST_MAX     (5 * USEC_MINUTE)

/* ---- dates ---------------------------------------------------------- */

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* Digits exactly n, at most 4. */
static bool number(struct slice *s, size_t n, int *v)
{
	*v = 0;
	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*v = *v * 10 + (s->p[i] - '0');
	}
	*s = slice_sub(*s, n, s->n);
	return true;
}

static bool text(struct slice *s, const char *t)
{
	if (!slice_starts(*s, slice_of(t)))
		return false;
	*s = slice_sub(*s, strlen(t), s->n);
	return true;
}

static bool month(struct slice *s, int *v)
{
	for (*v = 1; *v <= 12; ++*v)
		if (slice_starts(
			*s, (struct slice){months + 3 * (*v - 1), 3})) {
			*s = slice_sub(*s, 3, s->n);
			return true;
		}
	return false;
}

static bool hms(struct slice *s, struct civil *c)
{
	return number(s, 2, &c->hour) && text(s, ":") &&
	       number(s, 2, &c->minute) && text(s, ":") &&
	       number(s, 2, &c->second);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
static bool imf_fixdate(struct slice s, usec_t now, struct civil *c)
{
	(void)now;
	s = slice_sub(s, 3, s.n);
	return text(&s, ", ") && number(&s, 2, &c->day) && text(&s, " ") &&
	       month(&s, &c->month) && text(&s, " ") &&
	       number(&s, 4, &c->year) && text(&s, " ") && hms(&s, c) &&
	       text(&s, " GMT") && !s.n;
}

/* "Sunday, 06-Nov-94 08:49:37 GMT"; over 50 years ahead is in the past. */
static bool rfc850(struct slice s, usec_t now, struct civil *c)
{
	int this_year = civil_from_usec(now).year;
	long comma = slice_find(s, SLICE(","), 0);

	if (comma < 0)
		return false;
	s = slice_sub(s, (size_t)comma, s.n);
	if (!(text(&s, ", ") && number(&s, 2, &c->day) && text(&s, "-") &&
		month(&s, &c->month) && text(&s, "-") &&
		number(&s, 2, &c->year) && text(&s, " ") && hms(&s, c) &&
		text(&s, " GMT") && !s.n))
		return false;
	c->year += this_year - this_year % 100;
	if (c->year > this_year + 50)
		c->year -= 100;
	return true;
}

/* "Sun Nov  6 08:49:37 1994" */
static bool asctime_date(struct slice s, usec_t now, struct civil *c)
{
	(void)now;
	s = slice_sub(s, 3, s.n);
	return text(&s, " ") && month(&s, &c->month) && text(&s, " ") &&
	       (text(&s, " ") ? number(&s, 1, &c->day)
			      : number(&s, 2, &c->day)) &&
	       text(&s, " ") && hms(&s, c) && text(&s, " ") &&
	       number(&s, 4, &c->year) && !s.n;
}

int manners_date(struct slice s, usec_t now, usec_t *t)
{
	static bool (*const forms[])(struct slice, usec_t, struct civil *) = {
	    imf_fixdate, rfc850, asctime_date};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct civil c = {0};

		if (!forms[i](s, now, &c))
			continue;
		if (c.second == 60) /* a leap second, which ours lack */
			c.second = 59;
		if (!civil_valid(&c))
			return -1;
		*t = civil_to_usec(&c);
		return 0;
	}
	return -1;
}

/* ---- pauses --------------------------------------------------------- */

usec_t manners_retry_after(struct slice value, usec_t now)
{
	usec_t wait = 0, at;
	size_t i = 0;

	for (; i < value.n && value.p[i] >= '0' && value.p[i] <= '9'; i++)
		if (wait < MANNERS_RETRY_MAX)
			wait = wait * 10 + (value.p[i] - '0') * USEC_SECOND;
	if (!i || i < value.n) {
		if (manners_date(value, now, &at))
			return TIME_NONE;
		wait = at - now;
	}
	if (wait < 0)
		return 0;
	return wait < MANNERS_RETRY_MAX ? wait : MANNERS_RETRY_MAX;
}

usec_t manners_delay(const struct manners *m)
{
	int ms = m->crawl_delay_ms;

	if (ms > MANNERS_DELAY_MAX_MS)
		ms = MANNERS_DELAY_MAX_MS;
	if (ms < m->delay_ms)
		ms = m->delay_ms;
	return ms > 0 ? ms * (USEC_SECOND / 1000) : 0;
}

usec_t manners_sent(struct manners *m, usec_t mono)
{
	usec_t gap = m->sent_at ? mono - m->sent_at : 0;

	m->sent_at = mono;
	return gap;
}

struct owed manners_owed(const struct manners *m, usec_t mono, usec_t now)
{
	return (struct owed){.asked_at = now - (mono - m->sent_at),
	    .next_at = now + (m->next_at - mono),
	    .failures = m->failures};
}

void manners_recall(
    struct manners *m, const struct owed *o, usec_t mono, usec_t now)
{
	usec_t left = 0;

	if (o->next_at != TIME_NONE)
		left = o->next_at - (now > o->asked_at ? now : o->asked_at);
	if (left > MANNERS_RETRY_MAX)
		left = MANNERS_RETRY_MAX;
	if (o->asked_at != TIME_NONE && !m->sent_at)
		m->sent_at = mono - (now > o->asked_at ? now - o->asked_at : 0);
	m->failures = o->failures;
	m->rests = o->failures > 0 && left > 0;
	if (left > 0 && m->next_at < mono + left)
		m->next_at = mono + left;
}

/* No word of the host itself; what breaks HTTP is an answer all the same. */
static bool is_fault(enum code code)
{
	return code == E_DNS || code == E_CONNECTION || code == E_TLS ||
	       code == E_EMPTY_REPLY || code == E_TOO_SLOW;
}

static usec_t rest(usec_t first, int failures)
{
	while (--failures > 0 && first < REST_MAX)
		first *= 2;
	return first < REST_MAX ? first : REST_MAX;
}

void manners_after(
    struct manners *m, const struct manners_answer *a, usec_t mono, usec_t now)
{
	usec_t pause = manners_delay(m), wait = 0;
	bool refused = a->status == 429 || a->status == 503;

	m->rests = refused || a->status >= 500 ||
		   (!a->status && is_fault(a->code));
	m->failures = m->rests ? m->failures + 1 : 0;
	if (m->rests)
		wait = rest(refused ? REST_REFUSED : REST_FAULT, m->failures);
	if (m->rests && a->retry_after.n) {
		usec_t asked = manners_retry_after(a->retry_after, now);

		if (asked != TIME_NONE)
			wait = asked;
	}
	/* a host that slows is asked more slowly; 0 is the operator's word that
	 * it need not be spared */
	if (pause && a->duration > pause)
		pause = a->duration <
				MANNERS_DELAY_MAX_MS * (USEC_SECOND / 1000)
			    ? a->duration
			    : MANNERS_DELAY_MAX_MS * (USEC_SECOND / 1000);
	m->next_at = mono + (wait > pause ? wait : pause);
}
