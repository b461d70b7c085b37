#include "core/json.h"

#include <jansson.h>
#include <stdio.h>

/* jansson recurses: 64 levels are more than any JSON-LD or ninjs has. */
#define JSON_MAX_DEPTH 64

static const json_t *in(const struct json *j)
{
	return (const json_t *)(const void *)j;
}

static struct json *out(json_t *j)
{
	return (struct json *)(void *)j;
}

static bool too_deep(struct slice text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (quoted) {
			if (c == '\\')
				i++;
			else if (c == '"')
				quoted = false;
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			if (++depth > JSON_MAX_DEPTH)
				return true;
		} else if ((c == '}' || c == ']') && depth) {
			depth--;
		}
	}
	return false;
}

/* "\uXXXX" at i, or 0 where there is none. */
static unsigned escape_at(struct slice text, size_t i)
{
	unsigned v = 0;

	if (i + 6 > text.n || text.p[i] != '\\' || text.p[i + 1] != 'u')
		return 0;
	for (size_t k = i + 2; k < i + 6; k++) {
		char c = text.p[k];
		unsigned low = (unsigned)c | 0x20;

		if (c >= '0' && c <= '9')
			v = v * 16 + (unsigned)(c - '0');
		else if (low >= 'a' && low <= 'f')
			v = v * 16 + low - 'a' + 10;
		else
			return 0;
	}
	return v;
}

static bool is_nul(struct slice text, size_t i)
{
	return i + 6 <= text.n && !memcmp(text.p + i, "\\u0000", 6);
}

/* PostgreSQL takes \u0000 in no form: a space stands for it, since it may have
 * parted two words, unless it is looked for. Half a surrogate pair stands for no
 * character, and jansson refuses all for it: U+FFFD. */
static void mend_escapes(struct slice text, bool keep_nul, struct strbuf *to)
{
	size_t i = 0, from = 0;

	while (i + 1 < text.n) {
		unsigned v = escape_at(text, i);

		if (text.p[i] != '\\') {
			i++;
		} else if (v >= 0xd800 && v < 0xdc00 &&
			   escape_at(text, i + 6) >> 10 == 0xdc00 >> 10) {
			i += 12;
		} else if ((is_nul(text, i) && !keep_nul) ||
			   v >> 11 == 0xd800 >> 11) {
			strbuf_add(to, text.p + from, i - from);
			strbuf_adds(to, v ? "\\ufffd" : " ");
			i += 6;
			from = i;
		} else {
			i += 2;
		}
	}
	strbuf_add(to, text.p + from, text.n - from);
}

struct json *jsonr_parse(struct slice text, struct err *err)
{
	struct strbuf clean = STRBUF_INIT;
	json_error_t e;
	json_t *j;

	if (too_deep(text)) {
		err_set(err, E_BAD_RECORD, "JSON is nested deeper than %d",
		    JSON_MAX_DEPTH);
		return NULL;
	}
	if (slice_find(text, SLICE("\\u0000"), 0) >= 0 ||
	    slice_ifind(text, SLICE("\\ud"), 0) >= 0) {
		mend_escapes(text, false, &clean);
		text = strbuf_slice(&clean);
	}
	j = json_loadb(text.p ? text.p : "", text.n, JSON_DECODE_ANY, &e);
	if (!j)
		err_set(err, E_BAD_RECORD, "JSON, line %d column %d: %s",
		    e.line, e.column, e.text);
	strbuf_release(&clean);
	return out(j);
}

bool jsonr_has_nul(struct slice text, const char *key)
{
	struct strbuf clean = STRBUF_INIT;
	const json_t *v;
	json_t *j;
	bool has;

	if (slice_find(text, SLICE("\\u0000"), 0) < 0 || too_deep(text))
		return false;
	mend_escapes(text, true, &clean);
	j = json_loadb(clean.p, clean.n, JSON_ALLOW_NUL, NULL);
	v = json_object_get(j, key);
	has = json_is_string(v) && memchr(json_string_value(v), 0,
	    json_string_length(v));
	json_decref(j);
	strbuf_release(&clean);
	return has;
}

void jsonr_free(struct json *root)
{
	json_decref((json_t *)(void *)root);
}

static json_type type_of(const struct json *j)
{
	return j ? json_typeof(in(j)) : JSON_NULL;
}

bool jsonr_is_object(const struct json *j)
{
	return j && type_of(j) == JSON_OBJECT;
}

bool jsonr_is_array(const struct json *j)
{
	return j && type_of(j) == JSON_ARRAY;
}

bool jsonr_is_string(const struct json *j)
{
	return j && type_of(j) == JSON_STRING;
}

bool jsonr_is_number(const struct json *j)
{
	return j && (type_of(j) == JSON_INTEGER || type_of(j) == JSON_REAL);
}

bool jsonr_is_bool(const struct json *j)
{
	return j && (type_of(j) == JSON_TRUE || type_of(j) == JSON_FALSE);
}

bool jsonr_is_null(const struct json *j)
{
	return !j || type_of(j) == JSON_NULL;
}

struct json *jsonr_get(const struct json *j, const char *key)
{
	return jsonr_is_object(j) ? out(json_object_get(in(j), key)) : NULL;
}

size_t jsonr_count(const struct json *j)
{
	if (jsonr_is_array(j))
		return json_array_size(in(j));
	return jsonr_is_object(j) ? json_object_size(in(j)) : 0;
}

struct json *jsonr_at(const struct json *j, size_t i)
{
	return jsonr_is_array(j) ? out(json_array_get(in(j), i)) : NULL;
}

struct slice jsonr_str(const struct json *j)
{
	if (!jsonr_is_string(j))
		return SLICE_NONE;
	return (struct slice){json_string_value(in(j)),
	    json_string_length(in(j))};
}

int64_t jsonr_int(const struct json *j, int64_t otherwise)
{
	double d;

	if (!jsonr_is_number(j))
		return otherwise;
	if (type_of(j) == JSON_INTEGER)
		return json_integer_value(in(j));
	d = json_real_value(in(j));
	return d > -9e15 && d < 9e15 ? (int64_t)d : otherwise;
}

bool jsonr_true(const struct json *j)
{
	return j && type_of(j) == JSON_TRUE;
}

void *jsonr_iter(const struct json *object)
{
	if (!jsonr_is_object(object))
		return NULL;
	return json_object_iter((json_t *)(void *)object);
}

void *jsonr_next(const struct json *object, void *it)
{
	return json_object_iter_next((json_t *)(void *)object, it);
}

const char *jsonr_iter_key(void *it)
{
	return json_object_iter_key(it);
}

struct json *jsonr_iter_value(void *it)
{
	return out(json_object_iter_value(it));
}
