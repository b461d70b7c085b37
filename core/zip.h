#ifndef CORE_ZIP_H
#define CORE_ZIP_H
#include "core/err.h"
#include "core/strbuf.h"

/* zstd for kept bytes, gzip for sitemaps and WARC, and the content encodings
 * of HTTP: the only door of zstd and brotli, and of zlib for these. */

/* What zstd works with, for one thread; to make it costs more than to pack a
 * page's text. */
struct zip_work;
struct zip_work *zip_work_new(void);
void zip_work_free(struct zip_work *w); /* NULL is fine */
/* Appends a zstd frame of s (level 3, with its size). w NULL: made for it. */
void zip_zstd(struct zip_work *w, struct slice s, struct strbuf *to);
/* Appends what the frame holds, at most max_bytes (else BODY_TOO_LARGE). */
int zip_unzstd(struct slice frame, size_t max_bytes, struct strbuf *to,
    struct err *err) MUST_CHECK;
/* Is it gzip by its magic bytes? */
bool zip_is_gzip(struct slice s);
/* Appends what all members hold; BODY_TOO_LARGE, BAD_ENCODING, TRUNCATED. */
int zip_gunzip(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err) MUST_CHECK;
/*
 * Undoes one content encoding (RFC 9110, 8.4.1: gzip, deflate; RFC 7932: br;
 * RFC 8878: zstd), appending. TRUNCATED: what came before the cut is there.
 * BAD_ENCODING: unknown, or corrupt; BODY_TOO_LARGE.
 */
int zip_decode(struct slice encoding, struct slice s, size_t max_bytes,
    struct strbuf *to, struct err *err) MUST_CHECK;

/* ---- members of gzip, one by one (WARC: a member a record) --------------- */

/* Appends one member that holds s. */
void zip_gzip(struct slice s, struct strbuf *to);
/*
 * Members of a size that is asked for: head is packed, what follows it is
 * stored as it is and fills the rest. zip_gzip_room tells how many stored bytes
 * make a member of size bytes; -1: head alone is too much.
 */
long zip_gzip_room(struct slice head, size_t size);
void zip_gzip_filled(struct slice head, struct slice stored, size_t size,
    struct strbuf *to);

/* Unpacks a stream of members, step by step. */
struct unzip;
struct unzip *unzip_new(void);
void unzip_free(struct unzip *u);
/* The next byte begins a member. */
void unzip_reset(struct unzip *u);
/* UNZIP_END: the member ended and its checksum is right. */
enum unzip_step { UNZIP_MORE, UNZIP_END, UNZIP_BAD };
/* Takes from the front of *in, puts *n bytes into out. */
enum unzip_step unzip_step(struct unzip *u, struct slice *in, char *out,
    size_t cap, size_t *n);

#endif
