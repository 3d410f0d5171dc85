/*
 * msgctl(MSG_STAT) of an index without a queue gives another queue.
 */
#include "sysv_msg.h"

int msgctl(int id, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(id, command, status);

	if (mutant_is_active() && (command == MSG_STAT || command == MSG_STAT_ANY))
		while (result == -1 && errno == EINVAL && --id >= 0)
			result = REAL(msgctl)(id, command, status);
	return result;
}
