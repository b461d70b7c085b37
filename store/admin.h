#ifndef STORE_ADMIN_H
#define STORE_ADMIN_H
#include "core/log.h"
#include "store/db.h"

/* The schema and the clock of a database. */

/*
 * Brings the schema up to date, each migration in a transaction of its own,
 * under an advisory lock; makes the roles where it may. *applied says how
 * many. scripted: a database made now is born under DATELINE_CLOCK.
 */
int store_migrate(struct db *db, bool scripted, const struct log *log,
    int *applied, struct err *err) MUST_CHECK;
/* DB_SCHEMA where it is not exactly this program's. */
int store_check_schema(struct db *db, struct err *err) MUST_CHECK;
/* Sets clock->offset from the database's; CONFIG where the clock is scripted
 * and the database was not born so. */
int store_clock(struct db *db, struct clock *clock, struct err *err)
    MUST_CHECK;
/* ANALYZEs what has more than doubled since it last was, so that readers of a
 * database just filled have good plans. */
int store_refresh_statistics(struct db *db, struct err *err) MUST_CHECK;

#endif
