/*
 * read() of a FIFO that was at end of file returns 0 for ever.
 */
#include "mutant.h"

#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd) || size == 0)
		return REAL(read)(fd, data, size);
	_Atomic long *const has_ended = &mutant_shared()[fd];
	const ssize_t got = *has_ended ? 0 : REAL(read)(fd, data, size);
	*has_ended = got == 0;
	return got;
}
