/*
 * sysv_msg: what a System V message queue is like, whatever its mode allows.  For the mutants
 * of sysv-msg.
 */
#ifndef ASSAY_SELFTEST_SYSV_MSG_H
#define ASSAY_SELFTEST_SYSV_MSG_H

#include <errno.h>
#include <stdbool.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/uio.h>
#include <unistd.h>

#include "mutant.h"

#ifndef MSG_COPY
#define MSG_COPY 040000
#endif
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif

/* The low bits of an identifier are its index: IPCMNI_SHIFT in the kernel's ipc/util.h. */
enum { INDEX_OF_ID = 0x7fff };

/* Any message, as msgsnd() and msgrcv() want it. */
struct any_message {
	long type;
	char text[8192];
};

/** The state of the queue ID; all zero when there is none.  Leaves errno as it was. */
static inline struct msqid_ds look(int id)
{
	struct msqid_ds status = {.msg_qnum = 0};
	const int saved = errno;

	if (REAL(msgctl)(id & INDEX_OF_ID, MSG_STAT_ANY, &status) != id)
		status = (struct msqid_ds){.msg_qnum = 0};
	errno = saved;
	return status;
}

/** Whether the SIZE bytes at ADDRESS can be read. */
static inline bool is_readable(const void *address, size_t size)
{
	char copy[sizeof(struct any_message)];
	const struct iovec here = {copy, size}, there = {(void *)address, size};
	const int saved = errno;
	const bool is = size <= sizeof(copy) &&
		process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)size;

	errno = saved;
	return is;
}

/** The real msgrcv(); *WAITED: whether it had to wait for a message. */
static inline ssize_t receive_waiting(int id, void *message, size_t size, long type,
	int flags, bool *waited)
{
	ssize_t length = -1;

	*waited = false;
	if (!(flags & (IPC_NOWAIT | MSG_COPY))) {
		length = REAL(msgrcv)(id, message, size, type, flags | IPC_NOWAIT);
		*waited = length == -1 && errno == ENOMSG;
		if (!*waited)
			return length;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}

/** The real msgsnd(); *WAITED: whether it had to wait for room. */
static inline int send_waiting(int id, const void *message, size_t size, int flags,
	bool *waited)
{
	const int result = REAL(msgsnd)(id, message, size, flags | IPC_NOWAIT);

	*waited = result == -1 && errno == EAGAIN && !(flags & IPC_NOWAIT);
	return *waited ? REAL(msgsnd)(id, message, size, flags) : result;
}

/** What IPC_INFO says. */
static inline struct msginfo look_at_limits(void)
{
	struct msginfo limits;

	(void)REAL(msgctl)(0, IPC_INFO, (struct msqid_ds *)(void *)&limits);
	return limits;
}

#endif
