/* core: who we say that we are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/agent.h"

static void the_token_is_part_of_what_is_sent(void **state)
{
	static const struct {
		const char *agent, *token; /* NULL: refused */
	} rows[] = {
		{"Dateline/0.1.0 (+a@b.example)", "Dateline"},
		{"MyBot/2.0", "MyBot"}, {"MyBot", "MyBot"},
		{"my-news_bot 3", "my-news_bot"},
		{"Mozilla/5.0 (compatible; MyBot/2.0; +http://a.example)",
		    "MyBot"},
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
		    "(compatible;MyBot)", "MyBot"},
		{"Mozilla/5.0 (X11; Linux x86_64)", NULL},
		{"Mozilla/5.0 (compatible; )", NULL},
		{"", NULL}, {"/2.0", NULL}, {"Bot2/1.0", NULL},
		{"2Bot", NULL}, {" MyBot", NULL}, {"M\xc3\xbc" "bot/1", NULL},
		{"MyBot/2.0\r\nX-Evil: 1", NULL}, {"MyBot\t1", NULL},
		{"MyBot/1\x7f", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice token = SLICE("");
		struct err err = {0};
		int rc = agent_token(rows[i].agent, &token, &err);

		assert_int_equal(rc, rows[i].token ? 0 : -1);
		assert_int_equal(err.code, rows[i].token ? E_NONE : E_CONFIG);
		if (rows[i].token)
			assert_true(slice_is(token, rows[i].token));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_token_is_part_of_what_is_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
