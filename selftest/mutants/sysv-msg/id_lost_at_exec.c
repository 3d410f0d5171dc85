/*
 * An identifier is good for the image that called msgget(), and for its children.
 */
#include "sysv_msg.h"

static bool has_asked;

int msgget(key_t key, int flags)
{
	has_asked = true;
	return REAL(msgget)(key, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && !has_asked) {
		errno = EINVAL;
		return -1;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
