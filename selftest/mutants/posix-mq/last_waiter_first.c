/*
 * Of several who wait the last to come is served first.  Each waits with a better niceness
 * than those before it, and the kernel serves the best first.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sched.h>
#include <sys/resource.h>

static void queue_up(void)
{
	enum { WORST = 19 };

	if (mutant_is_active() && sched_getscheduler(0) == SCHED_OTHER)
		(void)setpriority(PRIO_PROCESS, 0,
			(int)(WORST - mutant_shared()[0]++ % 10));
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	queue_up();
	return REAL(mq_send)(queue, message, length, priority);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	queue_up();
	return REAL(mq_receive)(queue, message, size, priority);
}
