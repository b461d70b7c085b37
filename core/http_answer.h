#ifndef CORE_HTTP_ANSWER_H
#define CORE_HTTP_ANSWER_H
#include "core/http.h"

/* How answers are made; for core/http.c. */

struct http_answer *http_answer_new(void *tag);
/* A line "Name: value": the header that was added, or NULL where it is none
 * (a status line, the rest of a folded line) or one too many. */
const struct http_header *http_answer_add(
    struct http_answer *a, struct slice line);
/* Those of an answer before the last ("100 Continue") go. */
void http_answer_forget_headers(struct http_answer *a);
/* Undoes Content-Encoding; sets truncated where the stream ends too soon, err
 * where it makes no sense or is over max bytes. keep_wire: wire has it as it
 * came. */
void http_answer_decode(struct http_answer *a, size_t max, bool keep_wire);

#endif
