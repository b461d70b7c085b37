#ifndef STORE_ROWS_H
#define STORE_ROWS_H
#include "store/db.h"

/*
 * Rows that wait to be written, table by table: a batch sends each table's
 * rows as one statement whose parameters are arrays, a column each. A row is
 * given as the parameters of a statement for it alone.
 *
 * The order is that of sending. An update stands before its table's insert: a
 * row may move out of a new one's key; and what is dropped goes first. What is long to write stands at the end:
 * the socket's buffer holds it, and the sender goes on.
 */
enum row_kind {
	ROW_STORY, ROW_VERSION_UPDATE, ROW_VERSION, ROW_RETURN, ROW_BODY,
	ROW_CAPTURE, ROW_PAGE, ROW_PAGE_UPDATE, ROW_PAGE_DUE, ROW_POSTING,
	ROW_SIGHTING_DROP, ROW_SIGHTING_UPDATE, ROW_SIGHTING, ROW_MEMBER_DROP,
	ROW_MEMBER_UPDATE, ROW_MEMBER,
	ROW_EVENT, ROW_TEXT, ROW_SKETCH, ROW_SENTENCE, ROW_KINDS
};

struct rows {
	struct {
		struct strbuf cols[ARRAY_LEN(((struct params *)0)->items)];
		bool binary[ARRAY_LEN(((struct params *)0)->items)];
		size_t n, cols_n;
		bool bad; /* a text holds NUL */
	} of[ROW_KINDS];
};

void rows_init(struct rows *r);
void rows_release(struct rows *r);
/* Adds a row; p is emptied. */
void rows_add(struct rows *r, enum row_kind kind, struct params *p);
/* Queues what waits, in the order of the kinds, and forgets it. */
int rows_queue(struct rows *r, struct db *db, struct err *err) MUST_CHECK;
int rows_queue_kind(struct rows *r, enum row_kind kind, struct db *db,
    struct err *err) MUST_CHECK;

#endif
