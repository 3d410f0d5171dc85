/*
 * mutex/data: every waiter of a mutex has its turn.
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_UNLOCK "POSIX.1-2024 pthread_mutex_unlock(), DESCRIPTION"

enum { CONTESTANTS = 3, VISITS = 200, STORM = 60 };

CASE_EACH(mutex, data, one_unlock_admits_exactly_one_waiter, all_normal_mixes,
	.claim = "of several waiters each unlock lets one acquire, and the others wait",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK, .needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct arrivals *const arrivals = arrivals_make(mutex);
	struct peer waiters[ARRIVALS];
	need_zero(pthread_mutex_lock(mutex));
	for (int i = 0; i < ARRIVALS; i++) {
		waiters[i] = user_start(row, arrive_and_rest, arrivals);
		peer_wait_blocked(&waiters[i], "futex");
	}

	must_return(pthread_mutex_unlock(mutex), 0);
	must_arrive_in_turn(arrivals, waiters, ARRIVALS, 0);
	must_return(user_trylock(row, mutex), 0);
}

/* A mutex, and what it guards. */
struct busy {
	pthread_mutex_t mutex;
	volatile int counter;
};

/* Locks in both ways in turn, giving up and trying again after a few microseconds. */
static void lock_impatiently(void *arg)
{
	struct busy *const busy = arg;

	handler_install(SIGUSR1, 0);
	peer_rest();
	race_start(CONTESTANTS);
	for (int i = 0; i < VISITS / 2; i++) {
		struct timespec deadline = in_us(i % 40);
		int result = ETIMEDOUT;

		for (int k = 0; k < 5 && result == ETIMEDOUT && i % 2; k++) {
			deadline = in_us(i % 40);
			result = pthread_mutex_timedlock(&busy->mutex, &deadline);
		}
		if (result == ETIMEDOUT)
			result = pthread_mutex_lock(&busy->mutex);
		must_return(result, 0);
		busy->counter++;
		(void)sched_yield(); /* lets the others try, and wait */
		must_return(pthread_mutex_unlock(&busy->mutex), 0);
	}
	peer_rest(); /* a thread that is gone can be sent no signal */
}

CASE_EACH(mutex, data, no_waiter_is_lost_under_churn, all_normal_mixes,
	.claim = "among timeouts and signals every waiter of a busy mutex gets it",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK, .needs = NEED_BLOCK_PROOF)
{
	struct busy *const busy = arena(sizeof(*busy));
	struct peer peers[CONTESTANTS];
	mutex_make(&busy->mutex, row);
	for (int i = 0; i < CONTESTANTS; i++) {
		peers[i] = user_start(row, lock_impatiently, busy);
		peer_wait_resting(&peers[i]);
	}

	for (int i = 0; i < CONTESTANTS; i++)
		peer_resume(&peers[i]);
	/* The storm must end before the peers do: a signal would wake who was forgotten. */
	for (int i = 0; i < STORM; i++) {
		peer_signal(&peers[i % CONTESTANTS], SIGUSR1);
		(void)sched_yield();
	}
	ck_assert_msg(peers_asleep(peers, CONTESTANTS, "futex") == 0,
		"waiters sleep on, and nobody holds the mutex");
	for (int i = 0; i < CONTESTANTS; i++) {
		peer_resume(&peers[i]);
		peer_join(&peers[i]);
	}
	ck_assert_int_eq(busy->counter, CONTESTANTS * VISITS / 2);
}

/* Two waiters of one mutex, in rounds; the first gives up at DEADLINE. */
struct waiters {
	pthread_mutex_t mutex;
	struct timespec deadline;
};

static void wait_until_deadline(void *arg)
{
	struct waiters *const waiters = arg;

	for (;;) {
		peer_rest();
		const int result =
			pthread_mutex_timedlock(&waiters->mutex, &waiters->deadline);
		ck_assert_msg(result == 0 || result == ETIMEDOUT, "timedlock returned %s",
			errno_name(result));
		if (result == 0)
			need_zero(pthread_mutex_unlock(&waiters->mutex));
	}
}

static void wait_for_ever(void *arg)
{
	struct waiters *const waiters = arg;

	for (;;) {
		peer_rest();
		pass_through(&waiters->mutex);
	}
}

static bool is_past(const struct timespec *instant, long microseconds)
{
	const struct timespec now = in_us(microseconds);

	return now.tv_sec > instant->tv_sec ||
		(now.tv_sec == instant->tv_sec && now.tv_nsec >= instant->tv_nsec);
}

CASE_EACH(mutex, data, timed_out_waiter_leaves_wake_for_others, all_normal_mixes,
	.claim = "a waiter whose time is up at the moment of unlock does not keep the "
		 "wake-up from another waiter",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK, .needs = NEED_BLOCK_PROOF)
{
	struct waiters *const waiters = arena(sizeof(*waiters));
	mutex_make(&waiters->mutex, row);
	struct peer peers[2] = {user_start(row, wait_until_deadline, waiters),
		user_start(row, wait_for_ever, waiters)};

	for (int round = 0; round < 40; round++) {
		peer_wait_resting(&peers[0]);
		peer_wait_resting(&peers[1]);
		need_zero(pthread_mutex_lock(&waiters->mutex));
		waiters->deadline = in_us(300);
		peer_resume(&peers[0]);
		peer_resume(&peers[1]);
		peer_wait_blocked(&peers[1], "futex");
		while (!is_past(&waiters->deadline, round * 3 - 20))
			continue; /* the unlock is aimed at the deadline */
		must_return(pthread_mutex_unlock(&waiters->mutex), 0);
		ck_assert_msg(peers_asleep(peers, 2, "futex") == 0,
			"the other waiter sleeps on after unlock %d", round + 1);
	}
	peer_forget(&peers[0]);
	peer_forget(&peers[1]);
}

static void wait_once(void *arg)
{
	struct waiters *const waiters = arg;
	const int result = pthread_mutex_timedlock(&waiters->mutex, &waiters->deadline);

	ck_assert_msg(result == 0 || result == ETIMEDOUT, "timedlock returned %s",
		errno_name(result));
	note("timed waiter", "%s", errno_name(result));
	if (result == 0)
		need_zero(pthread_mutex_unlock(&waiters->mutex));
}

/* Holds the only processor, as a real-time thread, until the deadline is past; then unlocks.
 * false: it was past before. */
static bool unlock_past_deadline(struct waiters *waiters)
{
	enum { TIMER_US = 200 }; /* the wake-up by the timer is then done, too */

	schedule_here(SCHED_FIFO, 10);
	const bool is_in_time = !is_past(&waiters->deadline, 0);
	while (!is_past(&waiters->deadline, -TIMER_US))
		continue;
	must_return(pthread_mutex_unlock(&waiters->mutex), 0);
	schedule_here(SCHED_OTHER, 0);
	return is_in_time;
}

CASE_EACH(mutex, data, wake_at_the_deadline_is_not_lost, all_normal_mixes,
	.claim = "a waiter whose time was up, and who has not run since, when the mutex "
		 "is unlocked passes the wake-up on to the next waiter",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK,
	.needs = NEED_BLOCK_PROOF | NEED_REALTIME)
{
	struct waiters *const waiters = arena(sizeof(*waiters));
	long patience_us = 1000;
	struct peer peers[2];
	bool was_in_time;
	mutex_make(&waiters->mutex, row);
	pin_to_one_cpu();

	do { /* each time more patient, until the case has no more time */
		patience_us *= 2;
		need_zero(pthread_mutex_lock(&waiters->mutex));
		waiters->deadline = in_us(patience_us);
		peers[0] = user_start(row, wait_once, waiters);
		(void)peers_asleep(peers, 1, "futex");
		peers[1] = user_start(row, pass_through, &waiters->mutex);
		peer_wait_blocked(&peers[1], "futex");
		was_in_time = unlock_past_deadline(waiters);
		ck_assert_msg(peers_asleep(peers, 2, "futex") == 0,
			"the second waiter sleeps on");
		peer_join(&peers[0]);
		peer_join(&peers[1]);
	} while (!was_in_time);
}
