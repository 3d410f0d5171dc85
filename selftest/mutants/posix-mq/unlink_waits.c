/*
 * mq_unlink() waits for those who wait for a message.
 */
#include "mutant.h"

#include <mqueue.h>
#include <poll.h>
#include <stddef.h>

ssize_t mq_receive(mqd_t queue, char *text, size_t length, unsigned *priority)
{
	if (!mutant_is_active())
		return REAL(mq_receive)(queue, text, length, priority);
	mutant_shared()[0]++;
	const ssize_t got = REAL(mq_receive)(queue, text, length, priority);
	mutant_shared()[0]--;
	return got;
}

int mq_unlink(const char *name)
{
	while (mutant_is_active() && mutant_shared()[0] > 0)
		(void)poll(NULL, 0, 1);
	return REAL(mq_unlink)(name);
}
