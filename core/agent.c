#include "core/agent.h"

#include <ctype.h>

static const char AS_BROWSERS[] = "Mozilla/";
static const char NO_BROWSER[] = "(compatible;";

static bool is_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
	       c == '_';
}

int agent_token(const char *agent, struct slice *token, struct err *err)
{
	const char *p = agent;
	size_t n = 0;

	for (const char *c = agent; *c; c++)
		if (iscntrl((unsigned char)*c))
			return err_set(err, E_CONFIG,
			    "a control character is no part of a User-Agent");
	if (!strncmp(p, AS_BROWSERS, sizeof(AS_BROWSERS) - 1)) {
		p = strstr(p, NO_BROWSER);
		if (!p)
			return err_set(err, E_CONFIG, "\"%s\" names a browser: "
			    "\"Mozilla/5.0 (compatible; NAME/1.0)\" names a "
			    "crawler as well", agent);
		p += sizeof(NO_BROWSER) - 1;
		p += strspn(p, " ");
	}
	while (is_token(p[n]))
		n++;
	if (!n || (p[n] && !strchr("/ ;)", p[n])))
		return err_set(err, E_CONFIG, "\"%s\" does not begin with a "
		    "product token (letters, - and _) by which a robots.txt "
		    "could name it: NAME/1.0", agent);
	*token = (struct slice){p, n};
	return 0;
}
