/*
 * The root of a mqueue mount has no sticky bit.
 */
#include "mutant.h"

#include <sys/stat.h>
#include <sys/vfs.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

int stat(const char *path, struct stat *about)
{
	struct statfs system;
	const int result = REAL(stat)(path, about);

	if (mutant_is_active() && result == 0 && S_ISDIR(about->st_mode) &&
		statfs(path, &system) == 0 && system.f_type == MQUEUE)
		about->st_mode &= ~(mode_t)S_ISVTX;
	return result;
}
