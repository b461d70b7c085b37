#ifndef STORE_RESULT_H
#define STORE_RESULT_H
#include "store/db.h"

#include <libpq-fe.h>

/* The server ended a session that was silent within a transaction; and a
 * statement took too long, or somebody cancelled it (PostgreSQL, appendix A). */
#define DB_IDLE_TIMEOUT	     "25P03"
#define DB_STATEMENT_TIMEOUT "57014"

/* What db.c gives and result.c reads. */
struct db_result {
	PGresult *pg;
};

#endif
