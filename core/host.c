/* Hosts: the only door of libidn2 and libpsl. */
#include "core/host.h"

#include "core/address.h"
#include "core/url.h"
#include "core/utf8.h"

#include <idn2.h>
#include <libpsl.h>

/*
 * Longest host outside ASCII that is taken: DNS names end at 253 bytes (RFC
 * 1035, 2.3.4), UTF-8 and percent escapes make them longer before mapping.
 */
#define HOST_UNICODE_MAX 4096

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void percent_decode(struct slice in, struct strbuf *to)
{
	for (size_t i = 0; i < in.n; i++) {
		int a, b;
		if (in.p[i] == '%' && i + 2 < in.n &&
		    (a = hex_value(in.p[i + 1])) >= 0 &&
		    (b = hex_value(in.p[i + 2])) >= 0) {
			strbuf_addc(to, (char)(a * 16 + b));
			i += 2;
		} else {
			strbuf_addc(to, in.p[i]);
		}
	}
}

/* Forbidden host code points (section 3.2), NUL among them. */
static bool forbidden_host(unsigned char c)
{
	return c == '\0' || strchr("\t\n\r #/:<>?@[\\]^|", c);
}

static bool forbidden_domain(unsigned char c)
{
	return c < 0x20 || c == '%' || c == 0x7f || forbidden_host(c);
}

static int refuse(struct slice in, const char *why, struct err *err)
{
	return err_set(err, E_INVALID_URL, "host \"%.*s\": %s",
	    (int)(in.n > 100 ? 100 : in.n), in.p, why);
}

/* ---- labels of symbols ------------------------------------------------- */

/*
 * UTS 46 takes symbols that IDNA2008 does not ("NV8" of its table), so
 * browsers open http://i\u2764.ws/; libidn2 refuses them. What it refuses is
 * tried again label by label: one of ASCII and symbols alone is encoded here.
 */
#define IDN2_FLAGS (IDN2_NONTRANSITIONAL | IDN2_NO_ALABEL_ROUNDTRIP)
#define LABEL_MAX  63 /* code points; RFC 1035, 2.3.4 */

/* RFC 3492, 6.1, with the values of 5. */
static unsigned int adapt(unsigned int delta, unsigned int points, bool first)
{
	unsigned int k = 0;

	delta = first ? delta / 700 : delta / 2;
	delta += delta / points;
	for (; delta > (36 - 1) * 26 / 2; k += 36)
		delta /= 36 - 1;
	return k + (36 - 1 + 1) * delta / (delta + 38);
}

/* delta as an integer of variable length (6.3). */
static void add_delta(unsigned int delta, unsigned int bias, struct strbuf *to)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (unsigned int k = 36;; k += 36) {
		unsigned int t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;

		if (delta < t)
			break;
		strbuf_addc(to, digits[t + (delta - t) % (36 - t)]);
		delta = (delta - t) / (36 - t);
	}
	strbuf_addc(to, digits[delta]);
}

/* RFC 3492, 6.3: at most LABEL_MAX code points, so that nothing overflows. */
static void punycode(const uint32_t *cp, unsigned int n, struct strbuf *to)
{
	unsigned int done = 0, basic, bias = 72, delta = 0;
	uint32_t at = 0x80;

	for (unsigned int i = 0; i < n; i++)
		if (cp[i] < 0x80) {
			strbuf_addc(to, (char)cp[i]);
			done++;
		}
	basic = done;
	if (basic)
		strbuf_addc(to, '-');
	for (; done < n; at++, delta++) {
		uint32_t least = UINT32_MAX;

		for (unsigned int i = 0; i < n; i++)
			if (cp[i] >= at && cp[i] < least)
				least = cp[i];
		delta += (least - at) * (done + 1);
		at = least;
		for (unsigned int i = 0; i < n; i++) {
			delta += cp[i] < at;
			if (cp[i] != at)
				continue;
			add_delta(delta, bias, to);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
}

/* "ignored" of UTS 46's table: variation selectors ("as emoji") and spaces
 * without width. */
static bool is_ignored(uint32_t c)
{
	return (c & ~0xfu) == 0xfe00 || c == 0xad || c == 0x200b ||
	    c == 0x2060 || c == 0x2064 || c == 0xfeff;
}

/* A label in NFKC, lower case, of ASCII and symbols alone. */
static bool label_to_ascii(struct slice label, struct strbuf *to)
{
	uint32_t cp[LABEL_MAX];
	unsigned int n = 0;
	bool ascii = true;

	for (size_t i = 0; i < label.n;) {
		uint32_t c = utf8_next(label, &i);

		if (is_ignored(c))
			continue;
		if (n == LABEL_MAX || (c >= 0x80 && !cp_is_symbol(c)))
			return false;
		ascii &= c < 0x80;
		cp[n++] = c;
	}
	if (!ascii)
		strbuf_adds(to, "xn--");
	else
		strbuf_addsl(to, label);
	if (!ascii)
		punycode(cp, n, to);
	return true;
}

/* False, and nothing in to, where a label is neither. */
static bool symbols_to_ascii(struct slice in, struct strbuf *to)
{
	struct strbuf low = STRBUF_INIT, form = STRBUF_INIT;
	size_t from = 0;
	bool good = true;

	utf8_lower(in, &low);
	utf8_nfkc(strbuf_slice(&low), &form);
	for (size_t i = 0; good && i <= form.n; i++) {
		struct slice label = slice_sub(strbuf_slice(&form), from, i);
		uint8_t *out = NULL;

		if (i < form.n && form.p[i] != '.')
			continue;
		if (from)
			strbuf_addc(to, '.');
		from = i + 1;
		if (label_to_ascii(label, to))
			continue;
		form.p[i] = '\0';
		good = idn2_lookup_u8((const uint8_t *)label.p, &out,
		    IDN2_FLAGS) == IDN2_OK;
		if (good)
			strbuf_adds(to, (const char *)out);
		idn2_free(out);
	}
	if (!good)
		strbuf_reset(to);
	strbuf_release(&low);
	strbuf_release(&form);
	return good;
}

/*
 * "Domain to ASCII" with beStrict false. A domain in ASCII is only lowered,
 * its xn-- labels are taken as they are. libidn2 also holds labels to 63 and
 * names to 255 bytes: a departure without effect, for such have no address.
 */
static int domain_to_ascii(struct slice in, struct strbuf *to, struct err *err)
{
	uint8_t *out = NULL;
	bool ascii = true;
	int rc;

	for (size_t i = 0; i < in.n; i++) {
		ascii &= (unsigned char)in.p[i] < 0x80;
		if (forbidden_domain((unsigned char)in.p[i]))
			return refuse(in, "forbidden character", err);
	}
	if (ascii) {
		for (size_t i = 0; i < in.n; i++)
			strbuf_addc(to, in.p[i] >= 'A' && in.p[i] <= 'Z'
				? (char)(in.p[i] | 0x20)
				: in.p[i]);
		return 0;
	}
	if (in.n > HOST_UNICODE_MAX)
		return refuse(in, "too long", err);
	/* in.p is a strbuf's, so it ends with NUL. */
	rc = idn2_lookup_u8((const uint8_t *)in.p, &out, IDN2_FLAGS);
	if (rc == IDN2_DISALLOWED && symbols_to_ascii(in, to))
		return 0;
	if (rc != IDN2_OK)
		return refuse(in, idn2_strerror(rc), err);
	strbuf_adds(to, (const char *)out);
	idn2_free(out);
	return 0;
}

static int special_parse(struct slice in, struct strbuf *to, struct err *err)
{
	struct strbuf bytes = STRBUF_INIT, domain = STRBUF_INIT;
	char text[ADDRESS_TEXT];
	struct address a;
	int ret = -1;

	percent_decode(in, &bytes);
	if (domain_to_ascii(strbuf_slice(&bytes), &domain, err) < 0)
		goto out;
	if (!domain.n) {
		refuse(in, "nothing is left of it", err);
		goto out;
	}
	for (size_t i = 0; i < domain.n; i++)
		if (forbidden_domain((unsigned char)domain.p[i])) {
			refuse(in, "forbidden character", err);
			goto out;
		}
	if (!address_ends_in_number(strbuf_slice(&domain))) {
		strbuf_addsl(to, strbuf_slice(&domain));
	} else if (address_parse_v4(strbuf_slice(&domain), &a) == 0) {
		strbuf_adds(to, address_text(&a, text));
	} else {
		refuse(in, "not an IPv4 address", err);
		goto out;
	}
	ret = 0;
out:
	strbuf_release(&bytes);
	strbuf_release(&domain);
	return ret;
}

static int opaque_parse(struct slice in, struct strbuf *to, struct err *err)
{
	for (size_t i = 0; i < in.n; i++) {
		unsigned char c = (unsigned char)in.p[i];
		if (forbidden_host(c))
			return refuse(in, "forbidden character", err);
		if (c < 0x20 || c > 0x7e)
			strbuf_addf(to, "%%%02X", c);
		else
			strbuf_addc(to, (char)c);
	}
	return 0;
}

int host_parse(struct slice in, bool special, struct strbuf *to,
    struct err *err)
{
	char text[ADDRESS_TEXT];
	struct address a;

	if (!in.n || in.p[0] != '[')
		return special ? special_parse(in, to, err)
			       : opaque_parse(in, to, err);
	if (in.p[in.n - 1] != ']' ||
	    address_parse_v6(slice_sub(in, 1, in.n - 1), &a) < 0)
		return refuse(in, "not an IPv6 address", err);
	strbuf_addf(to, "[%s]", address_text_v6(&a, text));
	return 0;
}

/* ---- registrable domains ---------------------------------------------- */

struct slice host_registrable(struct slice host, struct arena *a)
{
	const psl_ctx_t *psl = psl_builtin();
	char *name = arena_copy(a, host.p, host.n);
	const char *tld = strrchr(name, '.'), *found;

	if (!psl || !tld || name[0] == '[' || address_ends_in_number(host))
		return slice_of(name);
	/* The list's implicit rule "*" would take any name for a known one. */
	if (!psl_is_public_suffix2(psl, tld + 1,
		PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE))
		return slice_of(name);
	found = psl_registrable_domain(psl, name);
	return slice_of(found ? found : name);
}

bool host_is_test(struct slice host)
{
	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	return host.n >= 5 &&
	    slice_ieq(slice_sub(host, host.n - 5, host.n), SLICE(".test"));
}
