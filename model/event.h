#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H
#include "model/story.h"

/* What is told of a story: kinds and detail are timeline.md's and
 * contract.md's. The id is drawn when it is stored. */
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

/* Two stories that a text, seen at a time, shows to be one. */
struct j_merge {
	const struct j_story *a, *b;
	usec_t at;
	double score; /* of the text with the one that it was not put into */
	struct slice reason;
};

#endif
