/*
 * gate: how the listener of a filter reaches the supervisor.  The target says its number in
 * memory and waits reading memory; what it calls meanwhile passes uncounted.
 */
#include "errno_name.h"
#include "filter.h"
#include "supervisor.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The same number on every architecture; headers older than Linux 5.6 lack the second. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

enum { REFUSED = -1, CANNOT = 125 };

int supervisor_install(const struct rule *rules, size_t count, struct problem *why)
{
	return filter_install(rules, count, false, why);
}

bool supervisor_prepare(const struct rule *rules, size_t count, bool by_exec,
	struct problem *why)
{
	return filter_prepare(rules, count, by_exec, why);
}

/* The caller's process as /proc counts: in a pid namespace of its own getpid() would be
 * another number than the supervisor's. */
static int own_process(void)
{
	char target[24];
	const ssize_t length = readlink("/proc/self", target, sizeof(target) - 1);

	if (length <= 0)
		return getpid();
	target[length] = '\0';
	return atoi(target);
}

bool supervisor_enter(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, bool by_exec, struct problem *why)
{
	atomic_store(&gate->process, own_process());
	const int listener = filter_install(rules, count, by_exec, why);
	if (listener < 0)
		return false;
	atomic_store(&gate->listener, listener);
	atomic_store(&gate->state, SUPERVISOR_OFFERED);
	/* A filtered sched_yield waits for the same as this loop. */
	for (unsigned tries = 0; atomic_load(&gate->state) == SUPERVISOR_OFFERED; tries++)
		if (tries > 100)
			(void)sched_yield();
	if (atomic_load(&gate->state) == REFUSED)
		_exit(CANNOT);
	(void)close(listener);
	atomic_store(&gate->state, by_exec ? SUPERVISOR_ARMED_BY_EXEC : SUPERVISOR_ARMED);
	return true;
}

static int take_listener(const struct supervisor_gate *gate, struct problem *why)
{
	const pid_t process = atomic_load(&gate->process);
	const int target = (int)syscall(SYS_pidfd_open, process, 0);

	if (target < 0) {
		(void)problem_set(why, "pidfd_open: %s", errno_name(errno));
		return -1;
	}
	const int taken =
		(int)syscall(SYS_pidfd_getfd, target, atomic_load(&gate->listener), 0);
	if (taken < 0)
		(void)problem_set(why, "pidfd_getfd: %s", errno_name(errno));
	(void)close(target);
	return taken;
}

struct supervisor *supervisor_take(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, struct problem *why)
{
	const int listener = take_listener(gate, why);
	struct supervisor *const made =
		listener < 0 ? NULL : supervisor_new(listener, gate, rules, count, why);

	atomic_store(&gate->state, made ? SUPERVISOR_TAKEN : REFUSED);
	return made;
}
