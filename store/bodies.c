/* Kept bytes: in the database, or in a WARC record that the database names. */
#include "store/batch.h"

#include "core/zip.h"
#include "store/sql.h"

#define BODY_MAX (64 << 20)

static void add_place(struct params *p, const struct warc_row *w)
{
	if (!w->has_body) {
		for (int i = 0; i < 5; i++)
			params_null(p);
		return;
	}
	params_text(p, w->file);
	params_int(p, w->offset);
	params_hash(p, w->id);
	params_text(p, w->url);
	params_text(p, w->digest);
}

/* Is there nothing to add to what the batch has saved? Two places of the same
 * bytes may not stand in one statement. */
static int saved_before(struct batch *b, const struct record *r, bool *yes,
    struct err *err)
{
	*yes = false;
	for (size_t i = 0; i < b->bodies_n; i++) {
		if (b->bodies[i].host_key != r->host_key ||
		    !hash128_eq(b->bodies[i].hash, r->body_hash))
			continue;
		*yes = b->bodies[i].in_warc || !r->warc.has_body;
		b->bodies[i].in_warc |= r->warc.has_body;
		return *yes ? 0 : rows_queue_kind(&b->rows, ROW_BODY, b->db,
		    err);
	}
	GROW(b->bodies, b->bodies_n, b->bodies_cap);
	b->bodies[b->bodies_n].host_key = r->host_key;
	b->bodies[b->bodies_n].hash = r->body_hash;
	b->bodies[b->bodies_n++].in_warc = r->warc.has_body;
	return 0;
}

int body_save(struct batch *b, const struct record *r, struct err *err)
{
	const struct capture *c = r->capture;
	struct strbuf zip = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	bool here = r->warc.in_database || !r->warc.file.p, known;

	if (!c->bytes.p || c->unkept || hash128_is_zero(r->body_hash))
		return 0;
	if (!here && !r->warc.has_body)
		return 0; /* a revisit: the row is there */
	if (saved_before(b, r, &known, err))
		return -1;
	if (known)
		return 0;
	params_int(&p, r->host_key);
	params_hash(&p, r->body_hash);
	if (here && !b->zip)
		b->zip = zip_work_new();
	if (here)
		zip_zstd(b->zip, c->bytes, &zip);
	params_bytes(&p, here ? strbuf_slice(&zip) : SLICE_NONE);
	params_int(&p, (int64_t)c->bytes.n);
	params_text(&p, c->content_type);
	params_time(&p, r->at);
	add_place(&p, &r->warc);
	rows_add(&b->rows, ROW_BODY, &p);
	strbuf_release(&zip);
	return 0;
}

/* From the row's zstd, else by its place. */
static int read_row(const struct store_tools *tools, struct db_result *r,
    struct arena *a, struct slice *bytes, struct err *err)
{
	struct strbuf raw = STRBUF_INIT;
	int rc = 0;

	if (db_null(r, 0, 0)) {
		if (!tools->kept)
			return 0;
		return tools->kept(tools->self, arena_copy(a,
		    db_str(r, 0, 3).p, db_str(r, 0, 3).n), db_int(r, 0, 4), a,
		    bytes, err);
	}
	rc = zip_unzstd(db_bytes(r, 0, 0, a), BODY_MAX, &raw, err);
	if (!rc)
		*bytes = arena_slice(a, strbuf_slice(&raw));
	strbuf_release(&raw);
	return rc;
}

int store_body(struct db *db, const struct store_tools *tools,
    int64_t host_key, struct hash128 body_hash, struct arena *a,
    struct slice *bytes, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*bytes = SLICE_NONE;
	params_int(&p, host_key);
	params_hash(&p, body_hash);
	rc = db_query(db, SQL_BODY_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		rc = read_row(tools, r, a, bytes, err);
	db_result_free(r);
	return rc;
}

int batch_body(struct batch *b, int64_t host_key, struct hash128 body_hash,
    struct arena *a, struct slice *bytes, struct err *err)
{
	if (rows_queue_kind(&b->rows, ROW_BODY, b->db, err))
		return -1;
	return store_body(b->db, b->tools, host_key, body_hash, a, bytes, err);
}

/* ---- before a visit is written --------------------------------------------- */

static int ask_origin(struct db *db, const struct body_origin *o,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, o->host_key);
	params_hash(&p, o->body_hash);
	params_hash(&p, o->url_key);
	rc = db_ask(db, SQL_BODY_ORIGIN, &p, err);
	params_release(&p);
	return rc;
}

static int answer_origin(struct db *db, struct body_origin *o,
    struct arena *a, struct err *err)
{
	struct db_result *r;

	if (db_answer(db, &r, err))
		return -1;
	if (db_rows(r)) {
		o->id = db_hash(r, 0, 0);
		o->url = arena_slice(a, db_str(r, 0, 1));
		o->digest = arena_slice(a, db_str(r, 0, 2));
		o->at = db_time(r, 0, 3);
		o->forgotten = db_bool(r, 0, 4);
	}
	db_result_free(r);
	return 0;
}

int store_origins(struct db *db, struct body_origin *o, size_t n,
    struct arena *a, struct err *err)
{
	for (size_t i = 0; i < n; i += DB_ASK_MAX) {
		size_t to = n - i < DB_ASK_MAX ? n : i + DB_ASK_MAX;

		for (size_t k = i; k < to; k++)
			if (ask_origin(db, &o[k], err))
				return -1;
		for (size_t k = i; k < to; k++)
			if (answer_origin(db, &o[k], a, err))
				return -1;
	}
	return 0;
}

int store_body_of(struct db *db, const struct store_tools *tools,
    const struct body_asked *q, struct arena *a, struct slice *bytes,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*bytes = SLICE_NONE;
	params_hash(&p, q->url_key);
	params_time(&p, q->at);
	params_text(&p, q->url);
	params_time(&p, q->before);
	rc = db_query(db, SQL_BODY_OF_CAPTURE, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		rc = store_body(db, tools, db_int(r, 0, 0), db_hash(r, 0, 1), a,
		    bytes, err);
	db_result_free(r);
	return rc;
}

int store_outlet_of(struct db *db, int64_t host_key, struct hash128 url_key,
    struct arena *a, struct slice out[3], struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	out[0] = out[1] = out[2] = SLICE_NONE;
	params_int(&p, host_key);
	params_hash(&p, url_key);
	rc = db_query(db, SQL_OUTLET_OF_PAGE, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (int i = 0; i < 3 && db_rows(r); i++)
		out[i] = arena_slice(a, db_str(r, 0, i));
	db_result_free(r);
	return 0;
}

int store_outlet(struct db *db, const struct slice outlet[3],
    struct slice host, usec_t now, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, outlet[0]);
	params_text(&p, host);
	params_text(&p, outlet[1]);
	params_text(&p, outlet[2]);
	params_null(&p);
	params_bool(&p, false);
	params_time(&p, now);
	rc = db_query(db, SQL_OUTLET_INSERT, &p, &r, err);
	params_release(&p);
	if (!rc)
		db_result_free(r);
	return rc;
}

/* ---- what was forgotten ------------------------------------------------------ */

int store_forgotten(struct db *db, const struct hash128 *texts, size_t n,
    bool *forgotten, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_hashes(&p, texts, n);
	rc = db_query(db, SQL_FORGOTTEN_TEXTS, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < n; i++) {
		forgotten[i] = false;
		for (size_t k = 0; k < db_rows(r); k++)
			forgotten[i] |= hash128_eq(texts[i], db_hash(r, k, 0));
	}
	db_result_free(r);
	return 0;
}

int store_any_forgotten(struct db *db, bool *any, struct err *err)
{
	struct db_result *r;

	if (db_query(db, SQL_FORGOTTEN_ANY, NULL, &r, err))
		return -1;
	*any = db_bool(r, 0, 0);
	db_result_free(r);
	return 0;
}

int batch_forgotten(struct batch *b, struct hash128 text, bool *forgotten,
    struct err *err)
{
	*forgotten = false;
	if (!b->asked_forgotten) {
		if (store_any_forgotten(b->db, &b->any_forgotten, err))
			return -1;
		b->asked_forgotten = true;
	}
	return b->any_forgotten ? store_forgotten(b->db, &text, 1, forgotten,
	    err) : 0;
}
