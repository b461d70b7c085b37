#ifndef CLI_SOURCE_TEST_H
#define CLI_SOURCE_TEST_H
#include "cli/cli.h"

/* source test URL: what would be found there, as one JSON line or in words;
 * nothing is enrolled and no database is used. contact: whom site owners can reach,
 * or NULL: that of the configuration. */
int source_test(struct cli *cli, const char *url, const char *contact,
    bool json, struct err *err) MUST_CHECK;

#endif
