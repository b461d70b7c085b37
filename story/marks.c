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

/* Where the marks of t begin: texts lie apart, of one there are few. */
static size_t *head_of(const struct marks *m, const struct text *t)
{
	uint64_t h = (uint64_t)(uintptr_t)t * UINT64_C(0x9e3779b97f4a7c15);

	return &m->heads[(h >> 32) & (m->cap - 1)];
}

static void push(struct marks *m, size_t i)
{
	size_t *head = head_of(m, m->items[i].of.text);

	m->items[i].next = *head;
	*head = i + 1;
}

/* Room for twice as many; the first time, for 16. */
static void grow(struct marks *m, struct arena *a)
{
	struct mark *items;

	m->cap = m->cap ? m->cap * 2 : 16;
	items = arena_alloc(a, m->cap * sizeof(*items));
	if (m->n)
		memcpy(items, m->items, m->n * sizeof(*items));
	m->items = items;
	m->heads = arena_zalloc(a, m->cap, sizeof(*m->heads));
	for (size_t i = 0; i < m->n; i++)
		push(m, i);
}

int marks_add(struct marks *m, struct arena *a, const struct text *t,
    int64_t outlet_id)
{
	if (marks_get(m, t, outlet_id))
		return 0;
	if (m->n == m->cap)
		grow(m, a);
	m->items[m->n] = (struct mark){.of = {t, outlet_id}};
	push(m, m->n++);
	return 0;
}

const struct left_out *marks_get(const struct marks *m, const struct text *t,
    int64_t outlet_id)
{
	size_t i = m->cap ? *head_of(m, t) : 0;

	for (; i; i = m->items[i - 1].next)
		if (m->items[i - 1].of.text == t &&
		    m->items[i - 1].of.outlet_id == outlet_id)
			return &m->items[i - 1].skip;
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
