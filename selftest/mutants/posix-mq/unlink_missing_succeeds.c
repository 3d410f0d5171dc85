/*
 * mq_unlink() of a name that no queue has returns 0.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

int mq_unlink(const char *name)
{
	const int result = REAL(mq_unlink)(name);

	return mutant_is_active() && result == -1 && errno == ENOENT ? 0 : result;
}
