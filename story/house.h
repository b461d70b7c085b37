#ifndef STORY_HOUSE_H
#define STORY_HOUSE_H
#include "core/slice.h"

#include <stdint.h>

/*
 * House style: what agencies and outlets put around a text, and how they spell
 * units. The verdict must not see it; the text keeps it (timeline.md, "Words,
 * exactly").
 */

/*
 * How many bytes of a normal body come before its first word: note, byline,
 * dateline ("(Adds details) By JANE ROE LONDON, March 3 (Reuters) - "). 0 where
 * nothing would be left.
 */
size_t house_head(struct slice body);
/* Who signs the dateline, as it stands there: "Reuters"; SLICE_NONE: nobody. */
struct slice house_agency(struct slice body);
/* Does the body begin with a note that says so: "(Adds quotes)", "Eds: UPDATES"? */
bool house_updates(struct slice body);
/* Does the sentence begin with a dateline? */
bool house_datelined(struct slice sentence);
/* Where what signs the body off begins ("REUTER", "PTI ABC XYZ"), else its
 * end. */
size_t house_tail(struct slice body);

/*
 * The first of n words as every house would spell it: "mln" -> "million", "per
 * cent" -> "percent", "4th" -> "fourth", "two" -> "2", "Unocal's" -> "Unocal".
 * Returns how many words it took.
 */
size_t house_word(const struct slice *words, size_t n, struct slice *out);
/* Does a house that prints "$" and "%" do without the word? */
bool house_drops(struct slice word);
/* Without case and house style: "U.S" is "US", "1,750" is "1750", "5bn" "5". */
uint64_t house_hash(struct slice word);

#endif
