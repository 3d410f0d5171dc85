/*
 * peer_death: a condition variable, with a robust mutex, whose user is killed at any
 * instruction.  POSIX promises recovery for the mutex only: what the condition variable does
 * is a fact.
 */
#include <assay.h>
#include <pthread.h>
#include <time.h>

/* Up before the wait begins, so that no time has to be waited for. */
static const struct timespec past = {.tv_sec = 0};

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

/* What a lock or a wait gave: the mutex is held, and made good where its owner died. */
static void settle(struct monitor *monitor, int error)
{
	if (error == EOWNERDEAD)
		must_return(pthread_mutex_consistent(&monitor->mutex), 0);
	else
		ck_assert_int_eq(error, 0);
}

/* Without a time of its own: a wait that nobody ends is proven to last for ever. */
static void wait_until_ready(void *state)
{
	struct monitor *const monitor = state;

	settle(monitor, pthread_mutex_lock(&monitor->mutex));
	while (!monitor->is_ready)
		settle(monitor, pthread_cond_wait(&monitor->cond, &monitor->mutex));
	must_return(pthread_mutex_unlock(&monitor->mutex), 0);
}

static void start_waiter(struct monitor *monitor)
{
	monitor->waiter = peer_start(wait_until_ready, monitor);
	peer_wait_blocked(&monitor->waiter, "futex");
}

static void one_waiter(void *state)
{
	init(state);
	start_waiter(state);
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

	(void)pthread_mutex_lock(&monitor->mutex);
	(void)pthread_cond_timedwait(&monitor->cond, &monitor->mutex, &past);
	(void)pthread_mutex_unlock(&monitor->mutex);
}

static void timed_wait_returns(void *state)
{
	struct monitor *const monitor = state;

	settle(monitor, pthread_mutex_lock(&monitor->mutex));
	const int error = pthread_cond_timedwait(&monitor->cond, &monitor->mutex, &past);
	settle(monitor, error == ETIMEDOUT ? 0 : error);
	must_return(pthread_mutex_unlock(&monitor->mutex), 0);

	/* The victim may have died before it woke the waiter. */
	if (peers_asleep(&monitor->waiter, 1, "futex") == 1)
		peer_forget(&monitor->waiter);
	else
		peer_join(&monitor->waiter);
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
		start_waiter(monitor);
		signal_one(monitor);
		peer_join(&monitor->waiter);
	}
}

SWEEP(cond, peer_death, signaller_killed_at_any_instruction_lets_timed_wait_return,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = one_waiter,
	.victim = make_ready,
	.survivor = timed_wait_returns,
	.state_bytes = sizeof(struct monitor),
	.sample = 30,
	.claim = "pthread_cond_timedwait() returns when its time is up although a thread died "
		 "while it signalled another waiter",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_cond_timedwait(); silent about the death of a signaller");

SWEEP(cond, peer_death, timed_waiter_killed_at_any_instruction_leaves_condition_usable,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = nobody_waits,
	.victim = time_out,
	.survivor = use_again,
	.state_bytes = sizeof(struct monitor),
	.sample = 40,
	.claim = "signals on a condition variable reach who waits for it after a thread died "
		 "inside a wait that timed out",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_cond_timedwait(); silent about the death of a waiter");
