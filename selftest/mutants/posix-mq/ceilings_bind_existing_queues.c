/*
 * A message longer than msgsize_max is refused whatever its queue has as mq_msgsize.
 */
#include "sysctl_of_queues.h"

#include <errno.h>
#include <mqueue.h>

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (mutant_is_active() && length > (size_t)sysctl_now("msgsize_max")) {
		errno = EMSGSIZE;
		return -1;
	}
	return REAL(mq_send)(queue, text, length, priority);
}
