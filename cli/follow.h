#ifndef CLI_FOLLOW_H
#define CLI_FOLLOW_H
#include "cli/pipeline.h"
#include "store/frontier.h"

/*
 * What fetched bytes lead to: an article is read, the entries of feeds and
 * sitemaps and the feeds that fronts announce are enrolled.
 */
#define FOLLOW_HOSTS 256 /* remembered; another is looked up again */

struct follow {
	struct cli *cli;
	struct db *db;
	bool notes; /* what sources list is noted: nothing else is fetched */
	struct listed {
		struct slice host; /* in of_listed */
		struct hash128 url_key;
	} *listed;
	size_t listed_n, listed_cap;
	struct arena of_listed;
	bool tdm_obeyed;
	bool policies; /* some were enrolled: they come before their pages */
	struct known_host { /* by key, the last one at a place */
		int64_t key;
		bool enrolled;	  /* its tdmrep.json */
		bool tdm_known;	  /* looked up */
		struct slice tdm; /* malloc; tdmrep.json, or none */
	} hosts[FOLLOW_HOSTS];
};

/* cli and db must outlive it. */
void follow_init(struct follow *f, struct cli *cli, struct db *db);
void follow_release(struct follow *f);
/* For follow_noted. */
void follow_note(struct follow *f, struct slice host, struct hash128 url_key);
/* Enrols a page's site's tdmrep.json, which is read before it: once a host. */
int follow_policy(struct follow *f, const struct enrolment *page,
    struct err *err) MUST_CHECK;
/* Reads it->capture.bytes, if any, as what they are: sets outcome, article or
 * err, and does what the page's owner asks (rights). A refusal is an outcome;
 * -1 where the database fails. */
int follow_read(struct follow *f, const struct due_page *p, struct item *it,
    struct err *err) MUST_CHECK;
/* What was noted since the last call, as far as it is due, is added to due: a
 * host that another worker visits is that worker's. */
int follow_noted(struct follow *f, struct arena *a, struct due_list *due,
    struct err *err) MUST_CHECK;

#endif
