/* Any bytes end as an article, which is valid UTF-8 without NUL, or a code. */
#include "tests/fuzz/fuzz.h"

#include "core/utf8.h"
#include "parser/parser.h"

#include <stdlib.h>

static void clean(struct slice s)
{
	if (!utf8_valid(s) || (s.n && memchr(s.p, 0, s.n)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct parse_input in = {.bytes = {(const char *)data, n},
	    .url = "https://wire-a.test/2020/11/26/story",
	    .fetched_at = 1606400000 * USEC_SECOND};
	struct article art;
	struct arena a;
	struct err err;

	arena_init(&a);
	if (!parser_article(&in, &a, &art, &err)) {
		clean(art.title);
		clean(art.summary);
		clean(art.body);
		clean(art.note);
		for (size_t i = 0; i < art.byline_n; i++)
			clean(art.byline[i]);
		if (art.created.at != TIME_NONE && art.created.zone_known &&
		    art.created.at > in.fetched_at)
			abort();
	}
	arena_release(&a);
	return 0;
}
