/*
 * mq_open() makes a good name of one that has a second slash, is only dots, or is only a
 * slash.
 */
#include "mq_open.h"

#include <string.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	char mended[256] = "/_";

	if (name[0] != '/' || strlen(name) > 250)
		return REAL(mq_open)(name, oflag, mode, attributes);
	(void)strcat(mended, name + 1);
	for (char *c = mended + 1; *c; c++)
		if (*c == '/' || *c == '.')
			*c = '_';
	return REAL(mq_open)(strpbrk(name + 1, "/.") || !name[1] ? mended : name, oflag,
		mode, attributes);
}
