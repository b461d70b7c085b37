#ifndef CLI_SHOW_H
#define CLI_SHOW_H
#include "cli/pipeline.h"
#include "store/read.h"

/* What verbs that show stories share. */

/* A STORY (number or urn:dateline:...:N) or a URL -> today's story id.
 * NOT_FOUND. */
int show_story_id(struct db *db, const char *arg, int64_t *id, struct err *err)
    MUST_CHECK;
/* The same, with its row (read_story.sql): of one that was merged, that which it was
 * merged into. NOT_FOUND where there is none. */
int show_story(struct db *db, const char *arg, int64_t *id,
    struct db_result **story, struct err *err) MUST_CHECK;
/* The key of a URL. */
int show_url_key(const char *url, struct hash128 *key, struct err *err)
    MUST_CHECK;
/* Is the argument a URL rather than a story? */
bool show_is_url(const char *arg);
/* A host as its row has it, of what people write: "A.TEST:80", "bücher.test" ->
 * "a.test", "xn--bcher-kva.test"; what is no host stays as it is. In a. */
const char *show_host(const char *arg, struct arena *a);
/*
 * Word-level changes from old to new: [-gone-], {+come+}, and a sentence that
 * stands elsewhere now: [>where it stood<], {>where it stands<}. Square is of
 * old, curly of new; breaks are kept.
 */
void show_changes(struct slice old, struct slice new, struct strbuf *to);
/* Of a version's headline and body: was its text erased by forget? No text is
 * without both. */
bool show_forgotten(struct slice headline, struct slice body);
/* "2020-11-26 08:19" or "-". */
#define SHOW_TIME 24
const char *show_time(usec_t t, char text[SHOW_TIME]);
/* A result's rows as JSON lines, keys in the order of the columns. times has
 * a 't', numbers an 'n', flags a 'b', JSON a 'j', all else an 's'. */
void show_json(const struct db_result *r, const char *const *keys,
    const char *types);

#endif
