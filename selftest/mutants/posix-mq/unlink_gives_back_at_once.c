/*
 * An unlinked queue counts no longer, neither against queues_max nor against RLIMIT_MSGQUEUE,
 * although somebody has it open.
 */
#include "mq_open.h"
#include "sysctl_of_queues.h"

#include <errno.h>
#include <sys/resource.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const long unlinked = mutant_shared()[0];
	struct rlimit before, more;
	mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 || unlinked == 0 || (errno != ENOSPC && errno != EMFILE))
		return queue;
	const bool lacks_bytes = errno == EMFILE;
	const long queues = sysctl_now("queues_max");
	(void)getrlimit(RLIMIT_MSGQUEUE, &before);
	if (lacks_bytes ? before.rlim_cur == before.rlim_max : queues >= 256)
		return queue; /* it is something else */
	more = before;
	more.rlim_cur *= 2;
	(void)setrlimit(RLIMIT_MSGQUEUE, &more);
	sysctl_change("queues_max", queues + unlinked);
	queue = REAL(mq_open)(name, oflag, mode, attributes);
	const int error = errno;
	sysctl_change("queues_max", queues);
	(void)setrlimit(RLIMIT_MSGQUEUE, &before);
	errno = error;
	return queue;
}

int mq_unlink(const char *name)
{
	const int result = REAL(mq_unlink)(name);

	if (mutant_is_active() && result == 0)
		mutant_shared()[0]++;
	return result;
}
