/*
 * mutex/cleanup: what becomes of a mutex when its owner ends or execs, and the end of the
 * mutex itself.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

CASE_EACH(mutex, cleanup, thread_exit_does_not_release_stalled_mutex, stalled_kinds,
	.claim = "a mutex that is not robust stays locked when its owner thread exits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_exit(), DESCRIPTION: mutexes are not released")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec soon = in_us(1000);

	struct peer owner = thread_start(hold_and_end, mutex);
	peer_join(&owner);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	must_return(pthread_mutex_timedlock(mutex, &soon), ETIMEDOUT);
}

static void lock_rest_and_end(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	peer_rest();
}

CASE_EACH(mutex, cleanup, thread_exit_does_not_wake_waiter_of_stalled_mutex,
	stalled_kinds,
	.claim = "a waiter of a mutex that is not robust goes on waiting when the owner "
		 "thread exits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_exit(), DESCRIPTION: mutexes are not released",
	.needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct peer waiter = peer_start(rest_then_pass, mutex);
	peer_wait_resting(&waiter);
	struct peer owner = thread_start(lock_rest_and_end, mutex);
	peer_wait_resting(&owner);
	peer_resume(&waiter);
	peer_wait_blocked(&waiter, "futex");

	peer_resume(&owner);
	peer_join(&owner);
	peer_still_blocked(&waiter, "futex");
	peer_forget(&waiter);
}

CASE_EACH(mutex, cleanup, process_exit_does_not_release_stalled_mutex, stalled_kinds,
	.claim = "a shared mutex that is not robust stays locked when its owner process "
		 "exits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_STALLED")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer owner = peer_start(hold_and_end, mutex);
	peer_join(&owner);
	must_return(pthread_mutex_trylock(mutex), EBUSY);
	must_return(trylock_elsewhere(mutex), EBUSY);
}

HELPER(mutex_rest_after_exec)
{
	(void)argc;
	(void)argv; /* it knows of no mutex */
	peer_rest();
	return 0;
}

static void lock_and_exec(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	peer_exec("mutex_rest_after_exec", NULL);
}

CASE_EACH(mutex, cleanup, exec_of_owner_releases_robust_mutex, robust_kinds,
	.claim = "when the owner of a robust mutex calls exec, the next to lock gets "
		 "EOWNERDEAD although the process lives",
	.level = LEVEL_LINUX, .spec = "get_robust_list(2), NOTES; futex(2); execve(2)",
	.needs = NEED_EXEC)
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer owner = peer_start(lock_and_exec, mutex);
	peer_wait_exec(&owner);
	peer_wait_resting(&owner);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);

	peer_resume(&owner);
	peer_join(&owner);
}

CASE_EACH(mutex, cleanup, failed_exec_keeps_robust_mutex, robust_kinds,
	.claim = "an exec that fails leaves the caller the owner of its robust mutex",
	.level = LEVEL_LINUX, .spec = "execve(2), RETURN VALUE; get_robust_list(2)")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	need_zero(pthread_mutex_lock(mutex));

	must_fail(execl(own_path("absent"), "absent", (char *)NULL), ENOENT);
	must_return(trylock_elsewhere(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_elsewhere(mutex), 0);
}

/* The mutex in the file at own_path("mutex"), mapped into the caller. */
static pthread_mutex_t *map_mutex_file(void)
{
	const int fd = need(open(own_path("mutex"), O_RDWR | O_CREAT, 0600));

	need(ftruncate(fd, sizeof(pthread_mutex_t)));
	void *const at = need(mmap(NULL, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE,
		MAP_SHARED, fd, 0));
	need(close(fd));
	return at;
}

static void make_in_file_and_use(void *kind)
{
	pthread_mutex_t *const mutex = map_mutex_file();

	mutex_make(mutex, kind);
	pass_through(mutex);
	need(munmap(mutex, sizeof(*mutex)));
}

/* A mutex of zeros is one, too, in some C libraries, but would not check. */
static void map_check_and_pass(void *unused)
{
	pthread_mutex_t *const mutex = map_mutex_file();

	(void)unused;
	must_return(pthread_mutex_unlock(mutex), EPERM);
	pass_through(mutex);
}

CASE_EACH(mutex, cleanup, mutex_state_persists_in_file, shared_errorcheck_mixes,
	.claim = "a shared mutex in a file outlives its mappings and its maker: for a later "
		 "process it is of the same type and can be locked",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared() (promises nothing of a time "
		"without a mapping)")
{
	struct mutex_kind kind = *row;

	struct peer maker = peer_start(make_in_file_and_use, &kind);
	peer_join(&maker);
	struct peer user = peer_start(map_check_and_pass, NULL);
	peer_join(&user);
	map_check_and_pass(NULL);
}

CASE_EACH(mutex, cleanup, destroy_unlocked_succeeds, mutex_kinds,
	.claim = "destroy of an unlocked mutex succeeds, when it is new and after use",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_mutex_destroy(), DESCRIPTION")
{
	pthread_mutex_t mutex;

	mutex_make(&mutex, row);
	must_return(pthread_mutex_destroy(&mutex), 0);
	mutex_make(&mutex, row);
	need_zero(pthread_mutex_lock(&mutex));
	need_zero(pthread_mutex_unlock(&mutex));
	must_return(pthread_mutex_destroy(&mutex), 0);
}

/* A mutex in memory of its own, handed from thread to thread. */
struct parting {
	_Atomic(pthread_mutex_t *) mutex;
	int rounds;
};

static void use_last_and_destroy(void *arg)
{
	struct parting *const parting = arg;

	for (int i = 0; i < parting->rounds; i++) {
		pthread_mutex_t *mutex;

		while ((mutex = atomic_exchange(&parting->mutex, NULL)) == NULL)
			(void)sched_yield();
		must_return(pthread_mutex_lock(mutex), 0);
		must_return(pthread_mutex_unlock(mutex), 0);
		must_return(pthread_mutex_destroy(mutex), 0);
		need(munmap(mutex, sizeof(*mutex)));
	}
}

CASE_EACH(mutex, cleanup, destroy_right_after_unlock_by_last_user_is_safe, mutex_kinds,
	.claim = "the last to lock and unlock a mutex may destroy it and unmap its memory "
		 "although the owner before may still be inside unlock",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_destroy(), DESCRIPTION and RATIONALE")
{
	struct parting parting = {.rounds = 150};
	struct peer last = thread_start(use_last_and_destroy, &parting);

	for (int i = 0; i < parting.rounds; i++) {
		pthread_mutex_t *const mutex = need(mmap(NULL, sizeof(*mutex),
			PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

		mutex_make(mutex, row);
		need_zero(pthread_mutex_lock(mutex));
		while (atomic_load(&parting.mutex))
			(void)sched_yield();
		atomic_store(&parting.mutex, mutex);
		while (i % 2 && atomic_load(&parting.mutex))
			(void)sched_yield(); /* every other time it is about to wait */
		must_return(pthread_mutex_unlock(mutex), 0);
	}
	peer_join(&last);
}

static void destroy_own(void *mutex)
{
	need_zero(pthread_mutex_lock(mutex));
	const int got = pthread_mutex_destroy(mutex);

	note_choice("destroy", errno_name(got), "0", "EBUSY", "EINVAL");
	ck_assert_int_eq(got == EBUSY ? pthread_mutex_unlock(mutex) : 0, 0);
	ck_assert_int_eq(got == EBUSY ? trylock_elsewhere(mutex) : 0, 0);
}

CASE_EACH(mutex, cleanup, destroy_locked_outcome, normal_mixes,
	.claim = "destroy of a locked mutex succeeds, or gives an error and leaves it "
		 "usable",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_destroy(), RATIONALE: undefined, EBUSY is "
		"recommended")
{
	struct peer child = peer_start(destroy_own, shared_mutex(row));

	peer_join(&child);
}

static const struct mutex_kind robust_protocols[] = {
	{"none", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
	{"inherit", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
		PTHREAD_PROCESS_SHARED},
};

CASE_EACH(mutex, cleanup, robust_thread_exit_outcome, robust_protocols,
	.claim = "a robust mutex whose owner thread exits while its process lives is "
		 "owner-dead, or stays locked",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_ROBUST: at the "
		"end of the thread it may be so")
{
	pthread_mutex_t *const of_joined = shared_mutex(row);
	pthread_mutex_t *const of_detached = shared_mutex(row);

	struct peer joined = thread_start(hold_and_end, of_joined);
	peer_join(&joined);
	note_choice("joined", errno_name(pthread_mutex_trylock(of_joined)), "EOWNERDEAD",
		"EBUSY");

	struct peer detached = thread_start(lock_rest_and_end, of_detached);
	peer_wait_resting(&detached);
	need_zero(pthread_detach(detached.thread));
	peer_resume(&detached);
	thread_wait_gone(&detached);
	note_choice("detached", errno_name(pthread_mutex_trylock(of_detached)),
		"EOWNERDEAD", "EBUSY");
}

static void lock_and_be_cancelled(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	peer_rest();
	pthread_testcancel();
}

CASE_EACH(mutex, cleanup, robust_thread_cancel_outcome, robust_protocols,
	.claim = "a robust mutex whose owner thread is cancelled is owner-dead, or stays "
		 "locked",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_ROBUST: at the "
		"end of the thread it may be so")
{
	pthread_mutex_t *const mutex = shared_mutex(row);

	struct peer owner = thread_start(lock_and_be_cancelled, mutex);
	peer_wait_resting(&owner);
	thread_cancel(&owner);
	peer_resume(&owner);
	ck_assert_ptr_eq(thread_join_value(&owner), PTHREAD_CANCELED);
	note_choice("lock", errno_name(pthread_mutex_trylock(mutex)), "EOWNERDEAD",
		"EBUSY");
}

/* Robust mutexes, a page each, in the order of their locks. */
struct pages {
	pthread_mutex_t *earlier, *unmapped, *later;
};

static void unmap_one_and_end(void *arg)
{
	const struct pages *const mutexes = arg;

	must_return(pthread_mutex_lock(mutexes->earlier), 0);
	must_return(pthread_mutex_lock(mutexes->unmapped), 0);
	must_return(pthread_mutex_lock(mutexes->later), 0);
	need(munmap(mutexes->unmapped, sizeof(pthread_mutex_t)));
}

static pthread_mutex_t *mutex_in_own_page(const struct mutex_kind *kind)
{
	pthread_mutex_t *const mutex = need(mmap(NULL, sizeof(*mutex),
		PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

	mutex_make(mutex, kind);
	return mutex;
}

CASE_EACH(mutex, cleanup, robust_unmapped_before_exit_stays_locked, robust_protocols,
	.claim = "a robust mutex that its owner unmapped before it exits stays locked; one "
		 "that it locked later, which the kernel comes to first, is owner-dead",
	.level = LEVEL_LINUX,
	.spec = "get_robust_list(2); set_robust_list(2): the list lies in the memory of "
		"the thread")
{
	struct pages mutexes = {
		mutex_in_own_page(row), mutex_in_own_page(row), mutex_in_own_page(row)};

	struct peer owner = peer_start(unmap_one_and_end, &mutexes);
	peer_join(&owner);
	must_return(pthread_mutex_trylock(mutexes.unmapped), EBUSY);
	must_return(pthread_mutex_trylock(mutexes.later), EOWNERDEAD);
	note_choice("locked-earlier", errno_name(pthread_mutex_trylock(mutexes.earlier)),
		"EOWNERDEAD", "EBUSY");
}
