/* core/resolve: names by a name server of our own that also hangs and lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/clock.h"
#include "core/resolve.h"
#include "tests/unit/dns_server.h"

#define TIMEOUT_MS 700

static const struct dns_row rows[] = {
    {"a.test", DNS_ANSWERS, {"93.184.216.34", "10.0.0.1", "2600::1"}},
    {"v6.test", DNS_ANSWERS, {"2600::2"}},
    {"hangs.test", DNS_HANGS, {0}},
    {"fails.test", DNS_FAILS, {0}},
    {"lies.test", DNS_LIES, {"10.0.0.9"}},
    {"rubbish.test", DNS_RUBBISH, {"10.0.0.9"}},
    {"cut.test", DNS_CUTS, {"93.184.216.35"}},
    {"floods.test", DNS_FLOODS, {"93.184.216.36", "2600::3"}},
    {"turns.test", DNS_TURNS, {"93.184.216.37", "127.0.0.1"}},
    {"half.test", DNS_SILENT_AAAA, {"93.184.216.38"}},
    {"loops.test", DNS_LOOPS, {0}},
    {"empty.test", DNS_ANSWERS, {0}},
};

struct world {
	struct dns_server dns;
	struct resolver *r;
};

static void world_open(struct world *w)
{
	struct resolver_conf conf = {.timeout_ms = TIMEOUT_MS};
	struct err err = {0};

	dns_start(&w->dns, rows, ARRAY_LEN(rows));
	conf.servers = w->dns.conf;
	w->r = resolver_new(&conf, &err);
	assert_non_null(w->r);
}

static void world_close(struct world *w)
{
	resolver_free(w->r);
	dns_stop(&w->dns);
}

/* Drives until the next answer; it has to come. */
static void next(struct world *w, struct resolved *out)
{
	usec_t until = clock_monotonic() + 10 * USEC_SECOND;

	while (!resolver_next(w->r, out)) {
		struct pollfd p = {resolver_fd(w->r), POLLIN, 0};

		assert_true(clock_monotonic() < until);
		poll(&p, 1, resolver_wait_ms(w->r, 1000));
		resolver_tick(w->r);
	}
}

static void ask(struct world *w, const char *name, struct resolved *out)
{
	resolver_ask(w->r, slice_of(name), w);
	next(w, out);
	assert_ptr_equal(out->tag, w);
}

static bool has(const struct resolved *r, const char *text)
{
	char got[ADDRESS_TEXT];

	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(address_text(&r->addresses[i], got), text))
			return true;
	return false;
}

static void both_families_are_told(void **state)
{
	struct world w;
	struct resolved a;

	(void)state;
	world_open(&w);
	ask(&w, "a.test", &a);
	assert_int_equal(a.err.code, E_NONE);
	assert_int_equal(a.n, 3);
	assert_true(has(&a, "93.184.216.34") && has(&a, "10.0.0.1") &&
		    has(&a, "2600::1"));
	ask(&w, "v6.test", &a);
	assert_int_equal(a.n, 1);
	assert_true(has(&a, "2600::2"));
	world_close(&w);
}

static void what_servers_do_has_its_answer(void **state)
{
	static const struct {
		const char *name;
		enum code code;
		size_t n;
	} want[] = {
	    {"fails.test", E_DNS, 0},
	    {"none.test", E_DNS, 0},
	    {"empty.test", E_DNS, 0},
	    {"loops.test", E_DNS, 0},
	    {"lies.test", E_DNS, 0},
	    {"rubbish.test", E_DNS, 0},
	    {"hangs.test", E_DNS, 0},
	    {"cut.test", E_NONE, 1},
	    {"floods.test", E_NONE, RESOLVED_MAX},
	    {"half.test", E_NONE, 1},
	    {"A.TEST", E_NONE, 3},
	    {"a.test.", E_NONE, 3},
	    {"a..test", E_DNS, 0},
	};
	struct world w;

	(void)state;
	world_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		usec_t began = clock_monotonic();
		struct resolved a;

		ask(&w, want[i].name, &a);
		if (a.err.code != want[i].code || a.n != want[i].n)
			fail_msg("%s: %s %s, %zu addresses", want[i].name,
			    code_name(a.err.code), a.err.message, a.n);
		assert_true(clock_monotonic() - began <
			    (TIMEOUT_MS + 500) * INT64_C(1000));
	}
	world_close(&w);
}

static void a_name_that_hangs_keeps_no_other_waiting(void **state)
{
	usec_t began = clock_monotonic();
	char name[32], other;
	struct world w;
	struct resolved a;

	(void)state;
	world_open(&w);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "n%d.hangs.test", i);
		resolver_ask(w.r, slice_of(name), &other);
	}
	ask(&w, "a.test", &a);
	ask(&w, "half.test", &a);
	assert_int_equal(a.err.code, E_NONE);
	assert_true(clock_monotonic() - began < TIMEOUT_MS * INT64_C(800));
	for (int i = 0; i < 100; i++) {
		next(&w, &a);
		assert_ptr_equal(a.tag, &other);
		assert_int_equal(a.err.code, E_DNS);
	}
	assert_true(clock_monotonic() - began >= TIMEOUT_MS * INT64_C(1000));
	world_close(&w);
}

/* TTL 0: it is asked for once all the same, and the first answer holds. */
static void answers_are_kept_for_a_while(void **state)
{
	struct world w;
	struct resolved a;
	int asked;

	(void)state;
	world_open(&w);
	ask(&w, "turns.test", &a);
	assert_true(a.n == 1 && has(&a, "93.184.216.37"));
	ask(&w, "turns.test", &a);
	assert_true(a.n == 1 && has(&a, "93.184.216.37"));
	ask(&w, "none.test", &a);
	asked = w.dns.asked;
	assert_int_equal(asked, 4); /* A and AAAA of both */
	ask(&w, "none.test", &a);
	assert_int_equal(a.err.code, E_DNS);
	assert_int_equal(w.dns.asked, asked);
	world_close(&w);
}

static void localhost_is_never_asked_for(void **state)
{
	static const char *const names[] = {
	    "localhost", "LOCALHOST.", "x.y.localhost"};
	struct world w;
	struct resolved a;

	(void)state;
	world_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		ask(&w, names[i], &a);
		assert_true(a.n == 2 && has(&a, "127.0.0.1") && has(&a, "::1"));
	}
	assert_int_equal(w.dns.asked, 0);
	world_close(&w);
}

/* The machine's own name, if its file has one. */
static void hosts_file_comes_first(void **state)
{
	FILE *f = fopen("/etc/hosts", "r");
	char line[512], address[64], name[256] = "";
	struct in_addr v4;
	struct world w;
	struct resolved a;

	(void)state;
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%63s %255s", address, name) != 2 ||
		    inet_pton(AF_INET, address, &v4) != 1 ||
		    strstr(name, "localhost"))
			name[0] = '\0';
		else
			break;
	if (f)
		fclose(f);
	if (!name[0])
		skip();
	world_open(&w);
	ask(&w, name, &a);
	assert_true(has(&a, address));
	assert_int_equal(w.dns.asked, 0);
	world_close(&w);
}

static void bad_servers_are_refused(void **state)
{
	struct resolver_conf conf = {.servers = "not a server"};
	struct err err = {0};

	(void)state;
	assert_null(resolver_new(&conf, &err));
	assert_int_equal(err.code, E_CONFIG);
}

/* Names beyond what is kept push out those that hold no more, then all. */
static void many_names_are_bounded(void **state)
{
	struct world w;
	struct resolved a;
	char name[32];

	(void)state;
	world_open(&w);
	for (int i = 0; i < 12000; i++) {
		snprintf(name, sizeof(name), "n%d..test", i); /* no network */
		ask(&w, name, &a);
		assert_int_equal(a.err.code, E_DNS);
	}
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(both_families_are_told),
	    cmocka_unit_test(what_servers_do_has_its_answer),
	    cmocka_unit_test(a_name_that_hangs_keeps_no_other_waiting),
	    cmocka_unit_test(answers_are_kept_for_a_while),
	    cmocka_unit_test(localhost_is_never_asked_for),
	    cmocka_unit_test(hosts_file_comes_first),
	    cmocka_unit_test(bad_servers_are_refused),
	    cmocka_unit_test(many_names_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
