#include "store/batch.h"

#include "store/sql.h"

#include <stdlib.h>

static void read_habit(const struct db_result *r, struct arena *a,
    struct habit *h)
{
	size_t n;
	struct slice *items = db_texts(r, 0, 0, a, &n);

	for (size_t i = 0; i < n && i < h->sums_n; i++)
		h->sums[i] = strtod(items[i].p, NULL);
	h->threshold = db_double(r, 0, 1);
	h->requests = db_int(r, 0, 2);
	h->since = db_time(r, 0, 3);
}

int batch_habit(struct batch *b, int64_t outlet_id, size_t sums_n,
    struct habit *out, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	*out = (struct habit){.sums_n = sums_n, .since = TIME_NONE,
	    .sums = arena_zalloc(&b->arena, sums_n, sizeof(*out->sums))};
	params_int(&p, outlet_id);
	rc = db_query(b->db, SQL_HABIT_GET, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		read_habit(r, &b->arena, out);
	db_result_free(r);
	return 0;
}

int batch_habit_save(struct batch *b, int64_t outlet_id,
    const struct habit *h, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct strbuf sums = STRBUF_INIT;
	int rc;

	for (size_t i = 0; i < h->sums_n; i++)
		strbuf_addf(&sums, "%s%.9g", i ? "," : "{", h->sums[i]);
	strbuf_adds(&sums, "}");
	params_int(&p, outlet_id);
	params_text(&p, strbuf_slice(&sums));
	params_double(&p, h->threshold);
	params_int(&p, h->requests);
	params_time(&p, h->since);
	rc = db_queue(b->db, SQL_HABIT_PUT, &p, err);
	params_release(&p);
	strbuf_release(&sums);
	return rc;
}
