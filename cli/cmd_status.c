/* status: what is due, failing, quiet; of one page or host, its story. */
#include "cli/show.h"
#include "cli/status_manners.h"
#include "cli/status_unknown.h"

#include "core/config.h"
#include "crawler/schedule.h"
#include "store/store.h"

#include <stdio.h>
#include <string.h>

static int totals(struct db *db, struct err *err)
{
	struct db_result *r;
	char next[SHOW_TIME], now[SHOW_TIME];

	if (read_all(db, READ_STATUS, &r, err))
		return -1;
	printf("%lld stories, %lld pages, %lld due, %lld failing, "
	    "%lld in quarantine, last event %lld\n"
	    "now %s, next visit %s\n",
	    (long long)db_int(r, 0, 0), (long long)db_int(r, 0, 1),
	    (long long)db_int(r, 0, 2), (long long)db_int(r, 0, 4),
	    (long long)db_int(r, 0, 5), (long long)db_int(r, 0, 6),
	    show_time(db_time(r, 0, 7), now), show_time(db_time(r, 0, 3), next));
	db_result_free(r);
	return 0;
}

static const char *const outlet_keys[] = {"outlet", "host", "zone", "pages",
    "stories", "last_success_at", "failures_24h", "quiet", "paused"};

static int outlets(struct db *db, bool json, struct err *err)
{
	struct db_result *r;
	char last[SHOW_TIME];

	if (read_all(db, READ_OUTLETS, &r, err))
		return -1;
	if (json)
		show_json(r, outlet_keys, "sssnntnbb");
	for (size_t i = 0; !json && i < db_rows(r); i++)
		printf("  %-24.*s %4lld pages %4lld stories  last success %s"
		    "  %lld failures in 24 h%s\n", SLICE_FMT(db_str(r, i, 0)),
		    (long long)db_int(r, i, 3), (long long)db_int(r, i, 4),
		    show_time(db_time(r, i, 5), last),
		    (long long)db_int(r, i, 6),
		    db_bool(r, i, 7) ? "  QUIET" : "");
	db_result_free(r);
	return 0;
}

static int paused(struct db *db, struct err *err)
{
	struct db_result *r;

	if (read_all(db, READ_PAUSED, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		printf("paused: %.*s %.*s\n", SLICE_FMT(db_str(r, i, 0)),
		    SLICE_FMT(db_str(r, i, 1)));
	db_result_free(r);
	return 0;
}

static int failing(struct db *db, struct err *err)
{
	struct db_result *r;
	char next[SHOW_TIME];

	if (read_by_id(db, READ_FAILING, 20, &r, err))
		return -1;
	if (db_rows(r))
		printf("failing\n");
	for (size_t i = 0; i < db_rows(r); i++)
		printf("  %lld times %.*s %.*s, next %s  %.*s\n",
		    (long long)db_int(r, i, 3), SLICE_FMT(db_str(r, i, 1)),
		    SLICE_FMT(db_str(r, i, 2)),
		    show_time(db_time(r, i, 5), next),
		    SLICE_FMT(db_str(r, i, 0)));
	db_result_free(r);
	return 0;
}

/* ---- what happened ------------------------------------------------------- */

/* Rows of read_page_events or read_host_events, oldest first. */
static void show_events(const struct db_result *r, bool with_url)
{
	char at[SHOW_TIME];

	for (size_t i = db_rows(r); i-- > 0;) {
		printf("    %s %-10.*s story %lld", show_time(db_time(r, i, 0),
		    at), SLICE_FMT(db_str(r, i, 1)), (long long)db_int(r, i, 2));
		if (!db_null(r, i, 3))
			printf(" v%lld", (long long)db_int(r, i, 3));
		if (!db_null(r, i, 5))
			printf(" (%.*s)", SLICE_FMT(db_str(r, i, 5)));
		printf(" %.*s", SLICE_FMT(db_str(r, i, 4)));
		if (with_url)
			printf("  %.*s", SLICE_FMT(db_str(r, i, 6)));
		putchar('\n');
	}
}

static bool same_visit(const struct db_result *r, size_t a, size_t b)
{
	return slice_eq(db_str(r, a, 1), db_str(r, b, 1)) &&
	    slice_eq(db_str(r, a, 3), db_str(r, b, 3));
}

/* Visits of the same outcome that follow each other are one line. */
static void show_visits(const struct db_result *r)
{
	char from[SHOW_TIME], to[SHOW_TIME];

	for (size_t i = db_rows(r); i-- > 0;) {
		size_t first = i;

		while (i > 0 && same_visit(r, first, i - 1))
			i--;
		printf("    %s", show_time(db_time(r, first, 0), from));
		if (first > i)
			printf(" to %s, %zu times", show_time(db_time(r, i, 0),
			    to), first - i + 1);
		printf(" %.*s", SLICE_FMT(db_str(r, i, 1)));
		if (!db_null(r, i, 2) && db_int(r, i, 2))
			printf(" %lld", (long long)db_int(r, i, 2));
		if (!db_null(r, i, 3))
			printf(" %.*s", SLICE_FMT(db_str(r, i, 3)));
		putchar('\n');
	}
}

static int page_story(struct db *db, struct hash128 key, struct err *err)
{
	struct db_result *r;

	if (read_by_key(db, READ_PAGE_CAPTURES, key, &r, err))
		return -1;
	if (db_rows(r))
		printf("  its last %zu visits\n", db_rows(r));
	show_visits(r);
	db_result_free(r);
	if (read_by_key(db, READ_PAGE_EVENTS, key, &r, err))
		return -1;
	if (db_rows(r))
		printf("  what it told\n");
	show_events(r, false);
	db_result_free(r);
	return 0;
}

static int host_story(struct db *db, int64_t key, struct err *err)
{
	struct db_result *r;
	char last[SHOW_TIME], next[SHOW_TIME];

	if (read_by_id(db, READ_HOST_PAGES, key, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		printf("    next %s, last %s %.*s %.*s; %lld visits, %lld "
		    "changes  %.*s\n", show_time(db_time(r, i, 5), next),
		    show_time(db_time(r, i, 4), last),
		    SLICE_FMT(db_str(r, i, 2)), SLICE_FMT(db_str(r, i, 3)),
		    (long long)db_int(r, i, 8), (long long)db_int(r, i, 7),
		    SLICE_FMT(db_str(r, i, 0)));
	db_result_free(r);
	if (read_by_id(db, READ_HOST_EVENTS, key, &r, err))
		return -1;
	if (db_rows(r))
		printf("  what its pages told\n");
	show_events(r, true);
	db_result_free(r);
	return 0;
}

/* ---- one page, one host --------------------------------------------------- */

static const char *const page_keys[] = {"url", "outlet", "kind",
    "last_outcome", "last_code", "last_fetch_at", "next_fetch_at",
    "interval_s", "failures", "changes", "visits", "enrolled_at", "changed_at",
    "story_id", "held_at", "missed_at", "paused", "next_reason",
    "refused_because", "last_message", "forgotten_at", "paused_by",
    "unfit_entries"};

/* When it is visited next, and why then. */
static void show_next(const struct db_result *r)
{
	char a[SHOW_TIME], b[SHOW_TIME];

	if (!db_null(r, 0, 20)) {
		printf("  last change %s; erased by forget at %s, so it is not "
		    "visited again\n", show_time(db_time(r, 0, 12), a),
		    show_time(db_time(r, 0, 20), b));
		return;
	}
	printf("  last change %s, next visit %s%s\n",
	    show_time(db_time(r, 0, 12), a), show_time(db_time(r, 0, 6), b),
	    db_bool(r, 0, 16) ? " (paused)" : "");
	if (!db_null(r, 0, 17) && !db_null(r, 0, 6) && !db_bool(r, 0, 16))
		printf("  then because: %s\n",
		    schedule_reason_says(db_str(r, 0, 17)));
}

static int one_page(struct cli *cli, struct db *db, const char *url, bool json,
    struct err *err)
{
	struct db_result *r;
	struct hash128 key;
	char a[SHOW_TIME];

	if (show_url_key(url, &key, err) ||
	    read_by_key(db, READ_PAGE, key, &r, err))
		return -1;
	if (!db_rows(r)) {
		db_result_free(r);
		return status_unknown(cli, db, url, err);
	}
	if (json) {
		show_json(r, page_keys, "sssssttnnnnttnttbssstsn");
		db_result_free(r);
		return 0;
	}
	printf("%.*s\n  %.*s of %.*s, known since %s\n",
	    SLICE_FMT(db_str(r, 0, 0)), SLICE_FMT(db_str(r, 0, 2)),
	    SLICE_FMT(db_str(r, 0, 1)), show_time(db_time(r, 0, 11), a));
	printf("  last visit %s: %.*s %.*s; %lld visits, %lld changes, "
	    "%lld failures in a row\n", show_time(db_time(r, 0, 5), a),
	    SLICE_FMT(db_str(r, 0, 3)), SLICE_FMT(db_str(r, 0, 4)),
	    (long long)db_int(r, 0, 10), (long long)db_int(r, 0, 9),
	    (long long)db_int(r, 0, 8));
	if (!db_null(r, 0, 19))
		printf("  it was told: %.*s\n", SLICE_FMT(db_str(r, 0, 19)));
	show_next(r);
	if (!db_null(r, 0, 21))
		printf("  %.*s is paused: not visited until source resume\n",
		    SLICE_FMT(db_str(r, 0, 21)));
	if (status_rest(db, db_int(r, 0, 23), err)) {
		db_result_free(r);
		return -1;
	}
	if (!db_null(r, 0, 18))
		printf("  in quarantine: %.*s\n", SLICE_FMT(db_str(r, 0, 18)));
	if (db_int(r, 0, 22))
		printf("  %lld of its entries cannot be visited (scheme, port "
		    "or no URL): --log-level debug tells\n",
		    (long long)db_int(r, 0, 22));
	if (!db_null(r, 0, 13))
		printf("  carries story %lld\n", (long long)db_int(r, 0, 13));
	if (!db_null(r, 0, 14))
		printf("  a text that may be cut short waits since %s\n",
		    show_time(db_time(r, 0, 14), a));
	if (!db_null(r, 0, 15))
		printf("  missing since %s\n",
		    show_time(db_time(r, 0, 15), a));
	db_result_free(r);
	return page_story(db, key, err);
}

static const char *const host_keys[] = {"host", "robots_status", "robots_at",
    "requests", "not_modified", "refusals", "pages", "failing",
    "next_fetch_at", "paused"};

static int one_host(struct db *db, const char *host, bool json,
    struct err *err)
{
	struct db_result *r;
	char a[SHOW_TIME], b[SHOW_TIME];

	if (read_by_id(db, READ_HOST, host_key_of(slice_of(host)), &r, err))
		return -1;
	if (!db_rows(r)) {
		db_result_free(r);
		return err_set(err, E_NOT_FOUND, "host %s is not known", host);
	}
	if (json) {
		show_json(r, host_keys, "sntnnnnntb");
		db_result_free(r);
		return 0;
	}
	printf("%.*s: %lld pages, %lld failing, next visit %s\n"
	    "  robots.txt %lld at %s; %lld requests, %lld not modified, "
	    "%lld refused\n", SLICE_FMT(db_str(r, 0, 0)),
	    (long long)db_int(r, 0, 6), (long long)db_int(r, 0, 7),
	    show_time(db_time(r, 0, 8), a), (long long)db_int(r, 0, 1),
	    show_time(db_time(r, 0, 2), b), (long long)db_int(r, 0, 3),
	    (long long)db_int(r, 0, 4), (long long)db_int(r, 0, 5));
	if (db_bool(r, 0, 9))
		printf("  %s is paused: not visited until source resume\n",
		    host);
	db_result_free(r);
	return status_rest(db, host_key_of(slice_of(host)), err) ||
	    status_traps(db, host, err) || host_story(db,
	    host_key_of(slice_of(host)), err) ? -1 : 0;
}

static int show_status(struct cli *cli, struct db *db, const char *what,
    bool json, struct err *err)
{
	if (what)
		return show_is_url(what) ? one_page(cli, db, what, json, err) :
		    one_host(db, what, json, err);
	if (json)
		return outlets(db, true, err);
	return totals(db, err) || outlets(db, false, err) || paused(db, err) ||
	    failing(db, err) ? -1 : 0;
}

int cmd_status(struct cli *cli, int argc, char **argv)
{
	bool json = false, manners = false;
	const struct opt table[] = {
		{"json", OPT_FLAG, &json, NULL, "JSON lines"},
		{"manners", OPT_FLAG, &manners, NULL, "how hosts are treated"},
		{0}};
	const char *what = NULL;
	struct err err = {0};
	struct db *db = NULL;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc > 2)
		argc = err_set(&err, E_USAGE, "status takes one URL or HOST");
	if (argc >= 0)
		db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	if (argc == 2)
		what = show_is_url(argv[1]) ? argv[1] :
		    show_host(argv[1], &cli->arena);
	rc = manners ? status_manners(cli, db, what, json, &err) :
	    show_status(cli, db, what, json, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}
