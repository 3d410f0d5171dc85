/*
 * Only root may unlink a queue.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <unistd.h>

int mq_unlink(const char *name)
{
	if (!mutant_is_active() || geteuid() == 0)
		return REAL(mq_unlink)(name);
	errno = EACCES;
	return -1;
}
