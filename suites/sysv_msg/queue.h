/*
 * queue: the few steps that most cases of System V message queues begin with.  What makes a
 * queue or looks at it is a step: going wrong it makes the case `broken`.  Sending and
 * receiving give what the system call gave, for need() or a claim around them.  All are
 * inline: other suites have steps of the same names.
 */
#ifndef ASSAY_SUITES_SYSV_MSG_QUEUE_H
#define ASSAY_SUITES_SYSV_MSG_QUEUE_H

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "assay.h"

/* Their numbers in every Linux ABI, for a C library that does not name them. */
#ifndef MSG_COPY
#define MSG_COPY 040000
#endif
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif

/* For .lacks of cases that make the system call themselves: on 32-bit machines the C library
 * looks into the buffer of msgctl(). */
#ifdef SYS_msgctl
#define LACKS_MSGCTL NULL
#else
#define LACKS_MSGCTL "msgctl() is no system call of its own here"
#define SYS_msgctl -1
#endif

/* The deadline of cases that wait for another second, as the times of a queue count them. */
enum { QUEUE_TIMES_DEADLINE_MS = 6000 };

/** A message with a short text, as msgsnd() and msgrcv() want it. */
struct message {
	long type;
	char text[64];
};

/** Creates the queue of own_key(N), which must be new, with MODE; returns its identifier. */
static inline int queue_made(int n, int mode)
{
	return need(msgget(own_key(n), IPC_CREAT | IPC_EXCL | mode));
}

/** What IPC_STAT says of the queue ID; no member that it leaves as it was looks right. */
static inline struct msqid_ds queue_status(int id)
{
	struct msqid_ds status;

	memset(&status, 0xa5, sizeof(status));
	need(msgctl(id, IPC_STAT, &status));
	return status;
}

/** The index under which MSG_STAT finds the queue ID; -1 with ENOENT when there is none. */
static inline int queue_index(int id)
{
	struct msginfo used;
	struct msqid_ds status;
	const int last = need(msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&used));

	for (int i = 0; i <= last; i++)
		if (msgctl(i, MSG_STAT, &status) == id)
			return i;
	errno = ENOENT;
	return -1;
}

/** What IPC_INFO says of the IPC namespace. */
static inline struct msginfo queue_limits(void)
{
	struct msginfo limits;

	need(msgctl(0, IPC_INFO, (struct msqid_ds *)(void *)&limits));
	return limits;
}

/** msgsnd() of TEXT, up to 64 bytes without its final NUL, to the queue ID. */
static inline int message_send(int id, long type, const char *text, int flags)
{
	struct message message = {.type = type};
	const size_t length = strnlen(text, sizeof(message.text));

	memcpy(message.text, text, length);
	return msgsnd(id, &message, length, flags);
}

/** msgrcv() from the queue ID into *INTO, up to 63 bytes, to which it adds a NUL. */
static inline ssize_t message_receive(int id, struct message *into, long type, int flags)
{
	const ssize_t length = msgrcv(id, into, sizeof(into->text) - 1, type, flags);

	if (length >= 0)
		into->text[length] = '\0';
	return length;
}

#endif
