/*
 * Where owner and creator of a queue are two users, both may send what any class may.
 */
#include "sysv_msg.h"

#include <unistd.h>

int msgsnd(int id, const void *message, size_t size, int flags)
{
	const int result = REAL(msgsnd)(id, message, size, flags);
	const uid_t user = geteuid();

	if (result == 0 || errno != EACCES || !mutant_is_active())
		return result;
	const struct ipc_perm owned = look(id).msg_perm;
	return owned.uid != owned.cuid && (user == owned.uid || user == owned.cuid) &&
			(owned.mode & 0022)
		? 0
		: -1;
}
