/*
 * available: whether a process here can be supervised, found out by doing it: a child's
 * second getppid() is made to fail.
 */
#include "errno_name.h"
#include "supervisor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct trial {
	struct supervisor_gate gate;
	_Atomic int works;
	struct problem why;
};

static void be_supervised(struct trial *trial, const struct rule *rule)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (!supervisor_enter(&trial->gate, rule, 1, false, &trial->why))
		_exit(1);
	const bool first = syscall(SYS_getppid) >= 0;
	const bool second = syscall(SYS_getppid) == -1 && errno == EDOM;
	atomic_store(&trial->works, first && second);
	_exit(0);
}

/* Waits until CHILD offers its listener, or has ended. */
static bool wait_for_offer(struct trial *trial, pid_t child)
{
	siginfo_t info = {0};

	while (atomic_load(&trial->gate.state) != SUPERVISOR_OFFERED) {
		if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) ==
				-1 ||
			info.si_pid != 0)
			return false;
		(void)poll(NULL, 0, 1);
	}
	return true;
}

static void supervise(struct trial *trial, pid_t child, const struct rule *rule)
{
	enum { PATIENCE_MS = 2000 };

	(void)problem_set(&trial->why, "the child did not offer its listener");
	if (!wait_for_offer(trial, child))
		return;
	struct supervisor *const supervisor =
		supervisor_take(&trial->gate, rule, 1, &trial->why);
	if (!supervisor)
		return;
	(void)problem_set(&trial->why, "a filter is accepted and nothing is notified");
	struct pollfd listener = {.fd = supervisor_fd(supervisor), .events = POLLIN};
	while (poll(&listener, 1, PATIENCE_MS) > 0 && !(listener.revents & POLLHUP))
		(void)supervisor_serve(supervisor);
	supervisor_free(supervisor);
}

bool supervisor_available(struct problem *why)
{
	const struct rule rule = {
		.verb = RULE_FAIL, .call = "getppid", .which = {2, 2, 1}, .error = EDOM};
	struct trial *const trial = mmap(NULL, sizeof(*trial), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (trial == MAP_FAILED)
		return problem_set(why, "mmap: %s", errno_name(errno));
	const pid_t child = fork();
	if (child == 0)
		be_supervised(trial, &rule);
	if (child > 0) {
		supervise(trial, child, &rule);
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
	}
	const bool works = atomic_load(&trial->works) != 0;
	if (!works)
		*why = trial->why;
	(void)munmap(trial, sizeof(*trial));
	return works;
}
