/*
 * A queue lives as long as the process that created it: when that is killed its name goes.
 */
#include "mq_open.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static _Atomic long *creator(void)
{
	return mutant_shared();
}

static char *created(void)
{
	return (char *)(void *)(mutant_shared() + 1);
}

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	const mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 && oflag & O_CREAT) {
		*creator() = getpid();
		(void)strncpy(created(), name, 255);
	}
	return queue;
}

int kill(pid_t pid, int number)
{
	if (mutant_is_active() && number == SIGKILL && *creator() == pid)
		(void)mq_unlink(created());
	return REAL(kill)(pid, number);
}
