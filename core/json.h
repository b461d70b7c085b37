#ifndef CORE_JSON_H
#define CORE_JSON_H
#include "core/arena.h"
#include "core/err.h"
#include "core/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Reading: a tree behind an opaque pointer (jansson inside). A struct json *
 * borrowed from a tree lives until jsonr_free of its root. Every getter takes
 * NULL and answers "nothing", so that chains need no checks.
 */
struct json;

/*
 * UTF-8 text -> tree. Depth is at most 64 (deeper is refused before the
 * parser sees it), U+0000 in strings becomes a space, duplicate keys: last
 * wins.
 */
struct json *jsonr_parse(struct slice text, struct err *err) MUST_CHECK;
/* Does what the object of that text has under key hold a U+0000, for which
 * jsonr_parse gives a space? For what would be another thing with that. */
bool jsonr_has_nul(struct slice text, const char *key);
void jsonr_free(struct json *root);

bool jsonr_is_object(const struct json *j);
bool jsonr_is_array(const struct json *j);
bool jsonr_is_string(const struct json *j);
bool jsonr_is_number(const struct json *j);
bool jsonr_is_null(const struct json *j);
bool jsonr_is_bool(const struct json *j);
/* Member of an object or NULL. */
struct json *jsonr_get(const struct json *j, const char *key);
/* Number of array elements or of object members; 0 for all else. */
size_t jsonr_count(const struct json *j);
/* Element of an array or NULL. */
struct json *jsonr_at(const struct json *j, size_t i);
/* The string, or SLICE_NONE if it is none. Valid as a C string too. */
struct slice jsonr_str(const struct json *j);
int64_t jsonr_int(const struct json *j, int64_t otherwise);
bool jsonr_true(const struct json *j);
/* Object members in order: for (it = jsonr_iter(o); it; it = jsonr_next(o, it)) */
void *jsonr_iter(const struct json *object);
void *jsonr_next(const struct json *object, void *it);
const char *jsonr_iter_key(void *it);
struct json *jsonr_iter_value(void *it);

/*
 * Writing: members appended to a strbuf, commas kept by the writer, always
 * valid JSON in UTF-8 (bad bytes become U+FFFD). Key NULL inside arrays.
 */
struct jsonw {
	struct strbuf *to;
	bool comma; /* a value stands before on this level */
};

void jsonw_init(struct jsonw *w, struct strbuf *to);
void jsonw_open(struct jsonw *w, const char *key, char bracket); /* { or [ */
void jsonw_close(struct jsonw *w, char bracket);		 /* } or ] */
/* SLICE_NONE is written as null. */
void jsonw_str(struct jsonw *w, const char *key, struct slice s);
void jsonw_cstr(struct jsonw *w, const char *key, const char *s);
void jsonw_int(struct jsonw *w, const char *key, int64_t v);
/* Up to six significant digits. */
void jsonw_num(struct jsonw *w, const char *key, double v);
void jsonw_bool(struct jsonw *w, const char *key, bool v);
void jsonw_null(struct jsonw *w, const char *key);
/* text is valid JSON already. */
void jsonw_raw(struct jsonw *w, const char *key, struct slice text);

#endif
