/*
 * blocking_ceiling: who waits for a mutex with a ceiling (PRIO_PROTECT), and until when.
 */
#include <sched.h>

#include "roles.h"
#include "waits.h"

/* A mutex that the caller holds, which is now a real-time thread below the ceiling, as all
 * that it starts. */
static pthread_mutex_t *held_ceiling_mutex(void)
{
	pthread_mutex_t *const mutex = ceiling_mutex(CEILING);

	schedule_here(SCHED_FIFO, CEILING / 2);
	need_zero(pthread_mutex_lock(mutex));
	return mutex;
}

CASE(mutex, blocking, pp_trylock_held_by_other_gives_ebusy,
	.claim = "pthread_mutex_trylock() of a PRIO_PROTECT mutex that another thread or "
		 "process has locked returns EBUSY",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_trylock(), ERRORS, EBUSY; option TPP",
	.needs = NEED_REALTIME, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = held_ceiling_mutex();

	must_return(trylock_in_process(mutex), EBUSY);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_thread(mutex), 0);
}

CASE(mutex, blocking, pp_timedlock_gives_etimedout,
	.claim = "pthread_mutex_timedlock() of a PRIO_PROTECT mutex that stays locked "
		 "fails with ETIMEDOUT when CLOCK_REALTIME has reached the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), ERRORS, ETIMEDOUT; option TPP",
	.needs = NEED_REALTIME, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = held_ceiling_mutex();
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, 3000);

	struct peer waiter = thread_start(time_out, &wait);
	peer_join(&waiter);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_thread(mutex), 0);
}

CASE(mutex, blocking, pp_timedlock_past_abstime_on_held_gives_etimedout,
	.claim = "pthread_mutex_timedlock() of a locked PRIO_PROTECT mutex with a "
		 "deadline in the past fails with ETIMEDOUT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION; option TPP",
	.needs = NEED_REALTIME, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = held_ceiling_mutex();
	struct timed_wait at_the_epoch = {mutex, CLOCK_REALTIME, {0, 0}};

	struct peer late = thread_start(time_out, &at_the_epoch);
	peer_join(&late);
	must_return(trylock_in_thread(mutex), EBUSY);
}

CASE(mutex, blocking, pp_timedlock_acquires_when_released_before_timeout,
	.claim = "pthread_mutex_timedlock() of a PRIO_PROTECT mutex waits while another "
		 "thread has it, and returns 0 when it is unlocked before the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION; option TPP",
	.needs = NEED_REALTIME | NEED_BLOCK_PROOF, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = held_ceiling_mutex();
	struct timed_wait wait = timed_wait_us(mutex, CLOCK_REALTIME, FAR_OFF_US);

	struct peer waiter = thread_start(acquire_in_time, &wait);
	peer_wait_blocked_on(&waiter, mutex);
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}
