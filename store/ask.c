/* What judging asks of the database: struct judge_io of story/judge.h. */
#include "store/batch.h"

#include "store/sql.h"

#include <stdlib.h>

#define WINDOW	       (72 * USEC_HOUR) /* of sketches (timeline.md) */
#define SENTENCE_WORDS 8 /* a shared shorter one is no sign of a story */

static void remember(struct batch *b, int64_t id, struct j_story *s)
{
	if (b->stories_n == b->stories_cap) {
		b->stories_cap = b->stories_cap ? b->stories_cap * 2 : 16;
		b->stories = xrealloc(b->stories,
		    b->stories_cap * sizeof(*b->stories));
		b->ids = xrealloc(b->ids, b->stories_cap * sizeof(*b->ids));
	}
	b->stories[b->stories_n] = s;
	b->ids[b->stories_n++] = id;
}

static struct j_story *held(const struct batch *b, int64_t id)
{
	for (size_t i = 0; i < b->stories_n; i++)
		if (b->ids[i] == id)
			return b->stories[i];
	return NULL;
}

/* s was loaded as the story id; a survivor may be held already. */
static struct j_story *hold(struct batch *b, int64_t id, struct j_story *s)
{
	struct j_story *before = held(b, s->id);

	if (!before)
		remember(b, s->id, s);
	else
		s = before;
	if (s->id != id)
		remember(b, id, s);
	return s;
}

struct j_story *batch_story(void *self, int64_t id, struct err *err)
{
	struct batch *b = self;
	struct j_story *s = held(b, id);

	if (s)
		return s;
	if (story_load(b, id, &s, err))
		return NULL;
	return hold(b, id, s);
}

int batch_stories(void *self, const int64_t *ids, size_t n, struct err *err)
{
	struct batch *b = self;
	int64_t asked[DB_ASK_MAX / STORY_ASKS];
	size_t asked_n = 0;

	for (size_t i = 0; i < n && asked_n < ARRAY_LEN(asked); i++) {
		if (held(b, ids[i]))
			continue;
		if (story_ask(b, ids[i], err))
			return -1;
		asked[asked_n++] = ids[i];
	}
	for (size_t i = 0; i < asked_n; i++) {
		struct j_story *s;

		if (story_answer(b, asked[i], &s, err))
			return -1;
		if (s->id == asked[i])
			hold(b, asked[i], s);
	}
	return 0;
}

struct j_story *batch_new_story(void *self, struct err *err)
{
	struct batch *b = self;
	struct j_story *s;
	struct db_result *r;

	if (db_query(b->db, SQL_STORY_NEW_ID, NULL, &r, err))
		return NULL;
	s = arena_zalloc(&b->arena, 1, sizeof(*s));
	s->id = db_int(r, 0, 0);
	db_result_free(r);
	s->next = 1;
	s->visited = TIME_NONE;
	s->fresh = true;
	remember(b, s->id, s);
	return s;
}

/* Hashes of the text's sentences that are long enough to be told by. */
static size_t long_sentences(const struct text *t, const bool *skip,
    int64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->sentences_n; i++)
		if (t->sentences[i].words >= SENTENCE_WORDS &&
		    !(skip && skip[i]))
			out[n++] = (int64_t)t->sentences[i].hash;
	return n;
}

int batch_candidates(void *self, const struct j_page *page,
    const struct article *article, const struct text *t,
    const struct sketch *sketch, const bool *skip, usec_t at, int64_t *ids,
    size_t max, size_t *n, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int64_t *sentences = arena_alloc(&b->arena,
	    (t->sentences_n + 1) * sizeof(*sentences));
	size_t sentences_n = long_sentences(t, skip, sentences);
	int rc;

	(void)article;
	params_ints(&p, (const int64_t *)sketch->kept, sketch->kept_n);
	params_time(&p, at - WINDOW);
	params_time(&p, at + WINDOW);
	params_ints(&p, sentences, sentences_n);
	params_hash(&p, page->canonical_key);
	params_int(&p, (int64_t)max);
	rc = db_query(b->db, SQL_CANDIDATES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (*n = 0; *n < db_rows(r) && *n < max; ++*n)
		ids[*n] = db_int(r, *n, 0);
	db_result_free(r);
	return 0;
}

int batch_common(void *self, const int64_t *outlet, const uint64_t *hash,
    size_t n, bool *common, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_ints(&p, (const int64_t *)hash, n);
	params_ints(&p, outlet, n);
	rc = db_query(b->db, SQL_COMMON, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	for (size_t i = 0; i < db_rows(r); i++) {
		size_t k = (size_t)db_int(r, i, 0);

		if (k >= 1 && k <= n)
			common[k - 1] = true;
	}
	db_result_free(r);
	return 0;
}

int batch_carried(void *self, const struct j_page *page,
    const struct j_story *s, const struct text *t, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	int64_t *hashes;
	int rc;

	if (!t->sentences_n)
		return 0;
	hashes = arena_alloc(&b->arena, t->sentences_n * sizeof(*hashes));
	for (size_t i = 0; i < t->sentences_n; i++)
		hashes[i] = (int64_t)t->sentences[i].hash;
	params_ints(&p, hashes, t->sentences_n);
	params_int(&p, page->outlet_id);
	params_int(&p, s->id);
	rc = db_queue(b->db, SQL_CARRIED, &p, err);
	params_release(&p);
	return rc;
}

int batch_fetches(void *self, const struct j_page *page, usec_t t, usec_t from,
    usec_t to, usec_t *before, usec_t *after, struct err *err)
{
	struct batch *b = self;
	struct params p = PARAMS_INIT;
	struct db_result *r;
	int rc;

	params_hash(&p, page->url_key);
	params_time(&p, t);
	params_time(&p, from);
	params_time(&p, to);
	rc = db_query(b->db, SQL_FETCHES, &p, &r, err);
	params_release(&p);
	if (rc)
		return -1;
	*before = db_time(r, 0, 0);
	*after = db_time(r, 0, 1);
	db_result_free(r);
	return 0;
}

int batch_tell(void *self, const struct j_event *e, struct err *err)
{
	return event_save(self, e, err);
}
