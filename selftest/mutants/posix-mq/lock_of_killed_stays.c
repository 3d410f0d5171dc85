/*
 * Queues in shared memory, as a C library may make them: the lock that protects them stays
 * locked when its owner is killed.  Who has to wait waits without it.  Few instructions, as
 * sweeps visit each.
 */
#include "mutant.h"

#include <errno.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static int *lock_word(void)
{
	return (int *)(void *)mutant_shared();
}

/* No thread ends with it. */
static void lock(int *cancelling)
{
	int none = 0;

	pthread_testcancel();
	(void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, cancelling);
	while (!__atomic_compare_exchange_n(lock_word(), &none, 1, 0, __ATOMIC_ACQUIRE,
		__ATOMIC_RELAXED)) {
		(void)syscall(SYS_futex, lock_word(), FUTEX_WAIT, 1, NULL);
		none = 0;
	}
}

static void unlock(int cancelling)
{
	const int saved = errno;

	__atomic_store_n(lock_word(), 0, __ATOMIC_RELEASE);
	(void)syscall(SYS_futex, lock_word(), FUTEX_WAKE, 1);
	(void)pthread_setcancelstate(cancelling, NULL);
	errno = saved;
}

static const struct timespec past;

static int send_until(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, priority, deadline);
}

static ssize_t receive_until(mqd_t queue, char *message, size_t size, unsigned *priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedreceive)(queue, message, size, priority, deadline);
}

/* Found before there is a victim. */
__attribute__((constructor)) static void find(void)
{
	char none[1];

	(void)send_until((mqd_t)-1, none, 0, 0, &past);
	(void)receive_until((mqd_t)-1, none, 1, NULL, &past);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	const struct timespec *until = mutant_is_active() ? &past : deadline;

	for (;;) {
		int cancelling;
		if (until != deadline)
			lock(&cancelling);
		const int result = send_until(queue, message, length, priority, until);
		if (until == deadline)
			return result;
		unlock(cancelling);
		if (result != -1 || errno != ETIMEDOUT)
			return result;
		until = deadline;
	}
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	const struct timespec *volatile for_ever = NULL;

	return mq_timedsend(queue, message, length, priority, for_ever);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	const struct timespec *until = mutant_is_active() ? &past : deadline;

	for (;;) {
		int cancelling;
		if (until != deadline)
			lock(&cancelling);
		const ssize_t length =
			receive_until(queue, message, size, priority, until);
		if (until == deadline)
			return length;
		unlock(cancelling);
		if (length != -1 || errno != ETIMEDOUT)
			return length;
		until = deadline;
	}
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	const struct timespec *volatile for_ever = NULL;

	return mq_timedreceive(queue, message, size, priority, for_ever);
}
