#ifndef CORE_HOST_H
#define CORE_HOST_H
#include "core/err.h"
#include "core/strbuf.h"

/*
 * Host parsing of the URL standard (section 3.5). Appends the serialised host
 * to `to`: "xn--e1afmkfd.com", "127.0.0.1", "[::1]". INVALID_URL where there
 * is none. special: of http, https, ftp, ws, wss, file; other schemes' hosts
 * are opaque.
 */
int host_parse(struct slice in, bool special, struct strbuf *to,
    struct err *err) MUST_CHECK;

/* "%41" -> "A"; bad escapes stay. Appends. */
void percent_decode(struct slice in, struct strbuf *to);

#endif
