/*
 * A FIFO belongs to root, whoever made it.
 */
#include "mutant.h"

#include <sys/stat.h>

int stat(const char *path, struct stat *about)
{
	const int result = REAL(stat)(path, about);

	if (result == 0 && mutant_is_active() && S_ISFIFO(about->st_mode))
		about->st_uid = 0;
	return result;
}
