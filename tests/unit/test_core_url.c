/* core: URLs by the WHATWG standard, their keys, addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/address.h"
#include "core/url.h"

static void hrefs(void **state)
{
	static const struct {
		const char *in, *base, *href; /* NULL: refused */
	} rows[] = {
		{"HTTP://EXAMPLE.com:80/a/../b?x#y", NULL,
		    "http://example.com/b?x#y"},
		{"../c", "http://example.com/a/b/d", "http://example.com/a/c"},
		{"//other.test/x", "https://example.com/", "https://other.test/x"},
		{"http://2130706433/", NULL, "http://127.0.0.1/"},
		{"http://0x7f.1/", NULL, "http://127.0.0.1/"},
		{"http://[::ffff:127.0.0.1]/", NULL, "http://[::ffff:7f00:1]/"},
		{"http://a b/", NULL, NULL},
		{"http://", NULL, NULL},
		{"/x", NULL, NULL},
		{"http://example.com/a b", NULL, "http://example.com/a%20b"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		struct url base, u;
		struct arena a;
		int rc;

		arena_init(&a);
		if (rows[i].base)
			assert_int_equal(url_parse(slice_of(rows[i].base), NULL,
			    &a, &base, &err), 0);
		rc = url_parse(slice_of(rows[i].in), rows[i].base ? &base :
		    NULL, &a, &u, &err);
		assert_int_equal(rc, rows[i].href ? 0 : -1);
		if (rows[i].href)
			assert_string_equal(u.href.p, rows[i].href);
		else
			assert_int_equal(err.code, E_INVALID_URL);
		arena_release(&a);
	}
}

static void keys_of_one_page_are_equal(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{"http://www.example.com/a/", "https://example.com/a", true},
		{"https://example.com/a?utm_source=x&id=3",
		    "https://example.com/a?id=3", true},
		{"https://example.com/a?b=1&a=2", "https://example.com/a?a=2&b=1",
		    true},
		{"https://m.example.com/a/amp", "https://example.com/a", true},
		{"https://example.com/a?id=3", "https://example.com/a?id=4",
		    false},
		{"https://example.com/a", "https://example.com/A", false},
		{"https://example.com:8443/a", "https://example.com/a", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct url x, y;
		struct arena a;

		arena_init(&a);
		assert_int_equal(url_parse(slice_of(rows[i].a), NULL, &a, &x,
		    NULL), 0);
		assert_int_equal(url_parse(slice_of(rows[i].b), NULL, &a, &y,
		    NULL), 0);
		assert_int_equal(slice_eq(url_key(&x, &a), url_key(&y, &a)),
		    rows[i].same);
		arena_release(&a);
	}
}

static void what_may_be_fetched(void **state)
{
	static const struct {
		const char *url;
		enum code code;
	} rows[] = {
		{"http://example.com/", E_NONE},
		{"file:///etc/passwd", E_FORBIDDEN_SCHEME},
		{"ftp://example.com/", E_FORBIDDEN_SCHEME},
		{"javascript:alert(1)", E_FORBIDDEN_SCHEME},
		{"http://example.com:22/", E_FORBIDDEN_PORT},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		struct arena a;
		struct url u;

		arena_init(&a);
		assert_int_equal(url_parse(slice_of(rows[i].url), NULL, &a, &u,
		    NULL), 0);
		assert_int_equal(url_check_fetch(&u, &err),
		    rows[i].code ? -1 : 0);
		assert_int_equal(err.code, rows[i].code);
		arena_release(&a);
	}
}

static void public_addresses(void **state)
{
	static const struct {
		const char *text;
		bool public;
	} rows[] = {
		{"8.8.8.8", true}, {"127.0.0.1", false}, {"10.1.2.3", false},
		{"172.16.0.1", false}, {"172.32.0.1", true},
		{"192.168.1.1", false}, {"169.254.169.254", false},
		{"100.64.0.1", false}, {"0.0.0.0", false}, {"224.0.0.1", false},
		{"::1", false}, {"fe80::1", false}, {"fc00::1", false},
		{"::ffff:127.0.0.1", false}, {"::ffff:8.8.8.8", true},
		{"64:ff9b::7f00:1", false}, {"2002:7f00:1::", false},
		{"2606:4700::1111", true}, {"2001:db8::1", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct address a;

		assert_int_equal(address_parse(slice_of(rows[i].text), &a), 0);
		if (address_is_public(&a) != rows[i].public)
			fail_msg("%s", rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hrefs),
		cmocka_unit_test(keys_of_one_page_are_equal),
		cmocka_unit_test(what_may_be_fetched),
		cmocka_unit_test(public_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
