#include "crawler/warc.h"

#include "core/arena.h"
#include "core/digest.h"
#include "core/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define TYPE_FIELDS "application/warc-fields"

struct warc {
	struct warc_conf conf;
	int fd; /* -1: no file is open */
	char name[WARC_NAME];
	int64_t size, day;
	struct hash128 info; /* the warcinfo of the file */
	unsigned serial;
	struct strbuf head, block, out;
};

/* ---- records -------------------------------------------------------------- */

/* RFC 4122, 4.4: a random UUID. */
static struct hash128 new_id(void)
{
	struct hash128 h;

	if (getrandom(h.b, sizeof(h.b), 0) != sizeof(h.b))
		BUG("getrandom");
	h.b[6] = (unsigned char)((h.b[6] & 0x0f) | 0x40);
	h.b[8] = (unsigned char)((h.b[8] & 0x3f) | 0x80);
	return h;
}

static void add_id(struct strbuf *to, const char *name, struct hash128 id)
{
	char hex[HASH128_HEX];

	hash128_hex(id, hex);
	strbuf_addf(to, "%s: <urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s>\r\n", name,
	    hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static void add_time(struct strbuf *to, const char *name, usec_t t)
{
	char text[TIME_TEXT];

	strbuf_addf(to, "%s: %s\r\n", name, time_text(t, text));
}

static void begin(struct warc *w, const char *type, struct hash128 id,
    usec_t at)
{
	strbuf_reset(&w->head);
	strbuf_reset(&w->block);
	strbuf_addf(&w->head, "WARC/1.1\r\nWARC-Type: %s\r\n", type);
	add_id(&w->head, "WARC-Record-ID", id);
	add_time(&w->head, "WARC-Date", at);
}

/* The record of w->head and w->block as a member behind w->out. */
static void end(struct warc *w, const char *content_type)
{
	struct slice block = strbuf_slice(&w->block);
	char digest[DIGEST_TEXT];

	strbuf_addf(&w->head, "WARC-Block-Digest: %s\r\nContent-Type: %s\r\n"
	    "Content-Length: %zu\r\n\r\n", digest_sha1(&block, 1, digest),
	    content_type, block.n);
	strbuf_addsl(&w->head, block);
	strbuf_adds(&w->head, "\r\n\r\n");
	zip_gzip(strbuf_slice(&w->head), &w->out);
}

static void add_info(struct warc *w)
{
	w->info = new_id();
	begin(w, "warcinfo", w->info, clock_now(w->conf.clock));
	strbuf_addf(&w->head, "WARC-Filename: %s\r\n", w->name);
	strbuf_addf(&w->block, "software: Dateline/%s\r\n"
	    "format: WARC File Format 1.1\r\n"
	    "conformsTo: http://iipc.github.io/warc-specifications/"
	    "specifications/warc-format/warc-1.1/\r\n", DATELINE_VERSION);
	if (w->conf.agent)
		strbuf_addf(&w->block, "http-header-user-agent: %s\r\n",
		    w->conf.agent);
	strbuf_adds(&w->block, "robots: obey\r\n");
	end(w, TYPE_FIELDS);
}

/* HTTP/2 and 3 have no status line: libcurl makes "HTTP/2 200 ". */
static void add_status_line(struct strbuf *to, struct slice line)
{
	if (slice_starts(line, SLICE("HTTP/1."))) {
		strbuf_addsl(to, line);
		return;
	}
	while (line.n && *line.p != ' ' && *line.p != '\r')
		line = slice_sub(line, 1, line.n);
	strbuf_adds(to, "HTTP/1.1");
	strbuf_addsl(to, line);
}

/* Lines of the answer's head; see the header on Transfer-Encoding. */
static void add_head(struct strbuf *to, struct slice head)
{
	while (head.n) {
		const char *lf = memchr(head.p, '\n', head.n);
		size_t n = lf ? (size_t)(lf - head.p) + 1 : head.n;
		struct slice line = slice_sub(head, 0, n);

		head = slice_sub(head, n, head.n);
		if (slice_starts(line, SLICE("HTTP/"))) {
			add_status_line(to, line);
			continue;
		}
		if (slice_istarts(line, SLICE("transfer-encoding:")))
			strbuf_adds(to, "X-Crawl-");
		strbuf_addsl(to, line);
	}
	if (to->n < 4 || memcmp(to->p + to->n - 4, "\r\n\r\n", 4))
		strbuf_adds(to, "\r\n");
}

/* WARC 1.1, 6.7.2 and 6.7.3. */
static void add_revisit(struct warc *w, const struct warc_visit *v)
{
	const struct warc_origin *o = v->origin;

	strbuf_addf(&w->head, "WARC-Profile: http://netpreserve.org/warc/1.1/"
	    "revisit/%s\r\n", v->unchanged ? "server-not-modified" :
	    "identical-payload-digest");
	if (!o)
		return;
	if (!hash128_is_zero(o->id))
		add_id(&w->head, "WARC-Refers-To", o->id);
	strbuf_addf(&w->head, "WARC-Refers-To-Target-URI: %.*s\r\n",
	    SLICE_FMT(o->url));
	add_time(&w->head, "WARC-Refers-To-Date", o->at);
}

static void add_answer(struct warc *w, const struct warc_visit *v,
    struct warc_written *out)
{
	digest_sha1(&v->body, 1, out->digest);
	out->revisit = v->unchanged || (v->origin && v->body.n &&
	    slice_is(v->origin->digest, out->digest));
	begin(w, out->revisit ? "revisit" : "response", out->id, v->at);
	strbuf_addf(&w->head, "WARC-Target-URI: %.*s\r\n", SLICE_FMT(v->url));
	if (v->address.n)
		strbuf_addf(&w->head, "WARC-IP-Address: %.*s\r\n",
		    SLICE_FMT(v->address));
	add_id(&w->head, "WARC-Warcinfo-ID", w->info);
	if (out->revisit)
		add_revisit(w, v);
	if (!v->unchanged)
		strbuf_addf(&w->head, "WARC-Payload-Digest: %s\r\n",
		    out->digest);
	add_head(&w->block, v->head);
	if (!out->revisit)
		strbuf_addsl(&w->block, v->body);
	end(w, "application/http; msgtype=response");
}

static void add_metadata(struct warc *w, const struct warc_visit *v,
    struct hash128 of, struct hash128 id)
{
	begin(w, "metadata", id, v->at);
	strbuf_addf(&w->head, "WARC-Target-URI: %.*s\r\n", SLICE_FMT(v->url));
	add_id(&w->head, "WARC-Warcinfo-ID", w->info);
	if (!hash128_is_zero(of))
		add_id(&w->head, "WARC-Concurrent-To", of);
	strbuf_addsl(&w->block, v->fields);
	end(w, TYPE_FIELDS);
}

/* ---- files ---------------------------------------------------------------- */

struct warc *warc_new(const struct warc_conf *conf)
{
	struct warc *w = xcalloc(1, sizeof(*w));

	w->conf = *conf;
	w->fd = -1;
	strbuf_init(&w->head);
	strbuf_init(&w->block);
	strbuf_init(&w->out);
	return w;
}

static void close_file(struct warc *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

void warc_free(struct warc *w)
{
	if (!w)
		return;
	close_file(w);
	strbuf_release(&w->head);
	strbuf_release(&w->block);
	strbuf_release(&w->out);
	free(w);
}

static int make_dir(const char *dir, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	int rc = 0;

	strbuf_adds(&sb, dir);
	for (size_t i = 1; i <= sb.n && !rc; i++) {
		char c = sb.p[i];

		if (c && c != '/')
			continue;
		sb.p[i] = '\0';
		/* pages are others' property: nobody else need read them */
		if (mkdir(sb.p, 0700) && errno != EEXIST)
			rc = err_set(err, E_IO, "%s: %s", sb.p,
			    strerror(errno));
		sb.p[i] = c;
	}
	strbuf_release(&sb);
	return rc;
}

#define HOST_MAX 40 /* bytes of the machine's name in a file's */

/* The machine's name without what parts a file's. */
static void host_here(char host[HOST_MAX + 1])
{
	char name[65] = "";

	gethostname(name, sizeof(name) - 1);
	snprintf(host, HOST_MAX + 1, "%s", *name ? name : "host");
	for (char *p = host; *p; p++)
		if (*p == '-' || *p == '/')
			*p = '_';
}

bool warc_is_of_here(struct slice name)
{
	char host[HOST_MAX + 1];
	struct slice s = name;

	for (int i = 0; i < 3; i++) { /* behind the time and the serial */
		long at = slice_find(s, SLICE("-"), 0);

		if (at < 0)
			return false;
		s = slice_sub(s, (size_t)at + 1, s.n);
	}
	host_here(host);
	return slice_starts(s, slice_of(host)) && s.n > strlen(host) &&
	    s.p[strlen(host)] == '-';
}

/* Names are in order of time, and of one process alone: dateline-
 * 20201126T081900Z-00000-HOST-PID-RANDOM.warc.gz */
static void name_file(struct warc *w)
{
	struct civil c = civil_from_usec(clock_now(w->conf.clock));
	struct hash128 random = new_id();
	char host[HOST_MAX + 1];

	host_here(host);
	snprintf(w->name, sizeof(w->name), "dateline-%04d%02d%02dT%02d%02d"
	    "%02dZ-%05u-%s-%ld-%02x%02x%02x%02x.warc.gz", c.year, c.month,
	    c.day, c.hour, c.minute, c.second, w->serial++, host,
	    (long)getpid(), random.b[0], random.b[1], random.b[2],
	    random.b[3]);
}

static int sync_dir(const struct warc *w, struct err *err)
{
	int fd = open(w->conf.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	rc = fd < 0 || fsync(fd);
	if (rc)
		err_set(err, E_IO, "%s: %s", w->conf.dir, strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc ? -1 : 0;
}

static int open_file(struct warc *w, int64_t day, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc = -1;

	if (make_dir(w->conf.dir, err))
		return -1;
	name_file(w);
	strbuf_addf(&path, "%s/%s", w->conf.dir, w->name);
	w->fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	w->size = 0;
	w->day = day;
	if (w->fd < 0)
		err_set(err, E_IO, "%s: %s", path.p, strerror(errno));
	else
		rc = sync_dir(w, err);
	if (rc)
		close_file(w);
	else /* `retain` leaves alone what is written; EX cannot fail: new */
		flock(w->fd, LOCK_EX | LOCK_NB);
	strbuf_release(&path);
	return rc;
}

/* All of w->out, or nothing. */
static int put(struct warc *w, struct err *err)
{
	size_t n = 0;

	while (n < w->out.n) {
		ssize_t k = pwrite(w->fd, w->out.p + n, w->out.n - n,
		    w->size + (off_t)n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			err_set(err, E_IO, "%s/%s: %s", w->conf.dir, w->name,
			    strerror(k ? errno : ENOSPC));
			if (ftruncate(w->fd, w->size))
				close_file(w); /* what is cut stays its last */
			return -1;
		}
		n += (size_t)k;
	}
	w->size += (int64_t)w->out.n;
	return 0;
}

/* A file that could not even be begun is none. */
static void drop_file(struct warc *w)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_addf(&path, "%s/%s", w->conf.dir, w->name);
	unlink(path.p);
	strbuf_release(&path);
	close_file(w);
}

/* A file that is open and has room, with its warcinfo. */
static int ready(struct warc *w, struct err *err)
{
	int64_t day = clock_now(w->conf.clock) / USEC_DAY;

	if (w->fd >= 0 && (w->size >= w->conf.max_bytes || w->day != day)) {
		if (warc_sync(w, err))
			return -1;
		close_file(w);
	}
	if (w->fd >= 0)
		return 0;
	if (open_file(w, day, err))
		return -1;
	strbuf_reset(&w->out);
	add_info(w);
	if (put(w, err)) {
		drop_file(w);
		return -1;
	}
	return 0;
}

int warc_write(struct warc *w, const struct warc_visit *v,
    struct warc_written *out, struct err *err)
{
	*out = (struct warc_written){.id = new_id()};
	if (ready(w, err))
		return -1;
	out->place.offset = w->size;
	memcpy(out->place.file, w->name, sizeof(w->name));
	strbuf_reset(&w->out);
	if (v->head.p) {
		add_answer(w, v, out);
		add_metadata(w, v, out->id, new_id());
	} else {
		add_metadata(w, v, (struct hash128){{0}}, out->id);
	}
	return put(w, err);
}

/* Who looks for a record goes by the name of its file. */
static bool lies_there(const struct warc *w)
{
	struct strbuf path = STRBUF_INIT;
	struct stat ours, named;
	bool yes;

	strbuf_addf(&path, "%s/%s", w->conf.dir, w->name);
	yes = !fstat(w->fd, &ours) && !stat(path.p, &named) &&
	    ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
	strbuf_release(&path);
	return yes;
}

int warc_sync(struct warc *w, struct err *err)
{
	if (w->fd < 0)
		return 0;
	if (fdatasync(w->fd))
		return err_set(err, E_IO, "%s/%s: %s", w->conf.dir, w->name,
		    strerror(errno));
	if (lies_there(w))
		return 0;
	close_file(w);
	return err_set(err, E_NOT_FOUND, "%s/%s was removed or moved while it "
	    "was written", w->conf.dir, w->name);
}
