/* Notes of corrections, told from news that speaks of them by how they are made. */
#include "core/strbuf.h"
#include "model/note.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void notes_are_told_from_news(void **state)
{
	static const struct {
		const char *line;
		enum note_kind kind;
	} rows[] = {
		/* in brackets, or behind "Eds:", by a verb of putting right */
		{"(Corrects number of sailors in paragraph 3)", NOTE_CORRECTION},
		{"(Corrects to say twelve sailors, instead of eleven, in "
		    "paragraph 3)", NOTE_CORRECTION},
		{"(Corrects paragraph 3 to twelve)", NOTE_CORRECTION},
		{"(Corrects company's name)", NOTE_CORRECTION},
		{"[Corrects spelling of Halden in headline.]", NOTE_CORRECTION},
		{"*(Corrects day in paragraph 1)*", NOTE_CORRECTION},
		{"(Refiles to add dropped word in paragraph 2)",
		    NOTE_CORRECTION},
		{"(Fixes typo in headline)", NOTE_CORRECTION},
		{"(Removes extraneous word in paragraph 2)", NOTE_CORRECTION},
		{"(Corrected number in paragraph 4)", NOTE_CORRECTION},
		{"(Adds quotes, corrects figure in paragraph 5)",
		    NOTE_CORRECTION},
		{"(Eds: Corrects number of sailors in 3rd paragraph.)",
		    NOTE_CORRECTION},
		{"Eds: CORRECTS number of cars in 3rd graf to 12 sted 11.",
		    NOTE_CORRECTION},
		{"^Eds: Updates with quotes. Corrects day in 2nd graf.",
		    NOTE_CORRECTION},
		{"Corrects number of sailors in paragraph 3", NOTE_CORRECTION},
		{"(Clarifies number of sailors in paragraph 3)", NOTE_EDITORS},
		/* a text that says what became of it */
		{"(This March 1 story has been corrected to fix the number of "
		    "sailors in paragraph 3)", NOTE_CORRECTION},
		{"(This Nov. 26 story corrects paragraph 4 to say nine)",
		    NOTE_CORRECTION},
		{"(This story corrects number of sailors in paragraph 3 to "
		    "twelve from eleven)", NOTE_CORRECTION},
		{"This story was corrected to say that twelve sailors were "
		    "rescued.", NOTE_CORRECTION},
		{"This story has been corrected to show that twelve sailors "
		    "were rescued.", NOTE_CORRECTION},
		{"This version CORRECTS the spelling of the minister's name.",
		    NOTE_CORRECTION},
		{"This article was amended on 1 March 2024. An earlier version "
		    "said eleven.", NOTE_CORRECTION},
		{"This photo caption has been corrected.", NOTE_CORRECTION},
		{"This article has been updated to correct the day.",
		    NOTE_CORRECTION},
		{"(This story has been refiled to fix the byline)",
		    NOTE_CORRECTION},
		{"An earlier version of this story incorrectly said eleven.",
		    NOTE_EDITORS},
		{"Because of an editing error, an earlier version of this "
		    "article named the wrong port.", NOTE_EDITORS},
		{"Diese Meldung wurde korrigiert: Es waren zw\xc3\xb6lf.",
		    NOTE_CORRECTION},
		{"Cet article a \xc3\xa9t\xc3\xa9 corrig\xc3\xa9.",
		    NOTE_CORRECTION},
		/* labels */
		{"Correction: An earlier version misstated the number.",
		    NOTE_CORRECTION},
		{"Correction (March 1, 2024): The number was twelve.",
		    NOTE_CORRECTION},
		{"Correction, March 1: The number was twelve.", NOTE_CORRECTION},
		{"Correction - the number was twelve.", NOTE_CORRECTION},
		{"Corrections & Clarifications: A previous version of this "
		    "story misstated the number.", NOTE_CORRECTION},
		{"Editor's note: this article was amended on 1 March 2024 to "
		    "correct the number of sailors.", NOTE_CORRECTION},
		{"Editor\xe2\x80\x99s note: The harbour's name was added.",
		    NOTE_EDITORS},
		{"Clarification: The quota is annual.", NOTE_EDITORS},
		{"Berichtigung: Absatz 4", NOTE_CORRECTION},
		{"RECTIFICATIE: alinea 4", NOTE_CORRECTION},
		/* news */
		{"ATTENTION - CORRECTS spelling of town, previously Kfar Zita "
		    "///", NOTE_CORRECTION},
		{"ATTENTION - ADDS quotes ///", NOTE_NONE},
		{"Note: this story is corrected.", NOTE_CORRECTION},
		{"(Eds: Correcting a figure)", NOTE_CORRECTION},
		{"(Correcting course, the bank raised rates)", NOTE_NONE},
		{"Note: prices are those of Tuesday.", NOTE_NONE},
		{"UPDATE: This story was corrected to say twelve sailors.",
		    NOTE_CORRECTION},
		{"Update: An earlier version of this story said eleven.",
		    NOTE_EDITORS},
		{"In a story March 1 about a collision, The Associated Press "
		    "erroneously reported the number of sailors. There were "
		    "twelve.", NOTE_CORRECTION},
		{"In some versions of a story on the strait, Reuters "
		    "misidentified the minister.", NOTE_CORRECTION},
		{"In a story that moved the court, a sailor told how he swam.",
		    NOTE_NONE},
		{"In a story on Monday the paper had misstated his age, he "
		    "said.", NOTE_NONE},
		{"In an article on Sunday two economists argue that the bank "
		    "incorrectly counted bonds.", NOTE_NONE},
		{"(Corrects what the minister said.)", NOTE_CORRECTION},
		{"Eds: Corrects who said.", NOTE_CORRECTION},
		{"UPDATE: Talks go on", NOTE_NONE},
		{"Market correction looms", NOTE_NONE},
		{"The company corrected its forecast.", NOTE_NONE},
		{"(Corrects course on rates, says minister)", NOTE_NONE},
		{"(Corrects a wrong, the minister said)", NOTE_NONE},
		{"Corrects course on rates, says minister", NOTE_NONE},
		{"Correction or crash: what dealers see", NOTE_NONE},
		{"Correction officers walked out on Tuesday.", NOTE_NONE},
		{"Corrections officers - two of them - walked out.", NOTE_NONE},
		{"Corrected for inflation, output rose 3 pct.", NOTE_NONE},
		{"(corrected for inflation)", NOTE_NONE},
		{"(Fixes roof, then sues)", NOTE_NONE},
		{"Fixes typo in constitution", NOTE_NONE},
		{"Refiled charges name two more men.", NOTE_NONE},
		{"Refile or resign, the board told him.", NOTE_NONE},
		{"This article was amended by parliament in 2010.", NOTE_NONE},
		{"This report was corrected for inflation.", NOTE_NONE},
		{"This report corrects a myth about cod.", NOTE_NONE},
		{"This story has been updated with comment.", NOTE_NONE},
		{"This war has been corrected in no schoolbook.", NOTE_NONE},
		{"An earlier version of this bill failed in March.", NOTE_NONE},
		{"A previous version of the engine failed.", NOTE_NONE},
		{"(Adds quotes, background)", NOTE_NONE},
		{"Eds: Updates with quotes.", NOTE_NONE},
		{"(Reporting by Ann Lee; Editing by Bo Ek)", NOTE_NONE},
		{"(Corrects day in paragraph 1) LONDON, March 1 (Reuters) - "
		    "Talks began (again).", NOTE_NONE},
		{"Korrektur an den M\xc3\xa4rkten", NOTE_NONE},
		{"", NOTE_NONE}, {"(", NOTE_NONE}, {"()", NOTE_NONE},
		{"**", NOTE_NONE}, {"Eds:", NOTE_NONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (note_kind(slice_of(rows[i].line)) != rows[i].kind)
			fail_msg("%d for %s", note_kind(slice_of(rows[i].line)),
			    rows[i].line);
}

static void long_lines_are_text(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	strbuf_adds(&sb, "Correction: the number was twelve, not ");
	while (sb.n <= 600)
		strbuf_adds(&sb, "eleven, not ");
	assert_int_equal(note_kind(strbuf_slice(&sb)), NOTE_NONE);
	assert_int_equal(note_kind(slice_sub(strbuf_slice(&sb), 0, 600)),
	    NOTE_CORRECTION);
	strbuf_release(&sb);
}

static void headlines_look_like_labels(void **state)
{
	(void)state;
	assert_true(note_is_no_headline(SLICE("(Corrects day in lede)")));
	assert_true(note_is_no_headline(SLICE("Eds: CORRECTS day in lede.")));
	assert_true(note_is_no_headline(SLICE("This story was corrected to say "
	    "nine.")));
	assert_true(note_is_no_headline(SLICE("UPDATE: This story was corrected "
	    "to say twelve.")));
	assert_false(note_is_no_headline(SLICE("Correction: Talks begin")));
	assert_false(note_is_no_headline(SLICE("Talks begin (corrected)")));
}

#define ONE   "Ministers opened talks on Tuesday."
#define TWO   "The strait has been closed since January."
#define THREE "A final session is planned for Friday."
#define NOTE  "(Corrects day in paragraph 1)"

/* What note_take makes of it. */
static void taken(size_t i, const char *given, const char *title,
    const char *body, const char *note, const char *left)
{
	struct article art;
	struct arena a;

	arena_init(&a);
	article_init(&art);
	art.title = slice_of(title);
	art.note = slice_of(given);
	art.body = slice_of(body);
	note_take(&art, &a);
	if (!slice_is(art.note, note) || !slice_is(art.body, left))
		fail_msg("%zu: \"%.*s\" \"%.*s\"", i, SLICE_FMT(art.note),
		    SLICE_FMT(art.body));
	arena_release(&a);
}

static void notes_are_taken_from_the_ends_of_a_body(void **state)
{
	static const struct {
		const char *given, *body, *note, *left;
	} rows[] = {
		{"", NOTE "\n\n" ONE "\n\n" TWO, NOTE, ONE "\n\n" TWO},
		{"", NOTE "\n" ONE "\n\n" TWO, NOTE, ONE "\n\n" TWO},
		{"", "\n " NOTE " \n\n" ONE, NOTE, ONE},
		{"", ONE "\n\n" TWO "\n\n" NOTE, NOTE, ONE "\n\n" TWO},
		{"", ONE "\n\n" NOTE "\n\n" TWO, NOTE, ONE "\n\n" TWO},
		{"", ONE "\n\n" TWO "\n\n" NOTE "\n\n(Reporting by Ann Lee)",
		    NOTE, ONE "\n\n" TWO "\n\n(Reporting by Ann Lee)"},
		/* what says that something was put right comes first */
		{"", "Editor's note: The map is new.\n\n" ONE "\n\n" NOTE, NOTE,
		    ONE},
		{"", NOTE "\n\n" ONE "\n\nCorrection: It was nine.", NOTE, ONE},
		/* bodies that are wrapped: a line that goes on is none */
		{"", "Eds: CORRECTS age to 89 sted 90; ADDS career\n   " ONE
		    "\n   " TWO, "Eds: CORRECTS age to 89 sted 90; ADDS career",
		    ONE "\n   " TWO},
		{"", "Corrects paragraph 2 to show that it\nwas nine.\n" ONE, "",
		    "Corrects paragraph 2 to show that it\nwas nine.\n" ONE},
		{"", "The court said that\nthis story was corrected.\n" ONE, "",
		    "The court said that\nthis story was corrected.\n" ONE},
		{"", ONE "\nThis story was corrected to say nine.",
		    "This story was corrected to say nine.", ONE},
		{"", ONE "\r\n\r\n" NOTE "\r\n", NOTE, ONE},
		/* none, nothing else, or one that was given */
		{"", ONE "\n\n" TWO, "", ONE "\n\n" TWO},
		{"", NOTE, "", NOTE},
		{"", "", "", ""},
		{"Corrects day", NOTE "\n\n" ONE, "Corrects day",
		    NOTE "\n\n" ONE},
		{"", ONE " " NOTE "\n\n" TWO, "", ONE " " NOTE "\n\n" TWO},
		/* amid a long text */
		{"", ONE "\n" TWO "\n" ONE "\n" TWO "\n" NOTE "\n" ONE "\n" TWO
		    "\n" ONE "\n" THREE, "", ONE "\n" TWO "\n" ONE "\n" TWO "\n"
		    NOTE "\n" ONE "\n" TWO "\n" ONE "\n" THREE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		taken(i, rows[i].given, "Talks begin", rows[i].body,
		    rows[i].note, rows[i].left);
}

static void headlines_in_a_body_are_no_notes(void **state)
{
#define HEADLINE "Correction: Talks begin\n\n" ONE
	static const struct {
		const char *title, *body, *note, *left;
	} rows[] = {
		{"", HEADLINE, "", HEADLINE},
		{"CORRECTION: Talks begin", HEADLINE, "", HEADLINE},
		{"Talks", "Correction: It was nine.\n\n" ONE,
		    "Correction: It was nine.", ONE},
		{"", NOTE "\n\n" ONE, NOTE, ONE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		taken(i, "", rows[i].title, rows[i].body, rows[i].note,
		    rows[i].left);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_are_told_from_news),
		cmocka_unit_test(long_lines_are_text),
		cmocka_unit_test(headlines_look_like_labels),
		cmocka_unit_test(notes_are_taken_from_the_ends_of_a_body),
		cmocka_unit_test(headlines_in_a_body_are_no_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
