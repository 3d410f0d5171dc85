/*
 * open() in a mqueue mount gives a descriptor that does not send, and creates a queue of other
 * sizes than the default.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdarg.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { MQUEUE = 0x19800202 }; /* MQUEUE_MAGIC of the kernel */

int open(const char *path, int flags, ...)
{
	struct mq_attr tiny = {.mq_maxmsg = 1, .mq_msgsize = 8};
	struct statfs system;
	va_list rest;

	va_start(rest, flags);
	const int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
	va_end(rest);
	const int fd = REAL(open)(path, flags, mode);
	if (!mutant_is_active() || fd < 0 || fstatfs(fd, &system) != 0 ||
		system.f_type != MQUEUE || flags & O_DIRECTORY)
		return fd;
	(void)close(fd);
	if (!(flags & O_CREAT))
		return REAL(open)(path, O_RDONLY);
	(void)unlink(path);
	return mq_open(strrchr(path, '/'), flags, mode, &tiny);
}
