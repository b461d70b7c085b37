/* A record erased where it lies: the file keeps its length, and all other
 * records their places. */
#include "crawler/warc.h"
#include "crawler/warc_read.h"

#include "core/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define ERASED "dateline-erased: 1\r\n"
#define ENDS   "\r\n\r\n"

/* The head but for the length, which stands among what is stored. */
static void make_head(const struct warc_record *rec, struct strbuf *to)
{
	char t[TIME_TEXT];

	strbuf_addf(to, "WARC/1.1\r\nWARC-Type: metadata\r\n"
	    "WARC-Record-ID: <%.*s>\r\nWARC-Date: %s\r\n",
	    SLICE_FMT(rec->id), time_text(rec->at == TIME_NONE ? 0 : rec->at,
	    t));
	if (rec->url.n)
		strbuf_addf(to, "WARC-Target-URI: %.*s\r\n",
		    SLICE_FMT(rec->url));
	strbuf_adds(to, "Content-Type: application/warc-fields\r\n");
}

/* n stored bytes: the length, the field, and blank space. */
static int make_rest(size_t n, struct strbuf *to)
{
	/* of as many digits whatever it is, so that it is known beforehand */
	static const char length[] = "Content-Length: %010zu\r\n\r\n";
	size_t fixed = (size_t)snprintf(NULL, 0, length, (size_t)0) +
	    sizeof(ENDS) - 1, block;

	if (n < fixed + sizeof(ERASED) - 1)
		return -1;
	block = n - fixed;
	strbuf_addf(to, length, block);
	strbuf_adds(to, ERASED);
	for (size_t i = sizeof(ERASED) - 1; i < block; i++)
		strbuf_addc(to, ' ');
	strbuf_adds(to, ENDS);
	return 0;
}

static int make_record(const struct warc_record *rec, struct strbuf *to,
    struct err *err)
{
	struct strbuf head = STRBUF_INIT, rest = STRBUF_INIT;
	long room;
	int rc = -1;

	make_head(rec, &head);
	room = zip_gzip_room(strbuf_slice(&head), (size_t)rec->length);
	if (room < 0 || make_rest((size_t)room, &rest))
		err_set(err, E_RECORD_TOO_LARGE, "a record of %lld bytes is too "
		    "small to be erased in place", (long long)rec->length);
	else
		rc = 0;
	if (!rc)
		zip_gzip_filled(strbuf_slice(&head), strbuf_slice(&rest),
		    (size_t)rec->length, to);
	strbuf_release(&head);
	strbuf_release(&rest);
	return rc;
}

static int put(FILE *f, int64_t offset, struct slice s, struct err *err)
{
	while (s.n) {
		ssize_t n = pwrite(fileno(f), s.p, s.n, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, E_IO, "%s", strerror(errno));
		s = slice_sub(s, (size_t)n, s.n);
		offset += n;
	}
	if (fdatasync(fileno(f)))
		return err_set(err, E_IO, "%s", strerror(errno));
	return 0;
}

static int erase(FILE *f, const struct warc_record *rec, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	int rc;

	if (rec->type == WARC_METADATA && slice_starts(rec->block,
	    SLICE(ERASED)))
		return 0;
	if (rec->length < 0)
		return err_set(err, E_BAD_RECORD,
		    "the record has no gzip member of its own");
	rc = make_record(rec, &sb, err);
	if (!rc)
		rc = put(f, rec->offset, strbuf_slice(&sb), err);
	strbuf_release(&sb);
	return rc;
}

int warc_erase(const char *path, int64_t offset, struct err *err)
{
	FILE *f = fopen(path, "r+e");
	struct warc_reader *r;
	struct warc_record rec;
	int rc;

	if (!f)
		return err_set(err, errno == ENOENT ? E_NOT_FOUND : E_IO,
		    "%s: %s", path, strerror(errno));
	rc = warc_read_at(f, offset, &r, &rec, err);
	if (!rc)
		rc = erase(f, &rec, err);
	warc_reader_free(r);
	fclose(f);
	return rc ? err_in(err, "%s at %lld", path, (long long)offset) : 0;
}
