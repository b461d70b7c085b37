#include "cli/workers.h"

#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t asked;

static void on_signal(int sig)
{
	asked = sig;
}

/* Something to wake up for: waitpid tells what. */
static void on_child(int sig)
{
	(void)sig;
}

/* mask: of the supervisor before it blocked its signals. What comes for the
 * worker before it has left our handlers waits for the mask. */
static pid_t start(int (*work)(void *arg), void *arg, const sigset_t *mask)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	/* a supervisor that is killed leaves no workers behind */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGTERM, SIG_DFL); /* until the work has its own way to end */
	signal(SIGINT, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, mask, NULL);
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

/* Signals come only where we wait for them, so that none comes between a look
 * and the wait. *mask: what was before. */
static void take_signals(sigset_t *mask)
{
	struct sigaction act = {.sa_handler = on_signal};
	struct sigaction child = {.sa_handler = on_child};
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ours, mask);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGCHLD, &child, NULL);
}

/* Before another worker follows; SIGTERM and SIGINT end it. */
static void rest(const sigset_t *mask)
{
	const struct timespec time = {WORKERS_REST_S, 0};
	sigset_t but_child = *mask;

	sigaddset(&but_child, SIGCHLD);
	pselect(0, NULL, NULL, NULL, &time, &but_child);
}

int workers_run(size_t n, int (*work)(void *arg), void *arg, struct log *log)
{
	sigset_t mask;
	pid_t pids[WORKERS_MAX] = {0};
	size_t left = n;
	int worst = EXIT_FINE;
	bool ending = false;

	take_signals(&mask);
	fflush(NULL);
	for (size_t i = 0; i < n; i++)
		pids[i] = start(work, arg, &mask);
	while (left) {
		int status, code;
		pid_t pid;
		size_t i;

		if (asked && !ending) {
			ending = true;
			ask_all(pids, n);
		}
		pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0)
			break;
		if (!pid) {
			sigsuspend(&mask);
			continue;
		}
		i = slot_of(pids, n, pid);
		if (i == n)
			continue;
		pids[i] = 0;
		code = ended(status, ending, log, pid);
		if (code < 0 && !ending && !asked)
			rest(&mask);
		if (code < 0 && !ending && !asked) {
			pids[i] = start(work, arg, &mask);
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
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return worst;
}
