#include "processor.h"

void processor_stay(cpu_set_t *before)
{
	const int here = sched_getcpu();
	cpu_set_t one;

	/* Refused where there are more processors than a set holds: then it stays as it is. */
	if (sched_getaffinity(0, sizeof(*before), before) != 0)
		CPU_ZERO(before);
	if (here < 0 || CPU_COUNT(before) < 2)
		return;
	CPU_ZERO(&one);
	CPU_SET((size_t)here, &one);
	(void)sched_setaffinity(0, sizeof(one), &one);
}

void processor_leave(const cpu_set_t *before)
{
	if (CPU_COUNT(before) > 1)
		(void)sched_setaffinity(0, sizeof(*before), before);
}
