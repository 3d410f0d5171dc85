/*
 * The entries of a mqueue mount say that they are FIFOs.
 */
#include "mutant.h"

#include <sys/stat.h>
#include <sys/vfs.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

int lstat(const char *path, struct stat *about)
{
	struct statfs system;
	const int result = REAL(lstat)(path, about);

	if (mutant_is_active() && result == 0 && statfs(path, &system) == 0 &&
		system.f_type == MQUEUE && S_ISREG(about->st_mode))
		about->st_mode ^= S_IFREG ^ S_IFIFO;
	return result;
}
