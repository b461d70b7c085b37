/* store: texts that are kept from batch to batch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "store/store.h"
#include "store/texts.h"

static const struct hash128 hash = {{1, 2, 3}};
static struct arena batch;
static size_t made;

static struct text *make(struct arena *a, struct slice title,
    struct slice summary, struct slice body)
{
	struct text *t = arena_zalloc(a, 1, sizeof(*t));

	(void)title, (void)summary, (void)body;
	made++;
	return t;
}

static const struct store_tools tools = {.text = make};

static struct j_text read_it(struct texts *x, struct hash128 h, struct slice title,
    struct slice summary, struct slice body)
{
	struct j_text t = {.title = title, .summary = summary, .body = body};

	texts_read(x, &tools, &batch, h, &t);
	assert_true(hash128_eq(t.text->hash, h));
	assert_true(slice_eq(t.title, title) && slice_eq(t.body, body));
	assert_ptr_not_equal(t.body.p, body.p); /* the row goes */
	return t;
}

static void the_same_print_is_made_once(void **state)
{
	struct texts *x = texts_new();
	struct slice title = SLICE("Title"), body = SLICE("Body.");
	struct j_text a = read_it(x, hash, title, SLICE_NONE, body);
	struct j_text b = read_it(x, hash, title, SLICE_NONE, body);

	(void)state;
	assert_ptr_equal(a.text, b.text);
	assert_int_equal(made, 1);
	texts_free(x);
}

/* A row that was erased keeps its hash, another print of a text has it too. */
static void another_print_is_another_text(void **state)
{
	static const struct {
		struct hash128 hash;
		const char *title, *summary, *body;
	} rows[] = {
		{{{1, 2, 3}}, "Title", NULL, "Body."},
		{{{1, 2, 3}}, "TITLE", NULL, "Body."},
		{{{1, 2, 3}}, "Title", "", "Body."},
		{{{1, 2, 3}}, "Title", NULL, ""},
		{{{1, 2, 3, 0, 0, 0, 0, 0, 9}}, "Title", NULL, "Body."},
	};
	struct texts *x = texts_new();

	(void)state;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			read_it(x, rows[i].hash, slice_of(rows[i].title),
			    rows[i].summary ? slice_of(rows[i].summary) :
			    SLICE_NONE, slice_of(rows[i].body));
	assert_int_equal(made, ARRAY_LEN(rows));
	texts_free(x);
}

static void too_much_is_forgotten_between_batches(void **state)
{
	struct texts *x = texts_new();
	struct slice body = {xcalloc(1, 40 << 20), 40 << 20};

	(void)state;
	read_it(x, hash, SLICE("Title"), SLICE_NONE, body);
	texts_trim(x);
	read_it(x, hash, SLICE("Title"), SLICE_NONE, body);
	assert_int_equal(made, 1);
	read_it(x, hash, SLICE("Other"), SLICE_NONE, body);
	texts_trim(x);
	read_it(x, hash, SLICE("Title"), SLICE_NONE, body);
	assert_int_equal(made, 3);
	texts_free(x);
	free((char *)body.p);
}

static void without_them_each_is_read_for_itself(void **state)
{
	(void)state;
	read_it(NULL, hash, SLICE("Title"), SLICE_NONE, SLICE("Body."));
	read_it(NULL, hash, SLICE("Title"), SLICE_NONE, SLICE("Body."));
	assert_int_equal(made, 2);
	texts_trim(NULL);
	texts_free(NULL);
}

static int begin(void **state)
{
	(void)state;
	made = 0;
	arena_init(&batch);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&batch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_print_is_made_once,
		    begin, end),
		cmocka_unit_test_setup_teardown(another_print_is_another_text,
		    begin, end),
		cmocka_unit_test_setup_teardown(
		    too_much_is_forgotten_between_batches, begin, end),
		cmocka_unit_test_setup_teardown(
		    without_them_each_is_read_for_itself, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
