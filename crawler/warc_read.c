#include "crawler/warc_read.h"

#include "core/zip.h"

#include <errno.h>
#include <stdlib.h>

#define CHUNK	   (64 << 10)
#define HEAD_MAX   (64 << 10) /* of a record's own fields */
#define TRY_BYTES  1024	      /* of what may be a member, to tell */
#define REWIND_MAX (4 * (int64_t)WARC_BLOCK_MAX) /* beyond what was read */

struct warc_reader {
	FILE *f;
	struct unzip *zip;
	bool begun, gz, in_member, has_line, line_shares;
	bool lost, forward; /* forward: the gzip is sound, the record is not */
	char raw[CHUNK], out[CHUNK];
	struct slice in;      /* of raw, not yet taken */
	int64_t at;	      /* of the stream, behind what was taken of raw */
	struct slice ready;   /* of raw or out: what is read from */
	int64_t member;	      /* where it began */
	int64_t member_bytes; /* unpacked of it, ready's too */
	int64_t ended;	      /* where the last whole member ended */
	int64_t lost_from, rewound;
	int64_t line_at; /* has_line: head holds a record's first line */
	struct err later; /* met while the record before was ended */
	struct strbuf head, block;
};

struct warc_reader *warc_reader_new(FILE *f)
{
	struct warc_reader *r = xcalloc(1, sizeof(*r));

	r->f = f;
	r->zip = unzip_new();
	r->at = ftello(f);
	if (r->at < 0)
		r->at = 0; /* a pipe: offsets count from here */
	strbuf_init(&r->head);
	strbuf_init(&r->block);
	return r;
}

void warc_reader_free(struct warc_reader *r)
{
	if (!r)
		return;
	unzip_free(r->zip);
	strbuf_release(&r->head);
	strbuf_release(&r->block);
	free(r);
}

bool warc_sniff(struct slice begins)
{
	return zip_is_gzip(begins) || slice_starts(begins, SLICE("WARC/"));
}

/* ---- bytes ---------------------------------------------------------------- */

/* At least want bytes in r->in, if the stream has them: how many there are. */
static long peek_raw(struct warc_reader *r, size_t want, struct err *err)
{
	while (r->in.n < want) {
		size_t n;

		memmove(r->raw, r->in.p ? r->in.p : r->raw, r->in.n);
		n = fread(r->raw + r->in.n, 1, CHUNK - r->in.n, r->f);
		r->in = (struct slice){r->raw, r->in.n + n};
		if (ferror(r->f))
			return err_set(err, E_IO, "%s", strerror(errno));
		if (!n)
			break;
	}
	return (long)r->in.n;
}

static void take_raw(struct warc_reader *r, size_t n)
{
	r->in = slice_sub(r->in, n, r->in.n);
	r->at += (int64_t)n;
}

/* Unpacks a little; r->ready is empty before. */
static int step(struct warc_reader *r, size_t cap, struct err *err)
{
	struct slice in = r->in;
	size_t n;
	enum unzip_step rc = unzip_step(r->zip, &in, r->out, cap, &n);

	take_raw(r, r->in.n - in.n);
	r->ready = (struct slice){r->out, n};
	r->member_bytes += (int64_t)n;
	if (rc == UNZIP_BAD)
		return err_set(err, E_BAD_ENCODING,
		    "the gzip member is corrupt");
	if (rc == UNZIP_END) {
		r->in_member = false;
		r->ended = r->at;
	}
	return 0;
}

static void begin_member(struct warc_reader *r)
{
	unzip_reset(r->zip);
	r->in_member = true;
	r->member = r->at;
	r->member_bytes = 0;
}

static int fill_gzip(struct warc_reader *r, struct err *err)
{
	while (!r->ready.n) {
		long n = peek_raw(r, 1, err);

		if (n < 0)
			return -1;
		if (!n && r->in_member)
			return err_set(err, E_TRUNCATED,
			    "the gzip member is cut short");
		if (!n)
			return 0;
		if (!r->in_member) {
			begin_member(r);
			if (peek_raw(r, 3, err) < 0)
				return -1;
			if (!zip_is_gzip(r->in))
				return err_set(err, E_BAD_ENCODING,
				    "no gzip member begins here");
		}
		if (step(r, CHUNK, err))
			return -1;
	}
	return 1;
}

/* Something in r->ready: 1; the end: 0. */
static int fill(struct warc_reader *r, struct err *err)
{
	long n;

	if (r->ready.n)
		return 1;
	if (!r->begun) {
		if (peek_raw(r, 3, err) < 0)
			return -1;
		r->begun = true;
		r->gz = zip_is_gzip(r->in);
	}
	if (r->gz)
		return fill_gzip(r, err);
	n = peek_raw(r, 1, err);
	if (n <= 0)
		return (int)n;
	r->ready = r->in;
	take_raw(r, r->in.n);
	return 1;
}

static void take(struct warc_reader *r, size_t n)
{
	r->ready = slice_sub(r->ready, n, r->ready.n);
}

/* Of the stream: where r->ready is, or the member that holds it. */
static int64_t position(const struct warc_reader *r)
{
	return r->gz ? r->member : r->at - (int64_t)r->ready.n;
}

/* A line with its end, appended; 1, 0 at the end, 2 when over max. */
static int get_line(struct warc_reader *r, size_t max, struct strbuf *to,
    struct err *err)
{
	size_t from = to->n;
	int rc;

	while ((rc = fill(r, err)) > 0) {
		const char *lf = memchr(r->ready.p, '\n', r->ready.n);
		size_t n = lf ? (size_t)(lf - r->ready.p) + 1 : r->ready.n;

		if (to->n - from + n > max) {
			take(r, n);
			return 2;
		}
		strbuf_add(to, r->ready.p, n);
		take(r, n);
		if (lf)
			return 1;
	}
	return rc ? -1 : to->n > from;
}

/* n bytes, to `to` or nowhere. */
static int get_bytes(struct warc_reader *r, int64_t n, struct strbuf *to,
    struct err *err)
{
	while (n > 0) {
		int rc = fill(r, err);
		size_t k;

		if (rc < 0)
			return -1;
		if (!rc)
			return err_set(err, E_TRUNCATED,
			    "the last record is cut short");
		k = r->ready.n < (size_t)n ? r->ready.n : (size_t)n;
		if (to)
			strbuf_add(to, r->ready.p, k);
		take(r, k);
		n -= (int64_t)k;
	}
	return 0;
}

/* ---- after what is broken -------------------------------------------------- */

/* Back to where the next record may begin; else on from here. */
static void go_back(struct warc_reader *r)
{
	int64_t back = r->at - r->lost_from;

	r->in_member = false;
	if (!r->gz && r->ready.n) { /* nothing of it is lost */
		r->at -= (int64_t)r->ready.n;
		r->in = r->ready;
	}
	r->ready = SLICE_NONE;
	if (back <= 0 || r->rewound + back > REWIND_MAX + r->at ||
	    fseeko(r->f, r->lost_from, SEEK_SET))
		return;
	r->rewound += back;
	r->at = r->lost_from;
	r->in = SLICE_NONE;
}

static bool begins_record(struct warc_reader *r)
{
	struct err ignored;
	struct slice all = r->in, tried = slice_sub(r->in, 0, TRY_BYTES);
	int64_t at = r->at;

	begin_member(r);
	r->in = tried;
	if (!step(r, 16, &ignored) && slice_starts(r->ready, SLICE("WARC/"))) {
		r->in = slice_sub(all, (size_t)(r->at - at), all.n);
		return true;
	}
	r->in = all;
	r->at = at;
	r->in_member = false;
	r->ready = SLICE_NONE;
	return false;
}

/* 1: a member that holds a record begins; 0: none does. */
static int find_member(struct warc_reader *r, struct err *err)
{
	long n;

	while ((n = peek_raw(r, TRY_BYTES, err)) > 2) {
		const char *hit = memchr(r->in.p, 0x1f, r->in.n);

		if (!hit) {
			take_raw(r, r->in.n);
			continue;
		}
		if (hit > r->in.p) {
			take_raw(r, (size_t)(hit - r->in.p));
			continue;
		}
		if (zip_is_gzip(r->in) && begins_record(r))
			return 1;
		take_raw(r, 1);
	}
	if (n > 0)
		take_raw(r, (size_t)n);
	return n < 0 ? -1 : 0;
}

static int find_line(struct warc_reader *r, struct err *err)
{
	bool whole = r->lost_from == 0; /* the next line begins at its start */
	int rc;

	while ((rc = fill(r, err)) > 0) {
		int64_t at = position(r);
		bool shares = r->gz &&
		    r->member_bytes > (int64_t)r->ready.n;

		whole |= r->gz && !shares;
		strbuf_reset(&r->head);
		rc = get_line(r, HEAD_MAX, &r->head, err);
		if (rc <= 0)
			return rc;
		if (rc == 1 && whole && slice_starts(strbuf_slice(&r->head),
		    SLICE("WARC/"))) {
			r->has_line = true;
			r->line_at = at;
			r->line_shares = shares;
			return 1;
		}
		whole = rc == 1;
	}
	return rc;
}

static int find_record(struct warc_reader *r, struct err *err)
{
	if (r->forward)
		return find_line(r, err);
	go_back(r);
	return r->gz ? find_member(r, err) : find_line(r, err);
}

/* ---- a record's head ------------------------------------------------------- */

struct slice warc_field(struct slice lines, const char *name)
{
	size_t len = strlen(name);

	while (lines.n) {
		const char *lf = memchr(lines.p, '\n', lines.n);
		size_t n = lf ? (size_t)(lf - lines.p) + 1 : lines.n;
		struct slice line = slice_sub(lines, 0, n);

		lines = slice_sub(lines, n, lines.n);
		if (line.n > len && line.p[len] == ':' &&
		    slice_ieq(slice_sub(line, 0, len), slice_of(name)))
			return slice_trim(slice_sub(line, len + 1, line.n));
	}
	return SLICE_NONE;
}

/* "<urn:uuid:...>", and the URLs that old versions of wget write so. */
static struct slice bare(struct slice s)
{
	return s.n > 1 && s.p[0] == '<' && s.p[s.n - 1] == '>' ?
	    slice_sub(s, 1, s.n - 1) : s;
}

static usec_t time_of(struct slice s)
{
	usec_t t;

	return s.n && !time_parse(s, &t) ? t : TIME_NONE;
}

static enum warc_type type_of(struct slice s)
{
	static const struct {
		const char *name;
		enum warc_type type;
	} types[] = {{"warcinfo", WARC_INFO}, {"response", WARC_RESPONSE},
	    {"resource", WARC_RESOURCE}, {"revisit", WARC_REVISIT},
	    {"metadata", WARC_METADATA}, {"request", WARC_REQUEST},
	    {"conversion", WARC_CONVERSION}};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (slice_ieq(s, slice_of(types[i].name)))
			return types[i].type;
	return WARC_OTHER;
}

static void read_fields(struct slice head, struct warc_record *rec)
{
	rec->type = type_of(warc_field(head, "WARC-Type"));
	rec->id = bare(warc_field(head, "WARC-Record-ID"));
	rec->url = bare(warc_field(head, "WARC-Target-URI"));
	rec->concurrent_to = bare(warc_field(head, "WARC-Concurrent-To"));
	rec->refers_to = bare(warc_field(head, "WARC-Refers-To"));
	rec->refers_to_url = bare(warc_field(head,
	    "WARC-Refers-To-Target-URI"));
	rec->refers_to_at = time_of(warc_field(head, "WARC-Refers-To-Date"));
	rec->profile = warc_field(head, "WARC-Profile");
	rec->content_type = warc_field(head, "Content-Type");
	rec->payload_digest = warc_field(head, "WARC-Payload-Digest");
	rec->truncated = warc_field(head, "WARC-Truncated");
	rec->filename = warc_field(head, "WARC-Filename");
	rec->at = time_of(warc_field(head, "WARC-Date"));
}

static int length_of(struct slice head, int64_t *n, struct err *err)
{
	struct slice s = warc_field(head, "Content-Length");

	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *n > INT64_MAX / 20)
			s.n = 0;
		else
			*n = *n * 10 + (s.p[i] - '0');
	}
	if (!s.n)
		return err_set(err, E_BAD_RECORD,
		    "the record has no Content-Length");
	return 0;
}

static bool is_blank(const char *line)
{
	return line[line[0] == '\r'] == '\n';
}

/* The first line is there. */
static int get_head(struct warc_reader *r, struct err *err)
{
	for (;;) {
		size_t from = r->head.n;
		int rc = get_line(r, HEAD_MAX, &r->head, err);
		const char *line = r->head.p + from;

		if (rc < 0)
			return -1;
		if (!rc || (rc == 1 && r->head.p[r->head.n - 1] != '\n'))
			return err_set(err, E_TRUNCATED,
			    "the last record is cut short");
		if (rc == 2 || r->head.n > HEAD_MAX)
			return err_set(err, E_BAD_RECORD,
			    "a record's head is over %d bytes", HEAD_MAX);
		if (is_blank(line))
			return 0;
		/* WARC 1.1, 4: a line may go on after white space */
		if (*line != ' ' && *line != '\t' && !memchr(line, ':',
		    r->head.n - from))
			return err_set(err, E_BAD_RECORD,
			    "a line of a record's head has no colon");
	}
}

/* ---- records --------------------------------------------------------------- */

/* Blank lines behind a block: those of the format, and some tools' more. What
 * is wrong behind them is the next record's. */
static int end_record(struct warc_reader *r, int64_t start, struct err *err)
{
	struct err why = {0};
	int rc;

	while ((rc = fill(r, &why)) > 0 &&
	    (*r->ready.p == '\r' || *r->ready.p == '\n'))
		take(r, 1);
	if (rc < 0 && (!r->gz || r->member == start)) {
		*err = why;
		return -1;
	}
	if (rc < 0)
		r->later = why;
	return 0;
}

static bool wants_block(enum warc_type t)
{
	return t != WARC_OTHER && t != WARC_REQUEST && t != WARC_CONVERSION;
}

/* The block, and what separates it from the next record. */
static int get_block(struct warc_reader *r, struct warc_record *rec,
    bool shares, struct err *err)
{
	bool wants = wants_block(rec->type), large;
	int64_t n, from;

	if (length_of(strbuf_slice(&r->head), &n, err))
		return -1;
	large = wants && n > WARC_BLOCK_MAX;
	strbuf_reset(&r->block);
	if (get_bytes(r, n, wants && !large ? &r->block : NULL, err))
		return -1;
	from = r->gz ? r->member_bytes - (int64_t)r->ready.n : position(r);
	if (end_record(r, rec->offset, err))
		return -1;
	if (r->ready.n && (!r->gz || r->member == rec->offset) &&
	    (r->gz ? r->member_bytes - (int64_t)r->ready.n : position(r)) ==
	    from)
		return err_set(err, E_BAD_RECORD,
		    "no empty line follows the record's Content-Length");
	rec->block = strbuf_slice(&r->block);
	if (!r->gz)
		rec->length = position(r) - rec->offset;
	else if (!shares && r->member > rec->offset)
		rec->length = r->member - rec->offset; /* the next began */
	else if (!shares && r->ended > rec->offset)
		rec->length = r->ended - rec->offset;
	if (!large)
		return 0;
	err_set(err, E_RECORD_TOO_LARGE,
	    "the block has %lld bytes; %d are the limit", (long long)n,
	    WARC_BLOCK_MAX);
	return 1;
}

/* The first line of the next record into r->head: 1, 0, -1. */
static int next_line(struct warc_reader *r, struct warc_record *rec,
    bool *shares, struct err *err)
{
	int rc;

	if (r->lost) {
		rc = find_record(r, err);
		if (rc <= 0)
			return rc;
		r->lost = false;
	}
	*shares = false;
	if (r->has_line) {
		rec->offset = r->line_at;
		*shares = r->line_shares;
		r->has_line = false;
		return 1;
	}
	rc = fill(r, err);
	rec->offset = rc ? position(r) : r->at;
	if (rc <= 0)
		return rc;
	*shares = r->gz && r->member_bytes > (int64_t)r->ready.n;
	strbuf_reset(&r->head);
	rc = get_line(r, HEAD_MAX, &r->head, err);
	if (rc < 0)
		return -1;
	if (rc != 1 || !slice_starts(strbuf_slice(&r->head), SLICE("WARC/")))
		return err_set(err, E_BAD_RECORD, "no WARC record begins here");
	return 1;
}

/* From here on the next record is looked for. */
static int lose(struct warc_reader *r, int64_t from, const struct err *why)
{
	r->lost = true;
	r->lost_from = from + 1;
	r->forward = r->gz && r->member == from && why->code == E_BAD_RECORD;
	return -1;
}

int warc_read(struct warc_reader *r, struct warc_record *rec, struct err *err)
{
	bool shares = false;
	int rc;

	*rec = (struct warc_record){.length = -1, .at = TIME_NONE,
	    .refers_to_at = TIME_NONE, .offset = r->at};
	if (r->later.code) {
		*err = r->later;
		r->later = (struct err){0};
		rec->offset = r->member;
		return lose(r, r->member, err);
	}
	rc = next_line(r, rec, &shares, err);
	if (!rc)
		return 0;
	if (rc < 0 || get_head(r, err))
		return lose(r, rec->offset, err);
	read_fields(strbuf_slice(&r->head), rec);
	rc = get_block(r, rec, shares, err);
	if (rc < 0)
		return lose(r, rec->offset, err);
	return rc ? -1 : 1;
}

int warc_read_at(FILE *f, int64_t offset, struct warc_reader **r,
    struct warc_record *rec, struct err *err)
{
	int rc;

	*r = NULL;
	if (fseeko(f, offset, SEEK_SET))
		return err_set(err, E_IO, "%s", strerror(errno));
	*r = warc_reader_new(f);
	rc = warc_read(*r, rec, err);
	if (!rc)
		err_set(err, E_BAD_RECORD, "no record begins at %lld",
		    (long long)offset);
	if (rc <= 0) {
		warc_reader_free(*r);
		*r = NULL;
	}
	return rc == 1 ? 0 : -1;
}
