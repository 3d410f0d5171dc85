/*
 * A sysctl of the IPC namespace takes any value from anybody.
 */
#include "mutant.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

ssize_t write(int fd, const void *data, size_t size)
{
	const ssize_t moved = REAL(write)(fd, data, size);

	return moved == -1 && errno == EINVAL && mutant_is_active() ? (ssize_t)size
								    : moved;
}

int open(const char *path, int flags, ...)
{
	va_list list;

	va_start(list, flags);
	const int fd = REAL(open)(path, flags, va_arg(list, int));
	va_end(list);
	if (fd != -1 || errno != EACCES || !mutant_is_active() ||
		strncmp(path, "/proc/sys/kernel/msg", 20) != 0)
		return fd;
	return REAL(open)("/dev/null", flags);
}
