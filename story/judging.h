#ifndef STORY_JUDGING_H
#define STORY_JUDGING_H
#include "story/judge.h"

/*
 * Inside the judge: judge.c begins each judgement, verdict.c finds the story,
 * bridge.c those that are one with it,
 * rules.c the version, change.c records and tells, late.c does what came late,
 * gone.c withdrawals that did.
 * Functions that return int give -1 and j->err where the database fails.
 */

/* One judgement: what rules share. */
struct judging {
	const struct judge_io *io;
	struct arena *a;
	struct j_page *page;
	const struct capture *c;
	const struct article *art; /* NULL without text */
	struct text *T;
	usec_t t, updated, created;
	struct slice note; /* p NULL: none */
	struct marks marks;
	struct judge_result *out;
	struct err *err;
};

/* One text put on a page's record. */
struct change {
	usec_t first, effective;
	bool stealth, opens, back;
	enum posting_status was;
	struct j_sighting *before; /* P's last in this story */
	struct j_story *left;
	struct slice note_before;
	const char *rule;
};

#define CANDIDATES_MAX 16 /* stories judged for a capture; most have under 2 */

/* Rule 3's answer. */
struct verdict {
	struct j_story *story; /* NULL: a new one */
	struct match match;
	bool by_hand; /* score 1: nothing was compared */
	/* Other stories that the text belongs to as well. */
	struct also {
		struct j_story *story;
		struct match match;
	} also[CANDIDATES_MAX];
	size_t also_n;
};

static inline usec_t later(usec_t a, usec_t b)
{
	return a > b ? a : b;
}

static inline usec_t sooner(usec_t a, usec_t b)
{
	return a < b ? a : b;
}

static inline struct j_sighting *last_of(const struct j_posting *p)
{
	return p && p->sightings_n ? p->sightings[p->sightings_n - 1] : NULL;
}

static inline usec_t occurred(const struct judging *j)
{
	return j->updated != TIME_NONE ? j->updated : j->created;
}

#define J_SOON (72 * USEC_HOUR) /* withdrawn: later is expiry */

/* judge.c */
usec_t j_time_of(const struct pubtime *t);
void j_seen(struct j_version *v, usec_t t);
/* An event, told at its time. */
int j_tell(struct judging *j, struct j_event e);
void j_end_span(struct j_posting *p, enum posting_status how, usec_t t);
/* Any live page of the story but p; of_outlet 0: of any outlet. */
bool j_others_live(const struct j_story *s, const struct j_posting *p,
    int64_t of_outlet);
int j_number_of(const struct j_version *v);
/* A page brings a correction note to a version that has none. */
int j_bring_note(struct judging *j, struct j_story *s,
    struct j_version *v, struct slice before);
/* Confirmed, missed_at being the first time: the page is gone, and perhaps the
 * story with it. */
int j_withdraw(struct judging *j, struct j_story *s, struct j_posting *p);
/* T may be cut short, of what x has; x NULL: the page carried nothing. */
bool j_is_cut(const struct judging *j, const struct j_sighting *x);
/* It is held until a second fetch confirms it. Answers true. */
bool j_hold(struct judging *j);
/* The sighting grows to now. */
void j_see_again(struct judging *j, struct j_sighting *x);

/* verdict.c */
/* What rule 3 leaves out of a text that is marked, or NULL. */
const bool *j_left_out(const struct judging *j, const struct text *t,
    int64_t outlet_id);
/* T as the verdict sees it. */
struct match_side j_mine(const struct judging *j);
/* A new story of P's, where v has none. */
int j_begin_story(struct judging *j, struct verdict *v);
/* The story's texts, marked before, as the verdict sees them: at most most versions,
 * the latest, and as many copies beside them, P's own first. out has room for twice
 * as many; how many there are. */
size_t j_sides(const struct judging *j, const struct j_story *s, size_t most,
    struct match_side *out);
/* Its texts get their marks: what is left out of them. */
void j_mark_story(struct judging *j, const struct j_story *s);
/* The story of this capture, and the one that P leaves for it. */
int j_rule_3(struct judging *j, struct j_story *own, struct verdict *v,
    struct j_story **left);
/* P's own story is always a candidate, and taken if it is one at all. */
int j_verdict(struct judging *j, struct j_story *own,
    struct verdict *v);

/* bridge.c */
/* The text belongs to v's story and to others: those are merged with it. */
int j_bridge(struct judging *j, const struct verdict *v);

/* change.c */
/* P shows another text than it carries. */
int j_change(struct judging *j, struct j_story *own);
/* A live page came to its end: the text it kept opens a version. */
bool j_live_ended(const struct judging *j, const struct j_sighting *x);
int j_live_end(struct judging *j, struct j_story *s, struct j_posting *p);
/* T opens the next version. */
struct j_version *j_open_version(struct judging *j, struct j_story *s,
    usec_t first, const struct j_sighting *before, usec_t effective,
    bool stealth);
/* The text is known in the story from now on, and found by later ones. */
int j_know_text(struct judging *j, struct j_story *s, struct j_version *v,
    bool opens);
/* P's posting in s; POSTING_NEW where it has none yet. */
struct j_posting *j_posting_get(struct judging *j, struct j_story *s,
    const struct verdict *v);
/* P, if it opened a version of this story, went back to v at `seen`. */
void j_go_back(struct judging *j, const struct j_story *s,
    const struct j_posting *p, struct j_version *v,
    const struct j_version *leaves, usec_t seen, usec_t lead);
bool j_carried_version(const struct j_posting *p, const struct j_version *v);
bool j_carried_text(const struct j_posting *p, const struct text *t);
usec_t j_effective_at(const struct judging *j, usec_t first,
    usec_t before_last);
struct j_sighting *j_sighting_new(struct judging *j, struct j_version *v,
    const struct change *ch);
int j_mark_for_rule_4(struct judging *j, const struct j_story *s,
    const struct j_sighting *last);

/* flips.c */
/* P flips now: which one it is within 24 h. */
int j_flip(struct judging *j, struct j_posting *p);
/* x, a flip at t, came late: it and those after it are counted anew. */
void j_late_flip(struct judging *j, struct j_posting *p, struct j_sighting *x,
    usec_t t);
/* x, which began at was, was there sooner; so was its flip, but that of a cut, which
 * is told when a second fetch confirms it. The others are counted anew. */
void j_flip_since(struct j_posting *p, const struct j_sighting *x, usec_t was);
/* One flip too many in 24 h for an event? */
bool j_is_quiet(const struct j_sighting *x);

/* A page of the story returned; alone: no other was live. */
int j_story_returns(struct judging *j, struct j_story *s,
    const struct j_posting *p, bool alone);

/* Where a late text stands on its page's record of a story. */
struct j_place {
	struct j_sighting *was, *then; /* before and after it, or NULL */
	struct j_gap gap;
	bool parted; /* was had ended by then */
	/* The page was another story's from then on, before `then`; TIME_NONE:
	 * it was not. */
	usec_t until;
	/* Another story, of which the page showed something last before. */
	struct j_story *other;
	struct j_posting *other_p;
	struct j_sighting *other_x;
};

/* gone.c */
/* Was the stretch before t at its end by then: by two misses, or by texts that
 * were another story's? */
bool j_parted(const struct j_posting *p, const struct j_sighting *was,
    const struct j_gap *gap, usec_t t);
/* The first two misses behind t, or NULL where there are not two. */
const usec_t *j_gone_after(const struct j_gap *gap, usec_t t);
/* x has a text that came late. */
int j_live_around(struct judging *j, struct j_story *s, struct j_posting *p,
    const struct j_sighting *x, const struct j_place *at);
/* p, another story's, was live at t, and is so again from `from` on, if at all
 * (TIME_NONE). */
void j_live_not(struct judging *j, struct j_posting *p, usec_t t, usec_t from);
/* A miss older than what is known of its page. */
int j_late_miss(struct judging *j, struct j_story *own);
/* Misses that came before a text, and were fetched after it. */
int j_misses_since(struct judging *j, struct j_story *s);

/* late.c */
/* A stretch that something else stood in the middle of becomes two. */
int j_split_stretch(struct judging *j, struct j_posting *p,
    struct j_sighting *was);
/* Is T older than what its page showed since? Then it is judged against what the
 * page carried at that time. own is the page's story today. */
int j_late(struct judging *j, struct j_story *own, bool *late);

#endif
