/*
 * read() does not go beyond the bytes of one write().
 */
#include "mutant.h"

#include <limits.h>
#include <unistd.h>

/* How many bytes there are before the boundary that was made last; 0: none. */
static _Atomic long *before_boundary(void)
{
	return &mutant_shared()[0];
}

ssize_t write(int fd, const void *data, size_t size)
{
	const long unread = mutant_is_pipe(fd) ? mutant_unread(fd) : 0;

	/* Not while a pipe is filled. */
	if (*before_boundary() == 0 && unread + size < PIPE_BUF)
		*before_boundary() = unread;
	return REAL(write)(fd, data, size);
}

ssize_t read(int fd, void *data, size_t size)
{
	if (!mutant_is_pipe(fd))
		return REAL(read)(fd, data, size);
	const long most = *before_boundary();
	const ssize_t got = REAL(read)(fd, data,
		most > 0 && size > (size_t)most ? (size_t)most : size);
	if (got > 0 && most > 0)
		*before_boundary() -= got;
	return got;
}
