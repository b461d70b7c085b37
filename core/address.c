#include "core/address.h"

#include "core/attr.h"
#include "core/http.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

struct address address_from_v4(const unsigned char b[4])
{
	struct address a;

	memcpy(a.b, mapped, 12);
	memcpy(a.b + 12, b, 4);
	return a;
}

bool address_from_sockaddr(const struct sockaddr *sa, struct address *out)
{
	if (sa->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)sa;

		*out = address_from_v4((const unsigned char *)&in->sin_addr);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const void *)sa;

		memcpy(out->b, &in->sin6_addr, sizeof(out->b));
		return true;
	}
	return false;
}

bool address_is_v4(const struct address *a)
{
	return !memcmp(a->b, mapped, 12);
}

/* ---- reading ---------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The IPv4 number parser. Beyond 2^32 it stays at 2^32: too big is enough. */
static int number_parse(struct slice s, uint64_t *out)
{
	uint64_t v = 0;
	int base = 10, d;

	if (!s.n)
		return -1;
	if (s.n >= 2 && s.p[0] == '0' && (s.p[1] | 0x20) == 'x') {
		base = 16;
		s = slice_sub(s, 2, s.n);
	} else if (s.n >= 2 && s.p[0] == '0') {
		base = 8;
		s = slice_sub(s, 1, s.n);
	}
	for (size_t i = 0; i < s.n; i++) {
		d = hex_value(s.p[i]);
		if (d < 0 || d >= base)
			return -1;
		v = v * (uint64_t)base + (uint64_t)d;
		if (v > UINT64_C(1) << 32)
			v = UINT64_C(1) << 32;
	}
	*out = v;
	return 0;
}

/* A single dot at the end is no part of it. */
static struct slice without_dot(struct slice s)
{
	return s.n > 1 && s.p[s.n - 1] == '.' ? slice_sub(s, 0, s.n - 1) : s;
}

bool address_ends_in_number(struct slice host)
{
	struct slice s = without_dot(host), last;
	size_t at = s.n, i;
	uint64_t v;

	while (at > 0 && s.p[at - 1] != '.')
		at--;
	last = slice_sub(s, at, s.n);
	if (!last.n)
		return false;
	for (i = 0; i < last.n && is_digit(last.p[i]); i++)
		;
	return i == last.n || number_parse(last, &v) == 0;
}

int address_parse_v4(struct slice host, struct address *out)
{
	struct slice s = without_dot(host);
	uint64_t part[4], all = 0;
	size_t n = 0, from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != '.')
			continue;
		if (n == 4 || number_parse(slice_sub(s, from, i), &part[n]) < 0)
			return -1;
		n++;
		from = i + 1;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		if (part[i] > 255)
			return -1;
		all |= part[i] << (8 * (3 - i));
	}
	if (part[n - 1] >= UINT64_C(1) << (8 * (5 - n)))
		return -1;
	all |= part[n - 1];
	*out = address_from_v4((unsigned char[4]){(unsigned char)(all >> 24),
	    (unsigned char)(all >> 16), (unsigned char)(all >> 8),
	    (unsigned char)all});
	return 0;
}

/* The dotted end of an IPv6 address: four decimals without leading zeros. */
static int dotted_parse(struct slice s, unsigned char b[4])
{
	size_t i = 0;
	int v;

	for (int k = 0; k < 4; k++) {
		if (k && (i >= s.n || s.p[i++] != '.'))
			return -1;
		if (i >= s.n || !is_digit(s.p[i]))
			return -1;
		for (v = -1; i < s.n && is_digit(s.p[i]); i++) {
			if (v == 0)
				return -1;
			v = (v < 0 ? 0 : v * 10) + (s.p[i] - '0');
			if (v > 255)
				return -1;
		}
		b[k] = (unsigned char)v;
	}
	return i == s.n ? 0 : -1;
}

/* One piece of up to four hex digits at s.p[*i]; its length is returned. */
static size_t piece_parse(struct slice s, size_t *i, unsigned *value)
{
	size_t len = 0;

	for (*value = 0; len < 4 && *i < s.n; len++, (*i)++) {
		int d = hex_value(s.p[*i]);
		if (d < 0)
			break;
		*value = *value * 16 + (unsigned)d;
	}
	return len;
}

/* Moves the pieces behind "::" to the end. */
static void spread(unsigned char b[16], int pieces, int compress)
{
	int tail = (pieces - compress) * 2;

	memmove(b + 16 - tail, b + compress * 2, (size_t)tail);
	memset(b + compress * 2, 0, (size_t)(16 - pieces * 2));
}

/* The IPv6 parser of the URL standard. */
int address_parse_v6(struct slice s, struct address *out)
{
	struct address a = {{0}};
	int piece = 0, compress = -1;
	size_t i = 0, start, len;
	unsigned v;

	if (s.n && s.p[0] == ':') {
		if (s.n < 2 || s.p[1] != ':')
			return -1;
		i = 2;
		compress = 0;
	}
	while (i < s.n) {
		if (piece == 8)
			return -1;
		if (s.p[i] == ':') {
			if (compress >= 0)
				return -1;
			i++;
			compress = piece;
			continue;
		}
		start = i;
		len = piece_parse(s, &i, &v);
		if (i < s.n && s.p[i] == '.') {
			if (!len || piece > 6 ||
			    dotted_parse(slice_sub(s, start, s.n),
				a.b + piece * 2) < 0)
				return -1;
			piece += 2;
			break;
		}
		if (!len || (i < s.n && (s.p[i] != ':' || ++i == s.n)))
			return -1;
		a.b[piece * 2] = (unsigned char)(v >> 8);
		a.b[piece * 2 + 1] = (unsigned char)v;
		piece++;
	}
	if (compress >= 0)
		spread(a.b, piece, compress);
	else if (piece != 8)
		return -1;
	*out = a;
	return 0;
}

int address_parse(struct slice text, struct address *out)
{
	unsigned char b[4];

	if (dotted_parse(text, b) == 0) {
		*out = address_from_v4(b);
		return 0;
	}
	return address_parse_v6(text, out);
}

int http_range_parse(const char *text, struct http_range *r, struct err *err)
{
	struct slice s = slice_of(text);
	struct address a;
	long slash = slice_find(s, SLICE("/"), 0);
	uint64_t bits = 0;
	bool v4;

	if (address_parse(slice_sub(s, 0, slash < 0 ? s.n : (size_t)slash), &a))
		return err_set(err, E_CONFIG,
		    "\"%.100s\" is no address range like 10.0.0.0/8", text);
	v4 = address_is_v4(&a) && slice_find(s, SLICE(":"), 0) < 0;
	if (slash >= 0) {
		struct slice n = slice_sub(s, (size_t)slash + 1, s.n);
		for (size_t i = 0; i < n.n; i++) {
			if (!is_digit(n.p[i]) || i == 3)
				return err_set(err, E_CONFIG,
				    "\"%.100s\": bad length", text);
			bits = bits * 10 + (uint64_t)(n.p[i] - '0');
		}
		if (!n.n || bits > (v4 ? 32 : 128))
			return err_set(err, E_CONFIG, "\"%.100s\": bad length",
			    text);
	} else {
		bits = v4 ? 32 : 128;
	}
	memcpy(r->addr, a.b, 16);
	r->bits = (int)bits + (v4 ? 96 : 0);
	return 0;
}

/* ---- printing --------------------------------------------------------- */

const char *address_text(const struct address *a, char text[ADDRESS_TEXT])
{
	if (!address_is_v4(a))
		return address_text_v6(a, text);
	snprintf(text, ADDRESS_TEXT, "%d.%d.%d.%d", a->b[12], a->b[13],
	    a->b[14], a->b[15]);
	return text;
}

/* The first longest run of at least two zero pieces; *len 0 if none. */
static int zero_run(const unsigned piece[8], int *len)
{
	int best = -1;

	*len = 1;
	for (int i = 0, n; i < 8; i += n + 1) {
		for (n = 0; i + n < 8 && piece[i + n] == 0; n++)
			;
		if (n > *len) {
			*len = n;
			best = i;
		}
	}
	if (best < 0)
		*len = 0;
	return best;
}

const char *address_text_v6(const struct address *a, char text[ADDRESS_TEXT])
{
	unsigned piece[8];
	size_t n = 0;
	int len, at;

	for (int i = 0; i < 8; i++)
		piece[i] = (unsigned)a->b[i * 2] << 8 | a->b[i * 2 + 1];
	at = zero_run(piece, &len);
	for (int i = 0; i < 8; i++) {
		if (i == at) {
			n += (size_t)snprintf(text + n, ADDRESS_TEXT - n,
			    i ? ":" : "::");
			i += len - 1;
			continue;
		}
		n += (size_t)snprintf(text + n, ADDRESS_TEXT - n, "%x%s",
		    piece[i], i < 7 ? ":" : "");
	}
	return text;
}

/* ---- which are public ------------------------------------------------- */

struct special {
	unsigned char net[16];
	int bits;
	bool public; /* an exception inside a wider range: it stands before */
};

#define V4(a, b, c, d) {[10] = 0xff, [11] = 0xff, a, b, c, d}

/*
 * www.iana.org/assignments/iana-ipv4-special-registry: all that is not
 * "globally reachable"; and multicast (RFC 5771). First match decides.
 */
static const struct special v4_special[] = {
	{V4(0, 0, 0, 0), 96 + 8, false},	/* "this network", RFC 791 */
	{V4(10, 0, 0, 0), 96 + 8, false},	/* private, RFC 1918 */
	{V4(100, 64, 0, 0), 96 + 10, false},	/* shared (CGNAT), RFC 6598 */
	{V4(127, 0, 0, 0), 96 + 8, false},	/* loopback, RFC 1122 */
	{V4(169, 254, 0, 0), 96 + 16, false},	/* link local, RFC 3927 */
	{V4(172, 16, 0, 0), 96 + 12, false},	/* private, RFC 1918 */
	{V4(192, 0, 0, 9), 96 + 32, true},	/* PCP anycast, RFC 7723 */
	{V4(192, 0, 0, 10), 96 + 32, true},	/* TURN anycast, RFC 8155 */
	{V4(192, 0, 0, 0), 96 + 24, false},	/* IETF protocols, RFC 6890 */
	{V4(192, 0, 2, 0), 96 + 24, false},	/* TEST-NET-1, RFC 5737 */
	{V4(192, 88, 99, 0), 96 + 24, false},	/* 6to4 relays, RFC 7526 */
	{V4(192, 168, 0, 0), 96 + 16, false},	/* private, RFC 1918 */
	{V4(198, 18, 0, 0), 96 + 15, false},	/* benchmarks, RFC 2544 */
	{V4(198, 51, 100, 0), 96 + 24, false},	/* TEST-NET-2, RFC 5737 */
	{V4(203, 0, 113, 0), 96 + 24, false},	/* TEST-NET-3, RFC 5737 */
	{V4(224, 0, 0, 0), 96 + 4, false},	/* multicast, RFC 5771 */
	{V4(240, 0, 0, 0), 96 + 4, false},	/* reserved, RFC 1112; and
						   255.255.255.255, RFC 919 */
};

/*
 * www.iana.org/assignments/iana-ipv6-special-registry. Only 2000::/3 is given
 * out for global unicast (RFC 4291), so the last row refuses all the rest.
 */
static const struct special v6_special[] = {
	{{0x20, 0x01, 0, 1, [15] = 1}, 128, true}, /* PCP, RFC 7723 */
	{{0x20, 0x01, 0, 1, [15] = 2}, 128, true}, /* TURN, RFC 8155 */
	{{0x20, 0x01, 0, 3}, 32, true},		   /* AMT, RFC 7450 */
	{{0x20, 0x01, 0, 4, 1, 0x12}, 48, true},   /* AS112, RFC 7535 */
	{{0x20, 0x01}, 23, false},		   /* IETF, RFC 2928: with
				Teredo, benchmarks, ORCHID, drones */
	{{0x20, 0x01, 0x0d, 0xb8}, 32, false},	   /* documentation, RFC 3849 */
	{{0x3f, 0xff}, 20, false},		   /* documentation, RFC 9637 */
	{{0x5f, 0x00}, 16, false},		   /* SRv6 SIDs, RFC 9602 */
	{{0x20}, 3, true},
	{{0}, 0, false},
};

/* IPv6 ranges that carry an IPv4 address, which decides, and where it lies.
 * (Teredo, IPv4-compatible and local NAT64 are refused whatever they hold.) */
static const struct {
	unsigned char net[16];
	int bits;
	int at; /* its first byte */
} carriers[] = {
	{{[10] = 0xff, [11] = 0xff}, 96, 12}, /* mapped, RFC 4291 */
	{{0x00, 0x64, 0xff, 0x9b}, 96, 12},   /* NAT64, RFC 6052 */
	{{0x20, 0x02}, 16, 2},		    /* 6to4, RFC 3056 */
};

bool address_in(const struct address *a, const unsigned char net[16], int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(a->b, net, (size_t)whole))
		return false;
	return !rest || !((a->b[whole] ^ net[whole]) >> (8 - rest));
}

static bool table_says_public(const struct address *a,
    const struct special *rows, size_t n, bool otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (address_in(a, rows[i].net, rows[i].bits))
			return rows[i].public;
	return otherwise;
}

bool address_is_public(const struct address *a)
{
	struct address inner;

	for (size_t i = 0; i < ARRAY_LEN(carriers); i++) {
		if (!address_in(a, carriers[i].net, carriers[i].bits))
			continue;
		inner = address_from_v4(a->b + carriers[i].at);
		return table_says_public(&inner, v4_special,
		    ARRAY_LEN(v4_special), true);
	}
	return table_says_public(a, v6_special, ARRAY_LEN(v6_special), false);
}
