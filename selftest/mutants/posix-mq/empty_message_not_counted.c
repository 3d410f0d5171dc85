/*
 * A message of no bytes is accepted and thrown away.
 */
#include "mutant.h"

#include <mqueue.h>

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	if (mutant_is_active() && length == 0)
		return 0;
	return REAL(mq_send)(queue, text, length, priority);
}
