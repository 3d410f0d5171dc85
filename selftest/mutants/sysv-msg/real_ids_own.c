/*
 * A new queue belongs to the real user and group of its creator.
 */
#include "mutant.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

int msgget(key_t key, int flags)
{
	const uid_t user = geteuid();
	const gid_t group = getegid();

	if (!mutant_is_active() || seteuid(getuid()) == -1 || setegid(getgid()) == -1)
		return REAL(msgget)(key, flags);
	const int id = REAL(msgget)(key, flags);
	(void)setegid(group);
	(void)seteuid(user);
	return id;
}
