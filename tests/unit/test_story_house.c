/* story: house style, which the verdict does not see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/house.h"
#include "story/story.h"

#define REST "The bank said on Monday that it would lend less."

/* What stands before REST is head, or text of which the head is nothing. */
static void heads_of_all_agencies(void **state)
{
	static const struct {
		const char *before;
		bool head;
	} rows[] = {
		{"LONDON, March 3 (Reuters) - ", true},
		{"SALVADOR, Feb 26 - ", true},
		{"DUBAI/LONDON, March 3 (Reuters) - ", true},
		{"(Reuters) - ", true},
		{"* Profit rises 3 pct * Shares fall By Jane Roe LONDON, March 3 (Reuters) - ", true},
		{"(Adds comment, shares) By Jane Roe PARIS, Feb 3 (Reuters) - ", true},
		{"By Jane Roe, Reuters ", true},
		{"WASHINGTON (AP) _ ", true},
		{"WASHINGTON (AP) - ", true},
		{"SANTA CRUZ, Calif. (AP) _ ", true},
		{"By JANE ROE Associated Press Writer NEW YORK (AP) _ ", true},
		{"^Eds: Updates with quotes. TOKYO (AP) _ ", true},
		{"ATTENTION - ADDS quotes, background /// PARIS, Nov 10 (AFP) - ",
		    true},
		{"PARIS, March 3 (AFP) - ", true},
		{"Paris (AFP) - ", true},
		{"UNITED NATIONS, Nov. 3 (UPI) -- ", true},
		{"BEIJING, March 3 (Xinhua) -- ", true},
		{"NEW DELHI, Nov 26 (PTI): ", true},
		{"New Delhi, Nov 26 (PTI) ", true},
		{"New Delhi [India], November 26 (ANI): ", true},
		{"Islamabad, Nov 3 (APP): ", true},
		{"Berlin (dpa) - ", true},
		{"MOSCOW, March 3. /TASS/. ", true},
		{"MOSCOW. March 3 (Interfax) - ", true},
		{"Seoul, Nov. 26 (Yonhap) -- ", true},
		{"TOKYO, March 3 Kyodo - ", true},
		{"KUALA LUMPUR, Nov 26 (Bernama) -- ", true},
		{"Madrid, 3 mar (EFE).- ", true},
		{"(ANSA) - ROMA, 03 MAR - ", true},
		{"JERUSALEM, Tuesday (JTA) - ", true},
		{"HONG KONG (Dow Jones)--", true},
		{"(CNN) -- ", true},
		{"NEW YORK, March 3, 2009 /PRNewswire/ -- ", true},
		{"BERLIN - ", true},
		{"WASHINGTON, D.C. -- ", true},
		{"PORT-AU-PRINCE, Haiti - ", true},
		{"MUMBAI: ", true},
		{"LONDON 1996-08-20 ", true},
		{"By JANE ROE and JOHN DOE ", true},
		{"By Beacon staff and agencies ", true},
		{"", false},
		{"The National Front (FN) said yes. ", false},
		{"Press Trust of India (PTI) said yes. ", false},
		{"Halden Fisheries - maker of nets - said yes. ", false},
		{"NOTE: ", false}, {"CORRECTION - ", false}, {"NET - ", false},
		{"FACTBOX: ", false}, {"U.S. stocks fell - again. ", false},
		{"IBM and Ford said yes - in part. ", false},
		{"By Tuesday the Associated Press had left. ", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf body = STRBUF_INIT;
		size_t want = rows[i].head ? strlen(rows[i].before) : 0, got;

		strbuf_adds(&body, rows[i].before);
		strbuf_adds(&body, REST);
		got = house_head(strbuf_slice(&body));
		if (got != want)
			fail_msg("%s: %zu, not %zu", rows[i].before, got, want);
		/* nothing is left of a text that is all head */
		assert_int_equal(house_head(slice_of(rows[i].before)), 0);
		strbuf_release(&body);
	}
}

static void marks_of_the_end(void **state)
{
	static const char *const ends[] = {"", " REUTER", " Reuter", " REUTERS",
	    " AP-NY-03-04-87 1532EST<", " PTI ABC XYZ", " dpa js hs", " (END)",
	    " Enditem", " NNNN", " REUTER REUTER"};
	static const char *const texts[] = {REST " AP said no", "Reuter",
	    REST " PTI was not there"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct strbuf body = STRBUF_INIT;

		strbuf_adds(&body, REST);
		strbuf_adds(&body, ends[i]);
		if (house_tail(strbuf_slice(&body)) != strlen(REST))
			fail_msg("%s", ends[i]);
		strbuf_release(&body);
	}
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_int_equal(house_tail(slice_of(texts[i])),
		    strlen(texts[i]));
}

static void words_of_all_houses(void **state)
{
	static const struct {
		const char *line, *word;
		size_t took;
	} rows[] = {
		{"mln", "million", 1}, {"Bn", "billion", 1},
		{"pct", "percent", 1}, {"per cent", "percent", 2},
		{"per head", "per", 1}, {"dlrs", "dollars", 1},
		{"cts", "cents", 1}, {"4th", "fourth", 1}, {"Six", "6", 1},
		{"Unocal's", "Unocal", 1}, {"said", "said", 1}, {"s", "s", 1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice line = slice_of(rows[i].line), w, words[2];
		long gap = slice_find(line, SLICE(" "), 0);
		size_t n = gap < 0 ? line.n : (size_t)gap;

		words[0] = slice_sub(line, 0, n);
		words[1] = slice_sub(line, n + 1, line.n);
		assert_int_equal(house_word(words, gap < 0 ? 1 : 2, &w),
		    rows[i].took);
		assert_true(slice_is(w, rows[i].word));
	}
}

static void words_that_a_house_does_without(void **state)
{
	static const char *const dropped[] = {"percent", "Dollar", "dollars"};
	static const char *const kept[] = {"per", "million", "dollar's", "perjury"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dropped); i++)
		assert_true(house_drops(slice_of(dropped[i])));
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		assert_false(house_drops(slice_of(kept[i])));
}

static void words_are_spelt_alike(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{"U.S", "US", true}, {"1,750", "1750", true},
		{"1.5", "15", false}, {"5bn", "5", true}, {"12m", "12", true},
		{"4x4", "4", false}, {"BANK", "bank", true},
		{"\xc3\x89tats", "\xc3\xa9tats", true},
		{"third-quarter", "thirdquarter", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(house_hash(slice_of(rows[i].a)) ==
		    house_hash(slice_of(rows[i].b)), rows[i].same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_of_all_agencies),
		cmocka_unit_test(marks_of_the_end),
		cmocka_unit_test(words_of_all_houses),
		cmocka_unit_test(words_that_a_house_does_without),
		cmocka_unit_test(words_are_spelt_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
