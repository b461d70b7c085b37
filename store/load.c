/* Rows -> the image of a story. */
#include "store/batch.h"

#include "store/sql.h"
#include "store/texts.h"

struct loading {
	struct batch *b;
	struct arena *a;
	struct j_story *s;
	size_t row, end; /* the story's rows of the part that is loaded */
	struct err *err;
};

/* Text of a column, copied; SLICE_NONE for null. */
static struct slice column(struct loading *l, const struct db_result *r,
    size_t row, int col)
{
	return arena_slice(l->a, db_str(r, row, col));
}

static struct j_version *version_by_home(const struct j_story *s, int64_t home,
    int number)
{
	for (size_t i = 0; i < s->versions_n; i++)
		if (s->versions[i]->home == home &&
		    s->versions[i]->home_version == number)
			return s->versions[i];
	return NULL;
}

static enum change_kind kind_of(struct slice s)
{
	for (int k = CHANGE_CREATED; k < CHANGE_UPDATED; k++)
		if (slice_is(s, change_kind_name((enum change_kind)k)))
			return (enum change_kind)k;
	return CHANGE_UPDATED;
}

static int load_versions(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct j_version *v = arena_zalloc(l->a, 1, sizeof(*v));
		struct article *art = arena_zalloc(l->a, 1, sizeof(*art));

		v->home = db_int(r, i, 0);
		v->home_version = (int)db_int(r, i, 1);
		v->number = (int)db_int(r, i, 2);
		v->text_hash = db_hash(r, i, 3);
		v->url_key = db_hash(r, i, 4);
		v->outlet_id = db_int(r, i, 5);
		v->created = db_time(r, i, 6);
		v->updated = db_time(r, i, 7);
		v->effective = db_time(r, i, 8);
		v->first = db_time(r, i, 9);
		v->last = db_time(r, i, 10);
		v->note = column(l, r, i, 11);
		v->kind = kind_of(db_str(r, i, 12));
		v->stealth = db_bool(r, i, 13);
		v->previous = (int)db_int(r, i, 14);
		art->credit = column(l, r, i, 15);
		v->article = art;
		v->words_added = (size_t)db_int(r, i, 16);
		v->words_removed = (size_t)db_int(r, i, 17);
		j_add_version(l->a, l->s, v);
	}
	return 0;
}

static int load_returns(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct j_version *v = version_by_home(l->s, db_int(r, i, 0),
		    (int)db_int(r, i, 1));

		if (v)
			j_add_return(l->a, v, (struct j_return){db_time(r, i, 2),
			    db_time(r, i, 3), db_hash(r, i, 4), false});
	}
	return 0;
}

/* The hash stays what it was stored under, whatever a newer revision says. */
static int load_texts(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct hash128 h = db_hash(r, i, 0);
		struct j_text *t;

		if (j_text_find(l->s, h))
			continue; /* merged: the survivor's came first */
		t = arena_zalloc(l->a, 1, sizeof(*t));
		t->version = version_by_home(l->s, db_int(r, i, 1),
		    (int)db_int(r, i, 2));
		t->title = db_str(r, i, 3);
		t->summary = db_str(r, i, 4);
		t->body = db_str(r, i, 5);
		texts_read(l->b->tools->texts, l->b->tools, l->a, h, t);
		t->revision = (int)db_int(r, i, 6);
		t->home = db_int(r, i, 8);
		if (t->version)
			j_add_text(l->a, l->s, t);
	}
	for (size_t i = 0; i < l->s->versions_n; i++) {
		struct j_version *v = l->s->versions[i];
		struct j_text *t = j_text_find(l->s, v->text_hash);

		if (!t)
			return err_set(l->err, E_INTERNAL,
			    "story %lld: version %d has no text",
			    (long long)l->s->id, v->number);
		v->text = t->text;
	}
	return 0;
}

static enum posting_status status_of(struct slice s)
{
	for (int k = POSTING_LIVE; k < POSTING_LEFT; k++)
		if (slice_is(s, posting_status_name((enum posting_status)k)))
			return (enum posting_status)k;
	return POSTING_LEFT;
}

static int load_postings(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct j_posting *p = arena_zalloc(l->a, 1, sizeof(*p));

		p->home = db_int(r, i, 0);
		p->url_key = db_hash(r, i, 1);
		p->host_key = db_int(r, i, 2);
		p->url = column(l, r, i, 3);
		p->outlet_id = db_int(r, i, 4);
		p->external_id = column(l, r, i, 5);
		p->status = status_of(db_str(r, i, 6));
		p->flips = db_times(r, i, 7, l->a, &p->flips_n);
		p->flips_cap = p->flips_n;
		j_add_posting(l->a, l->s, p);
	}
	return 0;
}

/* Rules are told by their name; the image borrows the table's. */
static const char *rule_name(struct slice s)
{
	static const char *const rules[] = {"4a", "4b", "4c", "4c-opens", "4d",
	    "4e", "4f", "live-end"};

	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (slice_is(s, rules[i]))
			return rules[i];
	return "-";
}

static int load_sightings(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct j_posting *p = j_posting_at(l->s, db_int(r, i, 0),
		    db_hash(r, i, 1));
		struct j_text *t = j_text_find(l->s, db_hash(r, i, 4));
		struct j_sighting *x = arena_zalloc(l->a, 1, sizeof(*x));

		x->first = x->first_stored = db_time(r, i, 2);
		x->last = db_time(r, i, 3);
		x->version = version_by_home(l->s, db_int(r, i, 5),
		    (int)db_int(r, i, 6));
		if (!p || !t || !x->version)
			continue;
		x->text = t->text;
		x->coverage = db_double(r, i, 7);
		x->flips = (int)db_int(r, i, 8);
		x->stealth = db_bool(r, i, 9);
		x->pending = db_bool(r, i, 10);
		x->changed = db_time(r, i, 11);
		x->rule = rule_name(db_str(r, i, 12));
		x->note = column(l, r, i, 13);
		j_add_sighting(l->a, p, x);
		j_seen_first(l->s, p, x->first);
	}
	return 0;
}

static int load_members(struct loading *l, const struct db_result *r)
{
	for (size_t i = l->row; i < l->end; i++) {
		struct j_posting *p = j_posting_at(l->s, db_int(r, i, 0),
		    db_hash(r, i, 1));
		usec_t from = db_time(r, i, 2);

		if (p)
			j_add_span(l->a, p, (struct j_span){from,
			    db_time(r, i, 3), from, false});
	}
	return 0;
}

static int load_story(struct loading *l, const struct db_result *r)
{
	size_t i = l->row;

	if (i == l->end)
		return err_set(l->err, E_NOT_FOUND, "no story %lld",
		    (long long)l->s->id);
	l->s->id = db_int(r, i, 0);
	l->s->status = slice_is(db_str(r, i, 1), "live") ? STORY_LIVE :
	    STORY_WITHDRAWN;
	l->s->first = TIME_NONE; /* its sightings tell */
	l->s->outlet_id = db_int(r, i, 2);
	l->s->next = (int)db_int(r, i, 3);
	l->s->visited = db_time(r, i, 4);
	l->s->first_url = column(l, r, i, 5);
	return 0;
}

/* What a story's image is made of, in the order in which it is. Each takes the
 * stories' ids alone, and tells in its last column whose a row is, in their
 * order. */
static const struct {
	const char *sql;
	int (*load)(struct loading *l, const struct db_result *r);
	int id; /* the last column */
} parts[] = {
    {SQL_STORY_LOAD, load_story, 6}, {SQL_VERSIONS_LOAD, load_versions, 18},
    {SQL_RETURNS_LOAD, load_returns, 5}, {SQL_TEXTS_LOAD, load_texts, 7},
    {SQL_POSTINGS_LOAD, load_postings, 8},
    {SQL_SIGHTINGS_LOAD, load_sightings, 14},
    {SQL_MEMBERS_LOAD, load_members, 4}};

/* A part of every story. A merged one has told its survivor's id by then. */
static int load_part(struct batch *b, size_t part, const int64_t *ids,
    size_t n, struct j_story **out, struct err *err)
{
	struct loading l = {.b = b, .a = &b->arena, .err = err};
	struct db_result *r;
	int rc = 0;

	if (db_answer(b->db, &r, err))
		return -1;
	for (size_t i = 0; i < n && !rc; i++) {
		l.s = out[i];
		l.row = l.end;
		while (l.end < db_rows(r) &&
		    db_int(r, l.end, parts[part].id) == ids[i])
			l.end++;
		if (l.s->id == ids[i])
			rc = parts[part].load(&l, r);
	}
	db_result_free(r);
	return rc;
}

int stories_load(struct batch *b, const int64_t *ids, size_t n,
    struct j_story **out, struct err *err)
{
	struct params p = PARAMS_INIT;
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] = arena_zalloc(&b->arena, 1, sizeof(*out[i]));
		out[i]->id = ids[i];
	}
	params_ints(&p, ids, n);
	for (size_t i = 0; i < ARRAY_LEN(parts) && !rc; i++)
		rc = db_ask(b->db, parts[i].sql, &p, err);
	params_release(&p);
	for (size_t i = 0; i < ARRAY_LEN(parts) && !rc; i++)
		rc = load_part(b, i, ids, n, out, err);
	if (rc)
		db_forget(b->db);
	return rc;
}

int story_load(struct batch *b, int64_t id, struct j_story **out,
    struct err *err)
{
	if (stories_load(b, &id, 1, out, err))
		return -1;
	return (*out)->id == id ? 0 : story_load(b, (*out)->id, out, err);
}
