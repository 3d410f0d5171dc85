/*
 * The second time that a file is mapped shared, also by another process, gives a copy.
 */
#include "mutant.h"

#include <stdatomic.h>
#include <sys/mman.h>

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	if (mutant_is_active() && flags & MAP_SHARED && !(flags & MAP_ANONYMOUS) &&
		atomic_fetch_add(&mutant_shared()[0], 1) > 0)
		flags = (flags & ~MAP_SHARED) | MAP_PRIVATE;
	return REAL(mmap)(at, size, protection, flags, fd, offset);
}
