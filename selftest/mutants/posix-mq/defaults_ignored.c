/*
 * A queue made without attributes is always one of 1 message of 77 bytes.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct mq_attr fixed = {.mq_maxmsg = 1, .mq_msgsize = 77};

	return REAL(mq_open)(name, oflag, mode, attributes ? attributes : &fixed);
}
