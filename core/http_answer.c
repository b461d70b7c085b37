#include "core/http_answer.h"

#include "core/arena.h"
#include "core/zip.h"

#include <stdlib.h>

#define HEADERS_MAX   500
#define ENCODINGS_MAX 5

struct http_answer *http_answer_new(void *tag)
{
	struct http_answer *a = xcalloc(1, sizeof(*a));

	a->tag = tag;
	arena_init(&a->arena);
	strbuf_init(&a->body);
	strbuf_init(&a->head);
	strbuf_init(&a->wire);
	return a;
}

void http_answer_forget_headers(struct http_answer *a)
{
	arena_release(&a->arena);
	a->headers_n = 0;
}

void http_answer_free(struct http_answer *a)
{
	if (!a)
		return;
	http_answer_forget_headers(a);
	free(a->headers);
	strbuf_release(&a->body);
	strbuf_release(&a->head);
	strbuf_release(&a->wire);
	free(a);
}

const struct http_header *http_answer_add(
    struct http_answer *a, struct slice line)
{
	const char *colon = memchr(line.p, ':', line.n);
	struct http_header *h;
	char *copy;
	size_t n;

	/* RFC 9112, 5.2: a line that begins with a space is no header */
	if (!colon || a->headers_n == HEADERS_MAX || line.p[0] == ' ' ||
	    line.p[0] == '\t')
		return NULL;
	n = (size_t)(colon - line.p);
	copy = arena_copy(&a->arena, line.p, line.n);
	copy[n] = '\0';
	GROW(a->headers, a->headers_n, a->headers_cap);
	h = &a->headers[a->headers_n++];
	h->name = (struct slice){copy, slice_trim((struct slice){copy, n}).n};
	h->value = slice_trim((struct slice){copy + n + 1, line.n - n - 1});
	return h;
}

struct slice http_header_find(const struct http_answer *a, const char *name)
{
	for (size_t i = 0; i < a->headers_n; i++)
		if (slice_ieq(a->headers[i].name, slice_of(name)))
			return a->headers[i].value;
	return SLICE_NONE;
}

/* The last of a list's items; *list loses it. */
static struct slice take_last(struct slice *list)
{
	size_t at = list->n;
	struct slice item;

	while (at && list->p[at - 1] != ',')
		at--;
	item = slice_trim(slice_sub(*list, at, list->n));
	list->n = at ? at - 1 : 0;
	return item;
}

/* Done here and not by libcurl, so that a stream cut short is seen. */
void http_answer_decode(struct http_answer *a, size_t max, bool keep_wire)
{
	struct slice enc = http_header_find(a, "content-encoding");
	struct strbuf plain = STRBUF_INIT;
	size_t names = 1;

	if (!enc.n || slice_ieq(enc, SLICE("identity")) || !a->body.n)
		return;
	for (size_t i = 0; i < enc.n; i++)
		names += enc.p[i] == ',';
	if (names > ENCODINGS_MAX) {
		err_set(&a->err, E_BAD_ENCODING, "%zu content encodings",
		    names);
		return;
	}
	if (keep_wire)
		strbuf_addsl(&a->wire, strbuf_slice(&a->body));
	for (; names; names--) {
		strbuf_reset(&plain);
		if (zip_decode(take_last(&enc), strbuf_slice(&a->body), max,
			&plain, &a->err)) {
			if (a->err.code != E_TRUNCATED)
				break;
			a->truncated = true;
			a->err = (struct err){0};
		}
		strbuf_reset(&a->body);
		strbuf_addsl(&a->body, strbuf_slice(&plain));
	}
	strbuf_release(&plain);
}
