/*
 * mq_send() on a descriptor opened with O_WRONLY fails with EBADF.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>

int mq_send(mqd_t queue, const char *text, size_t bytes, unsigned priority)
{
	if (mutant_is_active() && (fcntl(queue, F_GETFL) & O_ACCMODE) == O_WRONLY) {
		errno = EBADF;
		return -1;
	}
	return REAL(mq_send)(queue, text, bytes, priority);
}
