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
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
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
	AWAIT_NS = 2 * 1000 * 1000, /* where it comes, and only a death is missed */
	TAKEN_NS = 50 * 1000 * 1000,
	IN_A_ROW = 64, /* calls answered without a look at the process */
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

static void wake(struct supervisor_gate *gate)
{
	(void)syscall(SYS_futex, &gate->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void change(struct supervisor_gate *gate, int state)
{
	atomic_store(&gate->state, state);
	wake(gate);
}

void supervisor_wait_offer(struct supervisor_gate *gate)
{
	wait_while(gate, SUPERVISOR_ABSENT, OFFER_NS);
}

bool supervisor_enter(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, bool by_exec, struct problem *why)
{
	/* A supervisor that is the parent knows it, and says so (supervisor_serve_child()). */
	if (atomic_load(&gate->process) == 0)
		atomic_store(&gate->process, own_process());
	const int listener = filter_install(rules, count, by_exec, why);
	if (listener < 0)
		return false;
	atomic_store(&gate->listener, listener);
	/* It may be refused already. */
	int state = SUPERVISOR_ABSENT;
	(void)atomic_compare_exchange_strong(&gate->state, &state, SUPERVISOR_OFFERED);
	/* A wake-up that is filtered would wait for the one whom it is to wake. */
	if (!filter_has(rules, count, "futex"))
		wake(gate);
	/* A wait that is filtered is let run as soon as somebody has taken the listener. */
	while (atomic_load(&gate->state) == SUPERVISOR_OFFERED)
		wait_while(gate, SUPERVISOR_OFFERED, TAKEN_NS);
	if (atomic_load(&gate->state) == REFUSED)
		_exit(CANNOT);
	(void)close(listener);
	atomic_store(&gate->state, by_exec ? SUPERVISOR_ARMED_BY_EXEC : SUPERVISOR_ARMED);
	return true;
}

static int open_process(pid_t process, struct problem *why)
{
	const int fd = (int)outside_call(SYS_pidfd_open, process, 0, 0, 0);

	if (fd < 0)
		(void)problem_set(why, "pidfd_open: %s", errno_name(errno));
	return fd;
}

/* Takes the listener that the process of descriptor PIDFD has offered in GATE. */
static struct supervisor *take(struct supervisor_gate *gate, int pidfd,
	const struct rule *rules, size_t count, struct problem *why)
{
	const int listener = (int)outside_call(SYS_pidfd_getfd, pidfd,
		atomic_load(&gate->listener), 0, 0);

	if (listener < 0)
		(void)problem_set(why, "pidfd_getfd: %s", errno_name(errno));
	struct supervisor *const made =
		listener < 0 ? NULL : supervisor_new(listener, gate, rules, count, why);
	change(gate, made ? SUPERVISOR_TAKEN : REFUSED);
	return made;
}

struct supervisor *supervisor_take(struct supervisor_gate *gate, const struct rule *rules,
	size_t count, struct problem *why)
{
	const int pidfd = open_process(atomic_load(&gate->process), why);

	if (pidfd < 0) {
		change(gate, REFUSED);
		return NULL;
	}
	struct supervisor *const made = take(gate, pidfd, rules, count, why);
	(void)close(pidfd);
	return made;
}

/* Waits until CHILD, of descriptor PIDFD, offers itself in GATE.  False with *WHY when it has
 * ended before. */
static bool await(struct supervisor_gate *gate, int pidfd, const struct rule *rules,
	size_t count, struct problem *why)
{
	const long ns = filter_has(rules, count, "futex") ? OFFER_NS : AWAIT_NS;
	struct pollfd end = {.fd = pidfd, .events = POLLIN};

	for (;;) {
		wait_while(gate, SUPERVISOR_ABSENT, ns);
		if (atomic_load(&gate->state) == SUPERVISOR_OFFERED)
			return true;
		if (poll(&end, 1, 0) > 0)
			return problem_set(why, "it ended before it was supervised");
	}
}

/* Answers calls that wait already, one after another: while they come at once nothing else
 * needs a look.  Returns the last pause. */
static int serve_in_a_row(struct supervisor *supervisor)
{
	struct pollfd listener = {.fd = supervisor_fd(supervisor), .events = POLLIN};
	int pause_ms = supervisor_serve(supervisor, true);

	for (int i = 0;
		i < IN_A_ROW && poll(&listener, 1, 0) > 0 && listener.revents & POLLIN;
		i++)
		pause_ms = supervisor_serve(supervisor, true);
	return pause_ms;
}

/* Serves until the process of descriptor PIDFD has ended. */
static void serve_until_end(struct supervisor *supervisor, int pidfd)
{
	struct pollfd fds[2] = {{.fd = supervisor_fd(supervisor), .events = POLLIN},
		{.fd = pidfd, .events = POLLIN}};
	int pause_ms = -1;

	while (poll(fds, 2, pause_ms) >= 0 || errno == EINTR) {
		if (fds[1].revents & POLLIN)
			return;
		/* Nobody is left, and the end of the process is all there is to come. */
		if (fds[0].revents & POLLHUP)
			fds[0].fd = -1;
		if (fds[0].fd < 0)
			pause_ms = -1;
		else if (fds[0].revents & POLLIN)
			pause_ms = serve_in_a_row(supervisor);
		else
			pause_ms = supervisor_serve(supervisor, false);
		fds[0].revents = fds[1].revents = 0;
	}
}

struct supervisor *supervisor_serve_child(struct supervisor_gate *gate, pid_t child,
	const struct rule *rules, size_t count, struct problem *why)
{
	struct supervisor *made = NULL;

	atomic_store(&gate->process, child);
	const int pidfd = open_process(child, why);
	if (pidfd < 0)
		change(gate, REFUSED);
	else if (await(gate, pidfd, rules, count, why))
		made = take(gate, pidfd, rules, count, why);
	if (made)
		serve_until_end(made, pidfd);
	if (pidfd >= 0)
		(void)close(pidfd);
	return made;
}
