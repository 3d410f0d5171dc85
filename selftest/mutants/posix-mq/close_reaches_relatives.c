/*
 * Parent and child share their descriptors of queues: what one closes, the other has no more.
 */
#include "mutant.h"

#include <mqueue.h>
#include <unistd.h>

/* Which process closed that number, if it was a forked child or the parent of one. */
static _Atomic long *closed_by(mqd_t queue)
{
	return &mutant_shared()[(unsigned)queue % MUTANT_SLOTS];
}

int mq_close(mqd_t queue)
{
	if (mutant_is_active() && queue >= 0)
		*closed_by(queue) = getpid();
	return REAL(mq_close)(queue);
}

int mq_send(mqd_t queue, const char *text, size_t length, unsigned priority)
{
	const long who = mutant_is_active() && queue >= 0 ? *closed_by(queue) : 0;

	if (who != 0 && who != getpid())
		(void)close(queue);
	return REAL(mq_send)(queue, text, length, priority);
}
