/* Merges by the verdict, once the capture that shows them is recorded. */
#include "store/batch.h"

#include "store/sql.h"

int batch_merge(void *self, const struct j_merge *m, struct err *err)
{
	struct batch *b = self;

	(void)err;
	GROW(b->bridges, b->bridges_n, b->bridges_cap);
	b->bridges[b->bridges_n++] = (struct bridge){m->a->id, m->b->id, m->at,
	    m->score, m->reason};
	return 0;
}

/* A decision by hand binds. */
static int is_barred(struct batch *b, int64_t x, int64_t y, bool *yes,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, x);
	params_int(&p, y);
	rc = db_query(b->db, SQL_MERGE_BARRED, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*yes = db_bool(r, 0, 0);
	db_result_free(r);
	return 0;
}

/* Images of the two, and what was merged into them, are not today's. */
static void drop_images(struct batch *b, int64_t x, int64_t y)
{
	size_t n = 0;

	for (size_t i = 0; i < b->stories_n; i++) {
		int64_t id = b->stories[i]->id;

		if (id == x || id == y)
			continue;
		b->stories[n] = b->stories[i];
		b->ids[n++] = b->ids[i];
	}
	b->stories_n = n;
	for (size_t i = 0; i < b->pages_n; i++)
		if (b->pages[i]->row.image->story_id == y)
			b->pages[i]->row.image->story_id = x;
}

static int bridge(struct batch *b, const struct bridge *why, struct err *err)
{
	int64_t x = why->a, y = why->b;
	struct slice status;
	bool no;

	if (story_order(b, &x, &y, &status, &no, err) ||
	    (!no && is_barred(b, x, y, &no, err)))
		return -1;
	if (no)
		return 0;
	if (story_merge(b, x, y, status, why, err))
		return -1;
	drop_images(b, x, y);
	return 0;
}

int batch_bridge(struct batch *b, struct err *err)
{
	if (!b->bridges_n)
		return 0;
	if (batch_settle(b, err))
		return -1;
	for (size_t i = 0; i < b->bridges_n; i++)
		if (bridge(b, &b->bridges[i], err))
			return -1;
	b->bridges_n = 0;
	batch_ask_anew(b);
	return 0;
}
