#ifndef MODEL_STORY_H
#define MODEL_STORY_H
#include "model/article.h"
#include "model/text.h"

/*
 * A story as it is judged: images in memory of its versions, texts, postings
 * and sightings (timeline.md, "Words, exactly"), loaded and saved by the
 * store, changed by the story room. All lie in one arena. Images mark what
 * changed: fresh (a row to insert), dirty (to update).
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
	struct hash128 text_hash; /* as stored, while loading */
	struct hash128 url_key;	  /* the page that opened it */
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
	int64_t other; /* j_head's: an outlet that carries it, ... */
	bool of_first, of_two; /* the story's first does, two others do */
	bool reread; /* its opening text was read anew by a later revision */
	bool fresh, dirty;
};

/* A text known in the story and the version that it carries. */
struct j_text {
	struct text *text;
	struct slice title, summary, body; /* as printed; fresh only */
	struct j_version *version;
	int revision; /* that read it */
	int64_t home; /* whose row it is: a merged story's; 0: this one's */
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

/* Versions of a story that a text is compared with, the latest; and as many of the
 * texts that its pages showed else. */
#define STORY_TEXTS_MAX 48

/* Places of an array by hash: where to look for an item of thousands. */
struct j_index {
	size_t *heads, *next; /* 1-based, the latest first; 0: no more */
	struct hash128 *keys; /* of each item */
	size_t n, cap, room; /* room: of heads and next */
};

struct j_story {
	int64_t id;
	enum story_status status;
	usec_t first; /* its first sighting, by (time, URL) ... */
	int64_t outlet_id; /* ... and whose it is: its first outlet, ... */
	struct slice first_url; /* ... and page */
	int next;	   /* next version's number */
	struct j_version **versions;
	size_t versions_n, versions_cap;
	struct j_posting **postings;
	size_t postings_n, postings_cap;
	struct j_text **texts;
	size_t texts_n, texts_cap;
	struct j_index by_url, by_text; /* of postings, of texts */
	usec_t visited; /* last capture of any of its pages */
	bool fresh, dirty;
};

/* A text that a page of the story carries from now on. */
struct j_carried {
	const struct j_story *story;
	const struct j_version *version;
	const struct text *text;
	/* What candidates find it by. NULL: that is the version's, or they do. */
	const struct sketch *sketch;
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
	usec_t missed_at; /* first of the misses since its last text */
	usec_t seen;	  /* its latest fetch, whatever it brought */
	struct hash128 canonical_key; /* of what the page names; zero: none */
	bool dirty, changed; /* changed: this capture brought another text */
};

/* What a page's fetches around a time showed. */
struct j_gap {
	usec_t before, after; /* the next that showed a text, or TIME_NONE */
	struct hash128 before_text, after_text; /* of them; zero: a 304 */
	/* Of those between, ascending (rule 0), the first two before that time
	 * and the first two since; room for one more. */
	usec_t *misses;
	size_t misses_n;
};

/* ---- finding and adding --------------------------------------------------- */
/* The first of its kind. */
struct j_posting *j_posting_find(const struct j_story *s, struct hash128 url);
/* Whose rows lie in the story home. */
struct j_posting *j_posting_at(const struct j_story *s, int64_t home,
    struct hash128 url);
struct j_text *j_text_find(const struct j_story *s, struct hash128 text);
/* The head: latest lead time; see timeline.md, "Times and order". */
struct j_version *j_head(const struct j_story *s);
usec_t j_lead(const struct j_version *v);
/* (lead time, number) of a is before b's. */
bool j_before(const struct j_version *a, const struct j_version *b);
void j_add_version(struct arena *a, struct j_story *s, struct j_version *v);
void j_add_posting(struct arena *a, struct j_story *s, struct j_posting *p);
void j_add_text(struct arena *a, struct j_story *s, struct j_text *t);
/* Keeps the order by first. */
void j_add_sighting(struct arena *a, struct j_posting *p, struct j_sighting *x);
void j_add_span(struct arena *a, struct j_posting *p, struct j_span span);
/* Page p of the story was seen at t: as its first? */
void j_seen_first(struct j_story *s, const struct j_posting *p, usec_t t);
void j_add_return(struct arena *a, struct j_version *v, struct j_return r);

#endif
