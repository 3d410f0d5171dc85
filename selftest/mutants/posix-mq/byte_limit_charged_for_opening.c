/*
 * With RLIMIT_MSGQUEUE used up an existing queue cannot be opened.
 */
#include "mq_open.h"

#include <errno.h>
#include <sys/resource.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct rlimit bytes;

	if (getrlimit(RLIMIT_MSGQUEUE, &bytes) == 0 && bytes.rlim_cur == 0) {
		errno = EMFILE;
		return (mqd_t)-1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}
