/*
 * msgget() asks for one of the permission bits that it is given, not for all.
 */
#include "sysv_msg.h"

int msgget(key_t key, int flags)
{
	int id = REAL(msgget)(key, flags);

	if (id != -1 || errno != EACCES || !mutant_is_active())
		return id;
	for (int bit = 0400; bit && id == -1; bit >>= 1)
		if (flags & bit)
			id = REAL(msgget)(key, (flags & ~0777) | bit);
	return id;
}
