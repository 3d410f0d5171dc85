/*
 * A process has keys of one file only: ftok() of another fails with ENOMEM.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/stat.h>

key_t ftok(const char *path, int id)
{
	static ino_t only;
	struct stat file;

	if (!mutant_is_active() || stat(path, &file) == -1)
		return REAL(ftok)(path, id);
	if (only == 0)
		only = file.st_ino;
	if (file.st_ino != only) {
		errno = ENOMEM;
		return -1;
	}
	return REAL(ftok)(path, id);
}
