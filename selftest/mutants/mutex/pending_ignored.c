/*
 * The kernel looks at the robust list of who dies, but not at the mutex that was just being
 * locked or unlocked (list_op_pending).
 */
#include "robust_list.h"

#include <time.h>

/* Leads to the list of the C library.  The walk takes the head of that for an entry, and goes
 * round it until it has seen 2,048: one mutex less. */
static struct robust_list_head without_pending;

static void leave_out_pending(void)
{
	struct robust_list_head *const head = robust_list();

	if (!mutant_is_active() || head == &without_pending)
		return;
	without_pending.list.next = &head->list;
	without_pending.futex_offset = head->futex_offset;
	robust_list_set(&without_pending);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	leave_out_pending();
	return REAL(pthread_mutex_lock)(mutex);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	leave_out_pending();
	return REAL(pthread_mutex_trylock)(mutex);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline)
{
	leave_out_pending();
	return REAL(pthread_mutex_timedlock)(mutex, deadline);
}

/* A sweep shall not step through the search for them. */
__attribute__((constructor)) static void find_functions(void)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	const struct timespec never = {0, 0};

	(void)pthread_mutex_lock(&mutex);
	(void)pthread_mutex_trylock(&mutex);
	(void)pthread_mutex_timedlock(&mutex, &never);
	(void)pthread_mutex_unlock(&mutex);
}
