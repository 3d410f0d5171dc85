/*
 * mq_open() counts the slash as one of the NAME_MAX bytes of a name.
 */
#include "mq_open.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	if (strlen(name) > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return REAL(mq_open)(name, oflag, mode, attributes);
}
