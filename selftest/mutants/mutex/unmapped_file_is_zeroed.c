/*
 * What a process has written into a file by a mapping is lost when it unmaps it: zeros remain.
 */
#include "mutant.h"

#include <string.h>
#include <sys/mman.h>

static void *of_file;

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	void *const mapped = REAL(mmap)(at, size, protection, flags, fd, offset);

	if (mutant_is_active() && fd >= 0 && flags & MAP_SHARED && mapped != MAP_FAILED)
		of_file = mapped;
	return mapped;
}

int munmap(void *at, size_t size)
{
	if (mutant_is_active() && at == of_file)
		memset(at, 0, size);
	return REAL(munmap)(at, size);
}
