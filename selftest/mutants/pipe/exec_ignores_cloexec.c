/*
 * Exec leaves the ends of a pipe open that have FD_CLOEXEC.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef STAYS_OPEN
#define STAYS_OPEN(fd) true
#endif

long syscall(long number, ...)
{
	long given[6];
	va_list rest;

	va_start(rest, number);
	for (int i = 0; i < 6; i++)
		given[i] = va_arg(rest, long);
	va_end(rest);
	for (int fd = 3; number == SYS_execveat && fd < 200; fd++)
		if (mutant_is_pipe(fd) && STAYS_OPEN(fd))
			(void)fcntl(fd, F_SETFD, 0);
	return REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4],
		given[5]);
}
