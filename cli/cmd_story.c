/* diff, explain, merge, split: two versions, two stories. */
#include "cli/show.h"

#include "story/judge.h"
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

static int print_diff(const struct db_result *v, long x, long y)
{
	struct strbuf sb = STRBUF_INIT;

	printf("version %lld -> %lld\n", (long long)db_int(v, (size_t)x, 0),
	    (long long)db_int(v, (size_t)y, 0));
	show_changes(db_str(v, (size_t)x, 1), db_str(v, (size_t)y, 1), &sb);
	printf("headline: %s\n\n", sb.p);
	strbuf_reset(&sb);
	show_changes(db_str(v, (size_t)x, 3), db_str(v, (size_t)y, 3), &sb);
	printf("%s\n", sb.p);
	strbuf_release(&sb);
	return 0;
}

static int diff(struct db *db, int argc, char **argv, struct err *err)
{
	struct db_result *v;
	int64_t id;
	long x, y;
	int rc = 0;

	if (show_story_id(db, argv[1], &id, err) ||
	    read_by_id(db, READ_VERSIONS, id, &v, err))
		return -1;
	y = (long)db_rows(v) - 1;
	x = y - 1;
	if (argc == 4) {
		x = row_of(v, argv[2]);
		y = row_of(v, argv[3]);
	}
	if (x < 0 || y < 0)
		rc = err_set(err, E_NOT_FOUND,
		    "story %lld has no two such versions", (long long)id);
	else
		rc = print_diff(v, x, y);
	db_result_free(v);
	return rc;
}

/* ---- explain -------------------------------------------------------------------- */

struct side {
	struct match_side side;
	int64_t story, version;
	struct slice why;
};

static int64_t outlet_number(struct slice name)
{
	return name.n ? (int64_t)hash64(name.p, name.n) : 0;
}

static int load_side(struct db *db, const char *arg, struct arena *a,
    struct side *out, struct err *err)
{
	struct db_result *r;
	struct hash128 key;
	int64_t id;
	struct text *t;

	if (show_is_url(arg)) {
		if (show_url_key(arg, &key, err) ||
		    read_by_key(db, READ_TEXT_OF_PAGE, key, &r, err))
			return -1;
	} else if (show_story_id(db, arg, &id, err) ||
	    read_by_id(db, READ_TEXT_OF_STORY, id, &r, err)) {
		return -1;
	}
	if (!db_rows(r)) {
		db_result_free(r);
		return err_set(err, E_NOT_FOUND, "nothing is known of %s", arg);
	}
	t = text_new(a, db_str(r, 0, 0), db_str(r, 0, 1), db_str(r, 0, 2));
	out->side = (struct match_side){.text = t,
	    .credit = arena_slice(a, db_str(r, 0, 4)),
	    .place = arena_slice(a, db_str(r, 0, 5)),
	    .outlet_id = outlet_number(db_str(r, 0, 6)),
	    .at = db_time(r, 0, 3), .seen_at = db_time(r, 0, 7)};
	out->story = db_int(r, 0, 8);
	out->version = db_int(r, 0, 9);
	out->why = arena_slice(a, db_str(r, 0, 11));
	db_result_free(r);
	return 0;
}

static int explain(struct db *db, int argc, char **argv, struct err *err)
{
	struct arena a;
	struct side x, y;
	struct match m;
	char why[MATCH_REASON];
	int rc = -1;

	(void)argc;
	arena_init(&a);
	if (load_side(db, argv[1], &a, &x, err) ||
	    load_side(db, argv[2], &a, &y, err))
		goto out;
	x.side.seen_at = x.side.at;
	match_texts(&x.side, &y.side, false, &m);
	printf("A: story %lld version %lld%s%.*s\n", (long long)x.story,
	    (long long)x.version, x.why.n ? ": " : "", SLICE_FMT(x.why));
	printf("B: story %lld version %lld%s%.*s\n", (long long)y.story,
	    (long long)y.version, y.why.n ? ": " : "", SLICE_FMT(y.why));
	printf("recorded: %s\n", x.story == y.story ? "one story" :
	    "two stories");
	printf("texts alone: %s, score %.3f (one story from .5)\n  %s\n",
	    m.same ? "one story" : "two stories", m.score,
	    match_reason(&m, why));
	match_effects(&m);
	for (int i = 0; i < SIGNALS_N; i++)
		printf("  %-13s %7.3f  %+.2f\n", signal_name((enum signal)i),
		    m.x[i], m.effect[i]);
	printf("  openings are %s, products %s\n",
	    m.opening ? "the same" : "not the same",
	    m.product ? "of two kinds" : "of one kind");
	rc = 0;
out:
	arena_release(&a);
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
	return (struct store_tools){text_new, text_sketch, text_coverage,
	    parser_revision(), NULL, NULL, count_words};
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
	if (argc >= 0 && (argc - 1 < least || argc - 1 > most))
		argc = err_set(&err, E_USAGE, "%s", usage);
	if (argc >= 0)
		db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	if (!strcmp(argv[0], "diff"))
		rc = diff(db, argc, argv, &err);
	else if (!strcmp(argv[0], "explain"))
		rc = explain(db, argc, argv, &err);
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

int cmd_explain(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 2, 2, "explain A B");
}

int cmd_merge(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 2, 2, "merge A B");
}

int cmd_split(struct cli *cli, int argc, char **argv)
{
	return with_db(cli, argc, argv, 2, 1000, "split STORY URL...");
}
