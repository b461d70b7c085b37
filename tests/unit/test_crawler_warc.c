/* WARC: what is written is read again; what is broken costs no more than
 * itself; what is erased leaves the rest where it was. */
#include "crawler/warc.h"
#include "crawler/warc_read.h"

#include "core/digest.h"
#include "core/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#define AT   INT64_C(1606378740000001) /* 2020-11-26T08:19:00.000001Z */

static struct clock fixed;

struct files {
	char dir[64], path[256];
	struct warc *w;
};

static int set_up(void **state)
{
	struct files *f = calloc(1, sizeof(*f));
	struct warc_conf conf = {.max_bytes = 1 << 20, .clock = &fixed,
	    .agent = "Dateline/0 (+test)"};

	assert_int_equal(clock_init(&fixed, "2020-11-26T08:19:00Z", NULL), 0);
	snprintf(f->dir, sizeof(f->dir), "/tmp/test-warc-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	conf.dir = f->dir;
	f->w = warc_new(&conf);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct files *f = *state;
	char command[128];

	warc_free(f->w);
	snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
	assert_int_equal(system(command), 0);
	free(f);
	return 0;
}

static struct warc_written put(struct files *f, const struct warc_visit *v)
{
	struct warc_written out;
	struct err err;

	assert_int_equal(warc_write(f->w, v, &out, &err), 0);
	assert_int_equal(warc_sync(f->w, &err), 0);
	snprintf(f->path, sizeof(f->path), "%s/%s", f->dir, out.place.file);
	return out;
}

static struct warc_visit page(const char *url, struct slice body)
{
	return (struct warc_visit){.url = slice_of(url), .at = AT,
	    .head = SLICE(HEAD "\r\n"), .body = body,
	    .fields = SLICE("outcome: article\r\n")};
}

/* Reads the file: types as letters, "!" for a code. */
static void read_all(FILE *f, char *types, struct strbuf *codes)
{
	struct warc_reader *r = warc_reader_new(f);
	struct warc_record rec;
	struct err err = {0};
	int rc, n = 0;

	while ((rc = warc_read(r, &rec, &err)) && n < 60) {
		types[n++] = rc < 0 ? '!' : ".irsvmqc"[rec.type];
		if (rc < 0)
			strbuf_addf(codes, "%s ", code_name(err.code));
	}
	types[n] = '\0';
	warc_reader_free(r);
}

static void check_file(const char *path, const char *types, const char *codes)
{
	FILE *f = fopen(path, "r");
	struct strbuf sb = STRBUF_INIT;
	char got[64];

	assert_non_null(f);
	read_all(f, got, &sb);
	assert_string_equal(got, types);
	assert_string_equal(sb.p, codes);
	strbuf_release(&sb);
	fclose(f);
}

static void check_bytes(struct slice bytes, const char *types,
    const char *codes)
{
	FILE *f = tmpfile();
	struct strbuf sb = STRBUF_INIT;
	char got[64];

	fwrite(bytes.p, 1, bytes.n, f);
	rewind(f);
	read_all(f, got, &sb);
	assert_string_equal(got, types);
	assert_string_equal(sb.p, codes);
	strbuf_release(&sb);
	fclose(f);
}

/* ---- writing ---------------------------------------------------------------- */

static void a_response_is_read_as_it_came(void **state)
{
	struct files *fs = *state;
	struct warc_visit v = page("http://a.test/1", SLICE("<p>one\0two</p>"));
	struct warc_written out;
	struct warc_record rec;
	struct warc_reader *r;
	struct err err;
	FILE *f;

	v.head = SLICE("HTTP/2 200 \r\nTransfer-Encoding: chunked\r\n"
	    "X-Odd:  two  \r\n\r\n");
	out = put(fs, &v);
	f = fopen(fs->path, "r");
	assert_int_equal(warc_read_at(f, out.place.offset, &r, &rec, &err), 0);
	assert_int_equal(rec.type, WARC_RESPONSE);
	assert_int_equal(rec.at, AT);
	assert_true(slice_is(rec.url, "http://a.test/1"));
	assert_true(slice_is(rec.payload_digest, out.digest));
	assert_true(slice_eq(rec.block, SLICE("HTTP/1.1 200 \r\n"
	    "X-Crawl-Transfer-Encoding: chunked\r\nX-Odd:  two  \r\n\r\n"
	    "<p>one\0two</p>")));
	warc_reader_free(r);
	fclose(f);
	check_file(fs->path, "irm", "");
}

static void digests_are_those_of_the_standard(void **state)
{
	/* RFC 3174, 7.3, TEST1: A9993E36 4706816A BA3E2571 7850C26C 9CD0D89D */
	const struct slice parts[] = {SLICE("a"), SLICE_NONE, SLICE("bc")};
	char text[DIGEST_TEXT];

	(void)state;
	assert_string_equal(digest_sha1(parts, 3, text),
	    "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
}

static void the_same_bytes_again_are_a_revisit(void **state)
{
	struct files *fs = *state;
	struct warc_visit v = page("http://a.test/1", SLICE("<p>same</p>"));
	struct warc_written first = put(fs, &v), again, other;
	struct warc_origin o = {.url = v.url, .at = AT, .id = first.id,
	    .digest = slice_of(first.digest)};
	struct warc_record rec;
	struct warc_reader *r;
	struct err err;
	FILE *f;

	v.at += USEC_HOUR;
	v.origin = &o;
	again = put(fs, &v);
	assert_true(again.revisit);
	v.body = SLICE("<p>other</p>");
	other = put(fs, &v);
	assert_false(other.revisit);
	v.unchanged = true;
	v.body = SLICE("");
	assert_true(put(fs, &v).revisit);
	f = fopen(fs->path, "r");
	assert_int_equal(warc_read_at(f, again.place.offset, &r, &rec, &err), 0);
	assert_int_equal(rec.type, WARC_REVISIT);
	assert_true(slice_is(rec.refers_to_url, "http://a.test/1"));
	assert_int_equal(rec.refers_to_at, AT);
	assert_true(slice_is(rec.payload_digest, first.digest));
	assert_true(slice_eq(rec.block, SLICE(HEAD "\r\n")));
	warc_reader_free(r);
	fclose(f);
	check_file(fs->path, "irmvmrmvm", "");
}

static void what_gave_no_answer_is_told(void **state)
{
	struct files *fs = *state;
	struct warc_visit v = {.url = SLICE("http://a.test/"), .at = AT,
	    .fields = SLICE("outcome: robots\r\n")};
	struct warc_written out = put(fs, &v);

	assert_string_equal(out.digest, "");
	check_file(fs->path, "im", "");
}

static void files_end_at_their_size_and_day(void **state)
{
	struct files *fs = *state;
	struct strbuf body = STRBUF_INIT;
	struct warc_visit v;
	struct warc_written a, b, c;

	for (uint64_t x = 1; body.n < 1 << 20;) { /* does not pack well */
		x = x * 6364136223846793005u + 1442695040888963407u;
		strbuf_add(&body, &x, sizeof(x));
	}
	v = page("http://a.test/1", strbuf_slice(&body));
	a = put(fs, &v);
	check_file(fs->path, "irm", "");
	v.body = SLICE("small");
	b = put(fs, &v);
	assert_string_not_equal(a.place.file, b.place.file);
	assert_int_equal(clock_init(&fixed, "2020-11-27T00:00:00Z", NULL), 0);
	c = put(fs, &v);
	assert_string_not_equal(b.place.file, c.place.file);
	assert_true(strcmp(a.place.file, b.place.file) < 0);
	assert_true(strcmp(b.place.file, c.place.file) < 0);
	strbuf_release(&body);
}

/* ---- erasing ---------------------------------------------------------------- */

static void read_file(const char *path, struct strbuf *to)
{
	FILE *f = fopen(path, "r");
	int c;

	while ((c = getc(f)) != EOF)
		strbuf_addc(to, (char)c);
	fclose(f);
}

static void a_file_that_is_gone_is_noticed(void **state)
{
	struct files *f = *state;
	struct warc_visit v = page("http://a.test/1", SLICE("one"));
	struct warc_written first = put(f, &v), out;
	char moved[300];
	struct err err = {0};

	assert_true(warc_is_of_here(slice_of(first.place.file)));
	assert_false(warc_is_of_here(SLICE("dateline-1-0-other.warc.gz")));
	assert_false(warc_is_of_here(SLICE("dateline.warc.gz")));
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(warc_write(f->w, &v, &out, &err), 0);
	assert_int_equal(warc_sync(f->w, &err), -1);
	assert_int_equal(err.code, E_NOT_FOUND);
	put(f, &v);
	check_file(f->path, "irm", "");
	/* another lies where it lay */
	snprintf(moved, sizeof(moved), "%s.moved", f->path);
	assert_int_equal(rename(f->path, moved), 0);
	fclose(fopen(f->path, "w"));
	assert_int_equal(warc_sync(f->w, &err), -1);
	put(f, &v);
	check_file(f->path, "irm", "");
}

static void erased_bytes_are_gone_and_the_rest_stays(void **state)
{
	struct files *fs = *state;
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT,
	    plain = STRBUF_INIT, body = STRBUF_INIT;
	struct warc_written out[4];
	struct err err;

	for (int i = 0; i < 4; i++) {
		struct warc_visit v;

		strbuf_reset(&body);
		for (unsigned k = 0; i != 3 && k < (i == 1 ? 40000u : 9u); k++)
			strbuf_addf(&body, "secret %x ", k * 2654435761u);
		v = page("http://a.test/1", strbuf_slice(&body));
		out[i] = put(fs, &v);
	}
	assert_string_equal(out[0].place.file, out[3].place.file);
	read_file(fs->path, &before);
	for (int i = 1; i < 4; i++)
		for (int again = 0; again < 2; again++)
			assert_int_equal(warc_erase(fs->path,
			    out[i].place.offset, &err), 0);
	read_file(fs->path, &after);
	assert_int_equal(before.n, after.n);
	assert_memory_equal(before.p, after.p, out[1].place.offset);
	assert_int_equal(zip_gunzip(strbuf_slice(&after), 1 << 26, &plain,
	    &err), 0);
	check_file(fs->path, "irmmmmmmm", "");
	/* 9 words of the first page alone */
	long hits = 0, at = -1;
	while ((at = slice_find(strbuf_slice(&plain), SLICE("secret "),
	    (size_t)(at + 1))) >= 0)
		hits++;
	assert_int_equal(hits, 9);
	assert_int_equal(warc_erase("/nowhere", 0, &err), -1);
	assert_int_equal(err.code, E_NOT_FOUND);
	assert_int_equal(warc_erase(fs->path, 1, &err), -1);
	strbuf_release(&before);
	strbuf_release(&after);
	strbuf_release(&plain);
	strbuf_release(&body);
}

static void filled_members_have_every_size(void **state)
{
	static char zeros[200000];
	struct slice head = SLICE("some head, some head");
	struct strbuf sb = STRBUF_INIT, back = STRBUF_INIT;
	struct err err;

	(void)state;
	for (size_t size = 40; size < 131200; size += size > 65500 &&
	    size < 65700 ? 1 : size > 130900 ? 1 : 997) {
		long n = zip_gzip_room(head, size);

		if (n < 0)
			continue;
		strbuf_reset(&sb);
		strbuf_reset(&back);
		zip_gzip_filled(head, (struct slice){zeros, (size_t)n}, size,
		    &sb);
		assert_int_equal(sb.n, size);
		assert_int_equal(zip_gunzip(strbuf_slice(&sb), sizeof(zeros),
		    &back, &err), 0);
		assert_int_equal(back.n, head.n + (size_t)n);
	}
	strbuf_release(&sb);
	strbuf_release(&back);
}

/* ---- reading ---------------------------------------------------------------- */

#define RECORD(type, block, n)                                                 \
	"WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: <http://a.test/>"  \
	"\r\nWARC-Date: 2020-11-26T08:19:00Z\r\nContent-Length: " n            \
	"\r\n\r\n" block "\r\n\r\n"
#define GOOD RECORD("response", "HTTP/1.0 200 OK\r\n\r\nhi", "21")

static void broken_records_cost_no_others(void **state)
{
	static const struct {
		const char *bytes, *types, *codes;
	} rows[] = {
		{"", "", ""},
		{GOOD GOOD, "rr", ""},
		{"no WARC at all", "!", "BAD_RECORD "},
		/* a file that was cut */
		{GOOD "WARC/1.0\r\nWARC-Ty", "r!", "TRUNCATED "},
		{GOOD "WARC/1.0\r\nContent-Length: 9\r\n\r\n1234", "r!",
		    "TRUNCATED "},
		{GOOD "WARC/1.0\r\nContent-Length: 4\r\n\r\n1234", "r.", ""},
		/* lengths that are none, too short, too long, beyond all */
		{RECORD("response", "x", "") GOOD, "!r", "BAD_RECORD "},
		{RECORD("response", "x", "-1") GOOD, "!r", "BAD_RECORD "},
		{RECORD("response", "xyz", "1") GOOD, "!r", "BAD_RECORD "},
		{RECORD("response", "xyz", "9") GOOD, "!r", "BAD_RECORD "},
		{RECORD("response", "x", "99999999999999999999") GOOD, "!r",
		    "BAD_RECORD "},
		{RECORD("response", "x", "9999999999") GOOD, "!r",
		    "TRUNCATED "},
		{"WARC/1.0\r\nno colon here\r\n\r\n" GOOD, "!r", "BAD_RECORD "},
		{"rubbish\r\n" GOOD "rubbish\r\n" GOOD, "!r!r",
		    "BAD_RECORD BAD_RECORD "},
		/* what we do not read is passed */
		{RECORD("continuation", "x", "1") RECORD("request", "x", "1")
		    GOOD, ".qr", ""},
	};
	struct strbuf gz = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slice s = slice_of(rows[i].bytes);

		check_bytes(s, rows[i].types, rows[i].codes);
		if (!s.n || slice_ifind(s, SLICE("99999"), 0) >= 0)
			continue;
		strbuf_reset(&gz); /* as a whole: the same, but for a cut */
		zip_gzip(s, &gz);
		if (strstr(rows[i].codes, "TRUNC") || strchr(rows[i].types,
		    '!'))
			continue;
		check_bytes(strbuf_slice(&gz), rows[i].types, rows[i].codes);
	}
	strbuf_release(&gz);
}

static void corrupt_members_cost_no_others(void **state)
{
	struct strbuf one = STRBUF_INIT, sb = STRBUF_INIT;
	size_t n;

	(void)state;
	zip_gzip(SLICE(GOOD), &one);
	n = one.n;
	for (size_t k = 0; k < n; k++) { /* each byte of the second in turn */
		char types[64];
		struct strbuf codes = STRBUF_INIT;
		FILE *f = tmpfile();

		strbuf_reset(&sb);
		for (int i = 0; i < 3; i++)
			strbuf_addsl(&sb, strbuf_slice(&one));
		sb.p[n + k] ^= 0x55;
		fwrite(sb.p, 1, sb.n, f);
		rewind(f);
		read_all(f, types, &codes);
		/* time, flags' hints and system of a member mean nothing */
		if (strcmp(types, "rrr") || k < 4 || k > 9)
			assert_string_equal(types, "r!r");
		strbuf_release(&codes);
		fclose(f);
	}
	strbuf_reset(&sb);
	strbuf_addsl(&sb, strbuf_slice(&one));
	strbuf_add(&sb, one.p, n - 5);
	check_bytes(strbuf_slice(&sb), "r!", "TRUNCATED ");
	strbuf_release(&sb);
	strbuf_release(&one);
}

static void large_blocks_are_passed(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	strbuf_addf(&sb, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: "
	    "%d\r\n\r\n", WARC_BLOCK_MAX + 1);
	for (int i = 0; i <= WARC_BLOCK_MAX; i++)
		strbuf_addc(&sb, 'x');
	strbuf_adds(&sb, "\r\n\r\n" GOOD);
	check_bytes(strbuf_slice(&sb), "!r", "RECORD_TOO_LARGE ");
	strbuf_release(&sb);
}

/* ---- HTTP ------------------------------------------------------------------- */

static void bodies_are_decoded_whatever_archives_do(void **state)
{
	static const struct {
		const char *head;
		struct slice body, want;
		bool cut;
	} rows[] = {
		{"", SLICE("plain"), SLICE("plain"), false},
		{"Transfer-Encoding: chunked\r\n", SLICE("3\r\nabc\r\n2;x=y\r\n"
		    "de\r\n0\r\n\r\n"), SLICE("abcde"), false},
		{"Transfer-Encoding: chunked\r\n", SLICE("3\r\nabc\r\n9\r\nde"),
		    SLICE("abcde"), true},
		/* said, but not so */
		{"Transfer-Encoding: chunked\r\n", SLICE("<p>not so</p>"),
		    SLICE("<p>not so</p>"), false},
		{"Content-Encoding: gzip\r\n", SLICE("<p>not so</p>"),
		    SLICE("<p>not so</p>"), false},
		{"Content-Encoding: br\r\n", SLICE(" <p>not so</p>"),
		    SLICE(" <p>not so</p>"), false},
		/* python3: zlib.compress(b'hello'), with and without its
		 * header; `printf hello | brotli -c` */
		{"Content-Encoding: deflate\r\n", SLICE("\x78\x9c\xcb\x48\xcd"
		    "\xc9\xc9\x07\x00\x06\x2c\x02\x15"), SLICE("hello"), false},
		{"Content-Encoding: deflate\r\n", SLICE("\xcb\x48\xcd\xc9\xc9"
		    "\x07\x00"), SLICE("hello"), false},
		{"Content-Encoding: br\r\n", SLICE("\x0f\x02\x80\x68\x65\x6c"
		    "\x6c\x6f\x03"), SLICE("hello"), false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf block = STRBUF_INIT, got = STRBUF_INIT;
		struct warc_http h;
		struct err err = {0};
		bool cut;

		strbuf_addf(&block, "HTTP/1.1 200 OK\r\n%s\r\n", rows[i].head);
		strbuf_addsl(&block, rows[i].body);
		assert_int_equal(warc_http_parse(strbuf_slice(&block), &h,
		    &err), 0);
		assert_int_equal(warc_http_body(&h, 1000, &got, &cut, &err), 0);
		assert_true(slice_eq(strbuf_slice(&got), rows[i].want));
		assert_int_equal(cut, rows[i].cut);
		strbuf_release(&block);
		strbuf_release(&got);
	}
}

static void bombs_and_unknown_encodings_are_refused(void **state)
{
	struct strbuf zeros = STRBUF_INIT, sb = STRBUF_INIT;
	struct warc_http h;
	struct err err;
	bool cut;

	(void)state;
	for (int i = 0; i < 100000; i++)
		strbuf_addc(&zeros, '0');
	strbuf_adds(&sb, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	zip_gzip(strbuf_slice(&zeros), &sb);
	assert_int_equal(warc_http_parse(strbuf_slice(&sb), &h, &err), 0);
	strbuf_reset(&zeros);
	assert_int_equal(warc_http_body(&h, 5000, &zeros, &cut, &err), -1);
	assert_int_equal(err.code, E_BODY_TOO_LARGE);
	assert_int_equal(warc_http_parse(SLICE("HTTP/1.1 200 OK\r\n"
	    "Content-Encoding: lzw\r\n\r\nxx"), &h, &err), 0);
	assert_int_equal(warc_http_body(&h, 5000, &zeros, &cut, &err), -1);
	assert_int_equal(err.code, E_BAD_ENCODING);
	assert_int_equal(warc_http_parse(SLICE("ICY 200 OK\r\n\r\n"), &h, &err),
	    -1);
	assert_int_equal(err.code, E_PROTOCOL);
	strbuf_release(&zeros);
	strbuf_release(&sb);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_response_is_read_as_it_came),
		cmocka_unit_test(digests_are_those_of_the_standard),
		TEST(the_same_bytes_again_are_a_revisit),
		TEST(what_gave_no_answer_is_told),
		TEST(files_end_at_their_size_and_day),
		TEST(a_file_that_is_gone_is_noticed),
		TEST(erased_bytes_are_gone_and_the_rest_stays),
		cmocka_unit_test(filled_members_have_every_size),
		cmocka_unit_test(broken_records_cost_no_others),
		cmocka_unit_test(corrupt_members_cost_no_others),
		cmocka_unit_test(large_blocks_are_passed),
		cmocka_unit_test(bodies_are_decoded_whatever_archives_do),
		cmocka_unit_test(bombs_and_unknown_encodings_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
