#ifndef STORE_DB_H
#define STORE_DB_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/strbuf.h"

#include <stdint.h>

/*
 * The only door of libpq. One connection, used by one thread. Statements are
 * prepared once a connection, by the address of their text (the constants of
 * build/store/sql.h). Errors: E_DB_CONNECT when the connection is lost, else
 * E_DB_QUERY, with the server's SQLSTATE.
 */
struct db;

/* url NULL: from the environment (PG*). The session is in UTC and UTF-8. */
struct db *db_open(const char *url, struct err *err) MUST_CHECK;
void db_close(struct db *db);
/* Does a server answer there, and take sessions? */
bool db_ready(const char *url);
/* Opens the connection anew after wait_ms; 0, or -1 while it is refused. */
int db_reconnect(struct db *db, int wait_ms, struct err *err) MUST_CHECK;
/* Worth another try: the connection, a deadlock, a serialization failure. */
bool db_err_is_retry(const struct err *err);
/* These, and what time or an operator mends: a full disk, too many
 * connections, a server that is shut down, read-only or out of memory. */
bool db_err_is_passing(const struct err *err);
/* The server ended the session or the statement for it took too long: what is
 * asked of it may be too much. */
bool db_err_is_timeout(const struct err *err);
/* Runs sql, now and after each connecting: the settings of a session. */
int db_setup(struct db *db, const char *sql, struct err *err) MUST_CHECK;
/* Which session this is: another number after each connecting. What a session
 * held (advisory locks) went with it. */
int64_t db_session(const struct db *db);

/* ---- parameters: $1, $2, ... in the order of their adding ---------------- */
struct params {
	struct param {
		char *value; /* malloc; NULL is null */
		size_t n;
		bool binary;
	} items[40];
	size_t n;
	bool bad; /* a text held NUL: db_query refuses with E_BAD_RECORD */
};
#define PARAMS_INIT {.n = 0}
/* Forgets all; p may be filled again. */
void params_release(struct params *p);
void params_null(struct params *p);
void params_text(struct params *p, struct slice s); /* SLICE_NONE: null */
void params_int(struct params *p, int64_t v);
void params_id(struct params *p, int64_t v);	    /* 0: null */
void params_double(struct params *p, double v);
void params_bool(struct params *p, bool v);
void params_time(struct params *p, usec_t t);	    /* TIME_NONE: null */
void params_hash(struct params *p, struct hash128 h); /* zero: null; a uuid */
void params_bytes(struct params *p, struct slice s);  /* bytea; as texts */
void params_ints(struct params *p, const int64_t *v, size_t n); /* bigint[] */
void params_times(struct params *p, const usec_t *v, size_t n);
void params_texts(struct params *p, const struct slice *v, size_t n);
void params_hashes(struct params *p, const struct hash128 *v, size_t n);
void params_take(struct params *p, struct strbuf *sb); /* sb's text; it is empty */
/* An array's text form, item by item: the first begins it, '}' ends it. */
void item_int(struct strbuf *sb, int64_t v);
/* A text parameter as an item, without what stands before it. */
void param_item(const struct param *x, struct strbuf *sb);

/* ---- statements ------------------------------------------------------------ */
struct db_result;

/* Statements without parameters or results, also several: scripts. */
int db_exec(struct db *db, const char *sql, struct err *err) MUST_CHECK;
/* p may be NULL. Sends what is queued first. *r is set on success alone. */
int db_query(struct db *db, const char *sql, const struct params *p,
    struct db_result **r, struct err *err) MUST_CHECK;
/* A statement whose rows nobody wants: sent in one pipeline with others, by
 * the next db_query, db_flush or db_commit, which tells of its failure. */
int db_queue(struct db *db, const char *sql, const struct params *p,
    struct err *err) MUST_CHECK;
int db_flush(struct db *db, struct err *err) MUST_CHECK;
/* Sends what is queued without waiting: the server works while the caller does
 * something else. db_flush waits for it and tells of a failure; it must come
 * before anything else is asked of db. */
int db_send(struct db *db, struct err *err) MUST_CHECK;
/* Hands the server what is queued, which it begins with; more may be queued. */
int db_push(struct db *db, struct err *err) MUST_CHECK;
/* Several questions in one round trip: the rows of each db_ask are given by
 * one db_answer, in the order of asking; at most DB_ASK_MAX wait at a time.
 * db_answer sends what is queued first and tells of its failure too; after a
 * failure no answers are left. db_query may not stand between. */
#define DB_ASK_MAX 256
int db_ask(struct db *db, const char *sql, const struct params *p,
    struct err *err) MUST_CHECK;
int db_answer(struct db *db, struct db_result **r, struct err *err) MUST_CHECK;
void db_forget(struct db *db); /* answers that nobody will read */

int db_begin(struct db *db, struct err *err) MUST_CHECK;
int db_commit(struct db *db, struct err *err) MUST_CHECK;
void db_rollback(struct db *db); /* drops what is queued; a dead link is fine */

/* ---- rows: columns from 0; null gives 0, TIME_NONE, SLICE_NONE ... --------- */
size_t db_rows(const struct db_result *r);
bool db_null(const struct db_result *r, size_t row, int col);
struct slice db_str(const struct db_result *r, size_t row, int col);
int64_t db_int(const struct db_result *r, size_t row, int col);
double db_double(const struct db_result *r, size_t row, int col);
bool db_bool(const struct db_result *r, size_t row, int col);
usec_t db_time(const struct db_result *r, size_t row, int col);
struct hash128 db_hash(const struct db_result *r, size_t row, int col);
/* bytea, decoded into a. */
struct slice db_bytes(const struct db_result *r, size_t row, int col,
    struct arena *a);
/* timestamptz[], decoded into a. */
usec_t *db_times(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n);
/* bigint[], decoded into a; NULL for null. */
int64_t *db_ints(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n);
/* text[]: items without quotes and escapes, in a. */
struct slice *db_texts(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n);
void db_result_free(struct db_result *r);

/* ---- the doorbell ----------------------------------------------------------- */
int db_listen(struct db *db, const char *channel, struct err *err) MUST_CHECK;
/* 1: notified, 0: timeout or interrupted by a signal, -1: error. */
int db_wait(struct db *db, int timeout_ms, struct err *err) MUST_CHECK;

#endif
