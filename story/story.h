#ifndef STORY_STORY_H
#define STORY_STORY_H
#include "model/article.h"
#include "model/text.h"

/*
 * The story room's facade: article -> verdict. Pure: no network, no database.
 *
 * normal.c   form taken away (timeline.md, "Words, exactly")
 * text.c     what a text is: sentences, words, its hash
 * form.c     what in a body is no text
 * signs.c    disclaimers, tags of corrections, notes
 * kill.c     kill notices; kill_form.c: headlines; kill_agency.c: of its own;
 *            kill_abroad.c: in other languages
 * house.c    house style: bylines, datelines, units
 * sketch.c   fingerprint: shingles and sketches
 * counted.c  what the verdict reads of a text, worked out once
 * signals.c  what two texts have in common; terms.c: words that tell, names
 * alike.c    one form filled twice
 * match.c    verdict: which story; told.c: that in words
 * lcs.c      longest common subsequence, coverage
 * diff.c     word-level changes
 * judge.c    what a capture does (timeline.md, rules 0 to 2 and the order)
 * verdict.c, bridge.c, change.c, late.c, gone.c: rule 3, merges by it, rules 4
 * and 5, late captures and withdrawals
 */

/* Takes form away: entities decoded, quotes and dashes made plain, zero-width
 * characters and soft hyphens dropped, NFKC, white space folded to single
 * spaces. The reference model's normal() defines it. */
void text_normal(struct slice raw, struct strbuf *to);

/* Is a paragraph form ("Updated 5 minutes ago", "1,204 views", "4 min read",
 * or several of these with | or a dot between)? */
bool text_is_form(struct slice paragraph);
/* The body without such paragraphs, and without such parts of a line ("By Jane
 * Roe | 5 minutes ago") or in brackets at a paragraph's end; the body itself
 * where it has none, else what scratch then holds. */
struct slice text_without_form(struct slice body, struct strbuf *scratch);

/* Title, summary, body as an article gives them -> the text, in a. */
struct text *text_new(struct arena *a, struct slice title,
    struct slice summary, struct slice body);

/* A letter that is a word by itself, in scripts that part no words by blanks;
 * and where it ends in s, with its marks. */
bool text_is_lone(uint32_t cp);
size_t text_lone_end(struct slice s, size_t i);

/* Known agency disclaimer, as rule 4 leaves them out of sentences. */
bool text_is_disclaimer(struct slice sentence);
/* What marks a title as a correction, lower case ("corrected", "refile",
 * "corrects", "writethru"); SLICE_NONE if nothing does. */
struct slice text_correction_tag(struct slice title);
/* The title behind what agencies put before it: "UPDATE 2-", "REFILE-". */
struct slice text_untagged(struct slice title);
/* What kind of item beside the news a title's tag says ("FACTBOX",
 * "TIMELINE"; agencies' prefixes such as UPDATE 2- before it); "": none. */
const char *text_product(struct slice title);
/* Items under datelines of their own: a round-up, whatever its headline says. */
bool text_is_digest(const struct text *t);
/* Does that kind begin with the news that its list is about? */
bool text_product_lists(const char *tag);
/* Is it a kill notice, by which an agency takes a story back, and no news under a
 * headline that begins with such a word? In doubt it is news: a text that is kept
 * can be withdrawn, one that is not is lost. */
bool text_is_kill(struct slice title, struct slice body);
/* Is the note a correction's ("Corrects ...", "Refiles ...")? */
bool text_note_corrects(struct slice note);
/* Does the text say that it takes the place of one that was wrong, by a tag, a note
 * at its beginning or a sentence that tells of the earlier one? */
bool text_corrects(struct slice title, struct slice body);
/* Is the headline about a toll, which rises while a story goes on? */
bool text_counts_victims(struct slice title);
/* Do title or body say that it updates what went before: "UPDATE 2-", "(Adds quotes)"? */
bool text_updates(struct slice title, struct slice body);

/* Length of the longest common subsequence of two word lists (Hyyro 2004,
 * bit-parallel); a lower bound, never under their equal ends, where more than
 * 20,000 words lie between these. */
size_t text_common_words(const uint64_t *a, size_t an, const uint64_t *b,
    size_t bn);

/* Coverage: the share of v's words that stand, in order, in t (timeline.md). */
double text_coverage(const struct text *t, const struct text *v);

/* ---- sketch.c: FracMinHash over 3-word shingles (design.md: 1 in 8, at
 * least 24 kept), 10 of the lead's, and one of the headline -------------- */
#define SHINGLE_WORDS 3
#define SKETCH_RATE   8
#define SKETCH_LEAST  24
/* skip (may be NULL): sentence i is left out where skip[i] (boilerplate). */
void sketch_make(const struct text *t, const bool *skip, struct arena *a,
    struct sketch *out);
/* The same, made when first asked for and kept as long as the text. */
const struct sketch *text_sketch(const struct text *t, const bool *skip);
/* Works out what sketch and verdict read of a text of which nothing is left out, as
 * they would when they first ask: where there is time. */
void text_measure(const struct text *t);
/*
 * The words of the sentences that are not left out, in order, without what
 * house style adds (house.c): hashes without case and, where they are not NULL,
 * the words (room for all of t's) and how many there are up to the end of each
 * sentence of t.
 */
struct wording {
	uint64_t *hash;
	struct slice *word;
	size_t *ends, n;
};
void sketch_words(const struct text *t, const bool *skip, struct wording *out);
/* The sketch of n such words under that headline; in a. */
void sketch_of_words(const uint64_t *words, size_t n, struct slice title,
    struct arena *a, struct sketch *out);
/* Longest run of the words (sketch_words) whose shingles all stand in of, at
 * most most. */
size_t sketch_run(const uint64_t *words, size_t n, const struct sketch *of,
    size_t most);

/* ---- match.c: the verdict of two texts --------------------------------- */
struct match_side {
	const struct text *text;
	const bool *skip; /* sentences that do not count, or NULL */
	struct slice note; /* what its page said of the text beside it */
	int64_t outlet_id; /* of the page, or any number of it; 0: unknown */
	usec_t at;	/* effective: publisher's time, else first seen */
	usec_t seen_at; /* last visit to its story; TIME_NONE: unknown */
};

/* What two texts have in common (signals.c); shares are of the poorer side. */
enum signal {
	SIGNAL_CONTAINMENT, /* shingles of the shorter in the longer */
	SIGNAL_JACCARD,	    /* shingles of both in those of either */
	SIGNAL_TITLE,	    /* words that tell in both titles */
	SIGNAL_TITLE_ALL,   /* the same, of the words of either */
	SIGNAL_HEADLINE,    /* what one headline tells, the other's text begins
			       with, or its headline */
	SIGNAL_HEADLINES,   /* each one's does */
	SIGNAL_LEAD,	    /* of the first 30 words */
	SIGNAL_SUBJECT,	    /* first words of each lead are in the other text */
	SIGNAL_OPENING,	    /* the first sentence of one stands in the other */
	SIGNAL_OPENINGS,    /* each one's does */
	SIGNAL_NUMBERS,	    /* numbers: 1 all, -1 none in common, 0 has none */
	SIGNAL_NUMBERS_ALL, /* of the numbers of either, in both */
	SIGNAL_EXACT,	    /* whole sentences of the shorter in the longer */
	SIGNAL_TEMPLATE,    /* sentences that are the same but for figures */
	SIGNAL_RUN,	    /* longest stretch of words in common */
	SIGNAL_LENGTH,	    /* log of how much longer */
	SIGNAL_TERMS,	    /* words that tell, of those of either, in both */
	SIGNAL_NAMES,	    /* names of each one's beginning in the other */
	SIGNAL_NAMES_ALL,   /* names of the text with fewer in the other */
	SIGNAL_FIGURES,	    /* between the same words: 1 same, -1 others */
	SIGNAL_HOURS,	    /* between their times */
	SIGNALS_N
};
const char *signal_name(enum signal s);
/* What its value says: "of the shorter text, in the longer". */
const char *signal_meaning(enum signal s);

/* What counts beside the signals (match.c has the weights). */
enum match_rule {
	RULE_WHOLE,	 /* the longer has all sentences of the shorter */
	RULE_MOVED,	 /* and hardly any else */
	RULE_OPENING,	 /* the same first sentence */
	RULE_PRODUCT,	 /* FACTBOX beside news */
	RULE_FORM,	 /* one form, filled twice */
	RULE_FIGURES,	 /* figures in the same places, all of them others */
	RULE_SUBJECTS,	 /* each names in its headline what the other has not */
	RULE_CORRECTS,	 /* one says that it corrects the other */
	RULE_KEPT,	 /* most of the shorter text, names and figures */
	RULE_LINES,	 /* the outlet's lines alone */
	RULE_BESIDE,	 /* the other stands below a lead of its own */
	RULE_BACKGROUND, /* only background in common */
	RULE_HEADLINE,	 /* nothing but the headline */
	RULE_FAR,	 /* past 72 h */
	RULE_PAGE,	 /* the same page */
	RULE_REPLACED,	 /* of which nearly nothing is left */
	RULES_N
};
const char *rule_meaning(enum match_rule r);

struct match {
	bool same;    /* one story */
	double score; /* 0..1, at least .5 = same; 1 / (1 + e^-sum) */
	double sum;   /* of usual, all effects and all rules */
	bool measured; /* false: no text was compared */
	double hours;  /* between the texts' own times */
	bool own;      /* held is what the same page carried before */
	double x[SIGNALS_N];
	double rule[RULES_N]; /* what each that applied added; else 0 */
	/* By match_effects: the model's sum for a pair that is usual in doubt,
	 * and of what this pair is above or below it, each signal's part. */
	double usual, effect[SIGNALS_N];
	const char *tag[2]; /* product tags of article and held; "": none */
	bool product; /* product tags that part (FACTBOX beside news) */
	bool opening; /* both begin with the same sentence */
	bool form;    /* one form, filled with other names and figures */
	bool actors; /* the names that their leads begin with are others */
	bool subjects; /* so, or: each is about what the other names nowhere */
	bool beside;  /* one contains the other below a lead of its own, */
	bool roundup; /* which tells nothing of it */
	bool updates; /* the longer says that it updates what went before */
	bool victims; /* both headlines are about a toll, */
	bool toll;    /* and both texts begin alike but for figures */
	bool lines;   /* nothing but lines that their outlet puts on pages */
	bool within;   /* the article stands in the midst of held, whole */
	bool elsewhere; /* of two houses */
	bool excerpt;  /* sentences of the longer under its own headline */
	bool corrects; /* one says that it corrects the like of the other */
	bool background; /* neither headline nor lead, and little text */
};
/*
 * May article (new) and held (a version of a story) be one story? own: held
 * is what the same page carried before, which makes one story likely.
 */
void match_texts(const struct match_side *article,
    const struct match_side *held, bool own, struct match *out);

/* Is a what b is, one form filled otherwise or put right? */
bool match_is_filled(const struct match_side *a, const struct match_side *b);

/*
 * Fills m->usual and m->effect, for explain. A signal's effect is its Shapley
 * value against the usual pair: what it adds when the pair's values take the
 * usual ones' place one after the other, on average of all orders. They add up:
 * sum = usual + effects + rules. A tree asks three signals at most, so that
 * eight answers of each give them exactly.
 */
void match_effects(struct match *m);
/* What a pair in doubt usually has. */
double match_usual(enum signal s);

/* A line with everything in it has 530. */
#define MATCH_REASON 560
/* Writes a line that an editor understands, empty where nothing was measured.
 * Returns out. */
const char *match_reason(const struct match *m, char out[MATCH_REASON]);

/* ---- diff.c: word-level changes ----------------------------------------- */
enum diff_op {
	DIFF_SAME, DIFF_ADD, DIFF_DEL,
	DIFF_MOVED_FROM, /* a sentence of old that stands elsewhere in new; words
			  * that changed in it are deleted, and added there */
	DIFF_MOVED_TO	 /* there */
};
struct diff_part {
	enum diff_op op;
	struct slice text; /* words with their spaces, of old or new */
};
struct diff {
	struct diff_part *parts;
	size_t parts_n;
	size_t words_added, words_removed;
};
/* Between two bodies (raw or normal; split at white space), moved sentences
 * told from deleted ones. In a. */
void diff_words(struct slice old, struct slice new, struct arena *a,
    struct diff *out);

#endif
