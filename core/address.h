#ifndef CORE_ADDRESS_H
#define CORE_ADDRESS_H
#include "core/slice.h"

#include <stdbool.h>

/*
 * Internet addresses as numbers: reading and printing them as the WHATWG URL
 * standard does, and telling the public ones from all others. No look-ups.
 */
struct address {
	unsigned char b[16]; /* IPv4 as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2) */
};

/* Longest text is 39 bytes ("ffff:" eight times), and NUL. */
#define ADDRESS_TEXT 40

/*
 * Does a host name end in a number, so that it is an IPv4 address or nothing
 * (url.spec.whatwg.org, "ends in a number checker")?
 */
bool address_ends_in_number(struct slice host);
/* "127.0.0.1", and "0x7f.1", "2130706433", "0177.1": 0, or -1. */
int address_parse_v4(struct slice host, struct address *out);
/* Without brackets or zone: 0, or -1. */
int address_parse_v6(struct slice host, struct address *out);
/* Plain forms only, as in a configuration: dotted decimal or IPv6. 0, -1. */
int address_parse(struct slice text, struct address *out);

struct address address_from_v4(const unsigned char b[4]);
struct sockaddr;
/* false: neither IPv4 nor IPv6. */
bool address_from_sockaddr(const struct sockaddr *sa, struct address *out);
bool address_is_v4(const struct address *a);
/* "127.0.0.1" or "::1", the latter compressed as RFC 5952, 4.2. */
const char *address_text(const struct address *a, char text[ADDRESS_TEXT]);
/* IPv6 form whatever it holds: "::ffff:7f00:1" as URLs write it. */
const char *address_text_v6(const struct address *a, char text[ADDRESS_TEXT]);

/* Do the first bits (0..128) of both agree? */
bool address_in(const struct address *a, const unsigned char net[16], int bits);
/*
 * Globally reachable by the IANA special-purpose registries (RFC 6890), and
 * neither multicast nor reserved. Where an IPv6 address carries an IPv4 one
 * (mapped, 6to4, NAT64), that one decides; Teredo is never public.
 */
bool address_is_public(const struct address *a);

#endif
