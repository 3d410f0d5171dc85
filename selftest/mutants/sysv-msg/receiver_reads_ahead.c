/*
 * msgrcv() with a large buffer takes all messages that there are, and keeps those that were
 * not asked for yet.
 */
#include "sysv_msg.h"

#include <string.h>

enum { AHEAD = 16 };

static struct {
	struct any_message message;
	ssize_t length;
} ahead[AHEAD];

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	static int first, count;

	if (!mutant_is_active() || type != 0 || size < 4096)
		return REAL(msgrcv)(id, message, size, type, flags);
	if (first < count) {
		memcpy(message, &ahead[first].message,
			sizeof(long) + (size_t)ahead[first].length);
		return ahead[first++].length;
	}
	const ssize_t length = REAL(msgrcv)(id, message, size, type, flags);
	for (first = count = 0; length >= 0 && count < AHEAD; count++) {
		ahead[count].length = REAL(msgrcv)(id, &ahead[count].message,
			sizeof(ahead[count].message.text), 0, IPC_NOWAIT);
		if (ahead[count].length == -1)
			break;
	}
	return length;
}
