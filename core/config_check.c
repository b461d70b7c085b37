#include "core/config_check.h"

#include "core/address.h"
#include "core/agent.h"
#include "core/config.h"
#include "core/host.h"
#include "core/http.h"
#include "core/opts.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#define CONNECTIONS_MAX 65535 /* sockets; one address has no more ports */

typedef int check_fn(const char *name, const char *text, struct err *err);

static int check_agent(const char *name, const char *text, struct err *err)
{
	struct slice token;

	(void)name;
	return *text ? agent_token(text, &token, err) : 0;
}

static int check_range(const char *name, const char *text, struct err *err)
{
	struct http_range range;

	(void)name;
	return http_range_parse(text, &range, err);
}

/* ":53" */
static bool is_port(struct slice s)
{
	char *end;
	long n;

	if (s.n < 2 || *s.p != ':' || !isdigit((unsigned char)s.p[1]))
		return false;
	n = strtol(s.p + 1, &end, 10);
	return n > 0 && n <= 65535 && !*end;
}

/* "192.0.2.1", "192.0.2.1:53", "[2001:db8::1]:53", and "2001:db8::1" where a
 * bare IPv6 address is no riddle. */
static int check_endpoint(const char *text, bool bare_v6, struct err *err)
{
	struct slice s = slice_of(text), host = s, port = SLICE_NONE;
	struct address a;
	long at = slice_find(s, SLICE("]"), 0), colon;
	bool bracket = *text == '[' && at > 0;

	if (bracket) {
		host = slice_sub(s, 1, (size_t)at);
		port = slice_sub(s, (size_t)at + 1, s.n);
	} else if ((colon = slice_find(s, SLICE(":"), 0)) >= 0 &&
		   slice_find(s, SLICE(":"), (size_t)colon + 1) < 0) {
		host = slice_sub(s, 0, (size_t)colon);
		port = slice_sub(s, (size_t)colon, s.n);
	}
	if (!address_parse(host, &a) &&
	    (address_is_v4(&a) ? !bracket : bracket || bare_v6) &&
	    (!port.n || is_port(port)))
		return 0;
	return err_set(err, E_CONFIG, "\"%s\" is not address:port "
	    "(192.0.2.1:53, [2001:db8::1]:53)", text);
}

static int check_server(const char *name, const char *text, struct err *err)
{
	(void)name;
	return check_endpoint(text, true, err);
}

/* Names are compared with those of URLs. */
static int check_resolve(const char *name, const char *text, struct err *err)
{
	struct strbuf host = STRBUF_INIT;
	int rc = host_parse(slice_of(name), true, &host, err);

	if (!rc && !slice_ieq(strbuf_slice(&host), slice_of(name)))
		rc = err_set(err, E_CONFIG, "\"%s\" is written \"%s\" in a URL",
		    name, host.p);
	strbuf_release(&host);
	return rc ? -1 : check_endpoint(text, false, err);
}

static int check_connections(const char *name, const char *text,
    struct err *err)
{
	(void)name;
	if (strtoll(text, NULL, 10) > CONNECTIONS_MAX)
		return err_set(err, E_CONFIG, "over %d", CONNECTIONS_MAX);
	return 0;
}

/* libcurl and we count milliseconds in an int. */
static int check_ms(const char *name, const char *text, struct err *err)
{
	int64_t t;

	(void)name;
	if (duration_parse(text, &t, err))
		return -1;
	if (t / 1000 > INT_MAX)
		return err_set(err, E_CONFIG, "\"%s\" is over 24 days", text);
	return 0;
}

static int check_limit(const char *name, const char *text, struct err *err)
{
	int64_t t;

	if (check_ms(name, text, err) || duration_parse(text, &t, err))
		return -1;
	if (t < 1000)
		return err_set(err, E_CONFIG, "\"%s\" is no time limit", text);
	return 0;
}

static const struct row {
	const char *key;
	check_fn *check;
	const char *choices; /* "a|b"; NULL: any */
	size_t items;
} rows[] = {
    {"user_agent", check_agent, NULL, 0},
    {"allow_addresses", check_range, NULL, CONFIG_RANGES_MAX},
    {"resolve", check_resolve, NULL, CONFIG_RESOLVE_MAX},
    {"nameservers", check_server, NULL, 0},
    {"crawl.delay", check_ms, NULL, 0},
    {"crawl.timeout", check_limit, NULL, 0},
    {"crawl.connections", check_connections, NULL, 0},
    {"crawl.tdm", NULL, "obey|record", 0},
    {"warc.bodies", NULL, "auto|yes|no", 0},
    {"log.level", NULL, "debug|info|warn|error", 0},
    {"log.format", NULL, "text|json", 0},
};

static const struct row *find(const char *key)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].key, key))
			return &rows[i];
	return NULL;
}

static bool is_among(const char *choices, const char *text)
{
	size_t n = strlen(text);

	for (const char *p = choices; p; p = strchr(p, '|')) {
		p += *p == '|';
		if (!strncmp(p, text, n) && (p[n] == '|' || !p[n]))
			return n > 0;
	}
	return false;
}

int config_check(const char *key, const char *name, const char *text,
    struct err *err)
{
	const struct row *row = find(key);

	for (const char *c = text; *c; c++)
		if (iscntrl((unsigned char)*c))
			return err_set(err, E_CONFIG,
			    "it holds a control character");
	if (row && row->choices && !is_among(row->choices, text))
		return err_set(err, E_CONFIG, "\"%s\" is none of %s", text,
		    row->choices);
	if (!row || !row->check || !row->check(name, text, err))
		return 0;
	if (err)
		err->code = E_CONFIG;
	return -1;
}

size_t config_items_max(const char *key)
{
	const struct row *row = find(key);

	return row && row->items ? row->items : CONFIG_ITEMS_MAX;
}
