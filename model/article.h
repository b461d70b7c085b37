#ifndef MODEL_ARTICLE_H
#define MODEL_ARTICLE_H
#include "core/arena.h"
#include "core/clock.h"
#include "core/json.h"
#include "model/rights.h"

/*
 * Article: what a capture says. Slices lie in the arena that made it; p NULL
 * is unknown (null in JSON). Field names are those of contract.md.
 */

enum article_kind { KIND_ARTICLE, KIND_LIVE, KIND_LIST, KIND_VIDEO, KIND_OTHER };

/* A publisher's time. */
struct pubtime {
	usec_t at;	  /* TIME_NONE: unknown. Day only: its midnight UTC */
	int offset_s;	  /* east of UTC, of the wall clock that was printed */
	bool day_only;	  /* "2024-10-16": counts as null in the timeline */
	bool zone_known;  /* the page or the outlet told the zone */
	bool local_known; /* of a time in UTC: the day alone is known of the
			     publisher's wall clock */
	usec_t local_day; /* if so: that day's midnight, as if it were UTC */
	struct slice raw; /* as printed */
};
#define PUBTIME_NONE ((struct pubtime){.at = TIME_NONE})

struct article {
	struct slice id;   /* external_id of jsonl */
	struct slice file; /* as named by the user */
	struct slice url, canonical_url;
	struct slice outlet;
	struct slice title;   /* without the site's suffix */
	struct slice summary; /* sub-title or pull quote; apart from body */
	struct slice *byline; /* names */
	size_t byline_n;
	struct slice credit; /* the agency: "Reuters" */
	struct slice place;  /* "Seoul" */
	struct slice language; /* BCP 47, "en" */
	struct pubtime created, updated;
	struct slice body; /* plain text, paragraphs parted by one empty line */
	enum article_kind kind;
	struct slice note; /* correction's or editor's note */
	size_t links_n;	   /* links in the page */
	/* not in the JSON unless set: */
	bool truncated; /* length, encoding or markup ended early */
	bool noindex;	/* robots meta says noindex */
	struct rights rights; /* all that its meta elements say of its use */
	struct slice explain; /* why the evidence was weighed so; for --verbose */
};

void article_init(struct article *a);
const char *article_kind_name(enum article_kind k);

/* One JSON object, no newline, every key of contract.md. */
void article_write(const struct article *a, struct strbuf *to);

/*
 * An article object of jsonl (contract.md): unknown keys are skipped, null
 * and missing are unknown, published_at stands for created_at; where no note is
 * given, it is what the body has of such at its ends (note.h). Slices are
 * copied into a. E_BAD_RECORD says which key is of the wrong type; times that
 * cannot be read are left unknown with their raw text kept.
 */
int article_read(const struct json *j, struct arena *a, struct article *out,
    struct err *err) MUST_CHECK;

/* created_at or updated_at as contract.md writes it, or "" if unknown. */
const char *pubtime_text(const struct pubtime *t, char text[TIME_TEXT]);

#endif
