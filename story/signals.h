#ifndef STORY_SIGNALS_H
#define STORY_SIGNALS_H
#include "story/terms.h"

#define FAR_HOURS 72.0 /* window of the sketches (timeline.md) */

/*
 * Inside the verdict: signals.c measures two texts, match.c weighs the signals.
 * Sentences that are left out (boilerplate) count for none of them.
 */
void signals_measure(const struct match_side *article,
    const struct match_side *held, double x[SIGNALS_N]);
/* Hours between the two by their own times, whatever was visited. */
double signals_hours(const struct match_side *article,
    const struct match_side *held);
/* Both begin with the same sentence. */
bool signals_same_opening(const struct counted *a, const struct counted *b);
/* With the same words, wherever sentences end ("U.S. Steel said"). */
bool signals_begin_alike(const struct counted *a, const struct counted *b);
/* The longer one tells something else first: below it stands the first sentence
 * that is mostly of the other. */
bool signals_other_lead(const struct counted *a, const struct counted *b);
/* alike.c: at least half the sentences of one stand in the other but for
 * names and figures, of which both differ: one form, filled twice. */
bool alike_but_blanks(const struct counted *a, const struct counted *b);
/* Both begin alike, and what parts them first is a sentence's figures. */
bool alike_but_figures(const struct counted *a, const struct counted *b);

/* What they have in common are whole sentences at the head or the end, and
 * nothing of the rest: on two pages of one outlet, its own lines. */
bool alike_at_ends(const struct counted *a, const struct counted *b);

#endif
