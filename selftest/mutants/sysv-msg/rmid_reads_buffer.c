/*
 * msgctl(IPC_RMID) wants a buffer that can be read, or none.
 */
#include "mutant.h"

#include <errno.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/syscall.h>
#include <sys/uio.h>

MUTANT_CALLS(SYS_msgctl);

bool mutant_answer(const struct seccomp_notif *asked, struct seccomp_notif_resp *answer)
{
	char byte;
	const struct iovec here = {&byte, 1};
	const struct iovec there = {(void *)(uintptr_t)asked->data.args[2], 1};

	if (asked->data.args[1] != IPC_RMID || asked->data.args[2] == 0 ||
		process_vm_readv((pid_t)asked->pid, &here, 1, &there, 1, 0) == 1)
		return false;
	answer->error = -EFAULT;
	return true;
}
