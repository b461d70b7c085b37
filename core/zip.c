#include "core/zip.h"

#include "core/arena.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#define LEVEL 3 /* zstd's default: fast, and text shrinks to a quarter */
#define CHUNK (64 << 10)
/* Of WARC records: a page's 60 kB in 1 ms; level 9 takes 4, for 3 % less. */
#define GZIP_LEVEL  6
#define GZIP_BITS   (15 + 16)	/* zlib.h: 15 bits of window, a gzip member */
#define GZIP_FRAME  (10 + 8)	/* RFC 1952, 2.3: header and trailer */
#define STORED_MAX  65535	/* RFC 1951, 3.2.4: of a stored block ... */
#define STORED_HEAD 5		/* ... and what it costs */

struct zip_work {
	ZSTD_CCtx *zstd;
};

struct zip_work *zip_work_new(void)
{
	struct zip_work *w = xmalloc(sizeof(*w));

	w->zstd = ZSTD_createCCtx();
	if (!w->zstd)
		BUG("ZSTD_createCCtx: no memory");
	return w;
}

void zip_work_free(struct zip_work *w)
{
	if (!w)
		return;
	ZSTD_freeCCtx(w->zstd);
	free(w);
}

void zip_zstd(struct zip_work *w, struct slice s, struct strbuf *to)
{
	struct zip_work *own = w ? NULL : zip_work_new();
	size_t n;

	strbuf_grow(to, ZSTD_compressBound(s.n));
	n = ZSTD_compressCCtx(own ? own->zstd : w->zstd, to->p + to->n,
	    ZSTD_compressBound(s.n), s.p ? s.p : "", s.n, LEVEL);
	zip_work_free(own);
	if (ZSTD_isError(n))
		BUG("ZSTD_compressCCtx: %s", ZSTD_getErrorName(n));
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

static int inflate_bits(int bits, struct slice s, size_t max_bytes,
    struct strbuf *to, struct err *err)
{
	z_stream z = {.next_in = (z_const Bytef *)s.p,
	    .avail_in = (uInt)s.n};
	int rc;

	if (inflateInit2(&z, bits) != Z_OK)
		return err_set(err, E_NO_MEMORY, "inflateInit2");
	rc = inflate_all(&z, max_bytes, to, err);
	inflateEnd(&z);
	return rc;
}

int zip_gunzip(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	return inflate_bits(GZIP_BITS, s, max_bytes, to, err);
}

/* ---- content encodings ---------------------------------------------------- */

/* RFC 9110, 8.4.1.2: zlib's format; what came without its header is as old as
 * the standard, and read by every browser. */
static int undeflate(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	/* RFC 1950, 2.2: CM is 8, and the first two bytes are divisible by 31 */
	bool zlib = s.n >= 2 && (s.p[0] & 15) == 8 &&
	    (((unsigned char)s.p[0] << 8) + (unsigned char)s.p[1]) % 31 == 0;

	return inflate_bits(zlib ? 15 : -15, s, max_bytes, to, err);
}

static int unbrotli(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	const uint8_t *in = (const uint8_t *)s.p;
	size_t in_n = s.n, total = 0, room;
	BrotliDecoderResult rc;
	int result = 0;

	if (!b)
		return err_set(err, E_NO_MEMORY, "brotli");
	do {
		uint8_t *out;

		strbuf_grow(to, CHUNK);
		out = (uint8_t *)to->p + to->n;
		room = CHUNK;
		rc = BrotliDecoderDecompressStream(b, &in_n, &in, &room, &out,
		    NULL);
		strbuf_setlen_grown(to, CHUNK - room);
		total += CHUNK - room;
		if (total > max_bytes)
			result = err_set(err, E_BODY_TOO_LARGE,
			    "over %zu bytes when unpacked", max_bytes);
	} while (!result && rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
	if (!result && rc == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
		result = err_set(err, E_TRUNCATED,
		    "the br stream is cut short");
	else if (!result && rc == BROTLI_DECODER_RESULT_ERROR)
		result = err_set(err, E_BAD_ENCODING, "br: corrupt");
	BrotliDecoderDestroyInstance(b);
	return result;
}

static int unzstd_stream(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();
	ZSTD_inBuffer in = {s.p, s.n, 0};
	size_t rc = 1, total = 0;
	int result = 0;

	if (!z)
		return err_set(err, E_NO_MEMORY, "zstd");
	while (!result && rc) {
		ZSTD_outBuffer out = {NULL, CHUNK, 0};

		strbuf_grow(to, CHUNK);
		out.dst = to->p + to->n;
		rc = ZSTD_decompressStream(z, &out, &in);
		strbuf_setlen_grown(to, out.pos);
		total += out.pos;
		if (ZSTD_isError(rc))
			result = err_set(err, E_BAD_ENCODING, "zstd: %s",
			    ZSTD_getErrorName(rc));
		else if (total > max_bytes)
			result = err_set(err, E_BODY_TOO_LARGE,
			    "over %zu bytes when unpacked", max_bytes);
		else if (rc && in.pos == in.size && out.pos < out.size)
			result = err_set(err, E_TRUNCATED,
			    "the zstd stream is cut short");
	}
	ZSTD_freeDCtx(z);
	return result;
}

int zip_decode(struct slice encoding, struct slice s, size_t max_bytes,
    struct strbuf *to, struct err *err)
{
	static const struct {
		const char *name;
		int (*decode)(struct slice s, size_t max_bytes,
		    struct strbuf *to, struct err *err);
	} known[] = {{"gzip", zip_gunzip}, {"x-gzip", zip_gunzip},
	    {"deflate", undeflate}, {"br", unbrotli}, {"zstd", unzstd_stream}};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (slice_ieq(encoding, slice_of(known[i].name)))
			return known[i].decode(s, max_bytes, to, err);
	return err_set(err, E_BAD_ENCODING, "content encoding \"%.*s\"",
	    SLICE_FMT(slice_sub(encoding, 0, 40)));
}

/* ---- members of gzip ------------------------------------------------------ */

static void deflate_all(z_stream *z, struct slice s, int flush,
    struct strbuf *to)
{
	z->next_in = (z_const Bytef *)s.p;
	z->avail_in = (uInt)s.n;
	do {
		strbuf_grow(to, CHUNK);
		z->next_out = (Bytef *)to->p + to->n;
		z->avail_out = CHUNK;
		if (deflate(z, flush) == Z_STREAM_ERROR)
			BUG("deflate");
		strbuf_setlen_grown(to, CHUNK - z->avail_out);
	} while (!z->avail_out);
}

static void pack(struct slice s, int bits, int flush, struct strbuf *to)
{
	z_stream z = {0};

	if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, bits, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		BUG("deflateInit2");
	deflate_all(&z, s, flush, to);
	deflateEnd(&z);
}

void zip_gzip(struct slice s, struct strbuf *to)
{
	pack(s, GZIP_BITS, Z_FINISH, to);
}

/* head's own part of a filled member: ends on a whole byte. */
static void pack_head(struct slice head, struct strbuf *to)
{
	pack(head, -15, Z_SYNC_FLUSH, to);
}

/* Stored blocks that take n bytes in all. */
static size_t blocks_for(size_t n)
{
	return (n + STORED_MAX + STORED_HEAD - 1) / (STORED_MAX + STORED_HEAD);
}

long zip_gzip_room(struct slice head, size_t size)
{
	struct strbuf sb = STRBUF_INIT;
	size_t used, left;

	pack_head(head, &sb);
	used = GZIP_FRAME + sb.n;
	strbuf_release(&sb);
	if (used + STORED_HEAD > size)
		return -1;
	left = size - used;
	if (left < blocks_for(left) * STORED_HEAD)
		return -1;
	return (long)(left - blocks_for(left) * STORED_HEAD);
}

static void add_le(struct strbuf *to, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		strbuf_addc(to, (char)(v >> (8 * i)));
}

void zip_gzip_filled(struct slice head, struct slice stored, size_t size,
    struct strbuf *to)
{
	size_t from = to->n, left = stored.n, blocks;
	uLong crc = crc32(0, (const Bytef *)head.p, (uInt)head.n);

	/* RFC 1952, 2.3: no flags, no time, system unknown */
	strbuf_add(to, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
	pack_head(head, to);
	blocks = blocks_for(size - 8 - (to->n - from));
	for (size_t i = 0; i < blocks; i++) {
		size_t n = left < STORED_MAX ? left : STORED_MAX;

		add_le(to, i + 1 == blocks, 1);
		add_le(to, n, 2);
		add_le(to, ~n, 2);
		strbuf_add(to, stored.p + (stored.n - left), n);
		left -= n;
	}
	crc = crc32(crc, (const Bytef *)stored.p, (uInt)stored.n);
	add_le(to, crc, 4);
	add_le(to, head.n + stored.n, 4);
	if (to->n - from != size || left)
		BUG("a member of %zu bytes became %zu", size, to->n - from);
}

struct unzip {
	z_stream z;
};

struct unzip *unzip_new(void)
{
	struct unzip *u = xcalloc(1, sizeof(*u));

	if (inflateInit2(&u->z, GZIP_BITS) != Z_OK)
		BUG("inflateInit2");
	return u;
}

void unzip_free(struct unzip *u)
{
	if (!u)
		return;
	inflateEnd(&u->z);
	free(u);
}

void unzip_reset(struct unzip *u)
{
	inflateReset(&u->z);
}

enum unzip_step unzip_step(struct unzip *u, struct slice *in, char *out,
    size_t cap, size_t *n)
{
	int rc;

	u->z.next_in = (z_const Bytef *)in->p;
	u->z.avail_in = (uInt)in->n;
	u->z.next_out = (Bytef *)out;
	u->z.avail_out = (uInt)cap;
	rc = inflate(&u->z, Z_NO_FLUSH);
	*n = cap - u->z.avail_out;
	*in = slice_sub(*in, in->n - u->z.avail_in, in->n);
	if (rc == Z_STREAM_END)
		return UNZIP_END;
	return rc == Z_OK || rc == Z_BUF_ERROR ? UNZIP_MORE : UNZIP_BAD;
}
