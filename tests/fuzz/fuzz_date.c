/* A text is a date of the calendar, or none. */
#include "tests/fuzz/fuzz.h"

#include "parser/parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct pubtime t;
	struct civil c;
	struct err err;

	if (parser_date((struct slice){(const char *)data, n}, NULL, &t, &err))
		return 0;
	c = civil_from_usec(t.at);
	if (!civil_valid(&c) || t.offset_s <= -16 * 3600 ||
	    t.offset_s >= 16 * 3600)
		abort();
	return 0;
}
