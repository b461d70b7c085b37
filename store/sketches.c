/* Rows that candidates are found by: hashes of the texts' sketches. */
#include "store/batch.h"

/* Where a version's number stands, of a text that carries one;
 * erase_sketches.sql makes it too. */
static int64_t number_of_text(struct hash128 h)
{
	uint32_t n = 0;

	for (size_t i = 0; i < sizeof(n); i++)
		n = n << 8 | h.b[i];
	return (int32_t)(n | UINT32_C(1) << 31);
}

int sketch_save(struct batch *b, const struct j_story *s,
    const struct j_version *v, const struct text *t,
    const struct sketch *sketch, struct err *err)
{
	int64_t *hashes = arena_alloc(&b->arena, (sketch->kept_n + 1) *
	    sizeof(*hashes));
	size_t n = sketch_untold(b, v, sketch, hashes);
	struct params p = PARAMS_INIT;

	wrote_sketch(b, s, v, sketch);
	if (!n)
		return 0;
	if (batch_partition(b, PART_SKETCH, v->effective, err))
		return -1;
	params_ints(&p, hashes, n);
	params_time(&p, sketch_time(v->effective));
	params_int(&p, v->home);
	params_int(&p, hash128_eq(v->text->hash, t->hash) ? v->home_version :
	    number_of_text(t->hash));
	params_bool(&p, story_is_own(b, v->home));
	rows_add(&b->rows, ROW_SKETCH, &p);
	return 0;
}

int sketch_again(struct batch *b, int64_t story, struct err *err)
{
	struct j_story *s;

	if (story_load(b, story, &s, err))
		return -1;
	for (size_t i = 0; i < s->texts_n; i++) {
		const struct j_text *t = s->texts[i];

		if (sketch_save(b, s, t->version, t->text,
		    b->tools->sketch(t->text, NULL), err))
			return -1;
	}
	return rows_queue_kind(&b->rows, ROW_SKETCH, b->db, err);
}
