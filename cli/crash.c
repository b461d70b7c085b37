/* A fault in the parser -> a process that writes it down. */
#include "cli/crash.h"

#include "core/url.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SELF "/proc/self/exe"
/* The dying process waits for the other: whoever starts it again may end all
 * that it has left behind. A database that is away for longer is not told. */
#define TELL_S	 30
#define STACK	 (64 << 10) /* the fault may be that there is no more of it */
#define TYPE_MAX 200 /* of a content type: the rest says nothing */

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* All that the handler needs is here before it is called. */
static struct {
	volatile sig_atomic_t inside;
	bool on;
	struct slice bytes;
	char signal[16], at[32], type[TYPE_MAX], url[URL_KEPT_MAX_BYTES + 1];
	char *args[CLI_BEFORE_MAX + 8];
	struct sigaction before[ARRAY_LEN(faults)];
} watch;
static char stack[STACK];

static void copy(char *to, size_t size, struct slice s)
{
	size_t n = s.n < size ? s.n : size - 1;

	if (n)
		memcpy(to, s.p, n);
	to[n] = '\0';
}

void crash_enter(const struct capture *c, struct slice bytes)
{
	const struct rights *r = &c->rights;
	bool unkept = r->noindex || r->noarchive || r->tdm_reserved;

	if (!watch.on)
		return;
	copy(watch.url, sizeof(watch.url), c->url);
	copy(watch.type, sizeof(watch.type), c->content_type);
	snprintf(watch.at, sizeof(watch.at), "%lld", (long long)c->fetched_at);
	watch.bytes = unkept ? SLICE_NONE : bytes;
	watch.inside = 1;
}

void crash_leave(void)
{
	watch.inside = 0;
}

/* ---- dying: only what signal-safety(7) allows ------------------------------- */

/* The new process; in is its stdin. */
static void become(int in)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	dup2(in, STDIN_FILENO);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	alarm(TELL_S);
	execve(SELF, watch.args, environ);
	_exit(127);
}

static void send_bytes(int to)
{
	struct slice s = watch.bytes;
	ssize_t n;

	while (s.n && (n = write(to, s.p, s.n)) > 0)
		s = slice_sub(s, (size_t)n, s.n);
}

/* What the database has of us is let go at once, or the one that tells it
 * would wait for us as we for it. */
static void tell(void)
{
	int fd[2], out = STDERR_FILENO + 1;
	pid_t pid;

	if (pipe(fd))
		return;
	pid = _Fork();
	if (!pid)
		become(fd[0]);
	if (fd[1] != out)
		dup2(fd[1], out);
	close_range((unsigned)out + 1, ~0U, 0);
	if (pid > 0)
		send_bytes(out);
	close(out);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void on_fault(int sig)
{
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		sigaction(faults[i], &watch.before[i], NULL);
	if (watch.inside) {
		watch.signal[0] = (char)('0' + sig / 10);
		watch.signal[1] = (char)('0' + sig % 10);
		tell();
	}
	raise(sig); /* it comes when this returns */
}

/* ---- setting up -------------------------------------------------------------- */

static void set_args(const struct cli *cli)
{
	static char words[][16] = {"dateline", "quarantine", "crashed", "--"};
	char **to = watch.args;

	*to++ = words[0];
	for (int i = 1; i < cli->before_n; i++)
		*to++ = cli->before[i];
	*to++ = words[1];
	*to++ = words[2];
	*to++ = words[3];
	*to++ = watch.signal;
	*to++ = watch.at;
	*to++ = watch.type;
	*to++ = watch.url;
	*to = NULL;
}

/* A sanitizer may have one already, which it frees. */
static void set_stack(void)
{
	const stack_t ours = {.ss_sp = stack, .ss_size = sizeof(stack)};
	stack_t there;

	if (!sigaltstack(NULL, &there) && (there.ss_flags & SS_DISABLE))
		sigaltstack(&ours, NULL);
}

void crash_watch(const struct cli *cli)
{
	struct sigaction sa = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK};

	if (watch.on)
		return;
	set_args(cli);
	set_stack();
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		sigaction(faults[i], &sa, &watch.before[i]);
	watch.on = true;
}
