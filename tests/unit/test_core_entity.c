/* core: character references (WHATWG HTML, 13.2.5.72 to 13.2.5.80). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/entity.h"

#define FFFD "\xef\xbf\xbd"

static const struct {
	const char *in, *out;
} rows[] = {
	/* numbers */
	{"&#65;&#x41;&#X41;", "AAA"},
	{"&#65 &#x41g", "A Ag"}, /* the semicolon may lack */
	{"&#8217;", "\xe2\x80\x99"},
	{"&#x1F600;", "\xf0\x9f\x98\x80"},
	{"&#0;&#xD800;&#x110000;&#99999999999;", FFFD FFFD FFFD FFFD},
	{"&#128;&#150;&#x9f;", "\xe2\x82\xac\xe2\x80\x93\xc5\xb8"},
	{"a&#1;b&#xFFFE;c&#127;d", "abcd"}, /* never text */
	{"&#;&#x;&#xg;", "&#;&#x;&#xg;"},
	/* names */
	{"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
	{"&eacute;&Eacute;", "\xc3\xa9\xc3\x89"},
	{"&nbsp;", "\xc2\xa0"},
	{"&lang;", "\xe2\x9f\xa8"}, /* HTML 5's code point, not HTML 4's */
	{"&thetasym;&hellip;&mdash;", "\xcf\x91\xe2\x80\xa6\xe2\x80\x94"},
	{"&lpar;&NewLine;&ZeroWidthSpace;", "(\n\xe2\x80\x8b"},
	{"&AMP;&COPY;", "&\xc2\xa9"},
	/* without a semicolon: Latin-1 and & < > " alone, longest first */
	{"AT&ampT", "AT&T"},
	{"&copy2024", "\xc2\xa9" "2024"},
	{"&notit;", "\xc2\xacit;"},
	{"&frac12x", "\xc2\xbdx"},
	{"&mdash-", "&mdash-"},
	{"&apos", "&apos"},
	/* once, and what is none stays */
	{"&amp;lt;", "&lt;"},
	{"AT&T, R&D; Q&A", "AT&T, R&D; Q&A"},
	{"&nosuch; && & &", "&nosuch; && & &"},
	{"&AmP;", "&AmP;"},
	{"&averyveryverylongnamethatisnone;", "&averyveryverylongnamethatisnone;"},
	{"", ""},
};

static void references_are_decoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf sb = STRBUF_INIT;

		entity_decode(slice_of(rows[i].in), &sb);
		assert_string_equal(sb.p, rows[i].out);
		strbuf_release(&sb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_decoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
