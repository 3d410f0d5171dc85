/*
 * mutex/peer-death: deaths while others wait for the mutex.
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_EOWNERDEAD "POSIX.1-2024 pthread_mutex_lock(), ERRORS, EOWNERDEAD"
#define SPEC_STALLED "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_STALLED"

static void take_over_in_time(void *mutex)
{
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_timedlock(mutex, &deadline), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
}

/* Kills the owner of MUTEX with WAITER blocked on it, and demands that WAITER returns. */
static void kill_owner_before(pthread_mutex_t *mutex, void (*take)(void *))
{
	struct peer owner = peer_start(hold, mutex), waiter;

	peer_wait_resting(&owner);
	start_blocked(&waiter, 1, take, mutex);
	peer_kill(&owner, SIGKILL);
	ck_assert_msg(peers_asleep(&waiter, 1, "futex") == 0,
		"the waiter sleeps on after the owner's death");
	peer_join(&waiter);
}

CASE_EACH(mutex, peer_death, blocked_waiter_gets_eownerdead, robust_kinds,
	.claim = "a thread that waits in lock or timedlock of a robust mutex wakes with "
		 "EOWNERDEAD when the owner is killed",
	.level = LEVEL_POSIX, .spec = SPEC_EOWNERDEAD, .needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	kill_owner_before(mutex, take_over);
	kill_owner_before(mutex, take_over_in_time);
}

CASE_EACH(mutex, peer_death, pi_owner_killed_gives_eownerdead, robust_pi_kinds,
	.claim = "the death of the owner of a robust PRIO_INHERIT mutex is reported to "
		 "who waits for it, and to who comes later",
	.level = LEVEL_POSIX, .spec = SPEC_EOWNERDEAD, .needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	kill_owner_before(mutex, take_over);
	kill_an_owner(mutex);
	recover(mutex);
	kill_owner_before(mutex, take_over);
	must_return(trylock_elsewhere(mutex), 0);
}

CASE_EACH(mutex, peer_death, only_one_of_many_waiters_gets_eownerdead, robust_kinds,
	.claim = "of several waiters one gets EOWNERDEAD when the owner is killed; the "
		 "others wait until it unlocks, and get 0 one after the other",
	.level = LEVEL_POSIX,
	.spec = SPEC_EOWNERDEAD "; pthread_mutex_consistent(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct arrivals *const arrivals = arrivals_make(mutex);
	struct peer owner = peer_start(hold, mutex), waiters[ARRIVALS];
	peer_wait_resting(&owner);
	start_blocked(waiters, ARRIVALS, arrive_and_rest, arrivals);

	peer_kill(&owner, SIGKILL);
	must_arrive_in_turn(arrivals, waiters, ARRIVALS, EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), 0);
}

/* How many got each result. */
struct tally {
	pthread_mutex_t *mutex;
	_Atomic int owner_dead, not_recoverable, other;
};

static void give_up(void *arg)
{
	struct tally *const tally = arg;
	const int result = pthread_mutex_lock(tally->mutex);

	if (result == EOWNERDEAD)
		need_zero(pthread_mutex_unlock(tally->mutex));
	atomic_fetch_add(result == EOWNERDEAD       ? &tally->owner_dead
			: result == ENOTRECOVERABLE ? &tally->not_recoverable
						    : &tally->other,
		1);
}

enum { WAITERS = 5 };

CASE_EACH(mutex, peer_death, enotrecoverable_reaches_every_blocked_waiter, robust_kinds,
	.claim = "when a mutex becomes unrecoverable all that wait for it get "
		 "ENOTRECOVERABLE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_ROBUST: all "
		"attempts to lock shall fail",
	.needs = NEED_BLOCK_PROOF)
{
	struct tally *const tally = arena(sizeof(*tally));
	tally->mutex = shared_mutex(row);
	struct peer owner = peer_start(hold, tally->mutex), waiters[WAITERS];
	peer_wait_resting(&owner);
	start_blocked(waiters, WAITERS, give_up, tally);

	peer_kill(&owner, SIGKILL);
	const int asleep = peers_asleep(waiters, WAITERS, "futex");
	ck_assert_msg(asleep == 0,
		"%d of %d waiters still blocked in futex with nobody left to wake them",
		asleep, WAITERS);
	ck_assert_int_eq(atomic_load(&tally->owner_dead), 1);
	ck_assert_int_eq(atomic_load(&tally->not_recoverable), WAITERS - 1);
	for (int i = 0; i < WAITERS; i++)
		peer_join(&waiters[i]);
}

CASE_EACH(mutex, peer_death, stalled_owner_killed_stays_locked, stalled_kinds,
	.claim = "a mutex that is not robust stays locked when its owner is killed: "
		 "trylock gives EBUSY, timedlock ETIMEDOUT, and lock waits",
	.level = LEVEL_POSIX, .spec = SPEC_STALLED, .needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec soon = in_us(1000);
	struct peer late;
	kill_an_owner(mutex);

	must_return(pthread_mutex_trylock(mutex), EBUSY);
	must_return(pthread_mutex_timedlock(mutex, &soon), ETIMEDOUT);
	start_blocked(&late, 1, pass_through, mutex);
	peer_still_blocked(&late, "futex");
	peer_forget(&late);
}

/* Kills the owner of MUTEX with a waiter blocked on it, which must stay so. */
static void must_not_wake_waiter(pthread_mutex_t *mutex)
{
	struct peer owner = peer_start(hold, mutex), waiter;

	peer_wait_resting(&owner);
	start_blocked(&waiter, 1, pass_through, mutex);
	peer_kill(&owner, SIGKILL);
	peer_still_blocked(&waiter, "futex");
	peer_forget(&waiter);
}

CASE_EACH(mutex, peer_death, stalled_owner_killed_with_waiter, stalled_none_kinds,
	.claim = "a waiter of a PRIO_NONE mutex that is not robust goes on waiting when "
		 "the owner is killed",
	.level = LEVEL_POSIX, .spec = SPEC_STALLED, .needs = NEED_BLOCK_PROOF)
{
	must_not_wake_waiter(shared_mutex(row));
}

CASE_EACH(mutex, peer_death, stalled_pi_owner_killed_with_waiter, stalled_pi_kinds,
	.claim = "a waiter of a PRIO_INHERIT mutex that is not robust goes on waiting "
		 "when the owner is killed",
	.level = LEVEL_POSIX, .spec = SPEC_STALLED, .needs = NEED_BLOCK_PROOF)
{
	must_not_wake_waiter(shared_mutex(row));
}

CASE_EACH(mutex, peer_death, killed_waiter_leaves_mutex_usable, normal_mixes,
	.claim = "killing the first of two waiters affects neither the owner nor the "
		 "other waiter nor who comes later",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_mutex_unlock(), DESCRIPTION (says nothing of a "
		"killed waiter)",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer waiters[2];
	need_zero(pthread_mutex_lock(mutex));
	start_blocked(waiters, 2, pass_through, mutex);

	peer_kill(&waiters[0], SIGKILL);
	must_return(trylock_elsewhere(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	ck_assert_msg(peers_asleep(&waiters[1], 1, "futex") == 0,
		"the other waiter sleeps for ever");
	peer_join(&waiters[1]);
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
}

static void acquire_somehow(void *mutex)
{
	const int result = pthread_mutex_lock(mutex);

	ck_assert_msg(result == 0 || result == EOWNERDEAD,
		"lock returned %s, wanted 0 or EOWNERDEAD", errno_name(result));
}

/* On one processor an unlock by a real-time thread wakes one of two waiters, or both, which
 * cannot run before waiter VICTIM is killed.  The other must get the mutex. */
static void must_survive_killed_heir(pthread_mutex_t *mutex, int victim)
{
	struct peer waiters[2];
	struct peer *const other = &waiters[1 - victim];

	pin_to_one_cpu();
	need_zero(pthread_mutex_lock(mutex));
	start_blocked(waiters, 2, acquire_somehow, mutex);
	schedule_here(SCHED_FIFO, 10);
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_kill(&waiters[victim], SIGKILL);
	schedule_here(SCHED_OTHER, 0);
	ck_assert_msg(peers_asleep(other, 1, "futex") == 0,
		"the other waiter is still blocked in futex with nobody left to wake it");
	peer_join(other);
}

/* Whichever the unlock wakes, it is the one that is killed in one of the two. */
static void must_survive_killed_heirs(const struct mutex_kind *kind)
{
	for (int victim = 0; victim < 2; victim++)
		must_survive_killed_heir(shared_mutex(kind), victim);
}

static const struct mutex_kind robust_protocols[] = {
	{"none", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
	{"inherit", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
};

CASE_EACH(mutex, peer_death, woken_waiter_killed_before_acquiring, robust_protocols,
	.claim = "when the waiter that unlock of a robust mutex woke is killed before it "
		 "has run, another waiter gets the mutex",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(); get_robust_list(2)",
	.needs = NEED_REALTIME | NEED_BLOCK_PROOF)
{
	must_survive_killed_heirs(row);
}

CASE(mutex, peer_death, woken_waiter_killed_before_acquiring_plain_outcome,
	.claim = "when the waiter that unlock of a mutex that is not robust woke is "
		 "killed before it has run, another waiter gets the mutex",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION (says nothing of a killed "
		"waiter)",
	.needs = NEED_REALTIME | NEED_BLOCK_PROOF)
{
	must_survive_killed_heirs(&normal_mixes[0]);
}
