#ifndef PARSER_FEED_MEND_H
#define PARSER_FEED_MEND_H
#include "core/strbuf.h"
#include "parser/limits.h"

/*
 * XML as feeds have it -> XML that is well-formed, so that a broken feed gives
 * what it holds: bare ampersands and brackets are text, end tags that are
 * missing are put in and those that end nothing left out, attributes have
 * their quotes, controls are dropped. Comments, processing instructions and
 * the document type go; CDATA becomes text. References other than XML's own
 * five stay as text ("&#38;eacute;"): HTML's names are the reader's business.
 */
struct mend {
	struct slice s; /* UTF-8 */
	size_t i;
	struct slice open[FEED_DEPTH]; /* names of open elements, in s */
	size_t open_n, deeper;	       /* deeper ones are left out */
	bool entities; /* the document defines some: it is read no further */
	bool broken;   /* tags were missing, or the end is */
	bool done;
};

void mend_init(struct mend *m, struct slice utf8);
/* Appends about most bytes; false: that was all. */
bool mend_more(struct mend *m, size_t most, struct strbuf *to);

#endif
