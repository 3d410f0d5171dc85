/*
 * mq_open(O_CREAT) of a name that exists takes the name from the old queue and gives it to a
 * new one.
 */
#include "mq_open.h"

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if ((oflag & (O_CREAT | O_EXCL)) == O_CREAT)
		(void)mq_unlink(name);
	return REAL(mq_open)(name, oflag, mode, attributes);
}
