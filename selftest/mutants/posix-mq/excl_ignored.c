/*
 * mq_open() ignores O_EXCL.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	return REAL(mq_open)(name, oflag & ~O_EXCL, mode, attributes);
}
