/*
 * The end of a message of several pages is that of the one that was received before.
 */
#include "sysv_msg.h"

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	static struct any_message last;
	struct any_message *const now = message;
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);

	if (length <= 4096 || !mutant_is_active())
		return length;
	const char end = last.text[4096];
	last = *now;
	now->text[4096] = end;
	return length;
}
