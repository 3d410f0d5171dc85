/*
 * sweep_robust: a robust mutex whose user is killed, at every instruction and at every call
 * of what it does to the mutex.  Victims ask nothing of their calls: what they did is seen by
 * who comes after them.
 */
#include <assay.h>
#include <pthread.h>
#include <time.h>

struct robust {
	pthread_mutex_t mutex;
	struct peer waiter, second;
	struct timespec limit;
	int inside; /* how many believe that they hold it */
};

static void init(struct robust *state, int type)
{
	pthread_mutexattr_t attributes;

	need_zero(pthread_mutexattr_init(&attributes));
	need_zero(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
	need_zero(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));
	need_zero(pthread_mutexattr_settype(&attributes, type));
	need_zero(pthread_mutex_init(&state->mutex, &attributes));
	need(clock_gettime(CLOCK_REALTIME, &state->limit));
	state->limit.tv_sec += 60;
}

/* Locks, recovers where the owner died, and unlocks; from then on it is a good free mutex. */
static void take_over(struct robust *robust)
{
	const int error = pthread_mutex_lock(&robust->mutex);

	if (error == EOWNERDEAD)
		must_return(pthread_mutex_consistent(&robust->mutex), 0);
	else
		ck_assert_int_eq(error, 0);
	ck_assert_int_eq(robust->inside, 0);
	robust->inside++;
	robust->inside--;
	must_return(pthread_mutex_unlock(&robust->mutex), 0);
}

static void wait_for_it(void *state)
{
	take_over(state);
}

static void free_mutex(void *state)
{
	init(state, PTHREAD_MUTEX_NORMAL);
}

static void free_recursive(void *state)
{
	init(state, PTHREAD_MUTEX_RECURSIVE);
}

/* The set-up's process holds the mutex and a waiter wants it: a victim that locks it joins
 * the queue, and gets its turn when the holder, started first, lets go. */
static void lock_until_wanted(void *state)
{
	struct robust *const robust = state;

	need_zero(pthread_mutex_lock(&robust->mutex));
	peer_rest();
	need_zero(pthread_mutex_unlock(&robust->mutex));
}

static void recover(void *state)
{
	take_over(state);
	take_over(state);
}

static void recover_beside_waiter(void *state)
{
	struct robust *const robust = state;

	peer_join(&robust->waiter);
	recover(state);
}

static void recover_beside_two(void *state)
{
	struct robust *const robust = state;

	peer_join(&robust->waiter);
	peer_join(&robust->second);
	recover(state);
}

static void lock_and_unlock(void *state)
{
	struct robust *const robust = state;

	(void)pthread_mutex_lock(&robust->mutex);
	(void)pthread_mutex_unlock(&robust->mutex);
}

static void trylock_and_unlock(void *state)
{
	struct robust *const robust = state;

	(void)pthread_mutex_trylock(&robust->mutex);
	(void)pthread_mutex_unlock(&robust->mutex);
}

static void timedlock_and_unlock(void *state)
{
	struct robust *const robust = state;

	(void)pthread_mutex_timedlock(&robust->mutex, &robust->limit);
	(void)pthread_mutex_unlock(&robust->mutex);
}

static void lock_twice_and_unlock(void *state)
{
	lock_and_unlock(state);
	struct robust *const robust = state;

	(void)pthread_mutex_lock(&robust->mutex);
	(void)pthread_mutex_lock(&robust->mutex);
	(void)pthread_mutex_unlock(&robust->mutex);
	(void)pthread_mutex_unlock(&robust->mutex);
}

