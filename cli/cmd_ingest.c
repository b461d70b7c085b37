/* ingest: the pipeline from files. */
#include "cli/ingest.h"
#include "core/json.h"
#include "crawler/warc_read.h"
#include "parser/parser.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line of jsonl: the longest real article has 200 kB. */
#define LINE_MAX_BYTES (4 << 20)
#define FILE_MAX_BYTES (9 << 20) /* over the parser's 8 MiB, so that it tells */

/* SIGINT and SIGTERM: what was read is judged, the rest is left. */
static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* ---- jsonl ------------------------------------------------------------------ */

enum outcome ingest_outcome(int64_t status)
{
	if (status == 404 || status == 410)
		return OUTCOME_GONE;
	if (status == 304)
		return OUTCOME_UNCHANGED;
	if (status >= 300 && status < 400)
		return OUTCOME_REDIRECT;
	return OUTCOME_HTTP_ERROR;
}

/* What the timeline takes a publisher's time for: up to fetched + 1 day. */
static void bound_time(struct pubtime *t, usec_t fetched)
{
	if (t->at != TIME_NONE && fetched != TIME_NONE &&
	    t->at > fetched + USEC_DAY)
		t->at = TIME_NONE;
}

/* Who has seen what is to come is mistaken. */
int ingest_check_time(const struct ingest *in, usec_t fetched, struct err *err)
{
	char text[TIME_TEXT];

	if (fetched == TIME_NONE || (fetched >= 0 &&
	    fetched <= clock_now(&in->cli->clock) + USEC_DAY))
		return 0;
	return err_set(err, E_BAD_RECORD,
	    "fetched_at %s lies before 1970 or after tomorrow",
	    time_text(fetched, text));
}

/* What would be left of such a URL is another page's. */
static int check_url(struct item *it, struct slice text, struct err *err)
{
	struct article *art = &it->article;

	if (!jsonr_has_nul(text, art->url.n ? "url" : "canonical_url"))
		return 0;
	art->url = art->canonical_url = SLICE_NONE;
	return err_set(err, E_INVALID_URL, "the URL holds U+0000");
}

static bool names_page(const struct article *art)
{
	return art->url.n || art->canonical_url.n || art->id.n;
}

/* What the record makes of its page. A body that is given and empty is a page
 * that was emptied; null and none are a record that lacks one, and of a page
 * that nothing names nobody can tell that it had a text. */
static int read_body(struct item *it, bool given, int64_t status,
    struct err *err)
{
	struct capture *c = &it->capture;

	if (given && (it->article.body.n || !status || status == 200)) {
		c->article = &it->article;
		item_set_outcome(it);
		item_emptied(it);
		if (c->outcome != OUTCOME_EMPTIED)
			return 0;
	}
	if (status && status != 200) {
		c->outcome = ingest_outcome(status);
		c->err = (struct err){0};
		return 0;
	}
	if (given && names_page(&it->article))
		return 0;
	return err_set(err, E_EMPTY_BODY,
	    "the record has neither body nor http_status");
}

/* j is what text was parsed to. */
static int read_record(const struct ingest *in, struct item *it,
    struct slice text, const struct json *j, struct err *err)
{
	struct slice at = jsonr_str(jsonr_get(j, "fetched_at"));
	int64_t status = jsonr_int(jsonr_get(j, "http_status"), 0);
	struct capture *c = &it->capture;

	if (article_read(j, &it->arena, &it->article, err) ||
	    check_url(it, text, err))
		return -1;
	if (at.n && time_parse(at, &c->fetched_at))
		return err_set(err, E_BAD_RECORD,
		    "fetched_at \"%.*s\" is not a time", SLICE_FMT(at));
	if (ingest_check_time(in, c->fetched_at, err))
		return -1;
	if (status && (status < 100 || status > 599))
		return err_set(err, E_BAD_RECORD,
		    "http_status %lld is none (RFC 9110, 15)", (long long)status);
	c->http_status = (int)status;
	c->location = arena_slice(&it->arena,
	    jsonr_str(jsonr_get(j, "location")));
	bound_time(&it->article.created, c->fetched_at);
	bound_time(&it->article.updated, c->fetched_at);
	return read_body(it, jsonr_is_string(jsonr_get(j, "body")), status, err);
}

static int read_line(const void *with, struct item *it, struct err *why)
{
	struct slice line = it->capture.bytes;
	struct json *j = jsonr_parse(line, why);
	int rc = j ? read_record(with, it, line, j, why) : -1;

	jsonr_free(j);
	if (rc || ingest_place(it, line, why))
		return -1;
	it->said = item_said(it);
	ingest_redirect(it);
	return 0;
}

static int add_line(struct ingest *in, struct slice line, struct slice label)
{
	struct item *it = item_new();

	it->label = arena_slice(&it->arena, label);
	it->capture.bytes = arena_slice(&it->arena, line);
	it->capture.content_type = SLICE("application/json");
	if (in->outlet)
		it->outlet = slice_of(in->outlet);
	return ingest_put(in, it, read_line);
}

/* Skips the rest of a line that is over the limit. */
static int refuse_line(struct ingest *in, FILE *f, struct slice label)
{
	struct item *it = item_new();
	struct err why;
	int c;

	while ((c = getc_unlocked(f)) != EOF && c != '\n')
		;
	err_set(&why, E_RECORD_TOO_LARGE, "the line is over %d bytes",
	    LINE_MAX_BYTES);
	it->label = arena_slice(&it->arena, label);
	if (ingest_drain(in)) { /* what came before is told before */
		item_free(it);
		return -1;
	}
	return ingest_refuse(in, it, &why, label);
}

/* One line into sb; 0 at the end, 1, or 2 when it is over the limit. */
static int next_line(FILE *f, struct strbuf *sb)
{
	int c;

	strbuf_reset(sb);
	while ((c = getc_unlocked(f)) != EOF && c != '\n') {
		if (sb->n == LINE_MAX_BYTES)
			return 2;
		strbuf_grow(sb, 1);
		sb->p[sb->n] = (char)c;
		strbuf_setlen_grown(sb, 1);
	}
	return c != EOF || sb->n;
}

static int ingest_lines(struct ingest *in, FILE *f, const char *path)
{
	struct strbuf sb = STRBUF_INIT, label = STRBUF_INIT;
	size_t number = 0;
	int rc = 0, got;

	/* a line that a signal ended is none */
	while (!rc && !stop && (got = next_line(f, &sb)) != 0 && !stop) {
		strbuf_reset(&label);
		strbuf_addf(&label, "%s:%zu", path, ++number);
		if (got == 2)
			rc = refuse_line(in, f, strbuf_slice(&label));
		else if (slice_trim(strbuf_slice(&sb)).n)
			rc = add_line(in, strbuf_slice(&sb),
			    strbuf_slice(&label));
	}
	if (stop && !feof(f))
		fprintf(stderr, "dateline: %s: stopped after line %zu\n", path,
		    number);
	strbuf_release(&sb);
	strbuf_release(&label);
	return rc;
}

/* ---- pages -------------------------------------------------------------------- */

/* Was a text read? */
static int check_text(const struct item *it, struct err *why)
{
	const struct capture *c = &it->capture;

	if (c->outcome == OUTCOME_ARTICLE || c->outcome == OUTCOME_TRUNCATED)
		return 0;
	*why = c->err;
	return why->code ? -1 : err_set(why, E_NO_ARTICLE, "the page is %s",
	    outcome_name(c->outcome));
}

static int read_page(const void *with, struct item *it, struct err *why)
{
	static const enum item_format formats[] = {ITEM_AUTO, ITEM_HTML,
	    ITEM_TEXT, ITEM_AUTO, ITEM_AUTO};
	const struct ingest *in = with;

	item_read(it, formats[in->format], NULL, NULL);
	return check_text(it, why) ? -1 :
	    ingest_place(it, it->capture.bytes, why);
}

static int ingest_page(struct ingest *in, FILE *f, const char *path)
{
	struct item *it = item_new();
	struct strbuf sb = STRBUF_INIT;
	struct err why = {0};
	int rc;

	it->label = arena_slice(&it->arena, slice_of(path));
	if (in->outlet)
		it->outlet = slice_of(in->outlet);
	rc = cli_read_stream(f, path, FILE_MAX_BYTES, &sb, &why);
	if (rc && stop) { /* a part of a page is none */
		strbuf_release(&sb);
		item_free(it);
		return 0;
	}
	if (!rc)
		it->capture.bytes = arena_slice(&it->arena, strbuf_slice(&sb));
	strbuf_release(&sb);
	return rc ? ingest_refuse(in, it, &why, SLICE_NONE) :
	    ingest_put(in, it, read_page);
}

/* ---- again: what quarantine kept ------------------------------------------------- */

static int read_again(struct item *it, const struct zone *zone,
    const char *credit, struct err *why)
{
	item_read(it, ITEM_AUTO, zone, credit);
	return check_text(it, why);
}

int ingest_read(struct cli *cli, struct item *it, const struct zone *zone,
    const char *credit, struct err *why)
{
	const struct ingest in = {.cli = cli};
	struct slice bytes = it->capture.bytes;

	if (it->capture.url.n)
		return read_again(it, zone, credit, why);
	if (!bytes.n || bytes.p[0] != '{')
		return read_again(it, zone, credit, why) ||
		    ingest_place(it, bytes, why) ? -1 : 0;
	return read_line(&in, it, why);
}

/* ---- paths -------------------------------------------------------------------- */

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && !strcmp(s + n - k, end);
}

static bool is_lines(const struct ingest *in, const char *path, FILE *f)
{
	int c;

	if (in->format != INGEST_AUTO)
		return in->format == INGEST_JSONL;
	if (ends_with(path, ".jsonl") || ends_with(path, ".ndjson"))
		return true;
	c = getc(f);
	if (c != EOF)
		ungetc(c, f);
	return c == '{';
}

static bool is_named_warc(const char *path)
{
	return ends_with(path, ".warc") || ends_with(path, ".warc.gz");
}

/* By its name, or how it begins, where that can be looked at. */
static bool is_warc(const struct ingest *in, const char *path, FILE *f)
{
	char begins[5];
	size_t n;
	int c;

	if (in->format != INGEST_AUTO)
		return in->format == INGEST_WARC;
	if (is_named_warc(path))
		return true;
	if (fseeko(f, 0, SEEK_CUR)) { /* a pipe: the magic of gzip at most */
		c = getc(f);
		if (c != EOF)
			ungetc(c, f);
		return c == 0x1f;
	}
	n = fread(begins, 1, sizeof(begins), f);
	rewind(f);
	return warc_sniff((struct slice){begins, n});
}

static int refuse_path(struct ingest *in, const char *path, int error)
{
	struct err why;

	err_set(&why, E_IO, "%s", strerror(error));
	return pipeline_refuse(in->pl, path, "ingest", &why, slice_of(path),
	    in->err);
}

static int ingest_file(struct ingest *in, const char *path)
{
	FILE *f;
	int rc;

	if (stop) {
		in->left++;
		return 0;
	}
	f = strcmp(path, "-") ? fopen(path, "re") : stdin;
	if (!f)
		return refuse_path(in, path, errno);
	rc = is_warc(in, path, f) ? ingest_warc(in, f, path) :
	    is_lines(in, path, f) ? ingest_lines(in, f, path) :
	    ingest_page(in, f, path);
	in->left += stop && !feof(f);
	if (f != stdin)
		fclose(f);
	return rc;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

/* WARC files that follow one another are read as one: how many are there? */
static size_t count_warc(const struct ingest *in, char *const *paths)
{
	size_t n = 0;
	struct stat st;

	if (in->format != INGEST_AUTO && in->format != INGEST_WARC)
		return 0;
	while (paths[n] && is_named_warc(paths[n]) && !stat(paths[n], &st) &&
	    S_ISREG(st.st_mode))
		n++;
	return n;
}

/* Paths to files, NULL behind them. */
static int ingest_files(struct ingest *in, char *const *paths)
{
	int rc = 0;

	while (*paths && !rc) {
		size_t n = count_warc(in, paths);

		rc = n > 1 ? ingest_warc_files(in, paths, n) :
		    ingest_file(in, *paths);
		paths += n > 1 ? n : 1;
	}
	return rc;
}

/* A directory gives the regular files in it, in order of their names. */
static int ingest_dir(struct ingest *in, const char *path)
{
	struct dirent **names;
	int n = scandir(path, &names, visible, alphasort), rc, k = 0;
	char **paths;

	if (n < 0)
		return refuse_path(in, path, errno);
	paths = xcalloc((size_t)n + 1, sizeof(*paths));
	for (int i = 0; i < n; i++) {
		struct strbuf sb = STRBUF_INIT;
		struct stat st;

		strbuf_addf(&sb, "%s/%s", path, names[i]->d_name);
		if (!stat(sb.p, &st) && S_ISREG(st.st_mode))
			paths[k++] = xstrdup(sb.p);
		strbuf_release(&sb);
		free(names[i]);
	}
	free(names);
	rc = ingest_files(in, paths);
	while (k)
		free(paths[--k]);
	free(paths);
	return rc;
}

static bool is_dir(const char *path)
{
	struct stat st;

	return strcmp(path, "-") && !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int set_format(struct ingest *in, const char *name, struct err *err)
{
	static const char *const names[] = {"auto", "html", "text", "jsonl",
	    "warc"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i], name)) {
			in->format = (enum ingest_format)i;
			return 0;
		}
	return err_set(err, E_USAGE,
	    "format \"%s\" is not auto, html, text, jsonl or warc", name);
}

static int report(const struct ingest *in)
{
	const struct pipeline_stats *st = pipeline_stats(in->pl);

	fprintf(stderr, "ingest: %zu judged, %zu known before, %zu in conflict, "
	    "%zu refused", st->judged, st->known, st->conflicts, st->refused);
	if (in->passed)
		fprintf(stderr, ", %zu passed over", in->passed);
	if (stop)
		fprintf(stderr, "; stopped with %zu paths left", in->left);
	fputc('\n', stderr);
	return (st->refused || st->conflicts) && !stop ? EXIT_PART : EXIT_FINE;
}

static int ingest_all(struct ingest *in, char **paths, struct err *err)
{
	struct sigaction sa = {.sa_handler = on_signal};

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	while (*paths) {
		size_t n = count_warc(in, paths);

		if (n > 1 ? ingest_warc_files(in, paths, n) :
		    is_dir(*paths) ? ingest_dir(in, *paths) :
		    ingest_file(in, *paths))
			return -1;
		paths += n > 1 ? n : 1;
	}
	return ingest_drain(in) ? -1 : pipeline_flush(in->pl, err);
}

/* One processor judges, with the server. */
static size_t threads(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 2 ? (size_t)n - 1 : 1;
}

int cmd_ingest(struct cli *cli, int argc, char **argv)
{
	const char *format = "auto";
	struct err err = {0};
	struct ingest in = {.cli = cli, .stop = &stop,
	    .err = &err};
	const struct opt table[] = {
		{"format", OPT_STRING, &format, "F", "auto, html, text, jsonl, warc"},
		{"outlet", OPT_STRING, &in.outlet, "NAME", "of all that is read"},
		{0},
	};
	int rc, outcome;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0 || set_format(&in, format, &err))
		return cli_fail(cli, &err);
	if (argc < 2) {
		err_set(&err, E_USAGE, "ingest needs a PATH, or - for stdin");
		return cli_fail(cli, &err);
	}
	in.pl = pipeline_open(cli, &err);
	if (!in.pl)
		return cli_fail(cli, &err);
	in.readers = readers_start(threads(), &in);
	rc = ingest_all(&in, argv + 1, &err);
	readers_stop(in.readers);
	outcome = report(&in);
	rc = rc ? cli_fail(cli, &err) : outcome;
	pipeline_close(in.pl);
	return rc;
}
