/* timeline, stories, search: a story's life, and lists of stories. */
#include "cli/show.h"

#include "core/json.h"

#include <stdio.h>

#define LATEST 20

static const char *const story_keys[] = {"story_id", "status", "merged_into",
    "headline", "credit", "place", "created_at", "updated_at", "first_seen_at",
    "last_seen_at", "head_version", "versions", "postings", "outlets",
    "corrections"};
static const char story_types[] = "nsnsssttttnnnnn";

/* What stands for a headline that went with its text. */
static struct slice named(struct slice headline, bool erased)
{
	return erased ? SLICE("(erased)") : headline;
}

static void print_stories(const struct db_result *r)
{
	char seen[SHOW_TIME];

	for (size_t i = 0; i < db_rows(r); i++) {
		long long versions = db_int(r, i, 11), pages = db_int(r, i, 12);
		struct slice name = named(db_str(r, i, 3), db_bool(r, i, 15));

		printf("%6lld  %s  %-9.*s %3lld %-8s %3lld %-5s  %.*s\n",
		    (long long)db_int(r, i, 0), show_time(db_time(r, i, 9),
		    seen), SLICE_FMT(db_str(r, i, 1)), versions,
		    versions == 1 ? "version" : "versions", pages,
		    pages == 1 ? "page" : "pages", SLICE_FMT(name));
	}
}

static int list_stories(struct db *db, int64_t limit, bool json,
    struct err *err)
{
	struct db_result *r;

	if (read_by_id(db, READ_STORIES, limit, &r, err))
		return -1;
	if (json)
		show_json(r, story_keys, story_types);
	else
		print_stories(r);
	db_result_free(r);
	return 0;
}

/* Row of the version of that number, or -1. */
static long version_row(const struct db_result *versions, int64_t number)
{
	for (size_t i = 0; i < db_rows(versions); i++)
		if (db_int(versions, i, 0) == number)
			return (long)i;
	return -1;
}

static bool print_forgotten(const struct db_result *v, size_t i)
{
	if (!show_forgotten(db_str(v, i, 1), db_str(v, i, 3)))
		return false;
	printf("        the text of version %lld was forgotten\n",
	    (long long)db_int(v, i, 0));
	return true;
}

static void print_version(const struct db_result *v, int64_t number)
{
	long i = version_row(v, number), before;
	struct strbuf sb = STRBUF_INIT;
	bool gone;

	if (i < 0)
		return;
	before = version_row(v, db_int(v, (size_t)i, 7));
	if (before < 0)
		return;
	printf("        %lld word%s added, %lld removed since version %lld\n",
	    (long long)db_int(v, (size_t)i, 5),
	    db_int(v, (size_t)i, 5) == 1 ? "" : "s",
	    (long long)db_int(v, (size_t)i, 6),
	    (long long)db_int(v, (size_t)before, 0));
	gone = print_forgotten(v, (size_t)before);
	gone |= print_forgotten(v, (size_t)i);
	if (gone)
		return;
	if (!slice_eq(db_str(v, (size_t)i, 1), db_str(v, (size_t)before, 1)))
		printf("        headline: [-%.*s-] {+%.*s+}\n",
		    SLICE_FMT(db_str(v, (size_t)before, 1)),
		    SLICE_FMT(db_str(v, (size_t)i, 1)));
	if (!slice_eq(db_str(v, (size_t)i, 2), db_str(v, (size_t)before, 2))) {
		show_changes(db_str(v, (size_t)before, 2),
		    db_str(v, (size_t)i, 2), &sb);
		printf("        summary: %s\n", sb.n ? sb.p : "");
		strbuf_reset(&sb);
	}
	show_changes(db_str(v, (size_t)before, 3), db_str(v, (size_t)i, 3),
	    &sb);
	fputs("        ", stdout);
	for (size_t k = 0; k < sb.n; k++)
		if (sb.p[k] == '\n')
			fputs(k && sb.p[k - 1] == '\n' ? "" : "\n        ",
			    stdout);
		else
			putchar(sb.p[k]);
	putchar('\n');
	strbuf_release(&sb);
}

static bool opens_version(struct slice kind)
{
	return slice_is(kind, "updated") || slice_is(kind, "corrected") ||
	    slice_is(kind, "retitled");
}

/* Of a page and, as an event of its own, of the whole story. */
static bool is_told_of_both(struct slice kind)
{
	return slice_is(kind, "withdrawn") || slice_is(kind, "restored");
}

/* What became of stories: which one, by whom, which pages. */
static void print_decision(const struct db_result *e, size_t i)
{
	bool split = slice_is(db_str(e, i, 1), "split");

	printf(" story %.*s %s story %lld", SLICE_FMT(db_str(e, i, 11)),
	    split ? "from" : "into", (long long)db_int(e, i, 2));
	if (slice_is(db_str(e, i, 12), "hand"))
		fputs(", by hand", stdout);
	putchar('\n');
	for (int k = 13; k <= 14; k++)
		if (!db_null(e, i, k))
			printf("        %.*s\n", SLICE_FMT(db_str(e, i, k)));
}

/* What store/save.c writes of an event, and forget's reason; a NULL shows the
 * key and the value. */
static const struct said {
	const char *key, *value, *says;
} said[] = {
	{"stealth", NULL, "silent: the publisher's time stayed as it was"},
	{"late", NULL, "came late"},
	{"back", NULL, "back to an earlier version"},
	{"left", NULL, NULL},
	{"reason", "killed", "taken back by a kill notice"},
	{"reason", "expired", "expired: the story stays live"},
	{"reason", NULL, NULL},
	{"note", NULL, NULL},
};

/* What somebody else wrote, on one line: control characters are blanks. */
static void print_plain(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool high = c == 0xc2 && i + 1 < s.n &&
		    (unsigned char)s.p[i + 1] < 0xa0;

		putchar(c < ' ' || c == 0x7f || high ? ' ' : c);
		i += high;
	}
}

/* A detail in words: a flag, a text or a number. */
static void print_said(const struct said *x, const struct json *value)
{
	struct slice text = jsonr_str(value);

	if (x->says)
		printf("        %s\n", x->says);
	else if (text.p) {
		printf("        %s: ", x->key);
		print_plain(text);
		putchar('\n');
	} else
		printf("        %s story %lld\n", x->key,
		    (long long)jsonr_int(value, 0));
}

static void print_detail(struct slice kind, struct slice detail)
{
	struct json *j = jsonr_parse(detail, NULL);

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		const struct said *x = &said[i];
		const struct json *value = jsonr_get(j, x->key);

		if (!value || (x->value && (slice_is(kind, "redacted") ||
		    !slice_is(jsonr_str(value), x->value))))
			continue;
		print_said(x, value);
		while (i + 1 < ARRAY_LEN(said) &&
		    !strcmp(said[i + 1].key, x->key))
			i++;
	}
	jsonr_free(j);
}

static void print_event(const struct db_result *e, size_t i,
    const struct db_result *versions)
{
	char at[SHOW_TIME];

	printf("%s  %-9.*s", show_time(db_time(e, i, 7), at),
	    SLICE_FMT(db_str(e, i, 1)));
	if (!db_null(e, i, 11)) {
		print_decision(e, i);
		return;
	}
	if (!db_null(e, i, 10))
		printf(" v%lld", (long long)db_int(e, i, 10));
	if (!db_null(e, i, 4))
		printf("  %.*s  %.*s", SLICE_FMT(db_str(e, i, 5)),
		    SLICE_FMT(db_str(e, i, 4)));
	else if (is_told_of_both(db_str(e, i, 1)))
		fputs("  the story", stdout);
	putchar('\n');
	print_detail(db_str(e, i, 1), db_str(e, i, 9));
	if (opens_version(db_str(e, i, 1)))
		print_version(versions, db_int(e, i, 10));
}

/* A page left for another story: an event of that one. */
static void print_left(const struct db_result *l, size_t i)
{
	char at[SHOW_TIME];

	printf("%s  left          %.*s  %.*s\n        for story %lld\n",
	    show_time(db_time(l, i, 0), at), SLICE_FMT(db_str(l, i, 2)),
	    SLICE_FMT(db_str(l, i, 3)), (long long)db_int(l, i, 4));
}

/* Did it come before the event? */
static bool is_before(const struct db_result *l, size_t i,
    const struct db_result *e, size_t k)
{
	usec_t left = db_time(l, i, 0), at = db_time(e, k, 7);

	return left < at || (left == at && db_int(l, i, 1) < db_int(e, k, 0));
}

static void print_life(const struct db_result *e, const struct db_result *l,
    const struct db_result *v)
{
	size_t k = 0;

	for (size_t i = 0; i < db_rows(e); i++) {
		while (k < db_rows(l) && is_before(l, k, e, i))
			print_left(l, k++);
		print_event(e, i, v);
	}
	while (k < db_rows(l))
		print_left(l, k++);
}

static void print_postings(const struct db_result *p)
{
	printf("\npages\n");
	for (size_t i = 0; i < db_rows(p); i++) {
		char seen[SHOW_TIME];

		printf("  v%-3lld %3.0f%%  %-5.*s %-6s last seen %s  %.*s\n",
		    (long long)db_int(p, i, 2), db_double(p, i, 3) * 100,
		    SLICE_FMT(db_str(p, i, 5)),
		    db_bool(p, i, 4) ? "stale" : "",
		    show_time(db_time(p, i, 7), seen),
		    SLICE_FMT(db_str(p, i, 0)));
	}
}

static void print_count(int64_t n, const char *what, const char *then)
{
	printf("%lld %s%s%s", (long long)n, what, n == 1 ? "" : "s", then);
}

static void print_head(const struct db_result *s, const struct db_result *v)
{
	char from[SHOW_TIME], to[SHOW_TIME];
	long head = version_row(v, db_int(s, 0, 10));
	bool erased = head >= 0 && show_forgotten(db_str(v, (size_t)head, 1),
	    db_str(v, (size_t)head, 3));

	printf("story %lld: %.*s\n", (long long)db_int(s, 0, 0),
	    SLICE_FMT(named(db_str(s, 0, 3), erased)));
	printf("%.*s%s%.*s%s", SLICE_FMT(db_str(s, 0, 4)),
	    db_null(s, 0, 4) ? "" : ", ", SLICE_FMT(db_str(s, 0, 5)),
	    db_null(s, 0, 5) ? "" : ", ");
	print_count(db_int(s, 0, 11), "version", ", ");
	print_count(db_int(s, 0, 12), "page", " on ");
	print_count(db_int(s, 0, 13), "outlet", ", ");
	print_count(db_int(s, 0, 14), "correction", ", ");
	printf("seen %s to %s, %.*s\n\n", show_time(db_time(s, 0, 8), from),
	    show_time(db_time(s, 0, 9), to), SLICE_FMT(db_str(s, 0, 1)));
}

static const char *const event_keys[] = {"event_id", "kind", "story_id",
    "version", "url", "outlet", "occurred_at", "observed_at", "headline",
    "detail"};

static int show_timeline(struct db *db, const char *arg, bool json,
    struct err *err)
{
	struct db_result *s = NULL, *e = NULL, *v = NULL, *p = NULL, *l = NULL;
	int64_t id;
	int rc = -1;

	if (show_story(db, arg, &id, &s, err) ||
	    read_by_id(db, READ_STORY_EVENTS, id, &e, err) ||
	    read_by_id(db, READ_STORY_LEFT, id, &l, err) ||
	    read_by_id(db, READ_VERSIONS, id, &v, err) ||
	    read_by_id(db, READ_POSTINGS, id, &p, err))
		goto out;
	rc = 0;
	if (json) {
		show_json(e, event_keys, "nsnnssttsj");
		goto out;
	}
	print_head(s, v);
	print_life(e, l, v);
	print_postings(p);
out:
	db_result_free(s);
	db_result_free(e);
	db_result_free(l);
	db_result_free(v);
	db_result_free(p);
	return rc;
}

int cmd_timeline(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};
	bool json = false;
	const struct opt table[] = {
		{"json", OPT_FLAG, &json, NULL, "JSON lines"}, {0}};
	struct db *db;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc > 2)
		argc = err_set(&err, E_USAGE, "timeline takes one STORY or URL");
	if (argc < 0)
		return cli_fail(cli, &err);
	db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = argc < 2 ? list_stories(db, LATEST, json, &err) :
	    show_timeline(db, argv[1], json, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}

int cmd_stories(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};
	bool json = false;
	int64_t limit = 100;
	const struct opt table[] = {
		{"json", OPT_FLAG, &json, NULL, "JSON lines"},
		{"limit", OPT_INT, &limit, "N", "how many (100)"}, {0}};
	struct db *db;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc > 1)
		argc = err_set(&err, E_USAGE, "stories takes options only");
	if (argc < 0)
		return cli_fail(cli, &err);
	db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = list_stories(db, limit, json, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}

int cmd_search(struct cli *cli, int argc, char **argv)
{
	static const char *const keys[] = {"story_id", "version", "headline",
	    "rank", "snippet"};
	struct err err = {0};
	bool json = false;
	int64_t limit = 20;
	const struct opt table[] = {
		{"json", OPT_FLAG, &json, NULL, "JSON lines"},
		{"limit", OPT_INT, &limit, "N", "how many (20)"}, {0}};
	struct db_result *r;
	struct db *db;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && argc != 2)
		argc = err_set(&err, E_USAGE, "search takes one TEXT");
	if (argc < 0)
		return cli_fail(cli, &err);
	db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = read_by_text(db, READ_SEARCH, slice_of(argv[1]), limit, &r, &err);
	if (!rc) {
		for (size_t i = 0; !json && i < db_rows(r); i++)
			printf("%6lld v%-3lld %.*s\n        %.*s\n",
			    (long long)db_int(r, i, 0),
			    (long long)db_int(r, i, 1),
			    SLICE_FMT(db_str(r, i, 2)),
			    SLICE_FMT(db_str(r, i, 4)));
		if (json)
			show_json(r, keys, "nnsns");
		db_result_free(r);
	}
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}
