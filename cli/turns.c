/* A batch's captures are judged in their turns. */
#include "cli/turns.h"

#include "cli/ahead.h"
#include "cli/crash.h"
#include "cli/doubt.h"
#include "cli/plan.h"

#include "core/json.h"
#include "parser/parser.h"
#include "store/admin.h"
#include "store/db.h"
#include "store/host.h"
#include "story/judge.h"

#include <stdlib.h>

#define AT_ONCE	    32 /* captures whose rows are on their way while the next are judged */
#define FIRST	    8  /* as many of a batch, for which the server waits idly */
#define AGAIN_AFTER (10 * USEC_MINUTE) /* a page that was judged before */

static void fill_io(struct judge_io *io, struct batch *b)
{
	*io = (struct judge_io){.self = b, .story = batch_story,
	    .stories = batch_stories,
	    .new_story = batch_new_story, .candidates = batch_candidates,
	    .common = batch_common, .carried = batch_carried,
	    .fetches = batch_fetches, .gap = batch_gap,
	    .story_at = batch_story_at, .drop_sighting = batch_drop_sighting,
	    .drop_span = batch_drop_span, .tell = batch_tell,
	    .merge = batch_merge};
}

/* Reads kept bytes again: an article object or a page. */
static bool reread(struct item *as, struct slice bytes, struct arena *a,
    struct article *out)
{
	struct parse_input in = {.bytes = bytes,
	    .url = as->capture.url.p, .fetched_at = as->capture.fetched_at};
	struct err err = {0};
	struct json *j;
	bool ok;

	if (!bytes.n)
		return false;
	if (bytes.p[0] != '{') {
		crash_enter(&as->capture, SLICE_NONE);
		ok = !parser_article(&in, a, out, &err);
		crash_leave();
		return ok;
	}
	j = jsonr_parse(bytes, &err);
	ok = j && !article_read(j, a, out, &err);
	jsonr_free(j);
	return ok;
}

/*
 * The page's last text was read by another revision: its bytes are read again
 * before comparing, so that a better extractor is never an edit.
 */
static int raise_revision(const struct turns *x, struct batch *b,
    struct item *it, struct page_row *row, struct err *err)
{
	struct arena *a = batch_arena(b);
	struct article *art;
	struct j_story *s;
	struct j_posting *p;
	struct slice bytes;
	struct text *t;

	if (row->body_revision == x->tools->revision || !row->image->story_id ||
	    hash128_is_zero(row->body_hash))
		return 0;
	s = batch_story(b, row->image->story_id, err);
	if (!s)
		return -1;
	p = j_posting_find(s, row->image->url_key);
	if (!p || !p->sightings_n)
		return 0;
	if (batch_body(b, row->image->host_key, row->body_hash, a, &bytes, err))
		return -1;
	art = arena_zalloc(a, 1, sizeof(*art));
	if (!reread(it, bytes, a, art))
		return 0;
	t = text_new(a, art->title, art->summary, art->body);
	if (hash128_eq(t->hash,
	    p->sightings[p->sightings_n - 1]->text->hash))
		return 0;
	return batch_reread(b, s, p, t, art, err);
}

/* A page that leads to a host that is left alone has not failed. */
static bool is_failure(const struct capture *c)
{
	return c->err.code != E_PAUSED && (c->outcome == OUTCOME_HTTP_ERROR ||
	    c->outcome == OUTCOME_FETCH_ERROR || c->outcome == OUTCOME_REFUSED);
}

static void set_canonical(struct item *it, struct j_page *page)
{
	struct item *other;

	page->canonical_key = (struct hash128){{0}};
	if (!it->capture.article || !it->article.canonical_url.n)
		return;
	other = item_new();
	if (!item_set_url(other, it->article.canonical_url, NULL))
		page->canonical_key = other->capture.url_key;
	item_free(other);
}

/* Known, or known with another body: nothing is recorded. */
static void judged_before(const struct turns *x, struct batch *b,
    struct item *it, enum claim_result claim, const struct record *rec)
{
	x->stats->known += claim == CLAIM_KNOWN;
	x->stats->conflicts += claim == CLAIM_CONFLICT;
	it->conflict = claim == CLAIM_CONFLICT;
	if (it->crawled)
		batch_due_again(b, rec->host_key, it->capture.url_key, rec->at,
		    rec->at + (it->every ? it->every : AGAIN_AFTER));
}

/* The page's image; its outlet is made where it is new. */
static int find_page(struct batch *b, struct item *it,
    const struct claim *claim, struct page_row *row, struct err *err)
{
	int64_t outlet = it->outlet_id;

	if (!outlet && batch_outlet(b, it->outlet, it->outlet_host, &outlet,
	    err))
		return -1;
	batch_page(b, claim, outlet, it->external_id, row);
	set_canonical(it, row->image);
	return 0;
}

/* texts[i]: of items[i], if it has one and is judged. */
static int read_texts(struct batch *b, struct item **items,
    const struct claim *claims, size_t n, struct text **texts, struct err *err)
{
	struct arena *a = batch_arena(b);
	struct turn *turns = arena_zalloc(a, n + 1, sizeof(*turns));
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (claims[i].result != CLAIM_NEW)
			continue;
		item_text(items[i]);
		texts[i] = items[i]->text;
		if (find_page(b, items[i], &claims[i], &turns[k].row, err))
			return err_in(err, "%.*s", SLICE_FMT(items[i]->label));
		turns[k].item = items[i];
		turns[k++].text = texts[i];
	}
	return ahead(b, turns, k, err);
}

/* Nothing of it is kept; not either what was written just before `forget`. */
static void forget(const struct turns *x, struct item *it, struct record *rec)
{
	struct err err = {0};

	archive_forget(it);
	rec->body_hash = (struct hash128){{0}};
	if (it->warc.has_body && archive_erase(x->archive, it->warc.file,
	    it->warc.offset, &err))
		log_warn(&x->cli->log, "warc", "%s", err.message);
	it->warc.has_body = false;
}

static int judge_item(const struct turns *x, struct batch *b, struct plan *plan,
    struct item *it, const struct claim *claim, struct text *text,
    struct err *err)
{
	struct capture *c = &it->capture;
	struct page_row row;
	struct record rec = {.capture = c, .page = &row,
	    .capture_id = claim->capture_id, .body_hash = claim->body_hash,
	    .host_key = claim->host_key, .scheduled = it->crawled,
	    .kind = it->kind};
	struct judge_input in = {.capture = c};
	struct judge_result res;
	struct judge_io io;
	bool forgotten;

	rec.at = in.at = it->observed_at;
	it->rule = NULL; /* of a batch that failed */
	it->story = 0;
	it->conflict = false;
	if (claim->result != CLAIM_NEW) {
		judged_before(x, b, it, claim->result, &rec);
		return 0;
	}
	if (find_page(b, it, claim, &row, err))
		return -1;
	/* the host's pages are counted, those of this batch too */
	if (it->crawled && row.image->missed_at != TIME_NONE &&
	    batch_settle(b, err))
		return -1;
	if (it->crawled && doubt_miss(x->cli, x->db, it, &row, err))
		return -1;
	if (text) {
		if (batch_forgotten(b, text->hash, &forgotten, err))
			return -1;
		row.forgotten |= forgotten;
	}
	if (row.forgotten) {
		text = NULL;
		forget(x, it, &rec);
	}
	rec.warc = it->warc;
	fill_io(&io, b);
	if (text) {
		if (raise_revision(x, b, it, &row, err))
			return -1;
		in.text = text;
		rec.text_hash = text->hash;
	}
	if (judge_capture(&io, batch_arena(b), row.image, &in, &res, err))
		return -1;
	rec.failed = is_failure(c);
	rec.next_fetch = TIME_NONE;
	if (it->crawled && plan_next(plan, it, &res, &rec, err))
		return -1;
	if (batch_record(b, &rec, err) || rights_record(x->db, c, rec.host_key,
	    rec.capture_id, rec.at, err))
		return -1;
	x->stats->judged++;
	it->rule = res.rule;
	it->story = row.image->story_id;
	return 0;
}

/* The one line of a visit: what it became, and of which story it is. Why a page
 * was not fetched, or gave no text, is what operators look for. */
static void tell(const struct cli *cli, const struct item *it)
{
	const enum log_level level = it->crawled ? LOG_INFO : LOG_DEBUG;
	const struct capture *c = &it->capture;
	const char *message = c->err.message;
	struct strbuf sb = STRBUF_INIT;

	if (level < cli->log.level)
		return;
	if (c->err.code)
		strbuf_addf(&sb, " code=%s", code_name(c->err.code));
	strbuf_addf(&sb, " http=%d ms=%lld bytes=%zu", c->http_status,
	    (long long)(c->duration / 1000), c->bytes.n);
	if (it->story)
		strbuf_addf(&sb, " story=%lld", (long long)it->story);
	if (it->rule)
		strbuf_addf(&sb, " rule=%s", it->rule);
	else if (!*message)
		message = "judged before";
	log_line(&cli->log, level, "visit",
	    "host=%.*s url=%.*s outcome=%s%s%s%s", SLICE_FMT(c->host),
	    SLICE_FMT(c->url), outcome_name(c->outcome), sb.p,
	    *message ? ": " : "", message);
	strbuf_release(&sb);
}

/* Said once the batch stands: one that failed is judged again, by halves. */
static void tell_conflict(const struct cli *cli, const struct item *it)
{
	log_warn(&cli->log, "judge", "host=%.*s url=%.*s code=%s: captured "
	    "before with another body", SLICE_FMT(it->capture.host),
	    SLICE_FMT(it->capture.url), code_name(E_CAPTURE_CONFLICT));
}

void turns_tell(const struct cli *cli, struct item *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (items[i]->conflict)
			tell_conflict(cli, items[i]);
		if (!items[i]->fenced)
			tell(cli, items[i]);
	}
}

static struct claim *claims_of(struct item **items, size_t n)
{
	struct claim *claims = xcalloc(n, sizeof(*claims));

	for (size_t i = 0; i < n; i++) {
		const struct capture *c = &items[i]->capture;

		claims[i].capture = c;
		claims[i].capture_id = capture_id(c);
		claims[i].list = items[i]->kind != NULL;
		if (c->bytes.p)
			claims[i].body_hash = hash128(c->bytes.p, c->bytes.n);
		claims[i].said = items[i]->said;
	}
	return claims;
}

/* Items that another worker's hosts are of go to the end, in any order; *n is
 * how many are left. They stay due, and are his. */
static int leave_fenced(const struct turns *x, struct batch *b,
    struct item **items, size_t *n, struct err *err)
{
	struct fence *f = xcalloc(*n, sizeof(*f));
	size_t left = 0;
	int rc;

	for (size_t i = 0; i < *n; i++)
		f[i] = (struct fence){host_key_of(items[i]->capture.host),
		    items[i]->fence, true};
	rc = batch_fences(b, f, *n, err);
	for (size_t i = 0; i < *n && !rc; i++) {
		struct item *it = items[i];

		it->fenced = it->fence && !f[i].holds;
		if (!it->fenced) {
			items[i] = items[left];
			items[left++] = it;
			continue;
		}
		x->stats->fenced++;
		log_warn(&x->cli->log, "fence", "host=%.*s url=%.*s: another "
		    "worker claimed the host since; the visit is left to it",
		    SLICE_FMT(it->capture.host), SLICE_FMT(it->capture.url));
	}
	free(f);
	*n = left;
	return rc;
}

/* Judges all that is new. */
static int judge_items(const struct turns *x, struct batch *b, struct plan *plan,
    struct item **items, size_t n, struct err *err)
{
	struct claim *claims = claims_of(items, n);
	struct text **texts = xcalloc(n + 1, sizeof(*texts));
	size_t forgot = batch_forgot(b);
	int rc = batch_claim(b, claims, n, err);

	if (!rc)
		rc = read_texts(b, items, claims, n, texts, err);
	for (size_t i = 0; i < n && !rc; i++) {
		if (batch_forgot(b) != forgot) { /* the rest is asked anew */
			forgot = batch_forgot(b);
			rc = read_texts(b, items + i, claims + i, n - i,
			    texts + i, err);
			if (rc)
				break;
		}
		rc = judge_item(x, b, plan, items[i], &claims[i], texts[i],
		    err);
		if (!rc && i % AT_ONCE == FIRST - 1)
			rc = batch_write(b, err);
		if (rc)
			err_in(err, "%.*s", SLICE_FMT(items[i]->label));
	}
	free(claims);
	free(texts);
	return rc;
}

int turns_judge(const struct turns *x, struct batch *b, struct item **items,
    size_t n, struct err *err)
{
	struct plan *plan = plan_new(b);
	int rc = 0;

	if (items[0]->crawled)
		rc = leave_fenced(x, b, items, &n, err);
	if (!rc)
		rc = judge_items(x, b, plan, items, n, err);
	if (!rc)
		rc = plan_save(plan, err);
	plan_free(plan);
	return rc;
}
