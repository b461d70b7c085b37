#ifndef CLI_PIPELINE_H
#define CLI_PIPELINE_H
#include "cli/cli.h"
#include "core/zone.h"
#include "model/capture.h"
#include "store/store.h"

/*
 * capture -> article -> story version -> event: what ingest and crawl share.
 * Items are read one by one (pure, bounded) and judged in batches, each one
 * transaction under the judging lock. A batch that PostgreSQL refuses, or twice
 * in a row ends for taking too long, is halved until the bad item is found; that
 * goes to quarantine, the others on.
 */

/* One capture with all that it borrows. */
struct item {
	struct arena arena;
	struct capture capture;
	struct article article; /* what capture.article points to */
	struct text *text;	/* of it, once item_text was called; or none */
	struct slice label;	/* for people: path, path:line or URL */
	struct slice outlet;	/* name; made if new */
	struct slice outlet_host;
	struct slice external_id;
	int64_t outlet_id; /* 0: by name */
	/* crawl only: */
	int64_t fence; /* of the host's lease; 0: none */
	usec_t observed_at; /* fetched_at; where there is none, now: set before the
			     * transaction begins, whose time is recorded_at */
	int64_t every; /* the operator's interval, microseconds; 0: by age */
	double allowed; /* requests an hour of its host; 0: no limit */
	bool crawled;  /* the schedule is set */
	bool named;    /* given on the command line */
	const char *kind; /* 'feed' where it turned out to be one */
	bool unfed;	  /* it was one, and this once was none */
	bool fenced;   /* another worker has the host: the visit is left to it */
	struct hash128 said; /* of a JSON record: item_said; zero: none */
	bool conflict;	/* captured before, with another body */
	const char *rule; /* that judged it; NULL: none has */
	int64_t story;	  /* that its page carries, or carried last; 0: none */
	/* for WARC, and from it: */
	struct slice zone, credit; /* of the outlet, or none */
	bool cut;		   /* the transfer was */
	struct warc_row warc;	   /* where it was written */
};

struct item *item_new(void);
void item_free(struct item *it);

/* Fills capture.url, host, url_key from a URL. INVALID_URL. */
int item_set_url(struct item *it, struct slice url, struct err *err) MUST_CHECK;
/*
 * Reads capture.bytes by the parser: sets outcome, article, err. A refusal is
 * an outcome (REFUSED with err, NO_ARTICLE), never a failure. zone and credit
 * are the outlet's, or NULL.
 */
enum item_format { ITEM_AUTO, ITEM_HTML, ITEM_TEXT };
/* Its text, measured, if it has one and it was not made: before judging, which is
 * serial. */
void item_text(struct item *it);
/* What the article that was read makes of the capture. */
void item_set_outcome(struct item *it);
/* An article without a word in its body is none: its page was emptied. */
void item_emptied(struct item *it);
void item_read(struct item *it, enum item_format format,
    const struct zone *zone, const char *credit);
/* Of a record: what it says of its page at its time (capture_id), however its JSON
 * spells that. */
struct hash128 item_said(const struct item *it);

struct pipeline_stats {
	size_t judged, known, conflicts, refused, events;
	size_t fenced; /* visits whose host another worker had claimed since */
};

/*
 * Reads it->capture.bytes as `ingest` does: an article object where they begin
 * with {, else a page; finds out the page and outlet unless the URL is set.
 * -1 and *why: refused.
 */
int ingest_read(struct cli *cli, struct item *it, const struct zone *zone,
    const char *credit, struct err *why) MUST_CHECK;

struct db;
struct pipeline;

/* Opens the database, migrates a private one. */
struct pipeline *pipeline_open(struct cli *cli, struct err *err) MUST_CHECK;
void pipeline_close(struct pipeline *pl);
/* Items that a crawl brings are written to WARC before they are judged, if
 * the configuration has it so: cli/archive.h. */
void pipeline_archive(struct pipeline *pl, const char *user_agent);
/* Its session will hold hosts: who asks nothing of the server for so long has
 * hung, and the server ends the session (PostgreSQL 14 and later). */
int pipeline_leases(struct pipeline *pl, usec_t silent_most, struct err *err)
    MUST_CHECK;
const struct store_tools *pipeline_tools(const struct pipeline *pl);
struct archive *pipeline_kept(const struct pipeline *pl);
struct db *pipeline_db(struct pipeline *pl);
/* Takes the item; judges when a batch is full. */
int pipeline_add(struct pipeline *pl, struct item *it, struct err *err)
    MUST_CHECK;
/* What waits is given up: unjudged, so that it is due as before. */
void pipeline_drop(struct pipeline *pl);
/* How many items wait to be judged. */
size_t pipeline_waiting(const struct pipeline *pl);
/* Did the data break a statement, or our own checks? Then it is refused, and
 * the work goes on without it. */
bool pipeline_is_bad_data(const struct err *err);
/* Judges what waits, in canonical order (fetched_at, URL). On failure what
 * waited is dropped: unjudged, so that it is due as before. */
int pipeline_flush(struct pipeline *pl, struct err *err) MUST_CHECK;
/* Lists a refusal on stderr and in quarantine. */
int pipeline_refuse(struct pipeline *pl, const char *label, const char *stage,
    const struct err *why, struct slice bytes, struct err *err) MUST_CHECK;
/* The same of an item, with what is known of it. */
int pipeline_refuse_item(struct pipeline *pl, const struct item *it,
    const char *stage, const struct err *why, struct err *err) MUST_CHECK;
const struct pipeline_stats *pipeline_stats(const struct pipeline *pl);

/* A migrated database for verbs that read or write: cli's choice of URL,
 * the private one made and started if none is given (cli/connect.c). */
struct db *cli_connect(struct cli *cli, struct err *err) MUST_CHECK;
/* Would it be the private one? */
bool cli_is_private(const struct cli *cli);
/* Anew, after the connection was lost: a private server is started again. */
int cli_reconnect(struct cli *cli, struct db *db, struct err *err) MUST_CHECK;

#endif
