/* diff, merge, split: two versions, two stories. */
#include "cli/show.h"

#include "story/story.h"
#include "store/store.h"
#include "parser/parser.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- diff --------------------------------------------------------------------- */

static long row_of(const struct db_result *v, const char *number)
{
	for (size_t i = 0; i < db_rows(v); i++)
		if (slice_is(db_str(v, i, 0), number))
			return (long)i;
	return -1;
}

static void print_changes(const char *what, struct slice old,
    struct slice new)
{
	struct strbuf sb = STRBUF_INIT;

	show_changes(old, new, &sb);
	printf("%s%s\n", what, sb.n ? sb.p : "");
	strbuf_release(&sb);
}

/* What was forgotten is no text to compare with: what was counted of it is all
 * that is known. */
static bool print_forgotten(const struct db_result *v, size_t x, size_t y)
{
	const size_t both[2] = {x, y};
	bool any = false;

	for (int i = 0; i < 2; i++) {
		if (!show_forgotten(db_str(v, both[i], 1), db_str(v, both[i], 3)))
			continue;
		printf("the text of version %lld was forgotten\n",
		    (long long)db_int(v, both[i], 0));
		any = true;
	}
	if (any && db_int(v, y, 7) == db_int(v, x, 0))
		printf("%lld word%s added, %lld removed\n",
		    (long long)db_int(v, y, 5), db_int(v, y, 5) == 1 ?
		    " was" : "s were", (long long)db_int(v, y, 6));
	return any;
}

static void print_diff(const struct db_result *v, size_t x, size_t y)
{
	struct slice old = db_str(v, x, 3), new = db_str(v, y, 3);

	printf("version %lld -> %lld\n", (long long)db_int(v, x, 0),
	    (long long)db_int(v, y, 0));
	if (print_forgotten(v, x, y))
		return;
	print_changes("headline: ", db_str(v, x, 1), db_str(v, y, 1));
	if (!slice_eq(db_str(v, x, 2), db_str(v, y, 2)))
		print_changes("summary: ", db_str(v, x, 2), db_str(v, y, 2));
	putchar('\n');
	if (slice_eq(old, new))
		puts("the body is the same");
	else
		print_changes("", old, new);
}

/* Which of the two rows is none? */
static int refuse_diff(int64_t id, const struct db_result *v, char **numbers,
    long x, struct err *err)
{
	if (!numbers)
		return err_set(err, E_NOT_FOUND, "story %lld has %zu version%s: "
		    "there is nothing to compare", (long long)id, db_rows(v),
		    db_rows(v) == 1 ? "" : "s");
	return err_set(err, E_NOT_FOUND, "story %lld has no version %s",
	    (long long)id, numbers[x < 0 ? 0 : 1]);
}

static int diff(struct db *db, int argc, char **argv, struct err *err)
{
	struct db_result *v, *s;
	int64_t id;
	long x, y;
	int rc = 0;

	if (show_story(db, argv[1], &id, &s, err))
		return -1;
	db_result_free(s);
	if (read_by_id(db, READ_VERSIONS, id, &v, err))
		return -1;
	y = (long)db_rows(v) - 1;
	x = y - 1;
	if (argc == 4) {
		x = row_of(v, argv[2]);
		y = row_of(v, argv[3]);
	}
	if (x < 0 || y < 0)
		rc = refuse_diff(id, v, argc == 4 ? argv + 2 : NULL, x, err);
	else
		print_diff(v, (size_t)x, (size_t)y);
	db_result_free(v);
	return rc;
}

/* ---- merge, split ----------------------------------------------------------------- */

static void count_words(const struct text *old, const struct text *new,
    struct arena *a, size_t *added, size_t *removed)
{
	struct diff d;

	diff_words(old->body, new->body, a, &d);
	*added = d.words_added;
	*removed = d.words_removed;
}

static struct store_tools tools_by_hand(void)
{
	return (struct store_tools){.text = text_new, .sketch = text_sketch,
	    .coverage = text_coverage, .revision = parser_revision(),
	    .words = count_words};
}

static int merge(struct cli *cli, struct db *db, char **argv, struct err *err)
{
	const struct store_tools tools = tools_by_hand();
	int64_t x, y, into, other;

	if (show_story_id(db, argv[1], &x, err) ||
	    show_story_id(db, argv[2], &y, err) ||
	    store_merge(db, &tools, &cli->clock, x, y, &into, &other, err))
		return -1;
	printf("story %lld is merged into story %lld\n", (long long)other,
	    (long long)into);
	return 0;
}

static int split(struct cli *cli, struct db *db, int argc, char **argv,
    struct err *err)
{
	const struct store_tools tools = tools_by_hand();
	size_t n = (size_t)argc - 2;
	struct hash128 *keys = xcalloc(n, sizeof(*keys));
	const char **urls = xcalloc(n, sizeof(*urls));
	int64_t story, other;
	int rc = show_story_id(db, argv[1], &story, err);

	for (size_t i = 0; i < n && !rc; i++) {
		urls[i] = argv[i + 2];
		rc = show_url_key(urls[i], &keys[i], err);
	}
	if (!rc)
		rc = store_split(db, &tools, &cli->clock, &story, keys, urls,
		    &n, &other, err);
	if (!rc)
		printf("%zu page%s of story %lld %s story %lld\n", n,
		    n == 1 ? "" : "s", (long long)story, n == 1 ? "is" : "are",
		    (long long)other);
	free(urls);
	free(keys);
	return rc;
}

/* ---- verbs ----------------------------------------------------------------------------- */

static int with_db(struct cli *cli, int argc, char **argv, int least, int most,
    const char *usage)
{
	static const struct opt table[] = {{0}};
	struct err err = {0};
	struct db *db = NULL;
	int rc = -1;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && (argc - 1 < least || argc - 1 > most ||
	    (!strcmp(argv[0], "diff") && argc == 3)))
		argc = err_set(&err, E_USAGE, "%s", usage);
	if (argc >= 0)
		db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	if (!strcmp(argv[0], "diff"))
		rc = diff(db, argc, argv, &err);
	else if (!strcmp(argv[0], "merge"))
		rc = merge(cli, db, argv, &err);
	else
		rc = split(cli, db, argc, argv, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}

int cmd_diff(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 1, 3, "diff STORY [V1 V2]");
}

int cmd_merge(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 2, 2, "merge A B");
}

int cmd_split(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 2, 1000, "split STORY URL...");
}
