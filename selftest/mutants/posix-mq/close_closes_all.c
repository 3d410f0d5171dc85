/*
 * mq_close() closes all descriptors that the process has of the queue.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sys/stat.h>
#include <unistd.h>

int mq_close(mqd_t queue)
{
	struct stat one, other;

	if (mutant_is_active() && fstat(queue, &one) == 0)
		for (int fd = 3; fd < 200; fd++)
			if (fd != queue && fstat(fd, &other) == 0 &&
				other.st_ino == one.st_ino && other.st_dev == one.st_dev)
				(void)close(fd);
	return REAL(mq_close)(queue);
}
