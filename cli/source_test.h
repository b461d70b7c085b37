#ifndef CLI_SOURCE_TEST_H
#define CLI_SOURCE_TEST_H
#include "cli/cli.h"

/* source test URL: what would be found there, as one JSON line or in words;
 * nothing is enrolled and no database is used. */
int source_test(struct cli *cli, const char *url, bool json, struct err *err)
    MUST_CHECK;

#endif
