/*
 * mutex/data: priorities that an owner inherits from those who wait (PRIO_INHERIT).
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_INHERIT "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_INHERIT"
#define NEEDS (NEED_REALTIME | NEED_BLOCK_PROOF | NEED_PROC)

/* What peer_priority() gives: for SCHED_OTHER, and for real-time priority N. */
enum { ORDINARY = 20 };
#define REALTIME(n) (-1 - (n))

static const struct mutex_kind pi_kinds[] = {
	{"stalled", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_SHARED},
	{"robust", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
	{"private", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
};

static const struct mutex_kind shared_pi_kinds[] = {
	{"stalled", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_SHARED},
	{"robust", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
};

/* Gives WAITER, which rests, a real-time priority and lets it go on. */
static void let_go(struct peer *waiter, int priority)
{
	peer_wait_resting(waiter);
	peer_schedule(waiter, SCHED_FIFO, priority);
	peer_resume(waiter);
}

static void let_block(struct peer *waiter, int priority)
{
	let_go(waiter, priority);
	peer_wait_blocked(waiter, "futex");
}

static struct peer start_holder(pthread_mutex_t *mutex)
{
	struct peer owner = thread_start(hold, mutex);

	peer_wait_resting(&owner);
	return owner;
}

CASE_EACH(mutex, data, pi_owner_inherits_waiter_priority, pi_kinds,
	.claim = "while a thread of higher priority waits for a PRIO_INHERIT mutex its "
		 "owner runs at that priority",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = start_holder(mutex);
	struct peer waiter = thread_start(rest_then_pass, mutex);
	ck_assert_int_eq(peer_priority(&owner), ORDINARY);

	let_block(&waiter, 30);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(30));
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&waiter);
}

static void hold_then_rest(void *mutex)
{
	hold(mutex);
	peer_rest();
}

CASE_EACH(mutex, data, pi_boost_ends_at_unlock, pi_kinds,
	.claim = "the owner of a PRIO_INHERIT mutex loses the inherited priority when it "
		 "unlocks",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = thread_start(hold_then_rest, mutex);
	peer_wait_resting(&owner);
	struct peer waiter = thread_start(rest_then_pass, mutex);
	let_block(&waiter, 30);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(30));

	peer_resume(&owner);
	peer_wait_resting(&owner);
	ck_assert_int_eq(peer_priority(&owner), ORDINARY);
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&waiter);
}

struct impatient {
	pthread_mutex_t *mutex;
	long patience_us;
};

static void rest_then_time_out(void *arg)
{
	const struct impatient *const impatient = arg;

	peer_rest();
	const struct timespec deadline = in_us(impatient->patience_us);

	must_return(pthread_mutex_timedlock(impatient->mutex, &deadline), ETIMEDOUT);
}

/* The claim: OWNER runs at the priority 30 of WAITER.  false: the waiter's time was up before
 * anybody could look. */
static bool is_seen_inheriting(struct peer *owner, struct peer *waiter)
{
	if (peers_asleep(waiter, 1, "futex") == 0)
		return false;
	const int priority = peer_priority(owner);

	if (priority != REALTIME(30) && peers_asleep(waiter, 1, "futex") == 0)
		return false;
	ck_assert_int_eq(priority, REALTIME(30));
	return true;
}

CASE_EACH(mutex, data, pi_boost_ends_when_waiter_times_out, pi_kinds,
	.claim = "when the time of a waiter for a PRIO_INHERIT mutex is up the owner "
		 "loses the priority inherited from it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION: the priority of the "
		"owner is adjusted",
	.needs = NEEDS)
{
	struct impatient impatient = {shared_mutex(row), 5000};
	struct peer owner = start_holder(impatient.mutex);
	bool was_seen;

	do { /* each time more patient, until the case has no more time */
		impatient.patience_us *= 2;
		struct peer waiter = thread_start(rest_then_time_out, &impatient);
		let_go(&waiter, 30);
		was_seen = is_seen_inheriting(&owner, &waiter);
		peer_join(&waiter);
	} while (!was_seen);
	ck_assert_int_eq(peer_priority(&owner), ORDINARY);
	peer_resume(&owner);
	peer_join(&owner);
}

CASE_EACH(mutex, data, pi_boost_ends_when_waiter_is_killed, shared_pi_kinds,
	.claim = "when a waiter for a PRIO_INHERIT mutex is killed the owner loses the "
		 "priority inherited from it",
	.level = LEVEL_LINUX,
	.spec = "futex(2), Priority-inheritance futexes; Documentation/locking/"
		"rt-mutex-design.rst",
	.needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer waiter = peer_start(rest_then_pass, mutex);
	struct peer owner = start_holder(mutex);

	let_block(&waiter, 30);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(30));
	peer_kill(&waiter, SIGKILL);
	ck_assert_int_eq(peer_priority(&owner), ORDINARY);
	peer_resume(&owner);
	peer_join(&owner);
}

/* Two mutexes of one thread. */
struct pair {
	pthread_mutex_t *held, *wanted;
};

static void hold_one_want_other(void *arg)
{
	const struct pair *const pair = arg;

	must_return(pthread_mutex_lock(pair->held), 0);
	peer_rest();
	pass_through(pair->wanted);
	must_return(pthread_mutex_unlock(pair->held), 0);
}

CASE_EACH(mutex, data, pi_boost_propagates_through_chain, pi_kinds,
	.claim = "when the owner of a PRIO_INHERIT mutex itself waits for another, the "
		 "owner of that one inherits too",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	struct pair pair = {shared_mutex(row), shared_mutex(row)};
	struct peer last = start_holder(pair.wanted);
	struct peer middle = thread_start(hold_one_want_other, &pair);
	struct peer first = thread_start(rest_then_pass, pair.held);
	peer_wait_resting(&middle);
	peer_resume(&middle);
	peer_wait_blocked(&middle, "futex");
	ck_assert_int_eq(peer_priority(&last), ORDINARY);

	let_block(&first, 30);
	ck_assert_int_eq(peer_priority(&middle), REALTIME(30));
	ck_assert_int_eq(peer_priority(&last), REALTIME(30));
	peer_resume(&last);
	peer_join(&last);
	peer_join(&middle);
	peer_join(&first);
}

static void hold_both(void *arg)
{
	const struct pair *const pair = arg;

	must_return(pthread_mutex_lock(pair->held), 0);
	must_return(pthread_mutex_lock(pair->wanted), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(pair->wanted), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(pair->held), 0);
	peer_rest();
}

CASE_EACH(mutex, data, pi_highest_of_several_waiters, pi_kinds,
	.claim = "the owner of two PRIO_INHERIT mutexes runs at the highest priority of "
		 "all who wait for them, and at the other's after unlocking one",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	struct pair pair = {shared_mutex(row), shared_mutex(row)};
	struct peer owner = thread_start(hold_both, &pair);
	struct peer low = thread_start(rest_then_pass, pair.held);
	struct peer high = thread_start(rest_then_pass, pair.wanted);
	peer_wait_resting(&owner);
	let_block(&low, 20);
	let_block(&high, 40);

	static const int wanted[] = {REALTIME(40), REALTIME(20), ORDINARY};
	for (int step = 0; step < 3; step++) {
		peer_wait_resting(&owner);
		ck_assert_int_eq(peer_priority(&owner), wanted[step]);
		peer_resume(&owner);
	}
	peer_join(&owner);
	peer_join(&low);
	peer_join(&high);
}

CASE_EACH(mutex, data, pi_highest_of_several_waiters_for_one_mutex, pi_kinds,
	.claim = "the owner of a PRIO_INHERIT mutex for which one thread waits runs at "
		 "the priority of another, higher one as soon as that waits for it as well",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = start_holder(mutex);
	struct peer low = thread_start(rest_then_pass, mutex);
	struct peer high = thread_start(rest_then_pass, mutex);

	let_block(&low, 20);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(20));
	let_block(&high, 40);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(40));
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&low);
	peer_join(&high);
}

CASE_EACH(mutex, data, pi_across_processes, shared_pi_kinds,
	.claim = "the owner of a shared PRIO_INHERIT mutex inherits from a waiter in "
		 "another process",
	.level = LEVEL_POSIX, .spec = SPEC_INHERIT, .needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = peer_start(hold, mutex);
	struct peer waiter = peer_start(rest_then_pass, mutex);
	peer_wait_resting(&owner);

	let_block(&waiter, 30);
	ck_assert_int_eq(peer_priority(&owner), REALTIME(30));
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&waiter);
}

CASE_EACH(mutex, data, none_protocol_does_not_boost, stalled_none_kinds,
	.claim = "the owner of a PRIO_NONE mutex keeps its priority, whoever waits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), PTHREAD_PRIO_NONE",
	.needs = NEEDS)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = start_holder(mutex);
	struct peer waiter = thread_start(rest_then_pass, mutex);

	let_block(&waiter, 30);
	ck_assert_int_eq(peer_priority(&owner), ORDINARY);
	peer_resume(&owner);
	peer_join(&owner);
	peer_join(&waiter);
}
