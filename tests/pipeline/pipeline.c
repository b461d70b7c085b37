/* pipeline CONNINFO: the server ends the session behind 0, 1, ... 210 statements of
 * a pipeline. Each time that is an error to be told, and the next session works. */
#include "store/db.h"

#include <stdio.h>

static const char one[] = "SELECT 1";
static const char end[] = "SELECT pg_terminate_backend(pg_backend_pid())";

static int lost_behind(struct db *db, int statements, struct err *err)
{
	struct db_result *r;
	int rc = db_begin(db, err);

	for (int i = 0; i < statements && !rc; i++)
		rc = db_queue(db, one, NULL, err);
	if (rc || db_queue(db, end, NULL, err))
		return err_in(err, "nothing was to fail yet");
	if (!db_flush(db, err))
		return err_set(err, E_INTERNAL, "the loss was not told");
	if (err->code != E_DB_CONNECT)
		return err_in(err, "a lost session, not this");
	db_rollback(db);
	if (db_reconnect(db, 0, err) || db_query(db, one, NULL, &r, err))
		return err_in(err, "the next session");
	db_result_free(r);
	return 0;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct db *db = argc == 2 ? db_open(argv[1], &err) : NULL;
	int rc = db ? 0 : -1;

	for (int n = 0; n <= 210 && !rc; n++) {
		rc = lost_behind(db, n, &err);
		if (rc)
			fprintf(stderr, "behind %d statements: %s\n", n,
			    err.message);
	}
	db_close(db);
	return rc ? 1 : 0;
}
