/* merge and split (timeline.md, "Merge and split"). */
#include "store/batch.h"

#include "store/sql.h"

#include <stdlib.h>

/* One statement whose rows nobody wants, with up to four numbers. */
static int run(struct batch *b, const char *sql, const int64_t *v, size_t n,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	for (size_t i = 0; i < n; i++)
		params_int(&p, v[i]);
	rc = db_queue(b->db, sql, &p, err);
	params_release(&p);
	return rc;
}

#define RUN(b, sql, err, ...)                                                  \
	run((b), (sql), (const int64_t[]){__VA_ARGS__},                        \
	    sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (err))

static struct slice headline_of(const struct j_story *s)
{
	const struct j_version *head = j_head(s);

	return head ? head->text->title : SLICE_NONE;
}

static void add_why(struct params *p, const struct bridge *why)
{
	params_text(p, why ? why->reason : SLICE_NONE);
	if (why)
		params_double(p, why->score);
	else
		params_null(p);
}

/* Tells merged or split; its id names the merge. */
static int tell(struct batch *b, const char *kind, int64_t story, int64_t other,
    struct slice headline, const struct bridge *why, int64_t *event_id,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_text(&p, slice_of(kind));
	params_int(&p, story);
	params_time(&p, why ? why->at : b->now);
	params_text(&p, headline);
	params_int(&p, other);
	add_why(&p, why);
	params_time(&p, b->now);
	rc = db_query(b->db, SQL_MERGE_EVENT, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*event_id = db_int(r, 0, 0);
	db_result_free(r);
	b->told = true;
	return 0;
}

static int survivor(struct batch *b, int64_t *id, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_int(&p, *id);
	rc = db_query(b->db, SQL_STORY_OF, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	if (db_rows(r))
		*id = db_int(r, 0, 0);
	else
		rc = err_set(err, E_NOT_FOUND, "no story %lld",
		    (long long)*id);
	db_result_free(r);
	return rc;
}

/* ---- merge ------------------------------------------------------------------ */

int story_order(struct batch *b, int64_t *x, int64_t *y, struct slice *status,
    bool *one, struct err *err)
{
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	if (survivor(b, x, err) || survivor(b, y, err))
		return -1;
	*one = *x == *y;
	if (*one)
		return 0;
	params_int(&p, *x);
	params_int(&p, *y);
	rc = db_query(b->db, SQL_STORY_ORDER, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*x = db_int(r, 0, 0);
	*y = db_int(r, 1, 0);
	*status = arena_slice(&b->arena, db_str(r, 1, 1));
	db_result_free(r);
	return 0;
}

/* Coverage of the sightings that took the survivor's version. */
static int cover(struct batch *b, const struct j_story *into,
    const struct j_story *from, int64_t merge, struct err *err)
{
	for (size_t i = 0; i < from->postings_n; i++) {
		const struct j_posting *q = from->postings[i];

		for (size_t k = 0; k < q->sightings_n; k++) {
			const struct j_sighting *x = q->sightings[k];
			const struct j_text *t = j_text_find(into,
			    x->text->hash);
			struct params p = PARAMS_INIT;
			int rc;

			if (!t)
				continue;
			params_int(&p, q->home);
			params_hash(&p, q->url_key);
			params_time(&p, x->first_stored);
			params_int(&p, merge);
			params_double(&p, b->tools->coverage(x->text,
			    t->version->text));
			rc = db_queue(b->db, SQL_SIGHTING_COVERS, &p, err);
			params_release(&p);
			if (rc)
				return -1;
		}
	}
	return 0;
}

static int insert_merge(struct batch *b, int64_t from, int64_t merge,
    int64_t into, struct slice status, const struct bridge *why,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, from);
	params_int(&p, merge);
	params_int(&p, into);
	params_text(&p, status);
	params_text(&p, slice_of(why ? "verdict" : "hand"));
	add_why(&p, why);
	rc = db_queue(b->db, SQL_MERGE_INSERT, &p, err);
	params_release(&p);
	return rc;
}

/* The image anew, after its rows changed; its head and times are saved. */
static int refresh(struct batch *b, int64_t id, struct err *err)
{
	struct j_story *s;

	if (story_load(b, id, &s, err))
		return -1;
	s->dirty = true;
	return story_save(b, s, err);
}

/* Pages follow their story; by hand it binds them. */
static int move_pages(struct batch *b, int64_t from, int64_t into, bool binds,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, from);
	params_int(&p, into);
	params_bool(&p, binds);
	rc = db_queue(b->db, SQL_MERGE_PAGES, &p, err);
	params_release(&p);
	return rc;
}

int story_merge(struct batch *b, int64_t x, int64_t y, struct slice status,
    const struct bridge *why, struct err *err)
{
	struct j_story *into, *from;
	int64_t id;

	if (story_load(b, x, &into, err) || story_load(b, y, &from, err))
		return -1;
	if (tell(b, "merged", x, y, headline_of(into), why, &id, err) ||
	    insert_merge(b, y, id, x, status, why, err) ||
	    RUN(b, SQL_MERGE_SIGHTINGS, err, y, x, id) ||
	    cover(b, into, from, id, err) ||
	    RUN(b, SQL_MERGE_VERSIONS, err, y, x, into->next, id) ||
	    RUN(b, SQL_MERGE_CURRENT, err, id) ||
	    move_pages(b, y, x, !why, err) ||
	    RUN(b, SQL_MERGE_STORY, err, y, x))
		return -1;
	into->next += (int)from->versions_n;
	into->dirty = true;
	if (story_save(b, into, err))
		return -1;
	return refresh(b, x, err);
}

int store_merge(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t x, int64_t y, int64_t *into,
    int64_t *other, struct err *err)
{
	struct batch *b = batch_begin(db, tools, clock, err);
	struct slice status = SLICE_NONE;
	bool one = false;
	int rc = -1;

	if (b && !story_order(b, &x, &y, &status, &one, err)) {
		if (one)
			err_set(err, E_USAGE, "both are story %lld already",
			    (long long)x);
		else if (!story_merge(b, x, y, status, NULL, err))
			rc = batch_commit(b, err);
	}
	batch_end(b);
	*into = x;
	*other = y;
	return rc;
}

/* ---- split ------------------------------------------------------------------- */

static bool holds(const struct hash128 *set, size_t n, struct hash128 h)
{
	for (size_t i = 0; i < n; i++)
		if (hash128_eq(set[i], h))
			return true;
	return false;
}

static int query_id(struct batch *b, const char *sql, int64_t id,
    struct db_result **r, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, id);
	rc = db_query(b->db, sql, &p, r, err);
	params_release(&p);
	return rc;
}

/* Are these exactly the pages that the merge brought, untouched since? */
static int is_brought(struct batch *b, int64_t merge_id,
    const struct hash128 *pages, size_t n, bool *yes, struct err *err)
{
	struct db_result *r;

	*yes = false;
	if (query_id(b, SQL_MERGE_TOUCHED, merge_id, &r, err))
		return -1;
	*yes = !db_bool(r, 0, 0);
	db_result_free(r);
	if (!*yes)
		return 0;
	if (query_id(b, SQL_MERGE_BROUGHT, merge_id, &r, err))
		return -1;
	*yes = db_rows(r) == n;
	for (size_t i = 0; *yes && i < db_rows(r); i++)
		*yes = holds(pages, n, db_hash(r, i, 0));
	db_result_free(r);
	return 0;
}

/* A merge of the story that brought exactly these pages: *from and *id. */
static int find_merge(struct batch *b, int64_t story,
    const struct hash128 *pages, size_t n, int64_t *from, int64_t *id,
    struct slice *status, struct err *err)
{
	struct db_result *r;
	bool yes = false;
	int rc = 0;

	*id = 0;
	if (query_id(b, SQL_LAST_MERGES, story, &r, err))
		return -1;
	for (size_t i = 0; !rc && !yes && i < db_rows(r); i++) {
		rc = is_brought(b, db_int(r, i, 1), pages, n, &yes, err);
		if (rc || !yes)
			continue;
		*from = db_int(r, i, 0);
		*id = db_int(r, i, 1);
		*status = arena_slice(&b->arena, db_str(r, i, 2));
	}
	db_result_free(r);
	return rc;
}

static int bind_pages(struct batch *b, const struct hash128 *pages, size_t n,
    int64_t story, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct params p = PARAMS_INIT;
		int rc;

		params_hash(&p, pages[i]);
		params_int(&p, story);
		rc = db_queue(b->db, SQL_PAGE_BIND, &p, err);
		params_release(&p);
		if (rc)
			return -1;
	}
	return 0;
}

static int revive_row(struct batch *b, int64_t from, struct slice status,
    struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc;

	params_int(&p, from);
	params_text(&p, status);
	rc = db_queue(b->db, SQL_UNMERGE_STORY, &p, err);
	params_release(&p);
	return rc;
}

/* The merge is taken back: the old id lives again. */
static int revive(struct batch *b, struct j_story *s, int64_t from,
    int64_t merge_id, struct slice status, const struct hash128 *pages,
    size_t n, struct err *err)
{
	int64_t event;

	if (tell(b, "split", s->id, from, headline_of(s), NULL, &event, err) ||
	    RUN(b, SQL_UNMERGE_VERSIONS, err, merge_id) ||
	    RUN(b, SQL_UNMERGE_CURRENT, err, from) ||
	    RUN(b, SQL_UNMERGE_SIGHTINGS, err, merge_id) ||
	    RUN(b, SQL_UNMERGE_DONE, err, merge_id, event) ||
	    revive_row(b, from, status, err) ||
	    bind_pages(b, pages, n, from, err) ||
	    refresh(b, s->id, err) || refresh(b, from, err))
		return -1;
	return 0;
}

/* A copy of version v as the next of story s. */
static struct j_version *copy_version(struct batch *b, struct j_story *s,
    const struct j_version *v)
{
	struct j_version *c = arena_zalloc(&b->arena, 1, sizeof(*c));

	*c = *v;
	c->home = s->id;
	c->home_version = c->number = s->next++;
	if (c->number == 1)
		c->kind = CHANGE_CREATED;
	c->previous = c->number - 1;
	c->fresh = true;
	for (size_t i = 0; i < c->returns_n; i++)
		c->returns[i].fresh = true;
	j_add_version(&b->arena, s, c);
	return c;
}

struct moved {
	struct j_version *from, *to;
};

/* The versions that the pages carried, in order, as versions of s. */
static size_t move_versions(struct batch *b, const struct j_story *old,
    struct j_story *s, const struct hash128 *pages, size_t n,
    struct moved *moved)
{
	size_t k = 0;

	for (size_t v = 0; v < old->versions_n; v++) {
		bool carried = false;

		for (size_t i = 0; i < old->postings_n; i++) {
			const struct j_posting *p = old->postings[i];

			for (size_t x = 0; x < p->sightings_n; x++)
				carried |= holds(pages, n, p->url_key) &&
				    p->sightings[x]->version ==
				    old->versions[v];
		}
		if (carried) {
			moved[k].from = old->versions[v];
			moved[k++].to = copy_version(b, s, old->versions[v]);
		}
	}
	return k;
}

static struct j_version *moved_to(const struct moved *m, size_t n,
    const struct j_version *v)
{
	for (size_t i = 0; i < n; i++)
		if (m[i].from == v)
			return m[i].to;
	return NULL;
}

/* The posting with its record, as s's own. */
static void move_posting(struct batch *b, const struct j_story *old,
    struct j_story *s, const struct j_posting *p, const struct moved *m,
    size_t m_n)
{
	struct j_posting *c = arena_zalloc(&b->arena, 1, sizeof(*c));

	*c = *p;
	c->home = s->id;
	c->sightings_n = c->sightings_cap = c->spans_n = c->spans_cap = 0;
	c->score = 1;
	c->reason = SLICE("decided by hand");
	c->fresh = true;
	for (size_t i = 0; i < p->sightings_n; i++) {
		struct j_sighting *x = arena_zalloc(&b->arena, 1, sizeof(*x));
		struct j_text *t = j_text_find(old, p->sightings[i]->text->hash);

		*x = *p->sightings[i];
		x->version = moved_to(m, m_n, x->version);
		x->first_stored = TIME_NONE;
		x->dirty = true;
		j_add_sighting(&b->arena, c, x);
		if (t && !j_text_find(s, t->text->hash)) {
			struct j_text *u = arena_zalloc(&b->arena, 1,
			    sizeof(*u));

			*u = *t;
			u->version = moved_to(m, m_n, t->version);
			if (!u->version)
				u->version = x->version;
			u->fresh = true;
			j_add_text(&b->arena, s, u);
		}
	}
	for (size_t i = 0; i < p->spans_n; i++)
		j_add_span(&b->arena, c, (struct j_span){p->spans[i].from,
		    p->spans[i].to, TIME_NONE, true});
	j_add_posting(&b->arena, s, c);
}

/* Texts that opened the versions must be known too, whoever carried them. */
static void opening_texts(struct batch *b, const struct j_story *old,
    struct j_story *s, const struct moved *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct j_text *t = j_text_find(old,
		    m[i].from->text->hash);
		struct j_text *u;

		if (!t || j_text_find(s, t->text->hash))
			continue;
		u = arena_zalloc(&b->arena, 1, sizeof(*u));
		*u = *t;
		u->version = m[i].to;
		u->fresh = true;
		j_add_text(&b->arena, s, u);
	}
}

static int leave(struct batch *b, const struct j_story *old,
    const struct hash128 *pages, size_t n, const struct moved *m, size_t m_n,
    struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct params p = PARAMS_INIT;
		int rc;

		params_hash(&p, pages[i]);
		params_int(&p, old->id);
		rc = db_queue(b->db, SQL_SPLIT_AWAY, &p, err);
		params_release(&p);
		if (rc)
			return -1;
	}
	for (size_t i = 0; i < m_n; i++) {
		const struct j_version *v = m[i].from;
		bool stays = false;

		for (size_t k = 0; k < old->postings_n; k++) {
			const struct j_posting *p = old->postings[k];

			for (size_t x = 0; x < p->sightings_n; x++)
				stays |= !holds(pages, n, p->url_key) &&
				    p->sightings[x]->version == v;
		}
		if (!stays && RUN(b, SQL_SPLIT_VERSION, err, v->home,
		    v->home_version))
			return -1;
		if (RUN(b, SQL_SPLIT_ORIGIN, err, m[i].to->home,
		    m[i].to->home_version, old->id, v->number))
			return -1;
	}
	return 0;
}

static int new_story(struct batch *b, struct j_story *old,
    const struct hash128 *pages, size_t n, int64_t *other, struct err *err)
{
	struct moved *m = arena_zalloc(&b->arena, old->versions_n + 1,
	    sizeof(*m));
	struct j_story *s = batch_new_story(b, err);
	usec_t first = INT64_MAX;
	int64_t event;
	size_t m_n;

	if (!s)
		return -1;
	*other = s->id;
	m_n = move_versions(b, old, s, pages, n, m);
	for (size_t i = 0; i < old->postings_n; i++) {
		const struct j_posting *p = old->postings[i];

		if (!holds(pages, n, p->url_key) || !p->sightings_n)
			continue;
		if (p->sightings[0]->first < first) {
			first = p->sightings[0]->first;
			s->outlet_id = p->outlet_id;
			s->first_url = p->url;
		}
		move_posting(b, old, s, p, m, m_n);
	}
	opening_texts(b, old, s, m, m_n);
	s->visited = old->visited;
	s->dirty = true;
	if (tell(b, "split", old->id, s->id, headline_of(old), NULL, &event, err) ||
	    story_save(b, s, err) || leave(b, old, pages, n, m, m_n, err) ||
	    bind_pages(b, pages, n, s->id, err) ||
	    sketch_again(b, s->id, err) || sketch_again(b, old->id, err))
		return -1;
	return refresh(b, old->id, err);
}

/* Every page must be in the story, and one must stay. */
static int check_pages(const struct j_story *s, const struct hash128 *pages,
    size_t n, struct err *err)
{
	size_t in = 0;

	for (size_t i = 0; i < n; i++)
		if (!j_posting_find(s, pages[i]))
			return err_set(err, E_NOT_FOUND,
			    "page %zu is not in story %lld", i + 1,
			    (long long)s->id);
	for (size_t i = 0; i < s->postings_n; i++)
		in += holds(pages, n, s->postings[i]->url_key);
	if (in == s->postings_n)
		return err_set(err, E_USAGE,
		    "no page would be left in story %lld", (long long)s->id);
	return 0;
}

static int split(struct batch *b, int64_t story, const struct hash128 *pages,
    size_t n, int64_t *other, struct err *err)
{
	struct slice status;
	struct j_story *s;
	int64_t id;

	if (survivor(b, &story, err) || story_load(b, story, &s, err) ||
	    check_pages(s, pages, n, err) ||
	    find_merge(b, story, pages, n, other, &id, &status, err))
		return -1;
	if (id)
		return revive(b, s, *other, id, status, pages, n, err);
	return new_story(b, s, pages, n, other, err);
}

int store_split(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t story, const struct hash128 *pages,
    size_t pages_n, int64_t *other, struct err *err)
{
	struct batch *b = batch_begin(db, tools, clock, err);
	int rc = -1;

	if (b && !split(b, story, pages, pages_n, other, err) &&
	    !batch_commit(b, err))
		rc = 0;
	batch_end(b);
	return rc;
}
