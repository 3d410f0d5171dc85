/*
 * The kernel forgets the last reference to a queue that is closed: it is never destroyed.
 */
#include "mutant.h"

#include <mqueue.h>

int mq_close(mqd_t queue)
{
	if (mutant_is_active())
		mutant_hold(queue);
	return REAL(mq_close)(queue);
}
