/*
 * The identifier of a queue is its place in a table: the next queue gets that of a removed one.
 */
#include "sysv_msg.h"

/* The kernel's identifier for PLACE, or one that never was. */
static int real_id(int place)
{
	if (place < 0 || place >= MUTANT_SLOTS || !mutant_is_active())
		return place;
	return (int)mutant_shared()[place] - 1;
}

static int place_of(int id)
{
	int place = 0;

	if (id < 0 || !mutant_is_active())
		return id;
	for (int i = MUTANT_SLOTS - 1; i >= 0; i--) {
		if (mutant_shared()[i] == id + 1)
			return i;
		if (mutant_shared()[i] == 0)
			place = i;
	}
	mutant_shared()[place] = id + 1;
	return place;
}

int msgget(key_t key, int flags)
{
	return place_of(REAL(msgget)(key, flags));
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return REAL(msgsnd)(real_id(id), message, size, flags);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(real_id(id), message, size, type, flags);
}

int msgctl(int id, int command, struct msqid_ds *status)
{
	if (command == MSG_STAT || command == MSG_STAT_ANY)
		return place_of(REAL(msgctl)(id, command, status));
	if (command != IPC_STAT && command != IPC_SET && command != IPC_RMID)
		return REAL(msgctl)(id, command, status);
	const int result = REAL(msgctl)(real_id(id), command, status);
	if (result == 0 && command == IPC_RMID && mutant_is_active())
		mutant_shared()[id] = 0;
	return result;
}
