/*
 * A message without text is not queued.
 */
#include "mutant.h"

#include <mqueue.h>

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	if (mutant_is_active() && length == 0)
		return 0;
	return REAL(mq_send)(queue, message, length, priority);
}
