/* Any bytes are read as WARC to their end, in time that grows with them, and
 * each block as HTTP. */
#include "tests/fuzz/fuzz.h"

#include "crawler/warc_read.h"

#include <stdlib.h>

/* Each record or error takes a byte at least. */
static void check(struct warc_reader *r, size_t n)
{
	struct warc_record rec;
	struct err err = {0};
	size_t count = 0;
	int rc;

	while ((rc = warc_read(r, &rec, &err))) {
		struct strbuf sb = STRBUF_INIT;
		struct warc_http h;
		bool cut;

		if (++count > n + 1 || rec.offset < 0 ||
		    rec.offset > (int64_t)n)
			abort();
		if (rc < 0)
			continue;
		if (rec.length >= 0 && rec.offset + rec.length > (int64_t)n)
			abort();
		if (!warc_http_parse(rec.block, &h, &err) &&
		    !warc_http_body(&h, 1 << 20, &sb, &cut, &err) &&
		    sb.n > 1 << 20)
			abort();
		strbuf_release(&sb);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	FILE *f = n ? fmemopen((void *)data, n, "r") : NULL;
	struct warc_reader *r;

	if (!f)
		return 0;
	r = warc_reader_new(f);
	check(r, n);
	warc_reader_free(r);
	fclose(f);
	return 0;
}
