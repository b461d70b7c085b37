#include "store/result.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PREPARED_MAX 256 /* more statements than store/sql has */
/* Statements sent before results are read: well under a socket buffer's worth
 * of answers, so that neither side waits for the other. */
#define QUEUE_MAX 200

struct db {
	PGconn *pg;
	char *url; /* NULL: the environment */
	char *setup;   /* runs at each connecting; or NULL */
	int64_t session; /* how often it was connected */
	const char *prepared[PREPARED_MAX];
	size_t prepared_n;
	enum queued_as {
		QUEUED_ROWS_DROPPED, QUEUED_ROWS_KEPT, QUEUED_PREPARE
	} queue[QUEUE_MAX]; /* the pipeline, in its order */
	size_t queued;
	size_t asked;		/* how many of them keep their rows */
	bool sent;		/* the pipeline's end too */
	PGresult *kept[DB_ASK_MAX]; /* answers, from first on */
	size_t kept_n, first;
};

/* ---- connection ------------------------------------------------------------ */

/* libpq's messages are of several lines; ours of one. */
static int connection_lost(struct db *db, struct err *err)
{
	struct slice why = slice_trim(slice_of(PQerrorMessage(db->pg)));
	struct strbuf line = STRBUF_INIT;

	for (size_t i = 0; i < why.n; i++)
		if ((unsigned char)why.p[i] > 0x20)
			strbuf_addc(&line, why.p[i]);
		else if (line.n && line.p[line.n - 1] != ' ')
			strbuf_addc(&line, ' ');
	err_set(err, E_DB_CONNECT, "%s", line.n ? line.p :
	    "the connection was lost");
	strbuf_release(&line);
	return -1;
}

static int failed(struct db *db, const PGresult *r, struct err *err)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *what = r ? PQresultErrorField(r,
	    PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (PQstatus(db->pg) == CONNECTION_BAD || (state &&
	    (!strncmp(state, "57P", 3) || !strncmp(state, "08", 2) ||
	    !strcmp(state, DB_IDLE_TIMEOUT)))) {
		connection_lost(db, err);
	} else {
		err_set(err, E_DB_QUERY, "%s", what ? what :
		    PQerrorMessage(db->pg));
	}
	if (err && state)
		snprintf(err->sqlstate, sizeof(err->sqlstate), "%s", state);
	return -1;
}

static void no_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

void db_forget(struct db *db)
{
	for (; db->first < db->kept_n; db->first++)
		PQclear(db->kept[db->first]);
	db->first = db->kept_n = 0;
}

/*
 * A server or a network that died without a word is noticed within a minute,
 * on both sides: the server's settings free the locks of a client whose
 * machine is gone. What stands before dbname may be said otherwise by the URL.
 */
static int connect_pg(struct db *db, struct err *err)
{
	static const char *const keys[] = {"connect_timeout", "keepalives_idle",
	    "keepalives_interval", "keepalives_count", "tcp_user_timeout",
	    "dbname", "client_encoding", "options",
	    "fallback_application_name", NULL};
	const char *const values[] = {"10", "30", "10", "3", "60000",
	    db->url, "UTF8",
	    "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex "
	    "-c extra_float_digits=1 -c tcp_keepalives_idle=30 "
	    "-c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 "
	    "-c tcp_user_timeout=60000", "dateline", NULL};

	db_forget(db);
	db->prepared_n = db->queued = db->asked = 0;
	db->sent = false;
	db->pg = PQconnectdbParams(keys, values, 1);
	if (PQstatus(db->pg) != CONNECTION_OK)
		return connection_lost(db, err);
	PQsetNoticeReceiver(db->pg, no_notice, NULL);
	db->session++;
	return db->setup ? db_exec(db, db->setup, err) : 0;
}

struct db *db_open(const char *url, struct err *err)
{
	struct db *db = xcalloc(1, sizeof(*db));

	db->url = url ? xstrdup(url) : NULL;
	if (connect_pg(db, err)) {
		db_close(db);
		return NULL;
	}
	return db;
}

bool db_ready(const char *url)
{
	return PQping(url) == PQPING_OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_forget(db);
	PQfinish(db->pg);
	free(db->url);
	free(db->setup);
	free(db);
}

int db_setup(struct db *db, const char *sql, struct err *err)
{
	free(db->setup);
	db->setup = xstrdup(sql);
	return db_exec(db, sql, err);
}

int64_t db_session(const struct db *db)
{
	return db->session;
}

int db_reconnect(struct db *db, int wait_ms, struct err *err)
{
	struct timespec ts = {wait_ms / 1000, wait_ms % 1000 * 1000000L};

	nanosleep(&ts, NULL);
	PQfinish(db->pg);
	return connect_pg(db, err);
}

/* ---- statements ------------------------------------------------------------------ */

struct wire {
	const char *values[ARRAY_LEN(((struct params *)0)->items)];
	int lengths[ARRAY_LEN(((struct params *)0)->items)];
	int formats[ARRAY_LEN(((struct params *)0)->items)];
	int n;
};

static int to_wire(const struct params *p, struct wire *w, struct err *err)
{
	w->n = p ? (int)p->n : 0;
	if (p && p->bad)
		return err_set(err, E_BAD_RECORD, "a text holds U+0000");
	for (int i = 0; i < w->n; i++) {
		w->values[i] = p->items[i].value;
		w->lengths[i] = (int)p->items[i].n;
		w->formats[i] = p->items[i].binary;
	}
	return 0;
}

/*
 * What was sent, done: the last result, as PQexec gives it, or the first that
 * failed. Where the server ended the session that tells why; behind it comes
 * one that knows only that the server is gone.
 */
static PGresult *done(struct db *db, int sent)
{
	PGresult *r = NULL, *next;

	while (sent && (next = PQgetResult(db->pg)) != NULL) {
		if (r && PQresultStatus(r) == PGRES_FATAL_ERROR) {
			PQclear(next);
			continue;
		}
		PQclear(r);
		r = next;
	}
	return r;
}

int db_exec(struct db *db, const char *sql, struct err *err)
{
	PGresult *r;
	int rc = 0;

	if (db_flush(db, err))
		return -1;
	r = done(db, PQsendQuery(db->pg, sql));
	if (PQresultStatus(r) != PGRES_COMMAND_OK &&
	    PQresultStatus(r) != PGRES_TUPLES_OK)
		rc = failed(db, r, err);
	PQclear(r);
	return rc;
}

/* The statement's name on the server; does it have it already? */
static bool is_prepared(const struct db *db, const char *sql, char name[16])
{
	size_t i = 0;

	while (i < db->prepared_n && db->prepared[i] != sql)
		i++;
	if (i == PREPARED_MAX)
		BUG("more than %d statements", PREPARED_MAX);
	snprintf(name, 16, "s%zu", i);
	return i < db->prepared_n;
}

/* Prepares it the first time, while nothing is queued. */
static int prepared(struct db *db, const char *sql, char name[16],
    struct err *err)
{
	PGresult *r;
	int rc = 0;

	if (is_prepared(db, sql, name))
		return 0;
	r = done(db, PQsendPrepare(db->pg, name, sql, 0, NULL));
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		rc = failed(db, r, err);
	else
		db->prepared[db->prepared_n++] = sql;
	PQclear(r);
	return rc;
}

static bool has_rows(const PGresult *r)
{
	return PQresultStatus(r) == PGRES_TUPLES_OK ||
	    PQresultStatus(r) == PGRES_COMMAND_OK;
}

static struct db_result *wrap(PGresult *pg)
{
	struct db_result *r = xmalloc(sizeof(*r));

	r->pg = pg;
	return r;
}

int db_query(struct db *db, const char *sql, const struct params *p,
    struct db_result **r, struct err *err)
{
	struct wire w;
	char name[16];
	PGresult *pg;

	if (db->asked || db->first < db->kept_n)
		BUG("a query between questions and answers");
	if (db->queued)
		return db_ask(db, sql, p, err) || db_answer(db, r, err) ? -1 : 0;
	if (to_wire(p, &w, err) || prepared(db, sql, name, err))
		return -1;
	pg = done(db, PQsendQueryPrepared(db->pg, name, w.n, w.values,
	    w.lengths, w.formats, 0));
	if (!has_rows(pg)) {
		failed(db, pg, err);
		PQclear(pg);
		return -1;
	}
	*r = wrap(pg);
	return 0;
}

/* In the pipeline too: to wait for the server would be to wait for all that is
 * queued before. */
static int send_prepare(struct db *db, const char *sql, const char *name,
    struct err *err)
{
	if (!PQsendPrepare(db->pg, name, sql, 0, NULL))
		return failed(db, NULL, err);
	db->prepared[db->prepared_n++] = sql;
	db->queue[db->queued++] = QUEUED_PREPARE;
	return 0;
}

static int send_one(struct db *db, const char *sql, const struct params *p,
    enum queued_as what, struct err *err)
{
	struct wire w;
	char name[16];

	if (db->sent)
		BUG("a statement behind one that was sent");
	if (to_wire(p, &w, err))
		return -1;
	if (db->queued + 2 > QUEUE_MAX && db_flush(db, err))
		return -1;
	if (!db->queued && !PQenterPipelineMode(db->pg))
		return failed(db, NULL, err);
	if (!is_prepared(db, sql, name) && send_prepare(db, sql, name, err))
		return -1;
	if (!PQsendQueryPrepared(db->pg, name, w.n, w.values, w.lengths,
	    w.formats, 0))
		return failed(db, NULL, err);
	db->queue[db->queued++] = what;
	db->asked += what == QUEUED_ROWS_KEPT;
	return 0;
}

int db_queue(struct db *db, const char *sql, const struct params *p,
    struct err *err)
{
	return send_one(db, sql, p, QUEUED_ROWS_DROPPED, err);
}

int db_ask(struct db *db, const char *sql, const struct params *p,
    struct err *err)
{
	if (db->kept_n + db->asked == DB_ASK_MAX)
		BUG("more than %d questions", DB_ASK_MAX);
	return send_one(db, sql, p, QUEUED_ROWS_KEPT, err);
}

int db_answer(struct db *db, struct db_result **r, struct err *err)
{
	if (db->asked && db_flush(db, err))
		return -1;
	if (db->first == db->kept_n)
		BUG("an answer that nobody asked for");
	*r = wrap(db->kept[db->first++]);
	if (db->first == db->kept_n)
		db->first = db->kept_n = 0;
	return 0;
}

/* Reads the results of the pipeline up to its sync; keeps the first error,
 * and the rows that were asked for. */
static int drain(struct db *db, size_t queued, struct err *err)
{
	size_t i = 0;
	int rc = 0;

	for (;;) {
		PGresult *r = PQgetResult(db->pg);
		ExecStatusType status = PQresultStatus(r);

		if (!r) {
			if (PQstatus(db->pg) == CONNECTION_BAD)
				return rc ? rc : failed(db, NULL, err);
			continue; /* between two statements */
		}
		if (status == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			return rc;
		}
		if (!has_rows(r) && status != PGRES_PIPELINE_ABORTED && !rc)
			rc = failed(db, r, err);
		/* a session that ends tells so beyond what was asked */
		if (rc && i < queued && db->queue[i] == QUEUED_PREPARE)
			db->prepared_n--; /* nor what was prepared behind it */
		if (!rc && i < queued && db->queue[i] == QUEUED_ROWS_KEPT)
			db->kept[db->kept_n++] = r;
		else
			PQclear(r);
		i++;
	}
}

int db_push(struct db *db, struct err *err)
{
	return db->queued && PQflush(db->pg) < 0 ? failed(db, NULL, err) : 0;
}

int db_send(struct db *db, struct err *err)
{
	if (!db->queued || db->sent)
		return 0;
	db->sent = PQpipelineSync(db->pg);
	return db->sent ? 0 : failed(db, NULL, err);
}

int db_flush(struct db *db, struct err *err)
{
	size_t queued = db->queued;
	int rc;

	if (!queued)
		return 0;
	rc = db_send(db, err);
	db->queued = db->asked = 0;
	db->sent = false;
	if (rc)
		return -1;
	rc = drain(db, queued, err);
	if (!PQexitPipelineMode(db->pg) && !rc)
		rc = failed(db, NULL, err);
	if (rc)
		db_forget(db);
	return rc;
}

int db_begin(struct db *db, struct err *err)
{
	return db_exec(db, "BEGIN", err);
}

int db_commit(struct db *db, struct err *err)
{
	return db_exec(db, "COMMIT", err);
}

void db_rollback(struct db *db)
{
	struct err ignored;

	if (PQstatus(db->pg) == CONNECTION_BAD)
		return;
	if (db_flush(db, &ignored))
		ignored.code = E_NONE;
	db_forget(db);
	if (PQtransactionStatus(db->pg) != PQTRANS_IDLE)
		PQclear(PQexec(db->pg, "ROLLBACK"));
}

/* ---- the doorbell -------------------------------------------------------------------- */

int db_listen(struct db *db, const char *channel, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	char *name = PQescapeIdentifier(db->pg, channel, strlen(channel));
	int rc;

	strbuf_addf(&sb, "LISTEN %s", name);
	PQfreemem(name);
	rc = db_exec(db, sb.p, err);
	strbuf_release(&sb);
	return rc;
}

static bool rang(struct db *db)
{
	PGnotify *n;
	bool any = false;

	while ((n = PQnotifies(db->pg)) != NULL) {
		PQfreemem(n);
		any = true;
	}
	return any;
}

int db_wait(struct db *db, int timeout_ms, struct err *err)
{
	struct pollfd fd = {.fd = PQsocket(db->pg), .events = POLLIN};
	int n;

	if (rang(db))
		return 1;
	n = poll(&fd, 1, timeout_ms);
	if (n < 0 && errno != EINTR)
		return err_set(err, E_IO, "poll: %s", strerror(errno));
	if (n <= 0)
		return 0;
	if (!PQconsumeInput(db->pg))
		return connection_lost(db, err);
	return rang(db);
}
