/* Configuration -> what the crawler may reach, and as whom. */
#include "cli/network.h"

#include "core/agent.h"
#include "core/config.h"
#include "core/url.h"

#include <stdlib.h>

static int set_network(struct network *w, struct cli *cli,
    struct http_conf *h, struct err *err)
{
	struct config *cf = cli->config;
	const char *name, *text;

	for (size_t i = 0; (text = config_item(cf, "allow_addresses", i,
	    NULL)) != NULL; i++)
		if (http_range_parse(text, &w->allow[h->allow_n++], err))
			return -1;
	h->allow = w->allow;
	for (size_t i = 0; (text = config_item(cf, "resolve", i, &name)) !=
	    NULL; i++) {
		struct http_resolve *r = &w->resolve[h->resolve_n++];
		const char *colon = strrchr(text, ':');

		if (colon && strchr(colon, ']')) /* of an address alone */
			colon = NULL;
		r->host = name;
		r->port = colon ? (int)strtol(colon + 1, NULL, 10) : 0;
		r->address = arena_copy(&cli->arena, text, colon ?
		    (size_t)(colon - text) : strlen(text));
	}
	h->resolve = w->resolve;
	h->keep_wire = config_bool(cf, "warc.enabled");
	for (size_t i = 0; (text = config_item(cf, "nameservers", i, NULL)) !=
	    NULL; i++)
		strbuf_addf(&w->nameservers, "%s%s", i ? "," : "", text);
	h->nameservers = w->nameservers.p;
	h->max_body_bytes = config_int(cf, "crawl.max_body");
	h->total_timeout_ms = (int)(config_duration(cf, "crawl.timeout") / 1000);
	return 0;
}

/* Hosts under .test are ours to play with (RFC 6761). */
static bool only_test_hosts(char **urls)
{
	if (!*urls)
		return false;
	for (; *urls; urls++) {
		struct arena a;
		struct url u;
		bool test;

		arena_init(&a);
		test = !url_parse(slice_of(*urls), NULL, &a, &u, NULL) &&
		    host_is_test(u.host);
		arena_release(&a);
		if (!test)
			return false;
	}
	return true;
}

struct slice network_token(const struct cli *cli)
{
	const char *agent = config_str(cli->config, "user_agent");
	struct slice token;

	if (!*agent)
		return SLICE(CRAWLER_TOKEN);
	if (agent_token(agent, &token, NULL))
		BUG("setting user_agent was not checked");
	return token;
}

static int set_agent(struct network *w, struct cli *cli, const char *contact,
    char **urls, struct err *err)
{
	const char *agent = config_str(cli->config, "user_agent");

	if (contact && config_set(cli->config, "contact", contact, err))
		return -1;
	contact = config_str(cli->config, "contact");
	if (!*contact && !only_test_hosts(urls))
		return err_set(err, E_NO_CONTACT, "crawling needs a contact "
		    "that site owners can reach: --contact, DATELINE_CONTACT "
		    "or contact: in the configuration");
	if (!*agent)
		strbuf_addf(&w->agent, "Dateline/%s (+%s)", DATELINE_VERSION,
		    *contact ? contact : "test");
	else if (*contact && !strstr(agent, contact))
		strbuf_addf(&w->agent, "%s (+%s)", agent, contact);
	else
		strbuf_adds(&w->agent, agent);
	return 0;
}

int network_set(struct network *w, struct cli *cli, struct crawler_conf *conf,
    const char *contact, char **urls, struct err *err)
{
	*w = (struct network){0};
	strbuf_init(&w->agent);
	strbuf_init(&w->nameservers);
	if (set_network(w, cli, &conf->http, err) ||
	    set_agent(w, cli, contact, urls, err))
		return -1;
	conf->http.user_agent = w->agent.p;
	conf->token = network_token(cli);
	conf->clock = &cli->clock;
	conf->log = &cli->log;
	conf->delay_ms = (int)(config_duration(cli->config, "crawl.delay") /
	    1000);
	conf->in_flight = (int)config_int(cli->config, "crawl.connections");
	return 0;
}

void network_release(struct network *w)
{
	strbuf_release(&w->agent);
	strbuf_release(&w->nameservers);
}
