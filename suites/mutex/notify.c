/*
 * notify: whom unlocking a mutex wakes.
 */
#include "waits.h"

CASE_EACH(mutex, notify, unlock_without_waiters_makes_no_wake_call, mutex_kinds,
	.claim = "locking and unlocking a mutex that nobody else wants makes no futex call",
	.level = LEVEL_LIBC,
	.spec = "futex(7), DESCRIPTION",
	.needs = NEED_SECCOMP)
{
	pthread_mutex_t *mutex = shared_mutex(row);

	ck_assert_int_eq(makes_call("futex", lock_and_unlock, mutex), false);
}
