/* Is a page that is missing withdrawn, or its site in trouble? */
#include "cli/doubt.h"

#include "store/host.h"

#define MISSING_LEAST 3 /* pages; of fewer "most" says nothing */
#define MISSING_WITH  (1 * USEC_HOUR) /* visits so long before the miss count */
#define BROKEN_MOST   (7 * USEC_DAY)  /* a site is not broken for longer */

static bool is_missing(enum outcome o)
{
	return o == OUTCOME_GONE || o == OUTCOME_TO_FRONT ||
	    o == OUTCOME_EMPTIED || o == OUTCOME_NOINDEX;
}

int doubt_miss(struct cli *cli, struct db *db, struct item *it,
    const struct page_row *row, struct err *err)
{
	struct capture *c = &it->capture;
	int64_t missing, there, host = host_key_of(c->host);
	usec_t at = it->observed_at;

	if (c->outcome == OUTCOME_NO_ARTICLE && c->err.code == E_NO_ARTICLE &&
	    row->image->story_id)
		c->outcome = OUTCOME_EMPTIED;
	if (!is_missing(c->outcome) || row->image->missed_at == TIME_NONE ||
	    at - row->image->missed_at > BROKEN_MOST)
		return 0;
	if (host_health(db, host, row->image->missed_at - MISSING_WITH,
	    &missing, &there, err))
		return -1;
	if (missing < MISSING_LEAST || missing <= there)
		return 0;
	err_set(&c->err, E_SITE_BROKEN, "%lld of %lld pages are missing (%s): "
	    "none counts as withdrawn", (long long)missing,
	    (long long)(missing + there), outcome_name(c->outcome));
	log_warn(&cli->log, "judge", "host=%.*s url=%.*s code=%s: %s",
	    SLICE_FMT(c->host), SLICE_FMT(c->url), code_name(c->err.code),
	    c->err.message);
	c->outcome = OUTCOME_HTTP_ERROR;
	return host_broken(db, host, at, slice_of(c->err.message), err);
}
