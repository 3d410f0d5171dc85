/*
 * mutex/data: the priority ceiling of a mutex (PRIO_PROTECT).
 */
#include <pthread.h>
#include <sched.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_PROTECT "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_PROTECT"
#define SPEC_SETPRIOCEILING "POSIX.1-2024 pthread_mutex_setprioceiling(), DESCRIPTION"
#define NEEDS (NEED_REALTIME | NEED_BLOCK_PROOF | NEED_PROC)

/* What peer_priority() gives for real-time priority N. */
#define REALTIME(n) (-1 - (n))

/* The demand that P, which rests, runs at real-time priority N; lets P go on. */
#define must_run_at(p, n)                                        \
	do {                                                     \
		peer_wait_resting(p);                            \
		ck_assert_int_eq(peer_priority(p), REALTIME(n)); \
		peer_resume(p);                                  \
	} while (0)

static void rest_around_lock_and_unlock(void *mutex)
{
	peer_rest();
	hold(mutex);
	peer_rest();
}

static struct peer start_at(void (*function)(void *), void *arg, int priority)
{
	const struct sched_param param = {.sched_priority = priority};
	struct peer p = thread_start(function, arg);

	peer_wait_resting(&p);
	/* Not peer_schedule(): the C library computes ceilings from what it knows. */
	need_zero(pthread_setschedparam(p.thread, SCHED_FIFO, &param));
	return p;
}

CASE(mutex, data, pp_owner_runs_at_ceiling,
	.claim = "the owner of a PRIO_PROTECT mutex runs at its ceiling, whether anybody "
		 "waits or not, and at its own priority after unlock",
	.level = LEVEL_POSIX, .spec = SPEC_PROTECT, .needs = NEEDS,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(10);
	struct peer owner = start_at(rest_around_lock_and_unlock, mutex, 5);
	must_run_at(&owner, 5);
	must_run_at(&owner, 10);
	must_run_at(&owner, 5);
	peer_join(&owner);

	owner = start_at(rest_around_lock_and_unlock, mutex, 5);
	must_run_at(&owner, 5);
	peer_wait_resting(&owner);
	struct peer waiter = start_at(rest_then_pass, mutex, 6);
	peer_resume(&waiter);
	peer_wait_blocked(&waiter, "futex");
	must_run_at(&owner, 10);
	must_run_at(&owner, 5);
	peer_join(&owner);
	peer_join(&waiter);
}

static void fail_then_hold(void *mutex)
{
	const int got = pthread_mutex_lock(mutex);

	note("lock-as-sched-other", "%s", errno_name(got));
	if (got == 0)
		need_zero(pthread_mutex_unlock(mutex));
	peer_rest();
	hold(mutex);
	peer_rest();
}

CASE(mutex, data, pp_failed_lock_leaves_priority,
	.claim = "a lock of a PRIO_PROTECT mutex that failed under SCHED_OTHER does not "
		 "change at which priorities the thread runs later",
	.level = LEVEL_POSIX, .spec = SPEC_PROTECT, .needs = NEEDS,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(10);
	struct peer owner = start_at(fail_then_hold, mutex, 5);

	must_run_at(&owner, 5);
	must_run_at(&owner, 10);
	must_run_at(&owner, 5);
	peer_join(&owner);
}

/* The mutexes in the order of the unlocks. */
struct nesting {
	pthread_mutex_t *first, *second;
};

static void hold_both(void *arg)
{
	const struct nesting *const nesting = arg;

	peer_rest();
	must_return(pthread_mutex_lock(nesting->second), 0);
	must_return(pthread_mutex_lock(nesting->first), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(nesting->first), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(nesting->second), 0);
	peer_rest();
}

static const struct {
	const char *name;
	int first_ceiling, second_ceiling;
} unlock_orders[] = {
	{"high-first", 20, 10},
	{"low-first", 10, 20},
};

CASE_EACH(mutex, data, pp_nested_ceilings_use_the_highest, unlock_orders,
	.claim = "the owner of two PRIO_PROTECT mutexes runs at the higher ceiling, then "
		 "at that of the one it still holds",
	.level = LEVEL_POSIX, .spec = SPEC_PROTECT, .needs = NEEDS,
	.lacks = MUTEX_LACKS_CEILING)
{
	struct nesting nesting = {
		ceiling_mutex(row->first_ceiling), ceiling_mutex(row->second_ceiling)};
	struct peer owner = start_at(hold_both, &nesting, 5);

	must_run_at(&owner, 5);
	must_run_at(&owner, 20);
	must_run_at(&owner, row->second_ceiling);
	must_run_at(&owner, 5);
	peer_join(&owner);
}

CASE(mutex, data, setprioceiling_returns_old_and_applies_new,
	.claim = "setprioceiling gives the old ceiling, and getprioceiling then the new",
	.level = LEVEL_POSIX, .spec = SPEC_SETPRIOCEILING, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(10);
	int old = 0, now = 0;

	must_return(pthread_mutex_setprioceiling(mutex, 30, &old), 0);
	ck_assert_int_eq(old, 10);
	must_return(pthread_mutex_getprioceiling(mutex, &now), 0);
	ck_assert_int_eq(now, 30);
}

static void raise_ceiling(void *mutex)
{
	int before = 0, old = 0;

	need_zero(pthread_mutex_getprioceiling(mutex, &before));
	must_return(pthread_mutex_setprioceiling(mutex, 11, &old), 0);
	ck_assert_int_eq(old, before);
}

static void rest_then_hold(void *mutex)
{
	peer_rest();
	hold(mutex);
}

CASE(mutex, data, setprioceiling_blocks_while_locked,
	.claim = "setprioceiling of a mutex that another thread holds waits until it is "
		 "unlocked",
	.level = LEVEL_POSIX, .spec = SPEC_SETPRIOCEILING, .needs = NEEDS,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(10);
	struct peer owner = start_at(rest_then_hold, mutex, 5);
	peer_resume(&owner);
	peer_wait_resting(&owner);

	struct peer setter = thread_start(raise_ceiling, mutex);
	peer_wait_blocked(&setter, "futex");
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&setter);
}

CASE(mutex, data, setprioceiling_bad_value_leaves_ceiling,
	.claim = "a setprioceiling that fails leaves the ceiling as it was",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_setprioceiling(), RETURN VALUE",
	.needs = NEED_BLOCK_PROOF, .lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutex_t *const mutex = ceiling_mutex(10);
	const int beyond = need(sched_get_priority_max(SCHED_FIFO)) + 1;
	int old = 0, now = 0;

	const int got = pthread_mutex_setprioceiling(mutex, beyond, &old);
	note("setprioceiling", "%s", errno_name(got));
	must_return(pthread_mutex_getprioceiling(mutex, &now), 0);
	ck_assert_int_eq(now, got == 0 ? beyond : 10);

	struct peer later = peer_start(raise_ceiling, mutex);
	note("afterwards", peers_asleep(&later, 1, "futex") == 0 ? "free" : "locked");
	peer_forget(&later);
}
