/*
 * memory: allocation that does not fail.  The runner needs little and cannot do anything
 * useful without it, so a refusal aborts; its workers then end by themselves.
 */
#ifndef ASSAY_HOST_MEMORY_H
#define ASSAY_HOST_MEMORY_H

#include <stddef.h>

/** COUNT zeroed elements of SIZE bytes; never NULL.  Freed with free(). */
void *memory_new(size_t count, size_t size);

/** ARRAY with room for COUNT elements of SIZE bytes; the old pointer is void. */
void *memory_resize(void *array, size_t count, size_t size);

/** A copy of TEXT. */
char *memory_text(const char *text);

/** A text made like printf makes it. */
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** ARRAY with room for one element more than COUNT; it grows by doubling, so COUNT is the
 *  only number to keep. */
void *memory_append(void *array, size_t count, size_t size);

#endif
