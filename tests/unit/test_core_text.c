/* core: slices, string buffers, hashes, JSON, UTF-8, entities. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/entity.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/log.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void slices_find_and_trim(void **state)
{
	(void)state;
	assert_int_equal(slice_find(SLICE("abcabc"), SLICE("ca"), 0), 2);
	assert_int_equal(slice_find(SLICE("abc"), SLICE("x"), 0), -1);
	assert_int_equal(slice_ifind(SLICE("xABC"), SLICE("bc"), 0), 2);
	assert_true(slice_is(slice_trim(SLICE("  a b\n")), "a b"));
	assert_true(slice_is(slice_sub(SLICE("abc"), 1, 99), "bc"));
}

/* Against every place that the plain way finds: short needles and long ones. */
static void slices_find_in_any_case(void **state)
{
	static const char text[] = "Not BEEN edited; not been EDITED by @`[{ "
	    "\xc3\x89t\xc3\xa9 nonot been edited by staff nnnnnot been edited b";
	static const char *const needles[] = {"n", "not", "not been edited by ",
	    "EDITED BY", "by staff", "edited b", "@`[{", "@`[|", "b", "zz",
	    "\xc3\xa9 nonot", "nnnnot been", "not been edited by staff nnnnnot"};
	struct slice s = SLICE(text);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(needles); i++)
		for (size_t from = 0; from <= s.n; from++) {
			struct slice needle = slice_of(needles[i]);
			size_t at = from;

			while (at + needle.n <= s.n && !slice_ieq(
			    slice_sub(s, at, at + needle.n), needle))
				at++;
			assert_int_equal(slice_ifind(s, needle, from),
			    at + needle.n <= s.n ? (long)at : -1);
		}
}

static void check_sorted(uint64_t *v, size_t n)
{
	uint64_t sum = 0, after = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	hashes_sort(v, n);
	for (size_t i = 0; i < n; i++) {
		after += v[i];
		assert_true(!i || v[i - 1] <= v[i]);
	}
	assert_true(sum == after);
}

/* Spread evenly, all in one bucket, equal; few and many. */
static void hashes_are_sorted(void **state)
{
	uint64_t v[1000];

	(void)state;
	for (size_t n = 0; n <= ARRAY_LEN(v); n = n * 2 + 1) {
		for (size_t i = 0; i < n; i++)
			v[i] = hash64(&i, sizeof(i));
		check_sorted(v, n);
		for (size_t i = 0; i < n; i++)
			v[i] = hash64(&i, sizeof(i)) >> 8;
		check_sorted(v, n);
		for (size_t i = 0; i < n; i++)
			v[i] = i % 3 ? UINT64_MAX : i % 2;
		check_sorted(v, n);
		assert_int_equal(hashes_unique(v, n), n > 3 ? 3 : n < 2 ? n : 2);
	}
}

static void hash_is_xxh3(void **state)
{
	char hex[HASH128_HEX];
	struct hash128 h;

	(void)state;
	/* XXH3-128 of the empty input with seed 0 (xxHash's own tests) */
	assert_string_equal(hash128_hex(hash128("", 0), hex),
	    "99aa06d3014798d86001c324468d497f");
	assert_int_equal(hash128_parse(slice_of(hex), &h), 0);
	assert_true(hash128_eq(h, hash128("", 0)));
	assert_int_equal(hash128_parse(SLICE("12"), &h), -1);
}

static void json_survives_depth_and_nul(void **state)
{
	struct strbuf deep = STRBUF_INIT;
	struct err err = {0};
	struct json *j;

	(void)state;
	for (int i = 0; i < 200000; i++)
		strbuf_addc(&deep, '[');
	assert_null(jsonr_parse(strbuf_slice(&deep), &err));
	assert_int_equal(err.code, E_BAD_RECORD);
	strbuf_release(&deep);
	j = jsonr_parse(SLICE("{\"a\": \"x\\u0000y\", \"n\": 7}"), &err);
	assert_non_null(j);
	assert_true(slice_is(jsonr_str(jsonr_get(j, "a")), "x y"));
	assert_int_equal(jsonr_int(jsonr_get(j, "n"), 0), 7);
	jsonr_free(j);
}

static void json_mends_escapes(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{"\"x\\u0000y\"", "x y"},
		{"\"\\ud800\"", "\xef\xbf\xbd"},
		{"\"\\uDFFFa\"", "\xef\xbf\xbd" "a"},
		{"\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"},
		{"\"\\ud83d\\ud83d\\ude00\"",
		    "\xef\xbf\xbd\xf0\x9f\x98\x80"},
		{"\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A"},
		{"\"\\\\ud800\"", "\\ud800"},
		{"\"\\u00e9\\n\"", "\xc3\xa9\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		struct json *j = jsonr_parse(slice_of(rows[i].in), &err);

		if (!j || !slice_is(jsonr_str(j), rows[i].out))
			fail_msg("%s: %s", rows[i].in, err.message);
		jsonr_free(j);
	}
	assert_null(jsonr_parse(SLICE("\"\\ud80\""), NULL));
}

static void a_dropped_nul_is_told_where_it_matters(void **state)
{
	static const struct {
		const char *in;
		bool has;
	} rows[] = {
		{"{\"u\": \"a\\u0000b\"}", true},
		{"{\"u\": \"\\u0000\", \"x\": \"\\ud800\"}", true},
		{"{\"\\u0075\": \"a\\u0000\"}", true},
		{"{\"u\": \"a\", \"x\": \"\\u0000\"}", false},
		{"{\"u\": \"a\\\\u0000\"}", false},
		{"{\"u\": [\"\\u0000\"]}", false},
		{"{\"u\": \"\\u0000\", \"u\": \"a\"}", false}, /* last */
		{"[\"\\u0000\"]", false},
		{"{\"u\": \"\\u0000", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (jsonr_has_nul(slice_of(rows[i].in), "u") != rows[i].has)
			fail_msg("%s", rows[i].in);
}

static void jsonw_escapes(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	(void)state;
	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_str(&w, "a", SLICE("q\"\\\n\x01\xff"));
	jsonw_str(&w, "b", SLICE_NONE);
	jsonw_close(&w, '}');
	assert_string_equal(sb.p, "{\"a\": \"q\\\"\\\\\\n\\u0001\xef\xbf\xbd\", "
	    "\"b\": null}");
	strbuf_release(&sb);
}

static void utf8_replaces_bad_bytes(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{"caf\xc3\xa9", "caf\xc3\xa9"},
		{"caf\xe9 x", "caf\xef\xbf\xbd x"},
		{"\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
		{"\xf0\x9f\x98", "\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		utf8_clean(slice_of(rows[i].in), &sb);
		assert_string_equal(sb.p, rows[i].out);
		assert_true(utf8_valid(strbuf_slice(&sb)));
		strbuf_release(&sb);
	}
}

static void entities_are_decoded_once(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{"a &amp; b", "a & b"}, {"&amp;lt;", "&lt;"},
		{"&#8217;", "\xe2\x80\x99"}, {"&#x27;", "'"},
		{"&#146;", "\xe2\x80\x99"}, {"&#0;", "\xef\xbf\xbd"},
		{"AT&T", "AT&T"}, {"&nosuch;", "&nosuch;"}, {"&", "&"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		entity_decode(slice_of(rows[i].in), &sb);
		assert_string_equal(sb.p, rows[i].out);
		strbuf_release(&sb);
	}
}

/* A line's message, behind its time. */
static void line_of(const struct log *log, const char *fmt, const char *a,
    char *out, size_t size)
{
	ssize_t n;

	assert_int_equal(ftruncate(log->fd, 0), 0);
	assert_int_equal(lseek(log->fd, 0, SEEK_SET), 0);
	log_line(log, LOG_WARN, "visit", fmt, a);
	n = pread(log->fd, out, size - 1, 0);
	assert_true(n > 0 && out[n - 1] == '\n');
	out[n - 1] = '\0';
}

static void first_words_of_a_line_are_keys(void **state)
{
	static const struct {
		const char *message, *json; /* behind "what" */
	} rows[] = {
		{"host=a.test url=http://a.test/x?b=c: outcome=gone http=404",
		    "\"host\": \"a.test\", \"url\": "
		    "\"http://a.test/x?b=c:\", \"outcome\": \"gone\", "
		    "\"http\": 404, \"message\": \"\""},
		{"code=ROBOTS_DISALLOWED: robots.txt: Disallow: /a=b",
		    "\"code\": \"ROBOTS_DISALLOWED\", \"message\": "
		    "\"robots.txt: Disallow: /a=b\""},
		{"host=a.test out of reach; x=y", "\"host\": \"a.test\", "
		    "\"message\": \"out of reach; x=y\""},
		{"http=x bytes=0 ms= rule=1", "\"http\": \"x\", \"bytes\": 0, "
		    "\"ms\": \"\", \"rule\": \"1\", \"message\": \"\""},
		{"rule= story=3: \"a\"\n", "\"rule\": \"\", \"story\": 3, "
		    "\"message\": \"\\\"a\\\"\\n\""},
		{"Host=a =b", "\"message\": \"Host=a =b\""},
	};
	FILE *f = tmpfile();
	struct log log = {.level = LOG_WARN, .json = true, .fd = fileno(f)};
	char out[20000], *want, *url;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char tail[300];

		line_of(&log, "%s", rows[i].message, out, sizeof(out));
		want = strstr(out, "\"visit\", ");
		assert_non_null(want);
		snprintf(tail, sizeof(tail), "\"visit\", %s}", rows[i].json);
		assert_string_equal(want, tail);
	}
	/* a URL is whole, however long it is */
	url = xcalloc(8001, 1);
	memset(url, 'a', 8000);
	for (int json = 0; json < 2; json++) {
		log.json = json;
		line_of(&log, "url=%s: end\nof it", url, out, sizeof(out));
		assert_non_null(strstr(out, url));
		assert_non_null(strstr(out, json ? "\"end\\nof it\"}" :
		    ": end of it"));
	}
	free(url);
	fclose(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_find_and_trim),
		cmocka_unit_test(slices_find_in_any_case),
		cmocka_unit_test(hashes_are_sorted),
		cmocka_unit_test(hash_is_xxh3),
		cmocka_unit_test(json_survives_depth_and_nul),
		cmocka_unit_test(json_mends_escapes),
		cmocka_unit_test(a_dropped_nul_is_told_where_it_matters),
		cmocka_unit_test(jsonw_escapes),
		cmocka_unit_test(utf8_replaces_bad_bytes),
		cmocka_unit_test(entities_are_decoded_once),
		cmocka_unit_test(first_words_of_a_line_are_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
