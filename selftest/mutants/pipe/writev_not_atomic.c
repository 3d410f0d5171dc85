/*
 * writev() of up to PIPE_BUF bytes writes its vectors one by one.
 */
#include "mutant.h"

#include <limits.h>
#include <sched.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	ssize_t done = 0;

	if (!mutant_is_pipe(fd) || count < 1 || count > IOV_MAX)
		return REAL(writev)(fd, parts, count);
	for (int i = 0; i < count; i++) {
		const ssize_t now = REAL(writev)(fd, &parts[i], 1);
		if (now < 0)
			return now;
		done += now;
		(void)sched_yield();
	}
	return done;
}
