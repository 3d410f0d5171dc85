/*
 * Who has waited longest is served first, whatever its scheduling priority.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sched.h>

static void lose_priority(void)
{
	static const struct sched_param none;

	if (mutant_is_active())
		(void)sched_setscheduler(0, SCHED_OTHER, &none);
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	lose_priority();
	return REAL(mq_send)(queue, message, length, priority);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	lose_priority();
	return REAL(mq_receive)(queue, message, size, priority);
}
