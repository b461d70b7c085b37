/* Gumbo's tree before and after the prescan is one (tree_diff.h). */
#include "tests/fuzz/fuzz.h"

#include "core/utf8.h"
#include "tests/fuzz/tree_diff.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct strbuf page = STRBUF_INIT, why = STRBUF_INIT;

	utf8_clean((struct slice){(const char *)data, n}, &page);
	if (tree_diff(strbuf_slice(&page), &why) == TREES_DIFFER) {
		fputs(why.p, stderr);
		abort();
	}
	strbuf_release(&page);
	strbuf_release(&why);
	return 0;
}
