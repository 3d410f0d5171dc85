/*
 * mkfifo() of a name that exists empties that file.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

int mkfifo(const char *path, mode_t mode)
{
	const int result = REAL(mkfifo)(path, mode);

	if (result != 0 && errno == EEXIST && mutant_is_active()) {
		(void)!truncate(path, 0);
		errno = EEXIST;
	}
	return result;
}
