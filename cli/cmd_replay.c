/*
 * replay: kept bytes through today's extractor. First a preview of what would
 * change; --apply puts the new readings in the place of the old ones: another
 * reading of the same bytes is no version and no event.
 */
#include "cli/archive.h"
#include "cli/show.h"

#include "core/json.h"
#include "core/zone.h"
#include "parser/parser.h"
#include "store/replay.h"
#include "story/story.h"

#include <stdio.h>
#include <stdlib.h>

#define AT_ONCE 64 /* stretches in one transaction */

struct replaying {
	struct cli *cli;
	struct pipeline *pl;
	struct db *db;
	bool apply, json, any;
	struct hash128 *pages; /* NULL: all */
	size_t pages_n;
	struct reading {
		struct replay_item *of;
		struct article article;
		struct text *text;
		bool changed;
	} readings[AT_ONCE];
	size_t readings_n;
	struct arena arena; /* of one list */
	size_t read, changed, versions, lost, missing;
	struct err *err;
};

/* ---- reading -------------------------------------------------------------------- */

/* An article object, or a page. NO_ARTICLE and its kin where it is none now. */
static int read_again(struct replaying *p, const struct replay_item *it,
    struct slice bytes, struct article *out, struct err *why)
{
	struct zone *zone = it->zone.n ? zone_load(it->zone.p, NULL) : NULL;
	struct parse_input in = {.bytes = bytes, .url = it->url.p,
	    .content_type = it->content_type.p, .fetched_at = it->fetched_at,
	    .zone = zone, .credit = it->credit.n ? it->credit.p : NULL};
	struct json *j;
	int rc = -1;

	if (slice_starts(it->url, SLICE("urn:")))
		in.url = NULL;
	article_init(out);
	if (bytes.n && bytes.p[0] == '{') {
		j = jsonr_parse(bytes, why);
		if (j)
			rc = article_read(j, &p->arena, out, why);
		jsonr_free(j);
	} else {
		rc = parser_article(&in, &p->arena, out, why);
	}
	zone_free(zone);
	return rc;
}

/* ---- telling --------------------------------------------------------------------- */

static void tell_json(const struct replay_item *it, const struct db_result *r,
    size_t i, size_t old, size_t new, const struct diff *d)
{
	struct strbuf sb = STRBUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &sb);
	jsonw_open(&w, NULL, '{');
	jsonw_str(&w, "url", it->url);
	jsonw_int(&w, "story_id", db_int(r, i, 0));
	jsonw_int(&w, "version", db_int(r, i, 1));
	jsonw_bool(&w, "opened", db_bool(r, i, 2));
	jsonw_int(&w, "words_old", (int64_t)old);
	jsonw_int(&w, "words_new", (int64_t)new);
	jsonw_int(&w, "words_added", (int64_t)d->words_added);
	jsonw_int(&w, "words_removed", (int64_t)d->words_removed);
	jsonw_close(&w, '}');
	puts(sb.p);
	strbuf_release(&sb);
}

static void tell(struct replaying *p, const struct reading *x,
    const struct db_result *r, size_t i)
{
	struct text *old = text_new(&p->arena, db_str(r, i, 3), db_str(r, i, 4),
	    db_str(r, i, 5));
	struct diff d;

	diff_words(old->body, x->text->body, &p->arena, &d);
	p->versions += db_bool(r, i, 2);
	if (p->json) {
		tell_json(x->of, r, i, old->words_n, x->text->words_n, &d);
		return;
	}
	printf("%.*s\n  story %lld version %lld%s: %zu -> %zu words "
	    "(+%zu -%zu)\n", SLICE_FMT(x->of->url), (long long)db_int(r, i, 0),
	    (long long)db_int(r, i, 1), db_bool(r, i, 2) ? "" :
	    " (a rendition)", old->words_n, x->text->words_n, d.words_added,
	    d.words_removed);
	if (!slice_eq(old->title, x->text->title)) {
		struct strbuf sb = STRBUF_INIT;

		show_changes(old->title, x->text->title, &sb);
		printf("  headline: %s\n", sb.p);
		strbuf_release(&sb);
	}
}

static int tell_shown(struct replaying *p, const struct reading *x)
{
	struct db_result *r;

	if (replay_shown(p->db, x->of, &r, p->err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++)
		tell(p, x, r, i);
	db_result_free(r);
	return 0;
}

/* ---- applying ---------------------------------------------------------------------- */

/* Words against the version before, where either was read anew. */
static void count_again(struct arena *a, struct j_story *s)
{
	for (size_t i = 0; i < s->versions_n; i++) {
		struct j_version *v = s->versions[i], *before = NULL;
		struct diff d;

		for (size_t k = 0; k < s->versions_n; k++)
			if (s->versions[k]->number == v->previous)
				before = s->versions[k];
		if (!v->reread && !(before && before->reread))
			continue;
		v->dirty = true;
		if (!before) {
			v->words_added = v->text->words_n;
			continue;
		}
		diff_words(before->text->body, v->text->body, a, &d);
		v->words_added = d.words_added;
		v->words_removed = d.words_removed;
	}
}

static void cover_again(struct j_story *s)
{
	for (size_t i = 0; i < s->postings_n; i++)
		for (size_t k = 0; k < s->postings[i]->sightings_n; k++) {
			struct j_sighting *x = s->postings[i]->sightings[k];

			if (!x->dirty && !x->version->reread)
				continue;
			x->coverage = text_coverage(x->text, x->version->text);
			x->dirty = true;
		}
}

static int apply_to(struct batch *b, const struct reading *x, int64_t story,
    struct err *err)
{
	struct j_story *s = batch_story(b, story, err);
	struct j_posting *q;
	struct j_page page;

	if (!s)
		return -1;
	q = j_posting_find(s, x->of->url_key);
	for (size_t i = 0; q && i < q->sightings_n; i++)
		if (q->sightings[i]->first == x->of->first && hash128_eq(
		    q->sightings[i]->text->hash, x->of->text_hash))
			batch_reread_one(b, s, q, q->sightings[i], x->text,
			    &x->article);
	count_again(batch_arena(b), s);
	cover_again(s);
	if (!q)
		return 0;
	page = (struct j_page){.outlet_id = q->outlet_id};
	return batch_carried(b, &page, &(struct j_carried){.story = s,
	    .text = x->text}, err);
}

static int apply_one(struct replaying *p, struct batch *b,
    const struct reading *x)
{
	int64_t stories[32];
	struct db_result *r;
	size_t n = 0;

	if (x->changed) {
		if (replay_shown(p->db, x->of, &r, p->err))
			return -1;
		for (size_t i = 0; i < db_rows(r) && n < ARRAY_LEN(stories);
		    i++)
			if (!n || stories[n - 1] != db_int(r, i, 0))
				stories[n++] = db_int(r, i, 0);
		db_result_free(r);
	}
	for (size_t i = 0; i < n; i++)
		if (apply_to(b, x, stories[i], p->err))
			return -1;
	return batch_save(b, p->err) ? -1 :
	    replay_record(b, x->of, x->text->hash, p->err);
}

static int apply(struct replaying *p)
{
	struct batch *b;
	int rc = 0;

	if (!p->readings_n)
		return 0;
	b = batch_begin(p->db, pipeline_tools(p->pl), &p->cli->clock, p->err);
	if (!b)
		return -1;
	for (size_t i = 0; i < p->readings_n && !rc; i++)
		rc = apply_one(p, b, &p->readings[i]);
	if (!rc)
		rc = batch_commit(b, p->err);
	batch_end(b);
	p->readings_n = 0;
	return rc;
}

/* ---- one after the other ------------------------------------------------------------- */

static int replay_one(struct replaying *p, struct replay_item *it)
{
	struct reading *x = &p->readings[p->readings_n];
	struct slice bytes;
	struct err why = {0};

	if (store_body(p->db, pipeline_tools(p->pl), it->host_key,
	    it->body_hash, &p->arena, &bytes, p->err))
		return -1;
	if (!bytes.p) {
		p->missing++;
		return 0;
	}
	p->read++;
	*x = (struct reading){.of = it};
	if (read_again(p, it, bytes, &x->article, &why)) {
		p->lost++;
		fprintf(stderr, "dateline: %.*s: %s: %s; left as it is\n",
		    SLICE_FMT(it->url), code_name(why.code), why.message);
		return 0;
	}
	x->text = text_new(&p->arena, x->article.title, x->article.summary,
	    x->article.body);
	x->changed = !hash128_eq(x->text->hash, it->text_hash);
	p->changed += x->changed;
	if (x->changed && tell_shown(p, x))
		return -1;
	p->readings_n += p->apply;
	return p->readings_n == AT_ONCE ? apply(p) : 0;
}

static int replay_all(struct replaying *p)
{
	struct replay_item *items, last, *after = NULL;
	size_t n;
	int rc;

	do {
		rc = replay_list(p->db, pipeline_tools(p->pl), p->any, after,
		    p->pages, p->pages_n, &p->arena, &items, &n, p->err);
		for (size_t i = 0; i < n && !rc; i++)
			rc = replay_one(p, &items[i]);
		if (!rc && p->apply)
			rc = apply(p);
		if (!rc && n) {
			last = items[n - 1];
			after = &last;
		}
		arena_release(&p->arena);
	} while (!rc && n);
	return rc;
}

/* ---- the verb ---------------------------------------------------------------------------- */

static int add_pages(struct replaying *p, const char *arg)
{
	struct hash128 *some, one;
	struct arena *a = &p->cli->arena;
	int64_t story;
	size_t n = 1;

	some = &one;
	if (show_is_url(arg) ? show_url_key(arg, &one, p->err) :
	    show_story_id(p->db, arg, &story, p->err) ||
	    replay_pages(p->db, story, a, &some, &n, p->err))
		return -1;
	p->pages = xrealloc(p->pages, (p->pages_n + n + 1) *
	    sizeof(*p->pages));
	memcpy(p->pages + p->pages_n, some, n * sizeof(*some));
	p->pages_n += n;
	return 0;
}

static void report(const struct replaying *p)
{
	fprintf(stderr, "replay: %zu sightings read again, %zu differ (%zu opened "
	    "versions)%s, %zu are no articles now, %zu have no bytes\n",
	    p->read, p->changed, p->versions, p->changed ? p->apply ?
	    ": changed" : ": --apply changes them" : "", p->lost, p->missing);
}

int cmd_replay(struct cli *cli, int argc, char **argv)
{
	struct err err = {0};
	struct replaying p = {.cli = cli, .err = &err};
	const struct opt table[] = {
		{"apply", OPT_FLAG, &p.apply, NULL, "change what differs"},
		{"all", OPT_FLAG, &p.any, NULL,
		    "also what today's revision has read"},
		{"json", OPT_FLAG, &p.json, NULL, "as JSON lines"},
		{0},
	};
	int rc = 0;

	argc = opts_parse(table, argc, argv, &err);
	if (argc < 0)
		return cli_fail(cli, &err);
	p.pl = pipeline_open(cli, &err);
	if (!p.pl)
		return cli_fail(cli, &err);
	p.db = pipeline_db(p.pl);
	for (int i = 1; i < argc && !rc; i++)
		rc = add_pages(&p, argv[i]);
	if (!rc)
		rc = replay_all(&p);
	if (!rc)
		report(&p);
	rc = rc ? cli_fail(cli, &err) : EXIT_FINE;
	free(p.pages);
	arena_release(&p.arena);
	pipeline_close(p.pl);
	return rc;
}
