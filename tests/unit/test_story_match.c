/* story: the hard cases of design.md, each by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/story.h"

#define S1 "Ministers from both coastal states opened talks in Port Halden on Tuesday over fishing rights in the disputed northern strait. "
#define S2 "Foreign minister Edda Lorne told reporters that her delegation had come with a mandate to sign before the weekend. "
#define S3 "The strait has been closed to trawlers since January, when two vessels collided in fog and eleven sailors were rescued. "
#define S4 "Negotiators said the draft would divide the cod quota evenly and set up a joint patrol of six cutters. "
#define S5 "Harbour unions in Port Halden called the draft a surrender and announced a march along the quay for Wednesday evening. "
#define S6 "A final session is planned for Friday at the old customs house, where the first treaty was signed in 1931. "
#define OTHER1 "Stocks rose in early trading as banks reported better results than analysts had predicted for the quarter. "
#define OTHER2 "The finance minister said the budget would be presented in June and promised lower taxes for families. "
#define BANK "The Central Bank of Varelia left credit policies unchanged after today's regular meeting of its council, a spokesman said. The discount rate remains at 3.0 percent and the emergency rate at 5.0 percent. "

struct side {
	const char *title, *body;
	int hours;
};

static struct match verdict(struct side a, struct side b, bool own)
{
	struct sketch x, y;
	struct match_side p = {.at = a.hours * USEC_HOUR,
	    .seen_at = a.hours * USEC_HOUR};
	struct match_side q = {.at = b.hours * USEC_HOUR,
	    .seen_at = b.hours * USEC_HOUR};
	struct arena arena;
	struct match m;

	arena_init(&arena);
	p.text = text_new(&arena, slice_of(a.title), SLICE_NONE,
	    slice_of(a.body));
	q.text = text_new(&arena, slice_of(b.title), SLICE_NONE,
	    slice_of(b.body));
	sketch_make(p.text, NULL, &arena, &x);
	sketch_make(q.text, NULL, &arena, &y);
	p.sketch = &x;
	q.sketch = &y;
	match_texts(&p, &q, own, &m);
	arena_release(&arena);
	return m;
}

static const struct {
	const char *name;
	struct side a, b;
	bool own, same;
} cases[] = {
	{"a flash and its full story",
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 2},
	    {"Ministers open talks on strait", S1, 0}, false, true},
	{"a short re-send",
	    {"Ministers open talks on strait", S1 S2, 1},
	    {"Ministers open talks on strait", S1 S2, 0}, false, true},
	{"a correction with a new headline",
	    {"CORRECTED-Draft treaty would share cod quota", S1 S2 S3 S4, 3},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5, 0}, false, true},
	{"the same copy trimmed from the end, with its own headline",
	    {"Fishing talks begin", S1 S2 S3 "This story was provided by our partner agency and published here. ", 4},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S5 S6, 0}, false,
	    true},
	{"a flash quoted inside a factbox",
	    {"FACTBOX-Fishing disputes since 1931", OTHER1 OTHER2 S5 S6 S1, 4},
	    {"Ministers open talks on strait", S1 S2, 0}, false, false},
	{"two stories that share background",
	    {"Budget to be presented in June", OTHER2 OTHER1 "Employers welcomed the plan while trade unions called for higher wages in public hospitals. " S3, 6},
	    {"Ministers open talks on strait", S1 S2 S4 S3, 0}, false, false},
	{"a central bank's statement two weeks later",
	    {"Bank leaves credit policies unchanged", BANK, 336},
	    {"Bank leaves credit policies unchanged", BANK, 0}, false, false},
	{"market reports of two days",
	    {"Varelia stocks: market report", "Shares lost 0.9 percent on Tuesday to end at 8,140 points. Only 17 of the 60 companies rose in trading of 4.6 billion crowns.", 24},
	    {"Varelia stocks: market report", "Stocks closed 1.4 percent higher on Monday at 8,214 points. Turnover was 3.1 billion crowns and 41 of 60 shares gained.", 0},
	    false, false},
	{"the next day's development",
	    {"Marchers block customs house", "Dockers marched along the quay of Port Halden on Wednesday and blocked the customs house for three hours. Police counted four thousand people. " S6, 26},
	    {"Ministers open talks on strait", S1 S2 S3 S4 S6, 0}, false,
	    false},
	{"the same page, rewritten",
	    {"Draft treaty is ready", S1 S4 S5, 5},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, true, true},
	{"the same page, another story",
	    {"Budget to be presented in June", OTHER1 OTHER2, 5},
	    {"Ministers open talks on strait", S1 S2 S3, 0}, true, false},
};

static void hard_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct match m = verdict(cases[i].a, cases[i].b, cases[i].own);

		if (m.same != cases[i].same)
			fail_msg("%s: %.3f %s", cases[i].name, m.score,
			    m.reason);
		assert_true(m.reason[0]);
	}
}

static void diff_tells_moved_from_deleted(void **state)
{
	struct arena a;
	struct diff d;
	size_t moved = 0;

	(void)state;
	arena_init(&a);
	diff_words(SLICE("one two three four"), SLICE("one two five four"), &a,
	    &d);
	assert_int_equal(d.words_added, 1);
	assert_int_equal(d.words_removed, 1);
	diff_words(SLICE(S1 S2 S3), SLICE(S2 S3 S1), &a, &d);
	for (size_t i = 0; i < d.parts_n; i++)
		moved += d.parts[i].op == DIFF_MOVED;
	assert_int_equal(moved, 2);
	assert_int_equal(d.words_added, 0);
	assert_int_equal(d.words_removed, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hard_cases),
		cmocka_unit_test(diff_tells_moved_from_deleted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
