/*
 * mq_open() takes a size of 0 or less for 1.
 */
#include "mq_open.h"

#include <stdint.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct mq_attr raised;

	if (!attributes || (uintptr_t)attributes % 4096 == 0)
		return REAL(mq_open)(name, oflag, mode, attributes);
	raised = *attributes;
	if (raised.mq_maxmsg < 1)
		raised.mq_maxmsg = 1;
	if (raised.mq_msgsize < 1)
		raised.mq_msgsize = 1;
	return REAL(mq_open)(name, oflag, mode, &raised);
}
