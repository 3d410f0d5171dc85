/*
 * mutex/peer-death: what a lock gives after the owner's death while nobody waits.
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_ROBUST "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_ROBUST"

static void inherit_and_rest(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), EOWNERDEAD);
	peer_rest();
}

/* Starts a process that takes the owner-dead MUTEX by lock and rests. */
static struct peer start_heir(pthread_mutex_t *mutex)
{
	struct peer heir = peer_start(inherit_and_rest, mutex);

	ck_assert_msg(peers_asleep(&heir, 1, "futex") == 0,
		"lock waits for the dead owner");
	peer_wait_resting(&heir);
	return heir;
}

CASE_EACH(mutex, peer_death, robust_owner_killed_gives_eownerdead, robust_kinds,
	.claim = "after a process that holds a robust mutex is killed, lock gives "
		 "EOWNERDEAD and the caller owns the mutex",
	.level = LEVEL_POSIX,
	.spec = SPEC_ROBUST "; pthread_mutex_lock(), ERRORS, EOWNERDEAD",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);

	struct peer heir = start_heir(mutex);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	peer_kill(&heir, SIGKILL);
}

static void lock_and_end_the_thread(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	/* The last thread: the process ends as if by exit with 0. */
	pthread_exit(NULL);
}

static void lock_and_abort(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	abort();
}

CASE_EACH(mutex, peer_death, robust_owner_exits_gives_eownerdead, robust_kinds,
	.claim = "after a process that holds a robust mutex ends by _exit, by exit "
		 "or by abort, lock gives EOWNERDEAD",
	.level = LEVEL_POSIX,
	.spec = SPEC_ROBUST "; pthread_mutex_lock(), ERRORS, EOWNERDEAD")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer owner = peer_start(hold_and_end, mutex);
	peer_join(&owner);
	recover(mutex);
	owner = peer_start(lock_and_end_the_thread, mutex);
	peer_join(&owner);
	recover(mutex);
	owner = peer_start(lock_and_abort, mutex);
	peer_join_killed(&owner, SIGABRT);
	recover(mutex);
}

CASE_EACH(mutex, peer_death, trylock_gets_eownerdead, robust_kinds,
	.claim = "trylock of an owner-dead mutex gives EOWNERDEAD and the caller owns it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_trylock(), ERRORS, EOWNERDEAD")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);

	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

CASE_EACH(mutex, peer_death, timedlock_gets_eownerdead, robust_kinds,
	.claim = "timedlock of an owner-dead mutex gives EOWNERDEAD and the caller owns "
		 "it, also when the deadline has passed",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_timedlock(), ERRORS, EOWNERDEAD")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec deadline = far_off();

	kill_an_owner(mutex);
	must_return(pthread_mutex_timedlock(mutex, &long_past), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
	need_zero(pthread_mutex_consistent(mutex));
	need_zero(pthread_mutex_unlock(mutex));
	kill_an_owner(mutex);
	must_return(pthread_mutex_timedlock(mutex, &deadline), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

CASE_EACH(mutex, peer_death, clocklock_gets_eownerdead, robust_kinds,
	.claim = "clocklock of an owner-dead mutex gives EOWNERDEAD and the caller owns "
		 "it, also when the deadline has passed",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_clocklock(), ERRORS, EOWNERDEAD",
	.lacks = MUTEX_LACKS_CLOCKLOCK)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec deadline = far_off();

	kill_an_owner(mutex);
	must_return(pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC,
			    &(struct timespec){0}),
		EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
	need_zero(pthread_mutex_consistent(mutex));
	need_zero(pthread_mutex_unlock(mutex));
	kill_an_owner(mutex);
	must_return(pthread_mutex_clocklock(mutex, CLOCK_REALTIME, &deadline),
		EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

CASE_EACH(mutex, peer_death, consistent_then_unlock_restores_normal_use, robust_kinds,
	.claim = "once the thread that got EOWNERDEAD has called consistent and unlock, "
		 "lock gives 0, until an owner dies again",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	for (int deaths = 0; deaths < 2; deaths++) {
		kill_an_owner(mutex);
		must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
		must_return(pthread_mutex_consistent(mutex), 0);
		must_return(pthread_mutex_unlock(mutex), 0);
		must_return(trylock_elsewhere(mutex), 0);
		must_return(pthread_mutex_lock(mutex), 0);
		must_return(pthread_mutex_unlock(mutex), 0);
	}
}

static void fail_as_not_recoverable(void *mutex)
{
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_lock(mutex), ENOTRECOVERABLE);
	must_return(pthread_mutex_trylock(mutex), ENOTRECOVERABLE);
	must_return(pthread_mutex_timedlock(mutex, &deadline), ENOTRECOVERABLE);
}

static void give_up_and_fail(void *mutex)
{
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_unlock(mutex), 0);
	fail_as_not_recoverable(mutex);
}

CASE_EACH(mutex, peer_death, unlock_without_consistent_gives_enotrecoverable,
	robust_kinds,
	.claim = "when the thread that got EOWNERDEAD unlocks without consistent, every "
		 "later lock, trylock and timedlock of any process, its own included, "
		 "gives ENOTRECOVERABLE",
	.level = LEVEL_POSIX,
	.spec = SPEC_ROBUST "; pthread_mutex_lock(), ERRORS, ENOTRECOVERABLE",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);

	struct peer heir = peer_start(give_up_and_fail, mutex);
	ck_assert_msg(peers_asleep(&heir, 1, "futex") == 0,
		"who gave the mutex up waits for it");
	peer_join(&heir);
	for (int i = 0; i < 2; i++) {
		struct peer other = peer_start(fail_as_not_recoverable, mutex);
		ck_assert_msg(peers_asleep(&other, 1, "futex") == 0,
			"a call waits for the unrecoverable mutex");
		peer_join(&other);
	}
}

CASE_EACH(mutex, peer_death, destroy_of_unrecoverable_mutex_succeeds, robust_kinds,
	.claim = "an unrecoverable mutex can be destroyed, and used after a new init as "
		 "what that makes it, robust as before",
	.level = LEVEL_POSIX,
	.spec = SPEC_ROBUST ": the only permissible operation is destroy")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	need_zero(pthread_mutex_unlock(mutex));
	pthread_mutexattr_t attr;
	mutex_attr_make(&attr, row);

	must_return(pthread_mutex_destroy(mutex), 0);
	must_return(pthread_mutex_init(mutex, &attr), 0);
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(trylock_elsewhere(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	kill_an_owner(mutex);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
}

CASE_EACH(mutex, peer_death, eownerdead_owner_dies_too, robust_kinds,
	.claim = "when the thread that got EOWNERDEAD dies before consistent, the next "
		 "gets EOWNERDEAD again",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);

	for (int deaths = 0; deaths < 2; deaths++) {
		struct peer heir = start_heir(mutex);
		peer_kill(&heir, SIGKILL);
	}
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

static void recover_and_rest(void *mutex)
{
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	peer_rest();
}

CASE_EACH(mutex, peer_death, owner_dies_after_consistent_before_unlock, robust_kinds,
	.claim = "when the thread that got EOWNERDEAD dies between consistent and unlock, "
		 "the next gets EOWNERDEAD",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_consistent(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	kill_an_owner(mutex);

	struct peer heir = peer_start(recover_and_rest, mutex);
	peer_wait_resting(&heir);
	peer_kill(&heir, SIGKILL);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

static void lock_twice_and_rest(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_lock(mutex), 0);
	peer_rest();
}

static const struct mutex_kind recursive_robust_kinds[] = {
	{"none", PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
	{"inherit", PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
};

CASE_EACH(mutex, peer_death, eownerdead_recursive_starts_at_depth_one,
	recursive_robust_kinds,
	.claim = "a RECURSIVE mutex whose owner died holding it twice is held once by "
		 "who gets EOWNERDEAD",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = peer_start(lock_twice_and_rest, mutex);
	peer_wait_resting(&owner);
	peer_kill(&owner, SIGKILL);

	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_elsewhere(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), EPERM);
}

CASE_EACH(mutex, peer_death, owner_killed_while_stopped, robust_kinds,
	.claim = "SIGKILL to a stopped owner makes its robust mutex owner-dead",
	.level = LEVEL_POSIX,
	.spec = SPEC_ROBUST "; pthread_mutex_lock(), ERRORS, EOWNERDEAD")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer owner = peer_start(hold, mutex);
	peer_wait_resting(&owner);

	peer_stop(&owner);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	peer_kill(&owner, SIGKILL);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

static void exec_beside_an_owner(void *mutex)
{
	struct peer owner = thread_start(hold, mutex);

	peer_wait_resting(&owner);
	peer_forget(&owner); /* exec ends it */
	peer_exec("mutex_rest_after_exec", NULL);
}

CASE_EACH(mutex, peer_death, owner_thread_killed_by_sibling_exec, robust_kinds,
	.claim = "when a sibling of the owner thread calls exec, a robust mutex is "
		 "owner-dead",
	.level = LEVEL_LINUX,
	.spec = "execve(2): all other threads are destroyed; get_robust_list(2)",
	.needs = NEED_EXEC)
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer process = peer_start(exec_beside_an_owner, mutex);
	peer_wait_exec(&process);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);

	peer_wait_resting(&process);
	peer_resume(&process);
	peer_join(&process);
}

CASE_EACH(mutex, peer_death, owner_in_other_pid_namespace_killed, robust_kinds,
	.claim = "the death of an owner in another pid namespace, with a thread id that "
		 "nobody here has, makes its robust mutex owner-dead",
	.level = LEVEL_LINUX, .spec = "pid_namespaces(7); futex(2); get_robust_list(2)",
	.needs = NEED_NAMESPACES)
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer owner = peer_start_in(hold, mutex, PID_NS);
	peer_wait_resting(&owner);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	peer_kill(&owner, SIGKILL);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(trylock_elsewhere(mutex), EBUSY);
}
