/*
 * msgsnd() does not notice what cannot be read behind the first page of a message: it sends zeros.
 */
#include "sysv_msg.h"

#include <string.h>

enum { FIRST_PAGE = 4048 };

int msgsnd(int id, const void *message, size_t size, int flags)
{
	struct any_message sent = {.type = 0};
	const int result = REAL(msgsnd)(id, message, size, flags);

	if (result == 0 || errno != EFAULT || !mutant_is_active() || size <= FIRST_PAGE ||
		size > sizeof(sent.text) || !is_readable(message, FIRST_PAGE))
		return result;
	memcpy(&sent, message, FIRST_PAGE);
	return REAL(msgsnd)(id, &sent, size, flags);
}
