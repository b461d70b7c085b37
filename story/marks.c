/* What is left out of texts: sentences that an outlet carries with every story. */
#include "story/judge.h"

struct left_out left_out_by(const struct text *t, const enum carried *common,
    struct arena *a)
{
	size_t n = t->sentences_n;
	bool *three = arena_alloc(a, n + 1), tells = false;
	struct left_out x = {.rule_4 = arena_alloc(a, n + 1)};

	for (size_t i = 0; i < n; i++) {
		bool known = t->sentences[i].disclaimer;

		x.rule_4[i] = known || common[i] != CARRIED_ONCE;
		three[i] = known || common[i] == CARRIED_OFTEN;
		tells |= !three[i] && sentence_tells(&t->sentences[i]);
	}
	x.rule_3 = tells ? three : NULL;
	return x;
}

int marks_add(struct marks *m, struct arena *a, const struct text *t,
    int64_t outlet_id)
{
	struct mark *items;

	if (marks_get(m, t, outlet_id))
		return 0;
	if (m->n == m->cap) {
		m->cap = m->cap ? m->cap * 2 : 16;
		items = arena_alloc(a, m->cap * sizeof(*items));
		if (m->n)
			memcpy(items, m->items, m->n * sizeof(*items));
		m->items = items;
	}
	m->items[m->n++] = (struct mark){.of = {t, outlet_id}};
	return 0;
}

const struct left_out *marks_get(const struct marks *m, const struct text *t,
    int64_t outlet_id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->items[i].of.text == t &&
		    m->items[i].of.outlet_id == outlet_id)
			return &m->items[i].skip;
	return NULL;
}

int marks_load(struct marks *m, size_t from, const struct judge_io *io,
    struct arena *a, struct err *err)
{
	struct outlet_text *asked;
	size_t n = 0;
	enum carried *common;

	if (from == m->n)
		return 0;
	asked = arena_alloc(a, (m->n - from) * sizeof(*asked));
	for (size_t i = from; i < m->n; i++) {
		asked[i - from] = m->items[i].of;
		n += m->items[i].of.text->sentences_n;
	}
	common = arena_zalloc(a, n + 1, sizeof(*common));
	if (io->common(io->self, asked, m->n - from, common, err))
		return -1;
	for (size_t i = from; i < m->n; i++) {
		m->items[i].skip = left_out_by(m->items[i].of.text, common, a);
		common += m->items[i].of.text->sentences_n;
	}
	return 0;
}
