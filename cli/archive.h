#ifndef CLI_ARCHIVE_H
#define CLI_ARCHIVE_H
#include "cli/pipeline.h"

/*
 * What is kept of the past: crawls write WARC (warc.* of the configuration),
 * and whoever reads old bytes finds them there by file and offset. Bytes that
 * lie in a WARC file are not in the database too, unless warc.bodies asks for
 * it: where the server is another's, several machines may share it, and none
 * reads the others' files.
 */
struct archive;
struct store_tools;

/* agent: the User-Agent of what is written; NULL: only for reading. private:
 * the database is our own. */
struct archive *archive_open(struct cli *cli, const char *agent,
    bool private_db);
/* NULL is fine. */
void archive_close(struct archive *a);
/* $DATELINE_HOME/warc and its kin, or what is configured. */
void archive_dir(const struct config *config, struct strbuf *to);

/* Writes the visits, in their order, and sees them on the disk; their places
 * are in the items. What cannot be written is told in the log: its bytes go to
 * the database. What is forgotten loses its bytes here. */
int archive_items(struct archive *a, struct db *db, struct item **items,
    size_t n, struct err *err) MUST_CHECK;
/* For struct store_tools: self is the archive. */
int archive_kept(void *self, const char *file, int64_t offset,
    struct arena *a, struct slice *bytes, struct err *err);
/* NOT_FOUND: no such file here. */
int archive_erase(const struct archive *a, struct slice file, int64_t offset,
    struct err *err) MUST_CHECK;
/* The item as one of a page or text that `forget` erased. */
void archive_forget(struct item *it);

#endif
