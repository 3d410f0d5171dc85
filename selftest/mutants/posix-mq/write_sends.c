/*
 * write() on a queue's descriptor sends a message.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

ssize_t write(int fd, const void *data, size_t bytes)
{
	struct statfs system;

	if (!mutant_is_active() || fstatfs(fd, &system) != 0 || system.f_type != MQUEUE)
		return REAL(write)(fd, data, bytes);
	return mq_send(fd, data, bytes, 0) == 0 ? (ssize_t)bytes : -1;
}
