/* What pages of two stories showed, compared as the judge compares it. */
#include "cli/explain.h"

#include "core/strbuf.h"

#include <stdlib.h>

#define STRETCHES_MAX 400 /* of a story; what was asked for, then the latest */

/* ---- reading ---------------------------------------------------------------- */

static struct shown *read_row(const struct db_result *r, size_t i, int64_t root,
    struct arena *a)
{
	struct shown *s = arena_zalloc(a, 1, sizeof(*s));

	*s = (struct shown){.home = db_int(r, i, 0), .root = root,
	    .asked = db_bool(r, i, 1), .url = arena_slice(a, db_str(r, i, 2)),
	    .outlet = arena_slice(a, db_str(r, i, 3)),
	    .outlet_id = db_int(r, i, 4), .version = db_int(r, i, 5),
	    .opened = db_bool(r, i, 6), .head = db_bool(r, i, 7),
	    .text = text_new(a, db_str(r, i, 8), db_str(r, i, 9),
	    db_str(r, i, 10)), .first = db_time(r, i, 11),
	    .last = db_time(r, i, 12), .effective = db_time(r, i, 13),
	    .said = db_time(r, i, 14),
	    .judged = !db_null(r, i, 15), .score = db_double(r, i, 15),
	    .reason = arena_slice(a, db_str(r, i, 16)),
	    .bound = db_int(r, i, 17),
	    .rule = arena_slice(a, db_str(r, i, 19)),
	    .event = db_int(r, i, 20),
	    .began = slice_is(db_str(r, i, 21), "created"),
	    .came = slice_is(db_str(r, i, 21), "reposted"),
	    .note = arena_slice(a, db_str(r, i, 22))};
	return s;
}

/* The same row may have been read for the other side. */
static struct shown *add_row(struct texts *t, struct shown *s)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->home == s->home && t->v[i]->first == s->first &&
		    slice_eq(t->v[i]->url, s->url))
			return t->v[i];
	GROW(t->v, t->n, t->cap);
	return t->v[t->n++] = s;
}

/* A page's text is its last, as is that of a story which was merged into another; a
 * story's is what opened its head, else what carries it. story: that was asked for by
 * its number, or 0: a page was. */
static bool is_better(const struct shown *s, const struct shown *than,
    int64_t story)
{
	bool last = !story || s->root != story;

	if (!story ? !s->asked : last ? s->home != story : !s->head)
		return false;
	if (!than)
		return true;
	return last ? s->first > than->first : s->opened && !than->opened;
}

const struct shown *explain_own(const struct texts *t, const char *arg,
    const struct shown *s)
{
	int64_t story = show_is_url(arg) ? s->home : strtoll(arg, NULL, 10);
	const struct shown *own = NULL;

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->home == story &&
		    (!own || t->v[i]->first > own->first))
			own = t->v[i];
	return s->home != story && own ? own : s;
}

int explain_load(struct db *db, const char *arg, struct arena *a,
    struct texts *t, const struct shown **side, struct err *err)
{
	bool of_page = show_is_url(arg) && strncmp(arg, "urn:dateline:", 13);
	struct hash128 key = {0};
	struct db_result *r;
	int64_t story;

	*side = NULL;
	if (show_story_id(db, arg, &story, err) ||
	    (show_is_url(arg) && show_url_key(arg, &key, err)) ||
	    read_texts(db, story, key, STRETCHES_MAX, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		struct shown *row = read_row(r, i, db_int(r, i, 18), a);
		struct shown *s = add_row(t, row);

		if (row->asked)
			of_page = true;
		s->asked = row->asked;
		if (is_better(s, *side, of_page ? 0 : story))
			*side = s;
	}
	db_result_free(r);
	return *side ? 0 : err_set(err, E_NOT_FOUND,
	    "nothing is known of %s", arg);
}

/* ---- lines of the outlets ------------------------------------------------------ */

/* In which stories pages of an outlet carried a sentence; beyond these it does
 * not matter. */
struct told_in {
	int64_t in[CARRIED_FEW_MOST + 1];
	size_t n;
};

static void add_story(struct told_in *k, int64_t story)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->in[i] == story)
			return;
	if (k->n < ARRAY_LEN(k->in))
		k->in[k->n++] = story;
}

static int ask_common(struct db *db, const struct texts *t, size_t n,
    struct told_in *told, struct arena *a, struct err *err)
{
	int64_t *hashes = arena_alloc(a, (n + 1) * sizeof(*hashes));
	int64_t *outlets = arena_alloc(a, (n + 1) * sizeof(*outlets));
	struct db_result *r;
	size_t k = 0;

	for (size_t i = 0; i < t->n; i++)
		for (size_t s = 0; s < t->v[i]->text->sentences_n; s++) {
			hashes[k] = (int64_t)t->v[i]->text->sentences[s].hash;
			outlets[k++] = t->v[i]->outlet_id;
		}
	if (read_common(db, hashes, outlets, n, &r, err))
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		int64_t at = db_int(r, i, 0);

		if (at >= 1 && (size_t)at <= n)
			add_story(&told[at - 1], db_int(r, i, 1));
	}
	db_result_free(r);
	return 0;
}

static int cmp_shown(const void *x, const void *y)
{
	const struct shown *a = *(struct shown *const *)x;
	const struct shown *b = *(struct shown *const *)y;
	size_t n = a->url.n < b->url.n ? a->url.n : b->url.n;
	int d = memcmp(a->url.p, b->url.p, n);

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return d ? d : a->url.n < b->url.n ? -1 : a->url.n > b->url.n;
}

int explain_mark(struct db *db, struct texts *t, struct arena *a,
    struct err *err)
{
	struct told_in *told, *next;
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->v[i]->text->sentences_n;
	next = told = arena_zalloc(a, n + 1, sizeof(*told));
	if (n && ask_common(db, t, n, told, a, err))
		return -1;
	for (size_t i = 0; i < t->n; i++) {
		size_t k = t->v[i]->text->sentences_n;
		enum carried *c = arena_zalloc(a, k + 1, sizeof(*c));

		for (size_t s = 0; s < k; s++)
			c[s] = carried_by(next++->n);
		t->v[i]->skip = left_out_by(t->v[i]->text, c, a).rule_3;
	}
	qsort(t->v, t->n, sizeof(struct shown *), cmp_shown);
	return 0;
}

size_t explain_left_out(const struct shown *s)
{
	size_t n = 0;

	for (size_t i = 0; s->skip && i < s->text->sentences_n; i++)
		n += s->skip[i];
	return n;
}

bool explain_forgotten(const struct shown *s)
{
	return show_forgotten(s->text->title, s->text->body);
}

const struct shown *explain_first(const struct texts *t, const struct shown *s)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->home == s->home && slice_eq(t->v[i]->url, s->url))
			return t->v[i];
	return s;
}

/* ---- comparing ------------------------------------------------------------------ */

/* The last visit to any page of the story before late was first seen. */
static usec_t visited_before(const struct texts *t, int64_t root,
    const struct shown *late)
{
	usec_t last = TIME_NONE;

	for (size_t i = 0; i < t->n; i++) {
		const struct shown *s = t->v[i];
		usec_t seen = s->last < late->first ? s->last : late->first;

		if (s != late && s->root == root && s->first <= late->first &&
		    (last == TIME_NONE || seen > last))
			last = seen;
	}
	return last;
}

void explain_match(const struct texts *t, const struct shown *x,
    const struct shown *y, struct match *m)
{
	const struct shown *late = cmp_shown(&x, &y) < 0 ? y : x;
	const struct shown *held = late == x ? y : x;
	const struct match_side mine = {.text = late->text, .skip = late->skip,
	    .note = late->note,
	    .outlet_id = late->outlet_id, .seen_at = late->first,
	    .at = late->said != TIME_NONE && late->said < late->first ?
	    late->said : late->first};
	const struct match_side other = {.text = held->text, .skip = held->skip,
	    .note = held->note,
	    .outlet_id = held->outlet_id,
	    .at = x == y ? mine.at : held->effective,
	    .seen_at = visited_before(t, held->root, late)};

	match_texts(&mine, &other, x != y && slice_eq(x->url, y->url), m);
}
