/* Texts that were read before are not normalised again. */
#include "store/texts.h"

#include "store/memory.h"

#include <stdlib.h>

#define BYTES_MOST (64 << 20)

struct kept_text {
	struct entry entry; /* of.hash: of the printed text */
	struct j_text as;   /* title, summary, body and text count */
};

struct texts {
	struct arena arena;
	struct table table;
};

struct texts *texts_new(void)
{
	struct texts *x = xcalloc(1, sizeof(*x));

	arena_init(&x->arena);
	return x;
}

static void forget(struct texts *x)
{
	arena_release(&x->arena);
	table_release(&x->table);
}

void texts_free(struct texts *x)
{
	if (!x)
		return;
	forget(x);
	free(x);
}

void texts_trim(struct texts *x)
{
	if (x && x->arena.used > BYTES_MOST)
		forget(x);
}

static bool same_print(const struct j_text *x, const struct j_text *y)
{
	return slice_eq(x->title, y->title) && slice_eq(x->body, y->body) &&
	    slice_eq(x->summary, y->summary) &&
	    !x->summary.p == !y->summary.p; /* "" is not null */
}

static uint64_t hash_of(struct hash128 h)
{
	uint64_t n;

	memcpy(&n, h.b, sizeof(n));
	return n;
}

static const struct kept_text *find(const struct texts *x, struct hash128 hash,
    const struct j_text *as)
{
	struct of_outlet of = {.hash = hash_of(hash)};
	struct entry *e = table_chain(&x->table, &of);

	for (; e; e = e->next) {
		const struct kept_text *k = (const struct kept_text *)e;

		if (hash128_eq(k->as.text->hash, hash) &&
		    same_print(&k->as, as))
			return k;
	}
	return NULL;
}

static void make(const struct store_tools *tools, struct arena *a,
    struct hash128 hash, struct j_text *out)
{
	out->title = arena_slice(a, out->title);
	out->summary = arena_slice(a, out->summary);
	out->body = arena_slice(a, out->body);
	out->text = tools->text(a, out->title, out->summary, out->body);
	out->text->hash = hash;
}

void texts_read(struct texts *x, const struct store_tools *tools,
    struct arena *a, struct hash128 hash, struct j_text *out)
{
	const struct kept_text *known = x ? find(x, hash, out) : NULL;
	struct kept_text *k;

	if (!x) {
		make(tools, a, hash, out);
		return;
	}
	if (!known) {
		k = arena_zalloc(&x->arena, 1, sizeof(*k));
		k->as = (struct j_text){.title = out->title,
		    .summary = out->summary, .body = out->body};
		make(tools, &x->arena, hash, &k->as);
		k->entry.of.hash = hash_of(hash);
		table_add(&x->table, &k->entry);
		known = k;
	}
	out->title = known->as.title;
	out->summary = known->as.summary;
	out->body = known->as.body;
	out->text = known->as.text;
}
