/* story: shingles and sketches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "story/story.h"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct sketch sketch_of(const char *body, const bool *skip)
{
	struct sketch s;

	sketch_make(text_new(&arena, SLICE_NONE, SLICE_NONE, slice_of(body)),
	    skip, &arena, &s);
	return s;
}

static bool same(struct sketch a, struct sketch b)
{
	return a.all_n == b.all_n && a.kept_n == b.kept_n &&
	    (!a.all_n || !memcmp(a.all, b.all, a.all_n * sizeof(*a.all)));
}

static void shingles_are_sets_of_three_words(void **state)
{
	static const struct {
		const char *body;
		size_t all;
	} rows[] = {
		{"", 0}, {"one", 1}, {"one two", 1}, {"one two three", 1},
		{"one two three four", 2},
		{"a b c a b c a b c", 3}, /* abc bca cab */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sketch s = sketch_of(rows[i].body, NULL);

		assert_int_equal(s.all_n, rows[i].all);
		assert_int_equal(s.kept_n, rows[i].all);
	}
}

static void case_and_punctuation_are_no_part(void **state)
{
	(void)state;
	assert_true(same(sketch_of("Talks began, he said.", NULL),
	    sketch_of("talks BEGAN he said", NULL)));
	assert_true(same(sketch_of("\xc3\x89tats unis ont", NULL),
	    sketch_of("\xc3\xa9tats UNIS ont", NULL)));
	assert_false(same(sketch_of("talks began he said", NULL),
	    sketch_of("talks began she said", NULL)));
}

static void skipped_sentences_leave_no_trace(void **state)
{
	const bool skip[] = {false, true, false};

	(void)state;
	assert_true(same(sketch_of("One two three. Not this one. Four five.",
	    skip), sketch_of("One two three. Four five.", NULL)));
}

static bool kept_in(const struct sketch *s, uint64_t hash)
{
	for (size_t i = 0; i < s->kept_n; i++)
		if (s->kept[i] == hash)
			return true;
	return false;
}

/* 1 in 8, and no fewer than 24: the least hashes; and 10 of the lead. In
 * order. */
static void a_sketch_is_the_least_of_all(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct sketch s;

	(void)state;
	for (int i = 0; i < 100; i++)
		strbuf_addf(&sb, "w%d ", i);
	s = sketch_of(sb.p, NULL);
	assert_int_equal(s.all_n, 98);
	assert_in_range(s.kept_n, SKETCH_LEAST + 1, SKETCH_LEAST + 12);
	for (size_t i = 0; i < SKETCH_LEAST; i++)
		assert_true(kept_in(&s, s.all[i]));
	for (int i = 100; i < 8002; i++)
		strbuf_addf(&sb, "w%d ", i);
	s = sketch_of(sb.p, NULL);
	assert_int_equal(s.all_n, 8000);
	/* binomial: 1000 expected, sigma 30 */
	assert_in_range(s.kept_n, 850, 1150);
	for (size_t i = 1; i < s.kept_n; i++)
		assert_true(s.kept[i - 1] < s.kept[i]);
	for (size_t i = 1; i < s.all_n; i++)
		assert_true(s.all[i - 1] < s.all[i]);
	strbuf_release(&sb);
}

/* A flash of 20 words is found beside any of 50 stories of 600 words that
 * begin with it, one word changed: the lookup wants three in common; of the
 * lead's first 5 all are there. */
static void a_flash_is_found_in_its_story(void **state)
{
	(void)state;
	for (int k = 0; k < 50; k++) {
		struct strbuf flash = STRBUF_INIT, full = STRBUF_INIT;
		struct sketch a, b;
		size_t n = 0;

		for (int i = 0; i < 20; i++)
			strbuf_addf(&flash, "f%dw%d ", k, i);
		for (int i = 0; i < 600; i++)
			strbuf_addf(&full, "f%dw%d ", k, i == 9 ? 999 : i);
		a = sketch_of(flash.p, NULL);
		b = sketch_of(full.p, NULL);
		for (size_t i = 0; i < a.kept_n; i++)
			n += kept_in(&b, a.kept[i]);
		assert_in_range(n, 5, 18);
		strbuf_release(&flash);
		strbuf_release(&full);
	}
}

static struct sketch titled(const char *title, const char *body)
{
	struct sketch s;

	sketch_make(text_new(&arena, slice_of(title), SLICE_NONE,
	    slice_of(body)), NULL, &arena, &s);
	return s;
}

/* What shared hashes are worth to a. */
static size_t shared(const struct sketch *a, const struct sketch *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->kept_n; i++)
		if (kept_in(b, a->kept[i]))
			n += sketch_worth(a, a->kept[i]);
	return n;
}

/* Seven words, five of which begin the story, whatever their hashes. */
static void a_short_flash_is_found_in_its_story(void **state)
{
	(void)state;
	for (int k = 0; k < 50; k++) {
		struct strbuf flash = STRBUF_INIT, full = STRBUF_INIT;
		struct sketch a, b;

		for (int i = 0; i < 5; i++)
			strbuf_addf(&flash, "f%dw%d ", k, i);
		strbuf_addf(&flash, "officials said");
		for (int i = 0; i < 600; i++)
			strbuf_addf(&full, "f%dw%d ", k, i);
		a = sketch_of(flash.p, NULL);
		b = sketch_of(full.p, NULL);
		assert_in_range(shared(&a, &b), 3, 3);
		strbuf_release(&flash);
		strbuf_release(&full);
	}
}

/* The headline alone makes a candidate, in any house's case and behind any
 * agency's tag; a column's name does not. */
static void a_headline_is_one_hash(void **state)
{
	struct sketch a = titled("Prime minister Orlo resigns - state TV",
	    "State television said so."), b;

	(void)state;
	b = titled("UPDATE 2-PRIME MINISTER ORLO RESIGNS - STATE TV",
	    "Davin Orlo stepped down on Monday after a lost vote.");
	assert_true(a.title);
	assert_int_equal(shared(&a, &b), TITLE_HASHES);
	assert_int_equal(shared(&b, &a), TITLE_HASHES);
	assert_false(kept_in(&(struct sketch){.kept = a.all,
	    .kept_n = a.all_n}, a.title));
	assert_true(titled("Prime minister Orlo stays", "x").title != a.title);
	assert_false(titled("Business", "x").title);
	assert_false(titled("", "x").title);
}

static void runs_are_counted_in_words(void **state)
{
	static const struct {
		const char *text, *of;
		size_t most, run;
	} rows[] = {
		{"a b c d e", "a b c d e", 40, 5},
		{"a b c d e", "a b c d e", 4, 4},
		{"x a b c y", "a b c d e", 40, 3},
		{"a b x d e", "a b c d e", 40, 0}, /* two words are no shingle */
		{"", "a b c", 40, 0},
		{"a b c", "", 40, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sketch of = sketch_of(rows[i].of, NULL);
		struct text *t = text_new(&arena, SLICE_NONE, SLICE_NONE,
		    slice_of(rows[i].text));
		uint64_t hash[8];
		struct wording w = {.hash = hash};

		sketch_words(t, NULL, &w);
		assert_int_equal(sketch_run(hash, w.n, &of, rows[i].most),
		    rows[i].run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    shingles_are_sets_of_three_words, begin, end),
		cmocka_unit_test_setup_teardown(
		    case_and_punctuation_are_no_part, begin, end),
		cmocka_unit_test_setup_teardown(
		    skipped_sentences_leave_no_trace, begin, end),
		cmocka_unit_test_setup_teardown(a_sketch_is_the_least_of_all,
		    begin, end),
		cmocka_unit_test_setup_teardown(a_flash_is_found_in_its_story,
		    begin, end),
		cmocka_unit_test_setup_teardown(
		    a_short_flash_is_found_in_its_story, begin, end),
		cmocka_unit_test_setup_teardown(a_headline_is_one_hash,
		    begin, end),
		cmocka_unit_test_setup_teardown(runs_are_counted_in_words,
		    begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
