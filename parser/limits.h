#ifndef PARSER_LIMITS_H
#define PARSER_LIMITS_H

/* Limits of the parser; each has a test that passes it. */

#define DOCUMENT_MAX   (8 << 20)    /* bytes of a page: CC-NEWS' largest have 2 */
#define TREE_BUDGET    (64 << 20)   /* bytes of Gumbo's tree */
#define TREE_DEADLINE  USEC_SECOND
#define DOM_MAX_DEPTH  400	    /* cut off below; real pages: at most 50 */
#define SVG_DEPTH      32	    /* open elements of one drawing; real: 12 */
#define COMPARED       32	    /* attributes of a tag compared by name */
#define ASIDE_MOST     65000	    /* texts kept aside: plane 15 has 65,534 */
#define ATTRIBUTES_MAX 1500	    /* words in one tag; real ones: under 100 */
#define PARAGRAPH_MAX  5000	    /* of a text */
#define BLOCK_MAX      20000	    /* blocks of a page that are scored */
#define JSONLD_MAX     64	    /* blocks of JSON-LD in a page */
#define JSONLD_STACK   256	    /* nodes of a block that wait */
#define JSONLD_NODES   200	    /* of a @graph, looked through for an @id */
#define NAMED_MAX      6000	    /* elements whose class names are read */
#define NAMED_TEXT     8192	    /* bytes below one of them; names: under 120 */
#define BYLINE_MAX     32	    /* names */
#define DATE_TEXT      120	    /* bytes; a longer text is no date */
#define DATE_TOKENS    32	    /* words, numbers and signs of it */
#define CLAIMS_MAX     2000	    /* of one page */
#define LINKS_MAX      6000	    /* as Heritrix' maxOutlinks */
#define FEED_MAX       (50 << 20)   /* sitemaps.org: 50 MB decompressed */
#define FEED_DEPTH     64	    /* open elements; real ones: under 12 */
#define FEED_TEXT      (64 << 10)   /* of one element; titles have 200 bytes */
#define FEED_ENTRIES   10000
#define SITEMAP_ENTRIES 50000	    /* sitemaps.org */

#endif
