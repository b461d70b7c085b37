#ifndef STORY_KILL_H
#define STORY_KILL_H
/* Kill notices, private to what knows them: kill.c what they say, kill_form.c how
 * their headlines look. Texts are normal ones. */
#include "core/slice.h"

/* What is hardly anybody's but an agency's; what others issue and withdraw too:
 * alarms, goods, points of an agenda, papers. */
#define KILL_OURS "story", "stories", "headline", "headlines", "snap", "snaps", \
	"dispatch", "despatch"
#define KILL_ANYBODYS "item", "alert", "article", "report", "bulletin"

/* s from i on. */
struct slice kill_rest(struct slice s, size_t i);
/* The word of a list that stands whole at i; its length, or 0. */
size_t kill_whole_any(struct slice s, size_t i, const char *const *words,
    size_t n);
bool kill_has_word(struct slice s, const char *const *words, size_t n);

/* Of news of the trade ("Story killed: how a paper dropped ...") and of deaths
 * ("KILLED: three miners") the form makes a hint. */
enum kill_weight { KILL_HINT, KILL_ENOUGH };
/* Does a headline look like a notice's? */
bool kill_looks(struct slice title, enum kill_weight weight);
/* "ADVISORY-Halden talks story withdrawn"; not "ADVISORY-Storm alert withdrawn",
 * which is for all. */
bool kill_is_advisory(struct slice title);

#endif
