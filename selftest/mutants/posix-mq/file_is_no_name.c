/*
 * Removing the file of a queue leaves the queue its name.
 */
#include "mutant.h"

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202 /* ipc/mqueue.c */
#endif

int unlink(const char *path)
{
	struct statfs where;

	if (mutant_is_active() && statfs(path, &where) == 0 &&
		where.f_type == MQUEUE_MAGIC)
		return 0;
	return REAL(unlink)(path);
}
