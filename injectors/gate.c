/*
 * gate: how the listener of a filter reaches the supervisor.  The target says its number in
 * memory and waits reading memory; what it calls meanwhile passes uncounted.
 */
#include "errno_name.h"
#include "filter.h"
#include "outside.h"
#include "supervisor.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The same number on every architecture; headers older than Linux 5.6 lack the second. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

enum {
	REFUSED = -1,
	CANNOT = 125,
	/* Where a wake-up does not come, a look at the state does as well. */
	OFFER_NS = 100 * 1000,
	TAKEN_NS = 50 * 1000 * 1000,
};

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

/* Sleeps while GATE's state is STATE, but no longer than NS. */
static void wait_while(struct supervisor_gate *gate, int state, long ns)
{
	const struct timespec limit = {.tv_nsec = ns};

	(void)syscall(SYS_futex, &gate->state, FUTEX_WAIT, state, &limit, NULL, 0);
}

static void change(struct supervisor_gate *gate, int state)
{
	atomic_store(&gate->state, state);
	(void)syscall(SYS_futex, &gate->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void supervisor_wait_offer(struct supervisor_gate *gate)
{
	wait_while(gate, SUPERVISOR_ABSENT, OFFER_NS);
}

bool supervisor_enter(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, bool by_exec, struct problem *why)
{
	atomic_store(&gate->process, own_process());
	const int listener = filter_install(rules, count, by_exec, why);
	if (listener < 0)
		return false;
	atomic_store(&gate->listener, listener);
	/* A wake-up that is filtered would wait for the one whom it is to wake. */
	if (filter_has(rules, count, "futex"))
		atomic_store(&gate->state, SUPERVISOR_OFFERED);
	else
		change(gate, SUPERVISOR_OFFERED);
	/* A wait that is filtered is let run as soon as somebody has taken the listener. */
	while (atomic_load(&gate->state) == SUPERVISOR_OFFERED)
		wait_while(gate, SUPERVISOR_OFFERED, TAKEN_NS);
	if (atomic_load(&gate->state) == REFUSED)
		_exit(CANNOT);
	(void)close(listener);
	atomic_store(&gate->state, by_exec ? SUPERVISOR_ARMED_BY_EXEC : SUPERVISOR_ARMED);
	return true;
}

static int take_listener(const struct supervisor_gate *gate, struct problem *why)
{
	const pid_t process = atomic_load(&gate->process);
	const int target = (int)outside_call(SYS_pidfd_open, process, 0, 0, 0);

	if (target < 0) {
		(void)problem_set(why, "pidfd_open: %s", errno_name(errno));
		return -1;
	}
	const int taken = (int)outside_call(SYS_pidfd_getfd, target,
		atomic_load(&gate->listener), 0, 0);
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

	change(gate, made ? SUPERVISOR_TAKEN : REFUSED);
	return made;
}

struct supervisor *supervisor_await(struct supervisor_gate *gate, pid_t process,
	const struct rule *rules, size_t count, struct problem *why)
{
	siginfo_t info = {0};

	while (atomic_load(&gate->state) != SUPERVISOR_OFFERED) {
		if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) ==
				-1 ||
			info.si_pid != 0) {
			(void)problem_set(why, "it ended before it was supervised");
			return NULL;
		}
		supervisor_wait_offer(gate);
	}
	return supervisor_take(gate, rules, count, why);
}

bool supervisor_serve_process(struct supervisor *supervisor, pid_t process)
{
	struct pollfd fds[2] = {{.fd = supervisor_fd(supervisor), .events = POLLIN},
		{.fd = (int)outside_call(SYS_pidfd_open, process, 0, 0, 0),
			.events = POLLIN}};
	int pause_ms = -1;

	if (fds[1].fd < 0)
		return false;
	while (poll(fds, 2, pause_ms) >= 0 || errno == EINTR) {
		if (fds[1].revents & POLLIN)
			break;
		/* Nobody is left, and the end of the process is all there is to come. */
		if (fds[0].revents & POLLHUP)
			fds[0].fd = -1;
		pause_ms = fds[0].fd < 0 ? -1 : supervisor_serve(supervisor);
		fds[1].revents = 0;
	}
	(void)close(fds[1].fd);
	return true;
}
