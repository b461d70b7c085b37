/* Entries by hash: what a batch knows of sentences. */
#include "store/memory.h"

#include <stdlib.h>
#include <sys/random.h>

#define FIRST_BITS 12 /* most batches have some thousands of sentences */

/* Multiply-shift (Dietzfelbinger et al. 1997): which hashes share a chain only
 * who knows odd can tell. */
static struct entry **head_of(const struct table *t, const struct of_outlet *x)
{
	uint64_t h = x->hash * t->odd + (uint64_t)x->outlet_id * t->odd_outlet;

	return &t->heads[h >> (64 - t->bits)];
}

struct entry *table_chain(const struct table *t, const struct of_outlet *x)
{
	return t->heads ? *head_of(t, x) : NULL;
}

static void push(struct table *t, struct entry *e)
{
	struct entry **head = head_of(t, &e->of);

	e->next = *head;
	*head = e;
}

static uint64_t draw_odd(void)
{
	uint64_t odd;

	if (getrandom(&odd, sizeof(odd), 0) != sizeof(odd))
		BUG("getrandom");
	return odd | 1;
}

/* Twice as many chains. */
static void grow(struct table *t)
{
	struct table old = *t;
	size_t n = old.heads ? (size_t)1 << old.bits : 0;

	if (!old.heads) {
		t->odd = draw_odd();
		t->odd_outlet = draw_odd();
	}
	t->bits = old.heads ? old.bits + 1 : FIRST_BITS;
	t->heads = xcalloc((size_t)1 << t->bits, sizeof(*t->heads));
	for (size_t i = 0; i < n; i++)
		for (struct entry *e = old.heads[i], *next; e; e = next) {
			next = e->next;
			push(t, e);
		}
	free(old.heads);
}

void table_add(struct table *t, struct entry *e)
{
	if (!t->heads || t->n >> t->bits)
		grow(t);
	push(t, e);
	t->n++;
}

void table_release(struct table *t)
{
	free(t->heads);
	*t = (struct table){0};
}
