/*
 * select() finds no queue ready.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sys/select.h>

int select(int count, fd_set *readable, fd_set *writable, fd_set *other,
	struct timeval *timeout)
{
	struct mq_attr now;

	if (!mutant_is_active() || count < 1 || mq_getattr(count - 1, &now) == -1)
		return REAL(select)(count, readable, writable, other, timeout);
	FD_ZERO(readable);
	FD_ZERO(writable);
	return 0;
}
