#include "store/forget.h"

#include "store/batch.h"
#include "store/sql.h"

#include <stdlib.h>

#define NEEDLE_MIN 8 /* bytes: what is shorter stands in any page */

struct forgetting {
	struct batch *b;
	const struct forget *what;
	struct arena *a;
	struct forgotten *out;
	struct err *err;
};

static int ask(struct forgetting *f, const char *sql, struct params *p,
    struct db_result **r)
{
	int rc = db_query(f->b->db, sql, p, r, f->err);

	params_release(p);
	return rc;
}

static int run(struct forgetting *f, const char *sql, struct params *p)
{
	int rc = db_queue(f->b->db, sql, p, f->err);

	params_release(p);
	return rc;
}

/* ---- what is to go ----------------------------------------------------------- */

static int find_pages(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	if (f->what->story)
		params_int(&p, f->what->story);
	else
		params_hash(&p, f->what->page);
	if (ask(f, f->what->story ? SQL_PAGES_OF_STORY : SQL_FORGET_PAGE, &p, &r))
		return -1;
	o->pages = arena_zalloc(f->a, db_rows(r) + 1, sizeof(*o->pages));
	o->urls = arena_zalloc(f->a, db_rows(r) + 1, sizeof(*o->urls));
	for (size_t i = 0; i < db_rows(r); i++) {
		if (!db_bool(r, i, 4)) /* it has other stories to tell */
			continue;
		o->closed_n += !db_bool(r, i, 3);
		o->urls[o->pages_n] = arena_slice(f->a, db_str(r, i, 2));
		o->pages[o->pages_n++] = db_hash(r, i, 1);
	}
	db_result_free(r);
	if (!o->pages_n && !f->what->story)
		return err_set(f->err, E_NOT_FOUND, "no such page");
	return 0;
}

static int find_texts(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_hashes(&p, o->pages, o->pages_n);
	params_id(&p, f->what->story);
	if (ask(f, SQL_FORGET_TEXTS, &p, &r))
		return -1;
	o->texts = arena_zalloc(f->a, db_rows(r) + 1, sizeof(*o->texts));
	for (size_t i = 0; i < db_rows(r); i++)
		o->texts[o->texts_n++] = db_hash(r, i, 0);
	db_result_free(r);
	return 0;
}

/* A headline in an event is the title as normalised. */
static void add_title(struct forgetting *f, struct slice title)
{
	struct forgotten *o = f->out;

	o->titles[o->titles_n++] = title;
	o->titles[o->titles_n++] = f->b->tools->text(f->a, title, SLICE_NONE,
	    SLICE_NONE)->title;
}

static int find_words(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	size_t n;

	params_hashes(&p, o->texts, o->texts_n);
	params_hashes(&p, o->pages, o->pages_n);
	if (ask(f, SQL_FORGET_WORDS, &p, &r))
		return -1;
	n = db_rows(r) + 2;
	o->titles = arena_zalloc(f->a, 2 * n, sizeof(*o->titles));
	o->notes = arena_zalloc(f->a, n, sizeof(*o->notes));
	o->stories = arena_zalloc(f->a, n, sizeof(*o->stories));
	for (size_t i = 0; i < db_rows(r); i++) {
		struct slice kind = db_str(r, i, 0);
		struct slice s = arena_slice(f->a, db_str(r, i, 1));

		if (slice_is(kind, "t"))
			add_title(f, s);
		else if (slice_is(kind, "n"))
			o->notes[o->notes_n++] = s;
		else if (db_int(r, i, 2) != f->what->story)
			o->stories[o->stories_n++] = db_int(r, i, 2);
	}
	if (f->what->story)
		o->stories[o->stories_n++] = f->what->story;
	db_result_free(r);
	return 0;
}

static void add_body(struct forgotten *o, int64_t host, struct hash128 body)
{
	if (o->bodies_n == o->bodies_cap) {
		o->bodies_cap = o->bodies_cap ? 2 * o->bodies_cap : 64;
		o->bodies = xrealloc(o->bodies,
		    o->bodies_cap * sizeof(*o->bodies));
		o->hosts = xrealloc(o->hosts,
		    o->bodies_cap * sizeof(*o->hosts));
	}
	o->hosts[o->bodies_n] = host;
	o->bodies[o->bodies_n++] = body;
}

static int find_bodies(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_hashes(&p, o->pages, o->pages_n);
	params_hashes(&p, o->texts, o->texts_n);
	if (ask(f, SQL_FORGET_HELD, &p, &r))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		add_body(o, db_int(r, i, 0), db_hash(r, i, 1));
	db_result_free(r);
	return 0;
}

/* ---- lists that quote it --------------------------------------------------- */

/* Path and query, which links have in common with or without a host. */
static struct slice path_of(struct slice url)
{
	long at = slice_find(url, SLICE("://"), 0);
	const char *slash = at < 0 ? NULL : memchr(url.p + at + 3, '/',
	    url.n - (size_t)at - 3);

	return slash ? slice_sub(url, (size_t)(slash - url.p), url.n) : url;
}

/* As mark-up has it. */
static struct slice escaped(struct arena *a, struct slice s)
{
	struct strbuf sb = STRBUF_INIT;
	struct slice out;

	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '&' ? "&amp;" : s.p[i] == '<' ?
		    "&lt;" : s.p[i] == '>' ? "&gt;" : NULL;

		if (as)
			strbuf_adds(&sb, as);
		else
			strbuf_addc(&sb, s.p[i]);
	}
	out = arena_slice(a, strbuf_slice(&sb));
	strbuf_release(&sb);
	return out;
}

static bool holds(struct forgetting *f, struct slice bytes, struct slice s)
{
	return s.n >= NEEDLE_MIN && (slice_find(bytes, s, 0) >= 0 ||
	    slice_find(bytes, escaped(f->a, s), 0) >= 0);
}

static bool quotes(struct forgetting *f, struct slice bytes)
{
	const struct forgotten *o = f->out;

	for (size_t i = 0; i < o->pages_n; i++)
		if (holds(f, bytes, path_of(o->urls[i])))
			return true;
	for (size_t i = 0; i < o->titles_n; i++)
		if (holds(f, bytes, o->titles[i]))
			return true;
	return false;
}

/* Feeds and fronts have titles and summaries, if not whole texts. */
static int find_lists(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc = 0;

	params_hashes(&p, o->pages, o->pages_n);
	if (ask(f, SQL_FORGET_LISTS, &p, &r))
		return -1;
	for (size_t i = 0; i < db_rows(r) && !rc; i++) {
		struct arena scratch;
		struct slice bytes;

		arena_init(&scratch);
		rc = store_body(f->b->db, f->b->tools, db_int(r, i, 0),
		    db_hash(r, i, 1), &scratch, &bytes, f->err);
		if (!rc && quotes(f, bytes))
			add_body(o, db_int(r, i, 0), db_hash(r, i, 1));
		arena_release(&scratch);
	}
	db_result_free(r);
	return rc;
}

/* ---- where it lies in WARC -------------------------------------------------- */

static int find_places(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_ints(&p, o->hosts, o->bodies_n);
	params_hashes(&p, o->bodies, o->bodies_n);
	if (ask(f, SQL_FORGET_PLACES, &p, &r))
		return -1;
	o->places = arena_zalloc(f->a, db_rows(r) + 1, sizeof(*o->places));
	for (size_t i = 0; i < db_rows(r); i++) {
		o->places[i].file = arena_slice(f->a, db_str(r, i, 0));
		o->places[i].offset = db_int(r, i, 1);
	}
	o->places_n = db_rows(r);
	db_result_free(r);
	params_hashes(&p, o->pages, o->pages_n);
	if (ask(f, SQL_FORGET_URLS, &p, &r))
		return -1;
	o->led_to = arena_zalloc(f->a, db_rows(r) + 1, sizeof(*o->led_to));
	o->since = db_rows(r) ? db_time(r, 0, 1) : TIME_NONE;
	for (size_t i = 0; i < db_rows(r); i++)
		if (!db_null(r, i, 0))
			o->led_to[o->led_to_n++] = arena_slice(f->a,
			    db_str(r, i, 0));
	db_result_free(r);
	return 0;
}

/* ---- erasing ------------------------------------------------------------------- */

/* What other texts of the stories shared with them is told in their own name. */
static int erase_sketches(struct forgetting *f)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc = 0;

	params_hashes(&p, f->out->texts, f->out->texts_n);
	if (ask(f, SQL_ERASE_SKETCHES, &p, &r))
		return -1;
	for (size_t i = 0; i < db_rows(r) && !rc; i++)
		rc = sketch_again(f->b, db_int(r, i, 0), f->err);
	db_result_free(r);
	return rc;
}

static int erase_texts(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_hashes(&p, o->texts, o->texts_n);
	if (ask(f, SQL_ERASE_TEXTS, &p, &r))
		return -1;
	o->erased_n = db_rows(r);
	db_result_free(r);
	params_hashes(&p, o->texts, o->texts_n);
	params_texts(&p, o->notes, o->notes_n);
	params_ints(&p, o->stories, o->stories_n);
	if (run(f, SQL_ERASE_VERSIONS, &p))
		return -1;
	params_hashes(&p, o->texts, o->texts_n);
	params_hashes(&p, o->pages, o->pages_n);
	if (run(f, SQL_ERASE_SIGHTINGS, &p))
		return -1;
	if (erase_sketches(f))
		return -1;
	params_ints(&p, o->stories, o->stories_n);
	if (run(f, SQL_ERASE_SENTENCES, &p))
		return -1;
	params_hashes(&p, o->texts, o->texts_n);
	params_time(&p, f->b->now);
	return run(f, SQL_ERASE_MARK, &p);
}

static int erase_rest(struct forgetting *f)
{
	struct forgotten *o = f->out;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_texts(&p, o->urls, o->pages_n);
	params_texts(&p, o->titles, o->titles_n);
	params_texts(&p, o->notes, o->notes_n);
	params_ints(&p, o->stories, o->stories_n);
	if (run(f, SQL_ERASE_EVENTS, &p))
		return -1;
	params_ints(&p, o->hosts, o->bodies_n);
	params_hashes(&p, o->bodies, o->bodies_n);
	if (ask(f, SQL_ERASE_BODIES, &p, &r))
		return -1;
	o->emptied_n = db_rows(r);
	db_result_free(r);
	params_texts(&p, o->urls, o->pages_n);
	params_hashes(&p, o->bodies, o->bodies_n);
	if (run(f, SQL_ERASE_QUARANTINE, &p))
		return -1;
	params_hashes(&p, o->pages, o->pages_n);
	params_time(&p, f->b->now);
	params_hashes(&p, o->bodies, o->bodies_n);
	return run(f, SQL_ERASE_PAGES, &p);
}

/* Once: what was gone already is not told again. A page whose texts went with
 * another's is told all the same: it is never visited again. */
static int tell(struct forgetting *f)
{
	struct forgotten *o = f->out;
	size_t n = o->erased_n + o->emptied_n + o->closed_n;

	for (size_t i = 0; i < o->stories_n && n; i++) {
		struct params p = PARAMS_INIT;

		params_int(&p, o->stories[i]);
		params_text(&p, f->what->story ? SLICE_NONE : o->urls[0]);
		params_time(&p, f->b->now);
		params_hash(&p, f->what->page);
		params_text(&p, slice_of(f->what->reason));
		if (run(f, SQL_FORGET_TOLD, &p))
			return -1;
		f->b->told = true;
	}
	return 0;
}

static int forget(struct forgetting *f)
{
	if (find_pages(f) || find_texts(f) || find_words(f) ||
	    find_bodies(f) || find_lists(f) || find_places(f) ||
	    erase_texts(f) || erase_rest(f) || tell(f))
		return -1;
	return batch_commit(f->b, f->err);
}

int store_forget(struct db *db, const struct store_tools *tools,
    const struct clock *clock, const struct forget *what, struct arena *a,
    struct forgotten *out, struct err *err)
{
	struct forgetting f = {batch_begin(db, tools, clock, err), what, a, out,
	    err};
	int rc;

	*out = (struct forgotten){.since = TIME_NONE};
	if (!f.b)
		return -1;
	rc = forget(&f);
	batch_end(f.b);
	free(out->hosts);
	free(out->bodies);
	out->hosts = NULL;
	out->bodies = NULL;
	return rc;
}

void store_sweep(struct db *db)
{
	static const char *const sql[] = {
		"VACUUM (ANALYZE) dateline_store.text",
		"VACUUM (ANALYZE) dateline_store.version",
		"VACUUM (ANALYZE) dateline_store.sighting",
		"VACUUM (ANALYZE) dateline_store.event",
		"VACUUM (ANALYZE) dateline_store.body",
		"VACUUM (ANALYZE) dateline_store.quarantine"};
	struct err ignored;

	for (size_t i = 0; i < ARRAY_LEN(sql); i++)
		if (db_exec(db, sql[i], &ignored))
			return;
}
