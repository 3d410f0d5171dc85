/*
 * mq_close() returns 0 and leaves the descriptor open.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>

int mq_close(mqd_t queue)
{
	if (mutant_is_active() && fcntl(queue, F_GETFD) != -1)
		return 0;
	return REAL(mq_close)(queue);
}
