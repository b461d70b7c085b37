/* story: word-level changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "story/story.h"

#define S1 "Ministers opened talks in Port Halden on Tuesday. "
#define S2 "Her delegation had come with a mandate to sign. "
#define S3 "The strait has been closed to trawlers since January. "

/* Parts as "=same +added -deleted <moved from >moved to", without their trailing
 * space. */
static void show(const struct diff *d, struct strbuf *to)
{
	for (size_t i = 0; i < d->parts_n; i++) {
		struct slice s = slice_trim(d->parts[i].text);

		strbuf_addf(to, "%s%c%.*s", i ? "|" : "",
		    "=+-<>"[d->parts[i].op], SLICE_FMT(s));
	}
}

static const struct {
	const char *old, *new, *parts;
	size_t added, removed;
} rows[] = {
	{"", "", "", 0, 0},
	{"", "a b", "+a b", 2, 0},
	{"a b", "", "-a b", 0, 2},
	{"one two three four", "one two five four",
	    "=one two|-three|+five|=four", 1, 1},
	{"one two", "one two three", "=one two|+three", 1, 0},
	/* white space and paragraphs are no change */
	{"One  two.\n\nThree.", "One two. Three.", "=One two. Three.", 0, 0},
	/* a dash is no word */
	{"he said", "he - said", "=he|+-|=said", 0, 0},
	/* a sentence that moved whole */
	{S1 S2 S3, S2 S3 S1,
	    "<Ministers opened talks in Port Halden on Tuesday.|="
	    "Her delegation had come with a mandate to sign. "
	    "The strait has been closed to trawlers since January.|>"
	    "Ministers opened talks in Port Halden on Tuesday.", 0, 0},
	/* a word corrected in the middle sentence of three */
	{S1 S2 S3, S1 "Her delegation had come with a plan to sign. " S3,
	    "=Ministers opened talks in Port Halden on Tuesday. "
	    "Her delegation had come with a|-mandate|+plan|=to sign. "
	    "The strait has been closed to trawlers since January.", 1, 1},
	/* another sentence is no salad of "the" and "to" */
	{S3, "Harbour unions called the draft a surrender to foreign fleets.",
	    "-The strait has been closed to trawlers since January.|+"
	    "Harbour unions called the draft a surrender to foreign fleets.",
	    10, 9},
	/* letters that are words, the stop and the quote behind them none */
	{"部长周二开始会谈。谈判代表称“好”。", "部长周三开始会谈。谈判代表称“好”。",
	    "=部长周|-二|+三|=开始会谈。谈判代表称“好”。", 1, 1},
	{"来自GDP增长5%。", "来自GDP增长6%。", "=来自GDP增长|-5%。|+6%。", 1, 1},
	{"ที่นี่", "ที่นั่น", "=ที่|-นี่|+นั่น", 2, 1},
	/* a sentence that moved */
	{"两国部长周二开始会谈。谈判代表称草案分配配额。海峡一直禁止通行。",
	    "谈判代表称草案分配配额。海峡一直禁止通行。两国部长周二开始会谈。",
	    "<两国部长周二开始会谈。|=谈判代表称草案分配配额。海峡一直禁止通行。|"
	    ">两国部长周二开始会谈。", 0, 0},
	/* one that moved, with a word changed */
	{S1 S2 S3, S2 S3 "Ministers opened talks in Port Halden on Friday.",
	    "<Ministers opened talks in Port Halden on|-Tuesday.|="
	    "Her delegation had come with a mandate to sign. "
	    "The strait has been closed to trawlers since January.|>"
	    "Ministers opened talks in Port Halden on|+Friday.", 1, 1},
	{S1 S2 S3, S2 "Ministers had opened talks in Port Halden on Tuesday. " S3,
	    "<Ministers opened talks in Port Halden on Tuesday.|="
	    "Her delegation had come with a mandate to sign.|>"
	    "Ministers|+had|>opened talks in Port Halden on Tuesday.|="
	    "The strait has been closed to trawlers since January.", 1, 0},
	{"两国部长周二开始会谈。谈判代表称草案分配配额。海峡一直禁止通行。",
	    "谈判代表称草案分配配额。海峡一直禁止通行。两国部长周三开始会谈。",
	    "<两国部长周|-二|<开始会谈。|=谈判代表称草案分配配额。海峡一直禁止通行。|"
	    ">两国部长周|+三|>开始会谈。", 1, 1},
	/* two that changed and changed places: the longer one stays */
	{S1 S2, "Her delegation had come with a plan to sign. "
	    "Ministers opened talks in Port Halden on Friday.",
	    "<Ministers opened talks in Port Halden on|-Tuesday.|="
	    "Her delegation had come with a|-mandate|+plan|=to sign.|>"
	    "Ministers opened talks in Port Halden on|+Friday.", 2, 2},
	/* of two alike the nearer one; the other is new */
	{S1 S2, "Ministers closed talks in Port Halden on Friday. " S2
	    "Ministers opened talks in Port Halden on Monday.",
	    "<Ministers opened talks in Port Halden on|-Tuesday.|+"
	    "Ministers closed talks in Port Halden on Friday.|="
	    "Her delegation had come with a mandate to sign.|>"
	    "Ministers opened talks in Port Halden on|+Monday.", 9, 1},
	/* as near: the one in its place */
	{S2 S1, "Ministers opened talks in Port Halden on Friday. " S2
	    "Ministers opened talks in Port Halden on Monday.",
	    "+Ministers opened talks in Port Halden on Friday.|="
	    "Her delegation had come with a mandate to sign. "
	    "Ministers opened talks in Port Halden on|-Tuesday.|+Monday.", 9, 1},
	/* four words of eight: another sentence */
	{S1 S2 S3, S2 S3 "Ministers closed talks in Port Larvik last Friday.",
	    "-Ministers opened talks in Port Halden on Tuesday.|="
	    "Her delegation had come with a mandate to sign. "
	    "The strait has been closed to trawlers since January.|+"
	    "Ministers closed talks in Port Larvik last Friday.", 8, 8},
};

static void changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;
		struct arena a;
		struct diff d;

		arena_init(&a);
		diff_words(slice_of(rows[i].old), slice_of(rows[i].new), &a,
		    &d);
		show(&d, &sb);
		assert_string_equal(sb.p, rows[i].parts);
		assert_int_equal(d.words_added, rows[i].added);
		assert_int_equal(d.words_removed, rows[i].removed);
		strbuf_release(&sb);
		arena_release(&a);
	}
}

/* Whatever came, old is same, deleted and moved parts; new the others. */
static void parts_make_both_texts_again(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct strbuf text[2] = {STRBUF_INIT, STRBUF_INIT};
		size_t words[2] = {0}, same = 0;
		struct arena a;
		struct diff d;

		for (int k = 0; k < 2; k++)
			for (int i = 0; i < 60; i++) {
				seed = seed * 1103515245u + 12345u;
				strbuf_addf(&text[k], "%c%s",
				    'a' + (int)(seed >> 16) % 6,
				    (seed >> 24) % 7 ? " " : ". A ");
			}
		arena_init(&a);
		diff_words(strbuf_slice(&text[0]), strbuf_slice(&text[1]), &a,
		    &d);
		for (int k = 0; k < 2; k++)
			for (size_t i = 0; i < text[k].n; i++)
				words[k] += text[k].p[i] == ' ';
		for (size_t i = 0; i < d.parts_n; i++)
			for (size_t c = 0; c < d.parts[i].text.n; c++)
				same += d.parts[i].text.p[c] == ' ' &&
				    (d.parts[i].op == DIFF_SAME ||
				    d.parts[i].op >= DIFF_MOVED_FROM) ? 1 +
				    (d.parts[i].op == DIFF_SAME) : 0;
		/* same words stand in both, moved ones once in each */
		assert_int_equal(words[0] + words[1], same + d.words_added +
		    d.words_removed);
		arena_release(&a);
		strbuf_release(&text[0]);
		strbuf_release(&text[1]);
	}
}

/* A table turned upside down, each line edited: no lines of more than 128 are
 * looked for. */
static void edited_moves_are_bounded(void **state)
{
	(void)state;
	for (int lines = 128; lines <= 129; lines++) {
		struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
		size_t moved = 0;
		struct arena a;
		struct diff d;

		for (int i = 0; i < lines; i++) {
			strbuf_addf(&old, "O%d p%d q%d r%d s%d t%d u%d old. ", i,
			    i, i, i, i, i, i);
			strbuf_addf(&new, "O%d p%d q%d r%d s%d t%d u%d new. ",
			    lines - 1 - i, lines - 1 - i, lines - 1 - i,
			    lines - 1 - i, lines - 1 - i, lines - 1 - i,
			    lines - 1 - i);
		}
		arena_init(&a);
		diff_words(strbuf_slice(&old), strbuf_slice(&new), &a, &d);
		for (size_t i = 0; i < d.parts_n; i++)
			moved += d.parts[i].op == DIFF_MOVED_TO;
		assert_int_equal(moved, lines == 128 ? 127 : 0);
		arena_release(&a);
		strbuf_release(&old);
		strbuf_release(&new);
	}
}

/* A megabyte without anything in common ends at once, as replaced. */
static void long_texts_are_bounded(void **state)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct arena a;
	struct diff d;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		strbuf_addf(&old, "o%d ", i % 5000);
		strbuf_addf(&new, "n%d. ", i % 5000);
	}
	arena_init(&a);
	diff_words(strbuf_slice(&old), strbuf_slice(&new), &a, &d);
	assert_int_equal(d.words_added, 200000);
	assert_int_equal(d.words_removed, 200000);
	assert_int_equal(d.parts_n, 2);
	arena_release(&a);
	strbuf_release(&old);
	strbuf_release(&new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes),
		cmocka_unit_test(parts_make_both_texts_again),
		cmocka_unit_test(edited_moves_are_bounded),
		cmocka_unit_test(long_texts_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
