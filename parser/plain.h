#ifndef PARSER_PLAIN_H
#define PARSER_PLAIN_H
#include "parser/evidence.h"

/* plain.c: the text of a page that was scraped to plain text; as body_read. */
void plain_read(struct evidence *e, struct slice text, struct body_text *out);

#endif
