/* What the server answered: rows, as values, and errors. */
#include "store/result.h"

#include <stdlib.h>

size_t db_rows(const struct db_result *r)
{
	return (size_t)PQntuples(r->pg);
}

bool db_null(const struct db_result *r, size_t row, int col)
{
	return PQgetisnull(r->pg, (int)row, col);
}

struct slice db_str(const struct db_result *r, size_t row, int col)
{
	if (db_null(r, row, col))
		return SLICE_NONE;
	return (struct slice){PQgetvalue(r->pg, (int)row, col),
	    (size_t)PQgetlength(r->pg, (int)row, col)};
}

int64_t db_int(const struct db_result *r, size_t row, int col)
{
	return strtoll(PQgetvalue(r->pg, (int)row, col), NULL, 10);
}

double db_double(const struct db_result *r, size_t row, int col)
{
	return strtod(PQgetvalue(r->pg, (int)row, col), NULL);
}

bool db_bool(const struct db_result *r, size_t row, int col)
{
	return PQgetvalue(r->pg, (int)row, col)[0] == 't';
}

usec_t db_time(const struct db_result *r, size_t row, int col)
{
	usec_t t;

	if (db_null(r, row, col) || time_parse(db_str(r, row, col), &t))
		return TIME_NONE;
	return t;
}

struct hash128 db_hash(const struct db_result *r, size_t row, int col)
{
	struct hash128 h = {{0}};

	if (hash128_parse(db_str(r, row, col), &h))
		return (struct hash128){{0}};
	return h;
}

struct slice db_bytes(const struct db_result *r, size_t row, int col,
    struct arena *a)
{
	struct slice s;
	unsigned char *raw;
	size_t n;

	if (db_null(r, row, col))
		return SLICE_NONE;
	raw = PQunescapeBytea((const unsigned char *)PQgetvalue(r->pg,
	    (int)row, col), &n);
	if (!raw)
		return SLICE_NONE;
	s = (struct slice){arena_copy(a, raw, n), n};
	PQfreemem(raw);
	return s;
}

int64_t *db_ints(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n)
{
	struct slice s = db_str(r, row, col);
	int64_t *v;
	char *p;

	*n = 0;
	if (!s.p)
		return NULL;
	v = arena_alloc(a, (s.n / 2 + 1) * sizeof(*v));
	p = (char *)s.p + 1; /* PQgetvalue ends with NUL */
	while (*p && *p != '}') {
		v[(*n)++] = strtoll(p, &p, 10);
		p += *p == ',';
	}
	return v;
}

/* Items of a one-dimensional array's text form. */
struct slice *db_texts(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n)
{
	struct slice s = db_str(r, row, col);
	struct slice *items = arena_alloc(a, (s.n + 1) * sizeof(*items));
	size_t i = 1;

	*n = 0;
	while (i + 1 < s.n) {
		bool quoted = s.p[i] == '"';
		char *item = arena_alloc(a, s.n - i + 1);
		size_t len = 0;

		for (i += quoted; i + 1 < s.n; i++) {
			if (quoted ? s.p[i] == '"' : s.p[i] == ',')
				break;
			if (s.p[i] == '\\')
				i++;
			item[len++] = s.p[i];
		}
		item[len] = '\0';
		items[(*n)++] = (struct slice){item, len};
		i += quoted ? 2 : 1;
	}
	return items;
}

usec_t *db_times(const struct db_result *r, size_t row, int col,
    struct arena *a, size_t *n)
{
	struct slice *items = db_texts(r, row, col, a, n);
	usec_t *times = arena_alloc(a, (*n + 1) * sizeof(*times));

	for (size_t i = 0; i < *n; i++)
		if (time_parse(items[i], &times[i]))
			times[i] = TIME_NONE;
	return times;
}

void db_result_free(struct db_result *r)
{
	if (!r)
		return;
	PQclear(r->pg);
	free(r);
}

/* ---- errors ---------------------------------------------------------------- */

bool db_err_is_retry(const struct err *err)
{
	return err->code == E_DB_CONNECT || !strcmp(err->sqlstate, "40001") ||
	    !strcmp(err->sqlstate, "40P01");
}

bool db_err_is_passing(const struct err *err)
{
	/* errcodes of PostgreSQL, appendix A: insufficient resources (a full
	 * disk, too many connections), operator intervention, system errors;
	 * a read-only server, a lock that cannot be had */
	static const char *const states[] = {"53", "57", "58", "08", "25006",
	    "55P03"};

	if (db_err_is_retry(err))
		return true;
	for (size_t i = 0; err->code == E_DB_QUERY && i < ARRAY_LEN(states);
	    i++)
		if (!strncmp(err->sqlstate, states[i], strlen(states[i])))
			return true;
	return false;
}

bool db_err_is_timeout(const struct err *err)
{
	return !strcmp(err->sqlstate, DB_IDLE_TIMEOUT) ||
	    !strcmp(err->sqlstate, DB_STATEMENT_TIMEOUT);
}
