#include "crawler/obey.h"

/* A host is as slow as the slowest of its robots.txt wants. */
static int longest_delay(const struct host *h)
{
	int ms = -1;

	for (const struct authority *x = h->authorities; x; x = x->next)
		if (x->state == ROBOTS_READY && x->robots.crawl_delay_ms > ms)
			ms = x->robots.crawl_delay_ms;
	return ms;
}

/* text: of a 2xx; else empty, which allows all. */
static void use(const struct obey *o, struct authority *x, int status,
    struct slice text, usec_t keep)
{
	arena_release(&x->arena);
	if (status < 200 || status >= 300)
		text = SLICE("");
	robots_parse(
	    arena_slice(&x->arena, text), o->token, &x->arena, &x->robots);
	x->deny = x->waits = false;
	x->deny_err = (struct err){0};
	x->state = ROBOTS_READY;
	x->host->manners.crawl_delay_ms = longest_delay(x->host);
	x->robots_until = clock_monotonic() + keep;
}

static void deny(struct authority *x, int status, const struct err *why)
{
	if (status)
		err_set(&x->deny_err, E_ROBOTS_DISALLOWED,
		    "robots.txt: status %d, so nothing is allowed", status);
	else
		err_set(&x->deny_err,
		    why && why->code ? why->code : E_CONNECTION,
		    "robots.txt: %s", why ? why->message : "");
	x->deny = true;
	x->waits = false;
	x->state = ROBOTS_READY;
	x->robots_until = clock_monotonic() + OBEY_RETRY;
}

int obey_recall(const struct obey *o, struct authority *x, struct err *err)
{
	struct robots_kept k = {.keep = OBEY_KEEP};
	struct arena a;
	usec_t age;
	int rc;

	arena_init(&a);
	rc = o->frontier->robots_get(o->frontier->self, x->name, &a, &k, err);
	age = clock_now(o->clock) - k.at;
	if (rc == 1 && !robots_reached(k.status))
		x->unreachable_since = k.at;
	/* another machine's clock may be ahead of ours */
	else if (rc == 1 && age > -k.keep && age < k.keep)
		use(o, x, k.status, k.text, k.keep - (age > 0 ? age : 0));
	arena_release(&a);
	return rc < 0 ? -1 : 0;
}

/* Without it nothing is allowed, until it has been missing for so long that
 * the host may be taken to have none. */
static int miss(const struct obey *o, struct authority *x, int status,
    const struct err *why, struct err *err)
{
	struct robots_kept k = {.text = SLICE(""), .status = status,
	    .keep = OBEY_KEEP};
	usec_t now = clock_now(o->clock);

	/* our refusal, which says nothing of the host: not kept */
	if (!status && why && why->code == E_FORBIDDEN_ADDRESS) {
		deny(x, status, why);
		return 0;
	}
	if (x->unreachable_since == TIME_NONE)
		x->unreachable_since = now;
	deny(x, status, why);
	if (now - x->unreachable_since > OBEY_UNREACHABLE_MAX)
		use(o, x, 404, SLICE(""), OBEY_RETRY);
	log_warn(o->log, "robots", "host=%.*s %s%s", SLICE_FMT(x->name),
	    x->deny ? "" : "out of reach for 30 days, taken to have none; ",
	    x->deny ? x->deny_err.message
	    : why   ? why->message
		    : "");
	k.at = x->unreachable_since;
	return o->frontier->robots_put(o->frontier->self, x->name, &k, err);
}

/* What a database takes as text: ASCII stands for what a rule can match. */
static struct slice storable(struct slice text, struct strbuf *to)
{
	static const char digits[] = "0123456789ABCDEF";

	text = robots_part(text);
	if (slice_starts(text, SLICE("\xef\xbb\xbf")))
		text = slice_sub(text, 3, text.n);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c && c < 0x80) {
			strbuf_addc(to, (char)c);
			continue;
		}
		strbuf_addc(to, '%');
		strbuf_addc(to, digits[c >> 4]);
		strbuf_addc(to, digits[c & 15]);
	}
	return robots_part(strbuf_slice(to));
}

static usec_t keep_for(usec_t max_age)
{
	if (max_age < 0 || max_age > OBEY_KEEP)
		return OBEY_KEEP;
	return max_age > OBEY_KEEP_LEAST ? max_age : OBEY_KEEP_LEAST;
}

int obey_learn(const struct obey *o, struct authority *x, int status,
    struct slice text, usec_t max_age, const struct err *why,
    struct err *err)
{
	struct robots_kept k = {.status = status, .at = clock_now(o->clock),
	    .keep = keep_for(max_age)};
	struct strbuf kept = STRBUF_INIT;
	int rc;

	if (!robots_reached(status))
		return miss(o, x, status, why, err);
	if (status >= 300)
		text = SLICE("");
	x->unreachable_since = TIME_NONE;
	use(o, x, status, text, k.keep);
	if (text.n && !x->robots.rules_n)
		log_debug(o->log, "robots", "host=%.*s no rule for %.*s",
		    SLICE_FMT(x->name), SLICE_FMT(o->token));
	k.text = storable(text, &kept);
	rc = o->frontier->robots_put(o->frontier->self, x->name, &k, err);
	strbuf_release(&kept);
	return rc;
}

void obey_wait(struct authority *x, const struct err *why)
{
	deny(x, 0, why);
	x->waits = true;
	x->robots_until = clock_monotonic() + OBEY_WAIT;
}

bool obey_is_fresh(const struct authority *x, const struct job *j, usec_t mono)
{
	if (x->state != ROBOTS_READY || x->robots_until <= mono)
		return false;
	/* it was refused to one who may go less far than this one */
	return !(x->deny && x->deny_err.code == E_FORBIDDEN_ADDRESS &&
		 j->allow_private && !x->asked_private);
}

bool obey_allows(const struct authority *x, const struct url *u, struct err *why)
{
	struct slice path = u->path.n ? u->path : SLICE("/");
	struct robots_answer answer;

	if (x->deny) {
		*why = x->deny_err;
		return false;
	}
	if (u->query.p) /* it follows the path in href */
		path.n += 1 + u->query.n;
	answer = robots_check(&x->robots, path);
	if (!answer.allowed)
		err_set(why, E_ROBOTS_DISALLOWED,
		    "robots.txt does not allow it: Disallow: %.*s",
		    SLICE_FMT(slice_sub(answer.rule->pattern, 0, 200)));
	return answer.allowed;
}
