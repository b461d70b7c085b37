/* source add|list|pause|resume|remove|test: outlets, feeds, sitemaps. */
#include "cli/show.h"
#include "cli/source_test.h"

#include "core/url.h"
#include "core/zone.h"

#include <stdio.h>

struct source_options {
	const char *name, *zone, *credit;
	int64_t every;
};

static int check_zone(const char *name, struct err *err)
{
	struct zone *z;

	if (!name)
		return 0;
	z = zone_load(name, err);
	if (!z)
		return -1;
	zone_free(z);
	return 0;
}

/* Of a page: is it left alone for another reason than itself? */
static int tell_paused(struct db *db, struct hash128 key, struct err *err)
{
	struct db_result *r;

	if (read_by_key(db, READ_PAGE, key, &r, err))
		return -1;
	if (db_rows(r) && !db_null(r, 0, 21))
		printf("%.*s is paused: source resume ends that\n",
		    SLICE_FMT(db_str(r, 0, 21)));
	db_result_free(r);
	return 0;
}

static int add(struct cli *cli, struct db *db, const char *url,
    const struct source_options *o, struct err *err)
{
	struct source s = {.name = slice_of(o->name), .zone = slice_of(o->zone),
	    .credit = slice_of(o->credit), .every_s = o->every / USEC_SECOND};
	struct item *it = item_new();
	struct url u;
	int rc = -1;

	if (item_set_url(it, slice_of(url), err) || check_zone(o->zone, err) ||
	    url_parse(it->capture.url, NULL, &it->arena, &u, err) ||
	    url_check_fetch(&u, err))
		goto out;
	s.url = it->capture.url;
	s.host = it->capture.host;
	s.url_key = it->capture.url_key;
	if (!s.name.p)
		s.name = host_registrable(s.host, &it->arena);
	rc = source_add(db, &s, clock_now(&cli->clock), err);
	if (!rc)
		printf("added %.*s (outlet %.*s)\n", SLICE_FMT(s.url),
		    SLICE_FMT(s.name));
	if (!rc)
		rc = tell_paused(db, s.url_key, err);
out:
	item_free(it);
	return rc;
}

static int list(struct db *db, bool json, struct err *err)
{
	static const char *const keys[] = {"url", "outlet", "zone", "credit",
	    "interval_s", "paused", "last_outcome", "last_fetch_at",
	    "next_fetch_at"};
	struct db_result *r;

	if (read_all(db, READ_SOURCES, &r, err))
		return -1;
	if (json)
		show_json(r, keys, "ssssnbstt");
	for (size_t i = 0; !json && i < db_rows(r); i++) {
		char last[SHOW_TIME], next[SHOW_TIME];

		printf("%-20.*s last %s (%.*s)  next %s%s  %.*s\n",
		    SLICE_FMT(db_str(r, i, 1)),
		    show_time(db_time(r, i, 7), last),
		    SLICE_FMT(db_null(r, i, 6) ? SLICE("never") :
		    db_str(r, i, 6)),
		    show_time(db_time(r, i, 8), next),
		    db_bool(r, i, 5) ? " paused" : "",
		    SLICE_FMT(db_str(r, i, 0)));
	}
	db_result_free(r);
	return 0;
}

/* A host or an outlet, as a whole. */
static int pause_all(struct db *db, const char *how, const char *name,
    struct err *err)
{
	struct item *it = item_new();
	struct pausing done;
	struct strbuf url = STRBUF_INIT;
	int rc;

	strbuf_addf(&url, "http://%s/", name);
	if (item_set_url(it, strbuf_slice(&url), NULL)) /* an outlet's name */
		it->capture.host = SLICE_NONE;
	rc = source_pause_all(db, slice_of(name), it->capture.host,
	    !strcmp(how, "pause"), &done, err);
	if (!rc && done.outlet)
		printf("%sd outlet %s\n", how, name);
	if (!rc && done.host)
		printf("%sd host %.*s\n", how, SLICE_FMT(it->capture.host));
	strbuf_release(&url);
	item_free(it);
	return rc;
}

/* What a list brought is watched on without it. */
static int tell_rest(struct db *db, struct hash128 key, struct err *err)
{
	struct db_result *r;

	if (read_by_key(db, READ_PAGE, key, &r, err))
		return -1;
	printf("pages of %.*s are still visited: source pause HOST or OUTLET "
	    "ends that\n", SLICE_FMT(db_str(r, 0, 1)));
	db_result_free(r);
	return 0;
}

static int change(struct db *db, const char *how, const char *what,
    struct err *err)
{
	bool removes = !strcmp(how, "remove"), pauses = !strcmp(how, "pause");
	struct hash128 key;

	if (!removes && !show_is_url(what))
		return pause_all(db, how, what, err);
	if (show_url_key(what, &key, err) || (removes ?
	    source_remove(db, key, err) : source_pause(db, key, pauses, err)))
		return -1;
	return removes || pauses ? tell_rest(db, key, err) :
	    tell_paused(db, key, err);
}

static int act(struct cli *cli, struct db *db, int argc, char **argv,
    const struct source_options *o, bool json, struct err *err)
{
	const char *how = argv[1];

	if (!strcmp(how, "list"))
		return list(db, json, err);
	for (int i = 2; i < argc; i++)
		if (!strcmp(how, "add") ? add(cli, db, argv[i], o, err) :
		    change(db, how, argv[i], err))
			return -1;
	return 0;
}

static bool known(const char *how)
{
	static const char *const words[] = {"add", "list", "pause", "resume",
	    "remove", "test"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!strcmp(words[i], how))
			return true;
	return false;
}

/* Without a database. */
static int test(struct cli *cli, int argc, char **argv, const char *contact,
    bool json)
{
	struct err err = {0};

	for (int i = 2; i < argc; i++)
		if (source_test(cli, argv[i], contact, json, &err))
			return cli_fail(cli, &err);
	return EXIT_FINE;
}

int cmd_source(struct cli *cli, int argc, char **argv)
{
	struct source_options o = {0};
	const char *contact = NULL;
	bool json = false;
	const struct opt table[] = {
		{"name", OPT_STRING, &o.name, "N", "the outlet's name"},
		{"zone", OPT_STRING, &o.zone, "Z", "its time zone (Asia/Kolkata)"},
		{"every", OPT_DURATION, &o.every, "T", "visit all its pages so often"},
		{"credit", OPT_STRING, &o.credit, "C", "its usual agency"},
		{"contact", OPT_STRING, &contact, "ADDRESS",
		    "of test: whom site owners can reach"},
		{"json", OPT_FLAG, &json, NULL, "JSON lines"},
		{0},
	};
	struct err err = {0};
	struct db *db = NULL;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc >= 0 && (argc < 2 || !known(argv[1]) ||
	    (argc < 3 && strcmp(argv[1], "list"))))
		argc = err_set(&err, E_USAGE,
		    "source add|list|pause|resume|remove|test "
		    "[URL|HOST|OUTLET...]");
	if (argc >= 0 && !strcmp(argv[1], "test"))
		return test(cli, argc, argv, contact, json);
	if (argc >= 0)
		db = cli_connect(cli, &err);
	if (!db)
		return cli_fail(cli, &err);
	rc = act(cli, db, argc, argv, &o, json, &err);
	db_close(db);
	return rc ? cli_fail(cli, &err) : EXIT_FINE;
}
