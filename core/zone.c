#include "core/zone.h"

#include "core/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONEINFO  "/usr/share/zoneinfo"
#define TZIF_MAX  (256 << 10) /* the largest of tzdata has 4 kB */
#define NAME_MAX_ 64

/* A rule of the footer (RFC 8536, 3.3): Mm.w.d/time, n or Jn. */
struct rule {
	char kind; /* 'M', 'J', '0' */
	int m, w, d, time_s;
};

struct zone {
	char name[NAME_MAX_];
	size_t n;
	int64_t *at;   /* seconds, of transitions */
	int32_t *offset; /* from then on */
	int32_t first; /* before the first transition */
	bool has_rule, has_dst;
	int32_t std, dst;
	struct rule start, end;
};

/* ---- TZif ---------------------------------------------------------------------- */

static int64_t be(const unsigned char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	if (n == 4)
		return (int32_t)(uint32_t)v;
	return (int64_t)v;
}

struct header {
	size_t isutc, isstd, leap, time, type, chars;
};

#define HEADER 44

static struct header read_header(const unsigned char *p)
{
	return (struct header){(size_t)be(p + 20, 4), (size_t)be(p + 24, 4),
	    (size_t)be(p + 28, 4), (size_t)be(p + 32, 4), (size_t)be(p + 36, 4),
	    (size_t)be(p + 40, 4)};
}

static size_t block_size(const struct header *h, size_t time)
{
	return h->time * time + h->time + h->type * 6 + h->chars +
	    h->leap * (time + 4) + h->isstd + h->isutc;
}

/* "<+0530>-5:30" or "EST5EDT,M3.2.0,M11.1.0": RFC 8536, 3.3. */
static const char *skip_name(const char *p)
{
	if (*p == '<') {
		while (*p && *p != '>')
			p++;
		return *p ? p + 1 : p;
	}
	while ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'))
		p++;
	return p;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static int read_time(const char **p)
{
	int sign = 1, part[3] = {0, 0, 0};

	if (**p == '-' || **p == '+')
		sign = *(*p)++ == '-' ? -1 : 1;
	for (int i = 0; i < 3; i++) {
		while (**p >= '0' && **p <= '9' && part[i] < 1000)
			part[i] = part[i] * 10 + *(*p)++ - '0';
		if (**p != ':')
			break;
		(*p)++;
	}
	return sign * (part[0] * 3600 + part[1] * 60 + part[2]);
}

static int number(const char **p)
{
	int v = 0;

	while (**p >= '0' && **p <= '9' && v < 10000)
		v = v * 10 + *(*p)++ - '0';
	return v;
}

static struct rule read_rule(const char **p)
{
	struct rule r = {.kind = '0', .time_s = 7200};

	if (**p == ',')
		(*p)++;
	if (**p == 'M') {
		r.kind = 'M';
		(*p)++;
		r.m = number(p);
		*p += **p == '.';
		r.w = number(p);
		*p += **p == '.';
		r.d = number(p);
	} else {
		if (**p == 'J') {
			r.kind = 'J';
			(*p)++;
		}
		r.d = number(p);
	}
	if (**p == '/') {
		(*p)++;
		r.time_s = read_time(p);
	}
	return r;
}

static void read_footer(struct zone *z, const char *p)
{
	const char *name_end = skip_name(p);

	if (name_end == p)
		return;
	p = name_end;
	z->std = -read_time(&p);
	z->has_rule = true;
	if (!*p || *p == '\n')
		return;
	p = skip_name(p);
	z->dst = z->std + 3600;
	if (*p && *p != ',')
		z->dst = -read_time(&p);
	if (*p != ',')
		return;
	z->start = read_rule(&p);
	z->end = read_rule(&p);
	z->has_dst = true;
}

static int read_block(struct zone *z, const unsigned char *p,
    const struct header *h, size_t time)
{
	const unsigned char *types = p + h->time * time;
	const unsigned char *info = types + h->time;

	if (!h->type)
		return -1;
	z->n = h->time;
	z->at = xcalloc(z->n + 1, sizeof(*z->at));
	z->offset = xcalloc(z->n + 1, sizeof(*z->offset));
	z->first = (int32_t)be(info, 4);
	for (size_t i = 0; i < z->n; i++) {
		if (types[i] >= h->type)
			return -1;
		z->at[i] = be(p + i * time, (int)time);
		z->offset[i] = (int32_t)be(info + types[i] * 6, 4);
	}
	return 0;
}

static int read_tzif(struct zone *z, unsigned char *p, size_t n)
{
	struct header h;
	size_t size;

	if (n < HEADER || memcmp(p, "TZif", 4))
		return -1;
	h = read_header(p);
	size = HEADER + block_size(&h, 4);
	if (p[4] < '2') {
		if (size > n)
			return -1;
		return read_block(z, p + HEADER, &h, 4);
	}
	if (size > n || n - size < HEADER)
		return -1;
	p += size;
	n -= size;
	h = read_header(p);
	size = HEADER + block_size(&h, 8);
	if (size > n || read_block(z, p + HEADER, &h, 8))
		return -1;
	if (n > size && p[size] == '\n') {
		p[n] = '\0'; /* the buffer has one byte more */
		read_footer(z, (const char *)p + size + 1);
	}
	return 0;
}

/* ---- loading ---------------------------------------------------------------------- */

static bool name_ok(const char *name)
{
	if (!*name || *name == '/' || *name == '.' || strstr(name, "..") ||
	    strlen(name) >= NAME_MAX_)
		return false;
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
	    "wxyz0123456789_+-/") == strlen(name);
}

/* "+05:30", "-0800". */
static bool fixed_offset(const char *name, int32_t *offset)
{
	const char *p = name;
	int h, m = 0;

	if (*p != '+' && *p != '-')
		return false;
	p++;
	if (strspn(p, "0123456789") < 2)
		return false;
	h = (p[0] - '0') * 10 + p[1] - '0';
	p += 2 + (p[2] == ':');
	if (strspn(p, "0123456789") == 2)
		m = (p[0] - '0') * 10 + p[1] - '0';
	else if (*p)
		return false;
	if (h > 15 || m > 59)
		return false;
	*offset = (*name == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

static int load_file(struct zone *z, const char *name, struct err *err)
{
	char path[sizeof(ZONEINFO) + NAME_MAX_ + 1];
	unsigned char *buf = xmalloc(TZIF_MAX + 1);
	int fd, rc = -1;
	ssize_t n;

	snprintf(path, sizeof(path), "%s/%s", ZONEINFO, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, buf, TZIF_MAX);
	if (n < 0 || read_tzif(z, buf, (size_t)n))
		err_set(err, E_CONFIG, "no time zone \"%s\"", name);
	else
		rc = 0;
	if (fd >= 0)
		close(fd);
	free(buf);
	return rc;
}

struct zone *zone_load(const char *name, struct err *err)
{
	struct zone *z = xcalloc(1, sizeof(*z));

	snprintf(z->name, sizeof(z->name), "%s", name);
	if (!strcmp(name, "UTC") || !strcmp(name, "Z") ||
	    fixed_offset(name, &z->first))
		return z;
	if (!name_ok(name)) {
		err_set(err, E_CONFIG, "no time zone \"%.80s\"", name);
	} else if (!load_file(z, name, err)) {
		return z;
	}
	zone_free(z);
	return NULL;
}

void zone_free(struct zone *z)
{
	if (!z)
		return;
	free(z->at);
	free(z->offset);
	free(z);
}

const char *zone_name(const struct zone *z)
{
	return z->name;
}

/* ---- offsets ----------------------------------------------------------------------- */

/* When the rule strikes in the year, in seconds of local wall clock. */
static int64_t rule_time(const struct rule *r, int year)
{
	struct civil c = {.year = year, .month = 1, .day = 1};
	usec_t t;

	if (r->kind != 'M') {
		int day = r->d;

		if (r->kind == 'J') {
			bool leap = (year % 4 == 0 && year % 100 != 0) ||
			    year % 400 == 0;

			day = r->d - 1 + (leap && r->d >= 60);
		}
		return civil_to_usec(&c) / USEC_SECOND + day * 86400 +
		    r->time_s;
	}
	c.month = r->m >= 1 && r->m <= 12 ? r->m : 1;
	c.day = 1 + (r->d - civil_weekday(&c) + 7) % 7 + (r->w - 1) * 7;
	while (!civil_valid(&c))
		c.day -= 7; /* week 5 is the last one */
	t = civil_to_usec(&c);
	return t / USEC_SECOND + r->time_s;
}

static int32_t rule_offset(const struct zone *z, int64_t s)
{
	struct civil c = civil_from_usec((s + z->std) * USEC_SECOND);
	int64_t start, end;

	if (!z->has_dst)
		return z->std;
	start = rule_time(&z->start, c.year) - z->std;
	end = rule_time(&z->end, c.year) - z->dst;
	if (start < end)
		return s >= start && s < end ? z->dst : z->std;
	return s >= end && s < start ? z->std : z->dst;
}

static int32_t offset_at(const struct zone *z, int64_t s)
{
	size_t lo = 0, hi = z->n;

	if (z->n && s >= z->at[z->n - 1] && z->has_rule)
		return rule_offset(z, s);
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (z->at[mid] <= s)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (!lo)
		return z->n || !z->has_rule ? z->first : z->std;
	return z->offset[lo - 1];
}

int zone_offset(const struct zone *z, usec_t t)
{
	return offset_at(z, t / USEC_SECOND - (t % USEC_SECOND < 0));
}

usec_t zone_to_utc(const struct zone *z, const struct civil *local)
{
	usec_t wall = civil_to_usec(local);
	int64_t s = wall / USEC_SECOND - (wall % USEC_SECOND < 0);
	int32_t before = offset_at(z, s - 86400), after = offset_at(z,
	    s + 86400);

	/* the earlier reading first: in a fold it is the one meant */
	if (offset_at(z, s - before) == before)
		return wall - before * USEC_SECOND;
	if (offset_at(z, s - after) == after)
		return wall - after * USEC_SECOND;
	return wall - before * USEC_SECOND; /* in a gap */
}

/* ---- abbreviations ------------------------------------------------------------------- */

#define H(h, m) ((h) * 3600 + ((h) < 0 ? -(m) : (m)) * 60)

static const struct zone_abbr abbreviations[] = {
	{"UTC", 0, false}, {"GMT", 0, false}, {"Z", 0, false}, {"UT", 0, false},
	{"MET", H(1, 0), false}, {"MEST", H(2, 0), false},
	{"WET", 0, false}, {"WEST", H(1, 0), false}, {"CET", H(1, 0), false},
	{"CEST", H(2, 0), false}, {"EET", H(2, 0), false},
	{"EEST", H(3, 0), false}, {"MSK", H(3, 0), false},
	{"TRT", H(3, 0), false}, {"BST", H(1, 0), true}, {"IST", H(5, 30), true},
	{"IDT", H(3, 0), false}, {"PKT", H(5, 0), false}, {"NPT", H(5, 45), false},
	{"EST", H(-5, 0), false}, {"EDT", H(-4, 0), false},
	{"CST", H(-6, 0), true}, {"CDT", H(-5, 0), true},
	{"MST", H(-7, 0), true}, {"MDT", H(-6, 0), false},
	{"PST", H(-8, 0), true}, {"PDT", H(-7, 0), false},
	{"AKST", H(-9, 0), false}, {"AKDT", H(-8, 0), false},
	{"HST", H(-10, 0), false}, {"AST", H(-4, 0), true},
	{"ADT", H(-3, 0), false}, {"NST", -12600, false}, {"NDT", -9000, false},
	{"JST", H(9, 0), false}, {"KST", H(9, 0), false}, {"HKT", H(8, 0), false},
	{"SGT", H(8, 0), false}, {"MYT", H(8, 0), false}, {"PHT", H(8, 0), false},
	{"WIB", H(7, 0), false}, {"WITA", H(8, 0), false}, {"WIT", H(9, 0), false},
	{"ICT", H(7, 0), false}, {"GST", H(4, 0), true},
	{"AEST", H(10, 0), false}, {"AEDT", H(11, 0), false},
	{"ACST", H(9, 30), false}, {"ACDT", H(10, 30), false},
	{"AWST", H(8, 0), false}, {"NZST", H(12, 0), false},
	{"NZDT", H(13, 0), false}, {"WAT", H(1, 0), false},
	{"CAT", H(2, 0), false}, {"SAST", H(2, 0), false},
	{"EAT", H(3, 0), false}, {"BRT", H(-3, 0), false},
	{"ART", H(-3, 0), false}, {"CLT", H(-4, 0), false},
	{"COT", H(-5, 0), false}, {"PET", H(-5, 0), false},
};

const struct zone_abbr *zone_abbr_find(struct slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(abbreviations); i++)
		if (slice_is(name, abbreviations[i].name))
			return &abbreviations[i];
	return NULL;
}
