#ifndef PARSER_LIMITS_H
#define PARSER_LIMITS_H

/* Limits of the parser; each has a test that passes it. */

#define DOCUMENT_MAX   (8 << 20)    /* bytes of a page: CC-NEWS' largest have 2 */
#define TREE_BUDGET    (64 << 20)   /* bytes of Gumbo's tree */
#define TREE_DEADLINE  USEC_SECOND
#define ATTRIBUTES_MAX 1500	    /* words in one tag; real ones: under 100 */
#define PARAGRAPH_MAX  5000	    /* of a text */
#define BLOCK_MAX      20000	    /* blocks of a page that are scored */
#define JSONLD_MAX     64	    /* blocks of JSON-LD in a page */
#define CLAIMS_MAX     2000	    /* of one page */
#define LINKS_MAX      6000	    /* as Heritrix' maxOutlinks */
#define FEED_MAX       (50 << 20)   /* sitemaps.org: 50 MB decompressed */
#define FEED_ENTRIES   10000
#define SITEMAP_ENTRIES 50000	    /* sitemaps.org */

#endif
