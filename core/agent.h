#ifndef CORE_AGENT_H
#define CORE_AGENT_H
#include "core/err.h"
#include "core/slice.h"

/*
 * The product token of a User-Agent, by which robots.txt names its crawler (RFC
 * 9309, 2.2.1: letters, "-" and "_"): of "MyBot/2.0 (+http://me.example)" it is
 * MyBot. Of "Mozilla/5.0 (compatible; MyBot/2.0; ...)" it is MyBot as well: that
 * is how crawlers say that they are no browser. *token borrows from agent.
 * CONFIG: there is none, or the text holds what no header may.
 */
int agent_token(const char *agent, struct slice *token, struct err *err)
    MUST_CHECK;

#endif
