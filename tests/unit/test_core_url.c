/* core: URLs by the WHATWG standard, their keys, addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/address.h"
#include "core/strbuf.h"
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
		{" \thttps:\\\\e.com\\a\n ", NULL, "https://e.com/a"},
		{"http://u:p:q@e.com:8080/", NULL, "http://u:p%3Aq@e.com:8080/"},
		{"http://u@@e.com/", NULL, "http://u%40@e.com/"},
		{"http://fa\xc3\x9f.de/", NULL, "http://xn--fa-hia.de/"},
		{"http://%45.com/%7e", NULL, "http://e.com/%7e"},
		/* UTS 46 takes symbols; RFC 3492 writes them */
		{"http://%e2%98%83.net/", NULL, "http://xn--n3h.net/"},
		{"http://I\xe2\x9d\xa4\xef\xb8\x8f.ws/", NULL,
		    "http://xn--i-7iq.ws/"},
		{"http://\xe2\x98\x83.fa\xc3\x9f.de/", NULL,
		    "http://xn--n3h.xn--fa-hia.de/"},
		{"http://\xe2\x98\x83\xe2\x80\x8b\xe2\x98\x83/", NULL,
		    "http://xn--n3ha/"},
		{"http://a\xef\xbf\xbd/", NULL, NULL},
		{"http://\xe2\x98\x83\xef\xb7\x90/", NULL, NULL},
		{"http://e.com/%2e%2E/x", NULL, "http://e.com/x"},
		{"http://[2001:DB8::0:1]:81/", NULL, "http://[2001:db8::1]:81/"},
		{"http://[1::2::3]/", NULL, NULL},
		{"http://1.2.3.08/", NULL, NULL},
		{"http://256.256.256.256/", NULL, NULL},
		{"http://4294967296/", NULL, NULL},
		{"http://foo.0x/", NULL, NULL},
		{"http://e.com:65536/", NULL, NULL},
		{"http://e.com:/", NULL, "http://e.com/"},
		{"http:x", "http://e.com/a/b", "http://e.com/a/x"},
		{"?q", "http://e.com/a?b#c", "http://e.com/a?q"},
		{"#f", "http://e.com/a?b#c", "http://e.com/a?b#f"},
		{"", "http://e.com/a?b#c", "http://e.com/a?b"},
		{"http://e.com/?'", NULL, "http://e.com/?%27"},
		{"javascript:alert('x')", NULL, "javascript:alert('x')"},
		{"x", "mailto:a@b", NULL},
		{"#x", "mailto:a@b", "mailto:a@b#x"},
		{"web+x:/..//p", NULL, "web+x:/.//p"},
		{"file:c|/x/../..", NULL, "file:///c:/"},
		{"//server/file", "file:///mock/path", "file://server/file"},
		{"FTP://e.com:21/x", NULL, "ftp://e.com/x"},
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

/* url.spec.whatwg.org, 3.2 and 4.4: NUL is a byte like others. */
static void nul_ends_nothing(void **state)
{
	struct arena a;
	struct url u;

	(void)state;
	arena_init(&a);
	assert_int_equal(url_parse(SLICE("http://a\0b/"), NULL, &a, &u, NULL),
	    -1);
	assert_int_equal(url_parse(SLICE("http://\xc3\xa9\0b/"), NULL, &a, &u,
	    NULL), -1);
	assert_int_equal(url_parse(SLICE("http://x/\0y?\0z#\0"), NULL, &a, &u,
	    NULL), 0);
	assert_string_equal(u.href.p, "http://x/%00y?%00z#");
	assert_int_equal(url_parse(SLICE("http://x/\0y?\0z#\0w"), NULL, &a, &u,
	    NULL), 0);
	assert_string_equal(u.href.p, "http://x/%00y?%00z#%00w");
	arena_release(&a);
}

/* A megabyte is no reason to be slow or to fail. */
static void long_input_is_linear(void **state)
{
	static const char *const starts[] = {"http://e.com", "http://", "http:"};
	static const char *const units[] = {"/../a", "@", ":", "[", "?a&", "%",
	    "\xc3\xa9", "1.", "/"};
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(starts) * ARRAY_LEN(units); i++) {
		const char *unit = units[i / ARRAY_LEN(starts)];
		struct arena a;
		struct url u;

		arena_init(&a);
		strbuf_reset(&sb);
		strbuf_adds(&sb, starts[i % ARRAY_LEN(starts)]);
		while (sb.n < 200000)
			strbuf_adds(&sb, unit);
		if (!url_parse(strbuf_slice(&sb), NULL, &a, &u, NULL))
			url_key(&u, &a);
		arena_release(&a);
	}
	strbuf_release(&sb);
}

static void registrable_domains(void **state)
{
	static const char *const rows[][2] = {
		{"news.example.co.uk", "example.co.uk"},
		{"example.com", "example.com"}, {"a.b.wire.test", "a.b.wire.test"},
		{"127.0.0.1", "127.0.0.1"}, {"[::1]", "[::1]"},
		{"localhost", "localhost"},
	};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(host_registrable(slice_of(rows[i][0]),
		    &a).p, rows[i][1]);
	assert_true(host_is_test(SLICE("x.TEST")));
	assert_false(host_is_test(SLICE("xtest")));
	arena_release(&a);
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
		{"https://en.m.wikipedia.org/wiki/X", "http://en.wikipedia.org/"
		    "wiki/X#top", true},
		{"https://m.co.uk/a", "https://www.co.uk/a", false},
		{"https://amp.wire.test/a", "https://wire.test/a", true},
		{"https://www.google.com/amp/s/www.e.com/a?amp",
		    "https://e.com/a", true},
		{"https://www-e-com.cdn.ampproject.org/c/s/www.e.com/a.amp",
		    "https://e.com/a", true},
		{"https://e.com/amp/a", "https://e.com/a", true},
		{"https://e.com/amp", "https://e.com/", false},
		{"https://e.com/%7Ea%c3%a9", "https://e.com/~a%C3%A9", true},
		{"https://e.com/a%2Fb", "https://e.com/a/b", false},
		{"https://e.com/index.php?id=1", "https://e.com/?id=1", true},
		{"https://e.com/a;jsessionid=0A1", "https://e.com/a", true},
		{"https://e.com/a?sid=0123456789abcdef", "https://e.com/a", true},
		{"https://e.com/a?sid=77", "https://e.com/a", false},
		{"https://e.com/a?ref=rss", "https://e.com/a", true},
		{"https://e.com/a?ref=77", "https://e.com/a", false},
		{"https://e.com/?p=1", "https://e.com/?p=2", false},
		{"https://e.com/a?x=1&x=2", "https://e.com/a?x=2&x=1", false},
		{"https://u:p@e.com./a", "https://e.com/a", true},
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
		cmocka_unit_test(nul_ends_nothing),
		cmocka_unit_test(long_input_is_linear),
		cmocka_unit_test(registrable_domains),
		cmocka_unit_test(keys_of_one_page_are_equal),
		cmocka_unit_test(what_may_be_fetched),
		cmocka_unit_test(public_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
