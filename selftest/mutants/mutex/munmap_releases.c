/*
 * The kernel takes a robust mutex whose owner unmaps it for one whose owner died.
 */
#include "robust_list.h"

#include <sys/mman.h>

int munmap(void *at, size_t size)
{
	if (mutant_is_active())
		robust_list_release((uintptr_t)at, (uintptr_t)at + size);
	return REAL(munmap)(at, size);
}
