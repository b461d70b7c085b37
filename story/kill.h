#ifndef STORY_KILL_H
#define STORY_KILL_H
/* Kill notices, private to what knows them: kill.c what they say, kill_form.c how
 * their headlines look, kill_agency.c what an agency says of its own,
 * kill_abroad.c those that are not in English. Texts are normal ones. */
#include "core/slice.h"

/* What is hardly anybody's but an agency's; what others issue and withdraw too:
 * alarms, goods, points of an agenda, papers. */
#define KILL_OURS "story", "stories", "headline", "headlines", "snap", "snaps", \
	"dispatch", "despatch"
#define KILL_ANYBODYS "item", "alert", "article", "report", "bulletin"

/* Every notice abroad has one of these beside "annul" and the like: roots, in
 * either case where that is another byte. */
#define KILL_ABROAD \
	"zurück", "ZURÜCK", "bitte ", "gelöscht", "entfernt", "utilis", \
	"utiliz", "retiré", "RETIRÉ", "retirons", "retirad", "supprim", \
	"anul", "eliminad", "removid", "rimoss", "ritir"

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

/* Behind "(Editor's note: "; *noted: there is one. */
struct slice kill_behind_note(struct slice s, bool *noted);
/* Behind "This story has been removed": the end, a reason, by whom; not "from
 * history books". */
bool kill_goes_on(struct slice s);

/* Is it a news agency's name? */
bool kill_is_agency(struct slice name);
/* Says an agency in s that it takes a story of its own back? Others tell so too:
 * it counts below a headline that looks like a notice's. */
bool kill_agency_tells(struct slice s);
/* Is that all there is, below a headline that says nothing of it? */
bool kill_agency_bare(struct slice title, struct slice body);

/* In German, French, Spanish, Portuguese or Italian; brief: no longer than what
 * stands below a headline that says nothing of it. */
bool kill_abroad(struct slice title, struct slice body, bool brief);

#endif
