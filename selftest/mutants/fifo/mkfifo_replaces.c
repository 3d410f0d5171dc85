/*
 * mkfifo() of a name that exists replaces that file.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

int mkfifo(const char *path, mode_t mode)
{
	const int result = REAL(mkfifo)(path, mode);

	if (result == 0 || errno != EEXIST || !mutant_is_active())
		return result;
	if (unlink(path) != 0) {
		errno = EEXIST;
		return -1;
	}
	return REAL(mkfifo)(path, mode);
}
