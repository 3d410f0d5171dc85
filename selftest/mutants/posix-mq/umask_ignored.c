/*
 * mq_open() does not apply the umask, as before Linux 2.6.14.
 */
#include "mq_open.h"

#include <sys/stat.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mode_t before = umask(0);
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	(void)umask(before);
	return queue;
}
