/* story: tags and notes that say that a text corrects another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/clock.h"
#include "story/story.h"

static void tags_of_corrections(void **state)
{
	static const struct {
		const char *title, *tag; /* "": none */
	} rows[] = {
		/* timeline.md's, and what its words say of any title */
		{"CORRECTED-Talks begin", "corrected"},
		{"CORRECTED - Talks begin", "corrected"},
		{"*CORRECTED* Talks begin", "corrected"},
		{"[Corrected] Talks begin", "corrected"},
		{"Correction: Talks begin", "correction"},
		{"REFILE-Talks begin", "refile"},
		{"REFILE-UPDATE 1-Talks begin", "refile"},
		{"BC-Halden Talks, 1st Ld-Writethru, corrects", "writethru"},
		{"BC-Halden Talks, 1st Ld-Writethru, to correct", "writethru"},
		{"BC-Halden Talks, Corrects", "corrects"},
		{"Corrects record: court rejects appeal", "corrects"},
		{"Prisons agency corrects itself", "corrects"},
		/* behind other tags */
		{"UPDATE 1-CORRECTED-Talks begin", "corrected"},
		{"RPT-CORRECTED-Talks begin", "corrected"},
		{"RPT-UPDATE 2-CORRECTED-Talks begin", "corrected"},
		{"UPDATE 1-CORRECTED-TALKS BEGIN", "corrected"},
		{"WRAPUP 3-CORRECTED (OFFICIAL)-Talks begin", "corrected"},
		{"BRIEF-CORRECTED-Halden Steel to buy two mills", "corrected"},
		{"TABLE-CORRECTION-Halden exports", "correction"},
		{"UPDATE 2-REFILE-Talks begin", "refile"},
		{"URGENT: CORRECTED: Talks begin", "corrected"},
		{"REFILED-Talks begin", "refile"},
		/* in brackets, or at the end */
		{"Talks begin (CORRECTED)", "corrected"},
		{"Talks begin (Corrected)", "corrected"},
		{"TALKS BEGIN (CORRECTED)", "corrected"},
		{"Talks begin [correction]", "correction"},
		{"Talks begin - CORRECTED", "corrected"},
		{"BC-Halden Talks,CORRECTION", "correction"},
		{"BC-Halden Talks, CORRECTIVE", "corrective"},
		{"Talks begin (correction)", "correction"},
		{"Talks begin (correction) - Halden Times", "correction"},
		{"Talks begin (correction) | Halden Times", "correction"},
		{"Talks (CORRECTION) begin in Halden", "correction"},
		{"Exports (corrected) of Halden in May", "corrected"},
		{"CORRECTIVE: Talks begin", "corrective"},
		{"CORRECTIVE-Talks begin", "corrective"},
		{"Corrective: BC-Halden-Talks", "corrective"},
		/* other wires' */
		{"KORREKTUR: Gespr\xc3\xa4" "che in Halden", "correction"},
		{"Berichtigung: Gespr\xc3\xa4" "che in Halden", "correction"},
		{"RECTIFICATIF - Halden: d\xc3\xa9" "but des discussions",
		    "correction"},
		{"Correcci\xc3\xb3n: Comienzan las conversaciones", "correction"},
		{"УТОЧНЕНИЕ - Переговоры начались", "correction"},
		{"更正：会谈开始", "correction"},
		{"【訂正】会談始まる", "correction"},
		{"[정정] 회담 시작", "correction"},
		{"تصحيح: بدء المحادثات", "correction"},
		{"CORREGIDO-Comienzan las conversaciones", "correction"},
		{"ACTUALIZA 1-CORREGIDO-Comienzan las conversaciones",
		    "correction"},
		{"CORRE\xc3\x87\xc3\x83O-Come\xc3\xa7" "am as conversas",
		    "correction"},
		{"CORRIGIDO: Come\xc3\xa7" "am as conversas", "correction"},
		{"RETTIFICA - Colloqui a Halden", "correction"},
		{"CORREZIONE: Colloqui a Halden", "correction"},
		{"RECTIFICATIE: Overleg in Halden", "correction"},
		{"CORRIG\xc3\x89-Halden: d\xc3\xa9" "but des discussions",
		    "correction"},
		{"Talks begin - correction", "correction"},
		{"Talks begin -- correction", "correction"},
		{"Talks begin \xe2\x80\x93 corrected", "corrected"},
		/* none */
		{"Talks begin", ""},
		{"Markets in a free fall, correction", ""},
		{"Talks begin - corrective", ""},
		{"Talks begin self-correction", ""},
		{"Corregido el rumbo, el ministro sigue", ""},
		{"Rettifica dei conti a Halden", ""},
		{"RPT-Talks begin", ""},
		{"UPDATE 1-Talks begin", ""},
		{"Clarification: Talks begin", ""},
		{"Corrections officer held", ""},
		{"House of corrections: a prison's last year", ""},
		{"Markets in correction: what to do", ""},
		{"Markets - correction or crash?", ""},
		{"Corrective action ordered at Halden mill", ""},
		{"CORRECTIVE ACTION ORDERED", ""},
		{"CORRECTIVE-ACTION PLAN ORDERED", ""},
		{"Output up 3 pct (corrected for inflation)", ""},
		{"Nasdaq falls 10 pct (correction) on rates", ""},
		{"Nasdaq enters bear market (correction), dealers say", ""},
		{"Nasdaq in [Correction] territory", ""},
		{"NASDAQ FALLS 10 PCT (CORRECTION) ON RATES", ""},
		{"DAX IN CORRECTION - DEALERS", ""},
		{"DAX HEADS FOR CORRECTION", ""},
		{"DEALERS SEE END OF RALLY, CORRECTION", ""},
		{"POLL-CORRECTED FIGURES SHOW HALDEN GROWTH", ""},
		{"Self-corrected", ""},
		{"Korrektur an den M\xc3\xa4rkten", ""},
		{"更正案通过", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		text_normal(slice_of(rows[i].title), &sb);
		if (!slice_is(text_correction_tag(strbuf_slice(&sb)),
		    rows[i].tag))
			fail_msg("%s", rows[i].title);
		strbuf_release(&sb);
	}
}

/* What lies behind each "writethru" is not read again for it. */
static void long_titles_take_their_length(void **state)
{
	static const struct {
		const char *again, *behind, *tag;
	} rows[] = {
		{"writethru ", "", ""},
		{"writethru ", "incorrect", ""},
		{"writethru ", "correct", "writethru"},
		{"writethru incorrect ", "", ""},
		{"X (CORRECTION) ", "X", ""},
		{"writethru incorrect ", "corrects", "writethru"},
	};
	const size_t bytes = 400000;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;
		usec_t before;

		while (sb.n < bytes)
			strbuf_adds(&sb, rows[i].again);
		strbuf_adds(&sb, rows[i].behind);
		before = clock_monotonic();
		assert_true(slice_is(text_correction_tag(strbuf_slice(&sb)),
		    rows[i].tag));
		/* some 20 ms; they took 2 to 4 s */
		assert_true(clock_monotonic() - before < USEC_SECOND);
		strbuf_release(&sb);
	}
}

/* What stands beside the news, wherever its tag is; and news that is no such thing. */
static void products_by_their_tags(void **state)
{
	static const struct {
		const char *title, *tag;
	} rows[] = {
		{"FACTBOX-Talks on strait", "FACTBOX"},
		{"UPDATE 1-FACTBOX-Talks on strait", "FACTBOX"},
		{"[FACTBOX] Talks on strait", "FACTBOX"},
		{"Talks on strait - factbox", "FACTBOX"},
		{"Talks on strait (TIMELINE)", "TIMELINE"},
		{"Why the strait matters | Explained", "EXPLAINED"},
		{"EXPLAINED: why the strait matters", "EXPLAINED"},
		{"ANALYSIS | The strait after the talks", "ANALYSIS"},
		{"Fact box: the strait", "FACT BOX"},
		{"AP Explains: the strait", "AP EXPLAINS"},
		{"In numbers: the strait", "IN NUMBERS"},
		{"Timeline of talks on strait", "LIST"},
		{"Five things to know about the strait", "LIST"},
		{"5 facts about the strait", "LIST"},
		{"Fresh questions about harbour chief's expenses", ""},
		{"Cod stocks half of official figure: analysis", ""},
		{"Talks on strait", ""},
		{"Opinion on strait is divided", ""},
		{"Minister explained his timeline", ""},
		{"Quotes of shares suspended", ""},
		{"Court told of facts about the strait", ""},
		{"Two things are known to police", ""},
		{"", ""}, {"-", ""}, {"(", ""}, {" FACTBOX", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(text_product(slice_of(rows[i].title)), rows[i].tag))
			fail_msg("%s: %s", rows[i].title,
			    text_product(slice_of(rows[i].title)));
}

static void texts_that_say_that_they_update(void **state)
{
	static const struct {
		const char *title, *body;
		bool updates;
	} rows[] = {
		{"UPDATE 2-Talks open", "", true},
		{"AM-Talks, 1st Ld-Writethru", "", true},
		{"Talks open (Third Lead)", "", true},
		{"Talks open", "(Adds quotes) HALDEN, March 1 (Reuters) - Talks opened.", true},
		{"Talks open", "ATTENTION - RECASTS /// HALDEN, March 1 (AFP) - Talks opened.", true},
		{"Talks open", "(Corrects day) HALDEN, March 1 (Reuters) - Talks opened.", false},
		{"UPDATE on talks", "", false},
		{"Talks lead to nothing", "Talks (adds nothing) opened.", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (text_updates(slice_of(rows[i].title),
		    slice_of(rows[i].body)) != rows[i].updates)
			fail_msg("%s: %s", rows[i].title, rows[i].body);
}

static void notes_of_corrections(void **state)
{
	static const struct {
		const char *note;
		bool corrects;
	} rows[] = {
		{"Corrects number in paragraph 4", true},
		{"(Refiles to fix headline)", true},
		{"Editor's note: This story has been corrected.", true},
		{"An earlier version of this article misstated the number of "
		    "cutters.", true},
		{"An earlier version of this story gave an incorrect number.",
		    true},
		{"A previous version of this report incorrectly said that talks "
		    "had ended.", true},
		{"Because of an editing error, an earlier version of this article "
		    "named the wrong port.", true},
		{"This article misspelled the name of the minister.", true},
		{"The headline wrongly said Friday.", true},
		{"This article was amended on 5 March 2024 to correct the number "
		    "of cutters.", true},
		{"This article was amended on 5 March 2024. An earlier version "
		    "said six cutters; that should have been nine.", true},
		{"Fixes typo in headline", true},
		{"Berichtigung: Absatz 4", true},
		{"(This March 1 story has been corrected to fix the number in "
		    "paragraph 3)", true},
		{"Eds: CORRECTS number of cars in 3rd graf to 12 sted 11.", true},
		{"Corrections & Clarifications: The number was twelve.", true},
		{"(Removes extraneous word in paragraph 2)", true},
		{"This article was amended on 1 March 2024. An earlier version "
		    "said eleven.", true},
		{"Incorrect", false},
		{"Adds quotes, background", false},
		{"An earlier version of this article was published on Tuesday.",
		    false},
		{"This story has been updated with comment", false},
		{"This story is based on documents that the ministry calls "
		    "incorrect.", false},
		{"The minister misstated the number; the quote stands as it was "
		    "said.", false},
		{"Clarifies that the quota is annual", false},
		{"Recasts, adds details", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (text_note_corrects(slice_of(rows[i].note)) !=
		    rows[i].corrects)
			fail_msg("%s", rows[i].note);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_of_corrections),
		cmocka_unit_test(long_titles_take_their_length),
		cmocka_unit_test(products_by_their_tags),
		cmocka_unit_test(texts_that_say_that_they_update),
		cmocka_unit_test(notes_of_corrections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
