#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H
#include "core/slice.h"

/* SHA-1 as WARC labels it ("sha1:" and base32, WARC 1.1, 5.8): the digest that
 * every reader of WARC knows; against accidents, not for safety. */
#define DIGEST_TEXT 38 /* 5 + 32 and NUL */

/* Of the parts, one after the other. */
const char *digest_sha1(const struct slice *parts, size_t n,
    char text[DIGEST_TEXT]);

#endif
