/*
 * queues_max keeps from opening a queue, not only from making one.
 */
#include "mq_open.h"
#include "sysctl_of_queues.h"

#include <errno.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	_Atomic long *const made = &mutant_shared()[0];
	const bool is_new = oflag & O_EXCL;
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 && !is_new && *made >= sysctl_now("queues_max")) {
		(void)mq_close(queue);
		errno = ENOSPC;
		return (mqd_t)-1;
	}
	if (queue != (mqd_t)-1 && is_new)
		(*made)++;
	return queue;
}
