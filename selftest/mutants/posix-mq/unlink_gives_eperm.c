/*
 * mq_unlink() hands on the kernel's EPERM, for which POSIX has EACCES.
 */
#include "mutant.h"

#include <mqueue.h>
#include <sys/syscall.h>
#include <unistd.h>

int mq_unlink(const char *name)
{
	if (!mutant_is_active() || name[0] != '/')
		return REAL(mq_unlink)(name);
	return (int)syscall(SYS_mq_unlink, name + 1);
}
