/* A text is a date of the calendar, or none. */
#include "tests/fuzz/fuzz.h"

#include "parser/parser.h"

#include <stdlib.h>

static void check(const struct pubtime *t)
{
	struct civil c = civil_from_usec(t->at);

	/* year 1 in the east is year 0 in UTC, 9999 in the west 10000 */
	if ((!civil_valid(&c) && c.year > 0 && c.year < 10000) ||
	    t->offset_s <= -16 * 3600 || t->offset_s >= 16 * 3600)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = {(const char *)data, n};
	struct pubtime t;
	struct err err;

	if (!parser_date(text, NULL, &t, &err))
		check(&t);
	if (!parser_feed_date(text, NULL, &t, &err))
		check(&t);
	return 0;
}
