/*
 * mq_timedreceive() on a descriptor opened with O_RDONLY fails with EBADF.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>

ssize_t mq_timedreceive(mqd_t queue, char *text, size_t bytes, unsigned *priority,
	const struct timespec *until)
{
	if (mutant_is_active() && (fcntl(queue, F_GETFL) & O_ACCMODE) == O_RDONLY) {
		errno = EBADF;
		return -1;
	}
	return REAL(mq_timedreceive)(queue, text, bytes, priority, until);
}
