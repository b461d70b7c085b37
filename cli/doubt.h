#ifndef CLI_DOUBT_H
#define CLI_DOUBT_H
#include "cli/pipeline.h"
#include "store/store.h"

/*
 * A page that showed a text and shows none is emptied. A second miss would
 * withdraw the page, unless most pages of its host are missing: then the site
 * is broken, and the capture is an error that changes nothing (decision 0085).
 * Sets the capture's outcome and err so; in the judging transaction.
 */
int doubt_miss(struct cli *cli, struct db *db, struct item *it,
    const struct page_row *row, struct err *err) MUST_CHECK;

#endif
