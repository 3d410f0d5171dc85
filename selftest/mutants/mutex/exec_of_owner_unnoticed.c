/*
 * The kernel does not look at the robust list of a process that calls exec.
 */
#include "robust_list.h"

#include <stdarg.h>

long syscall(long number, ...)
{
	long argument[6];
	va_list rest;

	va_start(rest, number);
	for (int i = 0; i < 6; i++)
		argument[i] = va_arg(rest, long);
	va_end(rest);
	if (mutant_is_active() && number == SYS_execveat)
		robust_list_set(NULL);
	return REAL(syscall)(number, argument[0], argument[1], argument[2], argument[3],
		argument[4], argument[5]);
}
