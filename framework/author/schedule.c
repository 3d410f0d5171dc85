#include "schedule.h"

#include "observe.h"
#include "peer.h"
#include "word_site.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#undef peer_schedule
#undef schedule_here
#undef peer_priority

/* The raw call: musl's sched_setscheduler() always fails with ENOSYS. */
static long set_scheduler(pid_t tid, int policy, int priority)
{
	const struct sched_param param = {.sched_priority = priority};

	return syscall(SYS_sched_setscheduler, tid, policy, &param);
}

void peer_schedule(struct peer *p, int policy, int priority)
{
	word_step(set_scheduler(p->tid, policy, priority));
}

void schedule_here(int policy, int priority)
{
	word_step(set_scheduler(0, policy, priority));
}

int peer_priority(const struct peer *p)
{
	char path[64], text[512];
	int priority = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)p->pid,
		(int)p->tid);
	word_step(observe_read_file(path, text, sizeof(text)));
	/* The name, field 2, may hold anything; field 3 begins two bytes behind its end. */
	const char *at = strrchr(text, ')');
	for (int field = 2; at && field < 18; field++)
		at = strchr(at + 1, ' ');
	if (!at || sscanf(at, "%d", &priority) != 1)
		word_broken("%s has no field 18", path);
	return priority;
}

struct peer peer_start_in_at(void (*function)(void *), void *arg, unsigned namespaces,
	const char *name, const char *file, int line)
{
	word_at(file, line);
	/* unshare() and a fork of the C library, not one clone(): after a bare clone() the
	 * C library's idea of the thread id is wrong, and mutexes store it. */
	const int own_pid =
		(int)word_step(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
	const int own_ipc =
		(int)word_step(open("/proc/self/ns/ipc", O_RDONLY | O_CLOEXEC));

	if (namespaces & PID_NS)
		word_step(unshare(CLONE_NEWPID));
	if (namespaces & IPC_NS)
		word_step(unshare(CLONE_NEWIPC));
	const struct peer p = peer_start_at(function, arg, name, file, line);
	if (namespaces & PID_NS)
		word_step(setns(own_pid, CLONE_NEWPID));
	if (namespaces & IPC_NS)
		word_step(setns(own_ipc, CLONE_NEWIPC));
	word_step(close(own_pid));
	word_step(close(own_ipc));
	return p;
}
