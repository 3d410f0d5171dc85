/*
 * robust_list: the list of robust mutexes that a thread gives the kernel, for mutants of what
 * the kernel does with it at the end of the thread.
 */
#ifndef ASSAY_SELFTEST_ROBUST_LIST_H
#define ASSAY_SELFTEST_ROBUST_LIST_H

#include "mutex_object.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

/** The list of the caller. */
static inline struct robust_list_head *robust_list(void)
{
	struct robust_list_head *head = NULL;
	size_t size;

	(void)syscall(SYS_get_robust_list, 0, &head, &size);
	return head;
}

/** Gives the kernel HEAD, or with NULL an empty list.  Leaves errno as it was. */
static inline void robust_list_set(struct robust_list_head *head)
{
	static struct robust_list_head empty = {.list = {&empty.list}};
	const int saved = errno;

	(void)syscall(SYS_set_robust_list, head ? head : &empty, sizeof(*head));
	errno = saved;
}

/** The mutex of ENTRY; the entry after it.  The lowest bit of an entry's address tells those
 *  that inherit priority. */
static inline pthread_mutex_t *robust_list_mutex(const struct robust_list_head *head,
	const struct robust_list *entry)
{
	return (pthread_mutex_t *)(((uintptr_t)entry & ~(uintptr_t)1) +
		(uintptr_t)head->futex_offset);
}

static inline struct robust_list *robust_list_next(const struct robust_list *entry)
{
	return ((const struct robust_list *)((uintptr_t)entry & ~(uintptr_t)1))->next;
}

/** Does to the mutexes of the caller between FROM and TO what the kernel does at its end. */
static inline void robust_list_release(uintptr_t from, uintptr_t to)
{
	const struct robust_list_head *const head = robust_list();

	for (const struct robust_list *entry = head->list.next; entry != &head->list;
		entry = robust_list_next(entry)) {
		pthread_mutex_t *const mutex = robust_list_mutex(head, entry);
		const unsigned word = (unsigned)mutex->__data.__lock;
		if ((uintptr_t)mutex >= from && (uintptr_t)mutex < to)
			mutex->__data.__lock =
				(int)((word & FUTEX_WAITERS) | FUTEX_OWNER_DIED);
	}
}

#endif
