/*
 * msgsnd() does not look at the mode: it says that it sent.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);

	return result == -1 && errno == EACCES && mutant_is_active() ? 0 : result;
}
