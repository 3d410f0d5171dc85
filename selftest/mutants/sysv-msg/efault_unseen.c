/*
 * A buffer that cannot be read or written is no error.
 */
#include "mutant.h"

#include <errno.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <sys/uio.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	return result == -1 && errno == EFAULT && mutant_is_active() ? 0 : result;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t result = REAL(msgrcv)(id, message, size, type, flags);

	return result == -1 && errno == EFAULT && mutant_is_active() ? 0 : result;
}

MUTANT_CALLS(SYS_msgctl);

bool mutant_answer(const struct seccomp_notif *asked, struct seccomp_notif_resp *answer)
{
	char byte;
	const struct iovec here = {&byte, 1};
	const struct iovec there = {(void *)(uintptr_t)asked->data.args[2], 1};

	(void)answer;
	return asked->data.args[2] != 0 &&
		process_vm_readv((pid_t)asked->pid, &here, 1, &there, 1, 0) == -1 &&
		errno == EFAULT;
}
