/* story: what a text is; disclaimers, tags, notes; common words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/story.h"

static void form_is_no_part_of_a_text(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{"He said \"no\" - twice.", "He said \xe2\x80\x9cno\xe2\x80\x9d \xe2\x80\x93 twice.", true},
		{"One.\n\nTwo.", "One.  Two.", true},
		{"AT&amp;T rose.", "AT&T rose.", true},
		{"caf\xc3\xa9 bar", "cafe\xcc\x81 bar", true},
		{"soft\xc2\xadhyphen", "softhyphen", true},
		{"no-break\xc2\xa0space", "no-break space", true},
		{"One.", "one.", false},
		{"1.5 percent", "15 percent", false},
		{"Updated 5 minutes ago\n\nOne.", "One.", true},
		{"One.\n\n1,204 views\n\nTwo.", "One.\n\nTwo.", true},
		{"One.\n\nIt was 5 minutes ago.", "One.", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a;
		struct text *x, *y;

		arena_init(&a);
		x = text_new(&a, SLICE("T"), SLICE_NONE, slice_of(rows[i].a));
		y = text_new(&a, SLICE("T"), SLICE_NONE, slice_of(rows[i].b));
		assert_int_equal(hash128_eq(x->hash, y->hash), rows[i].same);
		arena_release(&a);
	}
}

static void sentences_end_before_capitals(void **state)
{
	static const struct {
		const char *body;
		size_t sentences, words;
	} rows[] = {
		{"", 0, 0}, {"One two.", 1, 2}, {"One. Two! Three?", 3, 3},
		{"He said \"No.\" \"Yes,\" she said.", 2, 6},
		{"At 3.5 percent. lower case goes on.", 1, 7},
		{"It ended. 40 were there.", 2, 5},
		{"John's well-known 1,500.5 dollars.", 1, 4},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a;
		struct text *t;

		arena_init(&a);
		t = text_new(&a, SLICE_NONE, SLICE_NONE, slice_of(rows[i].body));
		assert_int_equal(t->sentences_n, rows[i].sentences);
		assert_int_equal(t->words_n, rows[i].words);
		arena_release(&a);
	}
}

static void form_is_told_from_text(void **state)
{
	static const struct {
		const char *paragraph;
		bool form;
	} rows[] = {
		{"5 minutes ago", true}, {"an hour ago", true},
		{"Last updated: 2 hrs ago.", true}, {"1.2k shares", true},
		{"Views: 77", true}, {"4 min read", true}, {"1 comment", true},
		{"Five minutes", false}, {"ago", false}, {"", false},
		{"5 minutes ago they left", false}, {"3 people", false},
		{"40 shares rose", false}, {"The 5 views", false},
		{"It happened two days ago.", false}, {", views", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (text_is_form(slice_of(rows[i].paragraph)) != rows[i].form)
			fail_msg("%s", rows[i].paragraph);
}

static void signs(void **state)
{
	(void)state;
	assert_true(text_is_disclaimer(SLICE("(This story has not been edited "
	    "by Wire A staff and is auto-generated from a syndicated feed.)")));
	assert_true(text_is_disclaimer(SLICE("(With inputs from PTI.)")));
	assert_true(text_is_disclaimer(SLICE("Reporting by A. Name")) == false);
	assert_true(text_is_disclaimer(SLICE("(Reporting by Ann Lee)")));
	assert_true(text_is_disclaimer(SLICE("(c) 2026 Wire A")));
	assert_false(text_is_disclaimer(SLICE("He was reporting by phone.")));
	assert_true(slice_is(text_correction_tag(SLICE("CORRECTED-Talks")),
	    "corrected"));
	assert_true(slice_is(text_correction_tag(SLICE("A story (corrects)")),
	    "corrects"));
	assert_int_equal(text_correction_tag(SLICE("Corrections officer")).n, 0);
	assert_true(text_note_corrects(SLICE("Refiles to fix typo")));
	assert_false(text_note_corrects(SLICE("Incorrect")));
}

static void common_words_in_order(void **state)
{
	uint64_t a[200], b[200];

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		a[i] = i;
		b[i] = i + 50;
	}
	assert_int_equal(text_common_words(a, 200, b, 200), 150);
	assert_int_equal(text_common_words(a, 200, b, 0), 0);
	assert_int_equal(text_common_words(a, 3, (uint64_t[]){2, 1, 0}, 3), 1);
	assert_int_equal(text_common_words(a, 64, a, 64), 64);
	assert_int_equal(text_common_words(a, 65, a, 65), 65);
}

/* The bound is honest: equal ends count whole, whatever lies between. */
static void long_texts_have_words_in_common(void **state)
{
	static uint64_t a[100000], b[100000];
	size_t n = ARRAY_LEN(a), common;

	(void)state;
	for (size_t i = 0; i < n; i++)
		a[i] = b[i] = i + 1;
	assert_int_equal(text_common_words(a, n, b, n), n);
	b[n / 2] = 0; /* one word in the middle */
	assert_int_equal(text_common_words(a, n, b, n), n - 1);
	assert_int_equal(text_common_words(a, n, b, n / 2), n / 2);
	b[0] = b[n - 1] = 0; /* both ends too */
	assert_int_equal(text_common_words(a, n, b, n), n - 3);
	/* fifty words at the beginning, another at the end */
	common = text_common_words(a, n, a + 50, n - 50);
	assert_int_equal(common, n - 50);
	a[0] = a[n - 1] = n + 1;
	common = text_common_words(a, n, b + 50, n - 50);
	assert_in_range(common, n * 9 / 10, n - 50);
	for (size_t i = 0; i < n; i++)
		a[i] = b[i] = 7;
	assert_int_equal(text_common_words(a, n, b, n), n);
	assert_int_equal(text_common_words(a, n, b, n - 5), n - 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_is_no_part_of_a_text),
		cmocka_unit_test(sentences_end_before_capitals),
		cmocka_unit_test(form_is_told_from_text),
		cmocka_unit_test(signs),
		cmocka_unit_test(common_words_in_order),
		cmocka_unit_test(long_texts_have_words_in_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
