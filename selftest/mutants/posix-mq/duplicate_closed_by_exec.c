/*
 * dup() of a queue's descriptor gives one that exec closes.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <unistd.h>

int dup(int fd)
{
	struct mq_attr now;

	if (mutant_is_active() && mq_getattr(fd, &now) == 0)
		return fcntl(fd, F_DUPFD_CLOEXEC, 0);
	return REAL(dup)(fd);
}
