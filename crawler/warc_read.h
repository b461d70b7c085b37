#ifndef CRAWLER_WARC_READ_H
#define CRAWLER_WARC_READ_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/http.h"
#include "core/strbuf.h"

#include <stdio.h>

/*
 * Reads WARC 0.17 to 1.1, from a stream: plain, a gzip member a record, or
 * gzip as a whole. Memory is bounded: blocks over WARC_BLOCK_MAX are passed
 * and told. What is broken is told once, and reading goes on at the next
 * record that can be found: after a broken one the stream is searched from
 * just behind its beginning (where the stream cannot seek, from where it
 * stands).
 */

#define WARC_BLOCK_MAX ((9 << 20) + (64 << 10)) /* a page of ingest's limit and
						 * its head */

enum warc_type { WARC_OTHER, WARC_INFO, WARC_RESPONSE, WARC_RESOURCE,
	WARC_REVISIT, WARC_METADATA, WARC_REQUEST, WARC_CONVERSION };

/* Slices live until the reader's next call; unknown fields are SLICE_NONE. */
struct warc_record {
	enum warc_type type;
	int64_t offset; /* of the record, or of the member that holds it */
	int64_t length; /* with its member's end; -1: shares the member */
	struct slice id, url, concurrent_to, refers_to, refers_to_url, profile,
	    content_type, payload_digest, truncated, filename;
	usec_t at, refers_to_at; /* TIME_NONE */
	struct slice block; /* n is 0 for types OTHER, REQUEST, CONVERSION */
};

struct warc_reader;

/* f is borrowed, and read from where it stands. */
struct warc_reader *warc_reader_new(FILE *f);
void warc_reader_free(struct warc_reader *r);
/*
 * 1: *rec is a record; 0: the end; -1: BAD_RECORD, RECORD_TOO_LARGE,
 * TRUNCATED (the file ends within a record), BAD_ENCODING (its gzip is
 * corrupt) or IO: rec->offset is where, and the next call goes on.
 */
int warc_read(struct warc_reader *r, struct warc_record *rec, struct err *err)
    MUST_CHECK;
/* Does a file that begins so hold WARC, perhaps gzipped? */
bool warc_sniff(struct slice begins);

/* One record of a file by its offset: the reader stays open for its slices. */
int warc_read_at(FILE *f, int64_t offset, struct warc_reader **r,
    struct warc_record *rec, struct err *err) MUST_CHECK;

/* ---- what a block holds ---------------------------------------------------- */

/* The value of a field of "name: value" lines (WARC-fields, HTTP heads). */
struct slice warc_field(struct slice lines, const char *name);

struct warc_http {
	int status;
	struct slice head; /* status line, header lines, the empty one */
	struct slice body; /* what follows, as it stands */
	struct http_header headers[100]; /* more are left out */
	size_t headers_n;
};
/* Splits the block of a response. PROTOCOL: no status line of HTTP. */
int warc_http_parse(struct slice block, struct warc_http *h, struct err *err)
    MUST_CHECK;
struct slice warc_http_find(const struct warc_http *h, const char *name);
/*
 * The body as a reader of the page would have it: transfer and content
 * encodings undone, appended to `to`. Archives disagree on what they store: a
 * body that is not in chunks, or not encoded as its head says, is as it
 * stands. *cut: it ends too soon. BAD_ENCODING, BODY_TOO_LARGE.
 */
int warc_http_body(const struct warc_http *h, size_t max_bytes,
    struct strbuf *to, bool *cut, struct err *err) MUST_CHECK;

#endif
