/*
 * mq_open(O_CREAT) without attributes fails with EINVAL.
 */
#include "mq_open.h"

#include <errno.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if (oflag & O_CREAT && !attributes) {
		errno = EINVAL;
		return -1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}
