/*
 * blocking_lock: when pthread_mutex_lock() and pthread_mutex_trylock() wait, and until when.
 */
#include <signal.h>

#include "waits.h"

CASE_EACH(mutex, blocking, lock_free_mutex_does_not_block, mutex_kinds,
	.claim = "pthread_mutex_lock() of a free mutex returns 0 and makes the caller its "
		 "owner",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION")
{
	pthread_mutex_t *mutex = shared_mutex(row);

	/* Nobody else is there to end a wait. */
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, blocking, lock_blocks_until_unlock, mutex_kinds,
	.claim = "pthread_mutex_lock() of a mutex that another thread has locked waits "
		 "until that thread unlocks it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = thread_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&waiter, mutex);

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
	must_return(pthread_mutex_trylock(mutex), 0);
}

CASE_EACH(mutex, blocking, pshared_lock_blocks_peer_process, mutex_kinds_shared,
	.claim = "pthread_mutex_lock() of a process-shared mutex that another process has "
		 "locked waits until that process unlocks it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer waiter = peer_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&waiter, mutex);

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
	must_return(pthread_mutex_trylock(mutex), 0);
}

CASE_EACH(mutex, blocking, trylock_held_by_other_gives_ebusy, mutex_kinds,
	.claim = "pthread_mutex_trylock() of a mutex that another thread, or, when it is "
		 "process-shared, another process has locked returns EBUSY",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_trylock(), ERRORS, EBUSY")
{
	struct mutex_kind between_processes = *row;
	between_processes.pshared = PTHREAD_PROCESS_SHARED;
	pthread_mutex_t *mutex = shared_mutex(row);
	pthread_mutex_t *shared = shared_mutex(&between_processes);
	need_zero(pthread_mutex_lock(mutex));
	need_zero(pthread_mutex_lock(shared));

	must_return(trylock_in_process(shared), EBUSY);
	must_return(trylock_in_thread(mutex), EBUSY);
}

CASE_EACH(mutex, blocking, trylock_own_nonrecursive_gives_ebusy, mutex_kinds_nonrecursive,
	.claim = "pthread_mutex_trylock() by the owner of a mutex that is not recursive "
		 "returns EBUSY",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_trylock(), DESCRIPTION and ERRORS, EBUSY")
{
	pthread_mutex_t *mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	must_return(pthread_mutex_trylock(mutex), EBUSY);
}

CASE_EACH(mutex, blocking, trylock_free_acquires, mutex_kinds,
	.claim = "pthread_mutex_trylock() of a free mutex returns 0 and makes the caller "
		 "its owner",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_trylock(), RETURN VALUE")
{
	pthread_mutex_t *mutex = shared_mutex(row);

	must_return(pthread_mutex_trylock(mutex), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

/* A thread's second pthread_mutex_lock() of its mutex. */
struct relock {
	pthread_mutex_t *mutex;
	const char *outcome; /* "deadlock" unless the call returns */
};

static struct relock *relock_new(const struct mutex_kind *kind)
{
	struct relock *relock = arena(sizeof(*relock));

	*relock = (struct relock){shared_mutex(kind), "deadlock"};
	return relock;
}

/* Ends asleep in a futex: in the second lock, or at rest with the outcome of it.  */
static void lock_twice(void *arg)
{
	struct relock *relock = arg;

	need_zero(pthread_mutex_lock(relock->mutex));
	const int error = pthread_mutex_lock(relock->mutex);
	relock->outcome = error == 0 ? "recursion" : errno_name(error);
	peer_rest();
}

CASE_EACH(mutex, blocking, normal_relock_deadlocks, mutex_kinds_normal,
	.claim = "pthread_mutex_lock() by the owner of a normal mutex never acquires it: "
		 "it waits for ever, or reports EDEADLK",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION; ERRORS, EDEADLK",
	.needs = NEED_BLOCK_PROOF)
{
	struct relock *relock = relock_new(row);

	struct peer victim = peer_start(lock_twice, relock);
	peer_wait_blocked(&victim, "futex");
	note_choice("second lock", relock->outcome, "deadlock", "EDEADLK");
	peer_kill(&victim, SIGKILL);
}

static const struct mutex_kind defaults[] = {
	{"private", PTHREAD_MUTEX_DEFAULT, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
	{"pi", PTHREAD_MUTEX_DEFAULT, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
};

CASE_EACH(mutex, blocking, default_relock_outcome, defaults,
	.claim = "pthread_mutex_lock() by the owner of a mutex of the default type waits "
		 "for ever, reports EDEADLK, or locks it once more",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION (undefined, or as the type "
		"that PTHREAD_MUTEX_DEFAULT is)",
	.needs = NEED_BLOCK_PROOF)
{
	struct relock *relock = relock_new(row);

	struct peer victim = peer_start(lock_twice, relock);
	peer_wait_blocked(&victim, "futex");
	note_choice("second lock", relock->outcome, "deadlock", "EDEADLK", "recursion");
	peer_kill(&victim, SIGKILL);
}
