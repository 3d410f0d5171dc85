/*
 * msgsnd() of a large message keeps its address, and the bytes are those that are there when
 * it is received.
 */
#include "sysv_msg.h"

#include <string.h>

static const struct any_message *last;
static size_t last_size;

int msgsnd(int id, const void *message, size_t size, int flags)
{
	if (mutant_is_active() && size > 4096) {
		last = message;
		last_size = size;
	}
	return REAL(msgsnd)(id, message, size, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (length > 4096 && mutant_is_active() && last && (size_t)length == last_size)
		memcpy(((struct any_message *)message)->text, last->text, last_size);
	return length;
}
