#include "fill.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>

size_t fill_mq(mqd_t queue)
{
	struct mq_attr before, nonblocking = {.mq_flags = O_NONBLOCK};
	size_t count = 0;

	if (mq_setattr(queue, &nonblocking, &before) == -1)
		return (size_t)-1;
	while (mq_send(queue, "", 1, 0) == 0 || errno == EINTR)
		count++;
	const int error = errno;
	(void)mq_setattr(queue, &before, NULL);
	errno = error;
	return error == EAGAIN ? count : (size_t)-1;
}

/* Sends messages of SIZE bytes until one does not fit; false on an error other than EAGAIN. */
static bool send_until_full(int id, size_t size, size_t *total)
{
	struct {
		long type;
		char text[1024];
	} message = {.type = 1};

	for (;;) {
		if (msgsnd(id, &message, size, IPC_NOWAIT) == 0)
			*total += size;
		else if (errno != EINTR)
			return errno == EAGAIN;
	}
}

size_t fill_msg(int id)
{
	size_t total = 0;

	return send_until_full(id, 1024, &total) && send_until_full(id, 1, &total)
		? total
		: (size_t)-1;
}

size_t fill_semaphore(int id, int number)
{
	struct sembuf raise = {.sem_num = (unsigned short)number, .sem_op = 16384};

	while (raise.sem_op > 0) {
		if (semop(id, &raise, 1) == 0)
			continue;
		if (errno != ERANGE)
			return (size_t)-1;
		raise.sem_op /= 2;
	}
	const int value = semctl(id, number, GETVAL);
	return value == -1 ? (size_t)-1 : (size_t)value;
}

size_t fill_sem(sem_t *semaphore)
{
	int value;

	if (sem_init(semaphore, 1, SEM_VALUE_MAX) == -1 ||
		sem_getvalue(semaphore, &value) == -1)
		return (size_t)-1;
	if (sem_post(semaphore) == -1 && errno == EOVERFLOW)
		return (size_t)value;
	errno = EBUSY;
	return (size_t)-1;
}
