/*
 * mutex/data: what a mutex guards: memory, and the count of its owner.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_LOCK "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION"

enum { GUARDED_BYTES = 3 * 4096, REWRITES = 60 };

struct guarded {
	pthread_mutex_t mutex;
	_Atomic int turns;         /* so far */
	_Atomic int trying, ended; /* of the two who rewrite */
	unsigned char bytes[GUARDED_BYTES];
};

/* Relaxed, as nothing but the mutex shall order what is guarded. */
static int add_to(_Atomic int *count, int change)
{
	return atomic_fetch_add_explicit(count, change, memory_order_relaxed) + change;
}

/* Gives way to the other until *COUNT is not UNLIKE any more, but not for ever: it may have
 * ended, or be inside as well where the mutex is none. */
static void give_way(struct guarded *guarded, _Atomic int *count, int unlike)
{
	enum { PATIENCE = 10000 };

	for (int i = 0; i < PATIENCE && add_to(count, 0) == unlike; i++) {
		if (add_to(&guarded->ended, 0) > 0)
			break;
		(void)sched_yield();
	}
}

/* Called by the owner: all bytes must be those of one rewrite; makes the next.  Now and then the
 * other must try to lock meanwhile. */
static void check_and_rewrite(struct guarded *guarded)
{
	enum { A_WHILE = 20 };
	unsigned char *const bytes = guarded->bytes;

	ck_assert_msg(memcmp(bytes, bytes + 1, GUARDED_BYTES - 1) == 0,
		"the bytes of two different owners are seen");
	const unsigned char next = bytes[0] + 1;
	memset(bytes, next, GUARDED_BYTES / 2);
	if (next % 4 == 0) {
		give_way(guarded, &guarded->trying, 0);
		for (int i = 0; i < A_WHILE; i++)
			(void)sched_yield(); /* until it is inside its call */
	}
	memset(bytes + GUARDED_BYTES / 2, next, GUARDED_BYTES / 2);
}

/* Rewrites many times what TAKE, which locks the mutex, gives it; between two times the other
 * has a turn. */
static void rewrite_by(struct guarded *guarded, void (*take)(pthread_mutex_t *))
{
	int turn = -1;

	race_start(2);
	for (int i = 0; i < REWRITES; i++) {
		give_way(guarded, &guarded->turns, turn);
		(void)add_to(&guarded->trying, 1);
		take(&guarded->mutex);
		(void)add_to(&guarded->trying, -1);
		turn = add_to(&guarded->turns, 1);
		check_and_rewrite(guarded);
		must_return(pthread_mutex_unlock(&guarded->mutex), 0);
	}
	(void)add_to(&guarded->ended, 1);
}

static void take_by_lock(pthread_mutex_t *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
}

static void rewrite_by_lock(void *guarded)
{
	rewrite_by(guarded, take_by_lock);
}

static void take_by_trylock(pthread_mutex_t *mutex)
{
	int result;

	while ((result = pthread_mutex_trylock(mutex)) == EBUSY)
		(void)sched_yield();
	must_return(result, 0);
}

static void rewrite_by_trylock(void *guarded)
{
	rewrite_by(guarded, take_by_trylock);
}

static void take_by_timedlock(pthread_mutex_t *mutex)
{
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_timedlock(mutex, &deadline), 0);
}

static void rewrite_by_timedlock(void *guarded)
{
	rewrite_by(guarded, take_by_timedlock);
}

/* Two, of two processes where the mutex is shared, rewrite the same memory, of which in the end
 * every byte was rewritten by each. */
static void must_rewrite_whole(const struct mutex_kind *kind, void (*one)(void *),
	void (*other)(void *))
{
	struct guarded *const guarded = arena(sizeof(*guarded));

	mutex_make(&guarded->mutex, kind);
	struct peer user = user_start(kind, one, guarded);
	struct peer thread = thread_start(other, guarded);
	peer_join(&user);
	peer_join(&thread);
	ck_assert_int_eq(guarded->bytes[GUARDED_BYTES - 1], 2 * REWRITES);
}

CASE_EACH(mutex, data, writes_before_unlock_visible_after_lock, all_normal_mixes,
	.claim = "what was written before unlock is seen whole by the next thread or "
		 "process that locks",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 XBD 4.15.2 Memory Synchronization")
{
	must_rewrite_whole(row, rewrite_by_lock, rewrite_by_lock);
}

CASE_EACH(mutex, data, trylock_success_synchronises_memory, all_normal_mixes,
	.claim = "what was written before unlock is seen whole by the next whose trylock "
		 "or timedlock succeeds",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 XBD 4.15.2 Memory Synchronization")
{
	must_rewrite_whole(row, rewrite_by_trylock, rewrite_by_timedlock);
}

CASE_EACH(mutex, data, recursive_counts_locks_and_unlocks, recursive_mixes,
	.claim = "a RECURSIVE mutex is free after as many unlocks as its owner made "
		 "successful locks, trylocks and timedlocks",
	.level = LEVEL_POSIX,
	.spec = SPEC_LOCK "; pthread_mutex_trylock(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_trylock(mutex), 0);
	must_return(pthread_mutex_timedlock(mutex, &deadline), 0);
	for (int unlocks = 0; unlocks < 3; unlocks++) {
		must_return(user_trylock(row, mutex), EBUSY);
		must_return(pthread_mutex_unlock(mutex), 0);
	}
	must_return(user_trylock(row, mutex), 0);
}
