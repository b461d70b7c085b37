#ifndef CRAWLER_WARC_H
#define CRAWLER_WARC_H
#include "core/clock.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/strbuf.h"

/*
 * Writes WARC 1.1 (ISO 28500:2017): a gzip member a record, files of their own
 * for each process, a new one each day (UTC) and at max_bytes. A visit is a
 * response (or a revisit, where the bytes are known) and a metadata record; one
 * without an answer is a metadata record alone. Both go out in one write: a
 * crash leaves at most a last record that is cut. warc_sync before what names
 * a record commits.
 *
 * The block of a response is what came: status line, header lines and body as
 * received, after transfer decoding, before content decoding. So a
 * Transfer-Encoding would no longer be true of it: that line's name gets the
 * prefix that Common Crawl uses, X-Crawl-. The status line of HTTP/2, which is
 * not text on the wire, is written as HTTP/1.1's, as Common Crawl does.
 */

#define WARC_NAME 128 /* a file's name and NUL; no folder */

struct warc_conf {
	const char *dir;     /* made if it is not there */
	int64_t max_bytes;   /* of a file; the last record may pass it */
	const char *agent;   /* for warcinfo: the User-Agent of the crawl */
	const struct clock *clock;
};

/* Where a record lies. */
struct warc_place {
	char file[WARC_NAME]; /* "": nowhere */
	int64_t offset;
};

/* A response that was written before: what a revisit refers to. */
struct warc_origin {
	struct slice url, digest; /* digest: of its payload, "sha1:..." */
	struct hash128 id;	  /* the UUID of its record; zero: unknown */
	usec_t at;
};

struct warc_visit {
	struct slice url;  /* that gave the answer, or was asked for */
	usec_t at;	   /* when it was asked for */
	struct slice address; /* of the peer, or none */
	struct slice head; /* status and header lines; p NULL: no answer */
	struct slice body; /* as received */
	bool unchanged;	   /* 304: origin is what is unchanged, or unknown */
	const struct warc_origin *origin; /* that may hold the same body */
	struct slice fields; /* of the metadata record: "name: value\r\n" ... */
};

struct warc_written {
	struct warc_place place; /* of the response, revisit, else metadata */
	struct hash128 id;
	char digest[64]; /* of the payload; "" without an answer */
	bool revisit;	 /* the body is not in it */
};

struct warc;

/* conf is copied, the strings in it are not. No file is made yet. */
struct warc *warc_new(const struct warc_conf *conf);
/* Ends the file; NULL is fine. */
void warc_free(struct warc *w);
/* IO: nothing of the visit was written. NOT_FOUND: as of warc_sync. */
int warc_write(struct warc *w, const struct warc_visit *v,
    struct warc_written *out, struct err *err) MUST_CHECK;
/*
 * What was written is on the disk, and lies there under its name. NOT_FOUND: the
 * file was removed or moved meanwhile, and what was written since the sync before
 * with it: the next visit begins another file.
 */
int warc_sync(struct warc *w, struct err *err) MUST_CHECK;

/* Is the file of that name one that this machine wrote? */
bool warc_is_of_here(struct slice name);

/*
 * Erases the record at offset, in place: a metadata record of the same length
 * takes its place, with its id, date and URL, so that all others stay where
 * they are and a process may go on writing the file. An erased record is left
 * as it is. NOT_FOUND: no such file; BAD_RECORD: no record begins there.
 */
int warc_erase(const char *path, int64_t offset, struct err *err) MUST_CHECK;

#endif
