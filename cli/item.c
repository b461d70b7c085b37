/* One capture on its way through the pipeline: bytes -> article. */
#include "cli/crash.h"
#include "cli/pipeline.h"

#include "core/url.h"
#include "parser/parser.h"
#include "story/story.h"

#include <stdlib.h>

struct item *item_new(void)
{
	struct item *it = xcalloc(1, sizeof(*it));

	arena_init(&it->arena);
	article_init(&it->article);
	it->capture.fetched_at = TIME_NONE;
	return it;
}

void item_free(struct item *it)
{
	if (!it)
		return;
	arena_release(&it->arena);
	free(it);
}

int item_set_url(struct item *it, struct slice url, struct err *err)
{
	struct url u;

	if (url.n > URL_KEPT_MAX_BYTES)
		return err_set(err, E_INVALID_URL,
		    "the URL has %zu bytes; %d are the limit", url.n,
		    URL_KEPT_MAX_BYTES);
	if (slice_starts(url, SLICE("urn:"))) {
		it->capture.url = arena_slice(&it->arena, url);
		it->capture.host = SLICE("urn");
		it->capture.url_key = hash128(url.p, url.n);
		return 0;
	}
	if (url_parse(url, NULL, &it->arena, &u, err))
		return -1;
	it->capture.url = u.href;
	it->capture.host = u.host;
	it->capture.url_key = url_key_hash(&u, &it->arena);
	return 0;
}

/* An empty page counts as withdrawn only where there was a text. */
static bool has_text(const struct item *it)
{
	return it->capture.article && (it->capture.outcome == OUTCOME_ARTICLE ||
	    it->capture.outcome == OUTCOME_TRUNCATED);
}

void item_text(struct item *it)
{
	const struct article *art = &it->article;

	if (it->text || !has_text(it))
		return;
	it->text = text_new(&it->arena, art->title, art->summary, art->body);
	text_measure(it->text);
}

void item_emptied(struct item *it)
{
	struct capture *c = &it->capture;

	item_text(it);
	if (!it->text || it->text->words_n)
		return;
	it->text = NULL;
	c->article = NULL;
	c->outcome = OUTCOME_EMPTIED;
	err_set(&c->err, E_EMPTY_BODY, "the body holds no word");
}

static void refuse(struct item *it, const struct err *why)
{
	static const struct {
		enum code code;
		enum outcome outcome;
	} kinds[] = {{E_NO_ARTICLE, OUTCOME_NO_ARTICLE},
	    {E_EMPTY_BODY, OUTCOME_EMPTIED}};

	it->capture.err = *why;
	it->capture.outcome = OUTCOME_REFUSED;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].code == why->code)
			it->capture.outcome = kinds[i].outcome;
	if (it->article.noindex)
		it->capture.outcome = OUTCOME_NOINDEX;
}

void item_set_outcome(struct item *it)
{
	struct capture *c = &it->capture;

	c->outcome = OUTCOME_ARTICLE;
	if (it->article.noindex)
		c->outcome = OUTCOME_NOINDEX;
	else if (text_is_kill(it->article.title, it->article.body))
		c->outcome = OUTCOME_KILLED;
	else if (it->article.kind != KIND_ARTICLE &&
	    it->article.kind != KIND_LIVE)
		c->outcome = OUTCOME_NO_ARTICLE;
	else if (it->article.truncated)
		c->outcome = OUTCOME_TRUNCATED;
}

/* An error that came as 200 is no text, and no version of one. */
static void soft_error(struct item *it)
{
	struct capture *c = &it->capture;

	switch (parser_soft_error(&it->article)) {
	case SOFT_NONE:
		return;
	case SOFT_GONE:
		c->outcome = OUTCOME_EMPTIED;
		break;
	case SOFT_TROUBLE:
		c->outcome = OUTCOME_HTTP_ERROR;
		break;
	}
	c->article = NULL;
	err_set(&c->err, E_SOFT_ERROR, "%s: %.*s", code_text(E_SOFT_ERROR),
	    SLICE_FMT(slice_sub(it->article.title, 0, 100)));
}

void item_read(struct item *it, enum item_format format,
    const struct zone *zone, const char *credit)
{
	static const enum doc_type types[] = {DOC_AUTO, DOC_HTML, DOC_TEXT};
	struct capture *c = &it->capture;
	struct parse_input in = {.bytes = c->bytes, .type = types[format],
	    .url = c->url.p && !slice_starts(c->url, SLICE("urn:")) ?
		c->url.p : NULL,
	    .content_type = c->content_type.p, .fetched_at = c->fetched_at,
	    .zone = zone, .credit = credit};
	struct err why = {0};
	int rc;

	crash_enter(c, c->bytes);
	rc = parser_article(&in, &it->arena, &it->article, &why);
	crash_leave();
	if (rc) {
		refuse(it, &why);
		soft_error(it);
		return;
	}
	c->article = &it->article;
	item_set_outcome(it);
	soft_error(it);
}

/* A time as the instant or day that it is, not as it was printed. */
static struct pubtime bare_time(const struct pubtime *t)
{
	struct pubtime bare = PUBTIME_NONE;

	bare.at = t->at;
	bare.day_only = t->day_only;
	bare.zone_known = t->zone_known;
	if (t->at == TIME_NONE) /* one that cannot be read is its text */
		bare.raw = t->raw;
	return bare;
}

struct hash128 item_said(const struct item *it)
{
	struct article art = it->article;
	struct strbuf sb = STRBUF_INIT;
	struct hash128 h;

	art.url = art.file = SLICE_NONE;
	art.created = bare_time(&art.created);
	art.updated = bare_time(&art.updated);
	article_write(&art, &sb);
	strbuf_addf(&sb, "%d\n%.*s\n%.*s", it->capture.http_status,
	    SLICE_FMT(it->capture.location), SLICE_FMT(art.id));
	h = hash128(sb.p, sb.n);
	strbuf_release(&sb);
	return h;
}
