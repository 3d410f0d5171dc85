/*
 * The kernel looks at the robust list of a process that calls exec before it knows that there
 * is a program.
 */
#include "robust_list.h"

#include <stdarg.h>

enum { ARGUMENTS = 16 };

int execl(const char *path, const char *first, ...)
{
	char *arguments[ARGUMENTS] = {(char *)first};
	va_list rest;

	va_start(rest, first);
	for (int i = 1; i < ARGUMENTS - 1 && arguments[i - 1]; i++)
		arguments[i] = va_arg(rest, char *);
	va_end(rest);
	if (mutant_is_active())
		robust_list_release(0, UINTPTR_MAX);
	return execv(path, arguments);
}
