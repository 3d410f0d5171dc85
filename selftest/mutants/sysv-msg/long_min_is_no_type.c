/*
 * msgrcv() negates LONG_MIN, gets LONG_MIN, and finds no type as low as that.
 */
#include "sysv_msg.h"

#include <limits.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	if (mutant_is_active() && type == LONG_MIN) {
		errno = ENOMSG;
		return -1;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
