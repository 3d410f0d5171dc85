/*
 * {MQ_PRIO_MAX} - 1 is no priority.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <unistd.h>

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (mutant_is_active() && priority + 1 == (unsigned)sysconf(_SC_MQ_PRIO_MAX)) {
		errno = EINVAL;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
