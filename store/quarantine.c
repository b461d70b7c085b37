/* Refused inputs: kept apart, so that they can be read again. */
#include "core/zip.h"
#include "store/db.h"
#include "store/sql.h"
#include "store/store.h"

#include <string.h>

#define BODY_MAX (64 << 20)

static int run(struct db *db, const char *sql, struct params *p,
    struct err *err)
{
	struct db_result *r;
	int rc = db_query(db, sql, p, &r, err);

	params_release(p);
	if (!rc)
		db_result_free(r);
	return rc;
}

int store_quarantine(struct db *db, const struct refused *r, struct err *err)
{
	struct slice what = r->bytes.p ? r->bytes : slice_of(r->input);
	struct strbuf zip = STRBUF_INIT;
	struct params p = PARAMS_INIT;

	params_text(&p, slice_of(r->input));
	params_text(&p, slice_of(r->stage));
	params_text(&p, slice_of(code_name(r->why->code)));
	params_text(&p, slice_of(r->why->message));
	params_hash(&p, hash128(what.p, what.n));
	if (r->bytes.p) {
		zip_zstd(NULL, r->bytes, &zip);
		params_bytes(&p, strbuf_slice(&zip));
		params_int(&p, (int64_t)r->bytes.n);
	} else {
		params_null(&p);
		params_null(&p);
	}
	params_text(&p, r->content_type);
	params_text(&p, r->url);
	params_id(&p, r->outlet_id);
	params_time(&p, r->fetched_at);
	strbuf_release(&zip);
	return run(db, SQL_QUARANTINE_INSERT, &p, err);
}

static int read_row(const struct db_result *r, struct arena *a,
    struct quarantined *out, struct err *err)
{
	struct strbuf raw = STRBUF_INIT;
	int rc = 0;

	*out = (struct quarantined){.id = db_int(r, 0, 0),
	    .input = arena_slice(a, db_str(r, 0, 1)),
	    .content_type = arena_slice(a, db_str(r, 0, 3)),
	    .url = arena_slice(a, db_str(r, 0, 4)),
	    .outlet_id = db_int(r, 0, 5), .fetched_at = db_time(r, 0, 6),
	    .zone = arena_slice(a, db_str(r, 0, 7)),
	    .credit = arena_slice(a, db_str(r, 0, 8)),
	    .stage = arena_slice(a, db_str(r, 0, 9)),
	    .code = arena_slice(a, db_str(r, 0, 10)),
	    .last = db_int(r, 0, 11)};
	if (!db_null(r, 0, 2)) {
		rc = zip_unzstd(db_bytes(r, 0, 2, a), BODY_MAX, &raw, err);
		out->bytes = arena_slice(a, raw.n ? strbuf_slice(&raw) :
		    SLICE(""));
	}
	strbuf_release(&raw);
	return rc;
}

int store_quarantine_next(struct db *db, int64_t after,
    const struct slice *inputs, size_t n, struct arena *a,
    struct quarantined *out, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, after);
	params_texts(&p, inputs, n);
	rc = db_query(db, SQL_QUARANTINE_NEXT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	rc = db_rows(r) > 0;
	if (rc && read_row(r, a, out, err))
		rc = -1;
	db_result_free(r);
	return rc;
}

int store_quarantine_delete(struct db *db, int64_t id, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, id);
	return run(db, SQL_QUARANTINE_DELETE, &p, err);
}

int store_set_apart(struct db *db, const struct capture *c, usec_t at,
    const struct err *why, struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, host_key_of(c->host));
	params_hash(&p, c->url_key);
	params_time(&p, at);
	params_text(&p, slice_of(code_name(why->code)));
	return run(db, SQL_PAGE_SET_APART, &p, err);
}

/* ---- what the parser died of ------------------------------------------------- */

static int page_crashed(struct db *db, const struct capture *c,
    struct refused *r, bool *apart, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *rows;
	int rc;

	params_int(&p, host_key_of(c->host));
	params_hash(&p, c->url_key);
	params_time(&p, c->fetched_at);
	params_text(&p, slice_of(code_name(E_PARSER_CRASHED)));
	rc = db_query(db, SQL_PAGE_CRASHED, &p, &rows, err);
	params_release(&p);
	if (rc)
		return -1;
	*apart = db_rows(rows) && db_bool(rows, 0, 2);
	if (db_rows(rows)) {
		r->outlet_id = db_int(rows, 0, 0);
		if (!slice_is(db_str(rows, 0, 1), "page"))
			r->stage = "links";
	}
	db_result_free(rows);
	return 0;
}

int store_crashed(struct db *db, const struct capture *c, int sig,
    struct err *why, struct err *err)
{
	struct refused r = {.input = c->url.p, .stage = "parse", .why = why,
	    .bytes = c->bytes, .content_type = c->content_type, .url = c->url,
	    .fetched_at = c->fetched_at};
	bool apart;

	if (page_crashed(db, c, &r, &apart, err))
		return -1;
	err_set(why, E_PARSER_CRASHED, "the parser died of signal %d (%s); %s",
	    sig, strsignal(sig), apart ?
	    "not visited again until quarantine replay" :
	    "visited once more in 5 minutes");
	return store_quarantine(db, &r, err);
}

int store_release(struct db *db, const struct capture *c, usec_t now,
    struct err *err)
{
	struct params p = PARAMS_INIT;

	params_int(&p, host_key_of(c->host));
	params_hash(&p, c->url_key);
	params_text(&p, slice_of(code_name(E_PARSER_CRASHED)));
	params_time(&p, now);
	return run(db, SQL_PAGE_RELEASED, &p, err);
}
