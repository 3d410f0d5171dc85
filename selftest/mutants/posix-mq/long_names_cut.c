/*
 * A name that is longer than NAME_MAX is cut off there.
 */
#include "mq_open.h"

#include <limits.h>
#include <stdio.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	char cut[NAME_MAX + 2];

	(void)snprintf(cut, sizeof(cut), "%s", name);
	return REAL(mq_open)(cut, oflag, mode, attributes);
}

int mq_unlink(const char *name)
{
	char cut[NAME_MAX + 2];

	(void)snprintf(cut, sizeof(cut), "%s", name);
	return REAL(mq_unlink)(mutant_is_active() ? cut : name);
}
