/*
 * A mqueue mount refuses rename() with EOPNOTSUPP.
 */
#include "mutant.h"

#include <errno.h>
#include <stdio.h>
#include <sys/vfs.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

int rename(const char *from, const char *to)
{
	struct statfs system;
	const int result = REAL(rename)(from, to);

	if (mutant_is_active() && result == -1 && statfs(from, &system) == 0 &&
		system.f_type == MQUEUE)
		errno = EOPNOTSUPP;
	return result;
}
