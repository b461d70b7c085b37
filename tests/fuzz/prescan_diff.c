/*
 * prescan_diff [-v] PAGE...: does Gumbo make the same tree of each page before
 * and after the prescan? With --cases FILE, of each html_b64 in JSON lines.
 */
#include "core/json.h"
#include "core/utf8.h"
#include "parser/prescan.h"
#include "tests/fuzz/tree_diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
	size_t pages, differ, skipped, gave_up, bytes, reduced;
	bool verbose;
};

static void count(struct tally *t, struct slice page)
{
	struct prescan p;
	struct err err;

	t->bytes += page.n;
	if (prescan_read(page, &p, &err))
		return;
	t->gave_up += p.gave_up;
	t->reduced += p.html.n;
	prescan_release(&p);
}

static void compare(struct tally *t, const char *name, struct slice bytes)
{
	struct strbuf page = STRBUF_INIT, why = STRBUF_INIT;
	enum tree_diff d;

	utf8_clean(bytes, &page);
	d = tree_diff(strbuf_slice(&page), &why);
	t->pages++;
	t->skipped += d == TREES_SKIPPED;
	t->differ += d == TREES_DIFFER;
	count(t, strbuf_slice(&page));
	if (d == TREES_DIFFER)
		printf("differ: %s\n%s", name, t->verbose ? why.p : "");
	strbuf_release(&page);
	strbuf_release(&why);
}

static bool read_file(const char *path, struct strbuf *to)
{
	FILE *f = fopen(path, "rb");
	char part[1 << 16];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		strbuf_add(to, part, n);
	fclose(f);
	return true;
}

static void decode64(struct slice s, struct strbuf *to)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop"
	    "qrstuvwxyz0123456789+/";
	unsigned int bits = 0, n = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *at = strchr(digits, s.p[i]);

		if (!at || !*at)
			continue;
		bits = bits << 6 | (unsigned int)(at - digits);
		n += 6;
		if (n >= 8) {
			n -= 8;
			strbuf_addc(to, (char)(bits >> n & 255));
		}
	}
}

static void case_line(struct tally *t, struct slice line)
{
	struct strbuf page = STRBUF_INIT;
	struct json *j;
	struct err err;

	if (!line.n)
		return;
	j = jsonr_parse(line, &err);
	decode64(jsonr_str(jsonr_get(j, "html_b64")), &page);
	compare(t, jsonr_str(jsonr_get(j, "id")).p, strbuf_slice(&page));
	strbuf_release(&page);
	jsonr_free(j);
}

static void cases(struct tally *t, struct slice all)
{
	size_t from = 0;

	for (size_t i = 0; i <= all.n; i++)
		if (i == all.n || all.p[i] == '\n') {
			case_line(t, slice_sub(all, from, i));
			from = i + 1;
		}
}

int main(int argc, char **argv)
{
	struct tally t = {0};
	bool lines = false;

	for (int i = 1; i < argc; i++) {
		struct strbuf bytes = STRBUF_INIT;

		if (!strcmp(argv[i], "-v")) {
			t.verbose = true;
			continue;
		}
		if (!strcmp(argv[i], "--cases")) {
			lines = true;
			continue;
		}
		if (!read_file(argv[i], &bytes)) {
			perror(argv[i]);
			return 2;
		}
		if (lines)
			cases(&t, strbuf_slice(&bytes));
		else
			compare(&t, argv[i], strbuf_slice(&bytes));
		strbuf_release(&bytes);
	}
	printf("%zu pages, %zu differ, %zu skipped, %zu left as they were from "
	    "some place on; %.0f %% of the bytes are left out\n", t.pages,
	    t.differ, t.skipped, t.gave_up, t.bytes ? 100.0 -
	    100.0 * (double)t.reduced / (double)t.bytes : 0);
	return t.differ ? 1 : 0;
}
