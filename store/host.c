#include "store/host.h"

#include "store/sql.h"
#include "store/store.h"

#include <math.h>

#define PLACES_MAX 224 /* a day */

int host_gap_place(usec_t gap)
{
	double ms = (double)gap / 1000;
	int place;

	if (gap <= 0)
		return 1;
	place = ms < 1 ? 2 : 2 + (int)(8 * log2(ms));
	return place < PLACES_MAX ? place : PLACES_MAX;
}

usec_t host_gap_of(int place)
{
	return place < 2 ? 0 : (usec_t)(1000 * exp2((place - 1.5) / 8));
}

int host_asked(struct db *db, struct slice host, const struct asked *x,
    struct err *err)
{
	const struct owed *o = &x->owed;
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(host));
	params_int(&p, x->unchanged);
	params_int(&p, x->throttled);
	params_int(&p, host_gap_place(x->gap));
	if (x->gap > 0)
		params_int(&p, x->gap / 1000);
	else
		params_null(&p);
	params_time(&p, o->asked_at);
	params_time(&p, o->next_at);
	params_int(&p, o->failures);
	params_text(&p, o->failures ? slice_of(code_name(o->code)) : SLICE_NONE);
	params_text(&p, o->why);
	rc = db_queue(db, SQL_HOST_COUNT, &p, err);
	params_release(&p);
	return rc || (o->failures && db_flush(db, err)) ? -1 : 0;
}

int host_visited(struct db *db, const struct capture *c, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(c->host));
	params_int(&p, c->outcome == OUTCOME_ROBOTS);
	params_bool(&p, c->outcome == OUTCOME_ARTICLE ||
	    c->outcome == OUTCOME_UNCHANGED);
	rc = db_queue(db, SQL_HOST_VISITED, &p, err);
	params_release(&p);
	return rc;
}

int host_health(struct db *db, int64_t host_key, usec_t since,
    int64_t *missing, int64_t *there, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, host_key);
	params_time(&p, since);
	rc = db_query(db, SQL_HOST_HEALTH, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*missing = db_int(r, 0, 0);
	*there = db_int(r, 0, 1);
	db_result_free(r);
	return 0;
}

int host_broken(struct db *db, int64_t host_key, usec_t at, struct slice why,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key);
	params_time(&p, at);
	params_text(&p, why);
	rc = db_queue(db, SQL_HOST_BROKEN, &p, err);
	params_release(&p);
	return rc;
}

/* ---- TDM ---------------------------------------------------------------------- */

int host_tdm_get(struct db *db, struct slice host, struct arena *a,
    struct slice *text, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*text = SLICE_NONE;
	params_int(&p, host_key_of(host));
	rc = db_query(db, SQL_TDM_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	rc = db_rows(r) > 0;
	if (rc && !db_null(r, 0, 0))
		*text = arena_slice(a, db_str(r, 0, 0));
	db_result_free(r);
	return rc;
}

int host_tdm_put(struct db *db, struct slice host, struct slice text,
    usec_t at, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, host_key_of(host));
	params_text(&p, text);
	params_time(&p, at);
	rc = db_queue(db, SQL_TDM_PUT, &p, err);
	params_release(&p);
	return rc;
}

/* ---- the ledger ------------------------------------------------------------------ */

/* As PostgreSQL reads an array. */
static const char *said_by(unsigned int sources)
{
	static const char *const names[] = {"{}", "{header}", "{meta}",
	    "{header,meta}", "{site}", "{header,site}", "{meta,site}",
	    "{header,meta,site}"};

	return names[sources & 7];
}

static const char *obeyed(const struct capture *c)
{
	if (c->outcome == OUTCOME_NOINDEX || c->err.code == E_TDM_RESERVED)
		return "text";
	return c->unkept ? "bytes" : NULL;
}

int rights_record(struct db *db, const struct capture *c, int64_t host_key,
    struct hash128 capture_id, usec_t at, struct err *err)
{
	const struct rights *r = &c->rights;
	struct params p = PARAMS_INIT;
	int rc;

	if (!r->sources)
		return 0;
	params_int(&p, host_key);
	params_hash(&p, capture_id);
	params_hash(&p, c->url_key);
	params_time(&p, at);
	params_text(&p, slice_of(said_by(r->sources)));
	params_bool(&p, r->noindex);
	params_bool(&p, r->noarchive);
	params_bool(&p, r->nosnippet);
	if (r->max_snippet_known)
		params_int(&p, r->max_snippet);
	else
		params_null(&p);
	params_text(&p, r->unavailable_after);
	params_bool(&p, r->noai);
	params_bool(&p, r->noimageai);
	if (r->tdm_known)
		params_bool(&p, r->tdm_reserved);
	else
		params_null(&p);
	params_text(&p, r->tdm_policy);
	params_text(&p, slice_of(obeyed(c)));
	rc = db_queue(db, SQL_RIGHTS_INSERT, &p, err);
	params_release(&p);
	return rc;
}
