#ifndef STORY_JUDGE_H
#define STORY_JUDGE_H
#include "model/capture.h"
#include "story/story.h"

/*
 * What a capture does (timeline.md, "What a capture does"): judge_capture
 * changes images of a page and its story in memory and tells events. Pure:
 * who holds the images loads and saves them through struct judge_io, under
 * the judging lock. Everything lies in the arena of the batch.
 *
 * Images mark what changed: fresh (a row to insert), dirty (to update).
 */

enum change_kind { CHANGE_CREATED, CHANGE_CORRECTED, CHANGE_RETITLED,
	CHANGE_UPDATED };
const char *change_kind_name(enum change_kind k);

/* A page that opened a version went back to this one (lead time). */
struct j_return {
	usec_t seen, lead;
	struct hash128 url_key;
	bool fresh;
};

struct j_version {
	int64_t home;	  /* the story that it was opened in, for ever ... */
	int home_version; /* ... and its number there */
	int number;	  /* in the story that is judged */
	struct text *text;
	struct hash128 url_key; /* the page that opened it */
	int64_t outlet_id;
	const struct article *article; /* fresh: byline, credit, place */
	usec_t created, updated, effective, first, last;
	struct slice note;
	enum change_kind kind;
	bool stealth;
	int previous; /* 0: none */
	size_t words_added, words_removed;
	struct j_return *returns;
	size_t returns_n, returns_cap;
	const struct sketch *sketch; /* fresh: what candidates find it by */
	bool fresh, dirty;
};

/* A text known in the story and the version that it carries. */
struct j_text {
	struct text *text;
	struct slice title, summary, body; /* as printed; fresh only */
	struct j_version *version;
	bool fresh, dirty;
};

struct j_sighting {
	struct text *text;
	struct j_version *version;
	usec_t first, last;
	usec_t first_stored; /* the row's key; TIME_NONE: fresh */
	double coverage;
	int flips;
	bool stealth;
	bool pending;	/* live page: text newer than its version */
	usec_t changed; /* live page: when its text last changed */
	const char *rule;
	const struct article *article; /* of the last fetch; NULL: as stored */
	struct slice note;
	bool dirty;
};

/* A stretch in which a posting was live. */
struct j_span {
	usec_t from, to; /* to TIME_NONE: still */
	usec_t from_stored;
	bool dirty;
};

enum posting_status { POSTING_NEW, POSTING_LIVE, POSTING_GONE, POSTING_MOVED,
	POSTING_LEFT };
const char *posting_status_name(enum posting_status s);

struct j_posting {
	int64_t home; /* the story that its rows lie in */
	struct hash128 url_key;
	int64_t host_key, outlet_id;
	struct slice url, external_id;
	enum posting_status status;
	struct j_sighting **sightings; /* by first */
	size_t sightings_n, sightings_cap;
	struct j_span *spans; /* by from */
	size_t spans_n, spans_cap;
	usec_t *flips;
	size_t flips_n, flips_cap;
	double score;
	struct slice reason;
	bool fresh, dirty;
};

enum story_status { STORY_LIVE, STORY_WITHDRAWN, STORY_MERGED };
const char *story_status_name(enum story_status s);

struct j_story {
	int64_t id;
	enum story_status status;
	int64_t outlet_id; /* its first outlet */
	int next;	   /* next version's number */
	struct j_version **versions;
	size_t versions_n, versions_cap;
	struct j_posting **postings;
	size_t postings_n, postings_cap;
	struct j_text **texts;
	size_t texts_n, texts_cap;
	usec_t visited; /* last capture of any of its pages */
	struct slice first_url;
	bool fresh, dirty;
};

struct j_page {
	struct hash128 url_key;
	int64_t host_key, outlet_id;
	struct slice url, external_id;
	int64_t story_id; /* that it carries or carried last; 0: none */
	int64_t bound_id; /* decided by hand; 0: none */
	usec_t updated;	  /* updated_at at the last fetch */
	struct hash128 held_hash;
	usec_t held_at; /* TIME_NONE: nothing is held */
	usec_t missed_at;
	bool dirty, changed; /* changed: this capture brought another text */
};

struct j_event {
	const char *kind;
	struct j_story *story;
	int version; /* 0: none */
	const struct j_page *page; /* NULL: an event of the story */
	usec_t occurred, observed;
	struct slice headline;
	/* detail */
	const char *reason;
	bool back, late, stealth;
	int64_t left, other; /* stories */
	struct slice note;
};

struct judge_io {
	void *self;
	/* The story of that id or of the one that it was merged into; NULL and
	 * *err on failure. The same image for the same story all batch long. */
	struct j_story *(*story)(void *self, int64_t id, struct err *err);
	/* A new empty story with its id. */
	struct j_story *(*new_story)(void *self, struct err *err);
	/* Ids of stories worth judging, best first, at most max; of sketches
	 * within 72 h of at, of sentences that t shares, of pages with the
	 * same canonical URL. skip: sentences of t that do not count. */
	int (*candidates)(void *self, const struct j_page *page,
	    const struct article *article, const struct text *t,
	    const struct sketch *sketch, const bool *skip, usec_t at,
	    int64_t *ids, size_t max, size_t *n, struct err *err);
	/* common[i]: pages of outlet[i] have carried the sentence hash[i] in
	 * two or more stories. */
	int (*common)(void *self, const int64_t *outlet, const uint64_t *hash,
	    size_t n, bool *common, struct err *err);
	/* Page's outlet carried these sentences in this story. */
	int (*carried)(void *self, const struct j_page *page,
	    const struct j_story *s, const struct text *t, struct err *err);
	/* Times of the fetches that showed a page's text, around t, inside
	 * [from, to]: the last before and the first after, or TIME_NONE. */
	int (*fetches)(void *self, const struct j_page *page, usec_t t,
	    usec_t from, usec_t to, usec_t *before, usec_t *after,
	    struct err *err);
	int (*tell)(void *self, const struct j_event *e, struct err *err);
};

/* An article's text as printed and normalised, or an outcome without text. */
struct judge_input {
	const struct capture *capture;
	struct text *text; /* NULL: none */
	usec_t at;	   /* fetched_at, or now */
};

/* What became of it: for the capture's row and the schedule. */
struct judge_result {
	struct j_story *story; /* touched, or NULL */
	const char *rule;      /* "4f", "1", "2-held", "0", "-" */
	bool held, missed;     /* a confirming visit is wanted */
};

int judge_capture(const struct judge_io *io, struct arena *a,
    struct j_page *page, const struct judge_input *in,
    struct judge_result *out, struct err *err) MUST_CHECK;

/* ---- of images; also used when merging and for the views' head ---------- */
struct j_posting *j_posting_find(const struct j_story *s, struct hash128 url);
struct j_text *j_text_find(const struct j_story *s, struct hash128 text);
/* The head: latest lead time; see timeline.md, "Times and order". */
struct j_version *j_head(const struct j_story *s);
usec_t j_lead(const struct j_version *v);
/* (lead time, number) of a is before b's. */
bool j_before(const struct j_version *a, const struct j_version *b);
double j_coverage(const struct text *t, const struct j_version *v);
void j_add_version(struct arena *a, struct j_story *s, struct j_version *v);
void j_add_posting(struct arena *a, struct j_story *s, struct j_posting *p);
void j_add_text(struct arena *a, struct j_story *s, struct j_text *t);
/* Keeps the order by first. */
void j_add_sighting(struct arena *a, struct j_posting *p, struct j_sighting *x);
void j_add_span(struct arena *a, struct j_posting *p, struct j_span span);
void j_add_return(struct arena *a, struct j_version *v, struct j_return r);

/* ---- rules.c: which version (rule 4); inside the room ------------------- */
struct rule4 {
	struct j_version *version; /* NULL: T opens the next one */
	const char *rule;
};
/* Marks of sentences: what is left out of a text as carried by an outlet. */
struct marks {
	struct mark {
		const struct text *text;
		int64_t outlet_id;
		bool *skip; /* by sentence */
	} *items;
	size_t n, cap;
};
/* Asks io once for all texts of the story and those of the posting. */
int marks_add(struct marks *m, struct arena *a, const struct text *t,
    int64_t outlet_id);
int marks_load(struct marks *m, size_t from, const struct judge_io *io,
    struct arena *a, struct err *err) MUST_CHECK;
const bool *marks_get(const struct marks *m, const struct text *t,
    int64_t outlet_id);
struct rule4 rule_4(const struct j_story *s, const struct j_posting *p,
    const struct j_sighting *last, bool live, const struct text *t,
    usec_t updated, const struct marks *m, struct arena *a);
bool j_opened(const struct j_posting *p, const struct j_sighting *x);

#endif
