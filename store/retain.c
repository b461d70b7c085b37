#include "store/retain.h"

#include "core/zip.h"
#include "store/db.h"
#include "store/sql.h"

int store_retain(struct db *db, enum retained what, usec_t before,
    int64_t *removed, struct err *err)
{
	static const char *const sql[] = {SQL_RETAIN_BODIES,
	    SQL_RETAIN_CAPTURES, SQL_RETAIN_SKETCHES};
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_time(&p, before);
	rc = db_query(db, sql[what], &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*removed = (int64_t)db_rows(r);
	db_result_free(r);
	return 0;
}

static int keep_here(struct db *db, const struct store_tools *tools,
    int64_t host_key, struct hash128 hash, struct err *err)
{
	struct strbuf zip = STRBUF_INIT;
	struct params p = PARAMS_INIT;
	struct arena a;
	struct slice bytes;
	int rc;

	arena_init(&a);
	rc = store_body(db, tools, host_key, hash, &a, &bytes, err);
	if (!rc && bytes.p) {
		zip_zstd(NULL, bytes, &zip);
		params_int(&p, host_key);
		params_hash(&p, hash);
		params_bytes(&p, strbuf_slice(&zip));
		rc = db_queue(db, SQL_RETAIN_HERE, &p, err);
		params_release(&p);
	}
	strbuf_release(&zip);
	arena_release(&a);
	return rc;
}

static int keep_needed(struct db *db, const struct store_tools *tools,
    struct slice file, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, file);
	rc = db_query(db, SQL_RETAIN_NEEDED, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r) && !rc; i++)
		rc = keep_here(db, tools, db_int(r, i, 0), db_hash(r, i, 1),
		    err);
	db_result_free(r);
	return rc;
}

static int unname(struct db *db, struct slice file, struct err *err)
{
	static const char *const sql[] = {SQL_RETAIN_GONE, SQL_RETAIN_STAYS,
	    SQL_RETAIN_UNNAME};
	struct params p = PARAMS_INIT;
	int rc = 0;

	params_text(&p, file);
	for (size_t i = 0; i < ARRAY_LEN(sql) && !rc; i++)
		rc = db_queue(db, sql[i], &p, err);
	params_release(&p);
	return rc;
}

int store_retain_file(struct db *db, const struct store_tools *tools,
    struct slice file, struct err *err)
{
	if (db_begin(db, err))
		return -1;
	if (keep_needed(db, tools, file, err) || unname(db, file, err) ||
	    db_commit(db, err)) {
		db_rollback(db);
		return -1;
	}
	return 0;
}
