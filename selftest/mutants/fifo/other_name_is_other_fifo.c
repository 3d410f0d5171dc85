/*
 * rename() and link() give the new name to a new FIFO.
 */
#include "mutant.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_fifo(const char *path)
{
	struct stat about;

	return mutant_is_active() && lstat(path, &about) == 0 && S_ISFIFO(about.st_mode);
}

int rename(const char *path, const char *other)
{
	if (!is_fifo(path))
		return REAL(rename)(path, other);
	return mkfifo(other, 0600) == 0 ? unlink(path) : -1;
}

int link(const char *path, const char *other)
{
	return is_fifo(path) ? mkfifo(other, 0600) : REAL(link)(path, other);
}
