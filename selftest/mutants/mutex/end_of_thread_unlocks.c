/*
 * A thread that ends unlocks its robust mutexes, and nobody is told.
 */
#include "robust_list.h"

static pthread_key_t at_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void unlock_all(void *unused)
{
	const struct robust_list_head *const head = robust_list();

	(void)unused;
	while (head->list.next != &head->list)
		if (pthread_mutex_unlock(robust_list_mutex(head, head->list.next)) != 0)
			break;
}

static void make_key(void)
{
	(void)pthread_key_create(&at_end, unlock_all);
}

/* Not the first thread: its end is that of the process. */
int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (mutant_is_active() && syscall(SYS_gettid) != getpid()) {
		(void)pthread_once(&once, make_key);
		(void)pthread_setspecific(at_end, &at_end);
	}
	return REAL(pthread_mutex_lock)(mutex);
}
