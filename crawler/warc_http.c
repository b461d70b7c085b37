/* What the block of a response holds: an HTTP message. */
#include "crawler/warc_read.h"

#include "core/zip.h"

#include <stdlib.h>

#define ENCODINGS_MAX 5 /* as core/http.c */

static struct slice cut_line(struct slice *rest)
{
	const char *lf = memchr(rest->p, '\n', rest->n);
	size_t n = lf ? (size_t)(lf - rest->p) + 1 : rest->n;
	struct slice line = slice_sub(*rest, 0, n);

	*rest = slice_sub(*rest, n, rest->n);
	return line;
}

/* RFC 9112, 4: HTTP-version SP status-code. */
static int status_of(struct slice line)
{
	const char *sp = memchr(line.p, ' ', line.n);
	struct slice s = sp ? slice_trim(slice_sub(line,
	    (size_t)(sp - line.p), line.n)) : SLICE_NONE;
	int status = 0;

	if (!slice_starts(line, SLICE("HTTP/")) || s.n < 3 ||
	    (s.n > 3 && s.p[3] != ' '))
		return 0;
	for (int i = 0; i < 3; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		status = status * 10 + (s.p[i] - '0');
	}
	return status;
}

static void add_header(struct warc_http *h, struct slice line)
{
	const char *colon = memchr(line.p, ':', line.n);
	size_t n = colon ? (size_t)(colon - line.p) : 0;

	if (!colon || h->headers_n == ARRAY_LEN(h->headers))
		return;
	h->headers[h->headers_n++] = (struct http_header){
	    slice_trim(slice_sub(line, 0, n)),
	    slice_trim(slice_sub(line, n + 1, line.n))};
}

int warc_http_parse(struct slice block, struct warc_http *h, struct err *err)
{
	struct slice rest = block, line;

	h->headers_n = 0;
	h->status = block.n ? status_of(cut_line(&rest)) : 0;
	if (!h->status)
		return err_set(err, E_PROTOCOL,
		    "the block does not begin with a status line");
	while (rest.n) {
		line = cut_line(&rest);
		if (!slice_trim(line).n)
			break;
		add_header(h, line);
	}
	h->head = slice_sub(block, 0, block.n - rest.n);
	h->body = rest;
	return 0;
}

struct slice warc_http_find(const struct warc_http *h, const char *name)
{
	for (size_t i = 0; i < h->headers_n; i++)
		if (slice_ieq(h->headers[i].name, slice_of(name)))
			return h->headers[i].value;
	return SLICE_NONE;
}

/* ---- transfer ---------------------------------------------------------------- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 9112, 7.1: chunk-size, extensions after it left out; -1: none. */
static int64_t chunk_size(struct slice line)
{
	int64_t n = 0;
	size_t i = 0;

	for (; i < line.n && i < 8 && hex(line.p[i]) >= 0; i++)
		n = n * 16 + hex(line.p[i]);
	line = slice_trim(slice_sub(line, i, line.n));
	return i && (!line.n || *line.p == ';') ? n : -1;
}

/* False: it is not in chunks. */
static bool dechunk(struct slice s, struct strbuf *to, bool *cut)
{
	size_t before = to->n;

	while (s.n) {
		struct slice line = cut_line(&s);
		int64_t n = chunk_size(line);

		if (n < 0) {
			if (to->n == before)
				return false;
			break;
		}
		if (!n)
			return true;
		strbuf_addsl(to, slice_sub(s, 0, (size_t)n));
		if ((size_t)n > s.n)
			break;
		s = slice_sub(s, (size_t)n, s.n);
		cut_line(&s);
	}
	*cut = true;
	return true;
}

/* ---- content ----------------------------------------------------------------- */

/* Stored without its encoding, though the head still names it. */
static bool is_plain(struct slice encoding, struct slice s)
{
	struct slice t = slice_trim(slice_sub(s, 0, 64));

	if (slice_ieq(encoding, SLICE("gzip")) ||
	    slice_ieq(encoding, SLICE("x-gzip")))
		return !zip_is_gzip(s);
	return t.n && (*t.p == '<' || *t.p == '{');
}

/* One encoding less; *sb is what is left. */
static int undo(struct slice encoding, size_t max_bytes, struct strbuf *sb,
    bool *cut, struct err *err)
{
	struct strbuf plain = STRBUF_INIT;
	struct slice s = strbuf_slice(sb);
	struct err why = {0};
	int rc = 0;

	if (!s.n || slice_ieq(encoding, SLICE("identity")) ||
	    is_plain(encoding, s))
		return 0;
	if (zip_decode(encoding, s, max_bytes, &plain, &why)) {
		*cut = true;
		if (why.code != E_TRUNCATED) {
			*err = why;
			rc = -1;
		}
	}
	strbuf_reset(sb);
	strbuf_addsl(sb, strbuf_slice(&plain));
	strbuf_release(&plain);
	return rc;
}

static int decode(struct slice list, size_t max_bytes, struct strbuf *sb,
    bool *cut, struct err *err)
{
	for (int i = 0; list.n; i++) { /* the last was put on last */
		size_t n = list.n;
		struct slice name;

		if (i == ENCODINGS_MAX)
			return err_set(err, E_BAD_ENCODING,
			    "over %d content encodings", ENCODINGS_MAX);
		while (n && list.p[n - 1] != ',')
			n--;
		name = slice_trim(slice_sub(list, n, list.n));
		list = slice_sub(list, 0, n ? n - 1 : 0);
		if (name.n && undo(name, max_bytes, sb, cut, err))
			return -1;
	}
	return 0;
}

int warc_http_body(const struct warc_http *h, size_t max_bytes,
    struct strbuf *to, bool *cut, struct err *err)
{
	struct slice transfer = warc_http_find(h, "transfer-encoding");
	struct strbuf sb = STRBUF_INIT;
	int rc;

	*cut = false;
	if (slice_ifind(transfer, SLICE("chunked"), 0) < 0 ||
	    !dechunk(h->body, &sb, cut)) {
		strbuf_reset(&sb);
		strbuf_addsl(&sb, h->body);
	}
	rc = decode(warc_http_find(h, "content-encoding"), max_bytes, &sb, cut,
	    err);
	if (!rc && sb.n > max_bytes)
		rc = err_set(err, E_BODY_TOO_LARGE,
		    "the body has %zu bytes; %zu are the limit", sb.n,
		    max_bytes);
	if (!rc)
		strbuf_addsl(to, strbuf_slice(&sb));
	strbuf_release(&sb);
	return rc;
}
