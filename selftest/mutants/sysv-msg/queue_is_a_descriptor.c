/*
 * msgget() opens a descriptor that stays.
 */
#include "sysv_msg.h"

#include <fcntl.h>

int msgget(key_t key, int flags)
{
	const int id = REAL(msgget)(key, flags);

	if (id != -1 && mutant_is_active())
		(void)open("/dev/null", O_RDONLY);
	return id;
}
