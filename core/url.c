/*
 * The basic URL parser (url.spec.whatwg.org, section 4.4), its states turned
 * into one function each. The standard's comments are not repeated here.
 */
#include "core/url.h"

#include "core/host.h"

/* Special schemes (section 4.2) and their ports. */
static const struct special {
	const char *scheme;
	int port;
} specials[] = {
	{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21},
	{"file", -1},
};

static const struct special *special_find(struct slice scheme)
{
	for (size_t i = 0; i < ARRAY_LEN(specials); i++)
		if (slice_is(scheme, specials[i].scheme))
			return &specials[i];
	return NULL;
}

/* A URL record being made. */
struct making {
	struct slice in; /* what is left of the input */
	const struct special *special;
	bool file;
	bool has_host, has_query, has_fragment;
	int port; /* -1: the scheme's own, or none */
	struct strbuf scheme, username, password, host, path, query, fragment;
};

/* ---- percent-encode sets (section 1.3), C0 controls and >0x7E in all --- */

#define SET_FRAGMENT " \"<>`"
#define SET_QUERY    " \"#<>"
#define SET_SPECIAL  SET_QUERY "'"
#define SET_PATH     SET_QUERY "?^`{}"
#define SET_USERINFO SET_PATH "/:;=@[\\]|"

static void encode(struct strbuf *to, struct slice in, const char *set)
{
	for (size_t i = 0; i < in.n; i++) {
		unsigned char c = (unsigned char)in.p[i];
		if (c < 0x20 || c > 0x7e || strchr(set, c))
			strbuf_addf(to, "%%%02X", c);
		else
			strbuf_addc(to, (char)c);
	}
}

/* ---- helpers ---------------------------------------------------------- */

static bool is_alpha(char c)
{
	c |= 0x20;
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is c the i-th byte of what is left? */
static bool at(const struct making *m, size_t i, char c)
{
	return i < m->in.n && m->in.p[i] == c;
}

static bool slash_at(const struct making *m, size_t i)
{
	return at(m, i, '/') || (m->special && at(m, i, '\\'));
}

static void skip(struct making *m, size_t n)
{
	m->in = slice_sub(m->in, n, m->in.n);
}

/* "C:" or "C|", and then nothing or one of / \ ? #. */
static bool starts_with_drive(struct slice s)
{
	return s.n >= 2 && is_alpha(s.p[0]) &&
	    (s.p[1] == ':' || s.p[1] == '|') &&
	    (s.n == 2 || strchr("/\\?#", s.p[2] ? s.p[2] : 'x'));
}

static bool is_drive(struct slice s)
{
	return s.n == 2 && starts_with_drive(s);
}

/* The path is kept as "/a/b"; its last segment goes. */
static void path_shorten(struct making *m)
{
	size_t n = m->path.n;

	if (m->file && n == 3 && m->path.p[2] == ':' && is_alpha(m->path.p[1]))
		return;
	while (n > 0 && m->path.p[--n] != '/')
		;
	strbuf_setlen(&m->path, n);
}

static void put(struct strbuf *to, struct slice s)
{
	strbuf_reset(to);
	strbuf_addsl(to, s);
}

static void copy_authority(struct making *m, const struct url *base)
{
	const struct special *s = special_find(base->scheme);

	put(&m->username, base->username);
	put(&m->password, base->password);
	put(&m->host, base->host);
	m->has_host = base->host.p != NULL;
	m->port = s && s->port == base->port ? -1 : base->port;
}

/* ---- states behind the path ------------------------------------------- */

static void fragment_state(struct making *m)
{
	m->has_fragment = true;
	strbuf_reset(&m->fragment);
	encode(&m->fragment, m->in, SET_FRAGMENT);
	skip(m, m->in.n);
}

static size_t span_until(struct slice s, const char *stops)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == '\0' || !strchr(stops, s.p[i])))
		i++;
	return i;
}

static void query_state(struct making *m)
{
	size_t n = span_until(m->in, "#");

	m->has_query = true;
	strbuf_reset(&m->query);
	encode(&m->query, slice_sub(m->in, 0, n),
	    m->special ? SET_SPECIAL : SET_QUERY);
	skip(m, n);
}

/* What stands at '?' or '#', or nothing. */
static void tail_states(struct making *m)
{
	if (at(m, 0, '?')) {
		skip(m, 1);
		query_state(m);
	}
	if (at(m, 0, '#')) {
		skip(m, 1);
		fragment_state(m);
	}
}

/* 1 for ".", 2 for "..", with %2e for a dot; else 0. */
static int dots(struct slice s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; n++) {
		if (s.p[i] == '.')
			i++;
		else if (s.n - i >= 3 &&
		    slice_ieq(slice_sub(s, i, i + 3), SLICE("%2e")))
			i += 3;
		else
			return 0;
	}
	return n <= 2 ? n : 0;
}

static void path_segment(struct making *m, struct slice s, bool last)
{
	int n = dots(s);

	if (n == 2)
		path_shorten(m);
	if (n) {
		if (last)
			strbuf_addc(&m->path, '/');
		return;
	}
	strbuf_addc(&m->path, '/');
	if (m->file && m->path.n == 1 && is_drive(s)) {
		strbuf_addc(&m->path, s.p[0]);
		strbuf_addc(&m->path, ':');
		return;
	}
	encode(&m->path, s, SET_PATH);
}

static void path_state(struct making *m)
{
	const char *stops = m->special ? "/\\?#" : "/?#";

	for (;;) {
		size_t n = span_until(m->in, stops);
		struct slice s = slice_sub(m->in, 0, n);
		bool more = slash_at(m, n);

		path_segment(m, s, !more);
		skip(m, n + more);
		if (!more)
			break;
	}
	tail_states(m);
}

static void path_start_state(struct making *m)
{
	if (m->special) {
		if (slash_at(m, 0))
			skip(m, 1);
		path_state(m);
	} else if (!m->in.n || at(m, 0, '?') || at(m, 0, '#')) {
		tail_states(m);
	} else {
		if (at(m, 0, '/'))
			skip(m, 1);
		path_state(m);
	}
}

static void opaque_path_state(struct making *m)
{
	size_t n = span_until(m->in, "?#");
	struct slice s = slice_sub(m->in, 0, n);
	bool blank = n && n < m->in.n && s.p[n - 1] == ' ';

	encode(&m->path, slice_sub(s, 0, blank ? n - 1 : n), "");
	if (blank)
		strbuf_adds(&m->path, "%20");
	skip(m, n);
	tail_states(m);
}

/* ---- authority -------------------------------------------------------- */

static int port_parse(struct making *m, struct slice s, struct err *err)
{
	int port = 0;

	if (!s.n)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return err_set(err, E_INVALID_URL,
			    "the port is no number");
		port = port * 10 + (s.p[i] - '0');
		if (port > 65535)
			return err_set(err, E_INVALID_URL,
			    "the port is over 65535");
	}
	m->port = m->special && m->special->port == port ? -1 : port;
	return 0;
}

/* Offset of the ':' before the port, or s.n. */
static size_t port_find(struct slice s)
{
	bool inside = false;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '[')
			inside = true;
		else if (s.p[i] == ']')
			inside = false;
		else if (s.p[i] == ':' && !inside)
			break;
	}
	return i;
}

static int host_state(struct making *m, struct slice s, struct err *err)
{
	size_t n = port_find(s);
	struct slice host = slice_sub(s, 0, n);

	if (!host.n && (m->special || n < s.n))
		return err_set(err, E_INVALID_URL, "the URL has no host");
	strbuf_reset(&m->host);
	if (host_parse(host, m->special != NULL, &m->host, err) < 0)
		return -1;
	m->has_host = true;
	if (n < s.n)
		return port_parse(m, slice_sub(s, n + 1, s.n), err);
	return 0;
}

static int authority_state(struct making *m, struct err *err)
{
	size_t n = span_until(m->in, m->special ? "/\\?#" : "/?#");
	struct slice s = slice_sub(m->in, 0, n);
	size_t sign = n;

	while (sign > 0 && s.p[sign - 1] != '@')
		sign--;
	if (sign) {
		struct slice info = slice_sub(s, 0, sign - 1);
		size_t colon = span_until(info, ":");

		encode(&m->username, slice_sub(info, 0, colon), SET_USERINFO);
		encode(&m->password, slice_sub(info, colon + 1, info.n),
		    SET_USERINFO);
		s = slice_sub(s, sign, n);
		if (!s.n)
			return err_set(err, E_INVALID_URL,
			    "the URL has no host");
	}
	if (host_state(m, s, err) < 0)
		return -1;
	skip(m, n);
	path_start_state(m);
	return 0;
}

/* Any number of slashes first: "special authority ignore slashes". */
static int special_authority_state(struct making *m, struct err *err)
{
	while (at(m, 0, '/') || at(m, 0, '\\'))
		skip(m, 1);
	return authority_state(m, err);
}

/* ---- relative and file ------------------------------------------------ */

/* Path and query from the base, and what the input has instead of them. */
static void onto_base(struct making *m, const struct url *base, bool keep)
{
	if (keep)
		put(&m->path, base->path);
	if (!m->in.n || at(m, 0, '#')) {
		put(&m->query, base->query);
		m->has_query = base->query.p != NULL;
	}
	if (!m->in.n || at(m, 0, '?') || at(m, 0, '#')) {
		tail_states(m);
		return;
	}
	if (keep)
		path_shorten(m);
	path_state(m);
}

static int relative_state(struct making *m, const struct url *base,
    struct err *err)
{
	if (!slash_at(m, 0)) {
		copy_authority(m, base);
		onto_base(m, base, true);
		return 0;
	}
	skip(m, 1);
	if (slash_at(m, 0))
		return m->special ? special_authority_state(m, err)
				  : (skip(m, 1), authority_state(m, err));
	copy_authority(m, base);
	path_state(m);
	return 0;
}

static int file_host_state(struct making *m, struct err *err)
{
	size_t n = span_until(m->in, "/\\?#");
	struct slice s = slice_sub(m->in, 0, n);

	if (is_drive(s)) {
		path_state(m);
		return 0;
	}
	if (s.n && host_parse(s, true, &m->host, err) < 0)
		return -1;
	if (!strcmp(m->host.p, "localhost"))
		strbuf_reset(&m->host);
	skip(m, n);
	path_start_state(m);
	return 0;
}

static int file_state(struct making *m, const struct url *base, struct err *err)
{
	bool based = base && slice_is(base->scheme, "file");

	m->has_host = true;
	if (!slash_at(m, 0)) {
		if (!based) {
			path_state(m);
			return 0;
		}
		put(&m->host, base->host);
		onto_base(m, base, !starts_with_drive(m->in));
		return 0;
	}
	skip(m, 1);
	if (slash_at(m, 0)) {
		skip(m, 1);
		return file_host_state(m, err);
	}
	if (based) {
		struct slice p = base->path;
		put(&m->host, base->host);
		if (!starts_with_drive(m->in) && p.n >= 3 &&
		    is_drive(slice_sub(p, 1, 3)) && (p.n == 3 || p.p[3] == '/'))
			strbuf_add(&m->path, p.p, 3);
	}
	path_state(m);
	return 0;
}

/* ---- the whole -------------------------------------------------------- */

/* "https:" at the start goes into m->scheme; false if there is none. */
static bool scheme_state(struct making *m)
{
	size_t n = 0;

	if (!m->in.n || !is_alpha(m->in.p[0]))
		return false;
	while (n < m->in.n && (is_alpha(m->in.p[n]) || is_digit(m->in.p[n]) ||
				  at(m, n, '+') || at(m, n, '-') ||
				  at(m, n, '.')))
		n++;
	if (!at(m, n, ':'))
		return false;
	for (size_t i = 0; i < n; i++)
		strbuf_addc(&m->scheme, is_alpha(m->in.p[i])
			? (char)(m->in.p[i] | 0x20)
			: m->in.p[i]);
	skip(m, n + 1);
	return true;
}

static void scheme_set(struct making *m, struct slice scheme)
{
	if (scheme.p != m->scheme.p)
		put(&m->scheme, scheme);
	m->special = special_find(strbuf_slice(&m->scheme));
	m->file = m->special && m->special->port < 0;
}

static bool is_opaque(const struct url *u)
{
	return !u->host.p && (!u->path.n || u->path.p[0] != '/');
}

static int no_scheme_state(struct making *m, const struct url *base,
    struct err *err)
{
	if (!base || (is_opaque(base) && !at(m, 0, '#')))
		return err_set(err, E_INVALID_URL,
		    "a relative URL without a base");
	scheme_set(m, base->scheme);
	if (is_opaque(base)) {
		put(&m->path, base->path);
		put(&m->query, base->query);
		m->has_query = base->query.p != NULL;
		tail_states(m);
		return 0;
	}
	return m->file ? file_state(m, base, err) : relative_state(m, base, err);
}

static int run(struct making *m, const struct url *base, struct err *err)
{
	if (!scheme_state(m))
		return no_scheme_state(m, base, err);
	scheme_set(m, strbuf_slice(&m->scheme));
	if (m->file)
		return file_state(m, base, err);
	if (m->special && base &&
	    slice_eq(base->scheme, strbuf_slice(&m->scheme)) &&
	    !(at(m, 0, '/') && at(m, 1, '/')))
		return relative_state(m, base, err);
	if (m->special)
		return special_authority_state(m, err);
	if (at(m, 0, '/') && at(m, 1, '/')) {
		skip(m, 2);
		return authority_state(m, err);
	}
	if (at(m, 0, '/')) {
		skip(m, 1);
		path_state(m);
	} else {
		opaque_path_state(m);
	}
	return 0;
}

/* Parts of the serialised URL, as offsets until its place is known. */
struct span {
	size_t from, n;
};

static struct span put_part(struct strbuf *href, const struct strbuf *s)
{
	struct span where = {href->n, s->n};

	strbuf_addsl(href, strbuf_slice(s));
	return where;
}

/* The URL serializer (section 4.5), all parts being slices of the whole. */
static void serialize(const struct making *m, struct arena *a, struct url *out)
{
	struct span scheme, user = {0}, pass = {0}, host = {0}, path;
	struct span query = {0}, fragment = {0};
	struct strbuf b = STRBUF_INIT;
	const char *href;

	scheme = put_part(&b, &m->scheme);
	strbuf_addc(&b, ':');
	if (m->has_host) {
		strbuf_adds(&b, "//");
		user = put_part(&b, &m->username);
		if (m->password.n)
			strbuf_addc(&b, ':');
		pass = put_part(&b, &m->password);
		if (m->username.n || m->password.n)
			strbuf_addc(&b, '@');
		host = put_part(&b, &m->host);
		if (m->port >= 0)
			strbuf_addf(&b, ":%d", m->port);
	} else if (m->path.n > 1 && !memcmp(m->path.p, "//", 2)) {
		strbuf_adds(&b, "/.");
	}
	path = put_part(&b, &m->path);
	if (m->has_query)
		strbuf_addc(&b, '?');
	query = put_part(&b, &m->query);
	if (m->has_fragment)
		strbuf_addc(&b, '#');
	fragment = put_part(&b, &m->fragment);
	href = arena_copy(a, b.p, b.n);
#define PART(s) ((struct slice){href + (s).from, (s).n})
	*out = (struct url){.href = {href, b.n}, .scheme = PART(scheme),
	    .username = PART(user), .password = PART(pass),
	    .host = m->has_host ? PART(host) : SLICE_NONE,
	    .port = m->port >= 0 || !m->special ? m->port : m->special->port,
	    .path = PART(path),
	    .query = m->has_query ? PART(query) : SLICE_NONE,
	    .fragment = m->has_fragment ? PART(fragment) : SLICE_NONE};
#undef PART
	strbuf_release(&b);
}

/* Without C0 controls and spaces around, tabs and newlines within. */
static void clean(struct slice in, struct strbuf *to)
{
	while (in.n && (unsigned char)in.p[0] <= ' ')
		in = slice_sub(in, 1, in.n);
	while (in.n && (unsigned char)in.p[in.n - 1] <= ' ')
		in.n--;
	for (size_t i = 0; i < in.n; i++)
		if (in.p[i] != '\t' && in.p[i] != '\n' && in.p[i] != '\r')
			strbuf_addc(to, in.p[i]);
}

int url_parse(struct slice input, const struct url *base, struct arena *a,
    struct url *out, struct err *err)
{
	struct strbuf in = STRBUF_INIT;
	struct making m = {.port = -1};
	struct strbuf *all[] = {&m.scheme, &m.username, &m.password, &m.host,
	    &m.path, &m.query, &m.fragment};
	int ret;

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		strbuf_init(all[i]);
	clean(input, &in);
	m.in = strbuf_slice(&in);
	ret = run(&m, base, err);
	if (!ret)
		serialize(&m, a, out);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		strbuf_release(all[i]);
	strbuf_release(&in);
	return ret;
}

struct slice url_authority(const struct url *u, struct arena *a)
{
	int usual = slice_is(u->scheme, "http") ? 80 : 443;

	return u->port == usual ? u->host : arena_printf(a, "%.*s:%d",
	    SLICE_FMT(u->host), u->port);
}
