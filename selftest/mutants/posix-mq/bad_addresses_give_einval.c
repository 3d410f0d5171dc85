/*
 * The kernel gives EINVAL for an address that cannot be read.
 */
#include "mutant.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/uio.h>

MUTANT_CALLS(SYS_mq_open, SYS_mq_unlink, SYS_mq_timedsend, SYS_mq_timedreceive,
	SYS_mq_notify, SYS_mq_getsetattr);

static const struct pointer {
	long call;
	int argument, size; /* SIZE: the argument that has it; 0: one byte */
} pointers[] = {
	{SYS_mq_open, 0, 0},
	{SYS_mq_open, 3, 0},
	{SYS_mq_unlink, 0, 0},
	{SYS_mq_timedsend, 1, 2},
	{SYS_mq_timedsend, 4, 0},
	{SYS_mq_timedreceive, 1, 2},
	{SYS_mq_timedreceive, 3, 0},
	{SYS_mq_timedreceive, 4, 0},
	{SYS_mq_notify, 1, 0},
	{SYS_mq_getsetattr, 1, 0},
	{SYS_mq_getsetattr, 2, 0},
};

static bool is_bad(const struct seccomp_notif *asked, const struct pointer *pointer)
{
	static char bytes[1 << 16];
	const uintptr_t address = (uintptr_t)asked->data.args[pointer->argument];
	const size_t size = pointer->size ? asked->data.args[pointer->size] : 1;
	const struct iovec here = {bytes, size < sizeof(bytes) ? size : sizeof(bytes)};
	const struct iovec there = {(void *)address, here.iov_len};

	return address &&
		process_vm_readv((pid_t)asked->pid, &here, 1, &there, 1, 0) !=
		(ssize_t)here.iov_len;
}

bool mutant_answer(const struct seccomp_notif *asked, struct seccomp_notif_resp *answer)
{
	answer->error = -EINVAL;
	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
		if (asked->data.nr == pointers[i].call && is_bad(asked, &pointers[i]))
			return true;
	return false;
}
