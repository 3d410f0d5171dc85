/*
 * splice() and tee() of more than a page put the first page behind the others.
 */
#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Writes what the pipe of FD holds again, with its first page last. */
static void put_first_page_last(int fd)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE),
		     size = (size_t)mutant_unread(fd);
	char path[32], *const bytes = malloc(size);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	const int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (!bytes || read(reader, bytes, size) != (ssize_t)size ||
		write(fd, bytes + page, size - page) < 0 || write(fd, bytes, page) < 0)
		abort();
	(void)close(reader);
	free(bytes);
}

static ssize_t put_in_order(int fd, ssize_t moved)
{
	if (moved > sysconf(_SC_PAGESIZE) && mutant_is_pipe(fd) &&
		mutant_unread(fd) == moved)
		put_first_page_last(fd);
	return moved;
}

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t size,
	unsigned flags)
{
	return put_in_order(out, REAL(splice)(in, in_at, out, out_at, size, flags));
}

ssize_t tee(int in, int out, size_t size, unsigned flags)
{
	return put_in_order(out, REAL(tee)(in, out, size, flags));
}
