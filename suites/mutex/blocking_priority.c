/*
 * blocking_priority: what scheduling priorities mean to those who lock a mutex.
 */
#include <sched.h>

#include "waits.h"

enum { WAITERS = 3 };

struct queue {
	pthread_mutex_t *mutex;
	int order[WAITERS]; /* the priorities of those who had the mutex, in that order */
	int served;
};

struct contender {
	struct queue *queue;
	int priority;
};

static void queue_up(void *arg)
{
	const struct contender *self = arg;
	struct queue *queue = self->queue;

	schedule_here(SCHED_FIFO, self->priority);
	must_return(pthread_mutex_lock(queue->mutex), 0);
	queue->order[queue->served++] = self->priority;
	must_return(pthread_mutex_unlock(queue->mutex), 0);
}

static const struct mutex_kind protocols[] = {
	{"none", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
	{"inherit", PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,
		PTHREAD_PROCESS_PRIVATE},
};

CASE_EACH(mutex, blocking, waiters_acquire_in_priority_order, protocols,
	.claim = "threads under SCHED_FIFO that wait for a mutex acquire it in the order of "
		 "their priorities",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_unlock(), DESCRIPTION (the scheduling policy "
		"decides); option TPS",
	.needs = NEED_BLOCK_PROOF | NEED_REALTIME)
{
	struct queue *queue = arena(sizeof(*queue));
	struct contender contenders[WAITERS] = {{queue, 10}, {queue, 30}, {queue, 20}};
	struct peer waiters[WAITERS];
	queue->mutex = shared_mutex(row);
	pin_to_one_cpu();
	need_zero(pthread_mutex_lock(queue->mutex));

	for (int i = 0; i < WAITERS; i++) {
		waiters[i] = thread_start(queue_up, &contenders[i]);
		peer_wait_blocked_on(&waiters[i], queue->mutex);
	}
	must_return(pthread_mutex_unlock(queue->mutex), 0);
	for (int i = 0; i < WAITERS; i++)
		peer_join(&waiters[i]);
	ck_assert_int_eq(queue->order[0], 30);
	ck_assert_int_eq(queue->order[1], 20);
	ck_assert_int_eq(queue->order[2], 10);
}

enum { CEILING = 10 };

static void lock_at_ceiling(void *mutex)
{
	schedule_here(SCHED_FIFO, CEILING);
	lock_and_unlock(mutex);
}

CASE(mutex, blocking, pp_ceiling_below_caller_gives_einval,
	.claim = "pthread_mutex_lock(), pthread_mutex_trylock() and "
		 "pthread_mutex_timedlock() of a mutex whose ceiling is below the priority "
		 "of the caller fail with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), pthread_mutex_timedlock(), ERRORS, "
		"EINVAL; option TPP",
	.needs = NEED_REALTIME,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t mutex;
	const struct timespec epoch = {0, 0};
	need_zero(pthread_mutexattr_init(&attr));
	need_option(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	need_zero(pthread_mutexattr_setprioceiling(&attr, CEILING));
	need_zero(pthread_mutex_init(&mutex, &attr));

	struct peer equal = thread_start(lock_at_ceiling, &mutex);
	peer_join(&equal);
	schedule_here(SCHED_FIFO, CEILING + 10);
	must_return(pthread_mutex_lock(&mutex), EINVAL);
	must_return(pthread_mutex_trylock(&mutex), EINVAL);
	must_return(pthread_mutex_timedlock(&mutex, &epoch), EINVAL);
}
