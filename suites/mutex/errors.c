/*
 * mutex/errors: what is refused, and deadlocks that the system may notice.
 */
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"
#include "waits.h"

CASE_EACH(mutex, errors, consistent_on_non_robust_gives_einval, stalled_kinds,
	.claim = "consistent of a mutex that is not robust gives EINVAL, whether it is "
		 "free or the caller's",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), ERRORS, EINVAL")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	must_return(pthread_mutex_consistent(mutex), EINVAL);
	need_zero(pthread_mutex_lock(mutex));
	must_return(pthread_mutex_consistent(mutex), EINVAL);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, errors, consistent_on_consistent_gives_einval, robust_kinds,
	.claim = "consistent of a robust mutex whose state is consistent gives EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), ERRORS, EINVAL")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	must_return(pthread_mutex_consistent(mutex), EINVAL);
	need_zero(pthread_mutex_lock(mutex));
	must_return(pthread_mutex_consistent(mutex), EINVAL);
	must_return(pthread_mutex_unlock(mutex), 0);
	kill_an_owner(mutex);
	note("owner-dead-and-not-locked-again", "%s",
		errno_name(pthread_mutex_consistent(mutex)));
	recover(mutex);
	must_return(pthread_mutex_consistent(mutex), EINVAL);
}

static void make_consistent_for_another(void *mutex)
{
	note_choice("consistent", errno_name(pthread_mutex_consistent(mutex)), "0",
		"EPERM", "EINVAL");
}

CASE_EACH(mutex, errors, consistent_by_non_owner_outcome, robust_kinds,
	.claim = "consistent by another than the thread that got EOWNERDEAD succeeds, or "
		 "gives EPERM or EINVAL",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);

	struct peer other = peer_start(make_consistent_for_another, mutex);
	peer_join(&other);
}

/* A call that never comes back turns in circles, or sleeps: either has an end here. */
static void timedlock_with_bad_nsec(void *mutex)
{
	struct timespec deadline = far_off();

	end_after_half_a_second_of_cpu();
	deadline.tv_nsec = -1;
	must_return(pthread_mutex_timedlock(mutex, &deadline), EINVAL);
	deadline.tv_nsec = 1000000000;
	must_return(pthread_mutex_timedlock(mutex, &deadline), EINVAL);
}

CASE_EACH(mutex, errors, timedlock_bad_nsec_gives_einval, all_normal_mixes,
	.claim = "timedlock of a mutex that another holds, with nanoseconds below 0 or of "
		 "1,000 million, gives EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), ERRORS, EINVAL",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer caller = user_start(row, timedlock_with_bad_nsec, mutex);
	ck_assert_msg(peers_asleep(&caller, 1, "futex") == 0,
		"timedlock waits until an instant that does not exist");
	peer_join(&caller);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE_EACH(mutex, errors, timedlock_bad_nsec_on_free_outcome, normal_mixes,
	.claim = "timedlock of a free mutex with nanoseconds out of range locks it, or "
		 "gives EINVAL and leaves it free",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), DESCRIPTION: the validity need "
		"not be checked if the lock can be had at once")
{
	static const long bad[] = {-1, 1000000000};
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct timespec deadline = far_off();

	for (int i = 0; i < 2; i++) {
		deadline.tv_nsec = bad[i];
		const int got = pthread_mutex_timedlock(mutex, &deadline);
		note_choice(i == 0 ? "below" : "above", errno_name(got), "0", "EINVAL");
		must_return(trylock_elsewhere(mutex), got == 0 ? EBUSY : 0);
		ck_assert_int_eq(got == 0 ? pthread_mutex_unlock(mutex) : 0, 0);
	}
}

static const struct mutex_kind unchecked_kinds[] = {
	{"plain", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_SHARED},
	{"pi", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_SHARED},
};

/* One of two that want the same two mutexes in opposite orders. */
struct side {
	pthread_mutex_t *first, *second;
	_Atomic int result; /* of the second lock; -1 until it returns */
};

static void cross(void *arg)
{
	struct side *const side = arg;

	need_zero(pthread_mutex_lock(side->first));
	peer_rest();
	atomic_store(&side->result, pthread_mutex_lock(side->second));
	peer_rest();
}

static void make_sides(const struct mutex_kind *kind, struct side *sides)
{
	pthread_mutex_t *const one = shared_mutex(kind),
			       *const other = shared_mutex(kind);

	sides[0] = (struct side){one, other, -1};
	sides[1] = (struct side){other, one, -1};
}

/* Leads the two PEERS, which were started in cross(), into the deadlock, and waits until
 * neither moves any more. */
static void deadlock(struct peer *peers)
{
	peer_wait_resting(&peers[0]);
	peer_wait_resting(&peers[1]);
	peer_resume(&peers[0]);
	peer_wait_blocked(&peers[0], "futex");
	peer_resume(&peers[1]);
	(void)peers_asleep(peers, 2, "futex");
}

/* How the second lock of a side went. */
static const char *side_outcome(const struct peer *peer, struct side *side)
{
	const int result = atomic_load(&side->result);

	if (peer_has_ended(peer))
		return "died";
	return result == -1 ? "waits" : errno_name(result);
}

/* The claim: of the two PEERS in the deadlock each waits, or one of them is told of it. */
static void note_deadlock(const struct peer *peers, struct side *sides)
{
	const char *const first = side_outcome(&peers[0], &sides[0]);
	const char *const second = side_outcome(&peers[1], &sides[1]);

	note_choice("first", first, "waits", "EDEADLK");
	note_choice("second", second, "waits", "EDEADLK");
	ck_assert_msg(strcmp(first, "waits") == 0 || strcmp(second, "waits") == 0,
		"both get EDEADLK, though one would have got its mutex in the end");
}

CASE_EACH(mutex, errors, abba_deadlock_outcome, unchecked_kinds,
	.claim = "of two processes that take two NORMAL mutexes in opposite orders each waits, "
		 "or one of them gets EDEADLK",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), ERRORS, EDEADLK (may fail)",
	.needs = NEED_BLOCK_PROOF)
{
	struct side *const sides = arena(2 * sizeof(*sides));
	make_sides(row, sides);
	struct peer peers[] = {
		peer_start(cross, &sides[0]), peer_start(cross, &sides[1])};

	deadlock(peers);
	note_deadlock(peers, sides);
	peer_forget(&peers[0]);
	peer_forget(&peers[1]);
}

static const struct mutex_kind private_kinds[] = {
	{"plain", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
	{"pi", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
};

CASE_EACH(mutex, errors, abba_deadlock_of_threads_outcome, private_kinds,
	.claim = "of two threads of one process that take two private NORMAL mutexes in opposite "
		 "orders each waits, or one of them gets EDEADLK",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), ERRORS, EDEADLK (may fail)",
	.needs = NEED_BLOCK_PROOF)
{
	struct side *const sides = arena(2 * sizeof(*sides));
	make_sides(row, sides);
	struct peer peers[] = {
		thread_start(cross, &sides[0]), thread_start(cross, &sides[1])};

	deadlock(peers);
	note_deadlock(peers, sides);
	peer_forget(&peers[0]);
	peer_forget(&peers[1]);
}

static const struct mutex_kind checking_pi_kinds[] = {
	{"errorcheck", PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_SHARED},
	{"recursive", PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_INHERIT,
		PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_SHARED},
};

CASE_EACH(mutex, errors, abba_deadlock_pi_errorcheck_no_abort, checking_pi_kinds,
	.claim = "two threads that take two ERRORCHECK or RECURSIVE PRIO_INHERIT mutexes "
		 "in opposite orders wait or get EDEADLK; they do not die",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_lock(), ERRORS, EDEADLK",
	.needs = NEED_BLOCK_PROOF)
{
	struct side *const sides = arena(2 * sizeof(*sides));
	make_sides(row, sides);
	struct peer peers[] = {
		peer_start(cross, &sides[0]), peer_start(cross, &sides[1])};

	deadlock(peers);
	for (int i = 1; i >= 0; i--) {
		const char *const outcome = side_outcome(&peers[i], &sides[i]);
		ck_assert_msg(strcmp(outcome, "waits") == 0 ||
				strcmp(outcome, "EDEADLK") == 0,
			"the %s to call lock: %s, wanted that it waits or gets EDEADLK",
			i == 0 ? "first" : "second", outcome);
		peer_forget(&peers[i]);
	}
}

/* The first error on the way to a PRIO_INHERIT mutex. */
static int make_inheriting(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attr;

	need_zero(pthread_mutexattr_init(&attr));
	const int error = pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
	return error ? error : pthread_mutex_init(mutex, &attr);
}

CASE(mutex, errors, kernel_without_pi_futex_gives_enotsup,
	.claim = "where the kernel has no PI futexes, a PRIO_INHERIT mutex is refused "
		 "with ENOTSUP",
	.level = LEVEL_LIBC,
	.spec = "glibc nptl/pthread_mutex_init.c, prio_inherit_missing(); POSIX.1-2024 "
		"pthread_mutexattr_setprotocol(), ERRORS, ENOTSUP",
	.needs = NEED_SECCOMP)
{
	static const unsigned operations[] = {
		FUTEX_LOCK_PI, FUTEX_UNLOCK_PI, FUTEX_TRYLOCK_PI, FUTEX_LOCK_PI2};
	pthread_mutex_t mutex;

	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
		fault_fail_if("futex",
			(struct fail_condition){1, FUTEX_CMD_MASK, operations[i]},
			ENOSYS);
	must_return(make_inheriting(&mutex), ENOTSUP);
}

static void lock_despite_signals(void *mutex)
{
	handler_install(SIGUSR1, 0);
	peer_rest();
	pass_through(mutex);
}

CASE(mutex, errors, functions_do_not_set_errno_as_result,
	.claim = "a mutex function that fails returns a positive error number other than "
		 "EINTR, and lock that a signal interrupts returns 0 in the end",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), RETURN VALUE and ERRORS (never EINTR)",
	.needs = NEED_BLOCK_PROOF)
{
	const struct timespec bad = {.tv_nsec = -1};
	pthread_mutex_t *const mutex = shared_mutex(&errorcheck_mixes[0]);
	struct peer waiter = peer_start(lock_despite_signals, mutex);
	peer_wait_resting(&waiter);
	const int unlocked = pthread_mutex_unlock(mutex);
	need_zero(pthread_mutex_lock(mutex));
	const int results[] = {unlocked, pthread_mutex_lock(mutex),
		trylock_elsewhere(mutex), pthread_mutex_timedlock(mutex, &long_past),
		pthread_mutex_timedlock(mutex, &bad), pthread_mutex_consistent(mutex)};
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
		ck_assert_msg(results[i] > 0 && results[i] != EINTR,
			"call %zu returned %d, wanted an error number", i, results[i]);

	peer_resume(&waiter);
	peer_wait_blocked(&waiter, "futex");
	peer_signal(&waiter, SIGUSR1);
	handler_wait(&waiter, 1);
	peer_still_blocked(&waiter, "futex");
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&waiter);
}
