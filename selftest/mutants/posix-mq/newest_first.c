/*
 * Of the messages of one priority the newest is received first.  In the kernel's queue the
 * number of the message is the lower part of its priority.
 */
#include "mq_priority.h"

enum { AGES = 32, HIGHEST = 1000 };

static unsigned priority_to_queue(unsigned priority)
{
	if (priority > HIGHEST)
		return priority;
	return priority * AGES + (unsigned)(mutant_shared()[0]++ % AGES);
}

static unsigned priority_to_report(unsigned queued)
{
	return queued < (HIGHEST + 1) * AGES ? queued / AGES : queued;
}
