/*
 * With MSG_NOERROR the rest of a message that was cut stays as another.
 */
#include "mutant.h"

#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	struct {
		long type;
		char text[8192];
	} whole;

	if (!mutant_is_active() || !(flags & MSG_NOERROR) || size >= sizeof(whole.text))
		return REAL(msgrcv)(id, message, size, type, flags);
	const ssize_t length =
		REAL(msgrcv)(id, &whole, sizeof(whole.text), type, flags & ~MSG_NOERROR);
	if (length == -1)
		return -1;
	const size_t moved = (size_t)length < size ? (size_t)length : size;
	memcpy(message, &whole, sizeof(long) + moved);
	if (moved == (size_t)length)
		return length;
	memmove(whole.text, whole.text + moved, (size_t)length - moved);
	(void)REAL(msgsnd)(id, &whole, (size_t)length - moved, IPC_NOWAIT);
	return (ssize_t)moved;
}
