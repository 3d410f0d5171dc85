/*
 * mkfifo() reads the path itself before it asks the kernel.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	if (*(const volatile char *)path == '\0') {
		errno = ENOENT;
		return -1;
	}
	return REAL(mkfifo)(path, mode);
}
