#ifndef MODEL_NOTE_H
#define MODEL_NOTE_H
#include "model/article.h"

/*
 * Notes that say of an article what was put right in it, as lines of their own. A
 * note is told by how it is made: a line in brackets or behind "Eds:" that begins
 * with a verb of putting right; "Correction:" and its kin; "This March 1 story has
 * been corrected ..."; "An earlier version of this article ...". News that speaks
 * of corrections is none.
 */
enum note_kind {
	NOTE_NONE,
	NOTE_EDITORS,	 /* an editor's note, a clarification, an earlier version */
	NOTE_CORRECTION, /* says itself that something was put right */
};

/* What a whole line or paragraph is; more than 600 bytes are text. */
enum note_kind note_kind(struct slice line);
/* Can a note be told from a headline? "(Corrects ...)" can, "Correction: ..." may
 * be either. */
bool note_is_no_headline(struct slice line);

/* The length of another language's word for a correction that s begins with and
 * that a tag's mark (":", "-", a bracket) ends; 0: none. */
size_t note_word_abroad(struct slice s);
/* ":", "-" or the like at i, behind a blank or none. */
bool note_mark_at(struct slice s, size_t i);

/* Of an article whose note is unknown: takes the notes out of its body that stand at
 * the top or the end as lines of their own. Its note is then the first of the kind
 * that says most. A body of notes alone stays. New slices lie in a. */
void note_take(struct article *art, struct arena *a);

#endif
