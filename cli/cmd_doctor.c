/* doctor: what is wrong with this installation. */
#include "cli/archive.h"
#include "cli/find.h"
#include "cli/show.h"

#include "core/config.h"
#include "core/json.h"
#include "core/zone.h"
#include "crawler/warc.h"

#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define OFFSET_MAX	(5 * USEC_SECOND) /* machine and database apart */
#define DISK_LEAST	(1LL << 30)	  /* free bytes that a day wants */
#define IDLE_STUCK_S	90 /* a worker gives a sign of life every 30 s */
#define JUDGING_STUCK_S 120 /* a batch takes well under a second */
#define SERVER_LEAST	140000 /* the oldest that we know to work */

enum state { FINE, WORD, WRONG };

struct doctor {
	struct cli *cli;
	struct db *db;
	bool json;
	int wrong;
};

static void tell(struct doctor *d, enum state state, const char *what,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

static void tell(struct doctor *d, enum state state, const char *what,
    const char *fmt, ...)
{
	static const char *const states[] = {"ok", "note", "WRONG"};
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	d->wrong += state == WRONG;
	if (!d->json) {
		printf("%-6s%s: %s\n", states[state], what, text);
		return;
	}
	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_cstr(&w, "check", what);
	jsonw_cstr(&w, "state", state == WRONG ? "wrong" : states[state]);
	jsonw_cstr(&w, "message", text);
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

/* ---- this machine -------------------------------------------------------- */

static void contact(struct doctor *d)
{
	const char *who = config_str(d->cli->config, "contact");

	if (*who)
		tell(d, FINE, "contact", "%s", who);
	else
		tell(d, WRONG, "contact", "none is set; crawl and run will "
		    "refuse (NO_CONTACT)");
}

static void zones(struct doctor *d)
{
	static const char *const names[] = {"Europe/London", "Asia/Kolkata",
	    "America/New_York"};
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct zone *z = zone_load(names[i], &err);

		if (!z) {
			tell(d, WRONG, "zones", "%s; is tzdata installed?",
			    err.message);
			return;
		}
		zone_free(z);
	}
	tell(d, FINE, "zones", "the time zones of the world are there");
}

/* The files that libcurl's makers take as the default. */
static void certificates(struct doctor *d)
{
	static const char *const files[] = {
	    "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
	    "/etc/pki/tls/certs/ca-bundle.crt"};

	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		if (!access(files[i], R_OK)) {
			tell(d, FINE, "certificates", "%s", files[i]);
			return;
		}
	tell(d, WRONG, "certificates", "no certificates of authorities are "
	    "found, so that no https host can be trusted; is "
	    "ca-certificates installed?");
}

static bool has_nameserver(void)
{
	FILE *f = fopen("/etc/resolv.conf", "re");
	char line[256];
	bool yes = false;

	while (f && !yes && fgets(line, sizeof(line), f))
		yes = !strncmp(line, "nameserver", 10);
	if (f)
		fclose(f);
	return yes;
}

static int look_up(struct doctor *d, const char *host)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	int rc = getaddrinfo(host, NULL, &hints, &found);

	if (rc)
		tell(d, WRONG, "resolver", "%s: %s", host, gai_strerror(rc));
	else
		freeaddrinfo(found);
	return rc ? -1 : 0;
}

static void resolver(struct doctor *d)
{
	struct db_result *r = NULL;
	struct err err;
	size_t n = 0;

	if (!has_nameserver())
		tell(d, WORD, "resolver", "/etc/resolv.conf names no server");
	if (d->db && read_all(d->db, DOCTOR_HOSTS, &r, &err))
		return;
	for (; r && n < db_rows(r); n++) {
		char host[256];

		snprintf(host, sizeof(host), "%.*s",
		    SLICE_FMT(db_str(r, n, 0)));
		host[strcspn(host, ":")] = '\0';
		if (look_up(d, host))
			break;
	}
	if (!r || n == db_rows(r))
		tell(d, FINE, "resolver", "%zu hosts of sources looked up", n);
	db_result_free(r);
}

static void disk(struct doctor *d, const char *what, const char *path)
{
	struct statvfs fs;
	long long free_bytes;

	if (statvfs(path, &fs)) /* another machine's, or not ours to see */
		return;
	free_bytes = (long long)fs.f_bavail * (long long)fs.f_frsize;
	tell(d, free_bytes < DISK_LEAST ? WRONG : FINE, "disk",
	    "%lld MB are free for %s (%s)", free_bytes >> 20, what, path);
}

/* ---- the database ---------------------------------------------------------- */

static void server(struct doctor *d, const struct db_result *r)
{
	char path[512];

	tell(d, FINE, "database", "reached; PostgreSQL %.*s, as %.*s, %lld MB",
	    SLICE_FMT(db_str(r, 0, 0)), SLICE_FMT(db_str(r, 0, 7)),
	    (long long)(db_int(r, 0, 6) >> 20));
	if (db_int(r, 0, 1) < SERVER_LEAST)
		tell(d, WRONG, "database", "the server is older than 14");
	if (db_bool(r, 0, 2))
		tell(d, WRONG, "database", "it takes no writes: a standby, or "
		    "default_transaction_read_only is on");
	if (db_int(r, 0, 3) * 10 > db_int(r, 0, 4) * 9)
		tell(d, WRONG, "connections", "%lld of %lld are taken",
		    (long long)db_int(r, 0, 3), (long long)db_int(r, 0, 4));
	if (db_int(r, 0, 5) < 4 * config_int(d->cli->config,
	    "crawl.connections"))
		tell(d, WRONG, "locks", "the server has room for %lld locks, "
		    "and a worker holds up to %lld hosts: raise "
		    "max_locks_per_transaction", (long long)db_int(r, 0, 5),
		    2 * (long long)config_int(d->cli->config,
		    "crawl.connections"));
	if (!db_bool(r, 0, 8))
		tell(d, db_bool(r, 0, 9) ? WORD : WRONG, "roles", "%.*s may "
		    "%s; crawl, run and ingest need dateline_ingest's rights",
		    SLICE_FMT(db_str(r, 0, 7)), db_bool(r, 0, 9) ? "read alone"
		    : "not even read");
	if (!db_null(r, 0, 10))
		tell(d, WORD, "roles", "%.*s are missing: the user who ran "
		    "migrate may not make roles", SLICE_FMT(db_str(r, 0, 10)));
	else
		tell(d, FINE, "roles", "owner, ingest and reader are there");
	snprintf(path, sizeof(path), "%.*s", SLICE_FMT(db_str(r, 0, 11)));
	if (*path)
		disk(d, "the database", path);
}

static void offset(struct doctor *d)
{
	long long ms = (long long)d->cli->clock.offset / 1000;

	if (d->cli->clock.scripted)
		tell(d, WORD, "clock", "it is scripted (DATELINE_CLOCK)");
	else
		tell(d, llabs(ms) * 1000 > OFFSET_MAX ? WRONG : FINE, "clock",
		    "the database's is %lld ms ahead of this machine's", ms);
}

static void leases(struct doctor *d, const struct db_result *r)
{
	long long hosts = 0, sessions = 0;

	for (size_t i = 0; i < db_rows(r); i++) {
		long long n = (long long)db_int(r, i, 2);
		long long idle = (long long)db_int(r, i, 3);

		hosts += n;
		sessions += n > 0;
		if (n && idle > IDLE_STUCK_S)
			tell(d, WRONG, "leases", "session %lld of %.*s holds "
			    "%lld hosts (%.*s, ...) and asks nothing since "
			    "%lld s: its worker hangs",
			    (long long)db_int(r, i, 0),
			    SLICE_FMT(db_str(r, i, 1)), n,
			    SLICE_FMT(db_str(r, i, 5)), idle);
		if (db_int(r, i, 4) > JUDGING_STUCK_S)
			tell(d, WRONG, "leases", "session %lld of %.*s holds "
			    "the judging lock since %lld s",
			    (long long)db_int(r, i, 0),
			    SLICE_FMT(db_str(r, i, 1)),
			    (long long)db_int(r, i, 4));
	}
	tell(d, FINE, "leases", "%lld hosts are held by %lld workers", hosts,
	    sessions);
}

static void pages(struct doctor *d, const struct db_result *r)
{
	if (!db_int(r, 0, 1))
		tell(d, WORD, "sources", "there are none: dateline source add");
	else
		tell(d, FINE, "sources", "%lld feeds and sources",
		    (long long)db_int(r, 0, 1));
	if (db_int(r, 0, 0))
		tell(d, WRONG, "schedule", "%lld pages are due for over an "
		    "hour: is run or a timer at work?",
		    (long long)db_int(r, 0, 0));
	else
		tell(d, FINE, "schedule", "nothing is due for over an hour");
	if (db_int(r, 0, 2))
		tell(d, WORD, "quarantine", "%lld refused inputs: dateline "
		    "quarantine list", (long long)db_int(r, 0, 2));
	if (db_int(r, 0, 3))
		tell(d, WORD, "outlets", "%lld of %lld have no time zone: a "
		    "time that a page prints without one is read as UTC",
		    (long long)db_int(r, 0, 3), (long long)db_int(r, 0, 4));
}

static void outlets(struct doctor *d, const struct db_result *r)
{
	for (size_t i = 0; i < db_rows(r); i++)
		if (db_bool(r, i, 7) && !db_bool(r, i, 8))
			tell(d, WRONG, "outlets", "%.*s is silent for longer "
			    "than is usual for it", SLICE_FMT(db_str(r, i, 0)));
}

/* Files of other machines cannot be looked for here. */
static bool is_missing(const struct doctor *d, const char *dir,
    struct slice file)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	bool missing;

	strbuf_addf(&path, "%s/%.*s", dir, SLICE_FMT(file));
	missing = stat(path.p, &st) && errno == ENOENT &&
	    (cli_is_private(d->cli) || warc_is_of_here(file));
	strbuf_release(&path);
	return missing;
}

static void warc_files(struct doctor *d, const struct db_result *r)
{
	struct strbuf dir = STRBUF_INIT;
	struct slice first = SLICE_NONE;
	size_t gone = 0;
	long long captures = 0, alone = 0;

	archive_dir(d->cli->config, &dir);
	for (size_t i = 0; i < db_rows(r); i++) {
		if (!is_missing(d, dir.p, db_str(r, i, 0)))
			continue;
		if (!gone++)
			first = db_str(r, i, 0);
		captures += (long long)db_int(r, i, 1);
		alone += (long long)db_int(r, i, 2);
	}
	if (gone)
		tell(d, WRONG, "warc", "%zu of %zu files looked for are not in "
		    "%s (%.*s, ...): of %lld captures looked at that name "
		    "them %lld have no bytes", gone, db_rows(r), dir.p,
		    SLICE_FMT(first), captures, alone);
	else
		tell(d, FINE, "warc", "%zu files looked for, none of this "
		    "machine's is missing", db_rows(r));
	strbuf_release(&dir);
}

static int feeds(struct doctor *d, struct err *err)
{
	struct db_result *r;
	char at[SHOW_TIME];

	if (read_by_id(d->db, DOCTOR_FEEDS, FIND_UNFED, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		tell(d, WRONG, "feeds", "%.*s gave no feed at its last %lld "
		    "visits; it last did at %s", SLICE_FMT(db_str(r, i, 0)),
		    (long long)db_int(r, i, 1),
		    show_time(db_time(r, i, 2), at));
	db_result_free(r);
	return 0;
}

static int database(struct doctor *d, struct err *err)
{
	const struct {
		const char *sql;
		void (*look)(struct doctor *, const struct db_result *);
	} looks[] = {{DOCTOR_SERVER, server}, {DOCTOR_LEASES, leases},
	    {DOCTOR_PAGES, pages}, {DOCTOR_WARC, warc_files},
	    {READ_OUTLETS, outlets}};

	offset(d);
	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		struct db_result *r;

		if (read_all(d->db, looks[i].sql, &r, err))
			return -1;
		looks[i].look(d, r);
		db_result_free(r);
	}
	return feeds(d, err);
}

int cmd_doctor(struct cli *cli, int argc, char **argv)
{
	struct doctor d = {.cli = cli};
	const struct opt table[] = {
		{"json", OPT_FLAG, &d.json, NULL, "JSON lines"}, {0}};
	struct err err = {0};
	int rc = EXIT_FINE;

	argc = opts_parse(table, argc, argv, &err);
	if (argc > 1)
		argc = err_set(&err, E_USAGE, "doctor takes no arguments");
	if (argc < 0)
		return cli_fail(cli, &err);
	contact(&d);
	zones(&d);
	certificates(&d);
	d.db = cli_connect(cli, &err);
	if (!d.db || database(&d, &err)) {
		tell(&d, WRONG, err.code == E_DB_SCHEMA ? "schema" : "database",
		    "%s: %s", code_name(err.code), err.message);
		rc = EXIT_DB;
	}
	resolver(&d);
	db_close(d.db);
	return rc ? rc : d.wrong ? EXIT_FAILED : EXIT_FINE;
}
