/*
 * The real user of a process is judged, not its effective one.
 */
#include "sysv_msg.h"

#include <unistd.h>

/* CALL, made as the real user. */
#define AS_REAL(call)                                                          \
	({                                                                     \
		const uid_t user_ = geteuid();                                 \
		const bool turns_ = mutant_is_active() && user_ != getuid() && \
			seteuid(getuid()) == 0;                                \
		const __auto_type value_ = (call);                             \
		const int saved_ = errno;                                      \
		if (turns_)                                                    \
			(void)seteuid(user_);                                  \
		errno = saved_;                                                \
		value_;                                                        \
	})

int msgctl(int id, int command, struct msqid_ds *status)
{
	return AS_REAL(REAL(msgctl)(id, command, status));
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return AS_REAL(REAL(msgsnd)(id, message, size, flags));
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return AS_REAL(REAL(msgrcv)(id, message, size, type, flags));
}
