/*
 * mq_unlink() removes the name before it finds out that it may not.
 */
#include "mq_open.h"

#include <errno.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if (mutant_shared()[0] && !(oflag & O_CREAT)) {
		errno = ENOENT;
		return (mqd_t)-1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}

int mq_unlink(const char *name)
{
	const int result = REAL(mq_unlink)(name);

	if (mutant_is_active() && result == -1 && errno == EACCES)
		mutant_shared()[0] = 1;
	return result;
}
