#ifndef CLI_INGEST_H
#define CLI_INGEST_H
#include "cli/readers.h"

#include <signal.h>

/* What the parts of ingest share: cmd_ingest.c has the paths, lines and pages,
 * ingest_warc.c what lies in WARC, ingest_items.c what becomes of an item. */
enum ingest_format { INGEST_AUTO, INGEST_HTML, INGEST_TEXT, INGEST_JSONL,
	INGEST_WARC };

struct ingest {
	struct cli *cli;
	struct pipeline *pl;
	enum ingest_format format;
	const char *outlet; /* --outlet, or NULL */
	size_t left; /* paths that a signal kept from being read to their end */
	size_t passed; /* records of WARC that hold no page */
	const volatile sig_atomic_t *stop;
	struct readers *readers;
	struct err *err;
};

/* As item_set_url, of what readers will follow: http, https, or a URN that no
 * one can. FORBIDDEN_SCHEME. */
int ingest_set_url(struct item *it, struct slice url, struct err *err)
    MUST_CHECK;
/* Page and outlet of an article that was read from bytes. */
int ingest_place(struct item *it, struct slice bytes, struct err *err)
    MUST_CHECK;
/* Of an item that has its page: a redirect from there to the front of a site is
 * OUTCOME_TO_FRONT, as it is in the crawl. */
void ingest_redirect(struct item *it);
/* Hands an item to the readers, and judges what they have read by now. */
int ingest_put(struct ingest *in, struct item *it, read_item *read) MUST_CHECK;
/* Judges all that the readers have. */
int ingest_drain(struct ingest *in) MUST_CHECK;

/* Lists a refusal; frees the item. */
int ingest_refuse(struct ingest *in, struct item *it, const struct err *why,
    struct slice bytes);
/* A status without a body: what happened to the page. */
enum outcome ingest_outcome(int64_t status);
/* Before 1970 or after tomorrow (of the database's clock): BAD_RECORD. */
int ingest_check_time(const struct ingest *in, usec_t fetched, struct err *err)
    MUST_CHECK;

/* All records of f, named path in what is told. */
int ingest_warc(struct ingest *in, FILE *f, const char *path);
/* Several files in the order of their records' times, as far as they overlap:
 * the workers of one crawl each wrote their own. */
int ingest_warc_files(struct ingest *in, char *const *paths, size_t n);

#endif
