/* status of a URL that is no page of ours: why it was never fetched. */
#include "cli/status_unknown.h"

#include "cli/network.h"
#include "core/url.h"
#include "crawler/robots.h"
#include "crawler/trap.h"
#include "store/frontier.h"
#include "store/read.h"
#include "store/store.h"

#include <stdio.h>

static void add(struct strbuf *to, const char *why)
{
	strbuf_addf(to, "%s%s", to->n ? "; " : "", why);
}

/* Was what looks like it refused? Patterns of fronts' links have a mark. */
static int add_pattern(struct db *db, const struct url *u, struct strbuf *to,
    struct err *err)
{
	struct strbuf pattern = STRBUF_INIT;
	struct db_result *r;
	int rc = read_by_id(db, READ_TRAPS, host_key_of(u->host), &r, err);

	trap_pattern(u, &pattern);
	for (size_t i = 0; !rc && i < db_rows(r); i++) {
		struct slice known = db_str(r, i, 0);

		if (slice_starts(known, SLICE("front ")))
			known = slice_sub(known, 6, known.n);
		if (slice_eq(known, strbuf_slice(&pattern)))
			strbuf_addf(to, "%s%lld like \"%.*s\" were not "
			    "enrolled: %.*s", to->n ? "; " : "",
			    (long long)db_int(r, i, 1), SLICE_FMT(known),
			    SLICE_FMT(db_str(r, i, 4)));
	}
	if (!rc)
		db_result_free(r);
	strbuf_release(&pattern);
	return rc;
}

/* What the kept robots.txt of its host says. */
static int add_robots(const struct cli *cli, struct db *db,
    const struct url *u, struct arena *a, struct strbuf *to, struct err *err)
{
	struct slice path = u->path.n ? u->path : SLICE("/");
	struct robots_answer x;
	struct host_robots h;
	struct robots r;
	int rc = frontier_robots_get(db, u->host, a, &h, err);

	if (rc <= 0 || h.status < 200 || h.status >= 300)
		return rc < 0 ? -1 : 0;
	if (u->query.p) /* it follows the path in href */
		path.n += 1 + u->query.n;
	robots_parse(h.text, network_token(cli), a, &r);
	x = robots_check(&r, path);
	if (!x.allowed)
		strbuf_addf(to, "%srobots.txt does not allow it: Disallow: %.*s",
		    to->n ? "; " : "", SLICE_FMT(x.rule->pattern));
	return 0;
}

int status_unknown(struct cli *cli, struct db *db, const char *url,
    struct err *err)
{
	struct strbuf why = STRBUF_INIT;
	struct err refused = {0};
	const char *shape;
	struct arena a;
	struct url u;
	int rc = 0;

	arena_init(&a);
	if (!url_parse(slice_of(url), NULL, &a, &u, NULL)) {
		if (url_check_fetch(&u, &refused))
			add(&why, refused.message);
		shape = trap_shape(&u, clock_now(&cli->clock));
		if (shape)
			add(&why, shape);
		rc = add_pattern(db, &u, &why, err) ||
		    add_robots(cli, db, &u, &a, &why, err) ? -1 : 0;
	}
	if (!rc)
		rc = err_set(err, E_NOT_FOUND, "%s is not known%s%s", url,
		    why.n ? ": " : "", why.n ? why.p : "");
	strbuf_release(&why);
	arena_release(&a);
	return rc;
}
