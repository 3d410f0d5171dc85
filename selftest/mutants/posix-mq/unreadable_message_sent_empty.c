/*
 * mq_send() of a message that cannot be read fails with EFAULT, and has queued an empty one.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

int mq_send(mqd_t queue, const char *text, size_t bytes, unsigned priority)
{
	const int result = REAL(mq_send)(queue, text, bytes, priority);

	if (mutant_is_active() && result == -1 && errno == EFAULT) {
		(void)REAL(mq_send)(queue, "", 0, priority);
		errno = EFAULT;
	}
	return result;
}
