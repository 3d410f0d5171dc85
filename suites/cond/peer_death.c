/*
 * peer_death: a condition variable, with a robust mutex, whose user is killed at any
 * instruction.  POSIX promises recovery for the mutex only: what the condition variable does
 * is a fact.
 */
#include <assay.h>
#include <pthread.h>
#include <time.h>

enum { SOON_NS = 10 * 1000 * 1000 };

struct monitor {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
	int is_ready;
	struct peer waiter;
};

static void init(struct monitor *monitor)
{
	pthread_mutexattr_t mutex;
	pthread_condattr_t cond;

	need_zero(pthread_mutexattr_init(&mutex));
	need_zero(pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED));
	need_zero(pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST));
	need_zero(pthread_mutex_init(&monitor->mutex, &mutex));
	need_zero(pthread_condattr_init(&cond));
	need_zero(pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED));
	need_zero(pthread_condattr_setclock(&cond, CLOCK_MONOTONIC));
	need_zero(pthread_cond_init(&monitor->cond, &cond));
}

static struct timespec soon(void)
{
	struct timespec limit;

	need(clock_gettime(CLOCK_MONOTONIC, &limit));
	limit.tv_nsec += SOON_NS;
	if (limit.tv_nsec >= 1000000000) {
		limit.tv_sec++;
		limit.tv_nsec -= 1000000000;
	}
	return limit;
}

/* What a lock or a wait gave: the mutex is held, and made good where its owner died. */
static void settle(struct monitor *monitor, int error)
{
	if (error == EOWNERDEAD)
		must_return(pthread_mutex_consistent(&monitor->mutex), 0);
	else if (error != ETIMEDOUT)
		ck_assert_int_eq(error, 0);
}

/* Waits until it is ready or the time has come, whichever the monitor tells first. */
static void wait_a_while(void *state)
{
	struct monitor *const monitor = state;
	const struct timespec limit = soon();
	int error;

	settle(monitor, pthread_mutex_lock(&monitor->mutex));
	do {
		error = monitor->is_ready
			? 0
			: pthread_cond_timedwait(&monitor->cond, &monitor->mutex, &limit);
		settle(monitor, error);
	} while (!monitor->is_ready && error != ETIMEDOUT);
	must_return(pthread_mutex_unlock(&monitor->mutex), 0);
}

static void one_waiter(void *state)
{
	struct monitor *const monitor = state;

	init(monitor);
	monitor->waiter = peer_start(wait_a_while, monitor);
	peer_wait_blocked(&monitor->waiter, "futex");
}

static void nobody_waits(void *state)
{
	init(state);
}

static void make_ready(void *state)
{
	struct monitor *const monitor = state;

	(void)pthread_mutex_lock(&monitor->mutex);
	monitor->is_ready = 1;
	(void)pthread_cond_signal(&monitor->cond);
	(void)pthread_mutex_unlock(&monitor->mutex);
}

static void time_out(void *state)
{
	struct monitor *const monitor = state;
	struct timespec limit = {.tv_sec = 0};

	(void)clock_gettime(CLOCK_MONOTONIC, &limit);
	(void)pthread_mutex_lock(&monitor->mutex);
	(void)pthread_cond_timedwait(&monitor->cond, &monitor->mutex, &limit);
	(void)pthread_mutex_unlock(&monitor->mutex);
}

static void waiter_returns(void *state)
{
	peer_join(&((struct monitor *)state)->waiter);
}

static void signal_one(struct monitor *monitor)
{
	settle(monitor, pthread_mutex_lock(&monitor->mutex));
	monitor->is_ready = 1;
	must_return(pthread_cond_signal(&monitor->cond), 0);
	must_return(pthread_mutex_unlock(&monitor->mutex), 0);
}

/* Three rounds: a death can leave its trace in either of two groups of waiters. */
static void use_again(void *state)
{
	struct monitor *const monitor = state;

	for (int round = 0; round < 3; round++) {
		monitor->is_ready = 0;
		monitor->waiter = peer_start(wait_a_while, monitor);
		peer_wait_blocked(&monitor->waiter, "futex");
		signal_one(monitor);
		peer_join(&monitor->waiter);
	}
}

SWEEP(cond, peer_death, signaller_killed_at_any_instruction_lets_timed_wait_return,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = one_waiter,
	.victim = make_ready,
	.survivor = waiter_returns,
	.state_bytes = sizeof(struct monitor),
	.sample = 30,
	.claim = "pthread_cond_timedwait() returns although the thread that signals dies in the "
		 "middle of it",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_cond_timedwait(); silent about the death of a signaller");

SWEEP(cond, peer_death, timed_waiter_killed_at_any_instruction_leaves_condition_usable,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = nobody_waits,
	.victim = time_out,
	.survivor = use_again,
	.state_bytes = sizeof(struct monitor),
	.sample = 40,
	.claim = "a condition variable works on after a thread died inside a wait for it that "
		 "timed out",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_cond_timedwait(); silent about the death of a waiter");
