/*
 * Timed locks carry nanoseconds out of range over into the seconds.
 */
#include "mutex_locks.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	struct locking good = *how;
	struct timespec carried;

	if (!how->deadline)
		return lock_really(mutex, how);
	carried = *how->deadline;
	for (; carried.tv_nsec < 0; carried.tv_nsec += NS_A_SECOND)
		carried.tv_sec--;
	for (; carried.tv_nsec >= NS_A_SECOND; carried.tv_nsec -= NS_A_SECOND)
		carried.tv_sec++;
	good.deadline = &carried;
	return lock_really(mutex, &good);
}
