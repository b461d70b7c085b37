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
		/* quotes, but not the apostrophe in a word */
		{"The \"talks\" began.", "The 'talks' began.", true},
		{"The \"talks\" began.", "The ''talks'' began.", true},
		{"He said: \"'No.'\"", "He said: '\"No.\"'", true},
		{"\xd0\xaf \xc2\xab\xd0\xb4\xd0\xb0\xc2\xbb.", "\xd0\xaf '\xd0\xb4\xd0\xb0'.", true},
		{"O'Brien doesn't.", "O\xe2\x80\x99" "Brien doesn\xe2\x80\x99t.", true},
		{"O'Brien", "O\"Brien", false}, {"don't", "dont", false},
		{"Il dit \xc2\xab\xc2\xa0non\xc2\xa0\xc2\xbb !", "Il dit \"non\"!", true},
		{"\xc2\xab non \xc2\xbb, dit-il", "\"non\", dit-il", true},
		{"Er: \xc2\xbbJa\xc2\xab und \xc2\xbbnein\xc2\xab", "Er: \"Ja\" und \"nein\"", true},
		/* dashes between words */
		{"Talks \xe2\x80\x94 the first", "Talks\xe2\x80\x94the first", true},
		{"Talks \xe2\x80\x94 the first", "Talks -- the first", true},
		{"Talks--the first", "Talks - the first", true},
		{"Talks \xe2\x80\x93 the first", "Talks&mdash;the first", true},
		{"a well-known man", "a well known man", false},
		{"2010\xe2\x80\x93" "2012", "2010-2012", true},
		/* dots */
		{"He left. . . . They", "He left.... They", true},
		{"He left . . . and", "He left\xe2\x80\xa6 and", true},
		{"He left ... and", "He left...and", true},
		{"In the U.S. it", "In the U. S. it", false},
		/* blanks before stops and commas */
		{"The strait . It is closed .", "The strait. It is closed.", true},
		{"Halden , Skarra and Orsta", "Halden, Skarra and Orsta", true},
		{"It rose .5 percent", "It rose.5 percent", false},
		{"He works at .NET", "He works at.NET", false},
		/* what is not seen */
		{"\xe2\x80\x8f" "One\xe2\x80\x8e two.", "One two.", true},
		{"One\xe2\x81\xa6 two\xe2\x81\xa9.", "One two.", true},
		{"One\x01 two\x7f.", "One two.", true},
		{"One\xc2\x9d two.", "One two.", true},
		{"\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4", true},
		/* blanks beside letters that are words */
		{"\xe4\xb8\xad\xe5\x9b\xbd\xe3\x80\x82\n\n\xe7\xbe\x8e\xe5\x9b\xbd", "\xe4\xb8\xad\xe5\x9b\xbd\xe3\x80\x82\xe7\xbe\x8e\xe5\x9b\xbd", true},
		{"\xe4\xb8\xad GDP 5", "\xe4\xb8\xadGDP 5", true},
		/* lines of form */
		{"By Jane Roe \xc2\xb7 5 minutes ago\n\nOne.", "By Jane Roe\n\nOne.", true},
		{"Comments (12)\n\nOne.", "Comments (13)\n\nOne.", true},
		{"One. (Updated 5 minutes ago)\n\nTwo.", "One.\n\nTwo.", true},
		{"He left (5 minutes ago)", "He left", false},
		{"One (12)\n\nTwo.", "One (13)\n\nTwo.", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a;
		struct text *x, *y;

		arena_init(&a);
		x = text_new(&a, SLICE("T"), SLICE_NONE, slice_of(rows[i].a));
		y = text_new(&a, SLICE("T"), SLICE_NONE, slice_of(rows[i].b));
		if (hash128_eq(x->hash, y->hash) != rows[i].same)
			fail_msg("%s / %s", rows[i].a, rows[i].b);
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
		/* capitals beyond ASCII; quotes and marks before them */
		{"Das war es. Über alles. Ärger blieb. über", 3, 8},
		{"C'est fini. À Paris. État. « Non. » « Élu. »", 5, 7},
		{"Все. «Это» он. (Ещё) раз.", 3, 5},
		{"Fin. ¿Qué? ¡No! Ya", 4, 4},
		/* scripts without case, and their marks */
		{"قال ذلك. ثم ذهب؟ نعم", 3, 5},
		{"זה היה. \"כן.\" אז", 3, 4},
		{"그는 갔다. 그리고 왔다.", 2, 4},
		{"उसने कहा। वह गया।", 2, 4},
		{"ასე იყო. მერე წავიდა.", 2, 4},
		/* scripts without blanks: a letter with its marks is a word */
		{"他走了。她来了!谁?", 3, 7},
		{"他说:“好。”她走了。", 2, 6},
		{"3月5日GDP增长", 1, 7},
		{"東京タワー", 1, 5},
		{"ที่นี่ ที่นั่น 5 คน", 2, 8},
		{"ကမ္ဘာ", 1, 3},
		{"well-中", 1, 2},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a;
		struct text *t;

		arena_init(&a);
		t = text_new(&a, SLICE_NONE, SLICE_NONE, slice_of(rows[i].body));
		if (t->sentences_n != rows[i].sentences ||
		    t->words_n != rows[i].words)
			fail_msg("%s: %zu sentences, %zu words", rows[i].body,
			    t->sentences_n, t->words_n);
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
		{"Comments (12)", true}, {"5m ago", true}, {"12 replies", true},
		{"(Updated 5 minutes ago)", true}, {"3-minute read", true},
		{"Updated 5 minutes ago | 3 min read", true},
		{"1 hour, 20 minutes ago", true},
		{"Updated 5&nbsp;minutes ago &middot; 3 min read", true},
		{"vor 5 Minuten", true}, {"il y a 5 minutes", true},
		{"Mis à jour il y a une heure", true},
		{"hace 5 minutos", true}, {"5 минут назад", true},
		{"há 2 horas", true}, {"5 minuti fa", true},
		{"5分钟前", true}, {"5분 전", true}, {"منذ ٥ دقائق", true},
		{"5 मिनट पहले", true}, {"Kommentare (3)", true},
		{"Lesezeit: 3 Minuten", true}, {"Reading time: 3 min", true},
		{"By Jane Roe | 5 minutes ago", false}, {"|", false},
		{"5 minors ago", false}, {"vor 5 Jahren kam er", false},
		{"il y a 5 minutes encore", false}, {"page | 5", false},
		{"Comments (closed)", false}, {"A share", false},
		{"Chapter (12)", false}, {"1.2.3 shares.4", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (text_is_form(slice_of(rows[i].paragraph)) != rows[i].form)
			fail_msg("%s", rows[i].paragraph);
}

/* LINES_MOST: 4,096 short lines of a body are looked at, the rest is text. */
static void form_has_an_end(void **state)
{
	static const size_t lines[] = {4000, 5000};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct strbuf sb = STRBUF_INIT;
		struct arena a;

		for (size_t k = 0; k < lines[i]; k++)
			strbuf_adds(&sb, "5 minutes ago\n\n");
		arena_init(&a);
		assert_int_equal(text_new(&a, SLICE_NONE, SLICE_NONE,
		    strbuf_slice(&sb))->words_n, i * (5000 - 4096) * 3);
		arena_release(&a);
		strbuf_release(&sb);
	}
}

static void short_sentences_tell_no_story(void **state)
{
	static const struct {
		const char *sentence;
		bool tells;
	} rows[] = {
		{"One two three four five six seven.", false},
		{"One two three four five six seven eight.", true},
		{"海峡一直禁止拖网渔船通行了。", false},	  /* 13 letters */
		{"该海峡一直禁止拖网渔船通行了吗？", true}, /* 15 */
		{"新华社北京3月5日电", false},
		{"중국 외교부 대변인은 화요일 기자 회견에서 말했다 했다", true},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct text *t = text_new(&a, SLICE_NONE, SLICE_NONE,
		    slice_of(rows[i].sentence));

		if (sentence_tells(t->sentences) != rows[i].tells)
			fail_msg("%s", rows[i].sentence);
	}
	arena_release(&a);
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
		cmocka_unit_test(form_has_an_end),
		cmocka_unit_test(short_sentences_tell_no_story),
		cmocka_unit_test(signs),
		cmocka_unit_test(kills_are_told_from_news),
		cmocka_unit_test(common_words_in_order),
		cmocka_unit_test(long_texts_have_words_in_common),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
