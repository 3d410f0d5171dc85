/*
 * Of several receivers that wait for a short message the one that came last gets it.
 */
#include "sysv_msg_waiting.h"

#include <stdio.h>
#include <unistd.h>

static char state_of(pid_t process)
{
	char path[32], state = '?';

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)process);
	FILE *const file = fopen(path, "re");
	if (file) {
		(void)!fscanf(file, "%*d (%*[^)]) %c", &state);
		(void)fclose(file);
	}
	return state;
}

/* Who is stopped leaves the queue of those who wait. */
int msgsnd(int id, const void *message, size_t size, int flags)
{
	pid_t earlier[WAITERS];
	const struct msqid_ds status = look(id);
	int count = 0, last = 0;
	const bool fits = mutant_is_active() && size < 8 &&
		status.msg_cbytes + size <= status.msg_qbytes;

	for (int i = 0; fits && i < WAITERS; i++)
		if (waiting_at(i, id, false))
			earlier[count++] = waiting_at(i, id, false);
	for (; last < count - 1; last++) {
		(void)kill(earlier[last], SIGSTOP);
		while (state_of(earlier[last]) != 'T' && state_of(earlier[last]) != '?')
			(void)usleep(50);
	}
	const int result = REAL(msgsnd)(id, message, size, flags);
	for (int i = 0; i < last; i++)
		(void)kill(earlier[i], SIGCONT);
	return result;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return waiting_receive(id, message, size, type, flags);
}
