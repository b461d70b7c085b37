#include "cli/archive.h"

#include "core/config.h"
#include "crawler/warc.h"
#include "crawler/warc_read.h"
#include "parser/parser.h"
#include "store/store.h"
#include "story/story.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define BODY_MAX (8 << 20) /* as the parser's */

struct archive {
	struct cli *cli;
	struct strbuf dir;
	struct warc *warc; /* NULL: nothing is written */
	bool in_database;  /* bytes are kept there as well */
	bool failed;	   /* told already */
};

void archive_dir(const struct config *config, struct strbuf *to)
{
	const char *set = config_str(config, "warc.dir"), *home;

	if (*set)
		strbuf_adds(to, set);
	else if ((home = getenv("DATELINE_HOME")) && *home)
		strbuf_addf(to, "%s/warc", home);
	else if ((home = getenv("XDG_DATA_HOME")) && *home)
		strbuf_addf(to, "%s/dateline/warc", home);
	else if ((home = getenv("HOME")) && *home)
		strbuf_addf(to, "%s/.local/share/dateline/warc", home);
	else
		strbuf_adds(to, "warc");
}

struct archive *archive_open(struct cli *cli, const char *agent,
    bool private_db)
{
	struct archive *a = xcalloc(1, sizeof(*a));
	const char *bodies = config_str(cli->config, "warc.bodies");

	a->cli = cli;
	strbuf_init(&a->dir);
	archive_dir(cli->config, &a->dir);
	a->in_database = strcmp(bodies, "auto") ? !strcmp(bodies, "yes") :
	    !private_db;
	if (agent && config_bool(cli->config, "warc.enabled")) {
		struct warc_conf conf = {.dir = a->dir.p, .agent = agent,
		    .max_bytes = config_int(cli->config, "warc.max_bytes"),
		    .clock = &cli->clock};

		a->warc = warc_new(&conf);
	}
	return a;
}

void archive_close(struct archive *a)
{
	if (!a)
		return;
	warc_free(a->warc);
	strbuf_release(&a->dir);
	free(a);
}

/* ---- writing ---------------------------------------------------------------- */

/* Values of a head may hold what would end a line. */
static void add_field(struct strbuf *to, const char *name, struct slice v)
{
	if (!v.n)
		return;
	strbuf_addf(to, "%s: ", name);
	for (size_t i = 0; i < v.n; i++)
		strbuf_addc(to, v.p[i] == '\r' || v.p[i] == '\n' ? ' ' :
		    v.p[i]);
	strbuf_adds(to, "\r\n");
}

static bool is_redirect(const struct capture *c)
{
	return c->http_status >= 300 && c->http_status < 400;
}

/* Who gave the answer: the page, or where it led. */
static struct slice answered(const struct capture *c)
{
	return c->final_url.n && !is_redirect(c) ? c->final_url : c->url;
}

/* The ledger: what the page's owner says of its use. */
static void add_rights(const struct rights *r, struct strbuf *to)
{
	const struct {
		bool said;
		const char *what;
	} rows[] = {{r->noindex, "noindex"}, {r->noarchive, "noarchive"},
	    {r->nosnippet, "nosnippet"}, {r->noai, "noai"},
	    {r->noimageai, "noimageai"}, {r->tdm_reserved, "tdm-reserved"}};
	struct strbuf sb = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].said)
			strbuf_addf(&sb, "%s%s", sb.n ? ", " : "",
			    rows[i].what);
	add_field(to, "rights", strbuf_slice(&sb));
	add_field(to, "tdm-policy", r->tdm_policy);
	strbuf_release(&sb);
}

/* What `ingest` needs to judge as the crawl did, and what others may want to
 * know: the ledger of rights, the extractor. */
static void describe(const struct item *it, struct strbuf *to)
{
	const struct capture *c = &it->capture;

	add_field(to, "outcome", slice_of(outcome_name(c->outcome)));
	if (c->err.code)
		add_field(to, "code", slice_of(code_name(c->err.code)));
	if (!slice_eq(answered(c), c->url))
		add_field(to, "page", c->url);
	if (is_redirect(c))
		add_field(to, "final-url", c->final_url);
	add_field(to, "kind", slice_of(it->kind));
	if (it->cut)
		add_field(to, "cut", SLICE("1"));
	add_field(to, "outlet", it->outlet);
	add_field(to, "outlet-zone", it->zone);
	add_field(to, "outlet-credit", it->credit);
	strbuf_addf(to, "extractor: %d\r\nfetchTimeMs: %lld\r\n",
	    parser_revision(), (long long)(c->duration / 1000));
	add_rights(&c->rights, to);
}

static void place(struct archive *a, struct item *it,
    const struct warc_written *w)
{
	it->warc = (struct warc_row){
	    .file = arena_slice(&it->arena, slice_of(w->place.file)),
	    .offset = w->place.offset, .id = w->id,
	    .has_body = it->capture.head.p && !w->revisit,
	    .url = answered(&it->capture),
	    .digest = arena_slice(&it->arena, slice_of(w->digest)),
	    .in_database = a->in_database};
}

static int write_item(struct archive *a, struct item *it,
    const struct body_origin *o, struct strbuf *fields, struct err *err)
{
	const struct capture *c = &it->capture;
	struct warc_origin origin = {o->url, o->digest, o->id, o->at};
	struct warc_visit v = {.url = answered(c), .at = c->fetched_at,
	    .address = c->address, .head = c->head, .body = c->wire,
	    .unchanged = c->http_status == 304,
	    .origin = o->url.n ? &origin : NULL};
	struct warc_written w;

	strbuf_reset(fields);
	describe(it, fields);
	v.fields = strbuf_slice(fields);
	if (warc_write(a->warc, &v, &w, err))
		return -1;
	place(a, it, &w);
	return 0;
}

static void give_up(struct archive *a, struct item **items, size_t n,
    const struct err *why)
{
	if (!a->failed)
		log_warn(&a->cli->log, "warc", "code=%s: %s; bytes go to the "
		    "database meanwhile", code_name(why->code),
		    why->message);
	a->failed = true;
	for (size_t i = 0; i < n; i++)
		items[i]->warc = (struct warc_row){0};
}

static void recovered(struct archive *a)
{
	if (a->failed)
		log_info(&a->cli->log, "warc", "written again");
	a->failed = false;
}

/* How many of them, from the first one, are on the disk; *why: not all are. What
 * lies there is named, or nobody could erase it. */
static size_t write_some(struct archive *a, struct item **items, size_t n,
    const struct body_origin *origins, struct err *why)
{
	struct strbuf fields = STRBUF_INIT;
	size_t i = 0;

	while (i < n && !write_item(a, items[i], &origins[i], &fields, why))
		i++;
	strbuf_release(&fields);
	return why->code == E_NOT_FOUND || warc_sync(a->warc, why) ? 0 : i;
}

/* Of a file that is gone the bytes of before are lost (doctor names it); those
 * at hand go to another. */
static void write_items(struct archive *a, struct item **items, size_t n,
    const struct body_origin *origins)
{
	struct err why = {0};
	size_t done = write_some(a, items, n, origins, &why);

	if (why.code == E_NOT_FOUND) {
		log_warn(&a->cli->log, "warc", "code=%s: %s; another is begun",
		    code_name(why.code), why.message);
		why = (struct err){0};
		done = write_some(a, items, n, origins, &why);
	}
	if (done < n)
		give_up(a, items + done, n - done, &why);
	else
		recovered(a);
}

/* ---- what is forgotten ------------------------------------------------------- */

void archive_forget(struct item *it)
{
	struct capture *c = &it->capture;

	c->outcome = OUTCOME_REFUSED;
	err_set(&c->err, E_FORGOTTEN, "%s", code_text(E_FORGOTTEN));
	c->article = NULL;
	c->bytes = c->head = c->wire = c->etag = c->last_modified = SLICE_NONE;
	it->article = (struct article){0};
}

static bool has_article(const struct item *it)
{
	return it->capture.article && it->capture.bytes.p;
}

/* Texts that were erased, shown again by whatever page. */
static int forget_texts(struct db *db, struct item **items, size_t n,
    struct err *err)
{
	struct hash128 *hashes = xcalloc(n + 1, sizeof(*hashes));
	bool *gone = xcalloc(n + 1, sizeof(*gone)), any;
	int rc = store_any_forgotten(db, &any, err);

	for (size_t i = 0; i < n && !rc && any; i++) {
		struct arena scratch;

		if (!has_article(items[i]))
			continue;
		arena_init(&scratch);
		hashes[i] = text_new(&scratch, items[i]->article.title,
		    items[i]->article.summary, items[i]->article.body)->hash;
		arena_release(&scratch);
	}
	if (!rc && any)
		rc = store_forgotten(db, hashes, n, gone, err);
	for (size_t i = 0; i < n && !rc && any; i++)
		if (gone[i])
			archive_forget(items[i]);
	free(hashes);
	free(gone);
	return rc;
}

int archive_items(struct archive *a, struct db *db, struct item **items,
    size_t n, struct err *err)
{
	struct body_origin *o;
	struct arena scratch;
	int rc;

	if (!a->warc || !n)
		return 0;
	arena_init(&scratch);
	o = arena_zalloc(&scratch, n, sizeof(*o));
	for (size_t i = 0; i < n; i++) {
		const struct capture *c = &items[i]->capture;

		o[i].host_key = host_key_of(c->host);
		o[i].url_key = c->url_key;
		if (c->bytes.p)
			o[i].body_hash = hash128(c->bytes.p, c->bytes.n);
	}
	rc = store_origins(db, o, n, &scratch, err) ||
	    forget_texts(db, items, n, err) ? -1 : 0;
	for (size_t i = 0; i < n && !rc; i++)
		if (o[i].forgotten)
			archive_forget(items[i]);
	if (!rc)
		write_items(a, items, n, o);
	arena_release(&scratch);
	return rc;
}

/* ---- reading ------------------------------------------------------------------ */

static int open_at(const struct archive *a, const char *file, FILE **f,
    struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	strbuf_addf(&path, "%s/%s", a->dir.p, file);
	*f = strchr(file, '/') ? NULL : fopen(path.p, "re");
	if (!*f)
		rc = err_set(err, E_NOT_FOUND, "%s: %s", path.p,
		    strerror(errno));
	strbuf_release(&path);
	return rc;
}

static int body_at(FILE *f, int64_t offset, struct strbuf *body,
    struct err *err)
{
	struct warc_reader *r;
	struct warc_record rec;
	struct warc_http h;
	bool cut;
	int rc = warc_read_at(f, offset, &r, &rec, err);

	if (!rc && rec.type != WARC_RESPONSE)
		rc = err_set(err, E_NOT_FOUND, "the record is no response");
	if (!rc)
		rc = warc_http_parse(rec.block, &h, err);
	if (!rc)
		rc = warc_http_body(&h, BODY_MAX, body, &cut, err);
	warc_reader_free(r);
	return rc;
}

int archive_kept(void *self, const char *file, int64_t offset,
    struct arena *arena, struct slice *bytes, struct err *err)
{
	struct archive *a = self;
	struct strbuf body = STRBUF_INIT;
	struct err why = {0};
	FILE *f;

	(void)err; /* what is not here is no failure: it is not compared */
	*bytes = SLICE_NONE;
	if (!open_at(a, file, &f, &why)) {
		if (!body_at(f, offset, &body, &why))
			*bytes = arena_slice(arena, strbuf_slice(&body));
		fclose(f);
	}
	if (!bytes->p)
		log_warn(&a->cli->log, "warc", "%s at %lld cannot be read: %s",
		    file, (long long)offset, why.message);
	strbuf_release(&body);
	return 0;
}

int archive_erase(const struct archive *a, struct slice file, int64_t offset,
    struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s/%.*s", a->dir.p, SLICE_FMT(file));
	rc = warc_erase(path.p, offset, err);
	strbuf_release(&path);
	return rc;
}
