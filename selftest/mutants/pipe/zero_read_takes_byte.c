/*
 * read() of zero bytes takes one away.
 */
#include "mutant.h"

#include <unistd.h>

ssize_t read(int fd, void *data, size_t size)
{
	char lost;

	if (size == 0 && mutant_is_pipe(fd) && mutant_unread(fd) > 0)
		(void)REAL(read)(fd, &lost, 1);
	return REAL(read)(fd, data, size);
}
