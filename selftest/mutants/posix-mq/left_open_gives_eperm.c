/*
 * mq_open() and mq_getattr() refuse with EPERM what POSIX leaves to the implementation.
 */
#include "mq_open.h"

#include <errno.h>
#include <stdint.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const int created = oflag & O_CREAT;
	const int odd_attributes = attributes && (uintptr_t)attributes % 4096 &&
		attributes->mq_maxmsg == 0 && REAL(mq_open)(name, O_RDWR) != -1;

	if (name[0] != '/' || mode & ~0777u || (oflag & O_ACCMODE) == O_ACCMODE ||
		(oflag & O_EXCL && !created) || odd_attributes) {
		errno = EPERM;
		return -1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}

int mq_getattr(mqd_t queue, struct mq_attr *attributes)
{
	const int result = REAL(mq_getattr)(queue, attributes);

	if (mutant_is_active() && result == -1 && errno == EBADF)
		errno = EPERM;
	return result;
}
