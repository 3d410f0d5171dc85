/*
 * Who has sent to a queue once may go on.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	static int sent_to = -1;
	static pid_t sender;
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0) {
		sent_to = id;
		sender = getpid();
	}
	return result == -1 && errno == EACCES && mutant_is_active() && sent_to == id &&
			sender == getpid()
		? 0
		: result;
}
