#ifndef CORE_ENTITY_H
#define CORE_ENTITY_H
#include "core/strbuf.h"

/*
 * Character references of HTML in text, decoded once: "&amp;", "&#8217;",
 * "&#x2019;", by the WHATWG rules for numbers (windows-1252 for 128..159,
 * U+FFFD for what is none; references to controls and noncharacters are
 * dropped) and a table of names: HTML 4, apos, signs of ASCII. Names that may
 * lack the semicolon ("AT&ampT") are read so. What is no reference stays.
 */
void entity_decode(struct slice s, struct strbuf *to);
/* The same, but names need their semicolon: "?page=1&copy=2" stays. */
void entity_decode_whole(struct slice s, struct strbuf *to);

#endif
