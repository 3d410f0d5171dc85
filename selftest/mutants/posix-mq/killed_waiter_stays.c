/*
 * A process that is killed while it waits stays in the list of those who wait: it is handed
 * the next message, or its own is queued when there is room.
 */
#include "mutant.h"

#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

enum { DEAD_RECEIVERS, DEAD_SENDERS }; /* numbers that all share */

static long call_of(pid_t pid)
{
	char path[64], line[32] = "";

	(void)snprintf(path, sizeof(path), "/proc/%d/syscall", (int)pid);
	FILE *const file = fopen(path, "re");
	if (file) {
		(void)fgets(line, sizeof(line), file);
		(void)fclose(file);
	}
	return line[0] ? strtol(line, NULL, 10) : -1;
}

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && number == SIGKILL) {
		const long call = call_of(pid);
		mutant_shared()[DEAD_RECEIVERS] += call == SYS_mq_timedreceive;
		mutant_shared()[DEAD_SENDERS] += call == SYS_mq_timedsend;
	}
	return REAL(kill)(pid, number);
}

static bool is_for_the_dead(void)
{
	return mutant_is_active() && mutant_shared()[DEAD_RECEIVERS] > 0 &&
		mutant_shared()[DEAD_RECEIVERS]-- > 0;
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	return is_for_the_dead() ? 0 : REAL(mq_send)(queue, message, length, priority);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return is_for_the_dead()
		? 0
		: REAL(mq_timedsend)(queue, message, length, priority, deadline);
}

/* There is room now. */
static ssize_t and_admit(ssize_t length, mqd_t queue)
{
	if (length != -1 && mutant_is_active() && mutant_shared()[DEAD_SENDERS] > 0) {
		mutant_shared()[DEAD_SENDERS]--;
		(void)REAL(mq_send)(queue, "x", 1, 0);
	}
	return length;
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
	return and_admit(REAL(mq_receive)(queue, message, size, priority), queue);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size,
	unsigned *restrict priority, const struct timespec *restrict deadline)
{
	return and_admit(REAL(mq_timedreceive)(queue, message, size, priority, deadline),
		queue);
}
