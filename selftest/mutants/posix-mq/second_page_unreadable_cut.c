/*
 * A message whose first 4,048 bytes can be read and whose last cannot is sent cut.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>

enum { FIRST_PIECE = 4048 };

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	const int result = REAL(mq_send)(queue, message, length, priority);

	if (result == -1 && errno == EFAULT && length > FIRST_PIECE && mutant_is_active())
		return REAL(mq_send)(queue, message, FIRST_PIECE, priority);
	return result;
}
