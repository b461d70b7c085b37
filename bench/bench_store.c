/*
 * bench_store lookup CONNINFO STREAM.jsonl [MOST]: the query for candidates
 *     (store/sql/candidates.sql) for each text, one by one, as judging asks it.
 * bench_store insert FROM TO XMIN DOCS: every row that FROM got since
 *     transaction XMIN, inserted into TO by bare libpq: prepared statements in
 *     pipeline mode, a commit for the rows of 64 documents. TO is a database
 *     as FROM was then. What a store step costs at least.
 */
#include "store/sql.h"

#include "core/json.h"
#include "core/strbuf.h"
#include "story/story.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#define BATCH	 64
#define COLUMNS	 32
#define WINDOW	 (72 * USEC_HOUR)
#define LONG	 8 /* words of a sentence that is looked up */

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

/* ---- lookup ------------------------------------------------------------- */

static char *ints(struct strbuf *b, const uint64_t *v, size_t n)
{
	char one[24];

	strbuf_reset(b);
	strbuf_add(b, "{", 1);
	for (size_t i = 0; i < n; i++)
		strbuf_add(b, one, (size_t)snprintf(one, sizeof(one),
		    i ? ",%lld" : "%lld", (long long)v[i]));
	strbuf_add(b, "}", 2); /* and its NUL */
	return b->p;
}

/* What the outlet carries in two stories or more, and disclaimers: both are
 * left out (timeline.md, rule 4), as judging does it. */
static bool *skipped(PGconn *pg, const struct article *art,
    const struct text *t, struct arena *a)
{
	bool *skip = arena_zalloc(a, t->sentences_n + 1, sizeof(*skip));
	uint64_t *h = arena_alloc(a, (t->sentences_n + 1) * sizeof(*h));
	struct strbuf x = STRBUF_INIT;
	char name[256];
	PGresult *r;

	for (size_t i = 0; i < t->sentences_n; i++) {
		h[i] = t->sentences[i].hash;
		skip[i] = text_is_disclaimer(t->sentences[i].s);
	}
	snprintf(name, sizeof(name), "%.*s", SLICE_FMT(art->outlet));
	r = must(pg, PQexecPrepared(pg, "s", 2, (const char *const[]){
	    ints(&x, h, t->sentences_n), name}, NULL, NULL, 0));
	for (int i = 0; i < PQntuples(r); i++)
		skip[strtoul(PQgetvalue(r, i, 0), NULL, 10) - 1] = true;
	PQclear(r);
	strbuf_release(&x);
	return skip;
}

/* Answers with the time that the query took; what is left out is not timed. */
static usec_t look_up(PGconn *pg, const struct article *art, struct arena *a,
    size_t *found)
{
	struct text *t = text_new(a, art->title, art->summary, art->body);
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	uint64_t *s = arena_alloc(a, (t->sentences_n + 1) * sizeof(*s));
	bool *skip = skipped(pg, art, t, a);
	char from[TIME_TEXT], to[TIME_TEXT];
	struct sketch sk;
	usec_t start;
	PGresult *r;
	size_t n = 0;

	sketch_make(t, skip, a, &sk);
	for (size_t i = 0; i < t->sentences_n; i++)
		if (t->sentences[i].words >= LONG && !skip[i])
			s[n++] = t->sentences[i].hash;
	start = clock_monotonic();
	time_text(art->created.at - WINDOW, from);
	time_text(art->created.at + WINDOW, to);
	r = must(pg, PQexecPrepared(pg, "c", 6, (const char *const[]){
	    ints(&x, sk.kept, sk.kept_n), from, to, ints(&y, s, n), NULL, "16"},
	    NULL, NULL, 0));
	start = clock_monotonic() - start;
	*found += (size_t)PQntuples(r);
	PQclear(r);
	strbuf_release(&x);
	strbuf_release(&y);
	return start;
}

static int lookup(const char *info, const char *path, size_t most)
{
	PGconn *pg = conn(info);
	FILE *f = fopen(path, "re");
	size_t size = 0, n = 0, found = 0;
	char *line = NULL;
	usec_t spent = 0;
	struct arena a;
	ssize_t len;

	PQclear(must(pg, PQprepare(pg, "c", SQL_CANDIDATES, 0, NULL)));
	PQclear(must(pg, PQprepare(pg, "s", "SELECT p.i FROM "
	    "unnest($1::bigint[]) WITH ORDINALITY AS p (hash, i) WHERE (SELECT "
	    "count(*) > 1 FROM (SELECT FROM dateline_store.sentence s JOIN "
	    "dateline_store.outlet o USING (outlet_id) WHERE s.hash = p.hash "
	    "AND o.name = $2 LIMIT 2) x)", 0, NULL)));
	while (f && n < most && (len = getline(&line, &size, f)) > 0) {
		struct err err;
		struct article art;
		struct json *j = jsonr_parse((struct slice){line,
		    (size_t)len}, &err);

		arena_init(&a);
		if (j && !article_read(j, &a, &art, &err) && art.body.n) {
			usec_t took = look_up(pg, &art, &a, &found);

			if (n++ >= BATCH) /* the first ones warm the plan */
				spent += took;
		}
		jsonr_free(j);
		arena_release(&a);
	}
	if (f)
		fclose(f);
	free(line);
	PQfinish(pg);
	if (n <= BATCH)
		return 1;
	printf("%.3f ms a lookup, %.2f candidates\n", (double)spent / 1e3 /
	    (double)(n - BATCH), (double)found / (double)n);
	return 0;
}

/* ---- bare inserts ---------------------------------------------------------- */

struct rows {
	PGresult *r;
	char name[24];
	int next;
};

static void read_rows(PGconn *from, PGconn *to, const char *table,
    const char *xmin, struct rows *x)
{
	char sql[512];
	size_t n;
	int cols;

	snprintf(sql, sizeof(sql), "SELECT * FROM dateline_store.%s "
	    "WHERE xmin::text::bigint >= %s", table, xmin);
	x->r = must(from, PQexec(from, sql));
	cols = PQnfields(x->r);
	snprintf(x->name, sizeof(x->name), "i_%s", table);
	n = (size_t)snprintf(sql, sizeof(sql), "INSERT INTO dateline_store.%s "
	    "VALUES (", table);
	for (int i = 0; i < cols && n < sizeof(sql); i++)
		n += (size_t)snprintf(sql + n, sizeof(sql) - n, "%s$%d",
		    i ? ", " : "", i + 1);
	snprintf(sql + n, sizeof(sql) - n, ") ON CONFLICT DO NOTHING");
	PQclear(must(to, PQprepare(to, x->name, sql, 0, NULL)));
}

static void send_row(PGconn *to, struct rows *x)
{
	const char *v[COLUMNS];
	int cols = PQnfields(x->r);

	for (int i = 0; i < cols && i < COLUMNS; i++)
		v[i] = PQgetisnull(x->r, x->next, i) ? NULL :
		    PQgetvalue(x->r, x->next, i);
	x->next++;
	if (!PQsendQueryPrepared(to, x->name, cols, v, NULL, NULL, 0))
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

static void send_batch(PGconn *to, struct rows *x, int k, int batches)
{
	PQsendQueryParams(to, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		int all = PQntuples(x[t].r);
		int until = (int)((long long)all * (k + 1) / batches), sent = 0;

		while (x[t].next < until) {
			send_row(to, &x[t]);
			if (++sent % 256 == 0) { /* no deadlock of two buffers */
				PQpipelineSync(to);
				drain(to);
			}
		}
	}
	PQsendQueryParams(to, "COMMIT", 0, NULL, NULL, NULL, NULL, 0);
	PQpipelineSync(to);
	drain(to);
}

static int insert(const char *a, const char *b, const char *xmin, int docs)
{
	PGconn *from = conn(a), *to = conn(b);
	struct rows x[ARRAY_LEN(tables)] = {{0}};
	int batches = docs / BATCH + 1;
	long long rows = 0;
	usec_t start;
	double s;

	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		read_rows(from, to, tables[t], xmin, &x[t]);
		rows += PQntuples(x[t].r);
	}
	PQenterPipelineMode(to);
	start = clock_monotonic();
	for (int k = 0; k < batches; k++)
		send_batch(to, x, k, batches);
	s = seconds(start);
	printf("%.1f documents/s, %.1f rows a document\n", docs / s,
	    (double)rows / docs);
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
