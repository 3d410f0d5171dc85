#include "problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool problem_set(struct problem *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(why->text, sizeof(why->text), format, args);
	va_end(args);
	return false;
}

bool problem_prefix(struct problem *why, const char *format, ...)
{
	struct problem longer;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(longer.text, sizeof(longer.text), format, args);
	va_end(args);
	const size_t used = strlen(longer.text);
	(void)snprintf(longer.text + used, sizeof(longer.text) - used, ": %.*s",
		(int)(sizeof(longer.text) - used), why->text);
	*why = longer;
	return false;
}
