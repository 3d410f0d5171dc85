/*
 * interrupt: a signal arrives while a call is blocked in the kernel: proof, then signal.
 */
#include "held.h"
#include "observe.h"

#include <sys/syscall.h>
#include <unistd.h>

enum held_step interrupt_step(struct held *held)
{
	struct call call = {.number = -1};

	/* The directory of a thread is below any of its process's, and below its own. */
	switch (observe(held->tid, held->tid, "", PROOF_SYSCALL, &call)) {
	case SIGHT_ENDED:
		return HELD_MISSES;
	case SIGHT_ELSEWHERE:
	case SIGHT_BLOCKED:
#ifdef SYS_restart_syscall
		if (call.number == SYS_restart_syscall)
			return HELD_FIRES;
#endif
		return call.number == held->call ? HELD_FIRES : HELD_MISSES;
	default:
		return HELD_WAITS;
	}
}

bool interrupt_send(const struct held *held, int signal)
{
	return syscall(SYS_tkill, held->tid, signal) == 0;
}
