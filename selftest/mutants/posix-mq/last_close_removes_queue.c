/*
 * A queue ends with its last descriptor, as if it had been unlinked.
 */
#include "mq_open.h"

#include <string.h>

static char last_opened[256];

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1) {
		mutant_shared()[0]++;
		(void)strncpy(last_opened, name, sizeof(last_opened) - 1);
	}
	return queue;
}

int mq_close(mqd_t queue)
{
	if (mutant_is_active() && --mutant_shared()[0] == 0)
		(void)mq_unlink(last_opened);
	return REAL(mq_close)(queue);
}
