/*
 * mutex/access: who owns a mutex, and what anybody else is refused.
 */
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

CASE_EACH(mutex, access, errorcheck_relock_gives_edeadlk, errorcheck_mixes,
	.claim = "the owner of an ERRORCHECK mutex that locks it again gets EDEADLK and "
		 "holds it once",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_lock(), ERRORS, EDEADLK")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	must_return(pthread_mutex_lock(mutex), EDEADLK);
	must_return(user_trylock(row, mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(user_trylock(row, mutex), 0);
}

static void timedlock_own(void *mutex)
{
	const struct timespec deadline = far_off();

	need_zero(pthread_mutex_lock(mutex));
	must_return(pthread_mutex_timedlock(mutex, &deadline), EDEADLK);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, access, errorcheck_timedlock_by_owner_gives_edeadlk, errorcheck_mixes,
	.claim = "the owner of an ERRORCHECK mutex that calls timedlock gets EDEADLK "
		 "without waiting for the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), ERRORS, EDEADLK",
	.needs = NEED_BLOCK_PROOF)
{
	struct peer owner = thread_start(timedlock_own, shared_mutex(row));

	ck_assert_msg(peers_asleep(&owner, 1, "futex") == 0,
		"the owner waits for the deadline of its own timedlock");
	peer_join(&owner);
}

/* What is locked again, and on which clock. */
struct relock {
	pthread_mutex_t *mutex;
	clockid_t clock;
};

static void clocklock_own(void *arg)
{
	const struct relock *const relock = arg;
	struct timespec deadline;

	need(clock_gettime(relock->clock, &deadline));
	deadline.tv_sec += 1800;
	need_zero(pthread_mutex_lock(relock->mutex));
	must_return(pthread_mutex_clocklock(relock->mutex, relock->clock, &deadline),
		EDEADLK);
	must_return(pthread_mutex_unlock(relock->mutex), 0);
}

static const struct {
	const char *name;
	const struct mutex_kind *kind;
	clockid_t clock;
} clocked_mixes[] = {
	{"plain", &errorcheck_mixes[0], CLOCK_REALTIME},
	{"pi", &errorcheck_mixes[1], CLOCK_REALTIME},
	{"robust", &errorcheck_mixes[2], CLOCK_REALTIME},
	{"robust-pi", &errorcheck_mixes[3], CLOCK_REALTIME},
	{"private", &errorcheck_mixes[4], CLOCK_REALTIME},
	{"private-pi", &errorcheck_mixes[5], CLOCK_REALTIME},
	{"plain-monotonic", &errorcheck_mixes[0], CLOCK_MONOTONIC},
	{"pi-monotonic", &errorcheck_mixes[1], CLOCK_MONOTONIC},
	{"robust-monotonic", &errorcheck_mixes[2], CLOCK_MONOTONIC},
	{"robust-pi-monotonic", &errorcheck_mixes[3], CLOCK_MONOTONIC},
};

CASE_EACH(mutex, access, errorcheck_clocklock_by_owner_gives_edeadlk, clocked_mixes,
	.claim = "the owner of an ERRORCHECK mutex that calls clocklock, on either clock, "
		 "gets EDEADLK without waiting for the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), ERRORS, EDEADLK",
	.needs = NEED_BLOCK_PROOF, .lacks = MUTEX_LACKS_CLOCKLOCK)
{
	struct relock relock = {shared_mutex(row->kind), row->clock};
	struct peer owner = thread_start(clocklock_own, &relock);

	ck_assert_msg(peers_asleep(&owner, 1, "futex") == 0,
		"the owner waits for the deadline of its own clocklock");
	peer_join(&owner);
}

CASE_EACH(mutex, access, errorcheck_unlock_by_non_owner_gives_eperm, errorcheck_mixes,
	.claim = "unlock of an ERRORCHECK mutex by another thread or process gives EPERM "
		 "and its owner keeps it",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	must_return(unlock_in_thread(mutex), EPERM);
	must_return(user_unlock(row, mutex), EPERM);
	must_return(user_trylock(row, mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, access, errorcheck_unlock_unlocked_gives_eperm, errorcheck_mixes,
	.claim = "unlock of an ERRORCHECK mutex that nobody holds gives EPERM, when it "
		 "is new and after use",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	must_return(pthread_mutex_unlock(mutex), EPERM);
	need_zero(pthread_mutex_lock(mutex));
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), EPERM);
	must_return(user_trylock(row, mutex), 0);
}

CASE_EACH(mutex, access, recursive_unlock_by_non_owner_gives_eperm, recursive_mixes,
	.claim = "unlock of a RECURSIVE mutex by another thread or process gives EPERM "
		 "and takes nothing off the owner's count",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));
	need_zero(pthread_mutex_lock(mutex));

	must_return(unlock_in_thread(mutex), EPERM);
	must_return(user_unlock(row, mutex), EPERM);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(user_trylock(row, mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(user_trylock(row, mutex), 0);
}

CASE_EACH(mutex, access, recursive_unlock_unlocked_gives_eperm, recursive_mixes,
	.claim = "unlock of a RECURSIVE mutex that nobody holds gives EPERM and leaves "
		 "its count at zero",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	must_return(pthread_mutex_unlock(mutex), EPERM);
	need_zero(pthread_mutex_lock(mutex));
	must_return(user_trylock(row, mutex), EBUSY);
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(user_trylock(row, mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(user_trylock(row, mutex), 0);
	must_return(pthread_mutex_unlock(mutex), EPERM);
}

CASE_EACH(mutex, access, robust_unlock_by_non_owner_gives_eperm, robust_kinds,
	.claim = "unlock of a robust mutex of any type by another thread or process "
		 "gives EPERM and its owner keeps it",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	must_return(unlock_in_thread(mutex), EPERM);
	must_return(unlock_elsewhere(mutex), EPERM);
	must_return(trylock_elsewhere(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, access, robust_unlock_unlocked_gives_eperm, robust_kinds,
	.claim = "unlock of a robust mutex of any type that nobody holds gives EPERM",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_unlock(), ERRORS, EPERM")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	must_return(pthread_mutex_unlock(mutex), EPERM);
	must_return(trylock_elsewhere(mutex), 0);
}

static void unlock_in_vain_then_pass(void *mutex)
{
	must_return(pthread_mutex_unlock(mutex), EPERM);
	pass_through(mutex);
}

CASE_EACH(mutex, access, owner_is_the_thread_not_the_process, errorcheck_mixes,
	.claim = "a thread does not own what its sibling locked: its unlock gives EPERM, "
		 "and its lock waits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION: the calling thread as "
		"owner",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer sibling = thread_start(unlock_in_vain_then_pass, mutex);
	peer_wait_blocked(&sibling, "futex");
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&sibling);
}

static void own_nothing(void *mutex)
{
	must_return(pthread_mutex_unlock(mutex), EPERM);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
}

/* Everything of which unlock must notice that the caller is not the owner. */
#define OWNED(name, type, protocol, robust)                          \
	{                                                            \
		name, type, protocol, robust, PTHREAD_PROCESS_SHARED \
	}
static const struct mutex_kind owned_kinds[] = {
	OWNED("errorcheck", PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_NONE,
		PTHREAD_MUTEX_STALLED),
	OWNED("errorcheck-pi", PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_STALLED),
	OWNED("recursive", PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE,
		PTHREAD_MUTEX_STALLED),
	OWNED("recursive-pi", PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_STALLED),
	OWNED("robust", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST),
	OWNED("robust-pi", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_ROBUST),
};

CASE_EACH(mutex, access, forked_child_does_not_own_parents_mutex, owned_kinds,
	.claim = "a child forked while its parent holds a shared mutex does not own it, "
		 "and its exit does not end the parent's ownership",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 fork(), DESCRIPTION; XSH 2.9.9 Synchronization Object "
		"Copies and Alternative Mappings")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer child = peer_start(own_nothing, mutex);
	peer_join(&child);
	must_return(trylock_elsewhere(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_elsewhere(mutex), 0);
}

CASE(mutex, access, prioceiling_of_none_mutex_gives_einval,
	.claim = "getprioceiling and setprioceiling of a PRIO_NONE mutex give EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_getprioceiling(), ERRORS, EINVAL")
{
	int ceiling = 0;
	pthread_mutex_t *const mutex = shared_mutex(&normal_mixes[0]);

	must_return(pthread_mutex_getprioceiling(mutex, &ceiling), EINVAL);
	must_return(pthread_mutex_setprioceiling(mutex, 10, &ceiling), EINVAL);
}

CASE(mutex, access, prioceiling_of_pi_mutex_outcome,
	.claim = "getprioceiling and setprioceiling of a PRIO_INHERIT mutex give EINVAL "
		 "or succeed",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_getprioceiling(), ERRORS, EINVAL")
{
	int ceiling = 0;
	pthread_mutex_t *const mutex = shared_mutex(&normal_mixes[1]);

	note_choice("getprioceiling",
		errno_name(pthread_mutex_getprioceiling(mutex, &ceiling)), "0", "EINVAL");
	note_choice("setprioceiling",
		errno_name(pthread_mutex_setprioceiling(mutex, 10, &ceiling)), "0",
		"EINVAL");
}

/* Gets past the lock of setprioceiling only when nobody holds the mutex. */
static void change_ceiling(void *mutex)
{
	int old = 0;

	must_return(pthread_mutex_setprioceiling(mutex, CEILING + 1, &old), 0);
	ck_assert_int_eq(old, CEILING);
}

/* Becomes a real-time thread below CEILING that has no privilege to come up to it. */
static void stay_below_ceiling(void)
{
	schedule_here(SCHED_FIFO, CEILING / 2);
	drop_capabilities();
	limit_set(RLIMIT_RTPRIO, 0);
}

CASE(mutex, access, pp_lock_without_privilege,
	.claim = "without the privilege to reach its ceiling, lock of a PRIO_PROTECT "
		 "mutex by a real-time thread below it gives EPERM and takes nothing, or "
		 "succeeds",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_PROTECT",
	.needs = NEED_REALTIME | NEED_UNPRIVILEGED | NEED_BLOCK_PROOF,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(CEILING);
	stay_below_ceiling();

	const int got = pthread_mutex_lock(mutex);
	note_choice("lock", errno_name(got), "0", "EPERM");
	ck_assert_int_eq(got == 0 ? pthread_mutex_unlock(mutex) : 0, 0);
	struct peer other = peer_start(change_ceiling, mutex);
	ck_assert_msg(peers_asleep(&other, 1, "futex") == 0,
		"the mutex is held after the lock that gave %s", errno_name(got));
	peer_join(&other);
}

CASE(mutex, access, pp_trylock_after_refused_lock_is_refused,
	.claim = "a thread whose lock of a PRIO_PROTECT mutex was refused, as it may not "
		 "reach the ceiling, does not get it by trylock below the ceiling either",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_PROTECT",
	.needs = NEED_REALTIME | NEED_UNPRIVILEGED, .lacks = MUTEX_LACKS_CEILING)
{
	struct sched_param now;
	pthread_mutex_t *const mutex = ceiling_mutex(CEILING);
	stay_below_ceiling();

	note("lock", "%s", errno_name(pthread_mutex_lock(mutex)));
	const int got = pthread_mutex_trylock(mutex);
	note("trylock", "%s", errno_name(got));
	need(sched_getparam(0, &now));
	ck_assert_msg(got != 0 || now.sched_priority >= CEILING,
		"trylock gave 0 to a thread that runs at priority %d, below the ceiling",
		now.sched_priority);
}

CASE(mutex, access, pp_lock_by_sched_other_thread_outcome,
	.claim = "a SCHED_OTHER thread with the privilege to reach the ceiling of a "
		 "PRIO_PROTECT mutex locks it or gets EINVAL",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_PROTECT; "
		"pthread_mutex_lock(), ERRORS, EINVAL",
	.needs = NEED_REALTIME, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(CEILING);

	note_choice("lock", errno_name(pthread_mutex_lock(mutex)), "0", "EINVAL");
}
