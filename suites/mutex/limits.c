/*
 * limits: how deep, how many, and how many at the death of a thread.
 */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "waits.h"

/* Locks MUTEX LEVELS times; the first error that is met, or 0.  *TAKEN counts. */
static int lock_levels(pthread_mutex_t *mutex, int levels, int *taken)
{
	int error = 0;

	for (*taken = 0; *taken < levels && error == 0; *taken += error == 0)
		error = pthread_mutex_lock(mutex);
	return error;
}

CASE(mutex, limits, recursive_depth_of_many_levels,
	.claim = "a recursive mutex can be locked 65,536 times, or fails with EAGAIN "
		 "before; as many unlocks as locks release it",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION; ERRORS, EAGAIN")
{
	enum { LEVELS = 65536 };
	int taken;
	pthread_mutex_t *mutex = shared_mutex(&mutex_kinds_recursive[0]);

	const int error = lock_levels(mutex, LEVELS, &taken);
	note_choice("65,536 levels", error == 0 ? "taken" : errno_name(error), "taken",
		"EAGAIN");
	note("levels taken", "%d", taken);

	for (int left = taken - 1; left > 0; left--)
		must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_thread(mutex), 0);
}

/* The words of a mutex object. */
union words {
	pthread_mutex_t mutex;
	uint32_t word[sizeof(pthread_mutex_t) / sizeof(uint32_t)];
};

enum { WORDS = sizeof(union words) / sizeof(uint32_t) };

/* The word in which the C library counts the locks of the recursive mutex OBJECT, which the
 * caller has locked once: the only one that grows by one with each lock and falls with each
 * unlock.  Such a word must also make the mutex need as many unlocks as is written into it.
 * NULL with ENOSYS where it is not so, and the count cannot be preset. */
static uint32_t *presettable_count(union words *object)
{
	const union words once = *object;
	uint32_t *found = NULL;
	int candidates = 0;

	need_zero(pthread_mutex_lock(&object->mutex));
	const union words twice = *object;
	need_zero(pthread_mutex_lock(&object->mutex));
	for (int i = 0; i < WORDS; i++) {
		if (twice.word[i] - once.word[i] == 1 &&
			object->word[i] - twice.word[i] == 1) {
			found = &object->word[i];
			candidates++;
		}
	}
	need_zero(pthread_mutex_unlock(&object->mutex));
	need_zero(pthread_mutex_unlock(&object->mutex));
	errno = ENOSYS;
	return candidates == 1 && memcmp(object, &once, sizeof(once)) == 0 ? found : NULL;
}

/* Writes into *COUNT the highest value at which MUTEX refuses to be locked again; the two
 * that a count of 32 bits, with or without a sign, can have are tried. */
static void preset_to_limit(pthread_mutex_t *mutex, uint32_t *count)
{
	*count = INT_MAX;
	if (pthread_mutex_lock(mutex) == 0)
		*count = UINT_MAX;
}

CASE_EACH(mutex, limits, recursive_overflow_gives_eagain, mutex_kinds_recursive,
	.claim = "locking a recursive mutex more often than can be counted fails with "
		 "EAGAIN and leaves the count as it is",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), pthread_mutex_timedlock(), ERRORS, "
		"EAGAIN")
{
	union words *object = (union words *)shared_mutex(row);
	const struct timespec epoch = {0, 0};
	need_zero(pthread_mutex_lock(&object->mutex));
	uint32_t *count = need(presettable_count(object));
	const uint32_t once = *count;

	preset_to_limit(&object->mutex, count);
	const uint32_t limit = *count;
	must_return(pthread_mutex_lock(&object->mutex), EAGAIN);
	must_return(pthread_mutex_trylock(&object->mutex), EAGAIN);
	must_return(pthread_mutex_timedlock(&object->mutex, &epoch), EAGAIN);
	ck_assert_uint_eq(*count, limit);
	note("most locks", "%llu", (unsigned long long)limit - once + 1);

	must_return(pthread_mutex_unlock(&object->mutex), 0);
	ck_assert_uint_eq(*count, limit - 1);
	*count = once;
	must_return(trylock_in_thread(&object->mutex), EBUSY);
	must_return(pthread_mutex_unlock(&object->mutex), 0);
	must_return(trylock_in_thread(&object->mutex), 0);
}

/* linux/futex.h, ROBUST_LIST_LIMIT. */
enum { WALKED = 2048, HELD = 2100 };

static void lock_all(void *arg)
{
	pthread_mutex_t *mutexes = arg;

	for (int i = 0; i < HELD; i++)
		need_zero(pthread_mutex_lock(&mutexes[i]));
}

CASE(mutex, limits, robust_list_walk_limit_2048,
	.claim = "of the robust mutexes that a thread holds when it dies 2,048 report "
		 "EOWNERDEAD, and the others stay locked",
	.level = LEVEL_LINUX,
	.spec = "get_robust_list(2); linux/futex.h, ROBUST_LIST_LIMIT")
{
	const struct mutex_kind robust = {"robust", PTHREAD_MUTEX_NORMAL,
		PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_SHARED};
	pthread_mutex_t *mutexes = arena(HELD * sizeof(*mutexes));
	for (int i = 0; i < HELD; i++)
		mutex_make(&mutexes[i], &robust);

	struct peer owner = peer_start(lock_all, mutexes);
	peer_join(&owner);
	/* Which ones is a matter of the order in which the C library lists them. */
	int dead = 0, oldest_dead = -1, newest_dead = -1;
	for (int i = 0; i < HELD; i++) {
		const int error = pthread_mutex_trylock(&mutexes[i]);
		must_return(error, error == EOWNERDEAD ? EOWNERDEAD : EBUSY);
		if (error == EOWNERDEAD && dead++ == 0)
			oldest_dead = i;
		newest_dead = error == EOWNERDEAD ? i : newest_dead;
	}
	note("owner-dead", "those from %d to %d of %d", oldest_dead, newest_dead, HELD);
	ck_assert_int_eq(dead, WALKED);
}

/* Initialises and locks COUNT mutexes; the first error that is met, or 0.  *LOCKED
 * counts. */
static int init_and_lock(pthread_mutex_t *mutexes, long count, long *locked)
{
	int error = 0;

	for (*locked = 0; *locked < count && error == 0; *locked += error == 0) {
		error = pthread_mutex_init(&mutexes[*locked], NULL);
		if (error == 0)
			error = pthread_mutex_lock(&mutexes[*locked]);
	}
	return error;
}

/* ENOSYS where the limit on memory does nothing. */
static int memory_limit_works(size_t size)
{
	return mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			MAP_FAILED
		? 0
		: ENOSYS;
}

CASE(mutex, limits, many_mutexes_need_no_resource,
	.claim = "without any memory or descriptor to be had, mutexes can be initialised "
		 "and locked by the 100,000, or fail with EAGAIN or ENOMEM",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_init(), ERRORS, EAGAIN and ENOMEM")
{
	enum { MANY = 100000 };
	long locked;
	const size_t size = MANY * sizeof(pthread_mutex_t);
	pthread_mutex_t *mutexes = need(mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	limit_set(RLIMIT_NOFILE, 3);
	limit_set(RLIMIT_AS, 0);
	need_option(memory_limit_works(size));

	const int error = init_and_lock(mutexes, MANY, &locked);
	note_choice("100,000 mutexes", error == 0 ? "locked" : errno_name(error),
		"locked", "EAGAIN", "ENOMEM");
	note("mutexes locked", "%ld", locked);
}
