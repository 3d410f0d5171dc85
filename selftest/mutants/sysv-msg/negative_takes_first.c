/*
 * msgrcv() with a negative msgtyp takes the first message whose type is low enough, not the
 * first of the lowest type.
 */
#include "sysv_msg.h"

#include <limits.h>

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	const bool is_negative = mutant_is_active() && type < 0 && type != LONG_MIN;
	struct any_message seen;

	for (long i = 0; is_negative && type < 0 && !(flags & MSG_COPY); i++) {
		if (REAL(msgrcv)(id, &seen, sizeof(seen.text), i,
			    MSG_COPY | IPC_NOWAIT) == -1)
			break;
		if (seen.type <= -type)
			type = seen.type;
	}
	return REAL(msgrcv)(id, message, size, type, flags);
}
