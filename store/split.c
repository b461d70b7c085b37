/* Pages of a story are another (timeline.md, "Merge and split"). */
#include "store/merge.h"

#include "store/sql.h"

#include <stdlib.h>

/* One split on its way. */
struct splitting {
	struct batch *b;
	struct j_story *s; /* as it was before */
	const struct hash128 *pages;
	size_t n;
	int64_t other;	/* the story that they become */
	int64_t *homes; /* whose rows theirs are by then */
	size_t homes_n;
	struct split_told told;
	int64_t *shown[2]; /* versions of others that they carry: home, number */
	size_t shown_n;
	bool adopted; /* versions, on either side */
	struct err *err;
};

/* What a statement is asked with, as its file numbers it. */
static void add_homes(struct params *p, const struct splitting *x)
{
	params_ints(p, x->homes, x->homes_n);
}

static void add_pages(struct params *p, const struct splitting *x)
{
	params_hashes(p, x->pages, x->n);
}

static int queue(struct splitting *x, const char *sql, struct params *p)
{
	int rc = db_queue(x->b->db, sql, p, x->err);

	params_release(p);
	return rc;
}

static int ask(struct splitting *x, const char *sql, struct params *p,
    struct db_result **r)
{
	int rc = db_query(x->b->db, sql, p, r, x->err);

	params_release(p);
	return rc;
}

static int ask_id(struct splitting *x, const char *sql, int64_t id,
    struct db_result **r)
{
	struct params p = PARAMS_INIT;

	params_int(&p, id);
	return ask(x, sql, &p, r);
}

/* ---- versions ------------------------------------------------------------------ */

/* Versions of the other side that pages of a side carry: those that go (take)
 * are told; what stays keeps its numbers. */
static int adopt(struct splitting *x, bool take)
{
	int64_t to = take ? x->other : x->s->id;
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_int(&p, to);
	params_int(&p, x->s->id);
	add_homes(&p, x);
	params_bool(&p, take);
	if (ask(x, SQL_SPLIT_ADOPT, &p, &r))
		return -1;
	x->adopted |= db_rows(r) > 0;
	if (take && db_rows(r)) {
		x->told.from = arena_slice(&x->b->arena, db_str(r, 0, 0));
		x->told.to = arena_slice(&x->b->arena, db_str(r, 0, 1));
	} else if (db_rows(r)) {
		x->told.keeps = arena_slice(&x->b->arena, db_str(r, 0, 1));
	}
	db_result_free(r);
	params_int(&p, to);
	params_int(&p, x->s->id);
	add_homes(&p, x);
	params_bool(&p, take);
	return queue(x, SQL_SPLIT_TEXTS, &p);
}

/* What the pages carry of the part that stays, before anything moves. */
static int note_shown(struct splitting *x)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_int(&p, x->s->id);
	add_pages(&p, x);
	add_homes(&p, x);
	if (ask(x, SQL_SPLIT_SHOWN, &p, &r))
		return -1;
	x->shown_n = db_rows(r);
	for (int k = 0; k < 2; k++) {
		x->shown[k] = arena_zalloc(&x->b->arena, x->shown_n + 1,
		    sizeof(int64_t));
		for (size_t i = 0; i < x->shown_n; i++)
			x->shown[k][i] = db_int(r, i, k);
	}
	db_result_free(r);
	return 0;
}

/* Of that, what nobody carries here any more. */
static int prune(struct splitting *x)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_int(&p, x->s->id);
	params_int(&p, x->other);
	add_homes(&p, x);
	params_ints(&p, x->shown[0], x->shown_n);
	params_ints(&p, x->shown[1], x->shown_n);
	if (ask(x, SQL_SPLIT_PRUNE, &p, &r))
		return -1;
	x->told.gone_n = db_rows(r);
	x->told.gone = arena_zalloc(&x->b->arena, db_rows(r) + 1,
	    sizeof(*x->told.gone));
	x->told.gone_to = arena_zalloc(&x->b->arena, db_rows(r) + 1,
	    sizeof(*x->told.gone_to));
	for (size_t i = 0; i < db_rows(r); i++) {
		x->told.gone[i] = db_int(r, i, 0);
		x->told.gone_to[i] = db_int(r, i, 1);
	}
	db_result_free(r);
	return 0;
}

/* The words of row i's version against the one that is before it now. */
static int count_words(struct splitting *x, const struct db_result *r, size_t i)
{
	const struct store_tools *tools = x->b->tools;
	struct params p = PARAMS_INIT;
	size_t added, removed = 0;
	struct arena a;
	struct text *t;

	arena_init(&a);
	t = tools->text(&a, db_str(r, i, 2), db_str(r, i, 3), db_str(r, i, 4));
	added = t->words_n;
	if (!db_null(r, i, 7))
		tools->words(tools->text(&a, db_str(r, i, 5), db_str(r, i, 6),
		    db_str(r, i, 7)), t, &a, &added, &removed);
	arena_release(&a);
	params_int(&p, db_int(r, i, 0));
	params_int(&p, db_int(r, i, 1));
	params_int(&p, (int64_t)added);
	params_int(&p, (int64_t)removed);
	return queue(x, SQL_SPLIT_WORDS, &p);
}

/* Of one of the two stories: which version is before which, its first
 * outlet, head and times. */
static int mend(struct splitting *x, int64_t id)
{
	struct db_result *r;
	int rc = 0;

	if (RUN(x->b, SQL_SPLIT_RETURNS, x->err, id) ||
	    ask_id(x, SQL_SPLIT_PREVIOUS, id, &r))
		return -1;
	for (size_t i = 0; i < db_rows(r) && !rc; i++)
		rc = count_words(x, r, i);
	db_result_free(r);
	return rc ? -1 : merge_refresh(x->b, id, x->err);
}

/* ---- pages ----------------------------------------------------------------------- */

static int move_events(struct splitting *x)
{
	struct params p = PARAMS_INIT;

	params_int(&p, x->s->id);
	params_int(&p, x->other);
	add_pages(&p, x);
	add_homes(&p, x);
	return queue(x, SQL_SPLIT_EVENTS, &p);
}

static int bind_pages(struct splitting *x)
{
	for (size_t i = 0; i < x->n; i++) {
		struct params p = PARAMS_INIT;

		params_hash(&p, x->pages[i]);
		params_int(&p, x->other);
		if (queue(x, SQL_PAGE_BIND, &p))
			return -1;
	}
	return merge_decided(x->b, x->other, x->pages, x->n, x->err);
}

/* What both ways end with. Copies are found by sketches of their own. */
static int finish(struct splitting *x)
{
	if (bind_pages(x) || mend(x, x->other) || mend(x, x->s->id))
		return -1;
	if (!x->adopted)
		return 0;
	if (sketch_again(x->b, x->other, x->err))
		return -1;
	return sketch_again(x->b, x->s->id, x->err);
}

/* ---- the merge that brought them ------------------------------------------------- */

/* The stories whose rows a merge brought. */
static int find_homes(struct splitting *x, int64_t merge_id)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	params_int(&p, x->s->id);
	params_int(&p, merge_id);
	if (ask(x, SQL_MERGE_HOMES, &p, &r))
		return -1;
	x->homes_n = db_rows(r);
	x->homes = arena_zalloc(&x->b->arena, db_rows(r) + 1,
	    sizeof(*x->homes));
	for (size_t i = 0; i < db_rows(r); i++)
		x->homes[i] = db_int(r, i, 0);
	db_result_free(r);
	return 0;
}

static int is_brought(struct splitting *x, int64_t merge_id, bool *yes)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;

	if (find_homes(x, merge_id))
		return -1;
	add_homes(&p, x);
	add_pages(&p, x);
	if (ask(x, SQL_MERGE_BROUGHT, &p, &r))
		return -1;
	*yes = db_bool(r, 0, 0);
	db_result_free(r);
	return 0;
}

/* A merge that brought exactly these pages: its id, or 0; other is then the
 * story that it brought, homes are all of them. */
static int find_merge(struct splitting *x, int64_t *id, struct slice *status)
{
	struct db_result *r;
	bool yes = false;
	int rc = 0;

	*id = 0;
	if (ask_id(x, SQL_LAST_MERGES, x->s->id, &r))
		return -1;
	for (size_t i = 0; !rc && !yes && i < db_rows(r); i++) {
		rc = is_brought(x, db_int(r, i, 1), &yes);
		if (rc || !yes)
			continue;
		x->other = db_int(r, i, 0);
		*id = db_int(r, i, 1);
		*status = arena_slice(&x->b->arena, db_str(r, i, 2));
	}
	db_result_free(r);
	return rc;
}

/* Maps of the merge, and of those that carried it further. */
static int unmap(struct splitting *x, int64_t merge_id)
{
	struct params p = PARAMS_INIT;

	params_int(&p, merge_id);
	add_homes(&p, x);
	if (queue(x, SQL_UNMERGE_VERSIONS, &p))
		return -1;
	return RUN(x->b, SQL_UNMERGE_CURRENT, x->err, x->other);
}

static int unmap_sightings(struct splitting *x, int64_t merge_id)
{
	struct params p = PARAMS_INIT;

	params_int(&p, merge_id);
	add_homes(&p, x);
	params_int(&p, x->s->id);
	return queue(x, SQL_UNMERGE_SIGHTINGS, &p);
}

static int revive_row(struct splitting *x, struct slice status)
{
	struct params p = PARAMS_INIT;

	params_int(&p, x->other);
	params_text(&p, status);
	return queue(x, SQL_UNMERGE_STORY, &p);
}

/* The merge is taken back: the old id lives again. What was recorded since, each
 * side keeps of the other. */
static int revive(struct splitting *x, int64_t merge_id, struct slice status)
{
	int64_t event;

	if (note_shown(x) ||
	    unmap_sightings(x, merge_id) || adopt(x, true) ||
	    adopt(x, false) || move_events(x) || prune(x) ||
	    unmap(x, merge_id) ||
	    merge_tell(x->b, x->s, x->other, NULL, &x->told, &event, x->err) ||
	    RUN(x->b, SQL_UNMERGE_DONE, x->err, merge_id, event) ||
	    revive_row(x, status))
		return -1;
	return finish(x);
}

/* ---- a new story ------------------------------------------------------------------- */

static int copy_rows(struct splitting *x)
{
	static const char *const sql[] = {SQL_SPLIT_STORY, SQL_SPLIT_ROWS};
	struct params p = PARAMS_INIT;

	for (size_t i = 0; i < ARRAY_LEN(sql); i++) {
		params_int(&p, x->other);
		params_int(&p, x->s->id);
		add_pages(&p, x);
		if (queue(x, sql[i], &p))
			return -1;
	}
	params_int(&p, x->s->id);
	add_pages(&p, x);
	return queue(x, SQL_SPLIT_AWAY, &p);
}

static int new_story(struct splitting *x)
{
	struct j_story *s = batch_new_story(x->b, x->err);
	int64_t event;

	if (!s)
		return -1;
	x->other = s->id;
	x->homes = &x->other;
	x->homes_n = 1;
	if (note_shown(x) || copy_rows(x) || adopt(x, true) ||
	    move_events(x) || prune(x) ||
	    merge_tell(x->b, x->s, x->other, NULL, &x->told, &event, x->err))
		return -1;
	return finish(x);
}

/* ---- split ------------------------------------------------------------------------- */

static bool holds(const struct splitting *x, struct hash128 h)
{
	for (size_t i = 0; i < x->n; i++)
		if (hash128_eq(x->pages[i], h))
			return true;
	return false;
}

/* Every page must be in the story, and one must stay. */
static int check_pages(struct splitting *x, const char *const *urls)
{
	size_t in = 0;

	x->told.urls = arena_zalloc(&x->b->arena, x->n + 1,
	    sizeof(*x->told.urls));
	for (size_t i = 0; i < x->n; i++) {
		const struct j_posting *p = j_posting_find(x->s, x->pages[i]);

		if (!p)
			return err_set(x->err, E_NOT_FOUND,
			    "%s is not in story %lld", urls[i],
			    (long long)x->s->id);
		x->told.urls[x->told.urls_n++] = p->url;
	}
	for (size_t i = 0; i < x->s->postings_n; i++)
		in += holds(x, x->s->postings[i]->url_key);
	if (in == x->s->postings_n)
		return err_set(x->err, E_USAGE,
		    "no page would be left in story %lld",
		    (long long)x->s->id);
	return 0;
}

/* Each page once, in the order given. */
static size_t pages_unique(struct hash128 *pages, const char **urls, size_t n)
{
	struct splitting seen = {.pages = pages};

	for (size_t i = 0; i < n; i++) {
		if (holds(&seen, pages[i]))
			continue;
		pages[seen.n] = pages[i];
		urls[seen.n++] = urls[i];
	}
	return seen.n;
}

static int split(struct splitting *x, int64_t *story, const char *const *urls)
{
	struct slice status;
	int64_t merge_id;

	if (merge_survivor(x->b, story, x->err) ||
	    story_load(x->b, *story, &x->s, x->err) || check_pages(x, urls) ||
	    find_merge(x, &merge_id, &status))
		return -1;
	return merge_id ? revive(x, merge_id, status) : new_story(x);
}

int store_split(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t *story, struct hash128 *pages,
    const char **urls, size_t *n, int64_t *other, struct err *err)
{
	struct splitting x = {.b = batch_begin(db, tools, clock, err),
	    .pages = pages, .n = pages_unique(pages, urls, *n), .err = err};
	int rc = -1;

	x.told.from = x.told.to = x.told.keeps = SLICE_NONE;
	if (x.b && !split(&x, story, urls) && !batch_commit(x.b, err))
		rc = 0;
	batch_end(x.b);
	*other = x.other;
	*n = x.n;
	return rc;
}
