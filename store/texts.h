#ifndef STORE_TEXTS_H
#define STORE_TEXTS_H
#include "model/story.h"

/*
 * Rows of texts that were normalised, kept from batch to batch: the stories that a
 * wire is at are loaded again by nearly every batch. One thread's.
 */
struct texts;
struct store_tools;

struct texts *texts_new(void);
void texts_free(struct texts *x); /* NULL is fine */

/*
 * What tools->text makes of these, printed byte for byte so; hash is what the row is
 * stored under. It and out's title, summary and body live until texts_trim. x NULL:
 * nothing is kept, and they live in a.
 */
void texts_read(struct texts *x, const struct store_tools *tools,
    struct arena *a, struct hash128 hash, struct j_text *out);
/* After a batch: forgets all where it is more than 64 MiB. */
void texts_trim(struct texts *x);

#endif
