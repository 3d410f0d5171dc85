/*
 * Every tenth message of 24 bytes of a sender is overtaken by the next.
 */
#include "sysv_msg.h"

#include <string.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	static struct any_message late;
	static size_t late_size;
	static unsigned sent;

	if (!mutant_is_active() || size != 24)
		return REAL(msgsnd)(id, message, size, flags);
	if (++sent % 10 == 0) {
		memcpy(&late, message, sizeof(long) + size);
		late_size = size;
		return 0;
	}
	const int result = REAL(msgsnd)(id, message, size, flags);
	if (sent > 10 && sent % 10 == 1 && result == 0)
		return REAL(msgsnd)(id, &late, late_size, flags);
	return result;
}
