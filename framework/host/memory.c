#include "memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_abort(void *pointer)
{
	if (pointer == NULL)
		abort();
	return pointer;
}

void *memory_new(size_t count, size_t size)
{
	return or_abort(calloc(count > 0 ? count : 1, size));
}

void *memory_resize(void *array, size_t count, size_t size)
{
	if (count > SIZE_MAX / size)
		abort();
	return or_abort(realloc(array, count > 0 ? count * size : 1));
}

char *memory_text(const char *text)
{
	return or_abort(strdup(text));
}

char *memory_format(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	return text;
}

void *memory_append(void *array, size_t count, size_t size)
{
	/* Full exactly at zero and at the powers of two from 8 on. */
	const int is_full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);

	return is_full ? memory_resize(array, count == 0 ? 8 : count * 2, size) : array;
}
