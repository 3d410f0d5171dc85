/*
 * Any user may open the sysctls of queues for writing.
 */
#include "sysctl_of_queues.h"

#include <errno.h>
#include <stdarg.h>

int open(const char *path, int oflag, ...)
{
	va_list arguments;

	va_start(arguments, oflag);
	const mode_t mode = va_arg(arguments, mode_t);
	va_end(arguments);
	const int fd = REAL(open)(path, oflag, mode);
	if (fd == -1 && errno == EACCES && mutant_is_active() &&
		strncmp(path, queue_sysctls, sizeof(queue_sysctls) - 1) == 0)
		return REAL(open)("/dev/null", oflag);
	return fd;
}
