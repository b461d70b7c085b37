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

static void kills_are_told_from_news(void **state)
{
#define NOTICE "The Port Halden story headlined \"Minister steps down\" is " \
	"withdrawn because the letter it quotes was forged. There will be no " \
	"substitute."
#define NEWS "A remote switch that is to stop a drone in flight failed in two " \
	"of nine tests off the coast, the navy said in a report on Tuesday."
	static const struct {
		const char *title, *body;
		bool kill;
	} rows[] = {
		{"KILL-Minister steps down", "It is wrong.", true},
		{"KILL -Minister steps down", NEWS, true},
		{"KILL: Minister steps down", NOTICE, true},
		{"KILL: MINISTER STEPS DOWN", NEWS, true},
		{"KILL - MINISTER STEPS DOWN", NOTICE, true},
		{"KILL KILL KILL - Minister steps down", NOTICE, true},
		{"KILL-MINISTER STEPS DOWN", NOTICE, true},
		{"*** KILL: Minister steps down ***", "", true},
		{"WITHDRAWN-Minister steps down", NOTICE, true},
		{"WITHDRAWN: Minister steps down", NOTICE, true},
		{"KILLED: Minister steps down", NOTICE, true},
		{"KILL Minister steps down", NOTICE, true},
		{"Story withdrawn", "", true},
		{"STORY WITHDRAWN", NEWS, true},
		{"Story Killed: Minister steps down", NOTICE, true},
		{"ADVISORY-Halden minister story withdrawn", NOTICE, true},
		{"ADVISORY-Halden minister story withdrawn", "", true},
		{"ADVISORY-WITHDRAWN-Minister steps down", "", true},
		{"BULLETIN KILL: Minister steps down", NOTICE, true},
		{"BC-HA--Halden-Minister,1st Ld-Writethru,KILL",
		    "Eds: The story has been killed. A kill is mandatory.", true},
		{"Halden minister steps down (KILL)", NOTICE, true},
		{"Minister steps down", NOTICE, true},
		{"Minister steps down", "Attention editors: please disregard our "
		    "earlier story on the minister, who has not resigned.", true},
		{"Minister steps down", "ATTENTION EDITORS - The story slugged "
		    "HALDEN-MINISTER, which moved at 0910, has been withdrawn.",
		    true},
		{"Minister story is withdrawn", "The story is withdrawn.", true},
		{"KILL SWITCH FAILED IN NAVY DRONE TESTS, REPORT SAYS", NEWS, false},
		{"KILL-SWITCH FAILED IN NAVY DRONE TESTS", NEWS, false},
		{"KILL THE BILL PROTESTERS MARCH ON HALDEN", "Protesters who want "
		    "parliament to kill the bill marched on Tuesday.", false},
		{"KILL THE BILL PROTESTERS MARCH ON HALDEN", "", false},
		{"WITHDRAWN: two drugs for the heart, on doubts about tests",
		    "Two drugs were withdrawn on Tuesday. The report on their tests "
		    "was withdrawn as well, the agency said.", false},
		{"WITHDRAWN: study of vaccine", "The article has been withdrawn by "
		    "the journal that printed it.", false},
		{"KILLED: three miners in Halden", "Three miners were killed on "
		    "Tuesday. The reporter whose story told of the danger was "
		    "killed with them.", false},
		{"45 KILLED IN HALDEN BLAST", NEWS, false},
		{"POLICE TOLD TO SHOOT TO KILL", NEWS, false},
		{"Police shoot-to-kill", NEWS, false},
		{"Kill-or-cure plan for Halden port", NEWS, false},
		{"Kill Bill returns to Halden's screens", NEWS, false},
		{"Story withdrawn by paper after minister sues", "The paper took its "
		    "story on the minister back on Tuesday.", false},
		{"Story killed: how a paper dropped its report", NEWS, false},
		{"STORY KILLED: Minister steps down", "", true},
		{"ADVISORY-Editors: schedule of the Halden talks", NEWS, false},
		{"KILL-Minister steps down", NEWS " " NEWS " " NEWS " " NEWS " "
		    NEWS " " NEWS, false}, /* as long as a story: it is one */
		{"", "", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (text_is_kill(slice_of(rows[i].title), slice_of(rows[i].body)) !=
		    rows[i].kill)
			fail_msg("row %zu: %s", i, rows[i].title);
#undef NOTICE
#undef NEWS
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_is_no_part_of_a_text),
		cmocka_unit_test(sentences_end_before_capitals),
		cmocka_unit_test(form_is_told_from_text),
		cmocka_unit_test(signs),
		cmocka_unit_test(kills_are_told_from_news),
		cmocka_unit_test(common_words_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
