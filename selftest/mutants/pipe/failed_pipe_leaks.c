/*
 * A pipe call that fails leaves a descriptor open.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static long leaked(long result)
{
	const int error = errno;

	if (result < 0 && mutant_is_active())
		(void)dup(0);
	errno = error;
	return result;
}

int pipe(int ends[2])
{
	return (int)leaked(REAL(pipe)(ends));
}

int pipe2(int ends[2], int flags)
{
	return (int)leaked(REAL(pipe2)(ends, flags));
}

long syscall(long number, ...)
{
	long given[6];
	va_list rest;

	va_start(rest, number);
	for (int i = 0; i < 6; i++)
		given[i] = va_arg(rest, long);
	va_end(rest);
	const long result = REAL(syscall)(number, given[0], given[1], given[2], given[3],
		given[4], given[5]);
	return number == SYS_pipe2 ? leaked(result) : result;
}
