#ifndef PARSER_BLOCKS_H
#define PARSER_BLOCKS_H
#include "parser/dom.h"

#include <stdint.h>

/*
 * A page as blocks: runs of text between block elements, in document order,
 * and what its elements are known to be by tag, role, class and id. Shared by
 * boiler.c (names), blocks.c (gathering), score.c (which element is the
 * article) and body.c (which of its blocks are text).
 */
enum element_flag {
	EL_SKIP = 1,	   /* never holds text: script, nav, figure ... */
	EL_HIDDEN = 4,	   /* not shown */
	EL_LIKELY = 8,	   /* called what holds the text */
	EL_LINK = 16,	   /* a, and all below */
	EL_ITEM = 32,	   /* li, and all below */
	EL_QUOTE = 64,	   /* blockquote, and all below */
	EL_INLINE = 128,   /* does not end a block */
	EL_BODY_PROP = 256, /* itemprop=articleBody: the page says so itself */
	EL_LEAD = 512 /* itemprop=description */
};

/*
 * Reasons to think that an element stands between or beside the text, one bit
 * each: its tag, role, and every word of boiler.c's table. A reason that most
 * of a page's text would fall to says nothing on that page.
 */
#define REASONS 320
struct reasons {
	uint64_t bits[REASONS / 64];
};
#define REASON_CARD 0 /* a teaser: set by score.c; the others by boiler.c */

/* The first two letters of all words that boiler_flags knows. */
struct boiler {
	struct pairs first;
};
void boiler_begin(struct boiler *b);
/* What a node is by itself; linear in the length of its class. b may be NULL:
 * the answer is the same, in more time. */
unsigned int boiler_flags(const struct boiler *b, struct dom_node *n,
    struct reasons *beside);
/* Of the page's mass, in percent: a reason that more falls to says nothing. */
size_t boiler_most(size_t reason);
/* Nothing but "teaser": between title and text, the name of a lead. */
bool boiler_is_teaser(const struct reasons *r);
/* Does class or id say sub-title, standfirst, deck? */
bool boiler_is_sub_title(const struct dom_node *n);

/* Is the paragraph one of a page's interface (captions, consent, calls to
 * subscribe), by what it says? */
bool boiler_is_line(struct slice text);

/* dom_node.mark while body_read runs; NULL below what is EL_SKIP. */
struct element {
	unsigned int flags;
	struct reasons reasons;
	size_t mass;   /* bytes of paragraphs below */
	size_t likely; /* of these, in elements that are EL_LIKELY */
	double value;  /* what its blocks are worth together; see score.c */
	bool beside;   /* it, or an element around it, is not the article */
	bool part;     /* of the article */
};

struct block {
	struct dom_node *node; /* the block element that it lies in */
	struct slice text;     /* white space folded, trimmed */
	size_t linked;	       /* bytes in links */
	size_t words;
	unsigned int flags; /* of the elements around it: EL_ITEM, EL_QUOTE */
	bool heading, sentence;
	bool known; /* stands in the page's own articleBody (JSON-LD) */
};

struct blocks {
	struct block *b;
	size_t n;
	size_t links; /* a elements */
};

/* Marks every element below top and gathers all blocks; in a. */
void blocks_gather(struct arena *a, struct dom_node *top, struct blocks *out);
/* The text of one element as one block, but (may be NULL) left out. */
struct slice blocks_text(struct arena *a, struct dom_node *n,
    const struct dom_node *but);
bool block_is_list(const struct block *b); /* links rather than text */
bool block_is_paragraph(const struct block *b);

/* Sets mass, beside and value of all elements; known of blocks where
 * body (may be none) is the page's own copy of its text. The article's
 * element, or NULL. *from, *to: its blocks, [from, to). */
struct dom_node *score_article(struct blocks *x, struct dom_node *top,
    struct slice body, size_t *from, size_t *to);

struct evidence;
/* printed.c: dates in short lines around the article's blocks [from, to) and
 * its title; claims that any machine-readable date outweighs. */
void printed_dates(struct evidence *e, const struct blocks *x, size_t from,
    size_t to, struct slice title);

#endif
