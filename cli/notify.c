#include "cli/notify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* sd_watchdog_enabled(3) asks for half of the time; a third leaves room. */
#define FEEDS_PER_WATCHDOG 3

static void address(struct notify *n, const char *path)
{
	size_t len = strlen(path);

	n->to = (struct sockaddr_un){.sun_family = AF_UNIX};
	if ((path[0] != '/' && path[0] != '@') || len < 2 ||
	    len >= sizeof(n->to.sun_path))
		return;
	memcpy(n->to.sun_path, path, len + 1);
	n->to_n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (path[0] == '@') /* unix(7): a name that begins with NUL */
		n->to.sun_path[0] = '\0';
	else
		n->to_n++;
	n->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static void watchdog(struct notify *n)
{
	const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

	if (!usec || (pid && strtol(pid, NULL, 10) != (long)getpid()))
		return;
	n->watchdog = strtoll(usec, NULL, 10);
	if (n->watchdog < 0)
		n->watchdog = 0;
}

void notify_open(struct notify *n)
{
	const char *path = getenv("NOTIFY_SOCKET");

	*n = (struct notify){.fd = -1};
	if (path) {
		address(n, path);
		watchdog(n);
	}
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

void notify_close(struct notify *n)
{
	if (n && n->fd >= 0)
		close(n->fd);
	if (n)
		n->fd = -1;
}

void notify_send(const struct notify *n, const char *fmt, ...)
{
	char text[1000];
	va_list ap;
	int len;

	if (!n || n->fd < 0)
		return;
	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len >= (int)sizeof(text))
		len = (int)sizeof(text) - 1;
	/* a manager that does not listen is no reason to stop */
	sendto(n->fd, text, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT,
	    (const struct sockaddr *)&n->to, n->to_n);
}

void notify_alive(struct notify *n, size_t judged)
{
	usec_t now = clock_monotonic();

	if (!n)
		return;
	if (n->slot) {
		n->slot->alive_at = now;
		n->slot->judged = (int64_t)judged;
		return;
	}
	if (!n->watchdog || now - n->fed_at < n->watchdog / FEEDS_PER_WATCHDOG)
		return;
	n->fed_at = now;
	notify_send(n, "WATCHDOG=1");
}

struct notify_slot *notify_slots(size_t n)
{
	void *p = mmap(NULL, n * sizeof(struct notify_slot),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

void notify_become(struct notify *n, struct notify_slot *slot)
{
	notify_close(n);
	n->slot = slot;
}
