/* core: UTF-8, NFKC, lower case, classes of characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/utf8.h"

#define FFFD "\xef\xbf\xbd"

/* Unicode 3.9, table 3-8, and RFC 3629: one U+FFFD a maximal part. */
static void bad_bytes_become_one_mark_a_part(void **state)
{
	static const struct {
		const char *in, *out;
		size_t wrong;
	} rows[] = {
		{"", "", 0},
		{"abc", "abc", 0},
		{"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", 0},
		{"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf", 0},
		{"\xf4\x90\x80\x80", FFFD FFFD FFFD FFFD, 4},
		{"\xc0\xaf", FFFD FFFD, 2},
		{"\xed\xa0\x80", FFFD FFFD FFFD, 3},
		{"\xe2\x82", FFFD, 2},
		{"\xe2\x82x", FFFD "x", 2},
		{"\xf1\x80\x80\xe1\x80\xc2", FFFD FFFD FFFD, 6},
		{"\xff", FFFD, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		assert_int_equal(utf8_clean(slice_of(rows[i].in), &sb),
		    rows[i].wrong);
		assert_string_equal(sb.p, rows[i].out);
		assert_int_equal(utf8_valid(slice_of(rows[i].in)),
		    rows[i].wrong == 0);
		strbuf_release(&sb);
	}
}

static void nul_is_dropped(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	assert_int_equal(utf8_clean(SLICE("a\0b"), &sb), 1);
	assert_string_equal(sb.p, "ab");
	strbuf_release(&sb);
}

static void next_moves_and_ends(void **state)
{
	struct slice s = SLICE("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\x80");
	static const uint32_t want[] = {'a', 0xe9, 0x20ac, 0x1f600, 0xfffd};
	size_t i = 0, n = 0;

	(void)state;
	while (i < s.n)
		assert_int_equal(utf8_next(s, &i), want[n++]);
	assert_int_equal(n, 5);
	assert_int_equal(i, s.n);
}

static void forms_are_composed(void **state)
{
	static const struct {
		const char *in, *nfkc;
	} rows[] = {
		{"plain", "plain"},
		{"e\xcc\x81", "\xc3\xa9"},		/* e + acute */
		{"\xef\xac\x81n", "fin"},		/* the ligature fi */
		{"\xc2\xbd", "1\xe2\x81\x84" "2"},	/* one half */
		{"\xef\xbc\xa1", "A"},			/* full-width A */
		{"\xe1\x84\x80\xe1\x85\xa1", "\xea\xb0\x80"}, /* hangul ga */
		{"\xc2\xa0", " "},			/* no-break space */
		{"\xe2\x80\xa6", "..."},		/* ellipsis */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		utf8_nfkc(slice_of(rows[i].in), &sb);
		assert_string_equal(sb.p, rows[i].nfkc);
		strbuf_release(&sb);
	}
}

static void lower_case_beyond_ascii(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	utf8_lower(SLICE("AZ \xc3\x89 \xd0\x96 \xce\xa3"), &sb);
	assert_string_equal(sb.p, "az \xc3\xa9 \xd0\xb6 \xcf\x83");
	strbuf_release(&sb);
}

static void classes(void **state)
{
	static const struct {
		uint32_t cp;
		bool space, word, upper, digit, unspaced;
	} rows[] = {
		{' ', 1, 0, 0, 0, 0},
		{0x1f, 1, 0, 0, 0, 0},	 /* Python's isspace */
		{0x85, 1, 0, 0, 0, 0},
		{0xa0, 1, 0, 0, 0, 0},
		{0x200b, 0, 0, 0, 0, 0}, /* zero width space: none */
		{0x3000, 1, 0, 0, 0, 0},
		{'_', 0, 1, 0, 0, 0},
		{'7', 0, 1, 0, 1, 0},
		{'A', 0, 1, 1, 0, 0},
		{0xc9, 0, 1, 1, 0, 0},
		{0xbd, 0, 1, 0, 0, 0},	 /* 1/2 is a number (No) */
		{0x665, 0, 1, 0, 1, 0},	 /* Arabic-Indic five */
		{0x301, 0, 0, 0, 0, 0},	 /* a mark */
		{0x4e2d, 0, 1, 0, 0, 1}, /* Han */
		{0xe01, 0, 1, 0, 0, 1},	 /* Thai */
		{0xac00, 0, 1, 0, 0, 0}, /* Hangul has spaces */
		{0x2019, 0, 0, 0, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(cp_is_space(rows[i].cp), rows[i].space);
		assert_int_equal(cp_is_word(rows[i].cp), rows[i].word);
		assert_int_equal(cp_is_upper(rows[i].cp), rows[i].upper);
		assert_int_equal(cp_is_digit(rows[i].cp), rows[i].digit);
		assert_int_equal(cp_is_unspaced(rows[i].cp), rows[i].unspaced);
	}
}

static void last_of_a_slice(void **state)
{
	static const struct {
		const char *in;
		uint32_t last;
		size_t from;
	} rows[] = {
		{"a", 'a', 0}, {"a\xc3\xa9", 0xe9, 1},
		{"\xf0\x9f\x98\x80", 0x1f600, 0},
		{"a\x80\x80\x80\x80", 0xfffd, 1}, {"\x80", 0xfffd, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t from;

		assert_int_equal(utf8_last(slice_of(rows[i].in), &from),
		    rows[i].last);
		assert_int_equal(from, rows[i].from);
	}
}

static void classes_of_sentences(void **state)
{
	static const struct {
		uint32_t cp;
		bool stop, begins, opens, closes, mark, unseen;
	} rows[] = {
		{'.', 1, 0, 0, 0, 0, 0}, {'A', 0, 1, 0, 0, 0, 0},
		{'a', 0, 0, 0, 0, 0, 0}, {'7', 0, 1, 0, 0, 0, 0},
		{'"', 0, 0, 1, 1, 0, 0}, {'(', 0, 0, 1, 0, 0, 0},
		{']', 0, 0, 0, 1, 0, 0}, {'\t', 0, 0, 0, 0, 0, 0},
		{1, 0, 0, 0, 0, 0, 1}, {0x7f, 0, 0, 0, 0, 0, 1},
		{0x85, 0, 0, 0, 0, 0, 0},	/* next line: white space */
		{0x9d, 0, 0, 0, 0, 0, 1},
		{0xad, 0, 0, 0, 0, 0, 1},	/* soft hyphen */
		{0xbf, 0, 0, 1, 0, 0, 0},	/* inverted question mark */
		{0xdc, 0, 1, 0, 0, 0, 0}, {0xfc, 0, 0, 0, 0, 0, 0},
		{0x301, 0, 0, 0, 0, 1, 0},
		{0x5d0, 0, 1, 0, 0, 0, 0},	/* Hebrew: no case */
		{0x61f, 1, 0, 0, 0, 0, 0}, {0x964, 1, 0, 0, 0, 0, 0},
		{0x940, 0, 0, 0, 0, 1, 0},	/* Devanagari vowel sign */
		{0x10d0, 0, 1, 0, 0, 0, 0},	/* Georgian */
		{0x200f, 0, 0, 0, 0, 0, 1}, {0x2066, 0, 0, 0, 0, 0, 1},
		{0x3002, 1, 0, 0, 0, 0, 0}, {0x3010, 0, 0, 1, 0, 0, 0},
		{0x3011, 0, 0, 0, 1, 0, 0}, {0x3042, 0, 1, 0, 0, 0, 0},
		{0xfe0f, 0, 0, 0, 0, 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(cp_is_stop(rows[i].cp), rows[i].stop);
		assert_int_equal(cp_begins(rows[i].cp), rows[i].begins);
		assert_int_equal(cp_opens(rows[i].cp), rows[i].opens);
		assert_int_equal(cp_closes(rows[i].cp), rows[i].closes);
		assert_int_equal(cp_is_mark(rows[i].cp), rows[i].mark);
		assert_int_equal(cp_is_unseen(rows[i].cp), rows[i].unseen);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_bytes_become_one_mark_a_part),
		cmocka_unit_test(nul_is_dropped),
		cmocka_unit_test(next_moves_and_ends),
		cmocka_unit_test(forms_are_composed),
		cmocka_unit_test(lower_case_beyond_ascii),
		cmocka_unit_test(classes),
		cmocka_unit_test(last_of_a_slice),
		cmocka_unit_test(classes_of_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
