/*
 * The message of the lowest priority is received first.  In the kernel's queue all priorities
 * are turned round.
 */
#include "mq_priority.h"

enum { HIGHEST = 32767 };

static unsigned priority_to_queue(unsigned priority)
{
	return priority <= HIGHEST ? HIGHEST - priority : priority;
}

static unsigned priority_to_report(unsigned queued)
{
	return HIGHEST - queued;
}
