/* forget: what a page or story said is erased, here and in WARC. */
#include "cli/archive.h"
#include "cli/show.h"

#include "core/url.h"
#include "crawler/warc_read.h"
#include "store/forget.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct erasing {
	struct cli *cli;
	struct archive *archive;
	const struct forgotten *found;
	size_t records, failed;
};

static void erase_record(struct erasing *e, struct slice file, int64_t offset)
{
	struct err err = {0};

	if (!archive_erase(e->archive, file, offset, &err)) {
		e->records++;
		return;
	}
	e->failed++;
	fprintf(stderr, "dateline: %s: %s\n", code_name(err.code), err.message);
}

/* ---- records that no capture names ------------------------------------------ */

/* A crawl that was killed, or whose batch failed, has written what was never
 * judged: that is found by its URL. */
static bool is_ours(const struct erasing *e, struct slice url)
{
	struct item *it = item_new();
	struct err ignored;
	bool ours = false;

	if (url.n && !item_set_url(it, url, &ignored)) {
		for (size_t i = 0; i < e->found->pages_n; i++)
			ours |= hash128_eq(it->capture.url_key,
			    e->found->pages[i]);
		for (size_t i = 0; i < e->found->led_to_n; i++)
			ours |= slice_eq(it->capture.url, e->found->led_to[i]);
	}
	item_free(it);
	return ours;
}

static void scan_records(struct erasing *e, FILE *f, const char *name)
{
	struct warc_reader *r = warc_reader_new(f);
	struct warc_record rec;
	struct err err;
	int rc;

	while ((rc = warc_read(r, &rec, &err)))
		if (rc > 0 && rec.type == WARC_RESPONSE && is_ours(e, rec.url))
			erase_record(e, slice_of(name), rec.offset);
	warc_reader_free(r);
}

/* dateline-20261126T...: written on one day (UTC). */
static bool may_hold(const struct erasing *e, const char *name)
{
	struct civil c = civil_from_usec(e->found->since - USEC_DAY);
	char day[32];

	if (strncmp(name, "dateline-", 9) || e->found->since == TIME_NONE)
		return false;
	snprintf(day, sizeof(day), "%04d%02d%02d", c.year, c.month, c.day);
	return strncmp(name + 9, day, 8) >= 0;
}

static int scan_files(struct erasing *e, const char *dir, struct err *err)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (!d)
		return errno == ENOENT ? 0 : err_set(err, E_IO, "%s: %s", dir,
		    strerror(errno));
	while ((entry = readdir(d))) {
		struct strbuf path = STRBUF_INIT;
		FILE *f;

		if (!may_hold(e, entry->d_name))
			continue;
		strbuf_addf(&path, "%s/%s", dir, entry->d_name);
		f = fopen(path.p, "re");
		if (f) {
			scan_records(e, f, entry->d_name);
			fclose(f);
		}
		strbuf_release(&path);
	}
	closedir(d);
	return 0;
}

/* ---- the verb ------------------------------------------------------------------ */

static int erase_all(struct erasing *e, struct err *err)
{
	struct strbuf dir = STRBUF_INIT;
	int rc;

	for (size_t i = 0; i < e->found->places_n; i++)
		erase_record(e, e->found->places[i].file,
		    e->found->places[i].offset);
	archive_dir(e->cli->config, &dir);
	rc = scan_files(e, dir.p, err);
	strbuf_release(&dir);
	return rc;
}

static void report(const struct erasing *e, const char *what)
{
	const struct forgotten *f = e->found;

	printf("%s: %zu texts erased, with the bytes of %zu captures and lists "
	    "(%zu WARC records)\n", what, f->erased_n, f->emptied_n, e->records);
	for (size_t i = 0; i < f->pages_n; i++)
		printf("  %.*s: never visited again\n", SLICE_FMT(f->urls[i]));
	if (e->failed)
		fprintf(stderr, "dateline: %zu WARC records are not erased: "
		    "repeat this where their files are\n", e->failed);
}

/* A guid has the story behind its third colon; a page's urn has none. */
static bool is_page(const char *arg)
{
	return strstr(arg, "://") || (!strncmp(arg, "urn:dateline:", 13) &&
	    !strchr(arg + 13, ':'));
}

/* Today's id of a story that there is. */
static int find_story(struct db *db, const char *arg, int64_t *id,
    struct err *err)
{
	struct db_result *r;
	int rc;

	if (show_story_id(db, arg, id, err) ||
	    read_by_id(db, READ_STORY, *id, &r, err))
		return -1;
	rc = db_rows(r) ? 0 : err_set(err, E_NOT_FOUND, "no story %s", arg);
	if (!rc && !db_null(r, 0, 2)) /* merged: its survivor has its words */
		*id = db_int(r, 0, 2);
	db_result_free(r);
	return rc;
}

static int forget(struct pipeline *pl, struct cli *cli, const char *arg,
    const char *reason, struct erasing *e, struct err *err)
{
	static struct forgotten found;
	struct forget what = {.reason = reason};
	struct db *db = pipeline_db(pl);

	if (is_page(arg) ? show_url_key(arg, &what.page, err) :
	    find_story(db, arg, &what.story, err))
		return -1;
	*e = (struct erasing){cli, pipeline_kept(pl), &found, 0, 0};
	if (store_forget(db, pipeline_tools(pl), &cli->clock, &what,
	    &cli->arena, &found, err))
		return -1;
	if (erase_all(e, err))
		return -1;
	store_sweep(db);
	report(e, arg);
	return 0;
}

int cmd_forget(struct cli *cli, int argc, char **argv)
{
	const char *reason = NULL;
	const struct opt table[] = {
		{"reason", OPT_STRING, &reason, "R", "kept with the event"},
		{0},
	};
	struct err err = {0};
	struct erasing e = {0};
	struct pipeline *pl;
	int rc;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	if (argc != 2 || !reason || !*reason) {
		err_set(&err, E_USAGE, "forget URL|STORY --reason R");
		return cli_fail(cli, &err);
	}
	pl = pipeline_open(cli, &err);
	if (!pl)
		return cli_fail(cli, &err);
	rc = forget(pl, cli, argv[1], reason, &e, &err);
	rc = rc ? cli_fail(cli, &err) : e.failed ? EXIT_PART : EXIT_FINE;
	pipeline_close(pl);
	return rc;
}
