/* Rows that wait, as arrays of their columns. */
#include "store/rows.h"

#include "store/sql.h"

static const char *const statements[ROW_KINDS] = {
    [ROW_STORY] = SQL_STORY_SAVE,
    [ROW_VERSION_UPDATE] = SQL_VERSION_UPDATE,
    [ROW_VERSION] = SQL_VERSION_INSERT,
    [ROW_RETURN] = SQL_RETURN_INSERT,
    [ROW_TEXT] = SQL_TEXT_SAVE,
    [ROW_POSTING] = SQL_POSTING_SAVE,
    [ROW_SIGHTING_DROP] = SQL_SIGHTING_DROP,
    [ROW_SIGHTING_UPDATE] = SQL_SIGHTING_UPDATE,
    [ROW_SIGHTING] = SQL_SIGHTING_INSERT,
    [ROW_MEMBER_DROP] = SQL_MEMBER_DROP,
    [ROW_MEMBER_UPDATE] = SQL_MEMBER_UPDATE,
    [ROW_MEMBER] = SQL_MEMBER_INSERT,
    [ROW_SKETCH] = SQL_SKETCH_INSERT,
    [ROW_SENTENCE] = SQL_CARRIED,
    [ROW_EVENT] = SQL_EVENT_INSERT,
    [ROW_BODY] = SQL_BODY_INSERT,
    [ROW_CAPTURE] = SQL_CAPTURE_INSERT,
    [ROW_PAGE] = SQL_PAGE_JUDGED,
    [ROW_PAGE_UPDATE] = SQL_PAGE_VISITED,
    [ROW_PAGE_DUE] = SQL_PAGE_DUE_AGAIN,
};

void rows_init(struct rows *r)
{
	for (int k = 0; k < ROW_KINDS; k++) {
		for (size_t i = 0; i < ARRAY_LEN(r->of[k].cols); i++)
			strbuf_init(&r->of[k].cols[i]);
		r->of[k].n = r->of[k].cols_n = 0;
		r->of[k].bad = false;
	}
}

void rows_release(struct rows *r)
{
	for (int k = 0; k < ROW_KINDS; k++)
		for (size_t i = 0; i < ARRAY_LEN(r->of[k].cols); i++)
			strbuf_release(&r->of[k].cols[i]);
}

/* bytea[] in binary: dimensions, whether there are nulls, the type, how many,
 * the first's index; then each with its length (arrayfuncs.c, array_recv). */
#define BYTEA_OID  17
#define HOW_MANY   12 /* where it stands */

static void add_int32(struct strbuf *sb, size_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		strbuf_addc(sb, (char)(v >> shift & 255));
}

static void add_bytes(struct strbuf *sb, const struct param *x)
{
	static const size_t head[] = {1, 0, BYTEA_OID, 0, 1};

	if (!sb->n)
		for (size_t i = 0; i < ARRAY_LEN(head); i++)
			add_int32(sb, head[i]);
	add_int32(sb, x->value ? x->n : SIZE_MAX); /* -1: null */
	strbuf_add(sb, x->value, x->n);
}

static void end_bytes(struct strbuf *sb, size_t n)
{
	for (size_t i = 0; i < 4; i++)
		sb->p[HOW_MANY + i] = (char)(n >> (24 - 8 * i) & 255);
}

void rows_add(struct rows *r, enum row_kind kind, struct params *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct strbuf *col = &r->of[kind].cols[i];

		r->of[kind].binary[i] = p->items[i].binary;
		if (p->items[i].binary) {
			add_bytes(col, &p->items[i]);
			continue;
		}
		strbuf_addc(col, r->of[kind].n ? ',' : '{');
		param_item(&p->items[i], col);
	}
	r->of[kind].bad |= p->bad;
	r->of[kind].cols_n = p->n;
	r->of[kind].n++;
	params_release(p);
}

int rows_queue_kind(struct rows *r, enum row_kind kind, struct db *db,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	if (!r->of[kind].n)
		return 0;
	for (size_t i = 0; i < r->of[kind].cols_n; i++) {
		struct strbuf *col = &r->of[kind].cols[i];
		bool binary = r->of[kind].binary[i];

		if (binary)
			end_bytes(col, r->of[kind].n);
		else
			strbuf_addc(col, '}');
		params_take(&p, col);
		p.items[i].binary = binary;
	}
	p.bad = r->of[kind].bad;
	r->of[kind].n = 0;
	r->of[kind].bad = false;
	rc = db_queue(db, statements[kind], &p, err);
	params_release(&p);
	return rc;
}

int rows_queue(struct rows *r, struct db *db, struct err *err)
{
	for (int k = 0; k < ROW_KINDS; k++)
		if (rows_queue_kind(r, (enum row_kind)k, db, err))
			return -1;
	return 0;
}
