#include "cli/workers.h"

#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static void on_signal(int sig)
{
	asked = sig;
}

static pid_t start(int (*work)(void *arg), void *arg)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	/* a supervisor that is killed leaves no workers behind */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGTERM, SIG_DFL); /* until the work has its own way to end */
	signal(SIGINT, SIG_DFL);
	if (getppid() != parent)
		_exit(EXIT_FINE);
	exit(work(arg));
}

static void ask_all(const pid_t *pids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (pids[i] > 0)
			kill(pids[i], SIGTERM);
}

static size_t slot_of(const pid_t *pids, size_t n, pid_t pid)
{
	for (size_t i = 0; i < n; i++)
		if (pids[i] == pid)
			return i;
	return n;
}

/* One of them ended: its exit code, or -1 to start it again. */
static int ended(int status, bool ending, struct log *log, pid_t pid)
{
	if (ending && WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM)
		return EXIT_FINE;
	if (WIFSIGNALED(status)) {
		log_warn(log, "run", "worker %ld died of signal %d; another "
		    "follows", (long)pid, WTERMSIG(status));
		return -1;
	}
	if (WEXITSTATUS(status) != EXIT_INTERNAL)
		return WEXITSTATUS(status);
	log_warn(log, "run", "worker %ld failed; another follows", (long)pid);
	return -1;
}

int workers_run(size_t n, int (*work)(void *arg), void *arg, struct log *log)
{
	struct sigaction act = {.sa_handler = on_signal};
	const struct timespec rest = {WORKERS_REST_S, 0};
	pid_t pids[WORKERS_MAX] = {0};
	size_t left = n;
	int worst = EXIT_FINE;
	bool ending = false;

	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	fflush(NULL);
	for (size_t i = 0; i < n; i++)
		pids[i] = start(work, arg);
	while (left) {
		int status, code;
		pid_t pid;
		size_t i;

		if (asked && !ending) {
			ending = true;
			ask_all(pids, n);
		}
		pid = waitpid(-1, &status, 0);
		if (pid < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		i = slot_of(pids, n, pid);
		if (i == n)
			continue;
		pids[i] = 0;
		code = ended(status, ending, log, pid);
		if (code < 0 && !ending && !asked)
			nanosleep(&rest, NULL); /* a signal ends it */
		if (code < 0 && !ending && !asked) {
			pids[i] = start(work, arg);
			continue;
		}
		left--;
		code = code < 0 ? EXIT_INTERNAL : code;
		worst = code > worst ? code : worst;
		if (!ending) { /* by itself: the others have the same fault */
			ending = true;
			ask_all(pids, n);
		}
	}
	return worst;
}
