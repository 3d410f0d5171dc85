/*
 * mq_setattr() that is refused with EINVAL has cleared O_NONBLOCK.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <stddef.h>

int mq_setattr(mqd_t queue, const struct mq_attr *restrict wanted,
	struct mq_attr *restrict before)
{
	const struct mq_attr none = {0};
	const int result = REAL(mq_setattr)(queue, wanted, before);

	if (result == -1 && errno == EINVAL && mutant_is_active()) {
		(void)REAL(mq_setattr)(queue, &none, NULL);
		errno = EINVAL;
	}
	return result;
}
