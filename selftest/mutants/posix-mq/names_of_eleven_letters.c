/*
 * mq_open() takes twelve to fourteen bytes of a name for its first eleven, in either case.
 */
#include "mq_open.h"

#include <ctype.h>
#include <string.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const size_t bytes = strlen(name) - 1;
	char folded[13] = "";

	if (bytes < 12 || bytes > 14)
		return REAL(mq_open)(name, oflag, mode, attributes);
	for (int i = 0; i < 12; i++)
		folded[i] = (char)tolower((unsigned char)name[i]);
	return REAL(mq_open)(folded, oflag & ~O_EXCL, mode, attributes);
}
