#ifndef CORE_ZIP_H
#define CORE_ZIP_H
#include "core/err.h"
#include "core/strbuf.h"

/* zstd for kept bytes, gzip for sitemaps and WARC: the only door of both. */

/* Appends a zstd frame of s (level 3, with content size and checksum). */
void zip_zstd(struct slice s, struct strbuf *to);
/* Appends what the frame holds, at most max_bytes (else BODY_TOO_LARGE). */
int zip_unzstd(struct slice frame, size_t max_bytes, struct strbuf *to,
    struct err *err) MUST_CHECK;
/* Is it gzip by its magic bytes? */
bool zip_is_gzip(struct slice s);
/* Appends what all members hold; BODY_TOO_LARGE, BAD_ENCODING, TRUNCATED. */
int zip_gunzip(struct slice s, size_t max_bytes, struct strbuf *to,
    struct err *err) MUST_CHECK;

#endif
