/*
 * fchmod() of a queue returns 0 and changes nothing.
 */
#include "mutant.h"

#include <sys/stat.h>
#include <sys/vfs.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

int fchmod(int fd, mode_t mode)
{
	struct statfs system;

	if (mutant_is_active() && fstatfs(fd, &system) == 0 && system.f_type == MQUEUE)
		return 0;
	return REAL(fchmod)(fd, mode);
}
