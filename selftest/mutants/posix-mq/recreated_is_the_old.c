/*
 * A name that is made anew gives the unlinked queue again while that is open.
 */
#include "mq_open.h"

#include <unistd.h>

static mqd_t last = (mqd_t)-1;
static bool is_unlinked;

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 && is_unlinked && oflag & O_CREAT) {
		const mqd_t old = dup(last);
		if (old != (mqd_t)-1) {
			(void)mq_close(queue);
			return old;
		}
	}
	last = queue;
	return queue;
}

int mq_unlink(const char *name)
{
	is_unlinked = mutant_is_active();
	return REAL(mq_unlink)(name);
}
