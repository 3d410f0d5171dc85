/*
 * mq_open() without a free descriptor fails with ENFILE.
 */
#include "mq_open.h"

#include <errno.h>
#include <unistd.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 || errno != EMFILE)
		return queue;
	const int fd = dup(0); /* or is it a lack of bytes? */
	if (fd >= 0)
		(void)close(fd);
	errno = fd >= 0 ? EMFILE : ENFILE;
	return queue;
}
