#include "crawler/obey.h"

/* Was it there, or is it known that there is none? */
static bool was_reached(int status)
{
	return status >= 200 && status < 500;
}

/* text: of a 2xx; else empty, which allows all. */
static void use(const struct obey *o, struct host *h, int status,
    struct slice text, usec_t keep)
{
	arena_release(&h->arena);
	if (status < 200 || status >= 300)
		text = SLICE("");
	robots_parse(
	    arena_slice(&h->arena, text), o->token, &h->arena, &h->robots);
	h->manners.crawl_delay_ms = h->robots.crawl_delay_ms;
	h->deny = false;
	h->deny_err = (struct err){0};
	h->state = ROBOTS_READY;
	h->robots_until = clock_monotonic() + keep;
}

static void deny(struct host *h, int status, const struct err *why)
{
	if (status)
		err_set(&h->deny_err, E_ROBOTS_DISALLOWED,
		    "robots.txt: status %d, so nothing is allowed", status);
	else
		err_set(&h->deny_err,
		    why && why->code ? why->code : E_CONNECTION,
		    "robots.txt: %s", why ? why->message : "");
	h->deny = true;
	h->state = ROBOTS_READY;
	h->robots_until = clock_monotonic() + OBEY_RETRY;
}

int obey_recall(const struct obey *o, struct host *h, struct err *err)
{
	struct robots_kept k = {.keep = OBEY_KEEP};
	struct arena a;
	usec_t age;
	int rc;

	arena_init(&a);
	rc = o->frontier->robots_get(o->frontier->self, h->name, &a, &k, err);
	age = clock_now(o->clock) - k.at;
	if (rc == 1 && !was_reached(k.status))
		h->unreachable_since = k.at;
	/* another machine's clock may be ahead of ours */
	else if (rc == 1 && age > -k.keep && age < k.keep)
		use(o, h, k.status, k.text, k.keep - (age > 0 ? age : 0));
	arena_release(&a);
	return rc < 0 ? -1 : 0;
}

/* Without it nothing is allowed, until it has been missing for so long that
 * the host may be taken to have none. */
static int miss(const struct obey *o, struct host *h, int status,
    const struct err *why, struct err *err)
{
	struct robots_kept k = {.text = SLICE(""), .status = status,
	    .keep = OBEY_KEEP};
	usec_t now = clock_now(o->clock);

	/* our refusal, which says nothing of the host: not kept */
	if (!status && why && why->code == E_FORBIDDEN_ADDRESS) {
		deny(h, status, why);
		return 0;
	}
	if (h->unreachable_since == TIME_NONE)
		h->unreachable_since = now;
	deny(h, status, why);
	if (now - h->unreachable_since > OBEY_UNREACHABLE_MAX)
		use(o, h, 404, SLICE(""), OBEY_RETRY);
	log_warn(o->log, "robots", "host=%.*s %s%s", SLICE_FMT(h->name),
	    h->deny ? "" : "out of reach for 30 days, taken to have none; ",
	    h->deny ? h->deny_err.message
	    : why   ? why->message
		    : "");
	k.at = h->unreachable_since;
	return o->frontier->robots_put(o->frontier->self, h->name, &k, err);
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

int obey_learn(const struct obey *o, struct host *h, int status,
    struct slice text, usec_t max_age, const struct err *why,
    struct err *err)
{
	struct robots_kept k = {.status = status, .at = clock_now(o->clock),
	    .keep = keep_for(max_age)};
	struct strbuf kept = STRBUF_INIT;
	int rc;

	if (!was_reached(status))
		return miss(o, h, status, why, err);
	if (status >= 300)
		text = SLICE("");
	h->unreachable_since = TIME_NONE;
	use(o, h, status, text, k.keep);
	if (text.n && !h->robots.rules_n)
		log_debug(o->log, "robots", "host=%.*s no rule for %.*s",
		    SLICE_FMT(h->name), SLICE_FMT(o->token));
	k.text = storable(text, &kept);
	rc = o->frontier->robots_put(o->frontier->self, h->name, &k, err);
	strbuf_release(&kept);
	return rc;
}

bool obey_is_fresh(const struct host *h, const struct job *j, usec_t mono)
{
	if (h->state != ROBOTS_READY || h->robots_until <= mono)
		return false;
	/* it was refused to one who may go less far than this one */
	return !(h->deny && h->deny_err.code == E_FORBIDDEN_ADDRESS &&
		 j->allow_private && !h->asked_private);
}

bool obey_allows(const struct host *h, const struct url *u, struct err *why)
{
	struct slice path = u->path.n ? u->path : SLICE("/");
	struct robots_answer x;

	if (h->deny) {
		*why = h->deny_err;
		return false;
	}
	if (u->query.p) /* it follows the path in href */
		path.n += 1 + u->query.n;
	x = robots_check(&h->robots, path);
	if (!x.allowed)
		err_set(why, E_ROBOTS_DISALLOWED,
		    "robots.txt does not allow it: Disallow: %.*s",
		    SLICE_FMT(slice_sub(x.rule->pattern, 0, 200)));
	return x.allowed;
}
