/*
 * A file created in a mount of the queues is a queue of 10 messages of 8,192 bytes, whatever
 * the namespace has for defaults.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { MQUEUE_MAGIC = 0x19800202 };

static mqd_t made_with_built_in(const char *path, int oflag, mode_t mode)
{
	struct mq_attr built_in = {.mq_maxmsg = 10, .mq_msgsize = 8192};
	char folder[4096], name[300];
	struct statfs about;
	const char *const slash = strrchr(path, '/');

	if (!slash || !(oflag & O_CREAT) || access(path, F_OK) == 0)
		return -1;
	(void)snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	(void)snprintf(name, sizeof(name), "%s", slash);
	if (statfs(folder, &about) != 0 || about.f_type != MQUEUE_MAGIC)
		return -1;
	return mq_open(name, oflag, mode, &built_in);
}

int open(const char *path, int oflag, ...)
{
	const mode_t mode = MUTANT_REST(oflag, mode_t);
	const mqd_t queue =
		mutant_is_active() ? made_with_built_in(path, oflag, mode) : -1;

	return queue != -1 ? queue : REAL(open)(path, oflag, mode);
}
