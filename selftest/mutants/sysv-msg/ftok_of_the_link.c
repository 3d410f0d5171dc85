/*
 * ftok() makes a key of a symbolic link, not of what it names.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/stat.h>

key_t ftok(const char *path, int id)
{
	struct stat file;

	if (!mutant_is_active())
		return REAL(ftok)(path, id);
	if (lstat(path, &file) == -1)
		return -1;
	return (key_t)((file.st_ino & 0xffff) | (file.st_dev & 0xff) << 16 |
		((unsigned)id & 0xff) << 24);
}
