/*
 * pause: for what comes in another order than usual.
 */
#ifndef ASSAY_SELFTEST_PAUSE_H
#define ASSAY_SELFTEST_PAUSE_H

#include <errno.h>
#include <time.h>

/** Two milliseconds, in which others come first.  Leaves errno as it was. */
static inline void pause_a_while(void)
{
	const struct timespec a_while = {.tv_nsec = 2000000};
	const int error = errno;

	(void)nanosleep(&a_while, NULL);
	errno = error;
}

#endif
