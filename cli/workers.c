#include "cli/workers.h"

#include "cli/notify.h"

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

#define LOOK_EVERY_S 1 /* at the workers' signs of life */

struct workers {
	int (*work)(void *arg);
	void *arg;
	struct cli *cli;
	sigset_t mask; /* before the supervisor blocked its signals */
	pid_t pids[WORKERS_MAX];
	struct notify_slot *slots; /* NULL: no signs of life */
	usec_t hung;
	size_t n, left;
	int worst;
	bool ending;
};

/* What comes for the worker before it has left our handlers waits for the
 * mask. */
static void start(struct workers *ws, size_t i)
{
	pid_t parent = getpid();

	if (ws->slots)
		ws->slots[i].alive_at = clock_monotonic();
	ws->pids[i] = fork();
	if (ws->pids[i])
		return;
	/* a supervisor that is killed leaves no workers behind */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGTERM, SIG_DFL); /* until the work has its own way to end */
	signal(SIGINT, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &ws->mask, NULL);
	if (getppid() != parent)
		_exit(EXIT_FINE);
	if (ws->slots)
		notify_become(ws->cli->notify, &ws->slots[i]);
	exit(ws->work(ws->arg));
}

static void end_all(struct workers *ws)
{
	if (ws->ending)
		return;
	ws->ending = true;
	notify_send(ws->cli->notify, "STOPPING=1");
	for (size_t i = 0; i < ws->n; i++)
		if (ws->pids[i] > 0)
			kill(ws->pids[i], SIGTERM);
}

static size_t slot_of(const struct workers *ws, pid_t pid)
{
	for (size_t i = 0; i < ws->n; i++)
		if (ws->pids[i] == pid)
			return i;
	return ws->n;
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

/* Waits for a signal, s seconds at most; SIGCHLD too, or not. */
static void wait_signal(const struct workers *ws, int s, bool child)
{
	const struct timespec time = {s, 0};
	sigset_t mask = ws->mask;

	if (!child)
		sigaddset(&mask, SIGCHLD);
	pselect(0, NULL, NULL, NULL, &time, &mask);
}

/* Kills who hangs; feeds the watchdog for all. */
static void look_after(struct workers *ws)
{
	usec_t now = clock_monotonic();
	int64_t judged = 0;

	for (size_t i = 0; ws->slots && i < ws->n; i++) {
		judged += ws->slots[i].judged;
		if (ws->pids[i] <= 0 || now - ws->slots[i].alive_at < ws->hung)
			continue;
		log_warn(&ws->cli->log, "run", "worker %ld hangs: it is killed",
		    (long)ws->pids[i]);
		ws->slots[i].alive_at = now;
		kill(ws->pids[i], SIGKILL);
	}
	notify_alive(ws->cli->notify, (size_t)judged);
}

static void one_ended(struct workers *ws, pid_t pid, int status)
{
	size_t i = slot_of(ws, pid);
	int code;

	if (i == ws->n)
		return;
	ws->pids[i] = 0;
	code = ended(status, ws->ending, &ws->cli->log, pid);
	if (code < 0 && !ws->ending && !asked)
		wait_signal(ws, WORKERS_REST_S, false);
	if (code < 0 && !ws->ending && !asked) {
		start(ws, i);
		return;
	}
	ws->left--;
	code = code < 0 ? EXIT_INTERNAL : code;
	ws->worst = code > ws->worst ? code : ws->worst;
	end_all(ws); /* by itself: the others have the same fault */
}

int workers_run(size_t n, int (*work)(void *arg), void *arg, struct cli *cli)
{
	struct workers ws = {.work = work, .arg = arg, .cli = cli, .n = n,
	    .left = n, .slots = notify_slots(n),
	    .hung = WORKERS_HUNG_S * USEC_SECOND};
	int status;
	pid_t pid;

	if (cli->notify && cli->notify->watchdog)
		ws.hung = cli->notify->watchdog;
	take_signals(&ws.mask);
	fflush(NULL);
	for (size_t i = 0; i < n; i++)
		start(&ws, i);
	notify_send(cli->notify, "READY=1\nSTATUS=%zu workers", n);
	while (ws.left) {
		if (asked)
			end_all(&ws);
		pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0)
			break;
		if (pid) {
			one_ended(&ws, pid, status);
			continue;
		}
		look_after(&ws);
		wait_signal(&ws, LOOK_EVERY_S, true);
	}
	sigprocmask(SIG_SETMASK, &ws.mask, NULL);
	return ws.worst;
}
