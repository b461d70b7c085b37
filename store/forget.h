#ifndef STORE_FORGET_H
#define STORE_FORGET_H
#include "store/store.h"

/*
 * forget: the words of a page or story leave the tables: texts, notes, bylines,
 * places, raw times, headlines of events, kept bytes, quarantine, sketches.
 * Hashes, times, URLs, numbers and who carried what stay, and one event
 * `redacted`. A text is known by its hash: it is erased wherever it stands, and
 * neither it nor anything of a forgotten page is taken in again.
 */
struct forget {
	struct hash128 page; /* zero: the story */
	int64_t story;	     /* today's; 0: the page */
	const char *reason;
};

/* What was found; in the arena. */
struct forgotten {
	struct hash128 *pages; /* forgotten from now on */
	struct slice *urls;    /* theirs */
	size_t pages_n;
	struct hash128 *texts;
	size_t texts_n;
	int64_t *hosts;	      /* of bodies */
	struct hash128 *bodies;
	size_t bodies_n, bodies_cap;
	struct slice *titles, *notes; /* as printed and as normalised */
	size_t titles_n, notes_n;
	int64_t *stories; /* that hold the texts; today's ids */
	size_t stories_n;
	struct {
		struct slice file;
		int64_t offset;
	} *places; /* WARC records that are to be erased */
	size_t places_n;
	struct slice *led_to; /* URLs that the pages redirected to */
	size_t led_to_n;
	usec_t since;	 /* the pages are known; TIME_NONE: never captured */
	/* What was there: texts, kept bytes, pages that were not forgotten. */
	size_t erased_n, emptied_n, closed_n;
};

/*
 * One transaction under the judging lock. WARC records are the caller's to
 * erase, after it: places are found again when it is asked again. NOT_FOUND.
 */
int store_forget(struct db *db, const struct store_tools *tools,
    const struct clock *clock, const struct forget *what, struct arena *a,
    struct forgotten *out, struct err *err) MUST_CHECK;
/* What the server keeps of rows that are no more: dead rows, statistics. Best
 * effort: it may belong to another role. */
void store_sweep(struct db *db);

#endif
