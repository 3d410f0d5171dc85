/*
 * A forked child has no queue open.
 */
#include "mutant.h"

#include "all_queues.h"

pid_t fork(void)
{
	const pid_t child = REAL(fork)();

	if (child == 0 && mutant_is_active())
		all_queues_close();
	return child;
}
