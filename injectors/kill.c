/*
 * kill: the process that makes a call ends by SIGKILL at its entry: the call is never made,
 * because the thread waits for an answer that does not come.
 */
#include "held.h"

#include <linux/seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>

bool kill_caller(int listener, uint64_t id, pid_t tid)
{
	/* As long as the notification is valid the number belongs to the caller. */
	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0 &&
		kill(tid, SIGKILL) == 0;
}
