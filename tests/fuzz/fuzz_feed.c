/* Whatever a feed is: no entry's address is one that may not be fetched, and
 * what the XML parser is given has its tags in pairs. */
#include "tests/fuzz/fuzz.h"

#include "core/url.h"
#include "parser/feed_mend.h"
#include "parser/parser.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct parse_input in = {.bytes = {(const char *)data, n},
	    .url = "http://f.test/dir/feed", .fetched_at = TIME_NONE};
	struct arena a;
	struct feed f;
	struct err err;
	struct url u;

	arena_init(&a);
	if (!parser_feed(&in, &a, &f, &err)) {
		if (f.entries_n > (f.kind >= FEED_SITEMAP ? SITEMAP_ENTRIES :
		    FEED_ENTRIES))
			abort();
		for (size_t i = 0; i < f.entries_n; i++)
			if (f.entries[i].url.n && (url_parse(f.entries[i].url,
			    NULL, &a, &u, &err) || url_check_fetch(&u, &err)))
				abort();
	}
	arena_release(&a);
	return 0;
}
