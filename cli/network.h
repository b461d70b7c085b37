#ifndef CLI_NETWORK_H
#define CLI_NETWORK_H
#include "cli/cli.h"
#include "core/config.h"
#include "crawler/crawler.h"

/* What a crawler's configuration borrows. */
struct network {
	struct http_range allow[CONFIG_RANGES_MAX];
	struct http_resolve resolve[CONFIG_RESOLVE_MAX];
	struct strbuf agent, nameservers;
};

/* The name that robots.txt knows us by: of the configured user agent, else
 * CRAWLER_TOKEN. Borrowed from the configuration. */
struct slice network_token(const struct cli *cli);
/* Fills conf from the configuration. contact may be NULL: the configured one;
 * none at all is NO_CONTACT, unless all urls (NULL-terminated) are of hosts
 * under .test. Release it in any case. */
int network_set(struct network *w, struct cli *cli, struct crawler_conf *conf,
    const char *contact, char **urls, struct err *err) MUST_CHECK;
void network_release(struct network *w);

#endif
