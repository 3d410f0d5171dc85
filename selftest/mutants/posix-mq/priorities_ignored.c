/*
 * Messages are received in the order of sending, whatever their priorities, which are
 * reported all the same.  In the kernel's queue each message has a priority of its own, lower
 * than all before it.
 */
#include "mq_priority.h"

enum { HIGHEST = 32767, KEPT = MUTANT_SLOTS - 1 };

static unsigned priority_to_queue(unsigned priority)
{
	if (priority > HIGHEST)
		return priority;
	const unsigned number = (unsigned)mutant_shared()[KEPT]++;
	mutant_shared()[number % KEPT] = priority;
	return HIGHEST - number;
}

static unsigned priority_to_report(unsigned queued)
{
	return (unsigned)mutant_shared()[(HIGHEST - queued) % KEPT];
}
