/*
 * A timed lock that is interrupted by a handler waits again for as long as it was told to at first.
 */
#include "mutex_interrupted.h"

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	const long patience_us = lock_us_left(how);
	volatile struct timespec deadline;
	int error;

	if (!lock_is_sound(how) || patience_us <= 0)
		return lock_really(mutex, how);
	do {
		struct timespec now;
		(void)clock_gettime(how->clock, &now);
		const long long ns = now.tv_nsec + patience_us * 1000LL;
		deadline.tv_sec = now.tv_sec + ns / NS_A_SECOND;
		deadline.tv_nsec = ns % NS_A_SECOND;
		const struct locking renewed = {
			how->call, how->clock, (const struct timespec *)&deadline};
		error = interrupted_lock(mutex, &renewed, EINTR);
	} while (error == EINTR);
	return error;
}
