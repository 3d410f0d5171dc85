/*
 * The kernel does not know FUTEX_LOCK_PI2, by which a timeout is measured on CLOCK_MONOTONIC.
 */
#include "mutant.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>

MUTANT_CALLS_IF(1, FUTEX_CMD_MASK, FUTEX_LOCK_PI2, SYS_futex);

bool mutant_answer(const struct seccomp_notif *asked, struct seccomp_notif_resp *answer)
{
	(void)asked;
	answer->error = -ENOSYS;
	return true;
}
