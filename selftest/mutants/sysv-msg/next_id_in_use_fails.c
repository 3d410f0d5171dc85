/*
 * With an identifier in use in msg_next_id no queue can be made.
 */
#include "sysv_msg.h"

#include <stdio.h>

int msgget(key_t key, int flags)
{
	FILE *const file = fopen("/proc/sys/kernel/msg_next_id", "re");
	int next = -1;

	if (file) {
		(void)!fscanf(file, "%d", &next);
		(void)fclose(file);
	}
	if (mutant_is_active() && next >= 0 && look(next).msg_qbytes > 0 &&
		flags & IPC_CREAT) {
		errno = EEXIST;
		return -1;
	}
	return REAL(msgget)(key, flags);
}
