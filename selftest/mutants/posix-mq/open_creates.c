/*
 * mq_open() creates a queue that does not exist, also without O_CREAT.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct mq_attr tiny = {.mq_maxmsg = 1, .mq_msgsize = 8};

	if (oflag & O_CREAT)
		return REAL(mq_open)(name, oflag, mode, attributes);
	return REAL(mq_open)(name, oflag | O_CREAT, 0600, &tiny);
}
