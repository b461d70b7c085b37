#ifndef CORE_ENTITY_H
#define CORE_ENTITY_H
#include "core/strbuf.h"

/*
 * Character references of HTML, decoded once: "&amp;", "&#8217;", "&#x2019;",
 * by the WHATWG rules for numbers (windows-1252 for 128..159, U+FFFD for what
 * is none) and the names of HTML 4 with apos. What is no reference stays.
 */
void entity_decode(struct slice s, struct strbuf *to);

#endif
