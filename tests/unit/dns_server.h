/* A name server of our own on loopback, in a thread: UDP and TCP on one port.
 * What it says of names that end in a row's is in rows; others do not exist. */
#ifndef DNS_SERVER_H
#define DNS_SERVER_H
#include "core/attr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum dns_does {
	DNS_ANSWERS,
	DNS_HANGS,	 /* says nothing */
	DNS_FAILS,	 /* SERVFAIL */
	DNS_LIES,	 /* another question's answer, under another id */
	DNS_RUBBISH,	 /* the right id, and then no message */
	DNS_CUTS,	 /* truncated by UDP, whole by TCP */
	DNS_FLOODS,	 /* 200 addresses */
	DNS_TURNS,	 /* each time the next of its addresses */
	DNS_SILENT_AAAA, /* answers for A alone */
	DNS_LOOPS,	 /* a CNAME that leads to itself */
};

struct dns_row {
	const char *name;
	enum dns_does does;
	const char *addresses[3];
};

struct dns_server {
	const struct dns_row *rows;
	size_t rows_n;
	int udp, tcp, stop[2], port, asked;
	char conf[32]; /* for resolver_conf */
	pthread_t thread;
};

static inline size_t dns_name(const unsigned char *q, char name[256])
{
	size_t at = 12, n = 0;

	while (q[at] && n + q[at] + 1u < 256) {
		memcpy(name + n, q + at + 1, q[at]);
		n += q[at];
		name[n++] = '.';
		at += q[at] + 1u;
	}
	name[n ? n - 1 : 0] = '\0';
	return at + 1; /* of the type */
}

static inline size_t dns_put(unsigned char *p, int type, const void *data,
    size_t n)
{
	/* the question's name; type, class IN, a TTL of no time */
	unsigned char head[12] = {0xc0, 12, 0, (unsigned char)type, 0, 1, 0, 0,
	    0, 0, 0, (unsigned char)n};

	memcpy(p, head, 12);
	memcpy(p + 12, data, n);
	return 12 + n;
}

static inline size_t dns_addresses(struct dns_server *s,
    const struct dns_row *r, int type, unsigned char *p, unsigned *count)
{
	size_t n = 0, k = 0;
	unsigned char a[16];
	int family = type == 1 ? AF_INET : AF_INET6;

	while (k < 3 && r->addresses[k])
		k++;
	for (size_t i = 0; i < k; i++) {
		if (r->does == DNS_TURNS && i != (size_t)(s->asked / 2) % k)
			continue;
		if (inet_pton(family, r->addresses[i], a) != 1)
			continue;
		for (int j = 0; j < (r->does == DNS_FLOODS ? 200 : 1); j++) {
			n += dns_put(p + n, type, a, type == 1 ? 4 : 16);
			++*count;
		}
	}
	return n;
}

/* The answer's length; 0: none. Both of a name's questions count as asked. */
static inline size_t dns_answer(
    struct dns_server *s, const unsigned char *q, bool tcp, unsigned char *out)
{
	static const struct dns_row none = {"", DNS_ANSWERS, {0}};
	const struct dns_row *r = &none;
	char name[256];
	size_t at = dns_name(q, name), n = at + 4;
	int type = q[at + 1];
	unsigned count = 0;

	for (size_t i = 0; i < s->rows_n; i++)
		if (strlen(name) >= strlen(s->rows[i].name) &&
		    !strcasecmp(name + strlen(name) - strlen(s->rows[i].name),
			s->rows[i].name))
			r = &s->rows[i];
	memcpy(out, q, n);
	out[2] = 0x81;
	out[3] = 0x80;
	memset(out + 6, 0, 6);
	if (r == &none)
		out[3] |= 3;
	else if (r->does == DNS_FAILS)
		out[3] |= 2;
	else if (r->does == DNS_CUTS && !tcp)
		out[2] |= 2;
	else if (r->does == DNS_LOOPS)
		n += dns_put(out + n, 5, "\xc0\x0c", 2), count = 1;
	else
		n += dns_addresses(s, r, type, out + n, &count);
	out[6] = (unsigned char)(count >> 8);
	out[7] = (unsigned char)count;
	__atomic_add_fetch(&s->asked, 1, __ATOMIC_SEQ_CST);
	if (r->does == DNS_LIES)
		out[0] ^= 1;
	if (r->does == DNS_RUBBISH)
		memset(out + 4, 0xff, n - 4);
	if (r->does == DNS_HANGS || (r->does == DNS_SILENT_AAAA && type == 28))
		return 0;
	return n;
}

static inline void dns_udp(struct dns_server *s)
{
	unsigned char q[512] = {0}, out[16384];
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	ssize_t n = recvfrom(s->udp, q, 500, 0, (struct sockaddr *)&from, &len);
	size_t m = n > 16 ? dns_answer(s, q, false, out) : 0;

	if (m && sendto(s->udp, out, m, 0, (struct sockaddr *)&from, len) < 0)
		return;
}

static inline void dns_tcp(struct dns_server *s)
{
	unsigned char q[514] = {0}, out[16384];
	int fd = accept(s->tcp, NULL, NULL);

	while (recv(fd, q, 2, MSG_WAITALL) == 2) {
		size_t n = (size_t)(q[0] << 8 | q[1]), m;

		if (n > 512 || recv(fd, q + 2, n, MSG_WAITALL) != (ssize_t)n)
			break;
		m = dns_answer(s, q + 2, true, out + 2);
		out[0] = (unsigned char)(m >> 8);
		out[1] = (unsigned char)m;
		if (send(fd, out, m + 2, MSG_NOSIGNAL) < 0)
			break;
		if (!poll(&(struct pollfd){fd, POLLIN, 0}, 1, 200))
			break;
	}
	close(fd);
}

static inline void *dns_run(void *self)
{
	struct dns_server *s = self;
	struct pollfd p[] = {{s->udp, POLLIN, 0}, {s->tcp, POLLIN, 0},
	    {s->stop[0], POLLIN, 0}};

	while (poll(p, 3, -1) >= 0 && !p[2].revents) {
		if (p[0].revents)
			dns_udp(s);
		if (p[1].revents)
			dns_tcp(s);
	}
	return NULL;
}

static inline void dns_start(
    struct dns_server *s, const struct dns_row *rows, size_t n)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);

	*s = (struct dns_server){.rows = rows, .rows_n = n};
	for (int tries = 0; tries < 20; tries++) { /* one port of both kinds */
		s->udp = socket(AF_INET, SOCK_DGRAM, 0);
		s->tcp = socket(AF_INET, SOCK_STREAM, 0);
		a.sin_port = 0;
		assert_int_equal(
		    bind(s->udp, (struct sockaddr *)&a, sizeof(a)), 0);
		getsockname(s->udp, (struct sockaddr *)&a, &len);
		if (!bind(s->tcp, (struct sockaddr *)&a, sizeof(a)))
			break;
		close(s->udp);
		close(s->tcp);
	}
	assert_int_equal(listen(s->tcp, 8), 0);
	assert_int_equal(pipe(s->stop), 0);
	s->port = ntohs(a.sin_port);
	snprintf(s->conf, sizeof(s->conf), "127.0.0.1:%d", s->port);
	pthread_create(&s->thread, NULL, dns_run, s);
}

static inline void dns_stop(struct dns_server *s)
{
	close(s->stop[1]);
	pthread_join(s->thread, NULL);
	close(s->stop[0]);
	close(s->udp);
	close(s->tcp);
}

#endif
