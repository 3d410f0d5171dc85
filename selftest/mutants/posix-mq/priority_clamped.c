/*
 * A priority of {MQ_PRIO_MAX} or more counts as the highest there is.
 */
#include "mutant.h"

#include <mqueue.h>
#include <unistd.h>

static unsigned clamp(unsigned priority)
{
	const unsigned beyond = (unsigned)sysconf(_SC_MQ_PRIO_MAX);

	return mutant_is_active() && priority >= beyond ? beyond - 1 : priority;
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	return REAL(mq_send)(queue, text, length, clamp(priority));
}

int mq_timedsend(mqd_t queue, const char *text, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, text, length, clamp(priority), deadline);
}
