#include "processor.h"

#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

int processor_here(void)
{
	return sched_getcpu();
}

/* Whether the scheduler divides the processor among all who want it: one that runs at a
 * real-time priority could keep from it who has to end it. */
static bool is_shared_fairly(void)
{
	/* The raw call: musl's sched_getscheduler() always fails with ENOSYS. */
	const long policy = syscall(SYS_sched_getscheduler, 0) & ~SCHED_RESET_ON_FORK;

	return policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

void processor_stay(int number, cpu_set_t *before)
{
	cpu_set_t one;

	/* Refused where there are more processors than a set holds: then it stays as it is. */
	if (sched_getaffinity(0, sizeof(*before), before) != 0 || !is_shared_fairly())
		CPU_ZERO(before);
	if (number < 0 || number >= CPU_SETSIZE || CPU_COUNT(before) < 2)
		return;
	CPU_ZERO(&one);
	CPU_SET((size_t)number, &one);
	(void)sched_setaffinity(0, sizeof(one), &one);
}

void processor_leave(const cpu_set_t *before)
{
	if (CPU_COUNT(before) > 1)
		(void)sched_setaffinity(0, sizeof(*before), before);
}
