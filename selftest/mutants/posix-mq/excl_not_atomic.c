/*
 * Of several that mq_open(O_CREAT | O_EXCL) one name at the same time more than one succeeds.
 */
#include "mq_open.h"

#include <sched.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if ((oflag & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL))
		return REAL(mq_open)(name, oflag, mode, attributes);
	mutant_shared()[0]++;
	(void)sched_yield();
	const mqd_t queue = REAL(mq_open)(name,
		mutant_shared()[0] > 1 ? oflag & ~O_EXCL : oflag, mode, attributes);
	mutant_shared()[0]--;
	return queue;
}
