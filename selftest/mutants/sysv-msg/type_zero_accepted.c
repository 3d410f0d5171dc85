/*
 * msgsnd() takes a message whose type is not positive, as one of type 1.
 */
#include "mutant.h"

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct {
		long type;
		char text[64];
	} changed = {.type = 1};
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 || errno != EINVAL || !mutant_is_active() ||
		size > sizeof(changed.text) || *(const long *)message > 0)
		return result;
	memcpy(changed.text, (const char *)message + sizeof(long), size);
	return REAL(msgsnd)(id, &changed, size, flags);
}
