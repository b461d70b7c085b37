/* Whatever the bytes claim to be, what comes out is valid UTF-8 without NUL. */
#include "tests/fuzz/fuzz.h"

#include "core/utf8.h"
#include "parser/evidence.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct parse_input in = {.bytes = {(const char *)data, n}};
	struct slice utf8;
	const char *label;
	size_t errors;
	struct arena a;
	struct err err;

	arena_init(&a);
	if (!charset_decode(&in, &a, &utf8, &label, &errors, &err) &&
	    (!utf8_valid(utf8) || (utf8.n && memchr(utf8.p, 0, utf8.n))))
		abort();
	arena_release(&a);
	return 0;
}
