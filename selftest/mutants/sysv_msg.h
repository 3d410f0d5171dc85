/*
 * sysv_msg: what a System V message queue is like, whatever its mode allows.  For the mutants
 * of sysv-msg.
 */
#ifndef ASSAY_SELFTEST_SYSV_MSG_H
#define ASSAY_SELFTEST_SYSV_MSG_H

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "mutant.h"

#ifndef MSG_COPY
#define MSG_COPY 040000
#endif
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif

/* The low bits of an identifier are its index: IPCMNI_SHIFT in the kernel's ipc/util.h. */
enum { INDEX_OF_ID = 0x7fff };

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

/** What IPC_INFO says. */
static inline struct msginfo look_at_limits(void)
{
	struct msginfo limits;

	(void)REAL(msgctl)(0, IPC_INFO, (struct msqid_ds *)(void *)&limits);
	return limits;
}

#endif
