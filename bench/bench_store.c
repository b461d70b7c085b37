/*
 * bench_store lookup CONNINFO STREAM.jsonl [MOST]: what judging asks for texts
 *     of new pages, 128 a transaction: which sentences are common on their
 *     outlet, candidates, images of the candidates' stories.
 * bench_store insert FROM TO XMIN DOCS: every row that FROM got since
 *     transaction XMIN, inserted into TO by bare libpq: prepared statements in
 *     pipeline mode, a commit for the rows of 128 documents. TO is a database
 *     as FROM was then. What a store step costs at least.
 */
#include "store/memory.h"

#include "core/json.h"
#include "story/judge.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BATCH	 128
#define COLUMNS	 64
#define SYNC_ROWS 128

static const char *const tables[] = {"judged", "page", "body", "capture",
    "story", "version", "text", "posting", "membership", "sighting",
    "version_return", "sentence", "sketch", "event"};

static PGconn *conn(const char *info)
{
	PGconn *pg = PQconnectdb(info);

	if (PQstatus(pg) == CONNECTION_OK)
		return pg;
	fprintf(stderr, "bench_store: %s", PQerrorMessage(pg));
	exit(3);
}

static PGresult *must(PGconn *pg, PGresult *r)
{
	ExecStatusType s = PQresultStatus(r);

	if (s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK ||
	    s == PGRES_PIPELINE_SYNC)
		return r;
	fprintf(stderr, "bench_store: %s", PQerrorMessage(pg));
	exit(3);
}

static double seconds(usec_t from)
{
	return (double)(clock_monotonic() - from) / 1e6;
}

/* CPU seconds of the session's process and of this one; the server is a local
 * one, so that proc(5) has it. */
static double cpu_of(PGconn *pg)
{
	struct timespec ts;
	unsigned long long user = 0, kernel = 0;
	char path[64];
	FILE *f;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	snprintf(path, sizeof(path), "/proc/%d/stat", PQbackendPID(pg));
	f = fopen(path, "re");
	if (f && fscanf(f, "%*d %*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u "
	    "%*u %*u %llu %llu", &user, &kernel) != 2)
		user = kernel = 0;
	if (f)
		fclose(f);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9 +
	    (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

/* ---- lookup ------------------------------------------------------------- */

/* Texts that are judged in one transaction. */
struct texts {
	struct arena arena;
	struct article art[BATCH];
	size_t n;
};

/* The next ones of the stream. */
static void read_texts(FILE *f, struct texts *x)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	arena_init(&x->arena);
	x->n = 0;
	while (x->n < BATCH && (len = getline(&line, &size, f)) > 0) {
		struct err err;
		struct article *art = &x->art[x->n];
		struct json *j = jsonr_parse((struct slice){line, (size_t)len},
		    &err);

		article_init(art);
		if (j && !article_read(j, &x->arena, art, &err) && art->body.n)
			x->n++;
		jsonr_free(j);
	}
	free(line);
}

static int pages_of(struct batch *b, const struct texts *x, struct look *looks,
    struct outlet_text *texts, struct err *err)
{
	struct arena *a = batch_arena(b);

	for (size_t i = 0; i < x->n; i++) {
		struct j_page *page = arena_zalloc(a, 1, sizeof(*page));

		if (batch_outlet(b, x->art[i].outlet, SLICE_NONE,
		    &page->outlet_id, err))
			return -1;
		looks[i].page = page;
		texts[i] = (struct outlet_text){looks[i].text, page->outlet_id};
	}
	return 0;
}

static void sketches_of(struct batch *b, struct look *looks, size_t n,
    const enum carried *common)
{
	for (size_t i = 0; i < n; i++) {
		const struct text *t = looks[i].text;

		looks[i].skip = left_out_by(t, common, batch_arena(b)).rule_3;
		looks[i].sketch = text_sketch(t, looks[i].skip);
		common += t->sentences_n;
	}
}

/* What judging asks of new pages (cli/ahead.c); only that is timed. */
static int ask(struct batch *b, const struct texts *x, usec_t *spent,
    struct err *err)
{
	struct arena *a = batch_arena(b);
	struct look *looks = arena_zalloc(a, x->n, sizeof(*looks));
	struct outlet_text *texts = arena_alloc(a, x->n * sizeof(*texts));
	size_t all = 0;
	usec_t start;
	enum carried *common;

	for (size_t i = 0; i < x->n; i++) {
		const struct article *art = &x->art[i];

		looks[i].text = text_new(a, art->title, art->summary, art->body);
		looks[i].at = art->created.at;
		all += looks[i].text->sentences_n;
	}
	common = arena_zalloc(a, all + 1, sizeof(*common));
	if (pages_of(b, x, looks, texts, err))
		return -1;
	start = clock_monotonic();
	if (batch_common(b, texts, x->n, common, err))
		return -1;
	*spent += clock_monotonic() - start;
	sketches_of(b, looks, x->n, common);
	start = clock_monotonic();
	if (batch_look_ahead(b, looks, x->n, err))
		return -1;
	*spent += clock_monotonic() - start;
	return 0;
}

/* How many were found. */
static size_t stories_of(const struct looked *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->found_n; i++) {
		size_t k = 0;

		while (k < i && x->found[k].root != x->found[i].root)
			k++;
		n += k == i;
	}
	return n;
}

static int look_up(struct db *db, const struct texts *x, usec_t *spent,
    size_t *found, struct err *err)
{
	const struct store_tools tools = {.text = text_new, .sketch = text_sketch,
	    .coverage = text_coverage, .revision = 1};
	struct clock clock = {0};
	struct batch *b = batch_begin(db, &tools, &clock, err);
	int rc = b ? ask(b, x, spent, err) : -1;

	for (size_t i = 0; !rc && i < b->memory->looked_n; i++)
		*found += stories_of(&b->memory->looked[i]);
	batch_end(b); /* rolled back */
	return rc;
}

static int lookup(const char *info, const char *path, size_t most)
{
	FILE *f = fopen(path, "re");
	struct err err = {0};
	struct db *db = db_open(info, &err);
	size_t n = 0, found = 0;
	usec_t spent = 0;
	struct texts x;
	int rc = db && f ? 0 : -1;

	/* Twice: the first time warms caches and prepares statements. */
	for (int pass = 0; !rc && pass < 2; pass++) {
		rewind(f);
		n = found = 0, spent = 0;
		do {
			read_texts(f, &x);
			if (x.n)
				rc = look_up(db, &x, &spent, &found, &err);
			n += x.n;
			arena_release(&x.arena);
		} while (!rc && x.n && n < most);
	}
	if (f)
		fclose(f);
	db_close(db);
	if (rc || !n) {
		fprintf(stderr, "bench_store: %s\n", err.message);
		return 1;
	}
	printf("%.3f ms a lookup, %.2f candidates\n", (double)spent / 1e3 /
	    (double)n, (double)found / (double)n);
	return 0;
}

/* ---- bare inserts ---------------------------------------------------------- */

/* A table's rows, and how they are inserted. */
struct source {
	PGresult *r;
	char name[24]; /* of the prepared statement */
	int cols, next;
	int keys[COLUMNS], keys_n; /* columns of the primary key */
};

/* Months that the rows lie in: making partitions is not timed. */
static void make_months(PGconn *from, PGconn *to, const char *table,
    const char *at, const char *xmin)
{
	char sql[512];
	PGresult *r;

	snprintf(sql, sizeof(sql), "SELECT DISTINCT date_trunc('month', %s) "
	    "FROM dateline_store.%s WHERE xmin::text::bigint >= %s", at, table,
	    xmin);
	r = must(from, PQexec(from, sql));
	for (int i = 0; i < PQntuples(r); i++)
		PQclear(must(to, PQexecParams(to,
		    "SELECT dateline_store.make_partition($1, $2)", 2, NULL,
		    (const char *const[]){table, PQgetvalue(r, i, 0)}, NULL,
		    NULL, 0)));
	PQclear(r);
}

/* Columns that may be inserted, with their number in the primary key or 0. */
static PGresult *columns(PGconn *from, const char *table)
{
	return must(from, PQexecParams(from,
	    "SELECT quote_ident(a.attname), coalesce(array_position("
	    "i.indkey::int2[], a.attnum), -1) FROM pg_attribute a "
	    "JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary "
	    "WHERE a.attrelid = ('dateline_store.' || $1)::regclass "
	    "AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' "
	    "ORDER BY a.attnum", 1, NULL, &table, NULL, NULL, 0));
}

static void prepare(PGconn *to, const char *table, const PGresult *cols,
    struct source *x)
{
	struct strbuf put = STRBUF_INIT, del = STRBUF_INIT;

	strbuf_addf(&put, "INSERT INTO dateline_store.%s (", table);
	strbuf_addf(&del, "DELETE FROM dateline_store.%s WHERE ", table);
	for (int i = 0; i < x->cols; i++) {
		const char *name = PQgetvalue(cols, i, 0);

		strbuf_addf(&put, i ? ", %s" : "%s", name);
		if (PQgetvalue(cols, i, 1)[0] == '-')
			continue;
		x->keys[x->keys_n++] = i;
		strbuf_addf(&del, "%s%s = $%d", x->keys_n > 1 ? " AND " : "",
		    name, x->keys_n);
	}
	for (int i = 0; i < x->cols; i++)
		strbuf_addf(&put, i ? ", $%d" : ") VALUES ($%d", i + 1);
	strbuf_adds(&put, ")");
	snprintf(x->name, sizeof(x->name), "i_%s", table);
	PQclear(must(to, PQprepare(to, x->name, put.p, 0, NULL)));
	PQclear(must(to, PQprepare(to, "delete", del.p, 0, NULL)));
	strbuf_release(&put);
	strbuf_release(&del);
}

static const char *value(const struct source *x, int row, int col)
{
	return PQgetisnull(x->r, row, col) ? NULL : PQgetvalue(x->r, row, col);
}

/* Rows that the store step changed stand in TO as they were: they make room,
 * untimed, so that every row is a plain insert. */
static void make_room(PGconn *to, const struct source *x)
{
	const char *v[COLUMNS];

	PQclear(must(to, PQexec(to, "BEGIN")));
	for (int i = 0; i < PQntuples(x->r); i++) {
		for (int k = 0; k < x->keys_n; k++)
			v[k] = value(x, i, x->keys[k]);
		PQclear(must(to, PQexecPrepared(to, "delete", x->keys_n, v,
		    NULL, NULL, 0)));
	}
	PQclear(must(to, PQexec(to, "COMMIT")));
	PQclear(must(to, PQexec(to, "DEALLOCATE delete")));
}

static void read_rows(PGconn *from, PGconn *to, const char *table,
    const char *xmin, struct source *x)
{
	PGresult *cols = columns(from, table);
	struct strbuf sql = STRBUF_INIT;

	x->cols = PQntuples(cols);
	if (x->cols > COLUMNS || !x->cols)
		must(from, NULL);
	for (int i = 0; i < x->cols; i++)
		strbuf_addf(&sql, i ? ", %s" : "SELECT %s",
		    PQgetvalue(cols, i, 0));
	strbuf_addf(&sql, " FROM dateline_store.%s "
	    "WHERE xmin::text::bigint >= %s", table, xmin);
	x->r = must(from, PQexec(from, sql.p));
	prepare(to, table, cols, x);
	make_room(to, x);
	PQclear(cols);
	strbuf_release(&sql);
}

static void send_row(PGconn *to, struct source *x)
{
	const char *v[COLUMNS];

	for (int i = 0; i < x->cols; i++)
		v[i] = value(x, x->next, i);
	x->next++;
	if (!PQsendQueryPrepared(to, x->name, x->cols, v, NULL, NULL, 0))
		fprintf(stderr, "bench_store: %s", PQerrorMessage(to));
}

/* Takes the results up to the sync point. */
static void drain(PGconn *to)
{
	for (;;) {
		PGresult *r = PQgetResult(to);
		ExecStatusType s;

		if (!r)
			continue;
		s = PQresultStatus(must(to, r));
		PQclear(r);
		if (s == PGRES_PIPELINE_SYNC)
			return;
	}
}

/* A sync point a hundred rows or so; the one before is read when the next was
 * sent, so that the server always has work and no buffer fills up. */
static void sync_point(PGconn *to, int *open)
{
	PQpipelineSync(to);
	if (++*open > 1) {
		drain(to);
		--*open;
	}
}

static void send_batch(PGconn *to, struct source *x, int k, int batches)
{
	int open = 0, sent = 0;

	PQsendQueryPrepared(to, "begin", 0, NULL, NULL, NULL, 0);
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		int all = PQntuples(x[t].r);
		int until = (int)((long long)all * (k + 1) / batches);

		while (x[t].next < until) {
			send_row(to, &x[t]);
			if (++sent % SYNC_ROWS == 0)
				sync_point(to, &open);
		}
	}
	PQsendQueryPrepared(to, "commit", 0, NULL, NULL, NULL, 0);
	PQpipelineSync(to);
	for (open++; open; open--)
		drain(to);
}

static int insert(const char *a, const char *b, const char *xmin, int docs)
{
	PGconn *from = conn(a), *to = conn(b);
	struct source x[ARRAY_LEN(tables)] = {{0}};
	int batches = (docs + BATCH - 1) / BATCH;
	long long rows = 0;
	double s, cpu;
	usec_t start;

	make_months(from, to, "capture", "fetched_at", xmin);
	make_months(from, to, "sketch", "effective_at", xmin);
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		read_rows(from, to, tables[t], xmin, &x[t]);
		rows += PQntuples(x[t].r);
	}
	PQclear(must(to, PQprepare(to, "begin", "BEGIN", 0, NULL)));
	PQclear(must(to, PQprepare(to, "commit", "COMMIT", 0, NULL)));
	PQclear(must(to, PQexec(to, "CHECKPOINT")));
	PQenterPipelineMode(to);
	cpu = cpu_of(to);
	start = clock_monotonic();
	for (int k = 0; k < batches; k++)
		send_batch(to, x, k, batches);
	s = seconds(start);
	printf("%.1f documents/s, %.2f ms of CPU and %.1f rows a document\n",
	    docs / s, (cpu_of(to) - cpu) * 1e3 / docs, (double)rows / docs);
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		PQclear(x[t].r);
	PQfinish(from);
	PQfinish(to);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc >= 4 && !strcmp(argv[1], "lookup"))
		return lookup(argv[2], argv[3], argc > 4 ?
		    strtoul(argv[4], NULL, 10) : 1000);
	if (argc == 6 && !strcmp(argv[1], "insert"))
		return insert(argv[2], argv[3], argv[4],
		    (int)strtol(argv[5], NULL, 10));
	fprintf(stderr, "usage: bench_store lookup CONNINFO STREAM [MOST]\n"
	    "       bench_store insert FROM TO XMIN DOCS\n");
	return 2;
}
