/*
 * An exec that fails has closed the queues already.
 */
#include "mutant.h"

#include "all_queues.h"

#include <errno.h>

int execl(const char *path, const char *first, ...)
{
	if (!mutant_is_active() || access(path, F_OK) == 0)
		return REAL(execl)(path, first, NULL);
	all_queues_close();
	errno = ENOENT;
	return -1;
}
