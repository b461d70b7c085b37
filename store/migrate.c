#include "store/admin.h"

#include "core/hash.h"
#include "store/migrations.h"

#include <stdio.h>

/* One migration at a time, whoever comes first; the number has no meaning. */
#define MIGRATE_LOCK "49060311"

static const char ROLES[] =
    "DO $$ DECLARE r text; BEGIN "
    "FOREACH r IN ARRAY ARRAY['dateline_owner', 'dateline_ingest', "
    "'dateline_reader'] LOOP "
    "IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN "
    "BEGIN EXECUTE format('CREATE ROLE %I %s', r, "
    "CASE r WHEN 'dateline_owner' THEN 'NOLOGIN' ELSE 'LOGIN' END); "
    "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END; "
    "END IF; END LOOP; END $$";

static const char TABLE[] =
    "CREATE SCHEMA IF NOT EXISTS dateline_store; "
    "CREATE TABLE IF NOT EXISTS dateline_store.migration ("
    "number integer PRIMARY KEY, name text NOT NULL, "
    "applied_at timestamptz NOT NULL, checksum uuid NOT NULL)";

static const char APPLIED[] =
    "SELECT number, name, checksum FROM dateline_store.migration "
    "ORDER BY number";
static const char EXISTS[] =
    "SELECT to_regclass('dateline_store.migration') IS NOT NULL";
static const char RECORD[] =
    "INSERT INTO dateline_store.migration (number, name, applied_at, checksum) "
    "VALUES ($1, $2, now(), $3)";
static const char BORN[] =
    "UPDATE dateline_store.instance SET scripted = $1";

static struct hash128 checksum(const struct migration *m)
{
	return hash128(m->sql, strlen(m->sql));
}

static const struct migration *find(int64_t number)
{
	for (const struct migration *m = migrations; m->number; m++)
		if (m->number == number)
			return m;
	return NULL;
}

/* How many of ours are there; refuses what we do not know or made otherwise. */
static int check_applied(struct db *db, int64_t *last, struct err *err)
{
	struct db_result *r;
	int rc = 0;

	*last = 0;
	if (db_query(db, EXISTS, NULL, &r, err))
		return -1;
	if (!db_bool(r, 0, 0)) {
		db_result_free(r);
		return 0;
	}
	db_result_free(r);
	if (db_query(db, APPLIED, NULL, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r) && !rc; i++) {
		const struct migration *m = find(db_int(r, i, 0));

		if (!m)
			rc = err_set(err, E_DB_SCHEMA, "the database has "
			    "migration %.*s, which this program does not know: "
			    "it is older", SLICE_FMT(db_str(r, i, 1)));
		else if (!hash128_eq(checksum(m), db_hash(r, i, 2)))
			rc = err_set(err, E_DB_SCHEMA, "migration %s was "
			    "applied with another text", m->name);
		else
			*last = m->number;
	}
	db_result_free(r);
	return rc;
}

static int record(struct db *db, const struct migration *m, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, m->number);
	params_text(&p, slice_of(m->name));
	params_hash(&p, checksum(m));
	rc = db_queue(db, RECORD, &p, err);
	params_release(&p);
	return rc;
}

static int apply(struct db *db, const struct migration *m, struct err *err)
{
	if (db_begin(db, err) || db_exec(db, m->sql, err) ||
	    record(db, m, err) || db_commit(db, err)) {
		err_in(err, "migration %s", m->name);
		db_rollback(db);
		return -1;
	}
	return 0;
}

static int born(struct db *db, bool scripted, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_bool(&p, scripted);
	rc = db_queue(db, BORN, &p, err);
	params_release(&p);
	return rc ? -1 : db_flush(db, err);
}

static int migrate_locked(struct db *db, bool scripted, const struct log *log,
    int *applied, struct err *err)
{
	struct err roles = {0};
	int64_t last;

	if (check_applied(db, &last, err))
		return -1;
	if (!last && db_exec(db, ROLES, &roles))
		log_warn(log, "migrate", "roles are not made (%s); what is "
		    "there is used", roles.message);
	if (db_exec(db, TABLE, err))
		return -1;
	for (const struct migration *m = migrations; m->number; m++) {
		if (m->number <= last)
			continue;
		if (apply(db, m, err))
			return -1;
		++*applied;
		log_info(log, "migrate", "applied %s", m->name);
	}
	return !last && *applied ? born(db, scripted, err) : 0;
}

int store_migrate(struct db *db, bool scripted, const struct log *log,
    int *applied, struct err *err)
{
	struct err ignored;
	int rc;

	*applied = 0;
	if (db_exec(db, "SELECT pg_advisory_lock(" MIGRATE_LOCK ")", err))
		return -1;
	rc = migrate_locked(db, scripted, log, applied, err);
	if (db_exec(db, "SELECT pg_advisory_unlock(" MIGRATE_LOCK ")", &ignored))
		log_debug(log, "migrate", "unlock: %s", ignored.message);
	return rc;
}

int store_check_schema(struct db *db, struct err *err)
{
	const struct migration *newest = migrations;
	int64_t last;

	while (newest[0].number && newest[1].number)
		newest++;
	if (check_applied(db, &last, err))
		return -1;
	if (last != newest->number)
		return err_set(err, E_DB_SCHEMA, "the schema is at %lld, this "
		    "program wants %d: run dateline migrate", (long long)last,
		    newest->number);
	return 0;
}

static const char CLOCK[] =
    "SELECT dateline_store.clock(), "
    "(SELECT scripted FROM dateline_store.instance)";

static const char SET_CLOCK[] = "SELECT set_config('dateline.clock', $1, false)";

/* What SQL tells the time by, outside of a batch. */
static int set_clock(struct db *db, const struct clock *clock, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	char text[TIME_TEXT];
	int rc;

	params_text(&p, slice_of(time_text(clock_now(clock), text)));
	rc = db_query(db, SET_CLOCK, &p, &r, err);
	params_release(&p);
	if (!rc)
		db_result_free(r);
	return rc;
}

int store_clock(struct db *db, struct clock *clock, struct err *err)
{
	struct db_result *r;
	bool scripted;
	usec_t now;

	if (db_query(db, CLOCK, NULL, &r, err))
		return -1;
	now = db_time(r, 0, 0);
	scripted = db_bool(r, 0, 1);
	db_result_free(r);
	if (clock->scripted && !scripted)
		return err_set(err, E_CONFIG, "DATELINE_CLOCK is set, but the "
		    "database was not born under it");
	if (clock->scripted)
		return set_clock(db, clock, err);
	clock->offset = now - (clock_now(clock) - clock->offset);
	return 0;
}

int store_refresh_statistics(struct db *db, struct err *err)
{
	return db_exec(db, "SELECT dateline_store.refresh_statistics()", err);
}
