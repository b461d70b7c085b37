#include "core/zip.h"

#include <zlib.h>
#include <zstd.h>

#define LEVEL 3 /* zstd's default: fast, and text shrinks to a quarter */
#define CHUNK (64 << 10)

void zip_zstd(struct slice s, struct strbuf *to)
{
	size_t n;

	strbuf_grow(to, ZSTD_compressBound(s.n));
	n = ZSTD_compress(to->p + to->n, ZSTD_compressBound(s.n),
	    s.p ? s.p : "", s.n, LEVEL);
	if (ZSTD_isError(n))
		BUG("ZSTD_compress: %s", ZSTD_getErrorName(n));
	strbuf_setlen_grown(to, n);
}

int zip_unzstd(struct slice frame, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	unsigned long long size = ZSTD_getFrameContentSize(frame.p, frame.n);
	size_t n;

	if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
		return err_set(err, E_BAD_ENCODING, "not a zstd frame");
	if (size > max_bytes)
		return err_set(err, E_BODY_TOO_LARGE,
		    "the frame holds %llu bytes", size);
	strbuf_grow(to, (size_t)size);
	n = ZSTD_decompress(to->p + to->n, (size_t)size, frame.p, frame.n);
	if (ZSTD_isError(n) || n != size)
		return err_set(err, E_BAD_ENCODING, "zstd: %s",
		    ZSTD_getErrorName(n));
	strbuf_setlen_grown(to, n);
	return 0;
}

bool zip_is_gzip(struct slice s)
{
	return s.n >= 3 && !memcmp(s.p, "\x1f\x8b\x08", 3);
}

static int inflate_all(z_stream *z, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	size_t total = 0;
	int rc;

	for (;;) {
		strbuf_grow(to, CHUNK);
		z->next_out = (Bytef *)to->p + to->n;
		z->avail_out = CHUNK;
		rc = inflate(z, Z_NO_FLUSH);
		strbuf_setlen_grown(to, CHUNK - z->avail_out);
		total += CHUNK - z->avail_out;
		if (total > max_bytes)
			return err_set(err, E_BODY_TOO_LARGE,
			    "over %zu bytes when unpacked", max_bytes);
		if (rc == Z_STREAM_END) {
			/* RFC 1952, 2.2: members may follow one another */
			if (!z->avail_in || z->next_in[0] != 0x1f)
				return 0;
			if (inflateReset(z) != Z_OK)
				return err_set(err, E_BAD_ENCODING, "gzip");
		} else if (rc == Z_BUF_ERROR && !z->avail_in) {
			return err_set(err, E_TRUNCATED,
			    "the gzip stream is cut short");
		} else if (rc != Z_OK) {
			return err_set(err, E_BAD_ENCODING, "gzip: %s",
			    z->msg ? z->msg : "corrupt");
		}
	}
}

int zip_gunzip(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	z_stream z = {.next_in = (z_const Bytef *)s.p,
	    .avail_in = (uInt)s.n};
	int rc;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return err_set(err, E_NO_MEMORY, "inflateInit2");
	rc = inflate_all(&z, max_bytes, to, err);
	inflateEnd(&z);
	return rc;
}
