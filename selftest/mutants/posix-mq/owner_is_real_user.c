/*
 * A new queue belongs to the real user and group.
 */
#include "mq_open.h"

#include <sys/fsuid.h>
#include <unistd.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if (!(oflag & O_CREAT))
		return REAL(mq_open)(name, oflag);
	const int group = setfsgid(getgid()), user = setfsuid(getuid());
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	(void)setfsuid((uid_t)user);
	(void)setfsgid((gid_t)group);
	return queue;
}
