#ifndef PARSER_EVIDENCE_H
#define PARSER_EVIDENCE_H
#include "parser/dom.h"
#include "parser/parser.h"

/*
 * Inside the parser: what one page says in several places, each file adds
 * what it knows, weigh.c decides. Siblings inside the room use this header.
 */
enum witness { /* in order of trust for equal claims: weigh.c says why */
	WITNESS_JSONLD,
	WITNESS_META,  /* Open Graph, article:*, citation_*, dc.* ... */
	WITNESS_MICRO, /* microdata, time elements */
	WITNESS_LINE,  /* a visible date line or byline */
	WITNESS_BODY,  /* headings, text */
	WITNESS_URL,
};

enum claim_field { CLAIM_TITLE, CLAIM_SUMMARY, CLAIM_BYLINE, CLAIM_CREDIT,
	CLAIM_PLACE, CLAIM_LANGUAGE, CLAIM_CREATED, CLAIM_UPDATED,
	CLAIM_CANONICAL, CLAIM_KIND, CLAIM_NOTE, CLAIM_SITE_NAME, CLAIM_FIELDS };

struct claim {
	enum claim_field field;
	enum witness witness;
	int weight;	   /* within the witness, higher is better */
	struct slice text; /* trimmed, entities decoded */
	struct pubtime time; /* CREATED, UPDATED */
	const char *where;   /* "datePublished", for explain */
	size_t at;	     /* evidence.at when it was made */
};

/* Weight of an element that rel or itemprop calls the author. */
#define AUTHOR_MARKED 4

struct evidence {
	struct arena *arena;
	const struct parse_input *in;
	struct claim *claims; /* malloc; evidence_release */
	size_t claims_n, claims_cap;
	size_t at; /* place in the page: elements, or lines, read so far */
	struct slice jsonld_body; /* articleBody, if any */
	struct slice language; /* of the html element, or none */
	struct rights rights;
};

void evidence_add(struct evidence *e, enum claim_field f, enum witness w,
    int weight, struct slice text, const char *where);
/* Reads the date itself; a date that cannot be read is no claim. An ambiguous
 * zone (IST) is that of the outlet, else of its host's country, else of the
 * page's language. */
void evidence_add_time(struct evidence *e, enum claim_field f, enum witness w,
    int weight, struct slice text, const char *where);
void evidence_release(struct evidence *e);

/* jsonld.c: every <script type=application/ld+json>, also broken ones. */
void jsonld_read(struct evidence *e, const struct dom *dom);
/* meta.c: meta, link, html lang, title element, microdata, time elements. */
void meta_read(struct evidence *e, const struct dom *dom);
/* dateline.c: visible lines: "Reuters | Seoul | Updated: 26-11-2020 14:22 IST
 * | Created: ...", "SEOUL, Nov 26 (Reuters) -", "By A. Name and B. Name",
 * correction notes. Takes paragraphs or lines of text; the same for pages and
 * for scraped text. Returns what of the line is to be left out of the text:
 * true if the whole line is metadata. */
bool dateline_line(struct evidence *e, struct slice line, size_t index);
/* Its two parts: notes (model/note.h), and all else. A headline is no note, though
 * "Correction: Talks begin" looks like one. */
bool dateline_note(struct evidence *e, struct slice line);
bool dateline_metadata(struct evidence *e, struct slice line, size_t index);
/* dateline.c: "By Jane Roe | 4 min" near the title, or "Written by" with the
 * name in the next line. */
void dateline_byline(struct evidence *e, struct slice line,
    struct slice next);
/* printed.c: the dates of an element whose class says that it holds one; that
 * of an update, if its class says so. */
void printed_marked(struct evidence *e, struct slice text, bool updated);
/* printed.c: the day that the page's URL names, if any. */
void printed_url(struct evidence *e);
/* The agency of a credit, a byline or a disclaimer: "Reuters", or SLICE_NONE.
 * (credits.c: the table) */
struct slice credit_find(struct slice text);
/* Is the sentence or paragraph a known disclaimer of an agency or its
 * syndication ("This story has not been edited by ...", "(With inputs from")? */
bool disclaimer_is(struct slice text);

/* body.c: the text. Gives paragraphs; dateline_line is asked for each. */
struct body_text {
	struct slice title;   /* the page's own heading (h1), or none */
	struct slice title_rest; /* it, without the element it begins with */
	struct slice summary; /* sub-title or standfirst, or none */
	struct slice text;    /* paragraphs parted by an empty line */
	size_t paragraphs_n, links_n;
	bool live; /* looks like a live blog */
	bool list; /* links rather than text */
};
void body_read(struct evidence *e, const struct dom *dom, struct body_text *out);

/* weigh.c: all claims and the text -> the article. */
void weigh(struct evidence *e, const struct body_text *body,
    struct article *out);
/* How far a claim is believed, by its witness and weight. */
int weigh_rank(const struct claim *c);
/* The claim that is believed most, or NULL. */
const struct claim *weigh_best(const struct evidence *e, enum claim_field f);
/* White space as one space each; in a. */
struct slice weigh_fold(struct arena *a, struct slice s);
/* The host of the page, as its URL or the page itself says, or none. */
struct slice weigh_host(const struct evidence *e);
/* Appends letters and digits alone, lower case: how names are compared. */
void weigh_squeeze(struct slice s, struct strbuf *to);
/* The same letters and digits, whatever stands between them? */
bool weigh_same(struct slice a, struct slice b);

/* title.c: what the page is headed, without the site's name. */
struct slice title_choose(struct evidence *e, const struct body_text *body);
/* byline.c: names into out->byline; an agency among them is a claim of
 * CLAIM_CREDIT as well. */
void byline_choose(struct evidence *e, struct article *out);
/* order.c: days printed as two numbers, in the order that the page uses. */
void days_order(struct evidence *e);
/* times.c: created and updated; why each, appended. */
void times_choose(struct evidence *e, struct article *out,
    struct strbuf *why);

/* explain.c: which evidence won, put before what out->explain says of times.
 * errors: bytes that the encoding does not have. */
void explain(const struct evidence *e, const char *encoding, size_t errors,
    struct article *out);

/* charset.c: bytes -> valid UTF-8 in a, by the WHATWG rules (BOM, header,
 * meta prescan, detection). *errors counts replaced bytes. */
int charset_decode(const struct parse_input *in, struct arena *a,
    struct slice *utf8, const char **label, size_t *errors, struct err *err)
    MUST_CHECK;

#endif
