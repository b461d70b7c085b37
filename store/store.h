#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "core/log.h"
#include "model/capture.h"
#include "model/event.h"

/*
 * The store's facade for judging: rows <-> images. The order of a batch:
 *
 *	batch_begin            the judging lock is held
 *	  batch_claim          capture ids: which were judged before
 *	  batch_page           a page's image
 *	  batch_look_ahead     what judging will ask
 *	  (the story room judges; it asks batch_story, batch_candidates, ...)
 *	  batch_record         capture's row, page's row, everything dirty
 *	  batch_write          what is final of it, now and then
 *	batch_commit           all of it at once, then the doorbell
 *
 * Acknowledged means: batch_commit returned 0.
 */
struct db;

/* What the store needs of other rooms; cli fills it. */
struct store_tools {
	/* As printed -> normalised text, in a (story/text.c). */
	struct text *(*text)(struct arena *a, struct slice title,
	    struct slice summary, struct slice body);
	/* What candidates find t by; skip: NULL, or sentences that are left out. It
	 * lives as long as t (story/counted.c). */
	const struct sketch *(*sketch)(const struct text *t, const bool *skip);
	/* Share of the words of v that stand, in order, in t (story/). */
	double (*coverage)(const struct text *t, const struct text *v);
	int revision; /* of extractor and normaliser */
	/* What the WARC record at offset of file holds, decoded, in a;
	 * SLICE_NONE: it is not to be had here (told in the log). May be NULL. */
	int (*kept)(void *self, const char *file, int64_t offset,
	    struct arena *a, struct slice *bytes, struct err *err);
	void *self;
	/* How many words of new were added to old, and removed; scratch in a.
	 * store_split alone asks. */
	void (*words)(const struct text *old, const struct text *new,
	    struct arena *a, size_t *added, size_t *removed);
	/* From batch to batch; NULL: each reads for itself (store/texts.h). */
	struct texts *texts;
};

struct batch;

/* Begins a transaction and takes the judging lock. db is borrowed. */
struct batch *batch_begin(struct db *db, const struct store_tools *tools,
    const struct clock *clock, struct err *err) MUST_CHECK;
int batch_commit(struct batch *b, struct err *err) MUST_CHECK;
/* Sends all of it, so that the server writes while the caller does something
 * else; db and what the batch borrows stay untouched until batch_commit, which
 * waits for the end. */
int batch_send(struct batch *b, struct err *err) MUST_CHECK;
/* Rolls back what was not committed; frees. NULL is fine. */
void batch_end(struct batch *b);
struct arena *batch_arena(struct batch *b);

/*
 * CLAIM_CONFLICT: judged before, with another body: other bytes or, of records,
 * which say the same in many spellings, with something else said, by which
 * judged.body_hash knows them. A page is one URL key: its rows lie under the host of
 * the spelling that came first, whichever this capture was asked by. Lists, fronts
 * and policies are told apart by host too.
 */
enum claim_result { CLAIM_NEW, CLAIM_KNOWN, CLAIM_CONFLICT };
struct claim {
	const struct capture *capture;
	struct hash128 capture_id, body_hash; /* body_hash zero: no bytes */
	struct hash128 said; /* what stands for the bytes; zero: they do */
	bool list;			      /* or front, or policy */
	int64_t host_key;	  /* of its page's rows: told by batch_claim */
	enum claim_result result; /* likewise */
};
/* Claims the captures of the batch, in their order, and reads their pages on
 * the way. */
int batch_claim(struct batch *b, struct claim *claims, size_t n,
    struct err *err) MUST_CHECK;
/* A host and the fencing number under which it was visited. */
struct fence {
	int64_t host_key, number;
	bool holds; /* told by batch_fences: nobody has claimed it since */
};
/* In one round trip for all; before batch_claim, so that what is no longer
 * ours leaves no claim either. */
int batch_fences(struct batch *b, struct fence *fences, size_t n,
    struct err *err) MUST_CHECK;

/* What a page's row says beside its image. */
struct page_row {
	struct j_page *image;
	usec_t enrolled_at, changed_at;
	int64_t visits, changes, failures;
	struct hash128 body_hash; /* last bytes that gave a text; zero: none */
	int body_revision;
	struct slice kind;
	bool forgotten; /* by `forget`: nothing of it is taken in */
	/* what the schedule knows of its past (crawler/schedule.h) */
	usec_t born_at, looked_at, changed_after;
	double expected, revised;
};
/* The page, enrolled (never due by itself) if it is new. */
void batch_page(struct batch *b, const struct claim *c, int64_t outlet_id,
    struct slice external_id, struct page_row *out);
/* The outlet of that name; made if new. host may be SLICE_NONE. */
int batch_outlet(struct batch *b, struct slice name, struct slice host,
    int64_t *id, struct err *err) MUST_CHECK;

/* For struct judge_io: see story/judge.h, where they are promised. self is
 * the batch. */
struct j_story *batch_story(void *self, int64_t id, struct err *err);
int batch_stories(void *self, const int64_t *ids, size_t n, struct err *err);
struct j_story *batch_new_story(void *self, struct err *err);
int batch_candidates(void *self, const struct j_page *page,
    const struct article *article, const struct text *t,
    const struct sketch *sketch, const bool *skip, usec_t at, int64_t *ids,
    size_t max, size_t *n, struct err *err);
int batch_common(void *self, const struct outlet_text *x, size_t n,
    enum carried *common, struct err *err);
int batch_carried(void *self, const struct j_page *page,
    const struct j_carried *x, struct err *err);
int batch_fetches(void *self, const struct j_page *page, usec_t t, usec_t from,
    usec_t to, usec_t *before, usec_t *after, struct err *err);
int batch_gap(void *self, const struct j_page *page, usec_t t,
    struct j_gap *out, struct err *err);
int batch_story_at(void *self, const struct j_page *page, usec_t t,
    struct j_story **out, struct err *err);
void batch_drop_sighting(void *self, const struct j_posting *p, usec_t at);
void batch_drop_span(void *self, const struct j_posting *p, usec_t at);
int batch_tell(void *self, const struct j_event *e, struct err *err);
int batch_merge(void *self, const struct j_merge *m, struct err *err);

/* Where a capture lies in WARC. */
struct warc_row {
	struct slice file; /* SLICE_NONE: nowhere */
	int64_t offset;
	bool has_body;	   /* its bytes are in that record, of ... */
	struct hash128 id; /* ... this id, URL and payload digest */
	struct slice url, digest;
	bool in_database; /* the bytes are kept there as well */
};

/* Candidates of several texts, asked for before judging asks for them one by
 * one, and the stories that they name loaded. All of it is borrowed for as long
 * as the batch lasts. */
struct look {
	const struct j_page *page;
	const struct text *text;
	const struct sketch *sketch;
	const bool *skip; /* by sentence; NULL: none */
	usec_t at;
};
int batch_look_ahead(struct batch *b, const struct look *looks, size_t n,
    struct err *err) MUST_CHECK;
/* How often what was asked ahead had to be forgotten: a merge changes it all. */
size_t batch_forgot(const struct batch *b);

/* One judged capture. */
struct record {
	const struct capture *capture;
	struct page_row *page;
	struct hash128 capture_id, body_hash, text_hash; /* zero: none */
	usec_t at;	     /* fetched_at as stored */
	bool failed;	     /* counts as a failure of the page */
	usec_t next_fetch;   /* TIME_NONE: never */
	usec_t interval;     /* 0: unknown */
	bool scheduled;	     /* next_fetch and the page's past as the schedule
				knows it count; else the page's stay */
	const char *reason;  /* of next_fetch; NULL: none */
	const char *kind;    /* 'feed' where it turned out to be one, or NULL */
	int64_t host_key;    /* of its claim */
	struct warc_row warc;
};
int batch_record(struct batch *b, const struct record *r, struct err *err)
    MUST_CHECK;
/* Sends the rows of what was recorded that will not change any more: the server
 * writes them while the next captures are judged. */
int batch_write(struct batch *b, struct err *err) MUST_CHECK;
/* habit.c: what an outlet's pages taught the schedule, and how its requests
 * go. Of an outlet without a row all is 0, since TIME_NONE. */
struct habit {
	double *sums; /* the batch's memory, sums_n of them */
	size_t sums_n;
	double threshold;
	int64_t requests;
	usec_t since;
};
int batch_habit(struct batch *b, int64_t outlet_id, size_t sums_n,
    struct habit *out, struct err *err) MUST_CHECK;
int batch_habit_save(struct batch *b, int64_t outlet_id,
    const struct habit *h, struct err *err) MUST_CHECK;
/* Between two captures: what was recorded so far is queued, so that any query
 * of the transaction sees it. */
int batch_settle(struct batch *b, struct err *err) MUST_CHECK;
/* A page that is still due by `at`, when the capture was fetched that was
 * judged before: it is due again at next. */
void batch_due_again(struct batch *b, int64_t host_key, struct hash128 url_key,
    usec_t at, usec_t next);
/* Kept bytes of a page's capture, in a; SLICE_NONE if they are not kept. */
int batch_body(struct batch *b, int64_t host_key, struct hash128 body_hash,
    struct arena *a, struct slice *bytes, struct err *err) MUST_CHECK;
int store_body(struct db *db, const struct store_tools *tools,
    int64_t host_key, struct hash128 body_hash, struct arena *a,
    struct slice *bytes, struct err *err) MUST_CHECK;
/* Was this text erased by `forget`? */
int batch_forgotten(struct batch *b, struct hash128 text, bool *forgotten,
    struct err *err) MUST_CHECK;
int store_forgotten(struct db *db, const struct hash128 *texts, size_t n,
    bool *forgotten, struct err *err) MUST_CHECK;
int store_any_forgotten(struct db *db, bool *any, struct err *err) MUST_CHECK;
/* Another reading of the bytes that P's last text came from (a raised
 * revision): the sighting, its version if P opened it, and the known texts
 * take it; no version, no event. */
int batch_reread(struct batch *b, struct j_story *s, struct j_posting *p,
    struct text *text, const struct article *as_printed, struct err *err)
    MUST_CHECK;
/* The same of one stretch of a posting. */
void batch_reread_one(struct batch *b, struct j_story *s,
    const struct j_posting *p, struct j_sighting *x, struct text *text,
    const struct article *as_printed);
/* Everything dirty of the stories that the batch holds. */
int batch_save(struct batch *b, struct err *err) MUST_CHECK;
/* Refused input, outside any batch: a transaction of its own. */
struct refused {
	const char *input, *stage;
	const struct err *why;
	struct slice bytes; /* p NULL: not kept; input then tells it apart */
	struct slice content_type, url; /* p NULL: not known */
	int64_t outlet_id;		/* 0: the bytes tell */
	usec_t fetched_at;		/* TIME_NONE: likewise */
};
int store_quarantine(struct db *db, const struct refused *r, struct err *err)
    MUST_CHECK;
/* The next in quarantine after id, of the inputs named (none: of all); slices
 * in a, zone and credit are the outlet's. 1, 0 (no more), -1. */
struct quarantined {
	int64_t id, last; /* last: the highest id there is */
	struct slice stage, code;
	struct slice input, bytes, content_type, url, zone, credit;
	int64_t outlet_id;
	usec_t fetched_at;
};
int store_quarantine_next(struct db *db, int64_t after,
    const struct slice *inputs, size_t n, struct arena *a,
    struct quarantined *out, struct err *err) MUST_CHECK;
int store_quarantine_delete(struct db *db, int64_t id, struct err *err)
    MUST_CHECK;
/* A visit that nothing could be made of: its page waits as after a failure. */
int store_set_apart(struct db *db, const struct capture *c, usec_t at,
    const struct err *why, struct err *err) MUST_CHECK;

/* The parser died of the visit's bytes, of signal sig: to quarantine, and its
 * page waits; of the second time in a row until store_release. *why says it. */
int store_crashed(struct db *db, const struct capture *c, int sig,
    struct err *why, struct err *err) MUST_CHECK;
/* A page that was set apart for that is due at now; others stay as they are. */
int store_release(struct db *db, const struct capture *c, usec_t now,
    struct err *err) MUST_CHECK;

/* XXH3-64 of the authority: the key of host tables. */
int64_t host_key_of(struct slice authority);

/* ---- bodies.c: outside of batches ------------------------------------------ */
/* What is known of a visit before it is written to WARC. */
struct body_origin {
	int64_t host_key; /* as the URL is spelt */
	struct hash128 body_hash; /* zero: what the page showed last */
	struct hash128 url_key;
	/* told: the record that holds these bytes; url none: no such */
	struct hash128 id;
	struct slice url, digest;
	usec_t at;
	bool forgotten; /* the page is */
};
int store_origins(struct db *db, struct body_origin *o, size_t n,
    struct arena *a, struct err *err) MUST_CHECK;
/* What a revisit refers to: the capture of a page, or one that ended on url,
 * at a time; at TIME_NONE: the page's last before that. */
struct body_asked {
	struct hash128 url_key;
	struct slice url;
	usec_t at, before;
};
int store_body_of(struct db *db, const struct store_tools *tools,
    const struct body_asked *q, struct arena *a, struct slice *bytes,
    struct err *err) MUST_CHECK;
/* Name, zone and credit of a page's outlet, else of its host's. */
int store_outlet_of(struct db *db, int64_t host_key, struct hash128 url_key,
    struct arena *a, struct slice out[3], struct err *err) MUST_CHECK;
/* The outlet, made if new; zone and credit that it has not are set. */
int store_outlet(struct db *db, const struct slice outlet[3],
    struct slice host, usec_t now, struct err *err) MUST_CHECK;

/* ---- merge.c, split.c: by hand, under the judging lock, one transaction each ------- */
/* By story id; the older survives. *into and *event_id are told. */
int store_merge(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t a, int64_t b, int64_t *into,
    int64_t *other, struct err *err) MUST_CHECK;
/* Pages of a story, by key, become another: the one that a merge brought, or a
 * new one. *story becomes the survivor; what is given twice counts once: *n and
 * the arrays are what is left. urls are for messages. *other is told. */
int store_split(struct db *db, const struct store_tools *tools,
    const struct clock *clock, int64_t *story, struct hash128 *pages,
    const char **urls, size_t *n, int64_t *other, struct err *err) MUST_CHECK;

#endif
