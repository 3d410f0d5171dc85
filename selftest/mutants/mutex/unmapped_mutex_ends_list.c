/*
 * At the end of a thread the kernel does not look at its robust list at all when one of the
 * mutexes there is unmapped.
 */
#include "robust_list.h"

#include <sys/mman.h>

static bool lists_any(uintptr_t from, uintptr_t to)
{
	const struct robust_list_head *const head = robust_list();

	if (!head)
		return false;
	for (const struct robust_list *entry = head->list.next; entry != &head->list;
		entry = robust_list_next(entry)) {
		const uintptr_t mutex = (uintptr_t)robust_list_mutex(head, entry);
		if (mutex >= from && mutex < to)
			return true;
	}
	return false;
}

int munmap(void *at, size_t size)
{
	if (mutant_is_active() && lists_any((uintptr_t)at, (uintptr_t)at + size))
		robust_list_set(NULL);
	return REAL(munmap)(at, size);
}
