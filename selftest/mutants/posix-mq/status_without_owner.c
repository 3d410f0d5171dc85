/*
 * The file of a queue shows nobody as registered.
 */
#include "mutant.h"

#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202 /* ipc/mqueue.c */
#endif

ssize_t read(int fd, void *data, size_t size)
{
	const ssize_t length = REAL(read)(fd, data, size);
	struct statfs where;

	if (!mutant_is_active() || length <= 0 || fstatfs(fd, &where) == -1 ||
		where.f_type != MQUEUE_MAGIC)
		return length;
	char *const at = memmem(data, (size_t)length, "NOTIFY_PID:", 11);
	for (char *digit = at ? at + 11 : (char *)data + length;
		digit < (char *)data + length; digit++)
		*digit = *digit >= '0' && *digit <= '9' ? '0' : *digit;
	return length;
}
