/*
 * available: which rules a supervisor can carry out, and whether a process here can be
 * supervised, found out by doing it: a child's second getppid() is made to fail.
 */
#include "errno_name.h"
#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

bool supervisor_can(const struct rule *rule, struct problem *why)
{
	switch (rule->verb) {
	case RULE_FAIL:
	case RULE_STALL:
	case RULE_INTERRUPT:
	case RULE_COUNT:
		return true;
	case RULE_KILL:
		if (rule->point == RULE_POINT_INSTRUCTION || rule->place == RULE_AT_EXIT)
			break;
		return true;
	default:
		break;
	}
	return problem_set(why, "'%s' cannot be carried out by stopping at calls",
		rule->text);
}

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

static void supervise(struct trial *trial, pid_t child, const struct rule *rule)
{
	struct supervisor *const supervisor =
		supervisor_serve_child(&trial->gate, child, rule, 1, &trial->why);

	if (supervisor)
		(void)problem_set(&trial->why,
			"a filter is accepted and nothing is notified");
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
