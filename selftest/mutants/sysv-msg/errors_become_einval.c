/*
 * The C library knows few errors of msgget(), and gives EINVAL for the rest.
 */
#include "mutant.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	if (id == -1 && mutant_is_active() && errno != EEXIST && errno != ENOENT &&
		errno != EACCES && errno != ENOSPC)
		errno = EINVAL;
	return id;
}
