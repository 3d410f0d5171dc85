/*
 * Nothing can be sent to a queue without a name.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

int mq_unlink(const char *name)
{
	const int result = REAL(mq_unlink)(name);

	if (mutant_is_active() && result == 0)
		mutant_shared()[0] = 1;
	return result;
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (mutant_is_active() && mutant_shared()[0]) {
		errno = EBADF;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
