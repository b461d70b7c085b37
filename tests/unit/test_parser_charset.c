#include "core/arena.h"
#include "parser/evidence.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

/* Which encoding, by encoding.spec.whatwg.org and HTML 13.2.3, and what text. */

#define BYTES(literal) SLICE(literal)

static void names_the_encoding(void **state)
{
	static const struct {
		struct slice bytes;
		const char *type, *want;
	} rows[] = {
	    /* the byte order mark comes first */
	    {BYTES("\xef\xbb\xbf<meta charset=koi8-r>"), "text/html; "
		"charset=koi8-r", "UTF-8"},
	    {BYTES("\xff\xfe<\0p\0>\0"), NULL, "UTF-16LE"},
	    {BYTES("\xfe\xff\0<\0p\0>"), NULL, "UTF-16BE"},
	    /* then the header */
	    {BYTES("<meta charset=utf-8>"), "text/html;charset=\"KOI8-R\"",
		"KOI8-R"},
	    {BYTES("<p>"), "text/html; charset = big5 ; x", "Big5"},
	    {BYTES("<meta charset=utf-8>"), "text/html; charset=x-klingon",
		"UTF-8"},
	    /* then the meta */
	    {BYTES("<meta charset=\"windows-1251\">"), NULL, "windows-1251"},
	    {BYTES("<meta charset=latin1>"), NULL, "windows-1252"},
	    {BYTES("<meta http-equiv=content-type content='text/html; "
		"charset=shift_jis'>"), NULL, "Shift_JIS"},
	    {BYTES("<meta content='text/html; charset=shift_jis'>x"), NULL,
		"windows-1252"},
	    {BYTES("<meta name=a content='b'><META charset='gb2312' >"), NULL,
		"GBK"},
	    {BYTES("<meta charset=utf-16>"), NULL, "UTF-8"},
	    {BYTES("<meta charset=x-user-defined>"), NULL, "windows-1252"},
	    {BYTES("<!-- <meta charset=koi8-r> -->"), NULL, "windows-1252"},
	    {BYTES("<p title='<meta charset=koi8-r>'>"), NULL, "windows-1252"},
	    {BYTES("<metacharset=koi8-r>"), NULL, "windows-1252"},
	    {BYTES("<meta charset=koi8-r"), NULL, "windows-1252"},
	    /* then what the bytes are */
	    {BYTES("<p>plain"), NULL, "windows-1252"},
	    {BYTES("<p>caf\xc3\xa9"), NULL, "UTF-8"},
	    {BYTES("<p>caf\xe9 cr\xe8me br\xfbl\xe9" "e"), NULL,
		"windows-1252"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct parse_input in = {.bytes = rows[i].bytes,
		    .content_type = rows[i].type};

		assert_string_equal(charset_label(&in), rows[i].want);
	}
}

static void finds_a_late_meta(void **state)
{
	char html[3000];
	struct parse_input in = {.bytes = {html, sizeof(html)}};
	static const char meta[] = "--><meta charset=iso-8859-2>";

	(void)state;
	memset(html, 'x', sizeof(html));
	memcpy(html, "<!--", 4);
	memcpy(html + 2000, meta, sizeof(meta) - 1);
	assert_string_equal(charset_label(&in), "ISO-8859-2");
	memcpy(html, "<script>", 8);
	assert_string_equal(charset_label(&in), "windows-1252");
}

static void decodes_to_valid_utf8(void **state)
{
	static const struct {
		struct slice bytes;
		const char *type, *want;
		size_t errors;
	} rows[] = {
	    {BYTES("caf\xe9 \x93q\x94"), "a/b;charset=iso-8859-1",
		"caf\xc3\xa9 \xe2\x80\x9cq\xe2\x80\x9d", 0},
	    {BYTES("\x83\x65\x83\x58"), "a/b;charset=sjis",
		"\xe3\x83\x86\xe3\x82\xb9", 0},
	    {BYTES("\xc7\xd1"), "a/b;charset=euc-kr", "\xed\x95\x9c", 0},
	    {BYTES("\xd6\xd0"), "a/b;charset=gb2312", "\xe4\xb8\xad", 0},
	    {BYTES("\xa4\xa4"), "a/b;charset=big5", "\xe4\xb8\xad", 0},
	    {BYTES("\xcf\xd2"), "a/b;charset=koi8-r", "\xd0\xbe\xd1\x80", 0},
	    /* Unicode 3.9: one U+FFFD for each maximal part of a
	     * sequence; errors are bytes */
	    {BYTES("a\xff" "b"), "a/b;charset=utf-8", "a\xef\xbf\xbd" "b", 1},
	    {BYTES("\xe2\x82" "b"), "a/b;charset=utf-8", "\xef\xbf\xbd" "b", 2},
	    {BYTES("\xed\xa0\x80"), "a/b;charset=utf-8",
		"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3},
	    {BYTES("a\0b"), "a/b;charset=utf-8", "ab", 1},
	    /* saved as UTF-8, whatever its meta still says */
	    {BYTES("<meta charset=iso-8859-15>caf\xc3\xa9"), NULL,
		"<meta charset=iso-8859-15>caf\xc3\xa9", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct parse_input in = {.bytes = rows[i].bytes,
		    .content_type = rows[i].type};
		struct arena a;
		struct slice got;
		const char *label;
		size_t errors;
		struct err err;

		arena_init(&a);
		assert_int_equal(charset_decode(&in, &a, &got, &label, &errors,
		    &err), 0);
		assert_true(slice_is(got, rows[i].want));
		assert_int_equal(errors, rows[i].errors);
		arena_release(&a);
	}
}

static void refuses_what_no_browser_decodes(void **state)
{
	struct parse_input in = {.bytes = SLICE("<p>x"),
	    .content_type = "text/html; charset=iso-2022-kr"};
	struct slice got;
	const char *label;
	size_t errors;
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a);
	assert_int_equal(charset_decode(&in, &a, &got, &label, &errors, &err),
	    -1);
	assert_int_equal(err.code, E_CHARSET_UNKNOWN);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_the_encoding),
	    cmocka_unit_test(finds_a_late_meta),
	    cmocka_unit_test(decodes_to_valid_utf8),
	    cmocka_unit_test(refuses_what_no_browser_decodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
